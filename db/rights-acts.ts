/** What a verdict on a citizen's request leaves: a signature and the event. */
import { sql } from 'kysely'
import { RIGHTS_STATEMENTS, signatureMethod } from '../catalog/statements.ts'
import type { EventType } from '../domain/events.ts'
import type { RightsVerdict } from '../domain/rights.ts'
import type { ActRow } from './acts.ts'
import { type EventRecord, recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import type { LoadedRights } from './rights.ts'
import type { LiveTenure } from './tenures.ts'

/** The signature, with name, cargo, statement and method as they were then (Ley 527 de 1999, Decreto 2364 de 2012). */
export async function recordRightsSignature(
  trx: Trx,
  request: LoadedRights,
  act: ActRow,
  tenure: LiveTenure,
): Promise<void> {
  const kind = act.kind as RightsVerdict
  await trx
    .insertInto('rights_signature')
    .values({
      ...{ id: act.id, entity_id: request.entityId, request_id: request.state.id, kind, person_id: act.person_id },
      ...{ position_id: act.position_id, acting_for: act.acting_for, person_name: tenure.personName },
      ...{ position_name: tenure.positionName, tenure_kind: tenure.kind, duty: tenure.duty },
      ...{ statement: RIGHTS_STATEMENTS[kind], content_hash: request.state.contentHash },
      method: signatureMethod(act.proof),
      ...{ receipt_code: act.receipt_code, signed_at: sql<Date>`app_now()` },
    })
    .execute()
}

const EVENTS: Record<RightsVerdict, EventType> = {
  identify: 'rights.identified',
  require: 'rights.completion_asked',
  extend: 'rights.extended',
  forward: 'rights.forwarded',
  attend: 'rights.attended',
  deny: 'rights.denied',
}

/** The event of a verdict: who, on which request, until when; what anybody typed stays out (model.md §5). */
export async function recordRightsEvent(
  trx: Trx,
  request: LoadedRights,
  act: ActRow,
  about: { reasonCode: string | null; dueOn: string | null },
): Promise<void> {
  const base = rightsEvent(request, EVENTS[act.kind as RightsVerdict])
  const due = { field: 'due_date', before: request.state.dueOn, after: about.dueOn }
  const changes = about.dueOn === request.state.dueOn ? [] : [due]
  await recordEvent(trx, {
    ...base,
    ...{ actorPerson: act.person_id, actorPosition: act.position_id, actingFor: act.acting_for },
    ...{ contentHash: request.state.contentHash, actId: act.id, requestId: act.request_id },
    ...{ reasonCode: about.reasonCode, changes: [...(base.changes ?? []), ...changes] },
  })
}

/** The part of an event that every one of a request shares. */
export function rightsEvent({ entityId, state, number }: LoadedRights, type: EventType): EventRecord {
  const changes = [{ field: 'code', before: null, after: number }]
  const purposeCode = 'citizen_request'
  return {
    ...{ entityId, type, objectId: state.id, origin: 'workflow', workflowId: `rights:${state.id}` },
    ...{ changes, purposeCode },
  }
}
