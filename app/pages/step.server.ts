import { newestForm } from '../../catalog/forms/index.ts'
import { findActUnderWay } from '../../db/act-pages.ts'
import type { Trx } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { findCycleHead } from '../../db/cycle-pages.ts'
import type { LoadedCycle } from '../../db/cycles.ts'
import { findStandingDraft } from '../../db/drafts.ts'
import { newId } from '../../db/ids.ts'
import { findStepContext, type StepContext } from '../../db/step-context.ts'
import { findLastReturn, findTermOf, listSignatures, type StepSignature, type StepTerm } from '../../db/step-pages.ts'
import { findStepVersion, listStepVersions } from '../../db/step-versions.ts'
import { entityCalendar } from '../../db/terms.ts'
import type { Calendar } from '../../domain/calendar.ts'
import { approversLeft, reviewersLeft, stepOf } from '../../domain/cycle-state.ts'
import { flattenForReview } from '../../domain/forms.ts'
import type { SignatureRole, StepCode } from '../../domain/procedures.ts'
import { progressOf } from '../../domain/readiness.ts'
import { expectedTasks } from '../../domain/tasks.ts'
import { termChip, workingDaysLeft } from '../../domain/terms.ts'
import type { SignatureLine } from '../components/step/signatures.tsx'
import type { ShownTerm } from '../components/step/term-box.tsx'
import type { Actor } from '../session.server.ts'
import { stepRights } from '../step-rights.server.ts'
import type { Waiting } from '../text/cycles.ts'
import { listed } from '../text/cycles.ts'
import { type DutyNames, dutyName } from '../text/duties.ts'
import { findComments } from './comments.server.ts'
import { shownEliminated } from './disposals.server.ts'
import { shownEarlier } from './earlier-reports.server.ts'
import { seeOthers } from './presence.server.ts'
import { openProposalsOf } from './proposals.server.ts'
import { findStepFigures } from './step-figures.server.ts'
import { stepGrounds } from './step-grounds.server.ts'
import { shownLeftOver } from './step-upgrade.server.ts'

/** What the page of a step shows: one reading of the step, then everything around it. Undefined when not visible. */
export async function findStepPage(trx: Trx, actor: Actor, cycleId: string, code: StepCode) {
  const head = await findCycleHead(trx, cycleId)
  const step = await findStepContext(trx, cycleId, code)
  if (!head || !step) return undefined
  const { cycle, definition, draft, template } = step
  const state = stepOf(cycle.state, code)
  const stepId = cycle.stepIds[code] ?? ''
  const calendar = await entityCalendar(trx, cycle.entityId)
  const term = await findTermOf(trx, cycle.attemptIds[code] ?? null)
  const isDraft = state.status === 'in_progress' || state.status === 'returned'
  const signatures = await listSignatures(trx, cycleId)
  const called = actor.entity.dutyNames
  const rights = stepRights(actor, cycle, code)
  const eliminated = await shownEliminated(trx, actor, cycleId)
  return {
    base: stepAddress(cycleId, code),
    cycle: { id: cycleId, name: head.name },
    code,
    title: template.title,
    about: { description: template.description, registers: template.registers },
    status: state.status,
    attempt: state.attempt,
    lapsedBy: state.lapsedBy,
    cycleStatus: head.status,
    waiting: waitingOn(cycle, code, term, calendar, called),
    rights,
    grounds: await stepGrounds(trx, actor, { cycle, code, rights }),
    form: rights.edit.may
      ? {
          ...formOf(step, actor, draft.savedBy ? (await findStandingDraft(trx, stepId)).savedBy : ''),
          others: await seeOthers(trx, actor, step),
        }
      : null,
    version: !isDraft && state.version ? ((await findStepVersion(trx, cycleId, state.version.id)) ?? null) : null,
    leftOver: shownLeftOver(code, draft.leftOver, step.options),
    lines: isDraft && !rights.edit.may ? flattenForReview(definition, draft.answers, step.options) : [],
    progress: isDraft ? progressOf(code, draft.answers, step.readiness, definition.version) : null,
    term: shownTerm(term, calendar),
    signatures: state.attempt > 0 ? signatureLines(step, signatures, called) : [],
    comments: await findComments(trx, actor, step),
    commentKey: newId(),
    files: step.attachments,
    returned: state.status === 'returned' ? ((await findLastReturn(trx, stepId)) ?? null) : null,
    groups: definition.groups.map(({ code: group, title }) => ({ code: group, title })),
    versions: await listStepVersions(trx, stepId),
    underWay: (await findActUnderWay(trx, cycleId, code)) ?? null,
    eliminated,
    // What they would be counted in is gone.
    figureGrounds: eliminated ? null : await findStepFigures(trx, step),
    earlier: code === '1' || code === '6' ? await shownEarlier(trx, actor, cycle) : [],
    proposals: code === '6' ? await openProposalsOf(trx, step) : [],
  }
}

