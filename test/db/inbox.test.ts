import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Claimant, claimTask, releaseTask } from '../../db/claims.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { appNow, appToday } from '../../db/clock.ts'
import { newId } from '../../db/ids.ts'
import { countInbox, listInbox } from '../../db/inbox.ts'
import { addPerson } from '../../db/person-changes.ts'
import { addTenure, endTenure } from '../../db/tenure-changes.ts'
import { listTimeline } from '../../db/timeline.ts'
import { groupInbox, INBOX_ORDERS, type InboxFilters } from '../../domain/inbox.ts'
import { Refused } from '../../domain/refusals.ts'
import { idOf, openCycle, SINCE, smallTown, type Town } from '../support/town.ts'

let town: Town
let author: Claimant
let colleague: Claimant
let colleagueTenure: string
const cycles: string[] = []

beforeAll(async () => {
  town = await smallTown()
  const { entityId } = town
  const holder = town.holders.profesional_ogac
  if (!holder) throw new Error('no author')
  author = { entityId, ...holder }
  const person = { displayName: 'Colega OGAC', documentNumber: '88001', email: null }
  const tenure = {
    positionId: holder.positionId,
    kind: 'encargado',
    from: SINCE,
    to: '2099-01-01',
    actReference: 'R',
  } as const
  await withActor(town.web, town.admin, async (trx) => {
    const personId = idOf(await addPerson(trx, town.admin, person, town.database.secret))
    colleagueTenure = idOf(await addTenure(trx, town.admin, { ...tenure, personId }))
    colleague = { ...author, personId }
  })
  for (const day of ['2026-03-02', '2026-03-16', '2026-03-20'])
    cycles.push(await openCycle(town, `${day}T17:00:00.000Z`))
  cycles.push(await openCycle(town, appNow().toISOString()))
})
afterAll(() => town.close())

const as = <T>(actor: Claimant, work: (trx: Trx) => Promise<T>) => withActor(town.web, actor, work)
const inbox = (actor: Claimant, filters: InboxFilters = {}) => as(actor, (trx) => listInbox(trx, actor, filters))
const firstTask = async () => (await inbox(author)).rows[0]?.id ?? ''

