/** Who saw citizens' data (features I8): the events that say so, and what was found unusual week by week. */
import { sql } from 'kysely'
import { isWorkingDay } from '../domain/calendar.ts'
import { addDays, bogotaInstant } from '../domain/civil-dates.ts'
import type { TimelineFilters } from '../domain/event-kinds.ts'
import { PERSONAL_READS, type Unusual, USUAL_WEEKS, unusualIn, type WeekOfReading } from '../domain/unusual-reading.ts'
import type { Trx } from './client.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'
import { entityCalendar } from './terms.ts'
import { listEventsOf, type TimelineEntry } from './timeline.ts'

/** In letters, so that the index of these events answers. */
const IS_READ = sql`e.type in (${sql.raw(PERSONAL_READS.map((type) => `'${type}'`).join(', '))})`

/** Each time somebody saw citizens' data, newest first. */
export async function listPersonalReads(
  trx: Trx,
  entityId: string,
  wanted: TimelineFilters & { cursor: string | null; limit: number },
): Promise<Page<TimelineEntry>> {
  return await listEventsOf(trx, sql`e.entity_id = ${entityId} and ${IS_READ}`, wanted)
}

export interface ReadingWeek {
  readers: number
  reads: number
  unusual: { personId: string; reads: number; objects: number; reasons: Unusual[] }[]
}

/** Looks a week over, once; undefined where it was. `week`: its Monday. */
export async function storeReadingWeek(trx: Trx, entityId: string, week: string): Promise<ReadingWeek | undefined> {
  const calendar = await entityCalendar(trx, entityId)
  const people = await readersOf(trx, entityId, week)
  const unusual = people.flatMap(({ personId, objects, ...found }) => {
    const reasons = unusualIn(found, (day) => isWorkingDay(day, calendar))
    return reasons.length > 0 ? [{ personId, reads: found.reads, objects, reasons }] : []
  })
  const reads = people.reduce((sum, one) => sum + one.reads, 0)
  const added = await trx
    .insertInto('reading_week')
    .values({ entity_id: entityId, week, readers: people.length, reads })
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst()
  if (added.numInsertedOrUpdatedRows !== 1n) return undefined
  if (unusual.length > 0)
    await trx
      .insertInto('unusual_reading')
      .values(
        unusual.map(({ personId, objects, reasons, ...one }) => ({
          ...{ entity_id: entityId, week, person_id: personId, reads: one.reads, objects, reasons },
        })),
      )
      .execute()
  return { readers: people.length, reads, unusual }
}

type Reader = WeekOfReading & { personId: string; objects: number }

async function readersOf(trx: Trx, entityId: string, week: string): Promise<Reader[]> {
  const instant = (day: string) => bogotaInstant(day, '00:00')
  const { rows } = await sql<Reader>`
    with read as (
      select e.actor_person, e.object_id, e.at, e.at at time zone 'America/Bogota' as local from event e
      where e.entity_id = ${entityId} and ${IS_READ} and e.actor_person is not null
        and e.at >= ${instant(addDays(week, -7 * USUAL_WEEKS))} and e.at < ${instant(addDays(week, 7))}),
    now as (select * from read where at >= ${instant(week)}),
    before as (
      select actor_person, date_trunc('week', local) as week, count(*)::int as reads from read
      where at < ${instant(week)} group by 1, 2),
    most as (
      select actor_person, max(times)::int as most from (
        select actor_person, object_id, count(*) as times from now group by 1, 2) t group by 1)
    select n.actor_person as "personId", count(*)::int as reads, count(distinct n.object_id)::int as objects,
      m.most as "mostOfOne", array_agg(distinct n.local::date::text) as days,
      array_agg(distinct extract(hour from n.local)::int) as hours,
      array(select b.reads from before b where b.actor_person = n.actor_person) as before
    from now n join most m on m.actor_person = n.actor_person
    group by n.actor_person, m.most order by reads desc, n.actor_person`.execute(trx)
  return rows
}

export interface UnusualLine {
  week: string
  personId: string
  person: string
  reads: number
  objects: number
  reasons: Unusual[]
}

/** What was unusual, newest week first. */
export async function listUnusual(
  trx: Trx,
  entityId: string,
  { cursor, limit }: { cursor: string | null; limit: number },
): Promise<Page<UnusualLine>> {
  const after = decodeCursor(cursor, ['date', 'id'])
  const { rows } = await sql<UnusualLine>`
    select u.week, u.person_id as "personId", p.display_name as person, u.reads, u.objects, u.reasons
    from unusual_reading u join person p on p.id = u.person_id
    where u.entity_id = ${entityId} ${after ? sql`and (u.week, u.person_id) < (${after[0]}::date, ${after[1]}::uuid)` : sql``}
    order by u.week desc, u.person_id desc limit ${limit + 1}`.execute(trx)
  return pageOf(rows, limit, ({ week, personId }) => [week, personId])
}

/** The last week that was looked over; undefined before the first. */
export async function findLastReadingWeek(
  trx: Trx,
  entityId: string,
): Promise<{ week: string; readers: number; reads: number } | undefined> {
  return await trx
    .selectFrom('reading_week')
    .select(['week', 'readers', 'reads'])
    .where('entity_id', '=', entityId)
    .orderBy('week', 'desc')
    .limit(1)
    .executeTakeFirst()
}
