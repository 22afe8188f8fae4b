import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cancelCycle } from '../../app/commands/cancel-cycle.server.ts'
import { decideStep } from '../../app/commands/decide-step.server.ts'
import { withdrawStep } from '../../app/commands/submit-step.server.ts'
import { withoutEntity } from '../../db/client.ts'
import { stepOf } from '../../domain/cycle-state.ts'
import { complete, elaborate, eventTypes, openWorld, reopen, verdict, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
}, 120_000)
afterAll(async () => await world.close(), 60_000)

const statusOf = async (cycleId: string, code: '1' | '2' = '1') =>
  stepOf((await world.cycle(cycleId)).state, code).status

describe('a step of the procedure', () => {
  it('travels from its opening to its approval, with signatures, tasks and one event for each act', async () => {
    const cycleId = await world.newCycle()
    expect(await statusOf(cycleId)).toBe('in_progress')
    await complete(world, cycleId, '1')
    expect(await statusOf(cycleId)).toBe('approved')
    await expect.poll(() => statusOf(cycleId, '2'), { timeout: 10_000 }).toBe('in_progress')
    const signatures = await withoutEntity(world.owner, (trx) =>
      trx
        .selectFrom('signature')
        .select(['role', 'position_name'])
        .where('cycle_id', '=', cycleId)
        .orderBy('signed_at')
        .execute(),
    )
    expect(signatures).toEqual([
      { role: 'author', position_name: 'Profesional OGAC' },
      { role: 'reviewer', position_name: 'Profesional SIG' },
      { role: 'approver', position_name: 'Jefatura OGAC' },
    ])
    expect(await eventTypes(world, cycleId)).toEqual([
      'cycle.requested',
      'cycle.started',
      'step.opened',
      'draft.saved',
      'step.submitted',
      'step.reviewed',
      'step.signed',
      'step.approved',
      'step.opened',
    ])
  })

  it('answers the same receipt when the same form arrives twice, at once or later', async () => {
    const cycleId = await world.newCycle()
    await elaborate(world, cycleId, '1')
    const receipts = await Promise.all(
      Array.from({ length: 10 }, () => verdict(world, cycleId, '1', 'profesional_sig', 'reviewer')),
    )
    expect(new Set(receipts.map((receipt) => receipt.receiptCode)).size).toBe(1)
    const types = await eventTypes(world, cycleId)
    expect(types.filter((type) => type === 'step.reviewed')).toHaveLength(1)
    expect(types).not.toContain('act.refused')
  })

  it('goes back with observations, is corrected and approved', async () => {
    const cycleId = await world.newCycle()
    await elaborate(world, cycleId, '1')
    await verdict(world, cycleId, '1', 'profesional_sig', 'reviewer', 'return')
    expect(await statusOf(cycleId)).toBe('returned')
    await complete(world, cycleId, '1', 'corregido')
    expect(await statusOf(cycleId)).toBe('approved')
  })

  it('can be withdrawn by its author and submitted again, as another version with the same hash', async () => {
    const cycleId = await world.newCycle()
    const first = await elaborate(world, cycleId, '1')
    const { version } = stepOf((await world.cycle(cycleId)).state, '1')
    await withdrawStep(world.context, await world.actor('profesional_ogac'), {
      cycleId,
      stepCode: '1',
      versionId: version?.id ?? '',
      reason: 'Corrijo un dato.',
    })
    expect(await statusOf(cycleId)).toBe('in_progress')
    expect(await elaborate(world, cycleId, '1')).toBe(first)
    expect(stepOf((await world.cycle(cycleId)).state, '1').version?.id).not.toBe(version?.id)
  })

  it('is reopened, and what it made lapse is restored by the equal content', async () => {
    const cycleId = await world.newCycle()
    await complete(world, cycleId, '1')
    await expect.poll(() => statusOf(cycleId, '2'), { timeout: 10_000 }).toBe('in_progress')
    await complete(world, cycleId, '2')
    await reopen(world, cycleId, '1')
    expect([await statusOf(cycleId), await statusOf(cycleId, '2')]).toEqual(['in_progress', 'lapsed'])
    await complete(world, cycleId, '1')
    expect([await statusOf(cycleId), await statusOf(cycleId, '2')]).toEqual(['approved', 'approved'])
    expect(await eventTypes(world, cycleId)).toEqual(
      expect.arrayContaining(['reopening.asked', 'reopening.granted', 'step.lapsed', 'step.restored']),
    )
  })

  it('lapses for good when the earlier step comes back with other content', async () => {
    const cycleId = await world.newCycle()
    await complete(world, cycleId, '1')
    await expect.poll(() => statusOf(cycleId, '2'), { timeout: 10_000 }).toBe('in_progress')
    await complete(world, cycleId, '2')
    await reopen(world, cycleId, '1')
    await complete(world, cycleId, '1', 'otro')
    await expect.poll(() => statusOf(cycleId, '2'), { timeout: 10_000 }).toBe('in_progress')
  })
})

describe('a refusal', () => {
  it('leaves one event with its reason, and nothing else', async () => {
    const cycleId = await world.newCycle()
    await elaborate(world, cycleId, '1')
    await expect(verdict(world, cycleId, '1', 'jefatura_ogac', 'approver')).rejects.toMatchObject({
      code: 'not_your_turn',
      status: 409,
    })
    await expect(verdict(world, cycleId, '1', 'profesional_tic', 'reviewer')).rejects.toMatchObject({
      code: 'not_in_charge',
      status: 403,
    })
    const refusals = (await eventTypes(world, cycleId)).filter((type) => type === 'act.refused')
    expect(refusals).toHaveLength(2)
    expect(await statusOf(cycleId)).toBe('in_review')
  })

  it('names who decided when somebody was faster', async () => {
    const cycleId = await world.newCycle()
    await complete(world, cycleId, '1')
    const { version } = stepOf((await world.cycle(cycleId)).state, '1')
    const late = decideStep(world.context, await world.actor('profesional_sig'), {
      ...{
        cycleId,
        stepCode: '1',
        versionId: version?.id ?? '',
        contentHash: version?.hash ?? '',
        verdict: 'return',
        role: 'reviewer',
      },
      observations: [{ section: 'objetivos', body: 'Tarde.' }],
    })
    await expect(late).rejects.toMatchObject({ code: 'already_decided', facts: { by: 'Jefatura OGAC' } })
  })

  it('keeps people of another municipality from knowing that the cycle exists', async () => {
    const cycleId = await world.newCycle()
    const stranger = await world.actor('jefatura_ogac', 'cali')
    await expect(cancelCycle(world.context, stranger, { cycleId, reason: 'No es mío.' })).rejects.toMatchObject({
      code: 'not_visible',
      status: 404,
    })
  })
})

describe('a cycle', () => {
  it('is cancelled with its reason, and takes no more decisions', async () => {
    const cycleId = await world.newCycle()
    await cancelCycle(world.context, await world.actor('jefatura_ogac'), { cycleId, reason: 'Se abrió por error.' })
    expect((await world.cycle(cycleId)).state.status).toBe('cancelled')
    expect(await eventTypes(world, cycleId)).toContain('cycle.cancelled')
    await expect(verdict(world, cycleId, '1', 'profesional_sig', 'reviewer')).rejects.toMatchObject({
      code: 'cycle_over',
    })
  })
})
