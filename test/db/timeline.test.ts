import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventSentence } from '../../app/text/events.ts'
import { recordEvents } from '../../db/audit.ts'
import { withActor } from '../../db/client.ts'
import { findTimelineChoices, listTimeline, type TimelineEntry } from '../../db/timeline.ts'
import { addDays, bogotaDate } from '../../domain/civil-dates.ts'
import { openCycle, smallTown, type Town } from '../support/town.ts'

/** The shape of ours, but no instant and no id. */
const CROOKED = Buffer.from('["2026-99-99 10:00","x"]').toString('base64url')

let town: Town
let cycleId: string
beforeAll(async () => {
  town = await smallTown()
  cycleId = await openCycle(town, '2026-03-20T17:00:00.000Z')
})
afterAll(() => town.close())

describe('the timeline of a cycle', () => {
  it('tells every event once, newest first, also those of the same instant', async () => {
    const { entityId } = town
    const event = { entityId, type: 'draft.saved', objectId: entityId, cycleId, stepCode: '1', origin: 'web' } as const
    await withActor(town.web, town.admin, (trx) => recordEvents(trx, Array(7).fill(event)))
    const seen: TimelineEntry[] = []
    let cursor: string | null = null
    do {
      const page = await withActor(town.web, town.admin, (trx) =>
        listTimeline(trx, { kind: 'cycle', id: cycleId }, { cursor, limit: 2 }),
      )
      seen.push(...page.rows)
      cursor = page.next
    } while (cursor)
    expect(new Set(seen.map((one) => one.id)).size).toBe(seen.length)
    expect(seen.map((one) => one.type)).toEqual([...Array(7).fill('draft.saved'), 'step.opened', 'cycle.started'])
    expect(new Set(seen.map((one) => one.cycleId))).toEqual(new Set([cycleId]))
    expect(seen.every((one) => one.cycleName)).toBe(true)
    expect(seen.map(eventSentence).slice(-2)).toEqual(['Se abrió el paso 1.', 'jefatura_ogac inició el ejercicio.'])
  })

  it('filters by step and type, and a foreign cursor begins at the first page', async () => {
    const list = (options: Parameters<typeof listTimeline>[2]) =>
      withActor(town.web, town.admin, (trx) => listTimeline(trx, { kind: 'cycle', id: cycleId }, options))
    expect((await list({ stepCode: '2' })).rows).toEqual([])
    expect((await list({ types: ['cycle.started'] })).rows).toHaveLength(1)
    expect((await list({ kind: 'drafts' })).rows).toHaveLength(7)
    expect((await list({ kind: 'drafts', types: ['cycle.started'] })).rows).toEqual([])
    const first = (await list({ limit: 1 })).rows[0]?.id
    for (const cursor of ['x', 'W10', Buffer.from('["a\\u0000","b"]').toString('base64url'), CROOKED])
      expect((await list({ limit: 1, cursor })).rows[0]?.id).toBe(first)
  })

  it('filters by who acted and by day, and offers those who did', async () => {
    const list = (options: Parameters<typeof listTimeline>[2]) =>
      withActor(town.web, town.admin, (trx) => listTimeline(trx, { kind: 'cycle', id: cycleId }, options))
    const actors = await withActor(town.web, town.admin, (trx) =>
      findTimelineChoices(trx, { kind: 'cycle', id: cycleId }),
    )
    expect(actors.people.map(({ name }) => name)).toEqual(['jefatura_ogac'])
    expect(actors.positions).toHaveLength(1)
    const [person, position] = [actors.people[0]?.id, actors.positions[0]?.id]
    expect((await list({ personId: person, positionId: position })).rows.map(({ type }) => type)).toEqual([
      'cycle.started',
    ])
    expect((await list({ personId: position })).rows).toEqual([])
    const day = bogotaDate((await list({ limit: 1 })).rows[0]?.at ?? '')
    expect((await list({ from: day, to: day })).rows).toHaveLength(9)
    expect((await list({ from: addDays(day, 1) })).rows).toEqual([])
    expect((await list({ to: addDays(day, -1) })).rows).toEqual([])
  })

  it('of one entity is empty for another', async () => {
    const other = { entityId: '00000000-0000-7000-8000-000000000000', personId: null }
    expect((await withActor(town.web, other, (trx) => listTimeline(trx, { kind: 'cycle', id: cycleId }))).rows).toEqual(
      [],
    )
  })
})
