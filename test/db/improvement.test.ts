import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recordDecision } from '../../activities/record-decision.ts'
import { tellOfAction } from '../../activities/tell-of-action.ts'
import { completeAnswers } from '../../catalog/demo/answers.ts'
import { findActionFile, type NamedFile } from '../../db/attachments.ts'
import { addCalendarDay } from '../../db/calendar-days.ts'
import { type Trx, withActor, withEntity, withoutEntity } from '../../db/client.ts'
import { appNow } from '../../db/clock.ts'
import { findCycle } from '../../db/cycles.ts'
import { insertDocument } from '../../db/documents.ts'
import { earlierObjection, findEarlierReports } from '../../db/earlier-reports.ts'
import { listFindings } from '../../db/finding-pages.ts'
import { newId } from '../../db/ids.ts'
import { listMovedActions } from '../../db/improvement-actions.ts'
import {
  lockAction,
  recordCheck,
  recordProgress,
  recordResult,
  recordVerification,
} from '../../db/improvement-entries.ts'
import { findAction, listActions, listDueActions, listEntries } from '../../db/improvement-pages.ts'
import { actOnRecommendations } from '../../db/recommended-actions.ts'
import { draftReportGrounds } from '../../db/report-grounds.ts'
import { demoEntityId } from '../../db/seed.ts'
import { findStepContext } from '../../db/step-context.ts'
import { stepOf } from '../../domain/cycle-state.ts'
import type { Decision } from '../../domain/decisions.ts'
import type { Answers, Row } from '../../domain/forms.ts'
import {
  eventsOf,
  openSignedWorld,
  type Person,
  type SignedCycle,
  type SignedWorld,
  signedCycle,
  signStep,
} from '../support/signed-cycle.ts'

let world: SignedWorld
let first: SignedCycle
beforeAll(async () => {
  world = await openSignedWorld()
  first = await signedCycle(world)
  await movedTo(first, 2025)
  await issue(first, recommending('2096-11-30', '2097-03-29', '2097-06-30'), 2025)
}, 180_000)
afterAll(() => world?.close())

async function movedTo({ cycleId }: SignedCycle, vigencia: number) {
  await withEntity(world.owner, world.entityId, (trx) =>
    trx.updateTable('cycle').set({ vigencia }).where('id', '=', cycleId).execute(),
  )
}

/** The report of the demonstration, its recommendations due on these days; fewer days, fewer recommendations. */
function recommending(...days: string[]): Answers {
  const answers = structuredClone(completeAnswers('6'))
  const rows = answers.recomendaciones?.lista as Row[]
  answers.recomendaciones = { lista: rows.slice(0, days.length).map((row, i) => ({ ...row, plazo: days[i] ?? '' })) }
  return answers
}

/** As the activity does it when the report is issued, without printing it. */
async function issue(cycle: SignedCycle, answers: Answers, vigencia: number) {
  const { entityId } = world
  const stepVersionId = await signStep(world, cycle, '6', { answers })
  await withEntity(world.worker, entityId, async (trx) => {
    const { version } = (await findCycle(trx, cycle.cycleId)) ?? {}
    if (!version) throw new Error('no cycle')
    const documentId = newId()
    const key = { id: documentId, entityId, cycleId: cycle.cycleId, stepVersionId, code: newId() }
    await insertDocument(trx, {
      ...{ ...key, title: 'Informe', sha256: 'a'.repeat(64), bytes: 1, contentHash: 'b'.repeat(64) },
      ...{ signers: [], otherForms: [{ format: 'html', sha256: 'c'.repeat(64), bytes: 1 }], figures: [], said: [] },
      workflowId: 'prueba',
    })
    const report = { entityId, cycleId: cycle.cycleId, stepVersionId, vigencia, procedure: version.procedure }
    await actOnRecommendations(trx, { ...report, answers: { '6': answers }, workflowId: 'prueba' })
  })
}

const as = (duty: string) => ({ ...(world.people[duty] as Person), entityId: world.entityId, requestId: null })

function readerOf(duty: string) {
  return { ...as(duty), duty }
}

