/** What pages read of delegated accesses (C1, C2). */
import { type RawBuilder, sql } from 'kysely'
import {
  type CaptureForm,
  GRANTERS,
  type GrantStatus,
  type GrantVerdict,
  type RevocationCause,
} from '../domain/grants.ts'
import { GRANT_READERS } from '../domain/permission-rows.ts'
import { abilityFor, type Permitted } from '../domain/permissions.ts'
import { handsOf } from '../domain/substitutions.ts'
import type { Trx } from './client.ts'
import { holding } from './like.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'
import { rulesToCondition } from './permit.ts'
import { isHeldToday } from './positions.ts'

export interface GrantLine {
  id: string
  code: string
  personName: string
  agencyName: string
  pointName: string
  form: CaptureForm
  startsOn: string
  endsOn: string
  status: GrantStatus
  /** «Por recertificar»: an open review asks whether it goes on. */
  isUnderReview: boolean
}

export interface GrantFilters {
  status?: GrantStatus
  agencyId?: string
  personId?: string
  vigencia?: number
}

const LINE = sql`g.id, g.code, p.display_name as "personName", a.name as "agencyName", s.name as "pointName", g.form,
  g.starts_on as "startsOn", g.ends_on as "endsOn", g.status, g.status = 'granted' and exists (
    select from review_item i where i.grant_id = g.id and i.left_at is null and i.outcome is null) as "isUnderReview"`
const FROM = sql`access_grant g join person p on p.id = g.grantee_id join agency a on a.id = g.agency_id
  join service_point s on s.id = g.point_id`

/** Whether this actor reads the access `g`: the same rule as its page (`grantRow` in domain/permission-rows.ts). */
function readable(actor: Permitted): RawBuilder<unknown> {
  const columns = { entityId: sql.ref('g.entity_id'), readers: sql.ref('reader.who') }
  return sql`exists (
    select from (
      select g.grantee_id::text union all select unnest(${GRANT_READERS}::text[])
      union all select pos.id::text from position pos where pos.agency_id = g.agency_id and pos.heads_agency
        and (pos.ended_on is null or pos.ended_on >= app_today())
    ) reader(who) where ${rulesToCondition(abilityFor(actor), 'read', 'Grant', columns)})`
}

/** Delegated accesses this actor may read, the last asked for first; 25 a page. */
export async function listGrants(
  trx: Trx,
  actor: Permitted,
  filters: GrantFilters & { cursor?: string | null; limit?: number } = {},
): Promise<Page<GrantLine>> {
  const { status, agencyId, personId, vigencia, limit = 25 } = filters
  const after = decodeCursor(filters.cursor, ['instant', 'id'])
  const conditions: RawBuilder<unknown>[] = [sql`g.entity_id = ${actor.entityId}`, readable(actor)]
  if (status !== undefined) conditions.push(sql`g.status = ${status}`)
  if (agencyId !== undefined) conditions.push(sql`g.agency_id = ${agencyId}`)
  if (personId !== undefined) conditions.push(sql`g.grantee_id = ${personId}`)
  if (vigencia !== undefined) conditions.push(sql`g.vigencia = ${vigencia}`)
  if (after) conditions.push(sql`(g.asked_at, g.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`)
  const found = await sql<GrantLine & { key: string }>`
    select ${LINE}, g.asked_at::text as key from ${FROM} where ${sql.join(conditions, sql` and `)}
    order by g.asked_at desc, g.id desc limit ${limit + 1}`.execute(trx)
  const { rows, next } = pageOf(found.rows, limit, (row) => [row.key, row.id])
  return { next, rows: rows.map(({ key: _key, ...row }) => row) }
}

/** What a person holds or somebody asked for them, among what this actor may read; the last asked for first. */
export async function listHeldGrants(trx: Trx, actor: Permitted, personId: string): Promise<GrantLine[]> {
  const found = await sql<GrantLine>`
    select ${LINE} from ${FROM} where g.entity_id = ${actor.entityId} and ${readable(actor)} and g.grantee_id = ${personId}
      and g.status in ('filed', 'asked', 'accepted', 'granted')
    order by g.asked_at desc, g.id desc limit 20`.execute(trx)
  return found.rows
}

/** Accesses that wait for this person: to accept theirs, or to decide; the longest waiting first, up to `limit`. */
export async function listWaitingGrants(
  trx: Trx,
  actor: Permitted & { actingFor?: string | null },
  limit: number,
): Promise<GrantLine[]> {
  const mayDecide = GRANTERS.includes(actor.duty) && actor.reach !== 'elaboration'
  const found = await sql<GrantLine>`
    select ${LINE} from ${FROM} where g.entity_id = ${actor.entityId} and (
      (g.status = 'asked' and g.grantee_id = ${actor.personId})
      or (${mayDecide} and g.status = 'accepted' and not ${handsOf(actor)}::uuid[] && array[g.grantee_id, g.asked_by, g.asked_for]))
    order by g.asked_at, g.id limit ${limit}`.execute(trx)
  return found.rows
}

