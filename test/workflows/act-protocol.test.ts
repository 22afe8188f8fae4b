/** The corners of model.md §3 that no happy path turns: a record ahead of its workflow, the same form again, two at once. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startCourier } from '../../activities/courier.ts'
import { recordDecision } from '../../activities/record-decision.ts'
import { cancelCycle } from '../../app/commands/cancel-cycle.server.ts'
import { decideStep, type StepDecision } from '../../app/commands/decide-step.server.ts'
import { askToReopen } from '../../app/commands/reopen-step.server.ts'
import { saveDraft } from '../../app/commands/save-draft.server.ts'
import { startCycle } from '../../app/commands/start-cycle.server.ts'
import { submitStep, withdrawStep } from '../../app/commands/submit-step.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { completeAnswers } from '../../catalog/demo/answers.ts'
import { requireAct } from '../../db/acts.ts'
import { type Database, openDatabase, type Trx, withActor, withEntity, withoutEntity } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { newId } from '../../db/ids.ts'
import { decisionOf, parcelOf } from '../../db/open-acts.ts'
import { roleUrl } from '../../db/roles.ts'
import { findStepContext } from '../../db/step-context.ts'
import { stepOf } from '../../domain/cycle-state.ts'
import type { StepCode } from '../../domain/procedures.ts'
import { deliver } from '../../workflows/delivery.ts'
import { TEST_SECRET } from '../support/services.ts'
import { complete, elaborate, openWorld, reopen, verdict, type World } from '../support/world.ts'

let world: World
let worker: Database
beforeAll(async () => {
  world = await openWorld()
  worker = openDatabase(roleUrl(world.ownerUrl, TEST_SECRET, 'worker'), { max: 4 })
}, 120_000)
afterAll(async () => {
  await worker?.close()
  await world?.close()
}, 60_000)

const asOwner = <T>(work: (trx: Trx) => Promise<T>) => withoutEntity(world.owner, work)
const statusOf = async (cycleId: string, code: StepCode) => stepOf((await world.cycle(cycleId)).state, code).status
const untilOpen = (cycleId: string, code: StepCode) =>
  expect.poll(() => statusOf(cycleId, code), { timeout: 10_000 }).toBe('in_progress')

/** The web while Temporal cannot be reached: acts are stored and nothing is sent. */
function cutOff(): AppContext {
  const away = { withDeadline: () => Promise.reject(new Error('nobody answers')) }
  return { ...world.context, temporal: away as unknown as AppContext['temporal'] }
}

/** The record transaction alone, as when everything died between its commit and the answer: rows ahead of the workflow. */
async function recordUnheard(actId: string): Promise<void> {
  const decision = await withEntity(worker, world.entityId, async (trx) => {
    return await decisionOf(trx, await requireAct(trx, actId))
  })
  const tools = { database: worker } as Parameters<typeof recordDecision>[0]
  await recordDecision(tools, { entityId: world.entityId, decision, now: new Date(0).toISOString() })
}

async function save(actor: Actor, cycleId: string, code: StepCode): Promise<number> {
  const step = await withActor(world.context.db, actor, (trx) => findStepContext(trx, cycleId, code))
  const draft = { cycleId, stepCode: code, rev: step?.draft.rev ?? 0, answers: completeAnswers(code) }
  const saved = await saveDraft(world.context, actor, draft)
  if (!saved.saved) throw new Error('the draft was not saved')
  return saved.rev
}

const actOf = (id: string) =>
  asOwner((trx) =>
    trx.selectFrom('act').select(['status', 'reason_code', 'body_hash']).where('id', '=', id).executeTakeFirst(),
  )
const incidents = () => asOwner((trx) => trx.selectFrom('incident').select(['kind', 'object_id']).execute())
const eventsOf = (actId: string) =>
  asOwner((trx) => trx.selectFrom('event').select(['type', 'changes']).where('act_id', '=', actId).execute())

