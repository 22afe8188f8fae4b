import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listControlStandings, listControlsInRed, listRuns } from '../../db/check-pages.ts'
import { findLastResult, listLeftOfRound, type Outcome, openRound, recordRun } from '../../db/check-runs.ts'
import { type Trx, withActor, withEntity } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import type { ControlId } from '../../domain/controls.ts'
import { rowsOf } from '../support/database.ts'
import { smallTown, type Town } from '../support/town.ts'

const CONTROL = 'reminder_untold'
const startedAt = new Date(0)
const GREEN: Outcome = { startedAt, examination: { lookedAt: 12, found: 0, violations: [] } }
const RED: Outcome = {
  startedAt,
  examination: {
    lookedAt: 12,
    found: 1,
    violations: [{ kind: 'none', id: newId(), place: null, label: 'expiry', reason: 'not_told' }],
  },
}
const NOT_DONE: Outcome = { startedAt, failureCode: 'not_carried_out' }

let town: Town
beforeAll(async () => {
  town = await smallTown()
})
afterAll(() => town?.close())

const work = <T>(does: (trx: Trx) => Promise<T>) => withEntity(town.worker, town.entityId, does)

async function round(controls: ControlId[] = [CONTROL]): Promise<string> {
  const id = newId()
  await work((trx) => openRound(trx, { id, entityId: town.entityId, controls, by: null }))
  return id
}

async function run(outcome: Outcome) {
  const key = { entityId: town.entityId, roundId: await round(), control: CONTROL } as const
  return await work((trx) => recordRun(trx, key, outcome))
}

const incidents = () =>
  rowsOf<{ id: string; closed: boolean; run: string | null }>(
    town.database.ownerUrl,
    'select id, closed_at is not null as closed, closed_run as run from incident where control = $1 order by opened_at',
    [CONTROL],
  )
const eventsOf = async (objectId: string) =>
  (
    await rowsOf<{ type: string }>(town.database.ownerUrl, 'select type from event where object_id = $1 order by at', [
      objectId,
    ])
  ).map(({ type }) => type)

describe('a control in red', () => {
  it('has one incident open however often it fails, which the next green closes, each with its event', async () => {
    const [first, second, third] = [await run(RED), await run(RED), await run(NOT_DONE)]
    expect([first?.opened !== null, second?.opened, third?.opened]).toEqual([true, null, null])
    expect(await incidents()).toHaveLength(1)
    const red = await work((trx) => listControlsInRed(trx, town.entityId))
    expect(red.map(({ control }) => control)).toEqual([CONTROL])
    await run(GREEN)
    const [incident] = await incidents()
    expect(incident).toMatchObject({ closed: true })
    expect(incident?.run).toBe((await work((trx) => findLastResult(trx, town.entityId, CONTROL)))?.runId)
    expect(await eventsOf(incident?.id ?? '')).toEqual(['incident.opened', 'incident.resolved'])
    expect(await work((trx) => listControlsInRed(trx, town.entityId))).toEqual([])
    await run(RED)
    expect((await incidents()).map(({ closed }) => closed)).toEqual([true, false])
    await run(GREEN)
  })

  it('keeps what it looked at with its hash and one event for each run', async () => {
    const finished = await run(RED)
    const last = await work((trx) => findLastResult(trx, town.entityId, CONTROL))
    expect([finished?.result, last?.result]).toEqual(['failed', 'failed'])
    expect(last?.contentHash).toMatch(/^[0-9a-f]{64}$/)
    expect(await eventsOf(last?.runId ?? '')).toEqual(['check.failed'])
    await run(GREEN)
  })
})

describe('a run', () => {
  it('is recorded once, however often its worker says so', async () => {
    const key = { entityId: town.entityId, roundId: await round(), control: CONTROL } as const
    const both = [await work((trx) => recordRun(trx, key, GREEN)), await work((trx) => recordRun(trx, key, RED))]
    expect(both.map((one) => one?.result)).toEqual(['passed', undefined])
  })

  it('that two rounds do at once opens one incident', async () => {
    const finished = await Promise.all([run(RED), run(RED), run(RED)])
    expect(finished.filter((one) => one?.opened)).toHaveLength(1)
    await run(GREEN)
  })

  it('is never written, changed or taken away by the web', async () => {
    const roundId = await round()
    const { admin } = town
    const asWeb = (does: (trx: Trx) => Promise<unknown>) => withActor(town.web, admin, does)
    const forged = { id: newId(), entity_id: town.entityId, round_id: roundId, control: 'x', result: 'passed' }
    const finished = { ...forged, finished_at: new Date(), started_at: new Date(), content_hash: 'a'.repeat(64) }
    await expect(asWeb((trx) => trx.insertInto('automatic_check_run').values(finished).execute())).rejects.toThrow(
      /row-level security/,
    )
    const change = (trx: Trx) => trx.updateTable('automatic_check_run').set({ found: 0 }).execute()
    await expect(asWeb(change)).rejects.toThrow(/permission denied/)
    await expect(work((trx) => trx.deleteFrom('automatic_check_run').execute())).rejects.toThrow(/permission denied/)
    await work((trx) => recordRun(trx, { entityId: town.entityId, roundId, control: CONTROL }, GREEN))
  })
})

describe('a round', () => {
  it('says what is left of it in the order of the list, and is opened once', async () => {
    const id = await round(['backup_restorable', 'access_unreviewed'])
    await work((trx) => openRound(trx, { id, entityId: town.entityId, controls: [CONTROL], by: null }))
    expect(await work((trx) => listLeftOfRound(trx, id))).toEqual(['access_unreviewed', 'backup_restorable'])
    const standing = await work((trx) => listControlStandings(trx, town.entityId))
    expect(standing.find(({ control }) => control === 'access_unreviewed')?.state).toBe('running')
  })

  it('is of one municipality: another sees neither its runs nor its incidents', async () => {
    const elsewhere = { ...town.admin, entityId: newId() }
    const seen = await withActor(town.web, elsewhere, async (trx) => [
      ...(await listRuns(trx, town.entityId, CONTROL)).rows,
      ...(await listControlStandings(trx, town.entityId)),
    ])
    expect(seen).toEqual([])
  })
})
