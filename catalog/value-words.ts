/**
 * Names of answers and values that no form and no source brings along. They stand in frozen content, in figures and in
 * open data, so they are data and not words of a screen.
 */
import type { Choice } from '../domain/form-definition.ts'

export const YES_NO = [
  { code: 'si', label: 'Sí' },
  { code: 'no', label: 'No' },
] as const satisfies readonly Choice[]

/** Values of a column of yes and no, in the order of their axis. */
export const BOOLEAN_VALUES: string[] = YES_NO.map(({ label }) => label)

/** Shown for records in which the variable is empty. */
export const NO_DATA = 'Sin dato'

/** The side of a table that says whether a record belongs to a segment. */
export const SEGMENT_AXIS = 'Segmento'

const number = new Intl.NumberFormat('es-CO')

/** Classes of a measure from their edges: «Menos de 10», «10 a 19», «20 o más»; between broken numbers «10 a menos de 20». */
export function classLabels(edges: readonly number[], isInteger: boolean): string[] {
  const between = edges.slice(1).map((edge, i) => {
    const from = number.format(edges[i] as number)
    return isInteger ? `${from} a ${number.format(edge - 1)}` : `${from} a menos de ${number.format(edge)}`
  })
  const [first, last] = [edges[0] as number, edges[edges.length - 1] as number]
  return [`Menos de ${number.format(first)}`, ...between, `${number.format(last)} o más`]
}

const NUMBER = '(-?[\\d.]+(?:,\\d+)?)'
const BANDS: [RegExp, (a: number, b: number) => [number, number]][] = [
  [new RegExp(`^Menos de ${NUMBER}$`), (a) => [Number.NEGATIVE_INFINITY, a]],
  [new RegExp(`^${NUMBER} a menos de ${NUMBER}$`), (a, b) => [a, b]],
  [new RegExp(`^${NUMBER} a ${NUMBER}$`), (a, b) => [a, b + 1]],
  [new RegExp(`^${NUMBER} o más$`), (a) => [a, Number.POSITIVE_INFINITY]],
]

/** A label of `classLabels` read back: from, and up to but without; null for what is no class. */
export function readClass(label: string): [number, number] | null {
  const read = (text = '') => Number(text.replaceAll('.', '').replace(',', '.'))
  for (const [form, make] of BANDS) {
    const [whole, a, b] = form.exec(label) ?? []
    if (whole !== undefined) return make(read(a), read(b))
  }
  return null
}
