import { type ActRow, markDone, markRefused, requireAct } from '../db/acts.ts'
import { recordEvent } from '../db/audit.ts'
import { type Trx, withEntity } from '../db/client.ts'
import { beginCycle, refuseCycle } from '../db/cycle-requests.ts'
import { lockCycle } from '../db/cycles.ts'
import { faultPoint } from '../db/fault-points.ts'
import { requireProcedureVersion } from '../db/procedures.ts'
import { recordRefusal } from '../db/refusals.ts'
import { findLiveTenure, handOf } from '../db/tenures.ts'
import type { Procedure } from '../domain/procedures.ts'
import { type CycleRecord, cycleRecord } from './cycle-record.ts'
import type { Tools } from './tools.ts'

export interface RecordStart {
  entityId: string
  cycleId: string
  actId: string
  /** Workflow's clock, ISO. */
  now: string
}

export type StartRecord = CycleRecord & { procedure: Procedure }

/** Records the start of a cycle: its seven steps, the event, the act done. Repeating it answers the same. */
export async function recordStart({ database }: Tools, input: RecordStart): Promise<StartRecord> {
  faultPoint('worker:before-record')
  const record = await withEntity(database, input.entityId, async (trx) => {
    const cycle = await lockCycle(trx, input.cycleId)
    const { procedure } = await requireProcedureVersion(trx, cycle.procedureVersionId)
    if (cycle.status === 'requested') await start(trx, input, procedure)
    const after = { ...(await cycleRecord(trx, input.cycleId)), procedure }
    faultPoint('worker:before-commit')
    return after
  })
  faultPoint('worker:after-commit')
  return record
}

/** Whoever asked holds the position no longer: the cycle ends before it began. */
async function refuse(trx: Trx, input: RecordStart, act: ActRow): Promise<void> {
  await refuseCycle(trx, input.cycleId)
  await markRefused(trx, act.id, 'tenure_ended')
  await recordRefusal(trx, {
    entityId: input.entityId,
    personId: act.person_id,
    positionId: act.position_id,
    actingFor: act.acting_for,
    objectId: input.cycleId,
    code: 'tenure_ended',
    cycleId: input.cycleId,
    actId: act.id,
    origin: 'workflow',
    requestId: act.request_id,
  })
}

async function start(trx: Trx, input: RecordStart, procedure: Procedure): Promise<void> {
  const act = await requireAct(trx, input.actId)
  if (!(await findLiveTenure(trx, handOf(act)))) return await refuse(trx, input, act)
  await beginCycle(trx, { id: input.cycleId, entityId: input.entityId }, procedure, input.now)
  await markDone(trx, act.id)
  await recordEvent(trx, {
    entityId: input.entityId,
    type: 'cycle.started',
    objectId: input.cycleId,
    actorPerson: act.person_id,
    actorPosition: act.position_id,
    actingFor: act.acting_for,
    cycleId: input.cycleId,
    actId: act.id,
    origin: 'workflow',
    workflowId: `cycle:${input.cycleId}`,
    requestId: act.request_id,
  })
}
