import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { signCorrection, withdrawCorrection } from '../../app/commands/correct-release.server.ts'
import { scheduleRelease } from '../../app/commands/schedule-release.server.ts'
import { withActor, withEntity } from '../../db/client.ts'
import { appNow, moveClock } from '../../db/clock.ts'
import { newId } from '../../db/ids.ts'
import { hashOfRelease, type ReleaseMetadata } from '../../db/releases.ts'
import { correctionWorkflowId, publicationWorkflowId, TASK_QUEUE } from '../../workflows/messages.ts'
import { fastForward } from '../support/temporal.ts'
import { openWorld, type World } from '../support/world.ts'

const DAY = 86_400
const MINUTE = 60_000

let world: World
beforeAll(async () => {
  world = await openWorld({ courier: true })
}, 120_000)
afterAll(async () => await world.close(), 60_000)
afterEach(() => moveClock(0))

/** A release approved already, whose publication begins to run now with the hour it was given. */
async function approvedRelease(publishAt: Date | null): Promise<{ id: string; workflowId: string }> {
  const { id, cycleId, stepVersionId } = await signedRelease(publishAt)
  const workflowId = publicationWorkflowId(stepVersionId)
  const args = [{ entityId: world.entityId, cycleId, stepVersionId }]
  await world.temporal.client.workflow.start('publication', { workflowId, taskQueue: TASK_QUEUE, args })
  return { id, workflowId }
}

/** The row of one whose step 7 stands approved. */
async function signedRelease(publishAt: Date | null) {
  const [id, cycleId, stepVersionId] = [newId(), await world.newCycle(), newId()]
  const { personId } = await world.actor('profesional_ogac')
  await withEntity(world.owner, world.entityId, async (trx) => {
    const step = await trx
      .selectFrom('step')
      .select('id')
      .where('cycle_id', '=', cycleId)
      .where('code', '=', '7')
      .executeTakeFirstOrThrow()
    const attempt = newId()
    const place = { entity_id: world.entityId, cycle_id: cycleId, step_id: step.id }
    await trx
      .insertInto('attempt')
      .values({ ...place, id: attempt, n: 1, form_version: 1, opened_at: appNow() })
      .execute()
    await trx
      .insertInto('step_version')
      .values({
        ...{ ...place, id: stepVersionId, step_code: '7', attempt_id: attempt, n: 1, form_version: 1, answers: '{}' },
        ...{ hash: id, canonical: '{}', snapshot_html: '', built_on: '{}', input_hashes: '[]', authors: '[]' },
        frozen_by: personId,
      })
      .execute()
    await trx.insertInto('dataset').values({ id, entity_id: world.entityId, slug: id, title: 'Conjunto' }).execute()
    await trx
      .insertInto('release')
      .values({
        ...{ id, entity_id: world.entityId, dataset_id: id, cycle_id: cycleId, version: 1, status: 'draft' },
        ...{ metadata: '{"title":"Conjunto"}', change_note: '', snapshot_hash: '', release_hash: id },
        ...{ publish_at: publishAt, approved_at: appNow(), step_version_id: stepVersionId },
      })
      .execute()
  })
  return { id, cycleId, stepVersionId }
}

/** The correction of a published release that two have just signed: nobody has told its workflow yet. */
async function signedCorrection(publishAt: Date | null, hash?: string) {
  const corrected = await signedRelease(null)
  const [id, correctionId] = [newId(), newId()]
  const metadata = { title: 'Conjunto' } as ReleaseMetadata
  const releaseHash = hash ?? hashOfRelease([], metadata)
  const { personId } = await world.actor('profesional_ogac')
  await withEntity(world.owner, world.entityId, async (trx) => {
    const place = { entity_id: world.entityId, cycle_id: corrected.cycleId }
    const published = { status: 'published', published_at: appNow() }
    await trx.updateTable('release').set(published).where('id', '=', corrected.id).execute()
    await trx
      .insertInto('release')
      .values({
        ...{ ...place, id, dataset_id: corrected.id, version: 2, status: 'draft', corrects_id: corrected.id },
        ...{
          metadata: JSON.stringify(metadata),
          change_note: 'Era 2024.',
          snapshot_hash: '',
          release_hash: releaseHash,
        },
        publish_at: publishAt,
      })
      .execute()
    await trx
      .insertInto('correction')
      .values({
        ...{
          ...place,
          id: correctionId,
          corrects_id: corrected.id,
          release_id: id,
          reason: 'El periodo.',
          answers: '{}',
        },
        ...{ authors: [personId], status: 'submitted', submitted_at: appNow() },
      })
      .execute()
  })
  for (const duty of ['jefatura_ogac', 'secretaria_general']) {
    const act = { releaseId: corrected.id, verdict: 'approve' as const, releaseHash, observation: '' }
    await signCorrection(world.context, await world.actor(duty), act)
  }
  const { cycleId } = corrected
  return { id, cycleId, correctedId: corrected.id, workflowId: correctionWorkflowId(correctionId) }
}

