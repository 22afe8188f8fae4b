import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cancelAbsence } from '../../app/commands/cancel-absence.server.ts'
import { decideAccess } from '../../app/commands/decide-access.server.ts'
import { decideStep } from '../../app/commands/decide-step.server.ts'
import { planAbsence } from '../../app/commands/plan-absence.server.ts'
import { requestAccess } from '../../app/commands/request-access.server.ts'
import { findStepPage } from '../../app/pages/step.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { eventSentence } from '../../app/text/events.ts'
import { refusalSentence } from '../../app/text/refusals.ts'
import { type Trx, withActor, withEntity } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { findGrant } from '../../db/grants.ts'
import { newId } from '../../db/ids.ts'
import { listTimeline } from '../../db/timeline.ts'
import { addDays } from '../../domain/civil-dates.ts'
import { stepOf } from '../../domain/cycle-state.ts'
import type { RefusalCode } from '../../domain/refusals.ts'
import type { SubstitutionScope } from '../../domain/substitutions.ts'
import { elaborate, openWorld, verdict, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
}, 120_000)
afterAll(async () => await world.close(), 60_000)

const rows = <T>(read: (trx: Trx) => Promise<T>) => withEntity(world.owner, world.entityId, read)

/** The deputy in the position of the absent person, from today on for two days. */
async function substitute(absentDuty: string, deputyDuty: string, scope: SubstitutionScope = 'all') {
  const [absent, deputy] = [await world.actor(absentDuty), await world.actor(deputyDuty)]
  const today = appToday()
  const planned = await planAbsence(world.context, absent, {
    ...{ formKey: newId(), personId: absent.personId, positionId: absent.position.id, reason: 'vacation' },
    ...{ from: today, to: addDays(today, 1), actReference: 'Resolución 214 de 2026', [scope]: deputy.personId },
  })
  if (!planned.ok) throw new Error(JSON.stringify(planned.errors))
  return { absent, absenceId: planned.absenceId, acting: await acting(deputyDuty, absent.personId) }
}

async function acting(duty: string, absentId: string): Promise<Actor> {
  const deputy = await world.actor(duty)
  const position = deputy.positions.find(({ actingFor }) => actingFor?.personId === absentId)
  if (!position) throw new Error('does not act for them')
  return { ...deputy, position }
}

const codeOf = (work: Promise<unknown>): Promise<RefusalCode | null> =>
  work.then(
    () => null,
    (failure: { code: RefusalCode }) => failure.code,
  )

/** Step 1 waits for whoever approves it. */
async function reviewed(): Promise<string> {
  const cycleId = await world.newCycle()
  await elaborate(world, cycleId, '1')
  await verdict(world, cycleId, '1', 'profesional_sig', 'reviewer')
  return cycleId
}

async function groundsOf(cycleId: string, actor: Actor) {
  const page = await withActor(world.context.db, actor, (trx) => findStepPage(trx, actor, cycleId, '1'))
  if (!page) throw new Error('there is no such step')
  return page.grounds
}

async function approve(cycleId: string, actor: Actor) {
  const { version } = stepOf((await world.cycle(cycleId)).state, '1')
  return await decideStep(world.context, actor, {
    ...{ cycleId, stepCode: '1', versionId: version?.id ?? '', contentHash: version?.hash ?? '', verdict: 'approve' },
    ...{ role: 'approver', observations: [] },
  })
}

