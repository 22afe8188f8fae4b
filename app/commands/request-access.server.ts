import { findAct, requireAct, storeAct } from '../../db/acts.ts'
import { listHeadPositions } from '../../db/agency-heads.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { hashOf } from '../../db/content-hash.ts'
import { faultPoint } from '../../db/fault-points.ts'
import { contentHashOf, type GrantRequest, insertGrant } from '../../db/grants.ts'
import { idOf } from '../../db/ids.ts'
import { GRANT_FIELDS, grantInput } from '../../domain/grant-inputs.ts'
import { type InputError, inFieldOrder, readInput } from '../../domain/input-reading.ts'
import { grantRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { recordRefusalOf } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { type Receipt, receiptCode, type StoredAct, sameBody, settleAct, withParcels } from './conduct-act.server.ts'
import { permitted } from './permitted.server.ts'
import { restoredRequest } from './restored-access.server.ts'

type Asked = (Receipt & { ok: true; grantId: string }) | { ok: false; errors: InputError[] }

/**
 * Whoever heads an organismo asks for access for one of its people (circular 4173.010.22.2.1020.000150, R2, R3; C1): row
 * `filed`, act, then its workflow starts under its id (model.md §3). What cannot be taken as typed is a refusal too. Whoever
 * does not wait leaves the act to the courier. `restores`: id of an access that a review ended, asked for as it was (C7).
 */
export async function requestAccess(
  context: AppContext,
  actor: Actor,
  typed: Record<string, string>,
  { waits = true }: { waits?: boolean } = {},
): Promise<Asked> {
  const { entityId, personId, position } = actor
  const sent = sentForm(actor, typed)
  try {
    const before = await withActor(context.db, actor, (trx) => askedBefore(trx, sent))
    if (before) return await answerOf(context, actor, { stored: before, grantId: sent.grantId, waits })
    const read = readInput(grantInput(appToday()), await wholeOf(context, actor, typed))
    if (!read.ok) {
      const errors = inFieldOrder(read.errors, GRANT_FIELDS)
      await recordRefusalOf(context, actor, { objectId: entityId, faults: errors }, new Refused('access_input'))
      return { ok: false, errors }
    }
    const by = { entityId, agencyId: position.agencyId, personId, positionId: position.id }
    const request = { ...by, id: sent.grantId, input: read.input }
    faultPoint('web:before-store')
    const stored = await withActor(context.db, actor, (trx) => askOnce(trx, context, actor, { sent, request }))
    return await answerOf(context, actor, { stored, grantId: sent.grantId, waits })
  } catch (failure) {
    if (failure instanceof Refused) await recordRefusalOf(context, actor, { objectId: entityId }, failure)
    throw failure
  }
}

interface SentForm {
  grantId: string
  actId: string
  /** Of what was sent, whatever day it is: the same form again is the same request. */
  bodyHash: string
}

function sentForm({ entityId, personId, position }: Actor, typed: Record<string, string>): SentForm {
  const grantId = idOf('grant', entityId, typed.formKey ?? '')
  const actId = idOf(grantId, 'ask', '', personId, position.id, 0)
  const fields = [...GRANT_FIELDS, 'restores'].map((field) => [field, (typed[field] ?? '').trim()])
  return { grantId, actId, bodyHash: hashOf(Object.fromEntries(fields)) }
}

/** The act this form was stored as; undefined where it was not. Throws `Refused` where its key came with other words. */
async function askedBefore(trx: Trx, { actId, bodyHash }: SentForm): Promise<StoredAct | undefined> {
  const known = await findAct(trx, actId)
  return known && (await withParcels(trx, sameBody(known, bodyHash)))
}

async function answerOf(
  context: AppContext,
  actor: Actor,
  { stored, grantId, waits }: { stored: StoredAct; grantId: string; waits: boolean },
): Promise<Asked> {
  if (waits) return { ok: true, ...(await settleAct(context, actor, stored)), grantId }
  return { ok: true, actId: stored.act.id, receiptCode: stored.act.receipt_code, settled: false, grantId }
}

/** What is asked for: as typed or, for an access that a review ended, as that one was (`restores`). */
async function wholeOf(context: AppContext, actor: Actor, typed: Record<string, string>) {
  const { restores } = typed
  if (!restores) return typed
  return { ...typed, ...(await withActor(context.db, actor, (trx) => restoredRequest(trx, actor, restores))) }
}

async function askOnce(
  trx: Trx,
  context: AppContext,
  actor: Actor,
  { sent, request }: { sent: SentForm; request: GrantRequest },
): Promise<StoredAct> {
  const { id: grantId, entityId, personId, positionId, input } = request
  const { actId: id, bodyHash } = sent
  const heads = await listHeadPositions(trx, request.agencyId)
  refuseIf(whyNot(permitted(actor), 'ask', 'Grant', grantRow(entityId, heads, input.granteeId)))
  await insertGrant(trx, request)
  const stored = await storeAct(trx, {
    ...{ id, entityId, cycleId: null, grantId, stepCode: null, kind: 'ask', objectType: 'access_grant' },
    ...{ objectId: grantId, signatureRole: null, personId, positionId, duty: actor.position.duty },
    actingFor: actor.position.actingFor?.personId ?? null,
    ...{ k: 0, contentHash: contentHashOf(request), bodyHash, proved: null, requestId: context.requestId },
    ...{ receiptCode: receiptCode(id), observations: [] },
  })
  // A request beside this one may have stored it.
  return await withParcels(trx, sameBody(stored ?? (await requireAct(trx, id)), bodyHash))
}
