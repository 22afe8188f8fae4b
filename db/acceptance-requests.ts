/** Asking that a risk be accepted, bound to exactly what stands (features D9). */
import { sql } from 'kysely'
import { Refused, refuseIf } from '../domain/refusals.ts'
import type { AcceptanceInput } from '../domain/risk-inputs.ts'
import { acceptorOf, objectionsToAcceptance } from '../domain/risk-treatment.ts'
import { zoneOf } from '../domain/risks.ts'
import { eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { appToday } from './clock.ts'
import { hashOf } from './content-hash.ts'
import { findOpenAcceptance } from './risk-acceptances.ts'
import { askToAccept, endAskToTreat } from './risk-follow-ups.ts'
import { type Assessment, standOf } from './risk-standings.ts'
import type { HeldRisk, RiskKeeper } from './risks.ts'

/**
 * Asks that a risk be accepted as it stands, until a civil date; what was decided about it stands until somebody signs. Answers
 * its id, also when the same form comes again. Throws `Refused`: what the policy objects to, `acceptance_open` where one stands or waits, `body_differs` for other words.
 */
export async function askAcceptance(
  trx: Trx,
  by: RiskKeeper,
  held: HeldRisk,
  { formKey: id, reason, until }: AcceptanceInput,
): Promise<string> {
  const known = await trx
    .selectFrom('risk_acceptance')
    .select(['risk_id', 'reason', 'until'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (known) {
    if (known.risk_id !== held.id || known.reason !== reason || known.until !== until) throw new Refused('body_differs')
    return id
  }
  const { assessment, methodology, risk, content, stateHash } = await standOf(trx, held.id)
  refuseIf(objectionsToAcceptance(methodology, risk, { until, today: appToday() })[0])
  const acceptorDuty = acceptorOf(methodology, risk) ?? ''
  if (await findOpenAcceptance(trx, held.id)) throw new Refused('acceptance_open')
  const contentHash = hashOf({ state: stateHash, reason, until, acceptor: acceptorDuty })
  const asked = await trx
    .insertInto('risk_acceptance')
    .values({
      ...{ id, entity_id: by.entityId, risk_id: held.id, assessment_id: assessment.id, reason, until },
      ...{ acceptor_duty: acceptorDuty, content: JSON.stringify(content), state_hash: stateHash },
      ...{ content_hash: contentHash, asked_by: by.personId, asked_position: by.positionId },
      hands: await handsOn(trx, assessment, by.personId),
    })
    .returning('until')
    .executeTakeFirstOrThrow()
  const about = { entityId: by.entityId, riskId: held.id, riskCode: held.code }
  await endAskToTreat(trx, about)
  await askToAccept(trx, about, acceptorDuty)
  await recordEvent(trx, {
    ...{ ...eventBy(by), type: 'risk.acceptance_asked', objectId: id, contentHash },
    changes: [
      { field: 'risk', before: null, after: held.code },
      { field: 'zone', before: null, after: zoneOf(methodology, risk.zone).name },
      { field: 'due_date', before: null, after: asked.until },
    ],
  })
  return id
}

/** Persons who rated the risk last or ask now, and for whom they did. */
async function handsOn(trx: Trx, { id }: Assessment, askerId: string): Promise<string[]> {
  const rated = await trx
    .selectFrom('risk_assessment')
    .select(['assessed_by', 'acting_for', sql<string | null>`app_acting_for()`.as('asked_for')])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const hands = [rated.assessed_by, rated.acting_for, askerId, rated.asked_for]
  return [...new Set(hands.filter((hand) => hand !== null))]
}
