/** Closed lists shared by several step forms. */
import type { Choice } from '../../domain/forms.ts'
import { procedure } from '../procedures/mm-gac-p-008-v2.ts'

export const CHANNELS: readonly Choice[] = [
  { code: 'presencial', label: 'Presencial' },
  { code: 'telefonico', label: 'Telefónico' },
  { code: 'virtual', label: 'Virtual' },
]

/** The four scenarios of the relation between State and citizens (Ventanilla hacia afuera). */
const SCENARIOS: readonly Choice[] = [
  { code: 'informacion', label: 'Consultar y acceder a información pública' },
  { code: 'oferta', label: 'Acceder a la oferta: trámites, servicios y otros procedimientos' },
  { code: 'control', label: 'Rendición y petición de cuentas, control social' },
  { code: 'colaboracion', label: 'Participar y colaborar' },
]

/** What a specific objective answers to: a policy of the procedure or a scenario (activity 1). */
export const POLICIES_AND_SCENARIOS: readonly Choice[] = [
  ...procedure.policies.map((policy) => ({
    code: `politica_${policy.code}`,
    label: policy.text,
    group: 'Política',
  })),
  ...SCENARIOS.map((scenario) => ({
    code: `escenario_${scenario.code}`,
    label: scenario.label,
    group: 'Escenario de relacionamiento',
  })),
]

/** Update frequencies datos.gov.co accepts, in its own words. */
export const FREQUENCIES: readonly Choice[] = [
  'diaria',
  'semanal',
  'quincenal',
  'mensual',
  'bimestral',
  'trimestral',
  'cuatrimestral',
  'semestral',
  'anual',
  'trienio',
  'más de tres años',
  'solo una vez',
  'no aplica',
].map((label) => ({ code: label.replaceAll(' ', '_').replace('á', 'a').replace('ñ', 'n'), label }))

/** The ten items of the transparency menu (Resolución MinTIC 1519 de 2020, anexo 2). */
export const TRANSPARENCY_MENU: readonly Choice[] = [
  'Información de la entidad',
  'Normativa',
  'Contratación',
  'Planeación, presupuesto e informes',
  'Trámites y servicios',
  'Participa',
  'Datos abiertos',
  'Información específica para grupos de interés',
  'Obligación de reporte de información específica por parte de la entidad',
  'Información tributaria en entidades territoriales locales',
].map((label, i) => ({ code: String(i + 1), label: `${i + 1}. ${label}` }))

export const LICENCES: readonly Choice[] = [
  { code: 'CC-BY-4.0', label: 'Creative Commons Atribución 4.0 (CC BY 4.0)' },
  { code: 'CC-BY-SA-4.0', label: 'Creative Commons Atribución-CompartirIgual 4.0 (CC BY-SA 4.0)' },
]

export function choicesFrom(notes: readonly { code: string; text: string }[]): Choice[] {
  return notes.map((note) => ({ code: note.code, label: note.text }))
}
