/** What a verdict on a delegated access leaves: a signature, the commitment that was accepted, and the event. */
import { sql } from 'kysely'
import { CONFIDENTIALITY } from '../catalog/confidentiality.ts'
import { ACCESS_STATEMENTS, signatureMethod } from '../catalog/statements.ts'
import type { EventType } from '../domain/events.ts'
import type { GrantVerdict } from '../domain/grants.ts'
import type { ActRow } from './acts.ts'
import { type EventRecord, recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { hashOf } from './content-hash.ts'
import type { LoadedGrant } from './grants.ts'
import type { LiveTenure } from './tenures.ts'

/** The signature, with name, cargo, statement and method as they were then (Ley 527 de 1999, Decreto 2364 de 2012). */
export async function recordGrantSignature(
  trx: Trx,
  grant: LoadedGrant,
  act: ActRow,
  tenure: LiveTenure,
): Promise<void> {
  const kind = act.kind as GrantVerdict | 'ask'
  await trx
    .insertInto('access_signature')
    .values({
      ...{ id: act.id, entity_id: grant.entityId, grant_id: grant.state.id, kind, person_id: act.person_id },
      ...{
        position_id: act.position_id,
        acting_for: act.acting_for,
        person_name: tenure.personName,
        position_name: tenure.positionName,
      },
      ...{ tenure_kind: tenure.kind, duty: tenure.duty, statement: ACCESS_STATEMENTS[kind] },
      method: signatureMethod(act.proof),
      ...{ content_hash: grant.state.contentHash, receipt_code: act.receipt_code, signed_at: sql<Date>`app_now()` },
    })
    .execute()
}

/** Whether the person has accepted the commitment as it is worded today, for this vigencia. */
export async function hasAccepted(trx: Trx, personId: string, vigencia: number): Promise<boolean> {
  const row = await trx
    .selectFrom('confidentiality_acceptance')
    .select('person_id')
    .where('person_id', '=', personId)
    .where('vigencia', '=', vigencia)
    .where('text_version', '=', CONFIDENTIALITY.version)
    .executeTakeFirst()
  return row !== undefined
}

/** Keeps the acceptance with the hash of the text; accepted before, it stands as it was. */
export async function recordAcceptance(trx: Trx, grant: LoadedGrant, act: ActRow): Promise<void> {
  await trx
    .insertInto('confidentiality_acceptance')
    .values({
      ...{ person_id: act.person_id, vigencia: grant.vigencia, text_version: CONFIDENTIALITY.version },
      ...{ entity_id: grant.entityId, text_hash: TEXT_HASH, act_id: act.id },
    })
    .onConflict((oc) => oc.doNothing())
    .execute()
}

const TEXT_HASH = hashOf(CONFIDENTIALITY)

const EVENTS: Record<GrantVerdict | 'ask', EventType> = {
  ask: 'access.asked',
  accept: 'access.accepted',
  decline: 'access.declined',
  grant: 'access.granted',
  deny: 'access.denied',
  withdraw: 'access.withdrawn',
  revoke: 'access.revoked',
}

/** The event of a verdict: who, of which access, on which content; what was typed stays out (model.md §5). */
export async function recordGrantEvent(trx: Trx, grant: LoadedGrant, act: ActRow): Promise<void> {
  const changes = [{ field: 'code', before: null, after: grant.code }]
  if (act.kind === 'accept')
    changes.push({ field: 'text_version', before: null, after: String(CONFIDENTIALITY.version) })
  await recordEvent(trx, {
    ...grantEvent(grant, EVENTS[act.kind as GrantVerdict | 'ask']),
    ...{ actorPerson: act.person_id, actorPosition: act.position_id, actingFor: act.acting_for },
    contentHash: grant.state.contentHash,
    ...{ actId: act.id, requestId: act.request_id, reasonCode: act.cause, changes },
  })
}

/** The part of an event that every one of a delegated access shares. */
export function grantEvent({ entityId, state, code }: LoadedGrant, type: EventType): EventRecord {
  const changes = [{ field: 'code', before: null, after: code }]
  return { entityId, type, objectId: state.id, origin: 'workflow', workflowId: `delegation:${state.id}`, changes }
}