describe('"Mi bandeja"', () => {
  it('lists what a position can act on, oldest first, page by page, and counts what it lists', async () => {
    const all = await inbox(author)
    expect(all.rows.map((row) => row.cycleId)).toEqual(cycles)
    expect(all.rows[0]).toMatchObject({ kind: 'elaborate', stepCode: '1', why: 'duty', vigencia: 2026 })
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page = await as(author, (trx) => listInbox(trx, author, {}, cursor, 2))
      seen.push(...page.rows.map((row) => row.id))
      cursor = page.next
    } while (cursor)
    expect(seen).toEqual(all.rows.map((row) => row.id))
    const counts = await as(author, (trx) => countInbox(trx, author))
    for (const { group, lines } of groupInbox(all.rows, appToday()))
      expect(counts[group], group).toEqual({ n: lines.length, more: false })
    expect(counts.total).toEqual({ n: 4, more: false })
  })

  it('shows nobody the lines of another position', async () => {
    expect((await inbox({ ...author, duty: 'jefatura_ogac' })).rows).toEqual([])
  })

  it('filters by step, vigencia, dates, group and assignment, with counts that follow', async () => {
    const count = async (filters: InboxFilters) => {
      const { rows } = await inbox(author, filters)
      const counts = await as(author, (trx) => countInbox(trx, author, filters))
      expect(counts[filters.group ?? 'total'].n).toBe(rows.length)
      return rows.length
    }
    expect(await count({ step: '2' })).toBe(0)
    expect(await count({ vigencia: 2025 })).toBe(0)
    expect(await count({ vigencia: 2026, step: '1' })).toBe(4)
    // 2026-03-16 + 10 working days = 31 March; 2026-03-20 + 10 = 8 April.
    expect(await count({ dueFrom: '2026-03-31', dueTo: '2026-04-08' })).toBe(2)
    expect(await count({ dueTo: '2026-03-30' })).toBe(1)
    expect(await count({ group: 'overdue' })).toBe(3)
    expect(await count({ assignee: 'other' })).toBe(0)
    expect(await count({ assignee: 'free' })).toBe(4)
    expect(await count({ state: 'in_progress' })).toBe(4)
    expect(await count({ state: 'returned' })).toBe(0)
    expect(await count({ priority: 'normal' })).toBe(4)
    expect(await count({ priority: 'high', step: '1' })).toBe(0)
  })

  it('counts what each tab opens, whichever tab is open', async () => {
    const everything = await as(author, (trx) => countInbox(trx, author))
    for (const group of ['overdue', 'today', 'week', 'later'] as const) {
      expect(await as(author, (trx) => countInbox(trx, author, { group }))).toEqual(everything)
      expect((await inbox(author, { group })).rows).toHaveLength(everything[group].n)
    }
  })

  it('filters by the agency whose people elaborate', async () => {
    const line = (await inbox(author)).rows.at(-1)
    const agencyId = await withActor(town.worker, author, async (trx) => {
      const { agency_id } = await trx
        .selectFrom('position')
        .select('agency_id')
        .where('id', '=', author.positionId)
        .executeTakeFirstOrThrow()
      const { step_id, attempt_id } = await trx
        .selectFrom('task')
        .select(['step_id', 'attempt_id'])
        .where('id', '=', line?.id ?? '')
        .executeTakeFirstOrThrow()
      const { entityId: entity_id, personId: person_id, positionId: position_id } = colleague
      await trx
        .insertInto('attempt_author')
        .values({ entity_id, step_id, attempt_id, person_id, position_id })
        .execute()
      return agency_id
    })
    expect((await inbox(author, { agency: agencyId })).rows.map((row) => row.id)).toEqual([line?.id])
    expect((await inbox(author, { agency: newId() })).rows).toEqual([])
  })

  it('sorts by due date, priority or arrival, and a page begins where the last one ended', async () => {
    const second = (await inbox(author)).rows[1]?.id ?? ''
    const rank = (priority: number) =>
      withActor(town.worker, author, (trx) =>
        trx.updateTable('task').set({ priority }).where('id', '=', second).execute(),
      )
    await rank(1)
    const byCycle = Object.fromEntries(cycles.map((cycle, i) => [cycle, i]))
    const shown = async (order: InboxFilters['order']) =>
      (await inbox(author, { order })).rows.map((row) => byCycle[row.cycleId])
    expect(await shown('due')).toEqual([0, 1, 2, 3])
    expect(await shown('priority')).toEqual([1, 0, 2, 3])
    expect(await shown('created')).toEqual([3, 2, 1, 0])
    for (const order of INBOX_ORDERS) {
      const seen: string[] = []
      let cursor: string | null = null
      do {
        const page = await as(author, (trx) => listInbox(trx, author, { order }, cursor, 1))
        seen.push(...page.rows.map((row) => row.id))
        cursor = page.next
      } while (cursor)
      expect(seen, order).toEqual((await inbox(author, { order })).rows.map((row) => row.id))
    }
    expect((await inbox(author, { priority: 'high' })).rows).toMatchObject([{ id: second, priority: 'high' }])
    await rank(3)
  })

  it('does not list a review to whoever elaborated the step', async () => {
    const taskId = await firstTask()
    const hidden = { ...author, duty: 'profesional_sig' }
    await withActor(town.worker, author, async (trx) => {
      const task = await trx
        .updateTable('task')
        .set({ kind: 'review', duty: 'profesional_sig' })
        .where('id', '=', taskId)
        .returningAll()
        .executeTakeFirstOrThrow()
      const { step_id, attempt_id, entity_id } = task
      await trx
        .insertInto('attempt_author')
        .values({ entity_id, step_id, attempt_id, person_id: author.personId, position_id: author.positionId })
        .execute()
    })
    expect((await inbox(hidden)).rows).toEqual([])
    expect((await inbox({ ...hidden, personId: colleague.personId })).rows).toHaveLength(1)
    await expect(as(hidden, (trx) => claimTask(trx, hidden, taskId))).rejects.toMatchObject({ code: 'own_work' })
    await withActor(town.worker, author, (trx) =>
      trx.updateTable('task').set({ kind: 'elaborate', duty: 'profesional_ogac' }).where('id', '=', taskId).execute(),
    )
  })
})