/** Code of the last request of the same access after this one; undefined where there is none that was recorded. */
export async function findLaterRequest(trx: Trx, entityId: string, id: string): Promise<string | undefined> {
  const found = await sql<{ code: string }>`
    select later.code from access_grant g join access_grant later on later.grantee_id = g.grantee_id
      and later.point_id = g.point_id and later.form = g.form and later.vigencia = g.vigencia
      and (later.asked_at, later.n) > (g.asked_at, g.n) and later.status <> 'refused'
    where g.id = ${id} and g.entity_id = ${entityId} order by later.asked_at desc, later.n desc limit 1`.execute(trx)
  return found.rows[0]?.code
}

export interface GrantPage extends GrantLine {
  vigencia: number
  agencyId: string
  pointId: string
  granteeId: string
  radicado: string
  radicadoOn: string
  reason: string
  askedBy: string
  askedPosition: string
  contentHash: string
  cause: RevocationCause | null
}

export async function findGrantPage(trx: Trx, entityId: string, id: string): Promise<GrantPage | undefined> {
  const found = await sql<GrantPage>`
    select ${LINE}, g.vigencia, g.agency_id as "agencyId", g.point_id as "pointId", g.grantee_id as "granteeId", g.radicado,
      g.radicado_on as "radicadoOn", g.reason, asker.display_name as "askedBy", pos.name as "askedPosition",
      g.content_hash as "contentHash", g.cause
    from ${FROM} join person asker on asker.id = g.asked_by join position pos on pos.id = g.asked_position
    where g.entity_id = ${entityId} and g.id = ${id}`.execute(trx)
  return found.rows[0]
}

export interface GrantSignature {
  id: string
  kind: GrantVerdict | 'ask'
  personName: string
  positionName: string
  /** Whom they acted for. */
  actingFor: string | null
  statement: string
  /** How they showed who they are. */
  method: string
  receiptCode: string
  signedAt: Date
  /** What was typed with it; null where nothing was. */
  reason: string | null
}

/** What each person said of it, in order. */
export async function listGrantSignatures(trx: Trx, grantId: string): Promise<GrantSignature[]> {
  const found = await sql<GrantSignature>`
    select s.id, s.kind, s.person_name as "personName", s.position_name as "positionName", s.statement, s.method,
      s.receipt_code as "receiptCode", s.signed_at as "signedAt", o.body as reason, absent.display_name as "actingFor"
    from access_signature s left join observation o on o.act_id = s.id left join person absent on absent.id = s.acting_for
    where s.grant_id = ${grantId} order by s.signed_at, s.id`.execute(trx)
  return found.rows
}

export interface Commitment {
  acceptedAt: Date
  receiptCode: string
}

/** How its person accepted the commitment of the vigencia: with this access itself, or else the last time. */
export async function findCommitment(
  trx: Trx,
  { id, granteeId, vigencia }: Pick<GrantPage, 'id' | 'granteeId' | 'vigencia'>,
): Promise<Commitment | undefined> {
  const found = await sql<Commitment>`
    select c.accepted_at as "acceptedAt", s.receipt_code as "receiptCode"
    from confidentiality_acceptance c join access_signature s on s.id = c.act_id
    where c.person_id = ${granteeId} and c.vigencia = ${vigencia}
    order by s.grant_id = ${id} desc, c.accepted_at desc limit 1`.execute(trx)
  return found.rows[0]
}

/** Acts on it that are still on their way: stored, and not recorded yet. */
export async function countOpenActs(trx: Trx, grantId: string): Promise<number> {
  const row = await trx
    .selectFrom('act')
    .select(({ fn }) => fn.countAll<string>().as('n'))
    .where('grant_id', '=', grantId)
    .where('status', '=', 'stored')
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/** Points of attention of an organismo that are open, by name. */
export async function listOpenPoints(trx: Trx, agencyId: string): Promise<{ id: string; name: string }[]> {
  return await trx
    .selectFrom('service_point')
    .select(['id', 'name'])
    .where('agency_id', '=', agencyId)
    .where(({ or, eb }) => or([eb('ended_on', 'is', null), eb('ended_on', '>=', sql<string>`app_today()`)]))
    .orderBy('name')
    .execute()
}

export interface Candidate {
  id: string
  name: string
  /** Positions held today. */
  position: string
}

/** People who could be given access, whose name holds `search`, by name; never the one who asks. */
export async function listCandidates(
  trx: Trx,
  { entityId, except, search, limit }: { entityId: string; except: string; search: string; limit: number },
): Promise<Candidate[]> {
  const found = await sql<Candidate>`${CANDIDATE} and p.entity_id = ${entityId} and p.id <> ${except}
      and p.display_name ilike ${holding(search)}
    group by p.id, p.display_name order by p.display_name, p.id limit ${limit}`.execute(trx)
  return found.rows
}

export async function findCandidate(trx: Trx, entityId: string, id: string): Promise<Candidate | undefined> {
  const found = await sql<Candidate>`${CANDIDATE} and p.entity_id = ${entityId} and p.id = ${id}
    group by p.id, p.display_name`.execute(trx)
  return found.rows[0]
}

/** At work today, with an open account (R4). */
const CANDIDATE = sql`
  select p.id, p.display_name as name, string_agg(distinct pos.name, ' · ') as position
  from person p join tenure t on t.person_id = p.id join position pos on pos.id = t.position_id
  where ${isHeldToday}
    and exists (select from account c where c.person_id = p.id and c.disabled_at is null)`
