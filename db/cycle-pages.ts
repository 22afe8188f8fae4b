import { sql } from 'kysely'
import type { StepStatus } from '../domain/cycle-state.ts'
import type { StepCode } from '../domain/procedures.ts'
import type { Trx } from './client.ts'
import { REPORT_REFUSED, REPORT_UNPROVEN, type UnissuedKind } from './incidents.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'

export type CycleRowStatus = 'requested' | 'active' | 'closed' | 'cancelled' | 'refused'

export interface CycleLine {
  id: string
  name: string
  vigencia: number
  radicado: string
  status: CycleRowStatus
  /** Steps that stand approved, of `total`. */
  approved: number
  total: number
  currentStep: StepCode | null
  currentStatus: StepStatus | null
  /** Civil date of the term that runs now. */
  dueDate: string | null
}

/** Cycles by vigencia, newest first, 20 a page. */
export async function listCycles(
  trx: Trx,
  filters: { vigencia?: number; cursor?: string | null } = {},
  limit = 20,
): Promise<Page<CycleLine>> {
  const after = decodeCursor(filters.cursor, ['number', 'instant', 'id'])
  const conditions = [sql`true`]
  if (filters.vigencia !== undefined) conditions.push(sql`c.vigencia = ${filters.vigencia}`)
  if (after)
    conditions.push(
      sql`(c.vigencia, c.requested_at, c.id) < (${after[0]}::int, ${after[1]}::timestamptz, ${after[2]}::uuid)`,
    )
  const found = await sql<CycleLine & { key: string }>`
    select c.id, c.name, c.vigencia, c.radicado, c.status, c.requested_at::text as key,
      done.approved, done.total, now.code as "currentStep", now.status as "currentStatus", now.due_date as "dueDate"
    from cycle c
      cross join lateral (select count(*) filter (where s.status = 'approved')::int as approved, count(*)::int as total
        from step s where s.cycle_id = c.id) done
      left join lateral (select s.code, s.status, t.due_date from step s
        left join term t on t.attempt_id = s.attempt_id and t.status = 'running'
        where s.cycle_id = c.id and s.status <> 'approved' and c.status = 'active' order by s.code limit 1) now on true
    where ${sql.join(conditions, sql` and `)}
    order by c.vigencia desc, c.requested_at desc, c.id desc limit ${limit + 1}`.execute(trx)
  const { rows, next } = pageOf(found.rows, limit, (row) => [String(row.vigencia), row.key, row.id])
  return { next, rows: rows.map(({ key: _key, ...row }) => row) }
}

/** Years that have a cycle this reader sees, the latest first. */
export async function listVigencias(trx: Trx): Promise<number[]> {
  const rows = await trx.selectFrom('cycle').select('vigencia').distinct().orderBy('vigencia', 'desc').execute()
  return rows.map((row) => row.vigencia)
}

/** What every page of a cycle says above its content; undefined when not visible. */
export async function findCycleHead(trx: Trx, cycleId: string) {
  return await trx
    .selectFrom('cycle')
    .innerJoin('procedure_version', 'procedure_version.id', 'cycle.procedure_version_id')
    .innerJoin('person', 'person.id', 'cycle.requested_by')
    .select([
      'cycle.id',
      'cycle.name',
      'cycle.vigencia',
      'cycle.radicado',
      'cycle.trd',
      'cycle.administrative_act as administrativeAct',
      'cycle.requested_at as requestedAt',
      'cycle.closed_at as closedAt',
      'person.display_name as requestedBy',
      'procedure_version.procedure_code as procedureCode',
      'procedure_version.version as procedureVersion',
    ])
    .select(({ ref }) => ref('cycle.status').$castTo<CycleRowStatus>().as('status'))
    .where('cycle.id', '=', cycleId)
    .executeTakeFirst()
}

export interface CycleFile {
  id: string
  name: string
  bytes: number
  sha256: string
  stepCode: string
  addedBy: string
  addedAt: Date
}

/** Files attached to any step of the cycle and still there. */
export async function listCycleFiles(trx: Trx, cycleId: string): Promise<CycleFile[]> {
  const rows = await trx
    .selectFrom('attachment')
    .innerJoin('step', 'step.id', 'attachment.step_id')
    .innerJoin('person', 'person.id', 'attachment.added_by')
    .select([
      'attachment.id',
      'attachment.name',
      'attachment.bytes',
      'attachment.sha256',
      'attachment.added_at as addedAt',
      'step.code as stepCode',
      'person.display_name as addedBy',
    ])
    .where('attachment.cycle_id', '=', cycleId)
    .where('attachment.removed_at', 'is', null)
    .orderBy('step.code')
    .orderBy('attachment.added_at')
    .limit(200)
    .execute()
  return rows.map((row) => ({ ...row, bytes: Number(row.bytes) }))
}

/** Signed documents the cycle has issued, each with the code that opens its verification. */
export async function listCycleDocuments(trx: Trx, cycleId: string) {
  return await trx
    .selectFrom('document')
    .select(['id', 'code', 'title', 'sha256', 'issued_at as issuedAt'])
    .where('cycle_id', '=', cycleId)
    .orderBy('issued_at')
    .limit(100)
    .execute()
}

/** Why the report of the version of step 6 that stands approved was not issued; null where it was, or still will be. */
export async function findUnissuedReport(trx: Trx, cycleId: string): Promise<UnissuedKind | null> {
  const row = await trx
    .selectFrom('incident')
    .innerJoin('step', 'step.version_id', 'incident.object_id')
    .select('incident.kind')
    .where('step.cycle_id', '=', cycleId)
    .where('step.status', '=', 'approved')
    .where('incident.kind', 'in', [REPORT_REFUSED, REPORT_UNPROVEN])
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('document').select('document.id').whereRef('document.step_version_id', '=', 'step.version_id'),
        ),
      ),
    )
    .executeTakeFirst()
  return (row?.kind as UnissuedKind | undefined) ?? null
}

/** Open inbox lines of one duty in a cycle: where its holder has to go. */
export async function listWaiting(trx: Trx, cycleId: string, duty: string) {
  return await trx
    .selectFrom('task')
    .select(['step_code as stepCode', 'kind'])
    .where('cycle_id', '=', cycleId)
    .where('duty', '=', duty)
    .where('status', '=', 'open')
    .orderBy('step_code')
    .execute()
}
