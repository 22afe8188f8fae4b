/** What pages read of findings (features D12): the list, and one with what it stems from. */
import { sql } from 'kysely'
import type { FindingOrigin, FindingStatus } from '../domain/findings.ts'
import type { Trx } from './client.ts'
import { holding } from './like.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'

export interface FindingLine {
  id: string
  code: string
  condition: string
  origin: FindingOrigin
  status: FindingStatus
  owner: string
  /** Actions of the plan that count, and how many of them had their effect. */
  actions: number
  effective: number
}

export interface FindingFilters {
  status?: FindingStatus
  origin?: FindingOrigin
  text?: string
  riskId?: string
}

/** Findings of an entity, the newest first; 25 a page. */
export async function listFindings(
  trx: Trx,
  entityId: string,
  { cursor, limit = 25, ...filters }: FindingFilters & { cursor?: string | null; limit?: number } = {},
): Promise<Page<FindingLine>> {
  const after = decodeCursor(cursor, ['number', 'number'])
  const conditions = [sql`f.entity_id = ${entityId}`]
  if (after) conditions.push(sql`(f.year, f.n) < (${Number(after[0])}, ${Number(after[1])})`)
  if (filters.status) conditions.push(sql`f.status = ${filters.status}`)
  if (filters.origin) conditions.push(sql`f.origin = ${filters.origin}`)
  if (filters.riskId) conditions.push(sql`f.risk_id = ${filters.riskId}`)
  if (filters.text)
    conditions.push(sql`(f.condition ilike ${holding(filters.text)} or f.code ilike ${holding(filters.text)})`)
  const found = await sql<FindingLine & { year: number; n: number }>`
    select f.id, f.code, f.condition, f.origin, f.status, f.year, f.n, pos.name as owner,
      (select count(*)::int from improvement_action a where a.finding_id = f.id and a.status <> 'dropped') as actions,
      (select count(*)::int from improvement_action a where a.finding_id = f.id and a.status = 'effective') as effective
    from finding f join position pos on pos.id = f.owner_position
    where ${sql.join(conditions, sql` and `)} order by f.year desc, f.n desc limit ${limit + 1}`.execute(trx)
  const { rows, next } = pageOf(found.rows, limit, ({ year, n }) => [String(year), String(n)])
  return { next, rows: rows.map(({ year: _, n: __, ...line }) => line) }
}

export interface FindingPage {
  id: string
  code: string
  origin: FindingOrigin
  status: FindingStatus
  round: number
  source: string
  radicado: string | null
  /** Civil date of the document. */
  foundOn: string
  criterion: string
  condition: string
  /** Empty where nobody wrote it: the analysis of causes says it. */
  cause: string
  effect: string
  owner: string
  ownerPosition: string
  checkerDuty: string
  /** Who wrote it; null where a control or an indicator opened it. */
  position: string | null
  riskCode: string | null
  controlCode: string | null
  /** The action without effect it stems from. */
  actionCode: string | null
  /** Day by which its causes are to be said, or it is to be closed. */
  dueOn: string | null
  closedAt: Date | null
  closedBy: string | null
  closingNote: string | null
}

/** One finding by its code; undefined when not visible. */
export async function findFinding(trx: Trx, entityId: string, code: string): Promise<FindingPage | undefined> {
  const found = await sql<FindingPage>`
    select f.id, f.code, f.origin, f.status, f.round, f.source, f.radicado, f.found_on as "foundOn", f.criterion,
      f.condition, f.cause, f.effect, pos.name as owner, f.owner_position as "ownerPosition",
      f.checker_duty as "checkerDuty", wrote.name as position, risk.code as "riskCode", c.code as "controlCode",
      a.code as "actionCode", (select u.due_on from follow_up u where u.object_id = f.id and u.status = 'open'
        order by u.due_on limit 1) as "dueOn",
      f.closed_at as "closedAt", closer.name as "closedBy", f.closing_note as "closingNote"
    from finding f join position pos on pos.id = f.owner_position left join position wrote on wrote.id = f.position_id
      left join risk on risk.id = f.risk_id left join risk_control c on c.id = f.control_id
      left join improvement_action a on a.id = f.source_action left join position closer on closer.id = f.closed_position
    where f.entity_id = ${entityId} and f.code = ${code}`.execute(trx)
  return found.rows[0]
}
