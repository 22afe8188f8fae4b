import type { AppLoadContext } from '@remix-run/node'
import { formChain, formDefinition } from '../../catalog/forms/index.ts'
import { READ_TYPED, statementOf } from '../../catalog/statements.ts'
import type { Trx } from '../../db/client.ts'
import { countUnresolved } from '../../db/comments.ts'
import { earlierObjection } from '../../db/earlier-reports.ts'
import { findDraftProtection } from '../../db/release-protection.ts'
import { reviewsObjection } from '../../db/risk-reviews.ts'
import { findStepContext, type StepContext } from '../../db/step-context.ts'
import { findLastReturn, findTermOf, listSignatures } from '../../db/step-pages.ts'
import { findStepVersion, type StepVersionRow } from '../../db/step-versions.ts'
import { entityCalendar } from '../../db/terms.ts'
import { objectionToOpen } from '../../domain/comments.ts'
import { bringOver, type Change, changesBetween } from '../../domain/forms.ts'
import type { SignatureRole, StepCode } from '../../domain/procedures.ts'
import { progressOf } from '../../domain/readiness.ts'
import { typedInReport } from '../../domain/report-rules.ts'
import { notFound } from '../answer.server.ts'
import type { Actor } from '../session.server.ts'
import { commentsText } from '../text/comments.ts'
import { sentenceOf } from '../text/refusals.ts'
import { shownTerm, signatureLines } from './step.server.ts'
import { findStepFigures } from './step-figures.server.ts'
import { requireStepHead } from './step-head.server.ts'

/** Exactly what a decision is about: the frozen version, what changed since the last return, what it declares. */
export async function requireDecisionPage(
  trx: Trx,
  actor: Actor,
  cycleId: string,
  code: StepCode,
  context: AppLoadContext,
) {
  const head = await requireStepHead(trx, actor, cycleId, code, context)
  const step = await findStepContext(trx, cycleId, code)
  if (!step) throw notFound(context.requestId)
  const isSubmitted = head.status === 'in_review' || head.status === 'in_approval'
  const version = isSubmitted && head.version ? await findStepVersion(trx, cycleId, head.version.id) : undefined
  const role = head.rights.role ?? 'approver'
  const blocked = head.rights.approve.may ? await blockedBy(trx, actor, step, role) : null
  const rights = blocked ? { ...head.rights, approve: { may: false, whyNot: blocked } } : head.rights
  return {
    ...head,
    rights,
    role,
    term: shownTerm(
      await findTermOf(trx, step.cycle.attemptIds[code] ?? null),
      await entityCalendar(trx, step.cycle.entityId),
    ),
    frozen: version ? frozenOf(version) : null,
    protection: version && code === '7' ? ((await findDraftProtection(trx, cycleId)) ?? null) : null,
    figureGrounds: version ? await findStepFigures(trx, step) : null,
    signatures: signatureLines(step, await listSignatures(trx, cycleId), actor.entity.dutyNames),
    progress: version ? progressOf(code, version.answers, step.readiness, version.formVersion) : null,
    returned: version ? await sinceReturn(trx, step, version) : null,
    groups: step.definition.groups.map(({ code: group, title }) => ({ code: group, title })),
    typedNumbers: version && code === '6' ? typedInReport(version.answers) : [],
    statements: { approve: statementOf('approve', role), return: statementOf('return', role), typed: READ_TYPED },
  }
}

/** What keeps the step from being approved whoever asks; null where nothing does. */
export async function blockedBy(
  trx: Trx,
  actor: Actor,
  { cycle, code }: Pick<StepContext, 'cycle' | 'code'>,
  signatureRole: SignatureRole,
): Promise<string | null> {
  const open = await countUnresolved(trx, cycle.stepIds[code] ?? '')
  if (objectionToOpen(cycle.version.procedure, code, open)) return commentsText.blocked(open)
  const asked = { stepCode: code, signatureRole }
  const earlier = await earlierObjection(trx, cycle, asked)
  return sentenceOf(earlier ?? (await reviewsObjection(trx, cycle.entityId, asked)), actor)
}

function frozenOf({ id, n, hash, snapshotHtml, frozenAt, frozenBy }: StepVersionRow) {
  return { id, n, hash, snapshotHtml, frozenAt, frozenBy }
}

async function sinceReturn(trx: Trx, step: StepContext, version: StepVersionRow) {
  const last = await findLastReturn(trx, step.cycle.stepIds[step.code] ?? '')
  if (!last || last.versionId === version.id) return null
  const before = await findStepVersion(trx, step.cycle.state.id, last.versionId)
  return {
    by: last.positionName,
    at: last.at,
    observations: last.observations,
    changes: before ? changes(step, before, version) : [],
  }
}

/** What differs between the version a person read and the one that stands; empty when either is not there. */
export async function changesSince(
  trx: Trx,
  cycleId: string,
  code: StepCode,
  readVersionId: string,
): Promise<Change[]> {
  const step = await findStepContext(trx, cycleId, code)
  const standing = step?.cycle.state.steps.find((one) => one.code === code)?.version
  const [before, after] = [
    await findStepVersion(trx, cycleId, readVersionId),
    standing && (await findStepVersion(trx, cycleId, standing.id)),
  ]
  return step && before && after ? changes(step, before, after) : []
}

function changes(step: StepContext, before: StepVersionRow, after: StepVersionRow): Change[] {
  // What was signed in an earlier form is read in the later one, where the way between them is known.
  const earlier = bringOver(formChain(step.code, before.formVersion, after.formVersion), before.answers)
  return changesBetween(formDefinition(step.code, after.formVersion), earlier.answers, after.answers, step.options)
}
