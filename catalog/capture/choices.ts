/** Options of the capture forms: those of the catalogue of variables, with the way not to answer said the same in each. */
import { DECLINED } from '../../domain/capture-forms.ts'
import type { Choice } from '../../domain/forms.ts'
import { MUNICIPALITIES } from '../divipola.ts'
import { DOCUMENT_TYPES } from '../document-types.ts'
import { findVariable } from '../variables.ts'

/** An answer, and another one than none. */
export const DECLINE: Choice = { code: DECLINED, label: 'Prefiere no responder' }
/** How the catalogue says it; on these forms it is `DECLINE`. */
const UNTOLD = 'No informa'

/** Options of a variable of the catalogue. */
export function choicesOf(variable: string): Choice[] {
  const values = findVariable(variable)?.values
  if (!values) throw new Error(`${variable} has no values in the catalogue`)
  return declinable(values.filter(({ label }) => label !== UNTOLD))
}

export function declinable(choices: readonly Choice[]): Choice[] {
  return [...choices, DECLINE]
}

export function coded(labels: Record<string, string>): Choice[] {
  return declinable(Object.entries(labels).map(([code, label]) => ({ code, label })))
}

export const NATURAL_DOCUMENTS: Choice[] = DOCUMENT_TYPES.filter(({ person }) => person === 'natural').map(
  ({ code, label }) => ({ code, label: `${label} (${code})` }),
)

/** Answers that lead to the field in which another code is typed. */
export const OTHER_MUNICIPALITY = 'otro'
export const MUNICIPALITY: Choice[] = declinable([
  ...MUNICIPALITIES.map(({ code, name, department }) => ({ code, label: `${name}, ${department} (${code})` })),
  { code: OTHER_MUNICIPALITY, label: 'Otro municipio' },
])

export const FREQUENCY = coded({
  primera_vez: 'Es la primera vez',
  anual: 'Una vez al año',
  semestral: 'Una o dos veces cada semestre',
  mensual: 'Cada mes',
  semanal: 'Cada semana o más',
})

export const MOTIVE = coded({
  tramite: 'Un trámite',
  servicio: 'Un servicio',
  informacion: 'Información',
  peticion: 'Una petición, queja, reclamo o denuncia',
  participacion: 'Participación ciudadana',
  otro: 'Otro motivo',
})

export const BENEFIT = coded({
  subsidio: 'Un subsidio o apoyo',
  salud: 'Salud',
  educacion: 'Educación',
  empleo: 'Empleo o emprendimiento',
  vivienda: 'Vivienda',
  impuestos: 'Impuestos y pagos',
  seguridad: 'Seguridad y convivencia',
  otro: 'Otro beneficio',
})

export const KNOWLEDGE = coded({ si: 'Sí', en_parte: 'En parte', no: 'No' })
