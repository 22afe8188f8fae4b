import { data, redirect } from '@remix-run/node'
import { type Trx, withActor } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { listOfferedEvidence } from '../../db/control-evidence.ts'
import { listRunActs, listShownEvidence } from '../../db/control-pages.ts'
import { findRun, findRunId, type LoadedRun } from '../../db/control-runs.ts'
import { listControls } from '../../db/risk-pages.ts'
import { findRisk } from '../../db/risks.ts'
import { loadRunRow } from '../../db/run-checkers.ts'
import { isCivilDate } from '../../domain/civil-dates.ts'
import { nextPeriod } from '../../domain/control-periods.ts'
import { isToCheck, isToDo, objectionsToRun } from '../../domain/control-runs.ts'
import { isId } from '../../domain/ids.ts'
import { readInput } from '../../domain/input-reading.ts'
import type { Rows } from '../../domain/permission-subjects.ts'
import { whyNot } from '../../domain/permissions.ts'
import { ExecutionInput, RunVerdictInput } from '../../domain/run-inputs.ts'
import { typedOf } from '../administration.server.ts'
import { type FieldError, notFound } from '../answer.server.ts'
import { decideRun, executeRun, type Shown } from '../commands/decide-run.server.ts'
import { permitted } from '../commands/permitted.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { taken } from '../taken.server.ts'
import { runText } from '../text/control-runs.ts'
import { inputErrors } from '../text/inputs.ts'
import { refusalSentence, sentenceOf } from '../text/refusals.ts'
import { isUpload, type ReceivedForm, receiveForm } from '../uploads.server.ts'
import { type ControlPlace, requireControlAt } from './control.server.ts'
import { historyOf } from './timelines.server.ts'

export interface RunPlace extends ControlPlace {
  /** Civil date on which its period begins. */
  start: string
}

async function requireRun(trx: Trx, context: AppContext, actor: Actor, place: RunPlace): Promise<LoadedRun> {
  const control = await requireControlAt(trx, context, actor, place)
  const id = isCivilDate(place.start) ? await findRunId(trx, control.id, place.start) : undefined
  const run = id && (await findRun(trx, id))
  if (!run) throw notFound(context.requestId)
  return run
}

/** One run with its acts and evidence, and what this person may do with it now. */
export async function loadRun(context: AppContext, actor: Actor, place: RunPlace, search: URLSearchParams) {
  return await withActor(context.db, actor, async (trx) => {
    const run = await requireRun(trx, context, actor, place)
    const { state, control } = run
    const today = appToday()
    const acts = await listRunActs(trx, state.id)
    const { rows: evidence } = await listShownEvidence(trx, { controlId: control.id, runId: state.id }, null, 100)
    const isUnderWay = acts.some((act) => act.isUnderWay)
    return {
      ...{ ...place, id: state.id, status: state.status, period: state.period, missedOn: state.missedOn },
      ...{ opensOn: state.opensOn, dueOn: state.dueOn, lateUntil: state.lateUntil, isClosed: state.isClosed },
      ...{ owner: control.ownerName, read: state.contentHash ?? '', isToDo: isToDo(state) },
      ...(await wordsOf(trx, actor, run)),
      acts: acts.map(({ storedAt, ...act }) => ({ ...act, at: storedAt.toISOString() })),
      evidence: evidence.map((one) => ({ ...one, uploadedAt: one.uploadedAt.toISOString() })),
      ...(isUnderWay ? { may: null, whyNot: null } : mayOf(actor, run, await loadRunRow(trx, run))),
      offered: isToDo(state) ? await listOfferedEvidence(trx, actor.entityId, { period: state.period, today }) : [],
      first: firstDays(run, today),
      history: await historyOf(trx, actor, { kind: 'run', id: state.id }, search),
    }
  })
}

/** What the control does and which risk it is of, as they were written. */
async function wordsOf(trx: Trx, actor: Actor, { control }: LoadedRun) {
  const words = (await listControls(trx, control.riskId)).find(({ id }) => id === control.id)
  const risk = await findRisk(trx, actor.entityId, control.riskCode)
  return {
    ...{ action: words?.action ?? '', complement: words?.complement ?? '' },
    riskWords: risk?.assessment.answers.description ?? '',
  }
}

