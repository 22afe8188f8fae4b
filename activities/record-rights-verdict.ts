import { type ActRow, markDone } from '../db/acts.ts'
import type { Trx } from '../db/client.ts'
import {
  addRightsDays,
  endRights,
  holdBackRights,
  holdRights,
  type LoadedRights,
  settleIdentity,
} from '../db/rights.ts'
import { recordRightsEvent, recordRightsSignature } from '../db/rights-acts.ts'
import { noteCitizen } from '../db/rights-effects.ts'
import { endRightsNotices, planTermOfRights, rightsDuties } from '../db/rights-notices.ts'
import { findRightsDetail } from '../db/rights-texts.ts'
import { requireLiveTenure } from '../db/tenures.ts'
import { entityCalendar } from '../db/terms.ts'
import { bogotaDate } from '../domain/civil-dates.ts'
import { rightsRow } from '../domain/permission-rows.ts'
import { whyNot } from '../domain/permissions.ts'
import { refuseIf } from '../domain/refusals.ts'
import {
  type Delivery,
  type DenialReason,
  forgetOn,
  objectionsToRights,
  type RightsDecision,
} from '../domain/rights.ts'
import { attendRights } from './attend-rights.ts'
import { recordVerdict } from './record-verdict.ts'
import { type RightsRecord, rightsRecord } from './rights-record.ts'
import { tellCitizen } from './tell-citizen.ts'
import type { Tools } from './tools.ts'

export interface RecordRightsVerdict {
  entityId: string
  verdict: RightsDecision
  /** Workflow's clock, ISO. */
  now: string
}

/**
 * The record transaction of one verdict on a citizen's request: live tenure, signature, status, term, notices, event, act →
 * done, all or nothing. Already recorded is an answer.
 */
export async function recordRightsVerdict(tools: Tools, input: RecordRightsVerdict): Promise<RightsRecord> {
  const { verdict, entityId } = input
  return await recordVerdict(tools, {
    ...{ entityId, actId: verdict.id },
    hold: (trx) => holdRights(trx, verdict.requestId),
    write: (trx, request, act) => write(trx, tools, request, act, input),
    read: (trx) => rightsRecord(trx, verdict.requestId),
  })
}

async function write(
  trx: Trx,
  tools: Tools,
  request: LoadedRights,
  act: ActRow,
  { verdict, now }: RecordRightsVerdict,
): Promise<void> {
  const tenure = await requireLiveTenure(trx, verdict, verdict.kind)
  const row = rightsRow(request.entityId, await rightsDuties(trx, request.entityId), request.receivedBy)
  refuseIf(whyNot({ entityId: request.entityId, ...verdict }, 'handle', 'Rights', row))
  const at = new Date(now)
  refuseIf(objectionsToRights(request.state, verdict, bogotaDate(at))[0])
  await recordRightsSignature(trx, request, act, tenure)
  const detail = await findRightsDetail(trx, act.id)
  if (verdict.kind === 'attend') await attendRights(trx, tools, { request, act, at })
  await apply(trx, request, verdict, { ...detail, at })
  const after = await holdRights(trx, verdict.requestId)
  const reasonCode = detail.denial ?? detail.method
  await recordRightsEvent(trx, request, act, { reasonCode, dueOn: after.state.dueOn })
  const { kind } = verdict
  const day = after.state.dueOn ?? after.state.completeBy
  if (kind !== 'identify') await tellCitizen(trx, tools, after, { about: kind, of: act.id, day })
  await markDone(trx, act.id)
}

interface Detail {
  method: string | null
  denial: string | null
  delivery: string | null
  at: Date
}

async function apply(trx: Trx, request: LoadedRights, { kind }: RightsDecision, detail: Detail): Promise<void> {
  const { at } = detail
  if (kind === 'identify') {
    await settleIdentity(trx, request, detail.method ?? '', { at })
    await noteCitizen(trx, request.state.id)
    return
  }
  if (kind === 'extend') return await planTermOfRights(trx, request, await addRightsDays(trx, request, { at }), at)
  await endRightsNotices(trx, request.state.id, at)
  if (kind === 'require') return await holdBackRights(trx, request, { at })
  const denial = detail.denial as DenialReason | null
  const delivery = detail.delivery as Delivery | null
  if (kind === 'forward') return await endRights(trx, request, { status: 'forwarded' }, { at })
  const isErased = kind === 'attend' && request.state.aim === 'erasure'
  const last = isErased ? forgetOn(bogotaDate(at), await entityCalendar(trx, request.entityId)) : null
  const status = kind === 'attend' ? 'attended' : 'denied'
  await endRights(trx, request, { status, denial, delivery, forgetOn: last }, { at })
}