/** As the command does it, by whoever holds the duty. */
async function reported(
  code: string,
  duty: string,
  what: 'progress' | 'result' | 'verification' | 'check' = 'progress',
  files: NamedFile[] = [],
) {
  const entry = { id: newId(), body: 'Se hicieron once de las doce jornadas.', evidence: 'Acta 12 de 2026', files }
  await withActor(world.web, as(duty), async (trx) => {
    const action = await lockAction(trx, world.entityId, code)
    if (!action) throw new Error(`no ${code}`)
    if (what === 'progress') await recordProgress(trx, as(duty), action, { ...entry, status: 'in_progress' })
    else if (what === 'result') await recordResult(trx, as(duty), action, entry)
    else if (what === 'verification')
      await recordVerification(trx, as(duty), action, { ...entry, verdict: 'verified', months: 6 })
    else await recordCheck(trx, as(duty), action, { ...entry, verdict: 'ineffective' })
  })
}

const ACT_12 = { sha256: 'd'.repeat(64), bytes: 9, name: 'acta-12.pdf', mediaType: 'application/pdf' }

const ask = <T>(work: Parameters<typeof withActor<T>>[2]) => withActor(world.web, as('jefatura_ogac'), work)
const codesOf = (rows: { code: string }[]) => rows.map(({ code }) => code)

describe('what a signed report recommends', () => {
  it('becomes one action each, with owner, checker, indicator and day, in the transaction that issues the report', async () => {
    const { rows } = await ask((trx) => listActions(trx, world.entityId))
    expect(rows.map(({ code, status, owner, day }) => [code, status, owner, day])).toEqual([
      ['AM-2025-001', 'unreported', 'Jefatura OGAC', '2096-11-30'],
      ['AM-2025-002', 'unreported', 'Profesional TIC', '2097-03-29'],
      ['AM-2025-003', 'unreported', 'Profesional de Comunicaciones', '2097-06-30'],
    ])
    const made = await ask((trx) => findAction(trx, world.entityId, 'AM-2025-001'))
    expect(made).toMatchObject({
      ...{ checkerDuty: 'secretaria_general', indicator: 'Jornadas de atención realizadas en corregimientos.' },
      ...{ cycleId: first.cycleId, priority: 'alta', agency: 'Oficina de Gestión para la Atención al Ciudadano' },
    })
    expect(await eventsOf(world, first.cycleId)).toEqual([
      'document.issued',
      ...['improvement.created', 'improvement.created', 'improvement.created'],
    ])
  })

  it('is revised, and dropped where it is gone, when the report is signed anew', async () => {
    const cycle = await signedCycle(world)
    await movedTo(cycle, 2020)
    await issue(cycle, recommending('2096-11-30', '2097-03-29', '2097-06-30'), 2020)
    await issue(cycle, recommending('2096-12-15', '2097-03-29'), 2020)
    const actions = await Promise.all(
      ['AM-2020-001', 'AM-2020-002', 'AM-2020-003'].map((code) => ask((trx) => findAction(trx, world.entityId, code))),
    )
    expect(actions.map((one) => [one?.status, one?.dueDate])).toEqual([
      ['unreported', '2096-12-15'],
      ['unreported', '2097-03-29'],
      ['dropped', '2097-06-30'],
    ])
    expect((await eventsOf(world, cycle.cycleId)).slice(4)).toEqual([
      ...['document.issued', 'improvement.changed', 'improvement.dropped'],
    ])
  })
})

/** The report of a cycle waits for its first approver; answers their approval, as the workflow has it recorded. */
async function approvalOf(cycle: SignedCycle) {
  const { entityId, owner } = world
  for (const code of ['1', '3'] as const) await signStep(world, cycle, code)
  const versionId = await signStep(world, cycle, '6')
  const [head, id] = [as('jefatura_ogac'), newId()]
  const about = { object_type: 'step_version', object_id: versionId, step_code: '6', kind: 'approve' }
  const hash = await withEntity(owner, entityId, async (trx) => {
    await trx.deleteFrom('signature').where('step_version_id', '=', versionId).where('role', '=', 'approver').execute()
    await trx
      .updateTable('step')
      .set({ status: 'in_approval' })
      .where('id', '=', cycle.stepIds['6'] ?? '')
      .execute()
    await trx
      .insertInto('act')
      .values({
        ...{ ...about, id, entity_id: entityId, cycle_id: cycle.cycleId, receipt_code: id, body_hash: 'x' },
        ...{ person_id: head.personId, position_id: head.positionId, duty: 'jefatura_ogac' },
      })
      .execute()
    const { hash } = await trx
      .selectFrom('step_version')
      .select('hash')
      .where('id', '=', versionId)
      .executeTakeFirstOrThrow()
    return hash
  })
  const decision = {
    ...{ id, kind: 'approve', cycleId: cycle.cycleId, stepCode: '6', objectId: versionId, contentHash: hash },
    ...{ personId: head.personId, positionId: head.positionId, duty: 'jefatura_ogac', actingFor: null },
    ...{ signatureRole: 'approver', version: null, authors: [] },
  } satisfies Decision
  return () => recordDecision(world.tools, { entityId, decision, now: appNow().toISOString() })
}

