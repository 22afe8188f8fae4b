/** What delegates' pages read of the captured data: never more than their accesses in force let them, and nothing of the citizen. */
import { type RawBuilder, sql } from 'kysely'
import type { CaptureMode, ConsentChannel, Network } from '../domain/capture.ts'
import type { Purpose } from '../domain/capture-forms.ts'
import type { CaptureForm } from '../domain/grants.ts'
import { abilityFor, type Permitted } from '../domain/permissions.ts'
import type { Trx } from './client.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'
import { rulesToCondition } from './permit.ts'

export interface RecordLine {
  id: string
  code: string
  pointName: string
  form: CaptureForm
  mode: CaptureMode
  network: Network
  capturedBy: string
  capturedAt: Date
  isCorrected: boolean
}

const LINE = sql`r.id, r.code, s.name as "pointName", r.form, r.mode, r.network, p.display_name as "capturedBy",
  r.captured_at as "capturedAt", r.rev > 1 as "isCorrected"`
const NAMED = sql`join service_point s on s.id = r.point_id join person p on p.id = r.captured_by`
const COLUMNS = { entityId: sql.ref('r.entity_id'), scope: sql.ref('r.scope') }

/** Whether this actor reads the record `r`: the rule of its page as SQL; row-level security stands behind it. */
function readable(actor: Permitted): RawBuilder<unknown> {
  return rulesToCondition(abilityFor(actor), 'read', 'Record', COLUMNS)
}

export interface RecordFilters {
  /** One of the actor's own; any other leaves nothing. */
  scope?: string
  /** Only these, where a search found them. */
  ids?: string[]
}

/** Records this actor may read, the last captured first; 25 a page. Each scope is read by its own index and they merge. */
export async function listCaptureRecords(
  trx: Trx,
  actor: Permitted,
  filters: RecordFilters & { cursor?: string | null; limit?: number } = {},
): Promise<Page<RecordLine>> {
  const { scope, ids, limit = 25 } = filters
  const after = decodeCursor(filters.cursor, ['instant', 'id'])
  const scopes = (actor.scopes ?? []).filter((one) => scope === undefined || one === scope)
  const conditions: RawBuilder<unknown>[] = [sql`r.scope = own.scope`, readable(actor)]
  if (ids) conditions.push(sql`r.id = any(${ids}::uuid[])`)
  if (after) conditions.push(sql`(r.captured_at, r.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`)
  const found = await sql<RecordLine & { key: string }>`
    select ${LINE}, r.captured_at::text as key
    from unnest(${scopes}::text[]) own(scope) cross join lateral (
      select r.* from capture_record r where ${sql.join(conditions, sql` and `)}
      order by r.captured_at desc, r.id desc limit ${limit + 1}) r ${NAMED}
    order by r.captured_at desc, r.id desc limit ${limit + 1}`.execute(trx)
  const { rows, next } = pageOf(found.rows, limit, (row) => [row.key, row.id])
  return { next, rows: rows.map(({ key: _key, ...row }) => row) }
}

export interface RecordPage extends RecordLine {
  scope: string
  vigencia: number
  formVersion: number
  rev: number
  networkBasis: 'address' | 'declared'
  paperCode: string | null
  paperVersion: string | null
  paperOn: string | null
  grantId: string
  grantCode: string
}

/** One record as its page shows it before anybody asks for the citizen's data. */
export async function findRecordPage(trx: Trx, actor: Permitted, id: string): Promise<RecordPage | undefined> {
  const found = await sql<RecordPage>`
    select ${LINE}, r.scope, r.vigencia, r.form_version as "formVersion", r.rev, r.network_basis as "networkBasis",
      r.paper_code as "paperCode", r.paper_version as "paperVersion", r.paper_on as "paperOn", r.grant_id as "grantId",
      g.code as "grantCode"
    from capture_record r ${NAMED} join access_grant g on g.id = r.grant_id
    where r.id = ${id} and ${readable(actor)}`.execute(trx)
  return found.rows[0]
}

/** The claim of its citizen that is open, by the check of their identity or by the document that was filed; the first filed. */
export async function findOpenClaim(
  trx: Trx,
  recordId: string,
): Promise<{ number: string; filedOn: string } | undefined> {
  const found = await sql<{ number: string; filedOn: string }>`
    select r.number, r.filed_on as "filedOn" from capture_record c join citizen z on z.id = c.citizen_id
    join rights_request r on r.entity_id = c.entity_id and (r.citizen_id = z.id or r.lookup_hash = z.lookup_hash)
    where c.id = ${recordId} and r.aim <> 'access' and r.ended_at is null order by r.filed_at limit 1`.execute(trx)
  return found.rows[0]
}

export interface ConsentLine {
  purpose: Purpose
  given: boolean
  textVersion: number
  textHash: string
  channel: ConsentChannel
  givenAt: Date
  withdrawnAt: Date | null
  officer: string
}

export async function listConsents(trx: Trx, recordId: string): Promise<ConsentLine[]> {
  const found = await sql<ConsentLine>`
    select c.purpose, c.given, c.text_version as "textVersion", c.text_hash as "textHash", c.channel, c.given_at as "givenAt",
      c.withdrawn_at as "withdrawnAt", p.display_name as officer
    from consent c join person p on p.id = c.person_id where c.record_id = ${recordId}
    order by c.purpose = 'caracterizacion' desc, c.purpose`.execute(trx)
  return found.rows
}

export interface OutcomeCounts {
  scope: string
  captured: number
  declined: number
}

/** What a person did today in each of their accesses: captured, and declined by the citizen. */
export async function countCapturedToday(trx: Trx, personId: string): Promise<OutcomeCounts[]> {
  const found = await sql<OutcomeCounts>`
    select o.scope, count(*) filter (where o.outcome = 'captured')::int as captured,
      count(*) filter (where o.outcome = 'declined')::int as declined
    from capture_outcome o where o.person_id = ${personId} and o.happened_on = app_today() group by o.scope`.execute(
    trx,
  )
  return found.rows
}