describe('a record its workflow has not heard of', () => {
  it('is told to the workflow before an act that builds on it, by the web', async () => {
    const cycleId = await world.newCycle()
    await untilOpen(cycleId, '1')
    const author = await world.actor('profesional_ogac')
    const draftRev = await save(author, cycleId, '1')
    const { actId } = await submitStep(cutOff(), author, { cycleId, stepCode: '1', draftRev })
    await recordUnheard(actId)
    const review = await verdict(world, cycleId, '1', 'profesional_sig', 'reviewer')
    expect(review.settled).toBe(true)
    expect(await statusOf(cycleId, '1')).toBe('in_approval')
  })

  it('goes first with the courier too, even when it was sent a moment ago', async () => {
    const cycleId = await world.newCycle()
    await untilOpen(cycleId, '1')
    const author = await world.actor('profesional_ogac')
    const draftRev = await save(author, cycleId, '1')
    const submission = await submitStep(cutOff(), author, { cycleId, stepCode: '1', draftRev })
    await recordUnheard(submission.actId)
    const away = { ...world, context: cutOff() }
    const review = await verdict(away, cycleId, '1', 'profesional_sig', 'reviewer')
    expect(review.settled).toBe(false)
    await asOwner((trx) =>
      trx
        .updateTable('act')
        .set({ sent_at: new Date('2020-01-01T00:00:00Z') })
        .where('id', '=', review.actId)
        .execute(),
    )
    await withCourier(async () => {
      await expect.poll(async () => (await actOf(review.actId))?.status, { timeout: 15_000 }).toBe('confirmed')
    })
    expect((await actOf(submission.actId))?.status).toBe('confirmed')
    expect(await incidents()).toEqual([])
  })

  it('is no incident when another act made the workflow read the rows before it was told', async () => {
    const cycleId = await world.newCycle()
    await untilOpen(cycleId, '1')
    await complete(world, cycleId, '1')
    await untilOpen(cycleId, '2')
    const author = await world.actor('profesional_ogac')
    const draftRev = await save(author, cycleId, '2')
    const submission = await submitStep(cutOff(), author, { cycleId, stepCode: '2', draftRev })
    const question = { cycleId, stepCode: '1', reason: 'Falta un dato.' } as const
    const asked = await askToReopen(cutOff(), author, question)
    await recordUnheard(submission.actId)
    // The request overtakes the submission on the wire.
    const parcel = await withEntity(worker, world.entityId, async (trx) => {
      return await parcelOf(trx, await requireAct(trx, asked.actId))
    })
    expect(await deliver(world.temporal.client, parcel, 10_000)).toEqual({ outcome: 'done' })
    await asOwner((trx) => trx.updateTable('act').set({ sent_at: null }).where('id', '=', submission.actId).execute())
    await withCourier(async () => {
      await expect.poll(async () => (await actOf(submission.actId))?.status, { timeout: 15_000 }).toBe('confirmed')
    })
    expect(await incidents()).toEqual([])
  })
})

async function withCourier(work: () => Promise<void>): Promise<void> {
  const courier = startCourier(worker, world.temporal.client, () => {})
  try {
    await work()
  } finally {
    await courier.stop()
  }
}

describe('the same form', () => {
  it('sent ten times at once asks for one cycle, with one event; another form with that number is refused', async () => {
    const actor = await world.actor('jefatura_ogac')
    const procedure = await asOwner((trx) =>
      trx
        .selectFrom('procedure_version')
        .select('id')
        .where('entity_id', '=', world.entityId)
        .executeTakeFirstOrThrow(),
    )
    const request = {
      ...{ procedureVersionId: procedure.id, vigencia: 2026, name: 'Ejercicio de prueba', trd: '100.10' },
      ...{ radicado: `R-${newId()}`, formKey: newId() },
    }
    const receipts = await Promise.all(Array.from({ length: 10 }, () => startCycle(world.context, actor, request)))
    expect(new Set(receipts.map((receipt) => receipt.receiptCode)).size).toBe(1)
    const [receipt] = receipts
    const types = (await eventsOf(receipt?.actId ?? '')).map((event) => event.type)
    expect(types.sort()).toEqual(['cycle.requested', 'cycle.started'])
    const other = (formKey: string) => startCycle(world.context, actor, { ...request, formKey })
    await expect(other(newId())).rejects.toMatchObject({ code: 'cycle_exists', status: 409 })
    const changed = startCycle(world.context, actor, { ...request, name: 'Otro nombre' })
    await expect(changed).rejects.toMatchObject({ code: 'body_differs', status: 422 })
    // A start that was refused does not use its number up.
    await asOwner((trx) =>
      trx
        .updateTable('cycle')
        .set({ status: 'refused' })
        .where('id', '=', receipt?.cycleId ?? '')
        .execute(),
    )
    expect((await other(newId())).settled).toBe(true)
  })

  it('of a withdrawal is the same act also after the step was submitted again', async () => {
    const cycleId = await world.newCycle()
    await untilOpen(cycleId, '1')
    await elaborate(world, cycleId, '1')
    const { version } = stepOf((await world.cycle(cycleId)).state, '1')
    const author = await world.actor('profesional_ogac')
    const form = { cycleId, stepCode: '1', versionId: version?.id ?? '', reason: 'Corrijo un dato.' } as const
    const first = await withdrawStep(world.context, author, form)
    await elaborate(world, cycleId, '1')
    expect(await withdrawStep(world.context, author, form)).toEqual(first)
    expect(await statusOf(cycleId, '1')).toBe('in_review')
  })
})