describe('the loop', () => {
  it('opens the next cycle with what became of it, refuses its report until each has a status, and then lets it', async () => {
    const next = await signedCycle(world)
    const before = await ask((trx) => findEarlierReports(trx, next.cycleId, world.entityId))
    expect(before.recommendations.map(({ code, status }) => [code, status])).toEqual([
      ...[
        ['AM-2020-001', 'unreported'],
        ['AM-2020-002', 'unreported'],
        ['AM-2020-003', 'dropped'],
      ],
      ...[
        ['AM-2025-001', 'unreported'],
        ['AM-2025-002', 'unreported'],
        ['AM-2025-003', 'unreported'],
      ],
    ])
    const objection = (signatureRole: 'approver' | 'reviewer' = 'approver') =>
      ask(async (trx) => {
        const cycle = await findCycle(trx, next.cycleId)
        if (!cycle) throw new Error('no cycle')
        return await earlierObjection(trx, cycle, { stepCode: '6', signatureRole })
      })
    expect((await objection())?.facts.codes).toBe('AM-2020-001, AM-2020-002, AM-2025-001, AM-2025-002, AM-2025-003')
    expect(await objection('reviewer')).toBeNull()
    const approve = await approvalOf(next)
    await expect(approve()).rejects.toMatchObject({ type: 'earlier_unreported' })
    for (const code of ['AM-2020-001', 'AM-2025-001']) await reported(code, 'jefatura_ogac')
    for (const code of ['AM-2020-002', 'AM-2025-002']) await reported(code, 'profesional_tic')
    expect((await objection())?.facts.codes).toBe('AM-2025-003')
    await reported('AM-2025-003', 'profesional_comunicaciones', 'result', [ACT_12])
    expect(await objection()).toBeNull()
    const { state } = await approve()
    const signed = stepOf(state, '6').signatures.map(({ duty }) => duty)
    expect(signed).toContain('jefatura_ogac')
    const report = await ask(async (trx) => {
      const step = await findStepContext(trx, next.cycleId, '6')
      return step && (await draftReportGrounds(trx, step))
    })
    expect(codesOf(report?.unfinished ?? [])).toEqual(['AM-2020-001', 'AM-2020-002', 'AM-2025-001', 'AM-2025-002'])
  })

  it('is verified and checked by somebody else, and what had no effect opens a plan and stays on the first page', async () => {
    const done = await ask((trx) => findAction(trx, world.entityId, 'AM-2025-003'))
    expect(done).toMatchObject({ status: 'done', result: 'Se hicieron once de las doce jornadas.' })
    for (const what of ['verification', 'check'] as const) {
      const own = () => reported('AM-2025-003', 'profesional_comunicaciones', what)
      await expect(own()).rejects.toMatchObject({ code: 'CZ001' })
    }
    await reported('AM-2025-003', 'jefatura_ogac', 'verification')
    await reported('AM-2025-003', 'jefatura_ogac', 'check')
    const entries = await ask((trx) => listEntries(trx, done?.id ?? ''))
    expect(entries.map(({ kind, status, person, evidence }) => [kind, status, person, evidence])).toEqual([
      ['check', 'ineffective', 'Jefatura OGAC', 'Acta 12 de 2026'],
      ['verification', 'verified', 'Jefatura OGAC', 'Acta 12 de 2026'],
      ['result', 'done', 'Profesional de Comunicaciones', 'Acta 12 de 2026'],
    ])
    // The file that came with the result is there for whoever checks it, and for nobody of another municipality.
    const [file] = entries[2]?.files ?? []
    expect(file).toMatchObject({ name: 'acta-12.pdf', sha256: ACT_12.sha256, bytes: 9 })
    const evidence = (trx: Trx) => findActionFile(trx, 'AM-2025-003', file?.id ?? '')
    expect(await ask(evidence)).toEqual({ name: 'acta-12.pdf', mediaType: 'application/pdf', sha256: ACT_12.sha256 })
    expect(await ask((trx) => findActionFile(trx, 'AM-2025-002', file?.id ?? ''))).toBeUndefined()
    const cali = { ...as('jefatura_ogac'), entityId: demoEntityId('cali') }
    expect(await withActor(world.web, cali, evidence)).toBeUndefined()
    expect(await eventsOf(world, first.cycleId)).toContain('attachment.added')
    const taken = ask((trx) =>
      trx
        .deleteFrom('attachment')
        .where('id', '=', file?.id ?? '')
        .execute(),
    )
    await expect(taken).rejects.toThrow('permission denied')
    const { rows } = await ask((trx) => listActions(trx, world.entityId, { status: 'ineffective' }))
    expect(rows.map(({ code, day }) => [code, day])).toEqual([['AM-2025-003', null]])
    const { rows: plans } = await ask((trx) => listFindings(trx, world.entityId, { origin: 'recommendation' }))
    expect(plans.map(({ status, owner }) => [status, owner])).toEqual([['to_analyse', 'Profesional de Comunicaciones']])
    const next = await signedCycle(world)
    const { recommendations } = await ask((trx) => findEarlierReports(trx, next.cycleId, world.entityId))
    const found = recommendations.find(({ code }) => code === 'AM-2025-003')
    expect(found).toMatchObject({ status: 'ineffective', plan: plans[0]?.code, isMended: false })
  })

  it('lists what waits for a person, filtered and paged, and nothing of another municipality', async () => {
    const mine = (duty: string) => ask((trx) => listActions(trx, world.entityId, { mine: readerOf(duty) }))
    expect(codesOf((await mine('profesional_tic')).rows).sort()).toEqual(['AM-2020-002', 'AM-2025-002'])
    expect(codesOf((await mine('alcaldia')).rows)).toEqual([])
    const first = await ask((trx) => listActions(trx, world.entityId, { limit: 4 }))
    const rest = await ask((trx) => listActions(trx, world.entityId, { limit: 4, cursor: first.next }))
    const all = [...codesOf(first.rows), ...codesOf(rest.rows)]
    expect(all).toHaveLength(6)
    expect(new Set(all).size).toBe(6)
    expect(all[0]).toBe('AM-2025-001')
    expect(rest.next).toBeNull()
    const due = await ask((trx) => listDueActions(trx, readerOf('jefatura_ogac'), '2096-12-01'))
    expect(codesOf(due.rows)).toEqual(['AM-2025-001'])
  })
})

