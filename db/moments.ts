/** How a cycle stood at one of its own events: the content each step had, and what had last been done with it (A11, I1). */
import { sql } from 'kysely'
import type { StepCode } from '../domain/procedures.ts'
import { MOMENT_EVENTS } from '../domain/timeline.ts'
import type { Trx } from './client.ts'
import { EVENT_LINE, listEventsOf, type TimelineEntry } from './timeline.ts'

/** Moments offered at once; a cycle has some tens of them. */
const MOST = 300

/** The moments of a cycle, newest first. */
export async function listMoments(trx: Trx, cycleId: string): Promise<TimelineEntry[]> {
  return (await listEventsOf(trx, sql`e.cycle_id = ${cycleId}`, { types: MOMENT_EVENTS, limit: MOST })).rows
}

/** An event of a cycle; undefined where it has none such. */
export async function findMoment(trx: Trx, cycleId: string, eventId: string): Promise<TimelineEntry | undefined> {
  return (await listEventsOf(trx, sql`e.cycle_id = ${cycleId} and e.id = ${eventId}`, { limit: 1 })).rows[0]
}

export interface StepThen {
  stepCode: StepCode
  /** The last version sent until then; null before the first. */
  version: { id: string; n: number } | null
  /** What had last been done with the step. */
  last: TimelineEntry
}

/** The steps that had begun by an event, as they stood just after it. Order is the log's: instant, then id. */
export async function listStepsAt(trx: Trx, cycleId: string, moment: Pick<TimelineEntry, 'id'>): Promise<StepThen[]> {
  const until = sql`e.cycle_id = ${cycleId} and (e.at, e.id) <= (select m.at, m.id from event m where m.id = ${moment.id})`
  const sent = await sql<{ stepCode: string; id: string; n: number }>`
    select distinct on (e.step_code) e.step_code as "stepCode", v.id, v.n
    from event e join step_version v on v.id = e.object_id
    where ${until} and e.type = 'step.submitted'
    order by e.step_code, e.at desc, e.id desc`.execute(trx)
  const last = await sql<TimelineEntry & { stepCode: StepCode }>`
    ${EVENT_LINE}
    where e.id in (
      select distinct on (e.step_code) e.id from event e
      where ${until} and e.step_code is not null and e.type = any(${[...MOMENT_EVENTS]})
      order by e.step_code, e.at desc, e.id desc)
    order by e.step_code`.execute(trx)
  return last.rows.map((entry) => {
    const version = sent.rows.find(({ stepCode }) => stepCode === entry.stepCode)
    return {
      ...{ stepCode: entry.stepCode, last: entry },
      version: version ? { id: version.id, n: version.n } : null,
    }
  })
}