describe('what is signed', () => {
  it('is exactly the content of model.md §2, hashed over its canonical form', async () => {
    const cycleId = await world.newCycle()
    await untilOpen(cycleId, '1')
    await complete(world, cycleId, '1')
    await untilOpen(cycleId, '2')
    const hash = await elaborate(world, cycleId, '2')
    const [one, two] = await asOwner((trx) =>
      trx
        .selectFrom('step_version')
        .select(['hash', 'canonical', 'built_on'])
        .where('cycle_id', '=', cycleId)
        .orderBy('step_code')
        .execute(),
    )
    expect(two?.hash).toBe(hash)
    expect(createHash('sha256').update(String(two?.canonical)).digest('hex')).toBe(hash)
    const content = JSON.parse(String(two?.canonical))
    expect(Object.keys(content)).toEqual([
      ...['answers', 'builtOn', 'cycle', 'entity', 'files', 'form', 'procedure', 'procedureHash'],
      ...['schema', 'snapshots', 'step', 'variables'],
    ])
    expect(content).toMatchObject({ cycle: cycleId, entity: world.entityId, step: '2', builtOn: { 1: one?.hash } })
  })

  it('makes whoever submits an author, also when another person typed it all', async () => {
    const cycleId = await world.newCycle()
    await untilOpen(cycleId, '1')
    const author = await world.actor('profesional_ogac')
    const reviewer = await world.actor('profesional_sig')
    const draftRev = await save(author, cycleId, '1')
    const acting = { ...reviewer, position: author.position }
    const tenure = {
      ...{ id: newId(), entity_id: world.entityId, person_id: reviewer.personId, position_id: author.position.id },
      ...{ kind: 'encargado', from_date: '2026-01-01', act_reference: 'Resolución 1' },
    }
    await asOwner((trx) => trx.insertInto('tenure').values(tenure).execute())
    await submitStep(world.context, acting, { cycleId, stepCode: '1', draftRev })
    await asOwner((trx) => trx.deleteFrom('tenure').where('id', '=', tenure.id).execute())
    const { authors } = stepOf((await world.cycle(cycleId)).state, '1')
    expect(authors.sort()).toEqual([author.personId, reviewer.personId].sort())
    await expect(verdict(world, cycleId, '1', 'profesional_sig', 'reviewer')).rejects.toMatchObject({
      code: 'own_work',
      status: 403,
    })
  })

  it('leaves in the event the hash of what was typed, never the text', async () => {
    const cycleId = await world.newCycle()
    await untilOpen(cycleId, '1')
    await elaborate(world, cycleId, '1')
    const returned = await verdict(world, cycleId, '1', 'profesional_sig', 'reviewer', 'return')
    const head = await world.actor('jefatura_ogac')
    const cancelled = await cancelCycle(world.context, head, { cycleId, reason: 'Se abrió por error.' })
    for (const [actId, type] of [
      [returned.actId, 'step.returned'],
      [cancelled.actId, 'cycle.cancelled'],
    ] as const) {
      const event = (await eventsOf(actId)).find((one) => one.type === type)
      const after = (await actOf(actId))?.body_hash
      expect(event?.changes).toContainEqual({ field: 'body_hash', before: null, after })
    }
  })
})

describe('a signature', () => {
  it('asks for the password again after five minutes, whoever calls', async () => {
    const cycleId = await world.newCycle()
    await untilOpen(cycleId, '1')
    await elaborate(world, cycleId, '1')
    const { version } = stepOf((await world.cycle(cycleId)).state, '1')
    const reviewer = await world.actor('profesional_sig')
    const form: StepDecision = {
      cycleId,
      stepCode: '1',
      versionId: version?.id ?? '',
      contentHash: version?.hash ?? '',
      verdict: 'approve',
      role: 'reviewer',
      observations: [],
    }
    const minutesAgo = (minutes: number) => ({
      ...reviewer,
      provedAt: new Date(reviewer.provedAt.getTime() - minutes * 60_000),
    })
    await expect(decideStep(world.context, minutesAgo(6), form)).rejects.toMatchObject({
      code: 'proof_expired',
      status: 403,
    })
    expect(await statusOf(cycleId, '1')).toBe('in_review')
    const receipt = await decideStep(world.context, minutesAgo(4), form)
    // The same form again is the same act, however much later.
    expect(await decideStep(world.context, minutesAgo(90), form)).toEqual(receipt)
  })
})

