/** What is wrong with a copy of a methodology as it is typed: where, of what, and in the order in which its form is read. */
import type { Axis, Methodology, MethodologyFault } from './risk-methodology.ts'

/** What can be wrong with what was typed, besides the methodology as a whole. */
export type EditFault =
  | (
      | 'levels_wrong'
      | 'text_missing'
      | 'text_long'
      | 'bad_characters'
      | 'percent_wrong'
      | 'number_wrong'
      | 'choice_unknown'
    )
  | MethodologyFault

export interface Fault {
  /** Name of the field, as `fieldsOfMethodology` writes it. */
  path: string
  code: EditFault
  /** Of a whole number. */
  min?: number
  max?: number
  /** Of a cell of the matrix: both levels, by their number from 1 and the name that is typed. */
  cell?: Record<Axis, { n: number; name: string }>
  /** Names of what the field is of, as they are typed; of a weight or a point, the name its methodology has. */
  of?: string[]
}

/** Everything that is wrong: `misread` fields, and the rules that are broken whatever comes to stand in those. */
export function allFaults(misread: readonly Fault[], broken: readonly Fault[]): Fault[] {
  const unknown = new Set(misread.map(({ path }) => readTogether(path)))
  const isScaleKnown = misread.every(({ code }) => code !== 'levels_wrong')
  const known = isScaleKnown ? broken.filter(({ path }) => !unknown.has(readTogether(path))) : []
  return [...misread, ...known].toSorted((one, other) => compare(placeOf(one.path), placeOf(other.path)))
}

/** Fields that one rule reads together have one name: while one of them has no value, it says nothing of the others. */
function readTogether(path: string): string {
  const [part = '', ...rest] = path.split('.')
  if (['types', 'implementations', 'own'].includes(part)) return 'weights'
  if (part === 'matrix' || part === 'evidence') return part
  const field = rest.at(-1)
  return ['probability', 'impact', 'grades'].includes(part) && field !== 'name' ? `${part}.${field}` : path
}

const PARTS = [
  ...(['name', 'matrix', 'probability', 'impact', 'zones', 'typologies'] as const),
  ...(['types', 'implementations', 'own', 'criteria', 'grades', 'evidence'] as const),
] as string[]
const FIELDS = [
  ...(['codes', 'name', 'percent', 'from', 'words', 'acceptedBy', 'needsEvidence', 'reviewMonths'] as const),
  ...(['wording', 'isAcceptable', 'appetite', 'counts', 'levels', 'current', 'expired', 'failed', 'never'] as const),
] as string[]

function placeOf(path: string): number[] {
  const [part = '', ...rest] = path.split('.')
  const at = PARTS.indexOf(part)
  // Typology by typology, as they are read.
  if (part === 'own') return [at]
  const steps = rest.map((step) => (/^\d+$/.test(step) ? Number(step) : FIELDS.indexOf(step)))
  // The matrix is drawn from the highest probability.
  return part === 'matrix' ? [at, -(steps[0] ?? 0), steps[1] ?? -1] : [at, ...steps]
}

function compare(one: number[], other: number[]): number {
  const at = one.findIndex((step, i) => step !== other[i])
  return at < 0 ? one.length - other.length : (one[at] ?? 0) - (other[at] ?? -1)
}

/** Names of what a field is of. */
export function ownersOf(path: string, { residual, typologies }: Methodology, typed: Record<string, string>): string[] {
  const [part = '', i = '', j = ''] = path.split('.')
  const named = (name: string) => (typed[`${name}.name`] ?? '').trim()
  if (part === 'matrix') return [named(`probability.${i}`), named(`impact.${j}`)]
  if (['probability', 'impact', 'zones', 'typologies'].includes(part)) return [named(`${part}.${i}`)]
  if (residual.kind === 'score') {
    if (part === 'grades') return [residual.grades[Number(i)]?.name ?? '']
    const criterion = part === 'criteria' ? residual.criteria[Number(i)] : undefined
    return criterion ? [criterion.question, criterion.options[Number(j)]?.name ?? ''] : []
  }
  if (part === 'types' || part === 'implementations') return [residual[part][Number(i)]?.name ?? '']
  if (part !== 'own') return []
  const typology = typologies.find(({ code }) => code === i)
  return [typology?.name ?? '', residual.implementations[Number(j)]?.name ?? '']
}
