/** What a refused person is told, and what the record keeps of it, is what happened (model.md §3.1, issue 3 §5). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cancelCycle } from '../../app/commands/cancel-cycle.server.ts'
import { decideStep, type StepDecision } from '../../app/commands/decide-step.server.ts'
import { startCycle } from '../../app/commands/start-cycle.server.ts'
import { withdrawStep } from '../../app/commands/submit-step.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import { requireActor } from '../../app/session.server.ts'
import { eventSentence } from '../../app/text/events.ts'
import { refusalReason, refusalSentence } from '../../app/text/refusals.ts'
import { withActor, withoutEntity } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { listTimeline } from '../../db/timeline.ts'
import { REFUSALS, type RefusalCode, Refused } from '../../domain/refusals.ts'
import { openStage, type Stage } from './command-stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
}, 120_000)
afterAll(() => stage?.close())

const verdict = async (cycleId: string, duty: string, given: Partial<StepDecision>) =>
  decideStep(stage.on(), await stage.actor(duty), {
    ...{ cycleId, stepCode: '1', ...(await stage.version(cycleId, '1')) },
    ...{ verdict: 'approve', role: 'reviewer', observations: [], ...given },
  })

async function refusalOf(work: Promise<unknown>): Promise<Refused> {
  const failure = await work.catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(Refused)
  return failure as Refused
}

const eventsOf = (context: AppContext) =>
  withoutEntity(stage.world.owner, (trx) =>
    trx.selectFrom('event').selectAll().where('request_id', '=', context.requestId).execute(),
  )

describe('who comes too late is told who was first, and when', () => {
  it('a version that was sent back', async () => {
    const { cycleId, ...version } = await stage.submitted()
    const observations = [{ section: 'objetivos', body: 'Precise el objetivo general.' }]
    await verdict(cycleId, 'profesional_sig', { verdict: 'return', observations })
    const { code, facts } = await refusalOf(verdict(cycleId, 'profesional_sig', version))
    expect(code).toBe('not_submitted')
    expect(refusalSentence(code, facts)).toMatch(
      /^El paso 1 fue devuelto por Profesional SIG el .* de 20\d\d, \d\d:\d\d y no se ha vuelto a enviar\.$/,
    )
  })

  it('a version that was taken back after its review', async () => {
    const { cycleId, ...version } = await stage.submitted()
    await verdict(cycleId, 'profesional_sig', {})
    const taken = { cycleId, stepCode: '1' as const, versionId: version.versionId, reason: 'Falta un dato.' }
    await withdrawStep(stage.on(), await stage.actor('profesional_ogac'), taken)
    const { code, facts } = await refusalOf(verdict(cycleId, 'jefatura_ogac', { ...version, role: 'approver' }))
    expect(refusalSentence(code, facts)).toMatch(/^Profesional OGAC retiró ese envío el .*\. El paso 1 no se ha vuelto/)
  })

  it('a step that was approved before its author takes it back', async () => {
    const cycleId = await stage.approved()
    const { versionId } = await stage.version(cycleId, '1')
    const taken = { cycleId, stepCode: '1' as const, versionId, reason: 'Falta un dato.' }
    const { code, facts } = await refusalOf(withdrawStep(stage.on(), await stage.actor('profesional_ogac'), taken))
    expect(refusalSentence(code, facts)).toMatch(/^El paso 1 ya fue aprobado por Jefatura OGAC el /)
  })
})

describe('the record keeps what was refused', () => {
  it('about a cycle, it is about none of its steps', async () => {
    const { cycleId, ...version } = await stage.submitted()
    const request = { cycleId, reason: 'No corresponde seguir.' }
    const context = stage.on()
    await refusalOf(cancelCycle(context, await stage.actor('profesional_ogac'), request))
    expect(await eventsOf(context)).toMatchObject([
      { reason_code: 'not_in_charge', cycle_id: cycleId, step_code: null },
    ])
    const { actId } = await cancelCycle(stage.on(), await stage.actor('jefatura_ogac'), request)
    const act = await withoutEntity(stage.world.owner, (trx) =>
      trx.selectFrom('act').select(['step_code', 'status']).where('id', '=', actId).executeTakeFirst(),
    )
    expect(act).toEqual({ step_code: null, status: 'confirmed' })
    const { code, facts } = await refusalOf(verdict(cycleId, 'profesional_sig', version))
    expect(refusalSentence(code, facts)).toMatch(
      /^Este ejercicio fue cancelado por Jefatura OGAC el .*\. Puede iniciar/,
    )
  })

  it('a form somebody else already sent starts nothing, and nobody is told it did', async () => {
    const cycle = { formKey: newId(), vigencia: 2026, name: 'Ejercicio de prueba', radicado: newId(), trd: '100.10' }
    const { id: procedureVersionId } = await withoutEntity(stage.world.owner, (trx) =>
      trx
        .selectFrom('procedure_version')
        .select('id')
        .where('entity_id', '=', stage.entityId)
        .executeTakeFirstOrThrow(),
    )
    const asked = { ...cycle, procedureVersionId }
    const { cycleId } = await startCycle(stage.on(), await stage.actor('jefatura_ogac'), asked)
    const context = stage.on()
    const { code } = await refusalOf(startCycle(context, await stage.actor('profesional_ogac'), asked))
    expect(code).toBe('cycle_exists')
    expect((await eventsOf(context)).map((event) => event.type)).toEqual(['act.refused'])
    const acts = await withoutEntity(stage.world.owner, (trx) =>
      trx.selectFrom('act').select('kind').where('cycle_id', '=', cycleId).execute(),
    )
    expect(acts).toEqual([{ kind: 'start' }])
  })

  it('of whoever sends a form after their last tenure ended, in the history of that cycle', async () => {
    const { cycleId } = await stage.submitted()
    const signedIn = await stage.signedIn('secretaria_general')
    const { personId } = await stage.actor('secretaria_general')
    await withoutEntity(stage.world.owner, (trx) =>
      trx.updateTable('tenure').set({ to_date: '2025-12-31' }).where('person_id', '=', personId).execute(),
    )
    const address = `http://localhost:3000/ejercicios/${cycleId}/pasos/1/revision`
    const ask = async (method: string) => {
      const context = stage.on()
      const { code } = await refusalOf(
        requireActor(new Request(address, { method, headers: signedIn.headers }), context),
      )
      expect(code).toBe('tenure_ended')
      return await eventsOf(context)
    }
    expect(await ask('POST')).toMatchObject([
      { type: 'act.refused', reason_code: 'tenure_ended', actor_person: personId, cycle_id: cycleId, step_code: '1' },
    ])
    expect(await ask('GET')).toEqual([])
    const author = await stage.actor('profesional_ogac')
    const { rows } = await withActor(stage.world.context.db, author, (trx) =>
      listTimeline(trx, { kind: 'cycle', id: cycleId }, { limit: 1 }),
    )
    expect(rows.map(eventSentence)).toEqual([
      'Secretaría General intentó una acción en el paso 1 que no se permitió: no tenía vigente el cargo con el que actuaba.',
    ])
  })

  it('in words for whoever reads it later, who is not the person refused', () => {
    for (const code of Object.keys(REFUSALS) as RefusalCode[])
      expect(refusalReason(code), code).not.toMatch(/\busted\b|\.$|^[A-ZÁÉÍÓÚ]/)
  })
})