const statusOf = (id: string) =>
  withEntity(world.owner, world.entityId, (trx) =>
    trx.selectFrom('release').select(['status', 'published_at']).where('id', '=', id).executeTakeFirstOrThrow(),
  )
const becomes = (id: string, status: string) =>
  expect.poll(async () => (await statusOf(id)).status, { timeout: 20_000 }).toBe(status)

const schedule = async (releaseId: string, hour: Date | 'now' | null) =>
  scheduleRelease(world.context, await world.actor('secretaria_general'), { releaseId, hour })

const eventsOf = (id: string) =>
  withEntity(world.owner, world.entityId, async (trx) => {
    const rows = await trx.selectFrom('event').select('type').where('object_id', '=', id).orderBy('at').execute()
    return rows.map((row) => row.type)
  })

/** Both clocks pass together: the workflow's by its timers, the record's by the offset of this process. */
async function pass(workflowId: string, seconds: number): Promise<void> {
  moveClock(seconds * 1000)
  await fastForward(world.temporal.client, workflowId, seconds)
}

describe('a release with an hour', () => {
  it('waits ten days by a durable timer and is public at the minute, not before', async () => {
    const at = new Date(Math.ceil(appNow().getTime() / MINUTE) * MINUTE + 10 * DAY * 1000)
    const { id, workflowId } = await approvedRelease(at)
    await becomes(id, 'scheduled')
    await pass(workflowId, 10 * DAY - 300)
    expect((await statusOf(id)).status).toBe('scheduled')
    await pass(workflowId, 10 * DAY + 120)
    await becomes(id, 'published')
    const { published_at } = await statusOf(id)
    expect(published_at?.getTime()).toBeGreaterThanOrEqual(at.getTime())
    expect(await eventsOf(id)).toEqual(['release.scheduled', 'release.published'])
  })

  it('is moved and cancelled until then, each an event; cancelled it waits until somebody gives it an hour', async () => {
    const { id, workflowId } = await approvedRelease(new Date(appNow().getTime() + 2 * DAY * 1000))
    await becomes(id, 'scheduled')
    await schedule(id, new Date(appNow().getTime() + 20 * DAY * 1000))
    await schedule(id, null)
    await becomes(id, 'draft')
    await sleep(2_500)
    await pass(workflowId, 30 * DAY)
    expect((await statusOf(id)).status).toBe('draft')
    moveClock(0)
    await schedule(id, 'now')
    await becomes(id, 'published')
    expect(await eventsOf(id)).toEqual([
      ...['release.scheduled', 'release.scheduled', 'release.unscheduled', 'release.scheduled', 'release.published'],
    ])
    await expect(schedule(id, null)).rejects.toMatchObject({ code: 'out_of_date' })
  })

  it('is published by the clock of the record: a timer that fires early waits on', async () => {
    const { id, workflowId } = await approvedRelease(new Date(appNow().getTime() + 3 * DAY * 1000))
    await becomes(id, 'scheduled')
    // The workflow's clock passes three days, the record's stays.
    await fastForward(world.temporal.client, workflowId, 3 * DAY + 60)
    await sleep(1_000)
    expect((await statusOf(id)).status).toBe('scheduled')
    await pass(workflowId, 3 * DAY + 600)
    await becomes(id, 'published')
  })

  it('is given its hour only by whoever publishes, with a recent proof', async () => {
    const { id } = await approvedRelease(new Date(appNow().getTime() + DAY * 1000))
    await becomes(id, 'scheduled')
    const head = await world.actor('jefatura_ogac')
    await expect(scheduleRelease(world.context, head, { releaseId: id, hour: null })).rejects.toMatchObject({
      code: 'not_in_charge',
    })
    const stale = { ...(await world.actor('secretaria_general')), provedAt: new Date(0) }
    await expect(scheduleRelease(world.context, stale, { releaseId: id, hour: null })).rejects.toMatchObject({
      code: 'proof_expired',
    })
    // Beyond CASL, the web role can neither publish nor approve a release.
    const write = (set: Record<string, unknown>) =>
      withActor(world.context.db, head, (trx) => trx.updateTable('release').set(set).where('id', '=', id).execute())
    await expect(write({ status: 'published' })).rejects.toThrow()
    await expect(write({ approved_at: null })).rejects.toThrow('only the worker')
    await expect(write({ change_note: 'otra' })).rejects.toThrow('never rewritten')
  })
})

