/** A risk as a methodology rates it: probability, impact, zone and what its controls leave (guía v7, num. 3; domain facts §2). */
import { comparePercent, type ExactPercent, exactPercent, lessened, percentText } from './exact-percent.ts'
import type { Axis, EvidenceState, ImpactLevel, Level, Methodology, Typology, Zone } from './risk-methodology.ts'

/** What is typed of a risk; which fields count depends on its typology. */
export interface RiskAnswers {
  process: string
  objective: string
  typology: string
  classification: string
  factor: string
  /** Code of the kind of harm; empty for an asset. */
  area: string
  immediateCause: string
  rootCause: string
  asset: string
  assetKind: string
  property: string
  threat: string
  vulnerability: string
  /** Effects, one a line. */
  consequences: string
  description: string
  /** Times a year the activity is carried out; null where the level is chosen by its words. */
  timesPerYear: number | null
  probability: string
  /** Level of each kind of harm, by its code; empty where it does not apply. */
  economic: string
  reputational: string
  /** Codes of the questions answered yes. */
  yes: string[]
  /** Codes of what its methodology asks of every such risk, all answered yes; absent where nothing was asked. */
  definition?: string[]
}

/** The wording of the template with what is known so far; a field that is not, stands as an ellipsis. */
export function wordingOf(methodology: Methodology, answers: Partial<RiskAnswers>): string {
  const template = typologyOf(methodology, answers.typology ?? '')?.wording ?? ''
  const property = methodology.properties.find((one) => one.code === answers.property)?.name
  const fields: Record<string, string | undefined> = {
    area: methodology.harms.find((one) => one.code === answers.area)?.name,
    causa_inmediata: answers.immediateCause,
    causa_raiz: answers.rootCause,
    propiedad: property,
    activo: answers.asset,
    amenaza: answers.threat,
    vulnerabilidad: answers.vulnerability,
  }
  return template.replace(/\{(\w+)\}/g, (_, name: string) => fields[name]?.trim() || '…')
}

export function typologyOf(methodology: Methodology, code: string): Typology | undefined {
  return methodology.typologies.find((one) => one.code === code)
}

/** Index of the level of probability; undefined where what is needed is missing. */
export function probabilityOf(methodology: Methodology, answers: RiskAnswers): number | undefined {
  const { probability } = methodology
  const byWords = probability.every((one) => one.times === null)
  const at = byWords
    ? probability.findIndex((one) => one.code === answers.probability)
    : probability.findIndex((one) => answers.timesPerYear !== null && isWithin(one.times, answers.timesPerYear))
  return at < 0 ? undefined : at
}

/** Index of the level of impact: the higher of both harms (v7 num. 3.6), or by the questions answered yes. */
export function impactOf(methodology: Methodology, answers: RiskAnswers): number | undefined {
  const { impact, questions } = methodology
  if (questions.length > 0) {
    const yes = questions.filter((one) => answers.yes.includes(one.code))
    if (yes.length === 0) return undefined
    if (yes.some((one) => one.isDecisive)) return impact.length - 1
    return impact.findIndex((one) => isWithin(one.yes, yes.length))
  }
  const harms = [answers.economic, answers.reputational].filter((code) => code !== '')
  const levels = harms.map((code) => impact.findIndex((one) => one.code === code)).filter((at) => at >= 0)
  return levels.length === 0 ? undefined : Math.max(...levels)
}

function isWithin(range: { min: number; max: number | null } | null, value: number): boolean {
  return range !== null && value >= range.min && (range.max === null || value < range.max)
}

/** Where a risk stands: two levels by their index from the lowest, in percent, and the zone they meet in. */
export interface Place {
  probability: number
  impact: number
  /** Exact, in percent, as `percentText` writes it. */
  p: string
  i: string
  /** Code of the zone. */
  zone: string
}

/** Throws `RangeError` where the matrix has no such cell. */
export function zoneAt({ matrix }: Methodology, probability: number, impact: number): string {
  const zone = matrix[probability]?.[impact]
  if (zone === undefined) throw new RangeError(`no cell ${probability} × ${impact}`)
  return zone
}

/** Place of a risk before any control; undefined while something it needs is missing. */
export function inherentPlace(methodology: Methodology, answers: RiskAnswers): Place | undefined {
  const probability = probabilityOf(methodology, answers)
  const impact = impactOf(methodology, answers)
  if (probability === undefined || impact === undefined) return undefined
  return placeAt(methodology, probability, impact)
}

export function placeAt(methodology: Methodology, probability: number, impact: number): Place {
  const p = String(required(methodology.probability[probability]).percent)
  const i = String(required(methodology.impact[impact]).percent)
  return { probability, impact, p, i, zone: zoneAt(methodology, probability, impact) }
}

/** A control as its design and its evidence count. */
export interface RatedControl {
  code: string
  /** Of the methodology by weight. */
  type: string
  implementation: string
  /** Of the methodology by score: the option chosen for each criterion, by their codes. */
  criteria: Record<string, string>
  evidence: EvidenceState
}

/** One line of how a residual came about. */
export interface TraceLine {
  control: string
  axis: Axis
  /** Whole percent that this control takes of what is left. */
  weight: number
  evidence: EvidenceState
  before: string
  after: string
}