export function stepAddress(cycleId: string, code: string): string {
  return `/ejercicios/${cycleId}/pasos/${code}`
}

function formOf({ code, definition, draft, options }: StepContext, actor: Actor, savedBy: string) {
  const newest = newestForm(code).version
  return {
    definition,
    /** Version of a newer form the draft could be brought over to. */
    newest: newest > definition.version ? newest : null,
    options,
    answers: draft.answers,
    rev: draft.rev,
    saved: draft.savedBy
      ? { at: draft.savedAt.toISOString(), by: savedBy, mine: draft.savedBy === actor.personId }
      : null,
  }
}

/** Who acts on a step now, and until when. */
export function waitingOn(
  cycle: LoadedCycle,
  code: StepCode,
  term: Pick<StepTerm, 'dueDate' | 'status'> | undefined,
  calendar: Calendar,
  called: DutyNames,
): Waiting {
  const hands = expectedTasks(cycle.state, cycle.version.procedure)
    .filter((task) => task.stepCode === code)
    .map((task) => dutyName(task.duty, called))
  const dueDate = term?.status === 'running' ? term.dueDate : null
  const daysLeft = dueDate ? workingDaysLeft(dueDate, appToday(), calendar) : null
  return { code, status: stepOf(cycle.state, code).status, hands, dueDate, daysLeft }
}

export function shownTerm(term: StepTerm | undefined, calendar: Calendar): ShownTerm | null {
  if (!term) return null
  const { status, ...rest } = term
  if (status !== 'running') return { ...rest, chip: null, daysLeft: null }
  const today = appToday()
  return {
    ...rest,
    chip: termChip(term.dueDate, today, calendar),
    daysLeft: workingDaysLeft(term.dueDate, today, calendar),
  }
}

/** Signatures on the version that stands, and whose are still missing. */
export function signatureLines(
  { cycle, code, template }: StepContext,
  all: StepSignature[],
  called: DutyNames,
): SignatureLine[] {
  const names = (...duties: string[]) =>
    listed(
      duties.map((duty) => dutyName(duty, called)),
      'o',
    )
  const state = stepOf(cycle.state, code)
  const stands = ['in_review', 'in_approval', 'approved', 'lapsed', 'cancelled'].includes(state.status)
  const own = stands ? all.filter((one) => one.versionId === state.version?.id && one.verdict !== 'return') : []
  const missing = (role: SignatureRole, duty: string): SignatureLine => ({ role, duty })
  const signed = own.map(
    (one): SignatureLine => ({
      role: one.role,
      duty: one.duty,
      signed: {
        name: one.personName === one.positionName ? one.positionName : `${one.personName}, ${one.positionName}`,
        at: one.signedAt.toISOString(),
        actId: one.id,
        isEncargo: one.tenureKind === 'encargado',
        actingFor: one.actingFor,
      },
    }),
  )
  if (state.status === 'approved' || state.status === 'cancelled') return signed
  const policyIsAny = template.policy === 'any'
  const left = policyIsAny
    ? template.approvers
    : approversLeft({ ...state, signatures: stands ? state.signatures : [] }, { ...template, policy: 'all' })
  return [
    ...signed,
    ...(signed.some((line) => line.role === 'author') ? [] : [missing('author', names(...template.authors))]),
    ...reviewersLeft({ ...state, signatures: stands ? state.signatures : [] }, template).map((duty) =>
      missing('reviewer', names(duty)),
    ),
    ...(policyIsAny && signed.some((line) => line.role === 'approver')
      ? []
      : left.map((approver) => missing(approver.role, names(approver.duty)))),
  ]
}