describe('a signed correction', () => {
  it('is taken to the public by the courier at its hour, and what it corrects stays, marked', async () => {
    const { id, correctedId, workflowId } = await signedCorrection(new Date(appNow().getTime() + 2 * DAY * 1000))
    await becomes(id, 'scheduled')
    expect((await statusOf(correctedId)).status).toBe('published')
    await pass(workflowId, 2 * DAY + 120)
    await becomes(id, 'published')
    expect((await statusOf(correctedId)).status).toBe('corrected')
    expect(await eventsOf(id)).toEqual(['release.scheduled', 'release.published'])
    expect(await eventsOf(correctedId)).toEqual(['release.corrected'])
    expect((await world.temporal.client.workflow.getHandle(workflowId).describe()).status.name).toBe('COMPLETED')
  })

  it('taken back while it waits ends its workflow at once: it is never public, and nothing went wrong', async () => {
    const { id, cycleId, correctedId, workflowId } = await signedCorrection(
      new Date(appNow().getTime() + 2 * DAY * 1000),
    )
    await becomes(id, 'scheduled')
    const reason = 'El periodo que se corrigió era el bueno.'
    await withdrawCorrection(world.context, await world.actor('profesional_ogac'), { releaseId: correctedId, reason })
    const running = world.temporal.client.workflow.getHandle(workflowId)
    await expect.poll(async () => (await running.describe()).status.name, { timeout: 20_000 }).toBe('COMPLETED')
    moveClock(3 * DAY * 1000)
    await sleep(1_000)
    expect([(await statusOf(id)).status, (await statusOf(correctedId)).status]).toEqual(['recalled', 'published'])
    expect(await eventsOf(id)).toEqual(['release.scheduled'])
    expect(await eventsOf(correctedId)).toEqual([])
    const incidents = await withEntity(world.owner, world.entityId, (trx) =>
      trx.selectFrom('incident').select('kind').where('object_id', '=', cycleId).execute(),
    )
    expect(incidents).toEqual([])
  })

  it('hears of an hour that is moved, and goes out once', async () => {
    const { id } = await signedCorrection(new Date(appNow().getTime() + 2 * DAY * 1000))
    await becomes(id, 'scheduled')
    await schedule(id, 'now')
    await becomes(id, 'published')
    expect((await eventsOf(id)).filter((type) => type === 'release.published')).toHaveLength(1)
  })
  it('whose files are not the signed ones is held with its reason, and what it corrects can be corrected again', async () => {
    const { id, correctedId, workflowId } = await signedCorrection(null, 'f'.repeat(64))
    await becomes(id, 'held')
    expect((await statusOf(correctedId)).status).toBe('published')
    expect(await eventsOf(id)).toEqual(['release.held'])
    const running = world.temporal.client.workflow.getHandle(workflowId)
    await expect.poll(async () => (await running.describe()).status.name, { timeout: 20_000 }).toBe('FAILED')
    const { reasons, corrections } = await withEntity(world.owner, world.entityId, async (trx) => ({
      reasons: await trx.selectFrom('release').select('held_reason').where('id', '=', id).execute(),
      corrections: await trx.selectFrom('correction').select('status').where('release_id', '=', id).execute(),
    }))
    expect([reasons, corrections]).toEqual([[{ held_reason: 'release_differs' }], [{ status: 'held' }]])
  })
})