export interface Residual extends Place {
  trace: TraceLine[]
}

/** Which of its places a risk is looked at in. */
export const PLACES = ['inherent', 'declared', 'demonstrated'] as const
export type PlaceName = (typeof PLACES)[number]

/** `declared`: by the design of the controls. `demonstrated`: each counts as far as its evidence goes (N4). */
export type Reading = 'declared' | 'demonstrated'

/**
 * What is left once every control is applied, one after another on what remains (v7, Tabla 8): exact, in any order the same,
 * never above the inherent place, and never lower with less.
 */
export function residualOf(
  methodology: Methodology,
  inherent: Place,
  controls: readonly RatedControl[],
  { typology, reading }: { typology: string; reading: Reading },
): Residual {
  if (methodology.residual.kind === 'score') return residualByScore(methodology, inherent, controls, reading)
  const left: Record<Axis, ExactPercent> = { probability: exactPercent(inherent.p), impact: exactPercent(inherent.i) }
  const trace = controls.map((control): TraceLine => {
    const { axis, weight } = weightOf(methodology, control, typology)
    const counted = reading === 'declared' ? weight : keptOf(methodology, weight, control.evidence)
    const before = left[axis]
    left[axis] = lessened(before, counted)
    const { evidence } = control
    return { control: control.code, axis, weight: counted, evidence, ...turned(before, left[axis]) }
  })
  const probability = bandOf(methodology.probability, left.probability)
  const impact = bandOf(methodology.impact, left.impact)
  return {
    ...{ probability, impact, p: percentText(left.probability), i: percentText(left.impact) },
    ...{ zone: zoneAt(methodology, probability, impact), trace },
  }
}

/** Weight of a control by its type and implementation, in whole percent. Throws `RangeError` for what the version lacks. */
export function weightOf(
  { residual }: Methodology,
  { type, implementation }: Pick<RatedControl, 'type' | 'implementation'>,
  typology: string,
): { axis: Axis; weight: number } {
  if (residual.kind !== 'weight') throw new RangeError('controls are scored in this methodology')
  const kind = residual.types.find((one) => one.code === type)
  const implementations = residual.typologies[typology]?.implementations ?? residual.implementations
  const way = implementations.find((one) => one.code === implementation)
  if (!kind || !way) throw new RangeError(`no weight for ${type} ${implementation}`)
  return { axis: kind.axis, weight: Math.min(100, kind.weight + way.weight) }
}

/** Rounded down: what is demonstrated never counts for more. */
function keptOf({ evidence }: Methodology, weight: number, state: EvidenceState): number {
  return Math.floor((weight * evidence[state]) / 100)
}

function turned(before: ExactPercent, after: ExactPercent) {
  return { before: percentText(before), after: percentText(after) }
}

/** The first level whose percent the value does not exceed. */
function bandOf(levels: readonly (Level | ImpactLevel)[], value: ExactPercent): number {
  const at = levels.findIndex((one) => comparePercent(value, exactPercent(one.percent)) <= 0)
  return at < 0 ? levels.length - 1 : at
}

/** Points of a control's design (v4: seven criteria that add up to 100). */
export function scoreOf({ residual }: Methodology, { criteria }: Pick<RatedControl, 'criteria'>): number {
  if (residual.kind !== 'score') throw new RangeError('controls have weights in this methodology')
  return residual.criteria.reduce(
    (sum, one) => sum + (one.options.find((option) => option.code === criteria[one.code])?.points ?? 0),
    0,
  )
}

/** The set as a whole moves probability down by whole levels, impact never (v4, riesgos de corrupción). */
function residualByScore(
  methodology: Methodology,
  inherent: Place,
  controls: readonly RatedControl[],
  reading: Reading,
): Residual {
  const { residual, probability: levels } = methodology
  if (residual.kind !== 'score') throw new RangeError('controls have weights in this methodology')
  const { grades } = residual
  const worths = controls.map((control) => {
    const score = scoreOf(methodology, control)
    const worth = grades.find((one) => score >= one.from)?.counts ?? 0
    return reading === 'declared' ? worth : keptOf(methodology, worth, control.evidence)
  })
  const mean = worths.length === 0 ? 0 : worths.reduce((sum, one) => sum + one, 0) / worths.length
  const down = grades.find((one) => mean >= one.counts)?.levels ?? 0
  const at = Math.max(0, inherent.probability - down)
  const after = String(required(levels[at]).percent)
  const trace = controls.map(({ code, evidence }, n): TraceLine => {
    const isLast = n === controls.length - 1
    const weight = worths[n] ?? 0
    return {
      ...{ control: code, axis: 'probability', weight, evidence },
      ...{ before: inherent.p, after: isLast ? after : inherent.p },
    }
  })
  return { ...placeAt(methodology, at, inherent.impact), trace }
}

export function zoneOf({ zones }: Methodology, code: string): Zone {
  return required(zones.find((one) => one.code === code))
}

/** From the mildest: how grave a zone is. */
export function graveness({ zones }: Methodology, code: string): number {
  return zones.findIndex((one) => one.code === code)
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new RangeError('not in this methodology')
  return value
}
