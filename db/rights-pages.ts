/** What pages read of citizens' requests: their course, and nothing that anybody typed. */
import { type RawBuilder, sql } from 'kysely'
import type { CountedDay } from '../domain/calendar.ts'
import { abilityFor, type Permitted } from '../domain/permissions.ts'
import type {
  Delivery,
  DenialReason,
  IdentityMethod,
  RightsAim,
  RightsQuality,
  RightsStatus,
  RightsVerdict,
} from '../domain/rights.ts'
import { spacedCode } from '../domain/verification-codes.ts'
import type { Trx } from './client.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'
import { rulesToCondition } from './permit.ts'

export interface RightsLine {
  id: string
  number: string
  aim: RightsAim
  status: RightsStatus
  filedOn: string
  /** Civil date by which it is answered, or was; null while none runs. */
  dueOn: string | null
}

const LINE = sql`r.id, r.number, r.aim, r.status, r.filed_on as "filedOn", r.due_on as "dueOn"`

/** Whether this actor sees the request `r`: the same rule as its page (`rightsRow` in domain/permission-rows.ts). */
function readable(actor: Permitted): RawBuilder<unknown> {
  const columns = { entityId: sql.ref('r.entity_id'), readers: sql.ref('reader.who') }
  return sql`exists (select from (
      select unnest(e.rights_duties) from entity e where e.id = r.entity_id
      union all select unnest(array['control_interno', 'alcaldia']) union all select r.received_by::text
    ) reader(who) where ${rulesToCondition(abilityFor(actor), 'read', 'Rights', columns)})`
}

export interface RightsFilters {
  status?: RightsStatus
}

/** Requests this actor may see, the last filed first; 25 a page. */
export async function listRights(
  trx: Trx,
  actor: Permitted,
  filters: RightsFilters & { cursor?: string | null; limit?: number } = {},
): Promise<Page<RightsLine>> {
  const { status, limit = 25 } = filters
  const after = decodeCursor(filters.cursor, ['instant', 'id'])
  const conditions: RawBuilder<unknown>[] = [sql`r.entity_id = ${actor.entityId}`, readable(actor)]
  if (status !== undefined) conditions.push(sql`r.status = ${status}`)
  if (after) conditions.push(sql`(r.filed_at, r.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`)
  const found = await sql<RightsLine & { key: string }>`
    select ${LINE}, r.filed_at::text as key from rights_request r where ${sql.join(conditions, sql` and `)}
    order by r.filed_at desc, r.id desc limit ${limit + 1}`.execute(trx)
  const { rows, next } = pageOf(found.rows, limit, (row) => [row.key, row.id])
  return { next, rows: rows.map(({ key: _key, ...row }) => row) }
}

/** Requests that wait for whoever answers for data protection, the first due first, up to `limit`; none for others. */
export async function listWaitingRights(trx: Trx, actor: Permitted, limit: number): Promise<RightsLine[]> {
  const found = await sql<RightsLine>`
    select ${LINE} from rights_request r join entity e on e.id = r.entity_id
    where r.entity_id = ${actor.entityId} and ${actor.duty} = any(e.rights_duties) and r.status = 'received'
    order by r.due_on, r.id limit ${limit}`.execute(trx)
  return found.rows
}

export interface RightsRequestPage extends RightsLine {
  quality: RightsQuality
  channel: 'web' | 'point'
  /** Who received it at a point; null where it came by the public form. */
  receivedBy: string | null
  receiverId: string | null
  filedAt: Date
  identifiedAt: Date | null
  identityMethod: IdentityMethod | null
  completeBy: string | null
  denial: DenialReason | null
  delivery: Delivery | null
  contentHash: string
  code: string
}

