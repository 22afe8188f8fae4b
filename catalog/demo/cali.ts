/**
 * Santiago de Cali as the demonstration has it: the 28 organismos of Tabla 1 and the points of the canal presencial of its
 * Plan de Servicio al Ciudadano 2025 (S2.3, S2.6), and who leads the characterization (circular 4173.010.22.2.1020.000150,
 * procedure MAGT04.05.P003). Positions are of the demonstration: no person of the city is named.
 */
import type { DemoAgency, DemoPoint, DemoPosition } from './municipality.ts'

/** The organismo that leads the process and its procedure MAGT04.05.P003: it grants the accesses (S0.1, R3). */
const LEAD = 'atencion-ciudadano'
/** Attends the centres. Not the organismo itself: whoever asks for an access does not decide it (D8). */
const CENTRES = 'apoyo-gestion'

interface Organismo {
  code: string
  name: string
  /** Who heads it: the position, its mailbox and, where it has a part in the procedures, its duty. */
  head: [position: string, mailbox: string, duty?: string]
}

const ORGANISMOS: Organismo[] = [
  { code: 'despacho', name: 'Despacho del Alcalde', head: ['Alcaldía', 'alcaldia', 'alcaldia'] },
  {
    code: LEAD,
    name: 'Secretaría de Desarrollo Territorial y Participación Ciudadana',
    head: ['Secretaría de Desarrollo Territorial', 'secretaria.desarrolloterritorial', 'jefatura_ogac'],
  },
  {
    code: 'tic',
    name: 'Departamento Administrativo de Tecnologías de la Información y las Comunicaciones',
    head: ['Dirección TIC', 'direccion.tic', 'direccion_tic'],
  },
  {
    code: 'desarrollo-institucional',
    name: 'Departamento Administrativo de Desarrollo e Innovación Institucional',
    head: ['Dirección de Desarrollo Institucional', 'direccion.desarrolloinstitucional', 'secretaria_general'],
  },
  {
    code: 'control-interno',
    name: 'Departamento Administrativo de Control Interno',
    head: ['Dirección de Control Interno', 'control.interno', 'control_interno'],
  },
  { code: 'salud', name: 'Secretaría de Salud', head: ['Secretaría de Salud', 'secretaria.salud'] },
  { code: 'gobierno', name: 'Secretaría de Gobierno', head: ['Secretaría de Gobierno', 'secretaria.gobierno'] },
  {
    code: 'juridica',
    name: 'Departamento Administrativo de Gestión Jurídica Pública',
    head: ['Dirección de Gestión Jurídica', 'direccion.juridica'],
  },
  {
    code: 'control-disciplinario',
    name: 'Departamento Administrativo de Control Disciplinario Interno',
    head: ['Dirección de Control Disciplinario', 'direccion.controldisciplinario'],
  },
  {
    code: 'hacienda',
    name: 'Departamento Administrativo de Hacienda Municipal',
    head: ['Dirección de Hacienda', 'direccion.hacienda'],
  },
  {
    code: 'planeacion',
    name: 'Departamento Administrativo de Planeación Municipal',
    head: ['Dirección de Planeación', 'direccion.planeacion'],
  },
  {
    code: 'dagma',
    name: 'Departamento Administrativo de Gestión del Medio Ambiente',
    head: ['Dirección del Medio Ambiente', 'direccion.dagma'],
  },
  {
    code: 'contratacion',
    name: 'Departamento Administrativo de Contratación Pública',
    head: ['Dirección de Contratación', 'direccion.contratacion'],
  },
  { code: 'educacion', name: 'Secretaría de Educación', head: ['Secretaría de Educación', 'secretaria.educacion'] },
  {
    code: 'bienestar',
    name: 'Secretaría de Bienestar Social',
    head: ['Secretaría de Bienestar Social', 'secretaria.bienestar'],
  },
  {
    code: 'vivienda',
    name: 'Secretaría de Vivienda Social y Hábitat',
    head: ['Secretaría de Vivienda', 'secretaria.vivienda'],
  },
  { code: 'cultura', name: 'Secretaría de Cultura', head: ['Secretaría de Cultura', 'secretaria.cultura'] },
  {
    code: 'infraestructura',
    name: 'Secretaría de Infraestructura',
    head: ['Secretaría de Infraestructura', 'secretaria.infraestructura'],
  },
  { code: 'movilidad', name: 'Secretaría de Movilidad', head: ['Secretaría de Movilidad', 'secretaria.movilidad'] },
  {
    code: 'seguridad',
    name: 'Secretaría de Seguridad y Justicia',
    head: ['Secretaría de Seguridad y Justicia', 'secretaria.seguridad'],
  },
  {
    code: 'deporte',
    name: 'Secretaría del Deporte y la Recreación',
    head: ['Secretaría del Deporte', 'secretaria.deporte'],
  },
  {
    code: 'riesgo',
    name: 'Secretaría de Gestión del Riesgo',
    head: ['Secretaría de Gestión del Riesgo', 'secretaria.riesgo'],
  },
  {
    code: 'paz',
    name: 'Secretaría de Paz y Cultura Ciudadana',
    head: ['Secretaría de Paz y Cultura Ciudadana', 'secretaria.paz'],
  },
  {
    code: 'desarrollo-economico',
    name: 'Secretaría de Desarrollo Económico',
    head: ['Secretaría de Desarrollo Económico', 'secretaria.desarrolloeconomico'],
  },
  { code: 'turismo', name: 'Secretaría de Turismo', head: ['Secretaría de Turismo', 'secretaria.turismo'] },
  {
    code: 'bienes',
    name: 'Unidad Administrativa Especial de Gestión de Bienes y Servicios',
    head: ['Unidad de Bienes y Servicios', 'unidad.bienes'],
  },
  {
    code: 'servicios-publicos',
    name: 'Unidad Administrativa Especial de Servicios Públicos Municipales',
    head: ['Unidad de Servicios Públicos', 'unidad.serviciospublicos'],
  },
  {
    code: 'proteccion-animal',
    name: 'Unidad Administrativa Especial de Protección Animal',
    head: ['Unidad de Protección Animal', 'unidad.proteccionanimal'],
  },
]

