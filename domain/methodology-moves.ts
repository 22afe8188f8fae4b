/** A risk that moves to another methodology: each level it could have had becomes one of the new ones, by a table (features D3). */
import type { Kind } from './methodology-choices.ts'
import { type Objection, objection } from './refusals.ts'
import { AXES, type Axis, isSameMethodology, type Methodology, type MethodologyKey } from './risk-methodology.ts'
import { type Place, placeAt, type RatedControl, type RiskAnswers, typologyOf } from './risks.ts'

/** For each level of the earlier methodology, from the lowest, the level it becomes; kept with the assessment. */
export interface Equivalences {
  from: MethodologyKey
  /** Typology it had. */
  typology: string
  probability: number[]
  impact: number[]
}

export type MoveTable = Pick<Equivalences, Axis>

/** How a risk is rated: with which methodology, and as which of its typologies. */
interface Rated {
  key: MethodologyKey
  methodology: Methodology
  answers: Pick<RiskAnswers, 'typology'>
}

/** Why a risk does not move to a kind, whatever the table, or null: it is rated with that methodology, or other things are asked there. */
export function objectionToTarget({ key, methodology, answers }: Rated, to: Kind): Objection | null {
  if (isSameMethodology(key, to.key)) return objection('already_moved')
  const isAsset = typologyOf(methodology, answers.typology)?.isAsset ?? false
  return to.typology.isAsset === isAsset ? null : objection('move_asks_otherwise')
}

/** What is proposed: the level of the same code, else the first that is as high. */
export function suggestedTable(from: Methodology, to: Methodology): MoveTable {
  const table = (axis: Axis) =>
    from[axis].map(({ code, percent }) => {
      const same = to[axis].findIndex((one) => one.code === code)
      const asHigh = to[axis].findIndex((one) => one.percent >= percent)
      return same >= 0 ? same : asHigh >= 0 ? asHigh : to[axis].length - 1
    })
  return { probability: table('probability'), impact: table('impact') }
}

/** Where a risk stands once its levels are read in the table. */
export function movedPlace(to: Methodology, { probability, impact }: Place, table: MoveTable): Place {
  return placeAt(to, table.probability[probability] ?? -1, table.impact[impact] ?? -1)
}

/** Codes of the controls whose design the methodology cannot weigh. */
export function undesigned({ residual }: Methodology, controls: readonly RatedControl[]): string[] {
  const isKnown = (rows: readonly { code: string }[], code: string | undefined) => rows.some((one) => one.code === code)
  const isWeighed = ({ type, implementation, criteria }: RatedControl) =>
    residual.kind === 'weight'
      ? isKnown(residual.types, type) && isKnown(residual.implementations, implementation)
      : residual.criteria.every((one) => isKnown(one.options, criteria[one.code]))
  return controls.filter((one) => !isWeighed(one)).map(({ code }) => code)
}

/** Why a risk is not moved with this table, or null: a level that becomes none, a higher one that becomes lower, controls without a weight. */
export function objectionToMove(
  { from, to }: { from: Methodology; to: Methodology },
  controls: readonly RatedControl[],
  table: MoveTable,
): Objection | null {
  for (const axis of AXES) {
    const levels = table[axis]
    const isWhole = levels.length === from[axis].length && levels.every((one) => to[axis][one] !== undefined)
    if (!isWhole) return objection('table_hole', { axis })
    if (levels.some((one, i) => one < (levels[i - 1] ?? 0))) return objection('table_falls', { axis })
  }
  const without = undesigned(to, controls)
  return without.length > 0 ? objection('controls_undesigned', { controls: without.join(', ') }) : null
}

/** What was answered, as far as the new methodology knows it; its levels say the table. */
export function movedAnswers(to: Methodology, answers: RiskAnswers, typology: string): RiskAnswers {
  const kept = (rows: readonly { code: string }[], code: string) => (rows.some((one) => one.code === code) ? code : '')
  return {
    ...answers,
    typology,
    classification: kept(to.classifications, answers.classification),
    factor: kept(to.factors, answers.factor),
    area: kept(to.harms, answers.area),
    probability: kept(to.probability, answers.probability),
    economic: to.questions.length > 0 ? '' : kept(to.impact, answers.economic),
    reputational: to.questions.length > 0 ? '' : kept(to.impact, answers.reputational),
    yes: answers.yes.filter((code) => to.questions.some((one) => one.code === code)),
  }
}