export async function findRightsPage(trx: Trx, entityId: string, id: string): Promise<RightsRequestPage | undefined> {
  const found = await sql<RightsRequestPage>`
    select ${LINE}, r.quality, r.channel, p.display_name as "receivedBy", r.received_by as "receiverId",
      r.filed_at as "filedAt", r.identified_at as "identifiedAt", r.identity_method as "identityMethod",
      r.complete_by as "completeBy", r.denial, r.delivery, r.content_hash as "contentHash", r.code
    from rights_request r left join person p on p.id = r.received_by
    where r.entity_id = ${entityId} and r.id = ${id}`.execute(trx)
  return found.rows[0]
}

export interface RightsTerm {
  startDate: string
  workingDays: number
  dueDate: string
  calendarVersion: string
  days: CountedDay[]
  isRunning: boolean
}

/** The last term of a request with its arithmetic; undefined before any began. */
export async function findRightsTerm(trx: Trx, requestId: string): Promise<RightsTerm | undefined> {
  const found = await sql<RightsTerm>`
    select start_date as "startDate", working_days as "workingDays", due_date as "dueDate",
      calendar_version as "calendarVersion", arithmetic as days, status = 'running' as "isRunning"
    from rights_term where request_id = ${requestId} order by created_at desc, id desc limit 1`.execute(trx)
  return found.rows[0]
}

export interface RightsSignature {
  id: string
  kind: RightsVerdict
  personName: string
  positionName: string
  statement: string
  /** How they showed who they are. */
  method: string
  receiptCode: string
  signedAt: Date
}

/** What each person decided on it, in order. */
export async function listRightsSignatures(trx: Trx, requestId: string): Promise<RightsSignature[]> {
  return await trx
    .selectFrom('rights_signature')
    .select(['id', 'kind', 'person_name as personName', 'position_name as positionName', 'statement'])
    .select(['method', 'receipt_code as receiptCode', 'signed_at as signedAt'])
    .where('request_id', '=', requestId)
    .orderBy('signed_at')
    .orderBy('id')
    .execute()
    .then((rows) => rows.map((row) => ({ ...row, kind: row.kind as RightsVerdict })))
}

/** Acts on it that are still on their way: stored, and not recorded yet. */
export async function countOpenRightsActs(trx: Trx, requestId: string): Promise<number> {
  const row = await trx
    .selectFrom('act')
    .select(({ fn }) => fn.countAll<string>().as('n'))
    .where('rights_id', '=', requestId)
    .where('status', '=', 'stored')
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/** Where a code leads, for whoever has it; call inside `withDocumentCode`. */
export async function findRightsByCode(trx: Trx, code: string): Promise<{ id: string; entityId: string } | undefined> {
  return await trx
    .selectFrom('rights_request')
    .select(['id', 'entity_id as entityId'])
    .where('code', '=', code)
    .executeTakeFirst()
}

export interface RightsReceipt {
  entity: string
  aim: RightsAim
  filedAt: Date
  status: RightsStatus
  /** What was decided, where the code is of a decision; null where it is of the request itself. */
  act: { kind: RightsVerdict; position: string; at: Date; method: string } | null
}

/** What stands behind a code: a request, or a decision on one; nobody is named. Call inside `withDocumentCode`. */
export async function findRightsReceipt(trx: Trx, code: string): Promise<RightsReceipt | undefined> {
  const found = await sql<
    Omit<RightsReceipt, 'act'> & { kind: RightsVerdict | null; position: string; at: Date; method: string }
  >`
    select e.name as entity, r.aim, r.filed_at as "filedAt", r.status, s.kind, s.position_name as position, s.signed_at as at, s.method
    from rights_request r join entity e on e.id = r.entity_id
      left join rights_signature s on s.request_id = r.id and s.receipt_code = ${spacedCode(code)}
    where r.code = ${code} or s.id is not null`.execute(trx)
  const [row] = found.rows
  if (!row) return undefined
  const { kind, position, at, method, ...about } = row
  return { ...about, act: kind === null ? null : { kind, position, at, method } }
}

/** Entities to which a request can be made, by name. */
export async function listAskedEntities(trx: Trx): Promise<{ id: string; name: string }[]> {
  return await trx.selectFrom('entity').select(['id', 'name']).orderBy('name').execute()
}
