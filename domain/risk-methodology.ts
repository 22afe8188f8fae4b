/**
 * A risk methodology as data (guía de la Función Pública, v4 to v7): scales, matrix, weights of controls, residual rule,
 * treatment and wording. Versions are immutable; an assessment keeps the one it was made with (features D3).
 */
import { z } from 'zod'
import { plainWords } from './folded.ts'

const text = z.string().trim().min(1).max(2_000)
const code = z.string().regex(/^[a-z0-9_]{1,40}$/)
const named = z.strictObject({ code, name: text })
const percent = z.int().min(0).max(100)
const list = <T extends z.ZodType<{ code: string }>>(one: T) =>
  z.array(one).min(1).max(60).refine(hasUniqueCodes, 'codes are repeated')

/** From `min` (included) to below `max`, in SMLMV or in times a year; null where it has no end. */
const range = z.strictObject({ min: z.int().min(0), max: z.int().min(1).nullable() })

/** `range`: times a year the activity is carried out; null where the level is chosen by its words. */
const probability = z.strictObject({ code, name: text, percent, words: text, times: range.nullable() })
/** `economic`: in SMLMV; null where impact is counted by questions. `yes`: how many questions answered yes. */
const impact = z.strictObject({
  ...{ code, name: text, percent, words: text },
  ...{ economic: range.nullable(), yes: range.nullable() },
})

export const AXES = ['probability', 'impact'] as const
export type Axis = (typeof AXES)[number]

const weighted = z.strictObject({ code, name: text, weight: z.int().min(0).max(100) })
const controlType = weighted.extend({ axis: z.enum(AXES) })

/** Each control takes its weight of what is left (v5 to v7). `typologies`: weights that hold for some alone. */
const byWeight = z.strictObject({
  kind: z.literal('weight'),
  types: list(controlType),
  implementations: list(weighted),
  typologies: z.record(code, z.strictObject({ implementations: list(weighted) })),
})
/** Design scored by criteria; the set moves probability down by whole levels (v4, corruption). */
const byScore = z.strictObject({
  kind: z.literal('score'),
  criteria: list(
    z.strictObject({ code, question: text, options: list(z.strictObject({ code, name: text, points: percent })) }),
  ),
  /** From the highest: the least score of each grade, and how many levels a set of controls that reaches it moves. */
  grades: list(z.strictObject({ code, name: text, from: percent, counts: percent, levels: z.int().min(0).max(4) })),
})

/** What a wording may take from the answers, in braces. */
export const WORDING_FIELDS = [
  ...(['area', 'causa_inmediata', 'causa_raiz', 'propiedad', 'activo', 'amenaza', 'vulnerabilidad'] as const),
] as const

/** Why a risk happens, in its wording: a threat and a weakness of an asset, two causes of any other. */
const causesOf = ({ isAsset }: { isAsset: boolean }) =>
  isAsset ? (['amenaza', 'vulnerabilidad'] as const) : (['causa_inmediata', 'causa_raiz'] as const)

/** Months between two reviews of a risk. */
export const REVIEW_MONTHS = { least: 1, most: 24 }

const zone = z.strictObject({
  code: z.string().regex(/^[A-Z]$/),
  name: text,
  /** What may be done with a risk that stands there, and by the position of which duty it is accepted; null: by nobody. */
  acceptedBy: code.nullable(),
  /** Accepting it needs controls whose evidence is in force, and follow-up. */
  needsEvidence: z.boolean(),
  reviewMonths: z.int().min(REVIEW_MONTHS.least).max(REVIEW_MONTHS.most),
})

const typology = z.strictObject({
  code,
  name: text,
  /** Fields in braces are those of `WORDING_FIELDS`. */
  wording: text,
  isAcceptable: z.boolean(),
  /** Zone up to which a risk is within the appetite; its code. */
  appetite: z.string(),
  isAsset: z.boolean(),
})

const question = z.strictObject({ code, text, isDecisive: z.boolean() })
const part = z.strictObject({ code, text })