/** Beside the organismos, two of their areas that have a part in the procedures of the demonstration. */
export const CALI_AGENCIES: DemoAgency[] = [
  ...ORGANISMOS.map(({ code, name }) => ({ code, name, parent: code === 'despacho' ? null : 'despacho' })),
  { code: 'comunicaciones', name: 'Oficina de Comunicaciones', parent: 'despacho' },
  { code: CENTRES, name: 'Oficina Unidad de Apoyo a la Gestión', parent: LEAD },
]

/** The 28 of Tabla 1, by code. */
export const CALI_ORGANISMOS: string[] = ORGANISMOS.map(({ code }) => code)

/** The 18 Centros de Administración Local Integrada of Tabla 3, by their number. */
const CALI_CENTRES: [number: number, place: string][] = [
  [1, 'Terrón Colorado'],
  [2, 'Vipasa'],
  [3, 'San Antonio'],
  [4, 'Manzanares'],
  [5, 'Rivera'],
  [6, 'Guaduales'],
  [7, 'Alfonso López'],
  [8, 'Américas'],
  [9, 'Aranjuez'],
  [10, 'Guabal'],
  [15, 'Vallado'],
  [16, 'Unión de Vivienda Popular'],
  [17, 'Limonar'],
  [18, 'Meléndez'],
  [19, 'Cedro'],
  [20, 'Siloé'],
  [21, 'Desepaz'],
  [22, 'Pance La María'],
]