/** As many people who hold the author's position as encargados. */
async function office(size: number): Promise<Claimant[]> {
  return await withActor(town.web, town.admin, async (trx) => {
    const people = Array.from({ length: size }, () => ({ ...author, personId: newId() }))
    const { entityId: entity_id, positionId: position_id } = author
    const rows = people.map(({ personId }, i) => ({
      ...{ id: personId, entity_id, display_name: `Profesional OGAC ${i + 1}`, document_hash: personId },
    }))
    await trx.insertInto('person').values(rows).execute()
    const tenures = people.map(({ personId }) => ({
      ...{ id: newId(), entity_id, person_id: personId, position_id, kind: 'encargado' },
      ...{ from_date: SINCE, to_date: null, act_reference: 'R' },
    }))
    await trx.insertInto('tenure').values(tenures).execute()
    return people
  })
}

describe('a claim', () => {
  it('has one winner among two hundred people at once; the others are told who and since when', async () => {
    const taskId = await firstTask()
    const people = await office(200)
    const answers = await Promise.allSettled(people.map((actor) => as(actor, (trx) => claimTask(trx, actor, taskId))))
    const [line] = (await inbox(author)).rows
    const winner = people[answers.findIndex((answer) => answer.status === 'fulfilled')] ?? author
    expect(line?.claimedById).toBe(winner.personId)
    const lost = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as Refused] : []))
    expect(lost).toHaveLength(199)
    for (const refused of lost) {
      expect(refused).toBeInstanceOf(Refused)
      expect(refused).toMatchObject({
        code: 'claimed_by_other',
        facts: { person: winner.personId, by: line?.claimedBy, at: line?.claimedAt?.toISOString() },
      })
    }
    // A second click of the winner is an answer, at once and without another event.
    await as(winner, (trx) => claimTask(trx, winner, taskId))
    const { rows } = await as(author, (trx) =>
      listTimeline(trx, { kind: 'cycle', id: line?.cycleId ?? '' }, { types: ['task.claimed'] }),
    )
    expect(rows).toHaveLength(1)
    expect((await inbox(winner, { assignee: 'mine' })).rows).toMatchObject([{ id: taskId, why: 'taken' }])
    const loser = people.find((person) => person !== winner) ?? author
    await expect(as(loser, (trx) => releaseTask(trx, loser, taskId))).rejects.toMatchObject({
      code: 'claimed_by_other',
    })
    await as(winner, (trx) => releaseTask(trx, winner, taskId))
    await as(loser, (trx) => claimTask(trx, loser, taskId))
    await as(loser, (trx) => releaseTask(trx, loser, taskId))
  })

  it('of somebody whose tenure ended is free for the next in office', async () => {
    const taskId = await firstTask()
    await as(colleague, (trx) => claimTask(trx, colleague, taskId))
    await expect(as(author, (trx) => claimTask(trx, author, taskId))).rejects.toMatchObject({
      code: 'claimed_by_other',
    })
    const end = { id: colleagueTenure, on: '2026-01-01', actReference: 'R' }
    idOf(await withActor(town.web, town.admin, (trx) => endTenure(trx, town.admin, end)))
    expect((await inbox(author)).rows[0]).toMatchObject({ id: taskId, claimedBy: null, claimedAt: null })
    await as(author, (trx) => claimTask(trx, author, taskId))
    expect((await inbox(author)).rows[0]).toMatchObject({ claimedById: author.personId, why: 'taken' })
  })

  it('on a line of another duty or none is refused', async () => {
    const taskId = await firstTask()
    const other: Claimant = { ...author, ...town.holders.jefatura_ogac }
    await expect(as(other, (trx) => claimTask(trx, other, taskId))).rejects.toMatchObject({ code: 'not_in_charge' })
    await expect(as(other, (trx) => claimTask(trx, other, town.entityId))).rejects.toMatchObject({
      code: 'not_visible',
    })
  })
})