describe('whoever substitutes', () => {
  it('approves in the position of the absent person, who is named on the act, the signature and every event', async () => {
    const { absent, absenceId, acting } = await substitute('jefatura_ogac', 'jefatura_comunicaciones')
    const cycleId = await reviewed()
    // The page of the step says by which act and until when.
    const { by, rights } = await groundsOf(cycleId, acting)
    const act = { act: 'Resolución 214 de 2026', to: addDays(appToday(), 1), absentName: 'Jefatura OGAC' }
    expect(by).toMatchObject(act)
    expect(rights.find(({ code }) => code === 'approve')?.whyNot).toBeNull()
    const { actId } = await approve(cycleId, acting)
    const signed = { person_id: acting.personId, position_id: absent.position.id, acting_for: absent.personId }
    const kept = await rows(async (trx) => ({
      act: await trx.selectFrom('act').selectAll().where('id', '=', actId).executeTakeFirstOrThrow(),
      signature: await trx.selectFrom('signature').selectAll().where('id', '=', actId).executeTakeFirstOrThrow(),
      timeline: (await listTimeline(trx, { kind: 'cycle', id: cycleId })).rows.filter((event) => event.actId === actId),
    }))
    expect(kept.act).toMatchObject(signed)
    expect(kept.signature).toMatchObject({ ...signed, position_name: 'Jefatura OGAC' })
    expect(kept.timeline.map(({ actingForName }) => actingForName)).toEqual(kept.timeline.map(() => 'Jefatura OGAC'))
    expect(kept.timeline.map(eventSentence).join(' ')).toContain('por delegación de Jefatura OGAC, aprobó el paso 1')
    // Once it is cancelled nothing remains: not the position, nor the act of a page that stayed open.
    const waiting = await reviewed()
    await cancelAbsence(world.context, absent, absenceId)
    expect((await world.actor('jefatura_comunicaciones')).positions).toHaveLength(1)
    expect(await codeOf(approve(waiting, acting))).toBe('substitution_ended')
  })

  it('never approves what they elaborated, and the refusal says for whom they acted', async () => {
    const { absent, absenceId, acting } = await substitute('jefatura_ogac', 'profesional_ogac')
    const cycleId = await reviewed()
    expect(await codeOf(approve(cycleId, acting))).toBe('own_work')
    const { rights } = await groundsOf(cycleId, acting)
    expect(rights.find(({ code }) => code === 'approve')?.whyNot).toBe(refusalSentence('own_work'))
    const refusal = await rows((trx) =>
      trx
        .selectFrom('event')
        .select(['acting_for', 'reason_code'])
        .where('type', '=', 'act.refused')
        .where('actor_person', '=', acting.personId)
        .executeTakeFirst(),
    )
    expect(refusal).toEqual({ acting_for: absent.personId, reason_code: 'own_work' })
    await cancelAbsence(world.context, absent, absenceId)
  })

  it('for what is elaborated only, decides nothing', async () => {
    const { absent, absenceId, acting } = await substitute('jefatura_ogac', 'jefatura_comunicaciones', 'elaboration')
    expect(await codeOf(approve(await reviewed(), acting))).toBe('beyond_substitution')
    await cancelAbsence(world.context, absent, absenceId)
  })

  it('of whoever leads the process decides on no access they asked for, nor on one asked for in their name', async () => {
    const head = await world.actor('dependencia')
    const clerk = await world.actor('atencion')
    const grantId = await askAs(head, clerk)
    const contentHash = (await rows((trx) => findGrant(trx, grantId)))?.state.contentHash ?? ''
    const say = (actor: Actor, verdict: 'accept' | 'grant') =>
      decideAccess(world.context, actor, { grantId, contentHash, verdict, cause: null, reason: '', accepted: 'si' })
    const { absent, absenceId, acting } = await substitute('jefatura_ogac', 'dependencia')
    await say(clerk, 'accept')
    expect(await codeOf(say(acting, 'grant'))).toBe('own_access')
    await cancelAbsence(world.context, absent, absenceId)
    await say(absent, 'grant')
  })

  it('of whoever heads a dependencia asks in their name, and the lead who is asked for it then does not decide', async () => {
    const { absent, absenceId, acting } = await substitute('dependencia', 'jefatura_ogac')
    const grantId = await askAs(acting, await world.actor('atencion'), nextYear())
    const asked = await rows((trx) =>
      trx.selectFrom('access_grant').select(['asked_by', 'asked_for']).where('id', '=', grantId).executeTakeFirst(),
    )
    expect(asked).toEqual({ asked_by: acting.personId, asked_for: absent.personId })
    // Acting for somebody counts as both: nobody is given an access by their own substitute either.
    for (const own of [absent, acting]) expect(await codeOf(askAs(acting, own, nextYear()))).toBe('self_request')
    await cancelAbsence(world.context, absent, absenceId)
  })
})

const nextYear = () => {
  const year = Number(appToday().slice(0, 4)) + 1
  return { startsOn: `${year}-01-01`, endsOn: `${year}-12-31` }
}

async function askAs(
  head: Actor,
  clerk: Actor,
  days = { startsOn: appToday(), endsOn: `${appToday().slice(0, 4)}-12-31` },
) {
  const pointId = await rows(async (trx) => {
    const { agencyId } = head.position
    return (
      await trx.selectFrom('service_point').select('id').where('agency_id', '=', agencyId).executeTakeFirstOrThrow()
    ).id
  })
  const asked = await requestAccess(world.context, head, {
    ...{ ...days, formKey: newId(), granteeId: clerk.personId, pointId, form: 'F004' },
    ...{ radicado: '202641730100000001', radicadoOn: appToday(), reason: 'Atiende en la ventanilla.' },
  })
  if (!asked.ok) throw new Error(JSON.stringify(asked.errors))
  return asked.grantId
}