const shape = z.strictObject({
  code,
  name: text,
  source: text,
  probability: list(probability),
  impact: list(impact),
  /** Answered yes they make the impact; none where it is measured in money and reputation. */
  questions: z.array(question).max(60).refine(hasUniqueCodes, 'codes are repeated'),
  /** What every such risk is, each of them answered yes; absent where the methodology asks nothing of the kind. */
  definition: z.array(part).max(10).refine(hasUniqueCodes, 'codes are repeated').optional(),
  /** From the lowest probability up; in each row from the lowest impact up, a zone's code each. */
  matrix: z.array(z.string()),
  zones: list(zone),
  typologies: list(typology),
  residual: z.discriminatedUnion('kind', [byWeight, byScore]),
  /** Percent of its weight that a control keeps by the state of its evidence, in what the controls demonstrate. */
  evidence: z.strictObject({ current: percent, expired: percent, failed: percent, never: percent }),
  documentations: list(named),
  frequencies: list(named),
  records: list(named),
  executions: list(named),
  periodicities: list(named.extend({ perYear: z.int().min(0) })),
  /** Kinds of harm, as they stand in the wording. */
  harms: list(named),
  classifications: list(named),
  factors: list(named),
  threats: z.array(text).max(200),
  vulnerabilities: z.array(text).max(200),
  assetKinds: z.array(named).max(40),
  properties: z.array(named).max(10),
})

/** What can be wrong with a methodology as a whole; where it is, its path says. */
export type MethodologyFault =
  | ('matrix_hole' | 'matrix_falls' | 'not_ascending' | 'ranges_overlap' | 'range_hole' | 'unknown_zone')
  | ('unknown_field' | 'no_cause' | 'name_twice')
  | ('weight_none' | 'weight_over' | 'weight_unknown' | 'grades_not_descending' | 'evidence_above_current')

/** Every fault in its place: a matrix with a hole, a range that leaves numbers out, a rule that names nothing. */
export const methodologySchema = shape.superRefine((methodology, context) => {
  const fault = (path: PropertyKey[], message: MethodologyFault) => context.addIssue({ code: 'custom', path, message })
  const { probability: rows, impact: columns, matrix, zones } = methodology
  const known = zones.map((one) => one.code)
  if (matrix.length !== rows.length) fault(['matrix'], 'matrix_hole')
  for (const [i, row] of matrix.entries())
    if (row.length !== columns.length || [...row].some((cell) => !known.includes(cell)))
      fault(['matrix', i], 'matrix_hole')
    else for (const j of columns.keys()) if (falls(methodology, i, j)) fault(['matrix', i, j], 'matrix_falls')
  for (const [name, levels] of [
    ['probability', rows],
    ['impact', columns],
  ] as const) {
    const at = levels.findIndex((one, i) => i > 0 && one.percent <= (levels[i - 1]?.percent ?? 0))
    if (at >= 0) fault([name, at, 'percent'], 'not_ascending')
  }
  for (const [name, ranges] of [
    ['probability', rows.map((one) => one.times)],
    ['impact', columns.map((one) => one.economic)],
    ['impact', columns.map((one) => one.yes)],
  ] as const) {
    const at = ranges.findIndex((one) => one !== null && one.max !== null && one.max <= one.min)
    if (at >= 0) fault([name, at + 1, 'from'], 'ranges_overlap')
    else if (!isWhole(ranges)) fault([name], 'range_hole')
  }
  for (const [i, typology] of methodology.typologies.entries()) {
    if (!known.includes(typology.appetite)) fault(['typologies', i, 'appetite'], 'unknown_zone')
    const wrong = wordingFault(typology)
    if (wrong) fault(['typologies', i, 'wording'], wrong)
  }
  for (const name of [...AXES, 'zones', 'typologies'] as const)
    for (const i of repeatedNames(methodology[name])) fault([name, i, 'name'], 'name_twice')
  const { current, ...lesser } = methodology.evidence
  for (const [state, share] of Object.entries(lesser))
    if (share > current) fault(['evidence', state], 'evidence_above_current')
  checkControls(methodology, fault)
})

/** A wording that no cause fills says the same of every risk of its typology. */
function wordingFault(of: z.infer<typeof typology>): MethodologyFault | undefined {
  const { wording } = of
  const fields = [...wording.matchAll(/\{([^{}]*)\}/g)].map(([, field]) => field)
  const isKnown = fields.every((field) => WORDING_FIELDS.some((one) => one === field))
  if (!isKnown || /[{}]/.test(wording.replace(/\{\w+\}/g, ''))) return 'unknown_field'
  return causesOf(of).some((cause) => fields.includes(cause)) ? undefined : 'no_cause'
}

/** Places of the names that stand before already, read as a map is: capitals and accents do not tell two apart. */
function repeatedNames(rows: readonly { name: string }[]): number[] {
  const names = rows.map(({ name }) => plainWords(name))
  return [...names.keys()].filter((i) => names[i] !== '' && names.indexOf(names[i] as string) < i)
}