/** What may be done now, by whoever looks; otherwise why not, as a sentence. */
function mayOf(actor: Actor, { state }: LoadedRun, row: Rows['Run']) {
  if (isToDo(state)) {
    const against = whyNot(permitted(actor), 'execute', 'Run', row)
    return { may: against ? null : ('execute' as const), whyNot: sentenceOf(against, actor) }
  }
  if (!isToCheck(state)) return { may: null, whyNot: null }
  const { personId, position } = actor
  const hand = { personId, positionId: position.id, duty: position.duty }
  const decision = { kind: 'verify' as const, runId: state.id, contentHash: state.contentHash ?? '', ...hand }
  const against =
    whyNot(permitted(actor), 'check', 'Run', row) ??
    objectionsToRun(state, { ...decision, actingFor: position.actingFor?.personId ?? null })[0] ??
    null
  return { may: against ? null : ('check' as const), whyNot: sentenceOf(against, actor) }
}

/** What the fields of evidence say at first: the period until today, in force until the next run is due. */
function firstDays({ state, control }: LoadedRun, today: string) {
  const { start, end } = state.period
  const until = control.rhythm === null ? end : nextPeriod(control.rhythm, state.period).end
  return { from: start, to: end < today ? end : today, validUntil: until < today ? today : until }
}

export interface RunAnswer {
  errors: FieldError[]
  values: Record<string, string>
}

/** The forms of a run: wrong input is 422 beside its field, a refusal its sentence, and everything typed comes back. */
export async function actOnRun(context: AppContext, actor: Actor, place: RunPlace, request: Request) {
  const { run, mayBring } = await withActor(context.db, actor, async (trx) => {
    const found = await requireRun(trx, context, actor, place)
    return { run: found, mayBring: mayBringTo(actor, found, await loadRunRow(trx, found)) }
  })
  const received = await receive(context, request, mayBring)
  const typed = typedOf(received.form)
  const verdict = typed.formulario ?? ''
  const about = { ...typed, runId: run.state.id, verdict }
  const back = (outcome: string) =>
    redirect(`/riesgos/${place.risk}/controles/${place.control}/ejecuciones/${place.start}?hecho=${outcome}`)
  const work = async () => {
    if (verdict === 'execute') {
      const read = readInput(ExecutionInput, about)
      const errors = read.ok ? [] : inputErrors(read.errors, (path) => `execute-${path}`)
      const shown = shownBy(received, typed)
      // Whoever may bring nothing now hears why, and not that nothing came.
      if (typeof shown === 'string' && mayBring && isToDo(run.state))
        errors.push({ field: 'execute-file', message: shown })
      if (!read.ok || errors.length > 0) return answer(errors, typed, 422)
      const { settled } = await executeRun(context, actor, {
        ...{ ...read.input, shown: typeof shown === 'string' ? null : shown },
      })
      return back(settled ? 'execute' : 'tramite')
    }
    const read = readInput(RunVerdictInput, about)
    if (!read.ok)
      return answer(
        inputErrors(read.errors, (path) => `${verdict}-${path}`),
        typed,
        422,
      )
    const { settled } = await decideRun(context, actor, read.input)
    return back(settled ? verdict : 'tramite')
  }
  return await taken(actor, verdict, typed, work, BESIDE)
}

/** Beside which field a refusal of evidence stands. */
const BESIDE = {
  ...{ evidence_ahead: 'to', evidence_beside: 'from', evidence_expired: 'validUntil', evidence_long: 'validUntil' },
  ...{ evidence_early: 'from', evidence_unknown: 'evidenceId', evidence_unaccepted: 'evidenceId' },
}

function answer(errors: FieldError[], values: Record<string, string>, status: number) {
  return data<RunAnswer>({ errors, values }, { status })
}

/** Executed already, the same form sent again is still read: it has its receipt, or says who was faster. */
const mayBringTo = (actor: Actor, { state }: LoadedRun, row: Rows['Run']) =>
  !state.isClosed && whyNot(permitted(actor), 'execute', 'Run', row) === null

/** Nobody who may not execute it gets to leave a byte. */
async function receive(context: AppContext, request: Request, mayBring: boolean): Promise<ReceivedForm> {
  if (!isUpload(request)) return { form: await request.formData(), files: [], refused: null }
  return await receiveForm(request, mayBring ? context.config.DATA_DIR : undefined)
}

/** The file that came, or the evidence that was chosen; a sentence where neither did. */
function shownBy({ files, refused }: ReceivedForm, typed: Record<string, string>): NonNullable<Shown> | string {
  if (refused) return refused
  const [file] = files
  if (files.length > 1) return runText.oneFile
  if (file) return { file }
  const { evidenceId = '' } = typed
  return isId(evidenceId) ? { evidenceId } : refusalSentence('evidence_missing')
}
