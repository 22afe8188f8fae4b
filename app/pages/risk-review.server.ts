import type { Trx } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { nextForRisk } from '../../db/risk-next.ts'
import { findCadence } from '../../db/risk-reviews.ts'
import { listRatedControls } from '../../db/risk-standings.ts'
import type { HeldRisk } from '../../db/risks.ts'
import { entityCalendar } from '../../db/terms.ts'
import { HARMS } from '../../domain/risk-answers.ts'
import type { RiskInput } from '../../domain/risk-inputs.ts'
import type { Methodology, MethodologyKey } from '../../domain/risk-methodology.ts'
import { nextReviewOn, reviewMonthsOf } from '../../domain/risk-reviews.ts'
import { DAYS_TO_DECIDE, isWithinAppetite, nextAfterRating } from '../../domain/risk-treatment.ts'
import {
  graveness,
  inherentPlace,
  type Place,
  type RiskAnswers,
  residualOf,
  wordingOf,
  zoneOf,
} from '../../domain/risks.ts'
import type { Actor } from '../session.server.ts'
import { methodologyTitle } from '../text/methodologies.ts'
import { placeWords } from '../text/place-words.ts'
import { riskReviewText as words } from '../text/risk-review.ts'
import { riskFieldLabel, riskFormText } from '../text/risks.ts'
import { ownersFor } from './risk-actions.server.ts'
import { appetiteOf } from './risk-treatment.server.ts'
import { heatMap } from './risks.server.ts'

/** A risk as it was typed, read over before anything of it stands. */
export interface Reviewed {
  key: MethodologyKey
  methodology: Methodology
  input: RiskInput
  /** The risk that is rated anew; null where it is registered. */
  risk: HeldRisk | null
}

export type RiskReview = Awaited<ReturnType<typeof reviewOf>>

/** How it is worded, where it stands and why, whether that is tolerated, and what comes once it is registered. */
export async function reviewOf(trx: Trx, actor: Actor, reviewed: Reviewed) {
  const { key, methodology, input } = reviewed
  const { answers } = input
  const inherent = inherentPlace(methodology, answers)
  if (!inherent) throw new RangeError('a risk whose answers were read has a place')
  const template = wordingOf(methodology, answers)
  const owner = (await ownersFor(trx, actor)).find(({ id }) => id === input.ownerId)?.name ?? ''
  const { probability, impact } = inherent
  return {
    wording: answers.description,
    isByTemplate: answers.description === template,
    wordingHelp: answers.description === template ? words.wordingByTemplate : words.wordingByHand(template),
    ...placeOf(methodology, answers, inherent),
    mapCaption: words.mapCaption(methodologyTitle(methodology, key)),
    map: heatMap(methodology, [{ place: 'inherent', probability, impact, risks: 1 }]),
    ...(await nextOf(trx, actor, reviewed, { inherent, owner })),
    said: saidOf(methodology, input, owner),
  }
}

/** Both levels and the zone, each with its number, its word and why. */
function placeOf(methodology: Methodology, answers: RiskAnswers, inherent: Place) {
  const [level, harm] = [methodology.probability[inherent.probability], methodology.impact[inherent.impact]]
  if (!level || !harm) throw new RangeError('a place has its levels')
  const zone = zoneOf(methodology, inherent.zone)
  const { timesPerYear: times } = answers
  return {
    probability: {
      ...{ name: level.name, percent: inherent.p },
      why: times === null ? words.byWords(level.words) : words.byTimes(times, level.words),
    },
    impact: { name: harm.name, percent: inherent.i, why: impactWhy(methodology, answers, harm.words) },
    zone: {
      ...{ code: zone.code, name: zone.name, why: words.byMatrix(level.name, harm.name) },
      rank: words.rank(graveness(methodology, zone.code) + 1, methodology.zones.length),
    },
  }
}

