import type { Duty } from '../domain/procedures.ts'
import { CALI_AGENCIES, CALI_POINTS, CALI_POSITIONS } from './demo/cali.ts'
import type { DemoAgency, DemoPoint, DemoPosition } from './demo/municipality.ts'

/** The two demonstration municipalities with their agencies, positions and accounts. People are named after their position. */

/** Act every demonstration tenure rests on. */
export const DEMO_APPOINTMENT = 'Acto de nombramiento de demostración'

export interface DemoUser {
  duty: Duty
  /** Name of the position, and of the person who holds it. */
  position: string
  /** Code of the agency of the position. */
  agency: string
  headsAgency: boolean
  email: string
}

export interface DemoEntity {
  slug: string
  /** Official name as the entity signs. */
  name: string
  /** Name in a list: the municipality alone. */
  shortName: string
  divipola: string
  department: string
  agencies: DemoAgency[]
  points: DemoPoint[]
  users: DemoUser[]
}

/** One password for every demonstration account; refused when INSTALLATION=production (model.md §1). */
export const DEMO_PASSWORD = 'Caracteriza-2026'

const AGENCIES: DemoAgency[] = [
  { code: 'alcaldia', name: 'Despacho de la Alcaldía', parent: null },
  { code: 'secretaria-general', name: 'Secretaría General', parent: 'alcaldia' },
  {
    code: 'atencion-ciudadano',
    name: 'Oficina de Gestión para la Atención al Ciudadano',
    parent: 'secretaria-general',
  },
  { code: 'tic', name: 'Oficina de Tecnologías de la Información y las Comunicaciones', parent: 'secretaria-general' },
  { code: 'sig', name: 'Oficina de Sistemas Integrados de Gestión', parent: 'secretaria-general' },
  { code: 'comunicaciones', name: 'Oficina Asesora de Comunicaciones Estratégicas', parent: 'alcaldia' },
  { code: 'control-interno', name: 'Oficina de Control Interno', parent: 'alcaldia' },
  { code: 'salud', name: 'Secretaría de Salud', parent: 'alcaldia' },
]

function position(duty: Duty, name: string, agency: string, mailbox: string, headsAgency = false): DemoPosition {
  return { duty, position: name, agency, mailbox, headsAgency }
}

const POSITIONS: DemoPosition[] = [
  position('profesional_ogac', 'Profesional OGAC', 'atencion-ciudadano', 'profesional.ogac'),
  position('jefatura_ogac', 'Jefatura OGAC', 'atencion-ciudadano', 'jefatura.ogac', true),
  position('profesional_sig', 'Profesional SIG', 'sig', 'profesional.sig', true),
  position('profesional_tic', 'Profesional TIC', 'tic', 'profesional.tic'),
  position('direccion_tic', 'Dirección TIC', 'tic', 'direccion.tic', true),
  position(
    'profesional_comunicaciones',
    'Profesional de Comunicaciones',
    'comunicaciones',
    'profesional.comunicaciones',
  ),
  position('jefatura_comunicaciones', 'Jefatura de Comunicaciones', 'comunicaciones', 'jefatura.comunicaciones', true),
  position('secretaria_general', 'Secretaría General', 'secretaria-general', 'secretaria.general', true),
  position('alcaldia', 'Alcaldía', 'alcaldia', 'alcaldia', true),
  position('control_interno', 'Jefatura de Control Interno', 'control-interno', 'control.interno', true),
  position('administracion', 'Administración del sistema', 'tic', 'administracion'),
  position('dependencia', 'Secretaría de Salud', 'salud', 'secretaria.salud', true),
  position('atencion', 'Auxiliar de ventanilla de Salud', 'salud', 'auxiliar.salud'),
]

const POINTS: DemoPoint[] = [
  { name: 'Ventanilla de la Secretaría de Salud', kind: 'ventanilla', agency: 'salud' },
  { name: 'Punto de atención presencial', kind: 'punto', agency: 'atencion-ciudadano' },
]

function usersAt(slug: string, positions: readonly DemoPosition[]): DemoUser[] {
  return positions.map(({ mailbox, ...rest }) => ({ ...rest, email: `${mailbox}@${slug}.demo.test` }))
}

export const DEMO_ENTITIES: DemoEntity[] = [
  {
    slug: 'santamarta',
    name: 'Alcaldía Distrital de Santa Marta',
    shortName: 'Santa Marta',
    divipola: '47001',
    department: 'Magdalena',
    agencies: AGENCIES,
    points: POINTS,
    users: usersAt('santamarta', POSITIONS),
  },
  {
    slug: 'cali',
    name: 'Alcaldía Distrital de Santiago de Cali',
    shortName: 'Santiago de Cali',
    divipola: '76001',
    department: 'Valle del Cauca',
    agencies: CALI_AGENCIES,
    points: CALI_POINTS,
    users: usersAt('cali', CALI_POSITIONS),
  },
]
