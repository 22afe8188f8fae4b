import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { sendDueNotices } from '../../activities/send-due-notices.ts'
import { addCalendarDay, listCalendarDays, previewCalendarDay, removeCalendarDay } from '../../db/calendar-days.ts'
import { withActor, withEntity, withoutEntity } from '../../db/client.ts'
import { moveClock } from '../../db/clock.ts'
import { findCycle } from '../../db/cycles.ts'
import { listTimeline } from '../../db/timeline.ts'
import { saveTransition } from '../../db/transitions.ts'
import { openStep } from '../../domain/cycles.ts'
import { asOwner, openCycle, smallTown, type Town } from '../support/town.ts'

let town: Town
beforeAll(async () => {
  town = await smallTown()
})
afterEach(() => moveClock(0))
afterAll(() => town.close())

/** Moves the application's clock to noon in Bogotá of a day. */
function goTo(day: string): string {
  const noon = `${day}T17:00:00.000Z`
  moveClock(0)
  moveClock(Date.parse(noon) - Math.round(performance.timeOrigin + performance.now()))
  return noon
}

const add = (day: string, kind: 'extra' | 'removed' = 'extra') =>
  withActor(town.web, town.admin, (trx) =>
    addCalendarDay(trx, town.admin, { day, kind, name: 'Día cívico', actReference: 'Decreto 9' }),
  )

function rowsOf(cycleId: string) {
  return withEntity(town.worker, town.entityId, async (trx) => ({
    terms: await trx
      .selectFrom('term')
      .select(['id', 'due_date', 'status', 'replaced_by'])
      .where('cycle_id', '=', cycleId)
      .orderBy('created_at')
      .execute(),
    planned: await trx
      .selectFrom('notice')
      .select('planned_on')
      .distinct()
      .where('cycle_id', '=', cycleId)
      .where('status', '=', 'planned')
      .orderBy('planned_on')
      .limit(4)
      .execute(),
    tasks: await trx.selectFrom('task').select('due_at').where('cycle_id', '=', cycleId).execute(),
    cycle: await trx.selectFrom('cycle').select('refresh_wanted').where('id', '=', cycleId).executeTakeFirst(),
  }))
}

/** Whether somebody waits for a lock in this database. */
function waiting(): Promise<boolean> {
  return asOwner(town, async (database) =>
    withoutEntity(database, async (trx) => {
      const { rows } = await sql<{ n: number }>`
        select count(*)::int as n from pg_locks l join pg_stat_activity a using (pid)
        where not l.granted and a.datname = current_database()`.execute(trx)
      return (rows[0]?.n ?? 0) > 0
    }),
  )
}

describe('a day of the entity’s own calendar', () => {
  it('moves exactly the deadlines that cross it, each with both dates, and takes them back when it is removed', async () => {
    // Due 8 April and 30 March: ten working days each, by the calendar on the wall.
    const crossing = await openCycle(town, goTo('2026-03-20'))
    const early = await openCycle(town, goTo('2026-03-13'))
    goTo('2026-03-24')
    const preview = await withActor(town.web, town.admin, (trx) =>
      previewCalendarDay(trx, town.entityId, { day: '2026-04-07', kind: 'extra' }),
    )
    const { moved } = (await add('2026-04-07')) as { moved: typeof preview }
    expect(moved).toEqual(preview)
    expect(moved).toMatchObject([
      { cycleId: crossing, of: { stepCode: '1' }, before: '2026-04-08', after: '2026-04-09' },
    ])
    const rows = await rowsOf(crossing)
    expect(rows.terms.map((term) => [term.due_date, term.status])).toEqual([
      ['2026-04-08', 'superseded'],
      ['2026-04-09', 'running'],
    ])
    expect(rows.terms[0]?.replaced_by).toBe(rows.terms[1]?.id)
    expect(rows.planned.map((row) => row.planned_on)).toEqual(['2026-04-01', '2026-04-08', '2026-04-10', '2026-04-14'])
    expect(rows.tasks.map((task) => task.due_at?.toISOString())).toEqual(['2026-04-10T04:59:59.000Z'])
    expect(rows.cycle?.refresh_wanted).toBe(true)
    expect((await rowsOf(early)).terms).toHaveLength(1)
    const { rows: events } = await withActor(town.web, town.admin, (trx) =>
      listTimeline(trx, { kind: 'cycle', id: crossing }, { limit: 1 }),
    )
    expect(events[0]).toMatchObject({
      type: 'term.moved',
      changes: [{ field: 'due_date', before: '2026-04-08', after: '2026-04-09' }],
    })
    await withActor(town.web, town.admin, (trx) => removeCalendarDay(trx, town.admin, '2026-04-07'))
    expect((await rowsOf(crossing)).terms.at(-1)).toMatchObject({ due_date: '2026-04-08', status: 'running' })
  })

  it('moved after a reminder was sent does not send the same reminder again', async () => {
    const cycleId = await openCycle(town, goTo('2026-08-18'))
    const tell = (now: string) => sendDueNotices(town.tools, { entityId: town.entityId, cycleId, now })
    // Due 1 September; reminders on 27 and 31 August.
    await tell(goTo('2026-08-27'))
    await add('2026-08-31')
    // Due 2 September; its reminders fall on 27 August, already told, and 1 September.
    expect((await rowsOf(cycleId)).planned.map((row) => row.planned_on)).toEqual([
      '2026-09-01',
      '2026-09-03',
      '2026-09-07',
      '2026-09-11',
    ])
    expect(await tell(goTo('2026-08-28'))).toBe('2026-09-01T13:00:00.000Z')
  })

  it('moves also the term of a step that opens at the same moment', async () => {
    const now = goTo('2026-09-14')
    const cycleId = await openCycle(town, now, null)
    let change: ReturnType<typeof add> | undefined
    await withEntity(town.worker, town.entityId, async (trx) => {
      const cycle = await findCycle(trx, cycleId, { lock: true })
      if (!cycle) throw new Error('no cycle')
      change = add('2026-09-21')
      await expect.poll(waiting).toBe(true)
      await saveTransition(trx, cycle, openStep(cycle.state, '1'), {
        ...{ decision: null, origin: 'workflow', workflowId: `cycle:${cycleId}`, requestId: null, bodyHash: null },
        now: new Date(now),
      })
    })
    // Ten working days from 14 September, with 21 September no longer one.
    expect(await change).toMatchObject({ moved: [{ cycleId, before: '2026-09-28', after: '2026-09-29' }] })
    expect((await rowsOf(cycleId)).terms.at(-1)).toMatchObject({ due_date: '2026-09-29', status: 'running' })
  })

  it('is refused when it says nothing new or lies in the past', async () => {
    goTo('2026-05-04')
    const codes = []
    for (const [day, kind] of [
      ['2026-05-18', 'extra'],
      ['2026-05-16', 'extra'],
      ['2026-05-19', 'removed'],
      ['2026-04-30', 'extra'],
    ] as const)
      codes.push((await add(day, kind)).problems?.[0]?.code)
    expect(codes).toEqual(['already_not_working', 'already_not_working', 'not_a_holiday', 'day_is_past'])
    expect((await add('2026-05-18', 'removed')).problems).toBeUndefined()
    expect((await add('2026-05-18', 'removed')).problems?.[0]?.code).toBe('day_taken')
    const { rows } = await withActor(town.web, town.admin, (trx) => listCalendarDays(trx, town.entityId))
    expect(rows.find((row) => row.day === '2026-05-18')).toMatchObject({ kind: 'removed', past: false })
  })
})
