/** The other ways a run of a control goes: shared and revised evidence, a reason, a pause, a moved day, a risk that happens. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { startHappened } from '../../activities/keep-controls.ts'
import { registerDay } from '../../app/commands/administer-calendar.server.ts'
import { decideRun, executeRun } from '../../app/commands/decide-run.server.ts'
import { recordRiskEvent } from '../../app/commands/follow-risk.server.ts'
import { pauseControl, resumeControl } from '../../app/commands/keep-controls.server.ts'
import { loadControl, waitingRuns } from '../../app/pages/control.server.ts'
import { loadRun as loadRunPage } from '../../app/pages/control-run.server.ts'
import { requireSubject } from '../../app/pages/timeline-subjects.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { runText } from '../../app/text/control-runs.ts'
import { formatDay } from '../../app/text/format.ts'
import { SUBJECT_NAMES } from '../../app/text/timeline.ts'
import { DEMO_EVENT } from '../../catalog/demo/plans.ts'
import { DUB_CONTROLS, DUB_RISK } from '../../catalog/demo/risks.ts'
import { type Database, openDatabase, withActor } from '../../db/client.ts'
import { appToday, moveClock } from '../../db/clock.ts'
import { listOfferedEvidence } from '../../db/control-evidence.ts'
import { newId } from '../../db/ids.ts'
import { listRanTerms } from '../../db/ran-terms.ts'
import { roleUrl } from '../../db/roles.ts'
import { entityCalendar } from '../../db/terms.ts'
import { isWorkingDay } from '../../domain/calendar.ts'
import { addDays, addMonths, daysBetween } from '../../domain/civil-dates.ts'
import { runDaysOnceHappened } from '../../domain/control-periods.ts'
import { earliestEvidence } from '../../domain/control-runs.ts'
import type { ResumptionInput } from '../../domain/run-inputs.ts'
import { controlScheduleId } from '../../workflows/messages.ts'
import { check, controlled, execute, keepOnce, loadRun, rowsIn, runsOf } from '../support/control-runs.ts'
import { TEST_SECRET } from '../support/services.ts'
import { fastForward } from '../support/temporal.ts'
import { openWorld, type World } from '../support/world.ts'

const DAY_S = 86_400

let world: World
let worker: Database
let owner: Actor
let sig: Actor
const known = new Set<string>()
beforeAll(async () => {
  world = await openWorld({ courier: true })
  worker = openDatabase(roleUrl(world.ownerUrl, TEST_SECRET, 'worker'), { max: 2 })
  ;[owner, sig] = await Promise.all([world.actor('direccion_tic'), world.actor('profesional_sig')])
}, 120_000)
afterAll(async () => {
  await worker.close()
  await world.close()
}, 60_000)
afterEach(() => moveClock(0))

async function running(periodicity = 'anual') {
  const control = await controlled(world, periodicity, owner)
  await keepOnce(worker, world, known)
  await expect.poll(() => runsOf(world, control.id), { timeout: 15_000 }).toHaveLength(1)
  return { ...control, runId: (await runsOf(world, control.id))[0]?.id ?? '' }
}

const usesOf = (controlId: string) =>
  rowsIn(world, (trx) =>
    trx
      .selectFrom('control_evidence_use as u')
      .innerJoin('control_run as r', 'r.id', 'u.run_id')
      .innerJoin('control_evidence as e', 'e.id', 'u.evidence_id')
      .select(['e.id', 'e.n'])
      .where('r.control_id', '=', controlId)
      .orderBy('e.n')
      .execute(),
  )

it('says what the control does, for which risk, what is to be brought and until when', async () => {
  const { id, risk, code } = await running()
  const [run] = await runsOf(world, id)
  const place = { risk, control: code, start: run?.period_start ?? '' }
  const page = await loadRunPage(world.context, owner, place, new URLSearchParams())
  expect(page).toMatchObject({ action: DUB_CONTROLS[0]?.action, riskWords: DUB_RISK.description, isToDo: true })
  expect(runText.asked('enero', formatDay(page.dueOn))).toContain(`hasta el ${formatDay(page.dueOn)}`)
  // On a day that is no working day it is asked for from the next that is.
  moveClock(Math.max(0, daysBetween(appToday(), run?.opens_on ?? '')) * DAY_S * 1000)
  const lines = await withActor(world.context.db, owner, (trx) => waitingRuns(trx, owner))
  expect(lines.rows.find((line) => line.risk === risk)).toMatchObject({
    ...{ control: code, task: 'execute', action: DUB_CONTROLS[0]?.action, riskWords: DUB_RISK.description },
  })
  const { way } = await withActor(world.context.db, owner, (trx) =>
    requireSubject(trx, owner, new URLSearchParams({ [SUBJECT_NAMES.run]: run?.id ?? '' })),
  )
  const control = `/riesgos/${risk}/controles/${code}`
  expect(way.map(({ to }) => to)).toEqual([
    ...['/riesgos', `/riesgos/${risk}`, control],
    `${control}/ejecuciones/${run?.period_start}`,
  ])
})

it('takes no evidence that begins more than a year before the period', async () => {
  const { runId } = await running()
  const { state } = await loadRun(world, runId)
  const late = addDays(earliestEvidence(state.period), -1)
  await expect(execute(world, owner, runId, { from: late })).rejects.toMatchObject({ code: 'evidence_early' })
  await execute(world, owner, runId, { from: earliestEvidence(state.period) })
})

it('one file shows two controls, each checked by itself, and what is returned is shown anew as a revision', async () => {
  const first = await running()
  const second = await running()
  const { state } = await loadRun(world, second.runId)
  const offered = () =>
    rowsIn(world, (trx) => listOfferedEvidence(trx, world.entityId, { ...state, today: appToday() }))
  const reuse = async (evidenceId: string) =>
    await executeRun(world.context, owner, {
      ...{ runId: second.runId, read: state.contentHash ?? '', note: '', shown: { evidenceId } },
      ...{ from: state.period.start, to: appToday(), validUntil: addDays(appToday(), 40) },
    })
  await execute(world, owner, first.runId, { validUntil: addDays(appToday(), 30) })
  const [waiting] = await usesOf(first.id)
  await expect(reuse(waiting?.id ?? '')).rejects.toMatchObject({ code: 'evidence_unaccepted' })
  await check(world, sig, first.runId, 'reject')
  await expect(reuse(waiting?.id ?? '')).rejects.toMatchObject({ code: 'evidence_unaccepted' })
  await execute(world, owner, first.runId, { validUntil: addDays(appToday(), 40), words: 'el listado completo' })
  const shown = await usesOf(first.id)
  expect(shown.map(({ n }) => n)).toEqual([1, 2])
  expect(await offered()).toEqual([])
  await check(world, sig, first.runId)
  const evidenceId = shown[1]?.id ?? ''
  // What was returned is offered to nobody, though its revision was verified.
  expect((await offered()).map(({ id }) => id)).toEqual([evidenceId])
  await reuse(evidenceId)
  expect((await usesOf(second.id)).map(({ id }) => id)).toEqual([evidenceId])
  expect((await loadRun(world, second.runId)).state.status).toBe('executed')
  await check(world, sig, second.runId)
  expect((await loadRun(world, second.runId)).state.status).toBe('verified')
})

it('a reason why it was not executed is accepted or returned by somebody else, and shows nothing', async () => {
  const { id, runId } = await running()
  const omit = async () => {
    const { state } = await loadRun(world, runId)
    const reason = 'La plataforma estuvo cerrada por mantenimiento todo el período.'
    return await decideRun(world.context, owner, { runId, verdict: 'omit', read: state.contentHash ?? '', reason })
  }
  await omit()
  await check(world, sig, runId, 'reject')
  await omit()
  await check(world, sig, runId)
  expect((await loadRun(world, runId)).state).toMatchObject({ status: 'excused', isClosed: true })
  const standing = await rowsIn(world, (trx) =>
    trx.selectFrom('control_standing').select('state').where('control_id', '=', id).executeTakeFirst(),
  )
  expect(standing?.state ?? 'never').not.toBe('current')
})

it('the year of a control says where there was none yet, or no longer, and counts its runs only', async () => {
  const { code, risk, id } = await running('mensual')
  const place = { risk, control: code }
  const squares = async (on = '') => {
    const { year, months } = await loadControl(world.context, owner, place, new URLSearchParams(on))
    return { year, said: months.flatMap(({ squares }) => squares.map(({ state }) => state)) }
  }
  const { year, said } = await squares()
  const month = Number(appToday().slice(5, 7))
  expect(said).toEqual([...Array(month - 1).fill('before'), 'open', ...Array(12 - month).fill('planned')])
  expect((await squares(`anio=${year - 1}`)).said).toEqual(Array(12).fill('before'))
  const retired = `${appToday()}T12:00:00-05:00`
  await rowsIn(world, (trx) =>
    trx
      .updateTable('risk_control')
      .set({ retired_at: new Date(retired), retired_reason: 'Ya no hace falta.' })
      .where('id', '=', id)
      .execute(),
  )
  expect((await squares(`anio=${year + 1}`)).said).toEqual(Array(12).fill('after'))
})

it('what comes in a pause is recorded and asked of nobody, and what was open stays to be done', async () => {
  const { id, code, risk, runId } = await running('mensual')
  const keeper = await world.actor('jefatura_ogac')
  const place = { risk, control: code }
  const until = addDays(appToday(), 70)
  const input = { formKey: newId(), from: appToday(), until, reason: 'El sistema se reemplaza.' }
  for (const tooLate of ['2099-12-31', addDays(addMonths(appToday(), 6), 1)])
    await expect(
      pauseControl(world.context, keeper, place, { ...input, formKey: newId(), until: tooLate }),
    ).rejects.toMatchObject({ ...{ code: 'pause_long', status: 422 }, facts: { day: addMonths(appToday(), 6) } })
  await pauseControl(world.context, keeper, place, input)
  const sooner = { ...input, formKey: newId(), from: addDays(until, 10) }
  await expect(
    pauseControl(world.context, keeper, place, { ...sooner, until: addDays(addMonths(appToday(), 6), 1) }),
  ).rejects.toMatchObject({ ...{ code: 'pause_joined', status: 422 }, facts: { day: addMonths(appToday(), 6) } })
  await pauseControl(world.context, keeper, place, { ...sooner, until: addMonths(appToday(), 6) })
  const next = addDays(addMonths(appToday(), 6), 31)
  await expect(
    pauseControl(world.context, keeper, place, { ...sooner, formKey: newId(), from: addDays(next, -1), until: next }),
  ).rejects.toMatchObject({ ...{ code: 'pause_full', status: 409 }, facts: { day: next } })
  await fastForward(world.temporal.client, `temporal-sys-scheduler:${controlScheduleId(id)}`, 35 * DAY_S)
  await expect.poll(async () => (await runsOf(world, id)).length, { timeout: 15_000 }).toBeGreaterThan(1)
  const [open, paused] = await runsOf(world, id)
  expect([open?.id, open?.status, paused?.status]).toEqual([runId, 'open', 'paused'])
  const notices = await rowsIn(world, (trx) =>
    trx
      .selectFrom('notice')
      .select('id')
      .where('run_id', '=', paused?.id ?? '')
      .execute(),
  )
  expect(notices).toEqual([])
})

it('a pause lifted early asks again from the day chosen on, once, and every other try hears why not', async () => {
  const { id, code, risk } = await running('mensual')
  const keeper = await world.actor('jefatura_ogac')
  const place = { risk, control: code }
  const pauseId = newId()
  const reason = 'El sistema ya se reemplazó.'
  const resume = (change: Partial<ResumptionInput> = {}, by = keeper) =>
    resumeControl(world.context, by, place, {
      ...{ formKey: newId(), pauseId, resumesOn: addDays(appToday(), 40), reason, ...change },
    })
  await expect(resume()).rejects.toMatchObject({ code: 'pause_unknown', status: 409 })
  const until = addDays(appToday(), 170)
  await pauseControl(world.context, keeper, place, { formKey: pauseId, from: appToday(), until, reason })
  await expect(resume({}, await world.actor('profesional_tic'))).rejects.toMatchObject({ status: 403 })
  await expect(resume({ resumesOn: addDays(appToday(), -1) })).rejects.toMatchObject({ code: 'resume_past' })
  await expect(resume({ resumesOn: addDays(until, 1) })).rejects.toMatchObject({ code: 'resume_late' })
  const formKey = newId()
  const resumesOn = addDays(appToday(), 40)
  for (let times = 0; times < 2; times++) await resume({ formKey })
  await expect(resume({ resumesOn })).rejects.toMatchObject({ code: 'resume_late' })

  await fastForward(world.temporal.client, `temporal-sys-scheduler:${controlScheduleId(id)}`, 70 * DAY_S)
  const after = async () => (await runsOf(world, id)).filter(({ opens_on }) => opens_on >= resumesOn)
  await expect.poll(async () => (await after()).length, { timeout: 15_000 }).toBeGreaterThan(0)
  const [, ...later] = await runsOf(world, id)
  expect(later.map(({ status }) => status)).toEqual(
    later.map(({ opens_on }) => (opens_on < resumesOn ? 'paused' : 'open')),
  )
  expect(new Set(later.map(({ status }) => status))).toEqual(new Set(['paused', 'open']))

  await resume({ resumesOn: appToday() })
  await expect(resume({ resumesOn: appToday() })).rejects.toMatchObject({
    ...{ code: 'pause_over', status: 409, facts: { day: appToday() } },
  })
  const again = { formKey: newId(), from: appToday(), until, reason }
  await pauseControl(world.context, keeper, place, again)
  const events = await rowsIn(world, (trx) =>
    trx
      .selectFrom('event')
      .select('changes')
      .where('object_id', '=', id)
      .where('type', '=', 'control.resumed')
      .orderBy('at')
      .execute(),
  )
  expect(
    events.map(({ changes }) => (changes as { field: string }[]).find(({ field }) => field === 'resumes_on')),
  ).toEqual([
    { field: 'resumes_on', before: addDays(until, 1), after: resumesOn },
    { field: 'resumes_on', before: resumesOn, after: appToday() },
  ])
})

it('a day that stops counting moves the day by which an open run is done, with its event and its reminders', async () => {
  const { runId } = await running()
  const { state } = await loadRun(world, runId)
  const admin = await world.actor('administracion')
  const typed = { day: state.dueOn, kind: 'extra', name: 'Día cívico', actReference: 'Decreto 123 de 2026' }
  const change = await registerDay(world.context, admin, typed)
  const moved = change.ok ? change.saved.moved : []
  const after = moved?.find(({ termId }) => termId === runId)?.after ?? ''
  expect(after < state.dueOn).toBe(true)
  await expect.poll(async () => (await loadRun(world, runId)).state.dueOn, { timeout: 20_000 }).toBe(after)
  const calendar = await rowsIn(world, (trx) => entityCalendar(trx, world.entityId))
  expect(isWorkingDay(after, calendar)).toBe(true)
  const events = await rowsIn(world, (trx) =>
    trx.selectFrom('event').select('type').where('object_id', '=', runId).where('type', 'like', '%moved').execute(),
  )
  expect(events).toEqual([{ type: 'control.run_term_moved' }])
  const about = { entityId: world.entityId, kind: 'run', id: runId } as const
  const [term] = (await rowsIn(world, (trx) => listRanTerms(trx, about))).rows
  expect(term).toMatchObject({ dueOn: after, movedFrom: state.dueOn, calendarVersion: calendar.version })
  expect(term?.days.at(-1)).toMatchObject({ date: after, counts: true })
  await fastForward(
    world.temporal.client,
    (await loadRun(world, runId)).workflowId,
    (daysBetween(appToday(), after) + 1) * DAY_S,
  )
  expect((await loadRun(world, runId)).state.status).toBe('missed')
})

it('a control for when the risk happens is asked for with every day on which that is said, once', async () => {
  const { id, risk, riskId } = await controlled(world, 'al_materializarse', owner)
  await keepOnce(worker, world, known)
  await startHappened(worker, world.temporal.client)
  expect(await runsOf(world, id)).toEqual([])
  const happened = () => ({
    ...DEMO_EVENT,
    formKey: newId(),
    occurredOn: addDays(appToday(), -3),
    endedOn: '',
    times: 1,
    incidentId: '',
  })
  for (let times = 0; times < 2; times++) await recordRiskEvent(world.context, owner, risk, happened())
  for (let times = 0; times < 2; times++) await startHappened(worker, world.temporal.client)
  await expect.poll(() => runsOf(world, id), { timeout: 15_000 }).toHaveLength(1)
  await startHappened(worker, world.temporal.client)
  const [run] = await runsOf(world, id)
  const calendar = await rowsIn(world, (trx) => entityCalendar(trx, world.entityId))
  expect(run).toMatchObject({
    period_start: addDays(appToday(), -3),
    due_on: runDaysOnceHappened(appToday(), calendar).dueOn,
    status: 'open',
  })
  // What was done on the day on which it happened shows it, though it was told later.
  const done = addDays(appToday(), -2)
  await execute(world, owner, run?.id ?? '', { from: addDays(appToday(), -3), to: done })
  await check(world, sig, run?.id ?? '')
  expect((await loadRun(world, run?.id ?? '')).state.status).toBe('verified')
  const standing = await rowsIn(world, (trx) =>
    trx.selectFrom('risk_standing').selectAll().where('risk_id', '=', riskId).executeTakeFirstOrThrow(),
  )
  expect(standing.demonstrated_p).toBe(standing.declared_p)
})

it('an execution nobody else may check opens one incident for whoever operates', async () => {
  const { runId } = await running()
  await rowsIn(world, (trx) =>
    trx
      .updateTable('tenure')
      .set({ to_date: addDays(appToday(), -1) })
      .where('position_id', 'in', (from) =>
        from.selectFrom('position').select('id').where('duty', 'in', ['profesional_sig', 'jefatura_ogac']),
      )
      .execute(),
  )
  await execute(world, owner, runId)
  const incidents = await rowsIn(world, (trx) =>
    trx.selectFrom('incident').select('kind').where('object_id', '=', runId).execute(),
  )
  expect(incidents).toEqual([{ kind: 'run_unchecked' }])
})
