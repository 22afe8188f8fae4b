import { type RawBuilder, sql } from 'kysely'
import { bogotaInstant } from '../domain/civil-dates.ts'
import { eventsOf, kindsOf, type TimelineFilters } from '../domain/event-kinds.ts'
import type { EventType, FieldChange } from '../domain/events.ts'
import type { SignatureRole } from '../domain/procedures.ts'
import type { TimelineSubject } from '../domain/timeline.ts'
import { KEPT, type Trx } from './client.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'
import { eventsOfSubject } from './timeline-subjects.ts'

/** One event as its sentence needs it (`eventSentence` in app/text/events.ts). */
export interface TimelineEntry {
  id: string
  at: Date
  type: EventType
  objectId: string
  personName: string | null
  positionName: string | null
  actingForName: string | null
  stepCode: string | null
  reasonCode: string | null
  contentHash: string | null
  changes: FieldChange[]
  actId: string | null
  signatureRole: SignatureRole | null
  aboutPerson: string | null
  aboutPosition: string | null
  /** The frozen content it is about, where it is about one. */
  versionId: string | null
  /** In which exercise; null outside any. */
  cycleId: string | null
  cycleName: string | null
}

/** What of a timeline, and how much of it. */
export interface Wanted extends TimelineFilters {
  /** Only these types, whatever is asked for. */
  types?: readonly EventType[]
  /** Only what is sealed below this place of the log. */
  below?: bigint
  cursor?: string | null
  limit?: number
}

/** Everything that happened in a cycle or another subject, newest first, 50 a page (A11, experience 30). */
export async function listTimeline(
  trx: Trx,
  subject: TimelineSubject,
  options: Wanted = {},
): Promise<Page<TimelineEntry>> {
  return await listEventsOf(trx, eventsOfSubject(subject), options)
}

/** Everything the administration of an entity did: events outside any cycle, newest first. */
export async function listAdministrationEvents(
  trx: Trx,
  entityId: string,
  options: Wanted = {},
): Promise<Page<TimelineEntry>> {
  return await listEventsOf(trx, sql`e.entity_id = ${entityId} and e.cycle_id is null`, options)
}

/** Everybody who may have acted in an entity; asked of its people, because a trail may hold millions of events. */
export async function listTrailActors(trx: Trx, entityId: string): Promise<{ people: Named[]; positions: Named[] }> {
  const of = async (query: RawBuilder<Named>) => (await query.execute(trx)).rows
  return {
    people: await of(
      sql`${KEPT} select id, display_name as name from person where entity_id = ${entityId} order by name, id`,
    ),
    positions: await of(sql`${KEPT} select id, name from position where entity_id = ${entityId} order by name, id`),
  }
}

/** One event with all that a page says of it; undefined where the entity has none such. */
export async function findTrailEvent(trx: Trx, entityId: string, eventId: string) {
  const { rows } = await listEventsOf(trx, sql`e.entity_id = ${entityId} and e.id = ${eventId}`, { limit: 1 })
  const [entry] = rows
  if (!entry) return undefined
  const rest = await trx
    .selectFrom('event')
    .select(['object_type as objectType', 'object_version as objectVersion', 'origin', 'request_id as requestId'])
    .where('id', '=', eventId)
    .executeTakeFirstOrThrow()
  return { ...entry, ...rest }
}

/** These events, newest first. */
export async function listTrailEvents(trx: Trx, entityId: string, ids: readonly string[]): Promise<TimelineEntry[]> {
  const scope = sql`e.entity_id = ${entityId} and e.id = any(${[...ids]})`
  return (await listEventsOf(trx, scope, { limit: ids.length })).rows
}

/** By what a timeline can be narrowed: who acted, in which positions, by name, and what kinds of events there are. */
export async function findTimelineChoices(trx: Trx, subject: TimelineSubject) {
  const scope = eventsOfSubject(subject)
  const found = await sql<{ type: EventType }>`select distinct e.type from event e where ${scope}`.execute(trx)
  return { ...(await listActors(trx, scope)), kinds: kindsOf(found.rows.map(({ type }) => type)) }
}

/** Who acted outside any cycle in events of these types. */
export async function listAdministrationActors(trx: Trx, entityId: string, types: readonly EventType[]) {
  return await listActors(trx, sql`e.entity_id = ${entityId} and e.cycle_id is null and e.type = any(${types})`)
}

interface Named {
  id: string
  name: string
}

async function listActors(trx: Trx, scope: RawBuilder<unknown>): Promise<{ people: Named[]; positions: Named[] }> {
  const found = await sql<Named & { of: 'person' | 'position' }>`
    with who as (select distinct e.actor_person, e.actor_position from event e where ${scope})
    select 'person' as of, p.id, p.display_name as name from person p where p.id in (select actor_person from who)
    union all
    select 'position', p.id, p.name from position p where p.id in (select actor_position from who)
    order by name, id`.execute(trx)
  const named = (of: string) => found.rows.filter((row) => row.of === of).map(({ id, name }) => ({ id, name }))
  return { people: named('person'), positions: named('position') }
}