/** A place that is graver on one axis is never in a milder zone. */
function falls({ matrix, zones }: z.infer<typeof shape>, i: number, j: number): boolean {
  const gravity = (row: number, column: number) => zones.findIndex((one) => one.code === matrix[row]?.[column])
  return gravity(i, j) < Math.max(i > 0 ? gravity(i - 1, j) : 0, j > 0 ? gravity(i, j - 1) : 0)
}

/** Each weight takes something and they add up to no more than all of it; those of a typology are of what the methodology knows. */
function checkControls(
  { residual, typologies }: z.infer<typeof shape>,
  fault: (path: PropertyKey[], message: MethodologyFault) => void,
): void {
  if (residual.kind === 'score') {
    checkGrades(residual.grades, fault)
    return
  }
  const { types, implementations } = residual
  const own = Object.entries(residual.typologies)
  const ways = [implementations, ...own.map(([, one]) => one.implementations)].flat()
  const most = Math.max(...ways.map((one) => one.weight))
  for (const [i, { weight }] of types.entries())
    if (weight === 0) fault(['types', i, 'weight'], 'weight_none')
    else if (weight + most > 100) fault(['types', i, 'weight'], 'weight_over')
  for (const [i, { weight }] of implementations.entries())
    if (weight === 0) fault(['implementations', i, 'weight'], 'weight_none')
  const codes = new Set(implementations.map((one) => one.code))
  for (const [name, one] of own)
    if (!typologies.some(({ code: of }) => of === name) || one.implementations.some((way) => !codes.has(way.code)))
      fault(['own', name], 'weight_unknown')
}

/** A better grade is never worth less: what is reached and what it counts fall to 0, and the levels it moves do not rise. */
function checkGrades(
  grades: z.infer<typeof byScore>['grades'],
  fault: (path: PropertyKey[], message: MethodologyFault) => void,
): void {
  for (const name of ['from', 'counts'] as const) {
    const at = grades.findIndex((one, i) => i > 0 && one[name] >= (grades[i - 1]?.[name] ?? 0))
    if (at >= 0) fault(['grades', at, name], 'grades_not_descending')
    else if (grades.at(-1)?.[name] !== 0) fault(['grades', grades.length - 1, name], 'grades_not_descending')
  }
  const at = grades.findIndex((one, i) => i > 0 && one.levels > (grades[i - 1]?.levels ?? 0))
  if (at >= 0) fault(['grades', at, 'levels'], 'grades_not_descending')
}

export type Methodology = z.infer<typeof shape>
export type Level = Methodology['probability'][number]
export type ImpactLevel = Methodology['impact'][number]
export type Typology = Methodology['typologies'][number]
export type Zone = Methodology['zones'][number]
export type EvidenceState = keyof Methodology['evidence']
export const EVIDENCE_STATES = ['current', 'expired', 'failed', 'never'] as const satisfies EvidenceState[]

/** Which methodology, and which version of it: 0 is the one that ships, the others are the entity's own. */
export interface MethodologyKey {
  code: string
  n: number
}

/** As an address carries it: `guia_7` for the one that ships, `guia_7.2` for a version of the entity's own. */
export function methodologyKeyText({ code: of, n }: MethodologyKey): string {
  return n === 0 ? of : `${of}.${n}`
}

/** Null for what no address ever carried. */
export function methodologyKeyOf(text: string): MethodologyKey | null {
  const found = /^([a-z0-9_]{1,40})(?:\.([1-9]\d{0,5}))?$/.exec(text)
  return found ? { code: found[1] as string, n: Number(found[2] ?? 0) } : null
}

export function isSameMethodology(one: MethodologyKey, other: MethodologyKey): boolean {
  return one.code === other.code && one.n === other.n
}

function hasUniqueCodes(rows: readonly { code: string }[]): boolean {
  return new Set(rows.map((row) => row.code)).size === rows.length
}

/** None has a range, or they follow one another from 0 without end. */
function isWhole(ranges: readonly (z.infer<typeof range> | null)[]): boolean {
  const given = ranges.filter((one) => one !== null)
  if (given.length === 0) return true
  const last = given.at(-1)
  return (
    given[0]?.min === 0 &&
    last?.max === null &&
    given.slice(1).every((one, i) => given[i]?.max === one.min) &&
    given.slice(0, -1).every(({ min, max }) => max !== null && max > min)
  )
}
