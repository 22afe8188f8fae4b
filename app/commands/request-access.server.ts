import { type ActRow, findAct, requireAct, storeAct } from '../../db/acts.ts'
import { listHeadPositions } from '../../db/agency-heads.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
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
import { hashOf, type Receipt, receiptCode, sameBody, settleAct, withParcels } from './conduct-act.server.ts'
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
  const read = readInput(grantInput(appToday()), await wholeOf(context, actor, typed))
  if (!read.ok) {
    const errors = inFieldOrder(read.errors, GRANT_FIELDS)
    await recordRefusalOf(context, actor, { objectId: entityId, faults: errors }, new Refused('access_input'))
    return { ok: false, errors }
  }
  const id = idOf('grant', entityId, read.input.formKey)
  const by = { entityId, agencyId: position.agencyId, personId, positionId: position.id }
  try {
    faultPoint('web:before-store')
    const stored = await withActor(context.db, actor, async (trx) =>
      withParcels(trx, await askOnce(trx, context, actor, { ...by, id, input: read.input })),
    )
    if (waits) return { ok: true, ...(await settleAct(context, actor, stored)), grantId: id }
    return { ok: true, actId: stored.act.id, receiptCode: stored.act.receipt_code, settled: false, grantId: id }
  } catch (failure) {
    if (failure instanceof Refused) await recordRefusalOf(context, actor, { objectId: entityId }, failure)
    throw failure
  }
}

/** What is asked for: as typed or, for an access that a review ended, as that one was (`restores`). */
async function wholeOf(context: AppContext, actor: Actor, typed: Record<string, string>) {
  const { restores } = typed
  if (!restores) return typed
  try {
    return { ...typed, ...(await withActor(context.db, actor, (trx) => restoredRequest(trx, actor, restores))) }
  } catch (failure) {
    if (failure instanceof Refused) await recordRefusalOf(context, actor, { objectId: actor.entityId }, failure)
    throw failure
  }
}

async function askOnce(trx: Trx, context: AppContext, actor: Actor, request: GrantRequest): Promise<ActRow> {
  const { id: grantId, entityId, personId, positionId, input } = request
  const id = idOf(grantId, 'ask', '', personId, positionId, 0)
  const bodyHash = hashOf(input)
  const known = await findAct(trx, id)
  if (known) return sameBody(known, bodyHash)
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
  return sameBody(stored ?? (await requireAct(trx, id)), bodyHash)
}