describe('whoever answers for an action', () => {
  it('is told before its day, at its day with the duty above, and no longer once it is done', async () => {
    const action = await ask((trx) => findAction(trx, world.entityId, 'AM-2025-002'))
    const at = (day: string) => tellOfAction(world.tools, { ...key, now: `${day}T18:00:00.000Z` })
    const key = { entityId: world.entityId, actionId: action?.id ?? '' }
    expect(await at('2096-12-01')).toEqual({ nextAt: '2097-03-22T13:00:00.000Z', isOver: false })
    await at('2097-03-22')
    await at('2097-03-22')
    await at('2097-04-03')
    expect(await mailsOf(key.actionId)).toEqual([
      ['Profesional TIC', 'La acción de mejora AM-2025-002 vence el viernes 29 de marzo de 2097'],
      ['Dirección TIC', 'Aviso: venció el plazo de la acción de mejora AM-2025-002'],
      ['Profesional TIC', 'La acción de mejora AM-2025-002 está vencida desde el viernes 29 de marzo de 2097'],
    ])
    await reported('AM-2025-002', 'profesional_tic', 'result')
    // Now somebody else has days to verify it, and then months to check it.
    const next = async () => {
      const { nextAt } = await tellOfAction(world.tools, { ...key, now: appNow().toISOString() })
      return (Date.parse(nextAt ?? '') - appNow().getTime()) / 86_400_000
    }
    expect(await next()).toBeLessThan(16)
    await reported('AM-2025-002', 'jefatura_ogac', 'verification')
    expect(await next()).toBeGreaterThan(150)
    expect(await mailsOf(key.actionId)).toHaveLength(3)
    await reported('AM-2025-002', 'jefatura_ogac', 'check')
    expect(await at('2099-01-01')).toEqual({ nextAt: null, isOver: true })
  })

  it('is reminded by working days as they are when the calendar changes', async () => {
    const action = await ask((trx) => findAction(trx, world.entityId, 'AM-2025-001'))
    const reminders = async () => {
      const rows = await withoutEntity(world.owner, (trx) =>
        trx
          .selectFrom('notice')
          .select(['kind', 'planned_on'])
          .where('action_id', '=', action?.id ?? '')
          .where('status', '=', 'planned')
          .where('kind', 'like', 'reminder%')
          .orderBy('kind')
          .execute(),
      )
      return rows.map((row) => row.planned_on)
    }
    expect(await reminders()).toEqual(['2096-11-29', '2096-11-27'])
    const admin = as('administracion')
    const civic = { day: '2096-11-28', kind: 'extra', name: 'Día cívico', actReference: 'Decreto 9' } as const
    await withActor(world.web, admin, (trx) => addCalendarDay(trx, admin, civic))
    expect(await reminders()).toEqual(['2096-11-29', '2096-11-26'])
  })

  it('has a workflow that waits to be told of it', async () => {
    const moved = await withoutEntity(world.worker, (trx) => listMovedActions(trx, 50))
    expect(moved).toHaveLength(6)
  })
})