/** The eight windows outside the main building, each with whoever attends there. */
const WINDOWS: [agency: string, of: string, mailbox: string][] = [
  ['salud', 'Salud', 'auxiliar.salud'],
  ['movilidad', 'Movilidad', 'auxiliar.movilidad'],
  ['cultura', 'Cultura', 'auxiliar.cultura'],
  ['vivienda', 'Vivienda', 'auxiliar.vivienda'],
  ['deporte', 'Deporte', 'auxiliar.deporte'],
  ['educacion', 'Educación', 'auxiliar.educacion'],
  ['dagma', 'DAGMA', 'auxiliar.dagma'],
  ['hacienda', 'la Subdirección de Catastro', 'auxiliar.catastro'],
]

const centreName = (number: number, place: string) => `C.A.L.I. ${number} ${place}`

export const CALI_POINTS: DemoPoint[] = [
  ...WINDOWS.map(([agency, of]) => ({ name: `Ventanilla de ${of}`, kind: 'ventanilla' as const, agency })),
  ...CALI_CENTRES.map(([number, place]) => ({
    name: centreName(number, place),
    kind: 'centro' as const,
    agency: CENTRES,
  })),
]

/** Centres whose delegates have an account. */
const STAFFED = [1, 15, 20]

/** In the order in which they are offered: whoever has a part in a procedure, then the others who head, then delegates. */
export const CALI_POSITIONS: DemoPosition[] = [
  head('despacho'),
  head(LEAD),
  { duty: 'profesional_ogac', position: 'Profesional de Caracterización', ...at(LEAD, 'profesional.caracterizacion') },
  { duty: 'profesional_sig', position: 'Profesional SIG', ...at('desarrollo-institucional', 'profesional.sig') },
  head('tic'),
  { duty: 'profesional_tic', position: 'Profesional TIC', ...at('tic', 'profesional.tic') },
  { duty: 'administracion', position: 'Administración del sistema', ...at('tic', 'administracion') },
  {
    ...{ duty: 'jefatura_comunicaciones', position: 'Jefatura de Comunicaciones' },
    ...at('comunicaciones', 'jefatura.comunicaciones', true),
  },
  {
    ...{ duty: 'profesional_comunicaciones', position: 'Profesional de Comunicaciones' },
    ...at('comunicaciones', 'profesional.comunicaciones'),
  },
  head('desarrollo-institucional'),
  head('control-interno'),
  head('salud'),
  { duty: 'dependencia', position: 'Jefatura de Apoyo a la Gestión', ...at(CENTRES, 'jefatura.apoyo', true) },
  ...ORGANISMOS.filter(({ code, head: [, , duty] }) => duty === undefined && code !== 'salud').map(({ code }) =>
    head(code),
  ),
  ...WINDOWS.map(([agency, of, mailbox]) => ({
    ...{ duty: 'atencion', position: `Auxiliar de ventanilla de ${of}` },
    ...at(agency, mailbox),
  })),
  ...STAFFED.map((number) => ({
    ...{ duty: 'atencion', position: `Auxiliar del C.A.L.I. ${number}` },
    ...at(CENTRES, `auxiliar.cali${number}`),
  })),
]

function at(agency: string, mailbox: string, headsAgency = false) {
  return { agency, mailbox, headsAgency }
}

function head(code: string): DemoPosition {
  const organismo = ORGANISMOS.find((one) => one.code === code)
  if (!organismo) throw new Error(`no organismo ${code}`)
  const [position, mailbox, duty = 'dependencia'] = organismo.head
  return { duty, position, ...at(code, mailbox, true) }
}

/** Who asks for whom where, for the live accesses of the demonstration: position of the head, of the delegate, and the point. */
export const CALI_DELEGATIONS: { head: string; clerk: string; point: string }[] = [
  ...WINDOWS.map(([agency, of]) => ({
    head: head(agency).position,
    clerk: `Auxiliar de ventanilla de ${of}`,
    point: `Ventanilla de ${of}`,
  })),
  ...CALI_CENTRES.filter(([number]) => STAFFED.includes(number)).map(([number, place]) => ({
    head: 'Jefatura de Apoyo a la Gestión',
    clerk: `Auxiliar del C.A.L.I. ${number}`,
    point: centreName(number, place),
  })),
]
