import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { retireControl } from '../../app/commands/keep-risks.server.ts'
import { overwriteResidual } from '../../app/commands/overwrite-residual.server.ts'
import { withEntity, withoutEntity } from '../../db/client.ts'
import { endFollowUp, openFollowUp } from '../../db/follow-ups.ts'
import { newId } from '../../db/ids.ts'
import { readOf } from '../../db/residual-overrides.ts'
import { standOf } from '../../db/risk-standings.ts'
import { followUpWorkflowId } from '../../workflows/messages.ts'
import { controlled } from '../support/control-runs.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld({ courier: true })
}, 120_000)
afterAll(async () => await world.close(), 60_000)

describe('what somebody has to do by a day', () => {
  it('is told of by a workflow of its own, to who answers and who directs them, until it is done', async () => {
    const { entityId, temporal } = world
    const owner = await world.actor('profesional_tic')
    const about = { entityId, kind: 'risk_review' as const, objectId: newId() }
    const asked = { code: 'R-990', duty: 'profesional_tic', positionId: owner.position.id, dueOn: '2020-03-02' }
    await withEntity(world.owner, entityId, (trx) => openFollowUp(trx, { ...about, ...asked }))
    const row = await withoutEntity(world.owner, (trx) =>
      trx.selectFrom('follow_up').select('id').where('object_id', '=', about.objectId).executeTakeFirstOrThrow(),
    )
    const mails = () =>
      withoutEntity(world.owner, (trx) =>
        trx
          .selectFrom('mail')
          .innerJoin('notice', 'notice.id', 'mail.notice_id')
          .select(['mail.subject', 'mail.link'])
          .where('notice.follow_up_id', '=', row.id)
          .orderBy('mail.subject')
          .execute(),
      )
    // Years late, each addressee is told once.
    await expect.poll(async () => (await mails()).length, { timeout: 30_000 }).toBe(2)
    expect((await mails()).map(({ subject, link }) => [subject.replace(/ desde .*/, ''), link])).toEqual([
      ['Aviso: venció el plazo de una tarea de R-990', 'http://localhost:3000/riesgos/R-990/seguimiento'],
      ['Una tarea de R-990 está vencida', 'http://localhost:3000/riesgos/R-990/seguimiento'],
    ])
    await withEntity(world.owner, entityId, (trx) => endFollowUp(trx, about))
    const handle = temporal.client.workflow.getHandle(followUpWorkflowId(row.id))
    await expect.poll(async () => (await handle.describe()).status.name, { timeout: 30_000 }).toBe('COMPLETED')
    expect(await mails()).toHaveLength(2)
  })

  it('that cannot wait is told the moment it is asked: the residual of a risk that lapsed', async () => {
    const { entityId } = world
    const [owner, keeper] = await Promise.all([world.actor('direccion_tic'), world.actor('profesional_ogac')])
    const { riskId, risk, code } = await controlled(world, 'anual', owner)
    const standing = await withEntity(world.owner, entityId, (trx) => standOf(trx, riskId))
    const levels = { probability: standing.assessment.inherent.probability, impact: standing.computed.declared.impact }
    const input = {
      formKey: newId(),
      read: readOf(standing),
      reason: 'El control cubre menos de lo que dice.',
      ...levels,
    }
    await overwriteResidual(world.context, keeper, risk, input)
    await retireControl(world.context, keeper, risk, { control: code, reason: 'El control ya no se ejecuta.' })
    const mails = () =>
      withoutEntity(world.owner, (trx) =>
        trx
          .selectFrom('mail')
          .innerJoin('notice', 'notice.id', 'mail.notice_id')
          .innerJoin('follow_up', 'follow_up.id', 'notice.follow_up_id')
          .select(['mail.person_id', 'mail.link', 'mail.body'])
          .where('follow_up.object_id', '=', riskId)
          .execute(),
      )
    await expect.poll(async () => (await mails()).length, { timeout: 30_000 }).toBe(1)
    expect(await mails()).toMatchObject([
      { person_id: owner.personId, link: `http://localhost:3000/riesgos/${risk}/residual` },
    ])
    expect((await mails())[0]?.body).toContain(`Mirar si el residual del riesgo ${risk} se sobrescribe otra vez`)
  })
})
