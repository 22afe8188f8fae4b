/** What a verdict on a disposal leaves: a signature and the event. */
import { sql } from 'kysely'
import { DISPOSAL_STATEMENTS, signatureMethod } from '../catalog/statements.ts'
import type { DisposalVerdict } from '../domain/disposal.ts'
import type { EventType } from '../domain/events.ts'
import type { ActRow } from './acts.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { disposalEvent, type LoadedDisposal } from './disposals.ts'
import type { LiveTenure } from './tenures.ts'

/** The signature, with name, cargo, statement and method as they were then (Ley 527 de 1999, Decreto 2364 de 2012). */
export async function recordDisposalSignature(
  trx: Trx,
  { entityId, state }: LoadedDisposal,
  act: ActRow,
  tenure: LiveTenure,
): Promise<void> {
  const kind = act.kind as DisposalVerdict
  const said = await trx.selectFrom('observation').select('body').where('act_id', '=', act.id).executeTakeFirst()
  await trx
    .insertInto('disposal_signature')
    .values({
      ...{ id: act.id, entity_id: entityId, disposal_id: state.id, kind, person_id: act.person_id },
      ...{ position_id: act.position_id, acting_for: act.acting_for, person_name: tenure.personName },
      ...{ position_name: tenure.positionName, tenure_kind: tenure.kind, duty: tenure.duty },
      ...{ statement: DISPOSAL_STATEMENTS[kind], observation: said?.body ?? null, content_hash: state.contentHash },
      ...{ method: signatureMethod(act.proof), receipt_code: act.receipt_code, signed_at: sql<Date>`app_now()` },
    })
    .execute()
}

const EVENTS: Record<DisposalVerdict, EventType> = {
  approve_disposal: 'disposal.approved',
  return_disposal: 'disposal.returned',
  withdraw_disposal: 'disposal.withdrawn',
}

/** The event of a verdict; what anybody typed stays out (model.md §5). */
export async function recordDisposalEvent(trx: Trx, disposal: LoadedDisposal, act: ActRow): Promise<void> {
  await recordEvent(trx, {
    ...disposalEvent(disposal, EVENTS[act.kind as DisposalVerdict]),
    ...{ actorPerson: act.person_id, actorPosition: act.position_id, actingFor: act.acting_for, actId: act.id },
    requestId: act.request_id,
  })
}
