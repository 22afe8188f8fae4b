import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decideDrop } from '../../app/commands/decide-drop.server.ts'
import { reportAction } from '../../app/commands/report-action.server.ts'
import { actOnAction } from '../../app/pages/improvement-actions.server.ts'
import { refusalSentence } from '../../app/text/refusals.ts'
import { withoutEntity } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { createImprovementAction, type NewAction } from '../../db/improvement-actions.ts'
import { stepOf } from '../../domain/cycle-state.ts'
import { improvementWorkflowId } from '../../workflows/messages.ts'
import { complete, elaborate, eventTypes, openWorld, verdict, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld({ courier: true })
}, 120_000)
afterAll(async () => await world.close(), 60_000)

const actsOf = async (cycleId: string) =>
  await withoutEntity(world.owner, (trx) =>
    trx
      .selectFrom('act')
      .select(['id', 'kind', 'status', 'reason_code'])
      .where('cycle_id', '=', cycleId)
      .orderBy('stored_at')
      .execute(),
  )

/** As if the web had died right after storing: the act stands, nothing was sent. */
async function forget(actId: string, status: 'stored' | 'done'): Promise<void> {
  await withoutEntity(world.owner, (trx) =>
    trx
      .updateTable('act')
      .set({ status, sent_at: new Date('2020-01-01T00:00:00Z') })
      .where('id', '=', actId)
      .execute(),
  )
}

describe('the courier', () => {
  it('confirms an act whose answer nobody received, without a second record', async () => {
    const cycleId = await world.newCycle()
    await elaborate(world, cycleId, '1')
    const receipt = await verdict(world, cycleId, '1', 'profesional_sig', 'reviewer')
    await forget(receipt.actId, 'done')
    await expect
      .poll(async () => (await actsOf(cycleId)).find((act) => act.id === receipt.actId)?.status, { timeout: 15_000 })
      .toBe('confirmed')
    expect((await eventTypes(world, cycleId)).filter((type) => type === 'step.reviewed')).toHaveLength(1)
  })

  it('ends an act as refused, with its event, when the workflow will not take it', async () => {
    const cycleId = await world.newCycle()
    await elaborate(world, cycleId, '1')
    const { version } = stepOf((await world.cycle(cycleId)).state, '1')
    const late = await storedAct(cycleId, version?.id ?? '', version?.hash ?? '')
    await decideAll(cycleId)
    await forget(late, 'stored')
    await expect
      .poll(async () => (await actsOf(cycleId)).find((act) => act.id === late), { timeout: 15_000 })
      .toMatchObject({ status: 'refused', reason_code: 'already_decided' })
    expect(await eventTypes(world, cycleId)).toContain('act.refused')
  })

  it('leaves every act confirmed or refused, and nothing acknowledged without its signature', async () => {
    const cycleId = await world.newCycle()
    await complete(world, cycleId, '1')
    const acts = await actsOf(cycleId)
    expect(new Set(acts.map((act) => act.status))).toEqual(new Set(['confirmed']))
    const signed = await withoutEntity(world.owner, (trx) =>
      trx.selectFrom('signature').select('id').where('cycle_id', '=', cycleId).execute(),
    )
    const signing = acts.filter((act) => ['submit', 'approve', 'return'].includes(act.kind)).map((act) => act.id)
    expect(signed.map((row) => row.id).sort()).toEqual(signing.sort())
  })
})

describe('an improvement action', () => {
  it('is told of by a workflow of its own that ends once the action is over', async () => {
    const { entityId, context, owner, temporal } = world
    const { id, code } = await withoutEntity(owner, (trx) =>
      createImprovementAction(trx, overdue(), { entityId, origin: 'system' }, new Date('2020-01-01T15:00:00Z')),
    )
    const mails = () =>
      withoutEntity(owner, (trx) =>
        trx
          .selectFrom('mail')
          .innerJoin('notice', 'notice.id', 'mail.notice_id')
          .select(['mail.subject', 'mail.link'])
          .where('notice.action_id', '=', id)
          .orderBy('mail.subject')
          .execute(),
      )
    // Years late, each addressee is told once.
    await expect.poll(async () => (await mails()).length, { timeout: 20_000 }).toBe(2)
    expect((await mails())[0]).toEqual({
      subject: `Aviso: venció el plazo de la acción de mejora ${code}`,
      link: `http://localhost:3000/mejora/${code}`,
    })
    const reason = { entryId: newId(), status: 'drop_asked', body: 'La cubre ya otra acción.', evidence: '' } as const
    await reportAction(context, await world.actor('profesional_tic'), code, reason)
    const granted = { ...reason, entryId: newId(), verdict: 'dropped' } as const
    await decideDrop(context, await world.actor('jefatura_ogac'), code, granted)
    const handle = temporal.client.workflow.getHandle(improvementWorkflowId(id))
    await expect.poll(async () => (await handle.describe()).status.name, { timeout: 20_000 }).toBe('COMPLETED')
    expect(await mails()).toHaveLength(2)
    // Whoever comes too late is told so, and gets back what they typed.
    const late = new FormData()
    const typed = {
      formulario: 'avance',
      entryId: newId(),
      status: 'in_progress',
      body: 'Ya se publicó el inventario.',
    }
    for (const [name, value] of Object.entries(typed)) late.set(name, value)
    late.set('files', new File(['no queda'], 'acta.txt'))
    const request = new Request('http://localhost/mejora', { method: 'POST', body: late })
    const answer = await actOnAction({ ...context, nonce: '' }, await world.actor('profesional_tic'), code, request)
    expect(answer).toMatchObject({ data: { values: { body: typed.body } }, init: { status: 409 } })
    const errors = [{ field: 'avance-', message: refusalSentence('action_over') }]
    expect(answer).toMatchObject({ data: { errors } })
  })
})

function overdue(): NewAction {
  return {
    ...{ origin: 'finding', originKey: newId(), cycleId: null, stepVersionId: null, year: 2020 },
    ...{ what: 'Actualizar el inventario de canales.', target: null, segment: null, priority: null, agencyId: null },
    ...{ duty: 'profesional_tic', positionId: null, checkerDuty: 'jefatura_ogac', indicator: 'Inventario publicado.' },
    dueDate: '2020-03-02',
  }
}

/** A return by the reviewer that was stored and never sent. */
async function storedAct(cycleId: string, versionId: string, contentHash: string): Promise<string> {
  const reviewer = await world.actor('profesional_sig')
  const id = crypto.randomUUID()
  await withoutEntity(world.owner, (trx) =>
    trx
      .insertInto('act')
      .values({
        ...{
          id,
          entity_id: world.entityId,
          cycle_id: cycleId,
          step_code: '1',
          kind: 'return',
          object_type: 'step_version',
        },
        ...{
          object_id: versionId,
          signature_role: 'reviewer',
          person_id: reviewer.personId,
          position_id: reviewer.position.id,
        },
        ...{
          duty: 'profesional_sig',
          content_hash: contentHash,
          body_hash: 'x',
          receipt_code: id,
          sent_at: new Date('2099-01-01T00:00:00Z'),
        },
      })
      .execute(),
  )
  return id
}

async function decideAll(cycleId: string): Promise<void> {
  await verdict(world, cycleId, '1', 'profesional_sig', 'reviewer')
  await verdict(world, cycleId, '1', 'jefatura_ogac', 'approver')
}