function impactWhy({ impact, questions }: Methodology, answers: RiskAnswers, reached: string): string {
  if (questions.length > 0) {
    const decisive = questions.find((one) => one.isDecisive && answers.yes.includes(one.code))
    return decisive ? words.byDecisive(decisive.text) : words.byQuestions(answers.yes.length, questions.length, reached)
  }
  const rated = HARMS.flatMap((harm) => {
    const level = impact.find(({ code }) => code === answers[harm])
    if (!level) return []
    const { economic } = level
    const how = harm === 'economic' && economic ? riskFormText.smlmv(economic.min, economic.max) : level.words
    return [words.byHarm(harm, level.name, how)]
  })
  return [...rated, ...(rated.length > 1 ? [words.higher] : [])].join(' ')
}

/** By where its controls demonstrably leave it, as is asked once it stands (db/risk-next.ts). */
async function nextOf(
  trx: Trx,
  actor: Actor,
  { methodology, input: { answers }, risk }: Reviewed,
  { inherent, owner }: { inherent: Place; owner: string },
) {
  const { typology } = answers
  const controls = risk ? await listRatedControls(trx, risk.id) : []
  const left = residualOf(methodology, inherent, controls, { typology, reading: 'demonstrated' })
  const isWithin = isWithinAppetite(methodology, typology, left.zone)
  const { next, endsAcceptance } = nextAfterRating(risk && (await nextForRisk(trx, risk.id)), isWithin)
  const appetite = appetiteOf(methodology, typology, left.zone)
  const { next: said } = words
  return {
    left: controls.length > 0 ? words.left(controls.length, placeWords(methodology, left)) : null,
    isWithin,
    appetite:
      appetite.limit === null
        ? words.appetite.none
        : isWithin
          ? words.appetite.within(appetite.limit)
          : words.appetite.above(appetite.limit),
    next: [
      ...(controls.length === 0 ? [said.controls] : []),
      next === 'decide' || next === 'confirm'
        ? said[next](owner, DAYS_TO_DECIDE)
        : next === 'plan'
          ? said.plan
          : said.tolerated,
      ...(endsAcceptance ? [said.acceptance] : []),
      ...(risk?.assessment.override ? [said.override] : []),
      said.review(await reviewDay(trx, actor, { months: zoneOf(methodology, left.zone).reviewMonths, risk })),
    ],
  }
}

async function reviewDay(
  trx: Trx,
  { entityId }: Actor,
  { months, risk }: { months: number; risk: HeldRisk | null },
): Promise<string> {
  const cadence = risk && (await findCadence(trx, risk.id))
  const every = reviewMonthsOf(months, cadence?.ownMonths ?? null)
  return nextReviewOn(appToday(), every, await entityCalendar(trx, entityId))
}

/** Everything that was typed, but its wording, in the order of the form. */
export function saidOf(
  methodology: Methodology,
  { answers, reason }: Pick<RiskInput, 'answers' | 'reason'>,
  owner: string,
): [string, string][] {
  const named = (rows: readonly { code: string; name: string }[], code: string) =>
    rows.find((one) => one.code === code)?.name ?? ''
  const { harms, classifications, factors, assetKinds, properties } = methodology
  const harm = named(harms, answers.area)
  const said: [string, string][] = [
    ['process', answers.process],
    ['objective', answers.objective],
    ['ownerId', owner],
    ['area', harm && riskFormText.harm(harm)],
    ['immediateCause', answers.immediateCause],
    ['rootCause', answers.rootCause],
    ['classification', named(classifications, answers.classification)],
    ['assetKind', named(assetKinds, answers.assetKind)],
    ['asset', answers.asset],
    ['property', named(properties, answers.property)],
    ['threat', answers.threat],
    ['vulnerability', answers.vulnerability],
    ['factor', named(factors, answers.factor)],
    ['consequences', answers.consequences],
    ['yes', methodology.questions.flatMap(({ code, text }) => (answers.yes.includes(code) ? [text] : [])).join('\n')],
    ['reason', reason],
  ]
  return said.flatMap(([name, value]) => (value === '' ? [] : [[riskFieldLabel(name), value] as [string, string]]))
}