describe('an action that somebody may give up', () => {
  const askToDrop = (code: string) =>
    withActor(world.web, as('jefatura_ogac'), async (trx) => {
      const action = await lockAction(trx, world.entityId, code)
      if (!action) throw new Error(`no ${code}`)
      const why = { id: newId(), body: 'Ya no hace falta.', evidence: '' }
      await recordProgress(trx, as('jefatura_ogac'), action, { ...why, status: 'drop_asked' })
    })

  it('follows the report that is signed anew, and its notices still wait for the decision', async () => {
    const cycle = await signedCycle(world)
    await movedTo(cycle, 2019)
    await issue(cycle, recommending('2096-11-30'), 2019)
    await askToDrop('AM-2019-001')
    const stood = await ask((trx) => findAction(trx, world.entityId, 'AM-2019-001'))
    const planned = () =>
      withEntity(world.owner, world.entityId, (trx) =>
        trx
          .selectFrom('notice')
          .select('planned_on')
          .where('action_id', '=', stood?.id ?? '')
          .where('status', '=', 'planned')
          .orderBy('planned_on')
          .execute(),
      )
    const before = await planned()
    await issue(cycle, recommending('2096-12-15'), 2019)
    const now = await ask((trx) => findAction(trx, world.entityId, 'AM-2019-001'))
    expect(now).toMatchObject({ status: 'drop_asked', dueDate: '2096-12-15', day: stood?.day })
    expect(before.length).toBeGreaterThan(0)
    expect(await planned()).toEqual(before)
  })

  it('is among those before the next report, however many later ones are settled', async () => {
    await withEntity(world.owner, world.entityId, (trx) =>
      sql`insert into improvement_action (id, entity_id, cycle_id, step_version_id, year, n, code, origin, origin_key, what, duty,
          checker_duty, indicator, due_date, status)
        select gen_random_uuid(), entity_id, cycle_id, step_version_id, 2025, 1000 + i, 'AM-2025-' || 1000 + i, origin, 'otra ' || i,
          what, duty, checker_duty, indicator, due_date, 'dropped'
        from improvement_action, generate_series(1, 201) i where code = 'AM-2019-001'`.execute(trx),
    )
    const next = await signedCycle(world)
    const { recommendations } = await ask((trx) => findEarlierReports(trx, next.cycleId, world.entityId))
    expect(codesOf(recommendations)).toContain('AM-2019-001')
    expect(recommendations.filter(({ status }) => status === 'dropped')).toHaveLength(200)
  })
})

async function mailsOf(actionId: string) {
  const rows = await withoutEntity(world.owner, (trx) =>
    trx
      .selectFrom('mail')
      .innerJoin('notice', 'notice.id', 'mail.notice_id')
      .innerJoin('person', 'person.id', 'mail.person_id')
      .select(['person.display_name as to', 'mail.subject'])
      .where('notice.action_id', '=', actionId)
      .orderBy('notice.planned_at')
      .orderBy('person.display_name')
      .execute(),
  )
  return rows.map(({ to, subject }) => [to, subject])
}
