import { findActUnderWay } from '../../db/act-pages.ts'
import type { Trx } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import {
  findCycleHead,
  findUnissuedReport,
  listCycleDocuments,
  listCycleFiles,
  listWaiting,
} from '../../db/cycle-pages.ts'
import { findCycle, type LoadedCycle } from '../../db/cycles.ts'
import { listRunningTerms, listSignatures, type StepSignature } from '../../db/step-pages.ts'
import { entityCalendar } from '../../db/terms.ts'
import type { Calendar } from '../../domain/calendar.ts'
import { firstNotApproved, type StepState } from '../../domain/cycle-state.ts'
import { sourceRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import type { SignatureRole, StepCode } from '../../domain/procedures.ts'
import { expectedTasks, type TaskKind } from '../../domain/tasks.ts'
import { termChip, workingDaysLeft } from '../../domain/terms.ts'
import { permitted } from '../commands/permitted.server.ts'
import type { StepLine } from '../components/step-list.tsx'
import type { Actor } from '../session.server.ts'
import { cancelRight, stepRights } from '../step-rights.server.ts'
import { listed, stepLineText } from '../text/cycles.ts'
import { type DutyNames, dutyName } from '../text/duties.ts'
import { shownEliminated } from './disposals.server.ts'
import { heldIn } from './releases.server.ts'
import { stepAddress, waitingOn } from './step.server.ts'
import { historyOf } from './timelines.server.ts'

/** What the page of a cycle shows; undefined when not visible. */
export async function findCyclePage(trx: Trx, actor: Actor, cycleId: string, search: URLSearchParams) {
  const head = await findCycleHead(trx, cycleId)
  const cycle = await findCycle(trx, cycleId)
  if (!head || !cycle) return undefined
  const calendar = await entityCalendar(trx, cycle.entityId)
  const terms = await listRunningTerms(trx, cycleId)
  const signatures = await listSignatures(trx, cycleId)
  const called = actor.entity.dutyNames
  const current = head.status === 'active' ? firstNotApproved(cycle.state) : null
  return {
    head,
    mine: await actionOf(trx, actor, cycle),
    waiting: current ? waitingOn(cycle, current, runningTerm(terms[current]), calendar, called) : null,
    steps: cycle.state.steps.map((step) =>
      lineOf({ cycle, signatures, calendar, current, called }, step, terms[step.code]),
    ),
    cancel: cancelRight(actor, cycle),
    mayAnalyse: isAnalysed(actor, cycle),
    mayAudit: whyNot(permitted(actor), 'audit', 'Entity', { entityId: cycle.entityId }) === null,
    history: await historyOf(trx, actor, { kind: 'cycle', id: cycleId }, search),
    files: await listCycleFiles(trx, cycleId),
    documents: await listCycleDocuments(trx, cycleId),
    unissued: await findUnissuedReport(trx, cycleId),
    held: await heldIn(trx, actor, cycle),
    underWay: (await findActUnderWay(trx, cycleId, null)) ?? null,
    eliminated: await shownEliminated(trx, actor, cycleId),
  }
}

/** Whether there is an approved snapshot to look at, and this position may. */
function isAnalysed(actor: Actor, cycle: LoadedCycle): boolean {
  const row = sourceRow(cycle.entityId, cycle.version.procedure)
  return (
    cycle.state.steps.find(({ code }) => code === '3')?.status === 'approved' &&
    whyNot(permitted(actor), 'analyse', 'Source', row) === null
  )
}

function runningTerm(dueDate: string | undefined) {
  return dueDate ? { dueDate, status: 'running' } : undefined
}

/** The one step that waits for this person, and where its work is done. */
async function actionOf(trx: Trx, actor: Actor, cycle: LoadedCycle) {
  const waiting = await listWaiting(trx, cycle.state.id, actor.position.duty)
  for (const { stepCode, kind } of waiting) {
    const code = stepCode as StepCode
    const rights = stepRights(actor, cycle, code)
    const to = stepAddress(cycle.state.id, code)
    if (kind === 'elaborate' && rights.edit.may) return { code, kind: kind as TaskKind, to }
    if (kind === 'decide_reopening' && rights.answerReopen.may)
      return { code, kind: kind as TaskKind, to: `${to}/reabrir` }
    if (rights.approve.may || (rights.return.may && kind !== 'elaborate'))
      return { code, kind: kind as TaskKind, to: `${to}/revision` }
  }
  return null
}

/** What every line of a cycle is made from. */
interface Around {
  cycle: LoadedCycle
  signatures: StepSignature[]
  calendar: Calendar
  /** The step it is at; null once it is over. */
  current: StepCode | null
  called: DutyNames
}

function lineOf(around: Around, step: StepState, dueDate: string | undefined): StepLine & { sentence: string } {
  const { cycle, calendar, current } = around
  const template = cycle.version.procedure.steps.find((candidate) => candidate.code === step.code)
  const today = appToday()
  return {
    code: step.code,
    title: template?.title ?? '',
    status: step.status,
    to: stepAddress(cycle.state.id, step.code),
    term: dueDate ? termChip(dueDate, today, calendar) : null,
    sentence: sentenceOf(around, step) + untilOf(dueDate, today, calendar),
    current: step.code === current,
  }
}

function untilOf(dueDate: string | undefined, today: string, calendar: Calendar): string {
  return dueDate ? stepLineText.until(dueDate, workingDaysLeft(dueDate, today, calendar)) : ''
}

function sentenceOf({ cycle, signatures, current, called }: Around, step: StepState): string {
  const tasks = expectedTasks(cycle.state, cycle.version.procedure)
  const hands = (code: string) =>
    tasks.filter((task) => task.stepCode === code).map((task) => dutyName(task.duty, called))
  switch (step.status) {
    case 'not_started':
      if (current === null || current === step.code) return stepLineText.opening
      return stepLineText.locked(String(Number(step.code) - 1), current, listed(hands(current)))
    case 'in_progress':
      return stepLineText.elaborating(hands(step.code))
    case 'returned':
      return stepLineText.returned(hands(step.code))
    case 'in_review':
      return stepLineText.reviewing(hands(step.code))
    case 'in_approval':
      return stepLineText.deciding(hands(step.code))
    case 'approved':
      return approvedSentence(step, signatures)
    case 'lapsed':
      return stepLineText.lapsed(step.lapsedBy)
    case 'cancelled':
      return stepLineText.cancelled
  }
}

function approvedSentence(step: StepState, signatures: StepSignature[]): string {
  const own = signatures.filter((one) => one.versionId === step.version?.id && one.verdict === 'approve')
  const last = own.filter((one) => one.role !== 'reviewer').at(-1)
  if (!last) return ''
  const names = (role: SignatureRole) => own.filter((one) => one.role === role).map((one) => one.positionName)
  return stepLineText.approved(listed(names('approver')), listed(names('consent')), last.signedAt)
}
