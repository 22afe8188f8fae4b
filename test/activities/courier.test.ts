import { ApplicationFailure, type Client, WorkflowUpdateFailedError } from '@temporalio/client'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Courier, startCourier } from '../../activities/courier.ts'
import { withEntity } from '../../db/client.ts'
import { openCycle, smallTown, type Town } from '../support/town.ts'

let town: Town
let cycleId: string
let courier: Courier | undefined
let told: number

beforeAll(async () => {
  town = await smallTown()
})
beforeEach(async () => {
  told = 0
  cycleId = await openCycle(town, '2026-03-20T17:00:00.000Z')
  await wish()
})
afterEach(() => courier?.stop())
afterAll(() => town.close())

/** What a change of the calendar writes: this cycle is to read its rows again. */
function wish(): Promise<unknown> {
  return withEntity(town.web, town.entityId, (trx) =>
    trx.updateTable('cycle').set({ refresh_wanted: true }).where('id', '=', cycleId).execute(),
  )
}

async function isWanted(): Promise<boolean | undefined> {
  const cycle = await withEntity(town.worker, town.entityId, (trx) =>
    trx.selectFrom('cycle').select('refresh_wanted').where('id', '=', cycleId).executeTakeFirst(),
  )
  return cycle?.refresh_wanted
}

/** A Temporal that does this the first time it is asked to tell a cycle to read again, and answers every act like this. */
function temporal(first: () => Promise<void>, executeUpdate = async () => {}): Client {
  const signal = async () => {
    told += 1
    if (told === 1) await first()
  }
  const workflow = { start: async () => {}, getHandle: () => ({ signal, executeUpdate }) }
  return { workflow, withDeadline: (_: number, work: () => Promise<unknown>) => work() } as unknown as Client
}

describe('the wish that a cycle reads its rows again', () => {
  it('is kept when it comes again while the last one is told', async () => {
    let again: Promise<unknown> | undefined
    const client = temporal(async () => {
      again = wish()
      // Long enough for the wish to be written, if nothing held it back.
      await Promise.race([again, new Promise((resolve) => setTimeout(resolve, 500))])
    })
    courier = startCourier(town.worker, client, () => {})
    await expect.poll(() => told, { timeout: 10_000 }).toBe(2)
    await again
    await expect.poll(isWanted).toBe(false)
  })

  it('is kept when it could not be told', async () => {
    const errors: unknown[] = []
    const client = temporal(() => Promise.reject(new Error('away')))
    courier = startCourier(town.worker, client, (error) => errors.push(error))
    await expect.poll(() => errors.length, { timeout: 10_000 }).toBe(1)
    await expect.poll(() => told, { timeout: 10_000 }).toBe(2)
    await expect.poll(isWanted).toBe(false)
  })
})

describe('an act that stands recorded', () => {
  it('and is refused when sent again opens one incident, by the courier, and ends confirmed', async () => {
    await withEntity(town.worker, town.entityId, (trx) =>
      trx
        .updateTable('act')
        .set({ sent_at: new Date('2020-01-01T00:00:00Z') })
        .where('cycle_id', '=', cycleId)
        .execute(),
    )
    const refusal = ApplicationFailure.nonRetryable('already_decided', 'already_decided')
    const client = temporal(
      async () => {},
      () => Promise.reject(new WorkflowUpdateFailedError('refused', refusal)),
    )
    courier = startCourier(town.worker, client, () => {})
    const act = () =>
      withEntity(town.worker, town.entityId, (trx) =>
        trx.selectFrom('act').select(['id', 'status']).where('cycle_id', '=', cycleId).executeTakeFirst(),
      )
    await expect.poll(async () => (await act())?.status, { timeout: 10_000 }).toBe('confirmed')
    const opened = await withEntity(town.worker, town.entityId, async (trx) =>
      trx
        .selectFrom('incident')
        .innerJoin('event', 'event.object_id', 'incident.id')
        .select(['incident.kind', 'event.type', 'event.origin'])
        .where('incident.object_id', '=', (await act())?.id ?? '')
        .execute(),
    )
    expect(opened).toEqual([{ kind: 'record_without_workflow', type: 'incident.opened', origin: 'courier' }])
  })
})
