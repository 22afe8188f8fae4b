import { type ActRow, markDone } from '../db/acts.ts'
import type { Trx } from '../db/client.ts'
import { recordAcceptanceEvent, recordAcceptanceSignature } from '../db/risk-acceptance-acts.ts'
import { holdAcceptance, type LoadedAcceptance, moveAcceptance } from '../db/risk-acceptances.ts'
import { endAskToAccept, endAskToTreat } from '../db/risk-follow-ups.ts'
import { settleAskToTreat } from '../db/risk-next.ts'
import { standOf } from '../db/risk-standings.ts'
import { requireLiveTenure } from '../db/tenures.ts'
import { bogotaDate } from '../domain/civil-dates.ts'
import { riskRow } from '../domain/permission-rows.ts'
import { whyNot } from '../domain/permissions.ts'
import { Refused, refuseIf } from '../domain/refusals.ts'
import {
  type AcceptanceDecision,
  applyToAcceptance,
  objectionsToAcceptance,
  objectionsToVerdict,
} from '../domain/risk-treatment.ts'
import { type AcceptanceRecord, acceptanceRecord } from './acceptance-record.ts'
import { recordVerdict } from './record-verdict.ts'
import type { Tools } from './tools.ts'

export interface RecordAcceptanceVerdict {
  entityId: string
  verdict: AcceptanceDecision
  /** Workflow's clock, ISO. */
  now: string
}

/**
 * The record transaction of one verdict on the acceptance of a risk: live tenure, signature, status, event, act → done, all or
 * nothing. Already recorded is an answer.
 */
export async function recordAcceptanceVerdict(tools: Tools, input: RecordAcceptanceVerdict): Promise<AcceptanceRecord> {
  const { verdict, entityId } = input
  return await recordVerdict(tools, {
    ...{ entityId, actId: verdict.id },
    hold: (trx) => holdAcceptance(trx, verdict.acceptanceId),
    write: (trx, acceptance, act) => write(trx, acceptance, act, input),
    read: (trx) => acceptanceRecord(trx, verdict.acceptanceId, new Date(input.now)),
  })
}

async function write(
  trx: Trx,
  acceptance: LoadedAcceptance,
  act: ActRow,
  { verdict, now }: RecordAcceptanceVerdict,
): Promise<void> {
  const tenure = await requireLiveTenure(trx, verdict, verdict.kind)
  const at = new Date(now)
  const { state, entityId } = acceptance
  const action = verdict.kind === 'withdraw_risk' ? 'keep' : 'accept'
  refuseIf(whyNot({ entityId, ...verdict }, action, 'Risk', riskRow(entityId, state.acceptorDuty)))
  refuseIf(objectionsToVerdict(state, verdict, bogotaDate(at))[0])
  if (verdict.kind === 'accept_risk') await requireAcceptable(trx, acceptance, at)
  await recordAcceptanceSignature(trx, acceptance, act, tenure)
  await moveAcceptance(trx, acceptance, { status: applyToAcceptance(state, verdict).status, at })
  await endAskToAccept(trx, acceptance, verdict.kind === 'withdraw_risk' ? 'dropped' : 'done')
  if (verdict.kind === 'accept_risk') await endAskToTreat(trx, acceptance)
  else await settleAskToTreat(trx, acceptance)
  await recordAcceptanceEvent(trx, acceptance, act)
  await markDone(trx, act.id)
}

/** What is signed is what stands, by the rows themselves, and the policy lets it be accepted on this very day. */
async function requireAcceptable(trx: Trx, acceptance: LoadedAcceptance, at: Date): Promise<void> {
  const { methodology, risk, stateHash } = await standOf(trx, acceptance.riskId)
  if (stateHash !== acceptance.stateHash) throw new Refused('content_changed')
  refuseIf(objectionsToAcceptance(methodology, risk, { until: acceptance.state.until, today: bogotaDate(at) })[0])
}
