/** What a verdict on the acceptance of a risk leaves: a signature and the event. */
import { sql } from 'kysely'
import { ACCEPTANCE_STATEMENTS, signatureMethod } from '../catalog/statements.ts'
import type { EventType } from '../domain/events.ts'
import type { AcceptanceVerdict } from '../domain/risk-treatment.ts'
import type { ActRow } from './acts.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { acceptanceEvent, type LoadedAcceptance, systemOf } from './risk-acceptances.ts'
import type { LiveTenure } from './tenures.ts'

/** The signature, with name, cargo, statement and method as they were then (Ley 527 de 1999, Decreto 2364 de 2012). */
export async function recordAcceptanceSignature(
  trx: Trx,
  { entityId, state }: LoadedAcceptance,
  act: ActRow,
  tenure: LiveTenure,
): Promise<void> {
  const kind = act.kind as AcceptanceVerdict
  const said = await trx.selectFrom('observation').select('body').where('act_id', '=', act.id).executeTakeFirst()
  await trx
    .insertInto('risk_signature')
    .values({
      ...{ id: act.id, entity_id: entityId, acceptance_id: state.id, kind, person_id: act.person_id },
      ...{ position_id: act.position_id, acting_for: act.acting_for, person_name: tenure.personName },
      ...{ position_name: tenure.positionName, tenure_kind: tenure.kind, duty: tenure.duty },
      ...{ statement: ACCEPTANCE_STATEMENTS[kind], observation: said?.body ?? null, content_hash: state.contentHash },
      ...{ method: signatureMethod(act.proof), receipt_code: act.receipt_code, signed_at: sql<Date>`app_now()` },
    })
    .execute()
}

const EVENTS: Record<AcceptanceVerdict, EventType> = {
  accept_risk: 'risk.accepted',
  decline_risk: 'risk.acceptance_declined',
  withdraw_risk: 'risk.acceptance_withdrawn',
}

/** The event of a verdict: who, on which risk; what anybody typed stays out (model.md §5). */
export async function recordAcceptanceEvent(trx: Trx, acceptance: LoadedAcceptance, act: ActRow): Promise<void> {
  await recordEvent(trx, {
    ...acceptanceEvent(acceptance, EVENTS[act.kind as AcceptanceVerdict], {
      ...{ ...systemOf(acceptance), requestId: act.request_id },
      ...{ actorPerson: act.person_id, actorPosition: act.position_id },
    }),
    ...{ actingFor: act.acting_for, actId: act.id },
  })
}
