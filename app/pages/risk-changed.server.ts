import type { Trx } from '../../db/client.ts'
import { findPositionName, listAssessments } from '../../db/risk-pages.ts'
import { findRisk } from '../../db/risks.ts'
import { HARMS } from '../../domain/risk-answers.ts'
import type { RiskInput } from '../../domain/risk-inputs.ts'
import type { Methodology } from '../../domain/risk-methodology.ts'
import type { Actor } from '../session.server.ts'
import { formatNumber } from '../text/format.ts'
import { riskReviewText as words } from '../text/risk-review.ts'
import { riskFieldLabel } from '../text/risks.ts'
import { type Reviewed, saidOf } from './risk-review.server.ts'

export type RiskChanged = NonNullable<Awaited<ReturnType<typeof changedSince>>>

/**
 * Somebody rated the risk anew while a form of it was filled in: who and why, and where what stands now differs from what was typed.
 * Null where what was read (`seen`) still stands.
 */
export async function changedSince(trx: Trx, actor: Actor, { methodology, input, risk }: Reviewed, seen: string) {
  const now = risk && (await findRisk(trx, actor.entityId, risk.code))
  if (!now || now.assessment.contentHash === seen) return null
  const { assessment } = now
  const [last] = await listAssessments(trx, now.id)
  if (!last) throw new RangeError('a risk has an assessment')
  const { answers } = assessment
  const stands = await told(trx, assessment.methodology, { answers, ownerId: now.ownerPosition })
  const typed = await told(trx, methodology, input)
  const labels = [...new Set([...typed.keys(), ...stands.keys()])]
  return {
    ...{ code: now.code, read: assessment.contentHash, sentence: words.changed.sentence(last) },
    differences: labels.flatMap((label) => {
      const [theirs, own] = [stands.get(label) ?? '', typed.get(label) ?? '']
      return theirs === own ? [] : [{ label, stands: theirs, typed: own }]
    }),
  }
}

/** All that an assessment says, but its reason, by the name of each field. */
async function told(
  trx: Trx,
  methodology: Methodology,
  { answers, ownerId }: Pick<RiskInput, 'answers' | 'ownerId'>,
): Promise<Map<string, string>> {
  const { probability, impact } = methodology
  const named = (levels: readonly { code: string; name: string }[], code: string) =>
    levels.find((one) => one.code === code)?.name ?? ''
  const { timesPerYear: times } = answers
  const owner = await findPositionName(trx, ownerId)
  return new Map([
    ...saidOf(methodology, { answers, reason: '' }, owner),
    [riskFieldLabel('timesPerYear'), times === null ? '' : formatNumber(times)],
    [riskFieldLabel('probability'), named(probability, answers.probability)],
    ...HARMS.map((harm): [string, string] => [riskFieldLabel(harm), named(impact, answers[harm])]),
    [riskFieldLabel('description'), answers.description],
  ])
}
