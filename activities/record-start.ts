import { sql } from 'kysely'
import { type ActRow, markRefused, recordRefusal } from '../db/acts.ts'
import { recordEvent } from '../db/audit.ts'
import { type Trx, withEntity } from '../db/client.ts'
import { faultPoint } from '../db/fault-points.ts'
import { newId } from '../db/ids.ts'
import { requireProcedureVersion } from '../db/procedures.ts'
import { findLiveTenure } from '../db/tenures.ts'
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
    const cycle = await trx
      .selectFrom('cycle')
      .select(['id', 'status', 'procedure_version_id'])
      .where('id', '=', input.cycleId)
      .forUpdate()
      .executeTakeFirstOrThrow()
    const { procedure } = await requireProcedureVersion(trx, cycle.procedure_version_id)
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
  await trx.updateTable('cycle').set({ status: 'refused' }).where('id', '=', input.cycleId).execute()
  await markRefused(trx, act.id, 'tenure_ended')
  await recordRefusal(trx, {
    entityId: input.entityId,
    personId: act.person_id,
    positionId: act.position_id,
    objectId: input.cycleId,
    code: 'tenure_ended',
    cycleId: input.cycleId,
    actId: act.id,
    origin: 'workflow',
    requestId: act.request_id,
  })
}

async function start(trx: Trx, input: RecordStart, procedure: Procedure): Promise<void> {
  const act = await trx.selectFrom('act').selectAll().where('id', '=', input.actId).executeTakeFirstOrThrow()
  if (!(await findLiveTenure(trx, act.person_id, act.position_id))) return await refuse(trx, input, act)
  await trx
    .updateTable('cycle')
    .set({ status: 'active', started_at: input.now })
    .where('id', '=', input.cycleId)
    .execute()
  const key = { entity_id: input.entityId, cycle_id: input.cycleId, status: 'not_started' }
  await trx
    .insertInto('step')
    .values(procedure.steps.map(({ code }) => ({ ...key, id: newId(), code })))
    .execute()
  await trx
    .updateTable('act')
    .set({ status: 'done', settled_at: sql<Date>`app_now()` })
    .where('id', '=', act.id)
    .execute()
  await recordEvent(trx, {
    entityId: input.entityId,
    type: 'cycle.started',
    objectId: input.cycleId,
    actorPerson: act.person_id,
    actorPosition: act.position_id,
    cycleId: input.cycleId,
    actId: act.id,
    origin: 'workflow',
    workflowId: `cycle:${input.cycleId}`,
    requestId: act.request_id,
  })
}