/** The workflows that told something of a subject, in the order they began to. */
export async function listWorkflowIds(trx: Trx, subject: TimelineSubject): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select e.workflow_id as id from event e where ${eventsOfSubject(subject)} and e.workflow_id is not null
    group by 1 order by min(e.at), 1`.execute(trx)
  return found.rows.map(({ id }) => id)
}

/** What happened to one object, newest first. */
export async function listObjectEvents(trx: Trx, objectId: string, limit: number): Promise<TimelineEntry[]> {
  return (await listEventsOf(trx, sql`e.object_id = ${objectId}`, { limit })).rows
}

/**
 * An event `e` with everybody and everything its sentence names: each looked up by itself, for the lines that are shown only. As joins
 * they would take the database longer to plan than to read.
 */
export const EVENT_LINE = sql`
    select e.id, e.at, e.type, e.object_id as "objectId",
      (select display_name from person where id = e.actor_person) as "personName",
      (select name from position where id = e.actor_position) as "positionName",
      (select display_name from person where id = e.acting_for) as "actingForName",
      e.step_code as "stepCode", e.reason_code as "reasonCode", e.content_hash as "contentHash", e.changes, e.act_id as "actId",
      (select role from signature where id = e.act_id) as "signatureRole",
      (select display_name from person where id = case e.object_type when 'person' then e.object_id
        when 'tenure' then (select person_id from tenure where id = e.object_id)
        when 'absence' then (select person_id from absence where id = e.object_id) end) as "aboutPerson",
      (select name from position where id = case e.object_type
        when 'tenure' then (select position_id from tenure where id = e.object_id)
        when 'absence' then (select position_id from absence where id = e.object_id) end) as "aboutPosition",
      case e.object_type when 'step_version' then e.object_id when 'step' then (
        select v.id from step_version v where e.type in ('step.approved', 'step.restored')
          and v.step_id = e.object_id and v.hash = e.content_hash order by v.n desc limit 1) end as "versionId",
      e.cycle_id as "cycleId", (select name from cycle where id = e.cycle_id) as "cycleName",
      e.at::text as key
    from event e`

/** Events within a scope over `event e`, newest first. */
export async function listEventsOf(trx: Trx, scope: RawBuilder<unknown>, wanted: Wanted): Promise<Page<TimelineEntry>> {
  const { limit = 50 } = wanted
  const conditions = [scope, ...conditionsOf(wanted), ...olderThan(wanted.cursor)]
  // A limit that stands in the text: a plan kept for any limit would be made for a tenth of all events.
  const found = await sql<TimelineEntry & { key: string }>`${KEPT}
    ${EVENT_LINE}
    where ${sql.join(conditions, sql` and `)}
    order by e.at desc, e.id desc limit ${sql.lit(limit + 1)}`.execute(trx)
  const { rows, next } = pageOf(found.rows, limit, (row) => [row.key, row.id])
  return { next, rows: rows.map(({ key: _key, ...row }) => row) }
}

/** What comes after the page that a cursor ended. */
export function olderThan(cursor: string | null | undefined): RawBuilder<unknown>[] {
  const after = decodeCursor(cursor, ['instant', 'id'])
  return after ? [sql`(e.at, e.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`] : []
}

/** What an event `e` must be, to be among what was asked for. */
export function conditionsOf(wanted: Wanted): RawBuilder<unknown>[] {
  const { kind, types, below, stepCode, personId, positionId, from, to } = wanted
  const conditions: RawBuilder<unknown>[] = []
  const asked = kind ? eventsOf(kind, types) : types
  if (asked !== undefined) conditions.push(sql`e.type = any(${asked})`)
  if (below !== undefined)
    conditions.push(sql`exists (select from log_leaf l
      where l.entity_id = e.entity_id and l.event_id = e.id and l.n < ${below}::bigint)`)
  if (stepCode !== undefined) conditions.push(sql`e.step_code = ${stepCode}`)
  if (personId !== undefined) conditions.push(sql`e.actor_person = ${personId}`)
  if (positionId !== undefined) conditions.push(sql`e.actor_position = ${positionId}`)
  if (from !== undefined) conditions.push(sql`e.at >= ${bogotaInstant(from, '00:00')}::timestamptz`)
  // The day after the last of all is written by PostgreSQL only.
  if (to !== undefined) conditions.push(sql`e.at < ${bogotaInstant(to, '00:00')}::timestamptz + interval '24 hours'`)
  return conditions
}