describe('whoever leaves', () => {
  it('decides until their last day, and no longer', async () => {
    const reviewer = await world.actor('profesional_sig')
    const endedOn = (day: string | null) =>
      asOwner((trx) => trx.updateTable('person').set({ ended_on: day }).where('id', '=', reviewer.personId).execute())
    const cycleId = await world.newCycle()
    await untilOpen(cycleId, '1')
    await elaborate(world, cycleId, '1')
    const { version } = stepOf((await world.cycle(cycleId)).state, '1')
    const form: StepDecision = {
      ...{ cycleId, stepCode: '1', versionId: version?.id ?? '', contentHash: version?.hash ?? '' },
      ...{ verdict: 'approve', role: 'reviewer', observations: [] },
    }
    await endedOn('2020-01-01')
    await expect(decideStep(world.context, reviewer, form)).rejects.toMatchObject({
      code: 'tenure_ended',
      status: 403,
    })
    await endedOn(appToday())
    expect((await decideStep(world.context, reviewer, form)).settled).toBe(true)
    await endedOn(null)
    expect(await statusOf(cycleId, '1')).toBe('in_approval')
  })
})

describe('a draft', () => {
  it('of two people who write at once keeps what the first saved; the second is handed both versions', async () => {
    const cycleId = await world.newCycle()
    await untilOpen(cycleId, '1')
    const author = await world.actor('profesional_ogac')
    const colleague = { ...(await world.actor('profesional_sig')), position: author.position }
    const rev = await save(author, cycleId, '1')
    const writes = (actor: Actor, general: string) => {
      const answers = completeAnswers('1')
      const own = { ...answers, objetivos: { ...answers.objetivos, general } }
      return saveDraft(world.context, actor, { cycleId, stepCode: '1', rev, answers: own })
    }
    const saved = await Promise.all([writes(author, 'Lo del uno.'), writes(colleague, 'Lo del otro.')])
    expect(saved.map((one) => one.saved).sort()).toEqual([false, true])
    const first = saved[0]?.saved ? { actor: author, text: 'Lo del uno.' } : { actor: colleague, text: 'Lo del otro.' }
    expect(saved.find((one) => !one.saved)).toMatchObject({
      conflict: {
        rev: rev + 1,
        savedBy: first.actor.displayName,
        answers: { objetivos: { general: first.text } },
      },
    })
    const step = await withActor(world.context.db, author, (trx) => findStepContext(trx, cycleId, '1'))
    expect(step?.draft).toMatchObject({ rev: rev + 1, answers: { objetivos: { general: first.text } } })
    const events = await asOwner((trx) =>
      trx
        .selectFrom('event')
        .select('type')
        .where('cycle_id', '=', cycleId)
        .where('type', '=', 'draft.saved')
        .execute(),
    )
    expect(events).toHaveLength(2)
    // What was reviewed before the other saved is not what would be sent now.
    await expect(submitStep(world.context, author, { cycleId, stepCode: '1', draftRev: rev })).rejects.toMatchObject({
      code: 'draft_changed',
      status: 409,
    })
  })

  it('is not changed while its submission is on the way', async () => {
    const cycleId = await world.newCycle()
    await untilOpen(cycleId, '1')
    const author = await world.actor('profesional_ogac')
    const draftRev = await save(author, cycleId, '1')
    const submission = await submitStep(cutOff(), author, { cycleId, stepCode: '1', draftRev })
    await expect(save(author, cycleId, '1')).rejects.toMatchObject({ code: 'submission_in_flight', status: 409 })
    const again = await submitStep(world.context, author, { cycleId, stepCode: '1', draftRev })
    expect(again).toEqual({ ...submission, settled: true })
    await expect(save(author, cycleId, '1')).rejects.toMatchObject({ code: 'not_open', status: 409 })
  })
})

describe('a request to reopen', () => {
  it('is asked of nobody any more once its step lapsed, and not again when the step is restored', async () => {
    const cycleId = await world.newCycle()
    await untilOpen(cycleId, '1')
    await complete(world, cycleId, '1')
    await untilOpen(cycleId, '2')
    await complete(world, cycleId, '2')
    const author = await world.actor('profesional_ogac')
    const { actId } = await askToReopen(world.context, author, { cycleId, stepCode: '2', reason: 'Falta un dato.' })
    await reopen(world, cycleId, '1')
    const request = await asOwner((trx) =>
      trx.selectFrom('reopening').select('outcome').where('asked_act', '=', actId).executeTakeFirst(),
    )
    expect(request?.outcome).toBe('superseded')
    await complete(world, cycleId, '1')
    expect(stepOf((await world.cycle(cycleId)).state, '2')).toMatchObject({ status: 'approved', reopening: null })
    const lines = await asOwner((trx) =>
      trx
        .selectFrom('task')
        .select(['step_code', 'kind'])
        .where('cycle_id', '=', cycleId)
        .where('status', '=', 'open')
        .where('kind', '=', 'decide_reopening')
        .execute(),
    )
    expect(lines).toEqual([])
  })
})
