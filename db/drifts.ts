/** Files whose columns changed and that nobody has confirmed yet (E2): noted on the import, one inbox line a cycle. */
import { sql } from 'kysely'
import type { StepStatus } from '../domain/cycle-state.ts'
import type { ColumnChange } from '../domain/drift.ts'
import { PRIORITIES, priorityOf } from '../domain/inbox.ts'
import { custodiansAmong } from '../domain/permission-rows.ts'
import { type ExpectedTask, expectedTasks } from '../domain/tasks.ts'
import type { Trx } from './client.ts'
import type { LoadedCycle } from './cycles.ts'
import { newId } from './ids.ts'

/** A source that goes on with its earlier snapshot, or without any, until somebody confirms the columns of its new file. */
export interface OpenDrift {
  importId: string
  sourceId: string
  sourceName: string
  fileName: string
  /** False where its columns are not those of an earlier exercise, and no file of this one is in use. */
  hasSnapshot: boolean
  changes: ColumnChange[]
}

/** Columns of a received file that changed; null when they are as approved. */
export async function noteDrift(trx: Trx, importId: string, changes: ColumnChange[] | null): Promise<void> {
  await trx
    .updateTable('source_import')
    .set({ drift: changes && JSON.stringify(changes) })
    .where('id', '=', importId)
    .execute()
}

/** In the order received. */
export async function listOpenDrifts(trx: Trx, cycleId: string): Promise<OpenDrift[]> {
  const rows = await trx
    .selectFrom('source_import')
    .innerJoin('source', 'source.id', 'source_import.source_id')
    .select(['source_import.id', 'source_import.source_id', 'source_import.file_name', 'source_import.drift'])
    .select(['source.name', 'source.snapshot_hash'])
    .where('source.cycle_id', '=', cycleId)
    .where('source.detached_at', 'is', null)
    .where('source_import.status', '=', 'received')
    .where('source_import.drift', 'is not', null)
    .where(sql<boolean>`source_import.mapping = '[]'`)
    .orderBy('source_import.requested_at')
    .execute()
  return rows.map((row) => ({
    importId: row.id,
    sourceId: row.source_id,
    sourceName: row.name,
    fileName: row.file_name,
    hasSnapshot: row.snapshot_hash !== null,
    changes: row.drift as unknown as ColumnChange[],
  }))
}

/** The lines of columns to confirm: for whoever keeps the sources while step 3 is elaborated, if a file waits. */
export async function columnLines(trx: Trx, cycleId: string, expected: ExpectedTask[]): Promise<ExpectedTask[]> {
  const elaborating = expected.filter(({ stepCode, kind }) => stepCode === '3' && kind === 'elaborate')
  if (elaborating.length === 0 || (await listOpenDrifts(trx, cycleId)).length === 0) return []
  const custodians = custodiansAmong(elaborating.map(({ duty }) => duty))
  return custodians.map((duty) => ({ stepCode: '3', kind: 'confirm_columns', duty }))
}

/** Opens or ends those lines after a file came, was confirmed or was put aside; the caller holds step 3 open. */
export async function syncColumnTasks(trx: Trx, cycle: LoadedCycle): Promise<void> {
  const cycleId = cycle.state.id
  const wanted = await columnLines(trx, cycleId, expectedTasks(cycle.state, cycle.version.procedure))
  if (wanted.length === 0) return await endLines(trx, cycleId)
  const step = await trx
    .selectFrom('step')
    .leftJoin('term', (join) => join.onRef('term.attempt_id', '=', 'step.attempt_id').on('term.status', '=', 'running'))
    .select(['step.id', 'step.status', 'step.attempt_n', 'step.attempt_id', 'term.due_at'])
    .where('step.cycle_id', '=', cycleId)
    .where('step.code', '=', '3')
    .executeTakeFirstOrThrow()
  if (step.attempt_id === null) return
  const priority = priorityOf('confirm_columns', { status: step.status as StepStatus, attempt: step.attempt_n })
  const line = {
    ...{ entity_id: cycle.entityId, cycle_id: cycleId, step_id: step.id, step_code: '3', due_at: step.due_at },
    ...{ attempt_id: step.attempt_id, kind: 'confirm_columns', priority: PRIORITIES.indexOf(priority) + 1 },
  }
  await trx
    .insertInto('task')
    .values(wanted.map(({ duty }) => ({ ...line, id: newId(), duty })))
    .onConflict((oc) => oc.columns(['attempt_id', 'kind', 'duty']).where('status', '=', 'open').doNothing())
    .execute()
}

async function endLines(trx: Trx, cycleId: string): Promise<void> {
  await trx
    .updateTable('task')
    .set({ status: 'done', ended_at: sql<Date>`app_now()` })
    .where('cycle_id', '=', cycleId)
    .where('kind', '=', 'confirm_columns')
    .where('status', '=', 'open')
    .execute()
}
