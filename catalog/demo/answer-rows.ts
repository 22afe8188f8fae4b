/** How the demonstration answers are written down: rows of a list, and a variable of step 2 that meets every criterion. */
import type { Row } from '../../domain/forms.ts'

export type Cells = Record<string, string | string[]>
export type Groups = Record<string, Record<string, string | string[] | Row[]>>

export function rows(prefix: string, list: Cells[]): Row[] {
  return list.map((cells, i) => ({ ...cells, id: `${prefix}${i + 1}` }) as Row)
}

const YES = { relevante: 'si', economica: 'si', medible: 'si', asociativa: 'si', consistente: 'si', sensible: 'no' }
const REGISTERED = 'Ya se registra al radicar; no tiene costo adicional y permite comparar entre años.'

export function variable(code: string, desagregacion: string, objetivos: string[], proposito: string): Cells {
  const empty = { codigo: '', nombre: '', categoria: '', justificacion: '', motivo_descarte: '' }
  return { ...empty, ...YES, variable: code, desagregacion, objetivos, proposito, costo_beneficio: REGISTERED }
}
