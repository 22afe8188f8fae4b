import type { AppLoadContext } from '@remix-run/node'
import { type Trx, withActor } from '../../db/client.ts'
import { findCycleHead, listCycleDocuments } from '../../db/cycle-pages.ts'
import { requireContent } from '../../db/disposal-pages.ts'
import { listDocumentFiles, type ReportFormat } from '../../db/documents.ts'
import { newId } from '../../db/ids.ts'
import { findFigureGrounds } from '../../db/public-figures.ts'
import { draftReportGrounds } from '../../db/report-grounds.ts'
import { emitReportNumbers, type ReportNumbers } from '../../db/report-numbers.ts'
import { listOwners, listSections, type SectionState } from '../../db/report-sections.ts'
import { findTemplateOf } from '../../db/report-templates.ts'
import { findStepContext, type StepContext } from '../../db/step-context.ts'
import { composeReport } from '../../documents/compose-report.ts'
import type { ReportData } from '../../documents/report-content.ts'
import { answerText } from '../../domain/forms.ts'
import { stepRow } from '../../domain/permission-rows.ts'
import { readabilityOf } from '../../domain/readability.ts'
import { staleNumbers } from '../../domain/report-numbers.ts'
import { goneFigures } from '../../domain/report-rules.ts'
import { isBlank, plainText, type RichDoc, richOf, withNumbers } from '../../domain/rich-text.ts'
import { typedNumbers } from '../../domain/typed-numbers.ts'
import { notFound } from '../answer.server.ts'
import { sectionBase } from '../commands/save-section.server.ts'
import { sectionObjection } from '../section-rights.server.ts'
import type { Actor } from '../session.server.ts'
import { readShield } from '../shields.server.ts'
import { editObjection } from '../step-rights.server.ts'
import { sentenceOf } from '../text/refusals.ts'
import { findCommentsOn, openCommentsByPart } from './comments.server.ts'
import { seeOthers } from './presence.server.ts'
import { findProposals, openProposalsOf } from './proposals.server.ts'
import { requireCycle } from './step-head.server.ts'
import { findTemplateChoice } from './template-choice.server.ts'

/** Sections that are written as text; recommendations and glossary are lists of the step's own form. */
const sectionsOf = ({ definition }: StepContext) =>
  definition.groups.filter((group) => group.fields.some((field) => field.code === 'texto'))

async function requireReport(trx: Trx, cycleId: string, context: AppLoadContext) {
  const { head } = await requireCycle(trx, cycleId, context)
  const step = await findStepContext(trx, cycleId, '6')
  if (!step) throw notFound(context.requestId)
  await requireContent(trx, cycleId)
  const template = await findTemplateOf(trx, step.cycle.entityId, cycleId)
  return { cycle: { id: cycleId, name: head.name }, step, template, states: await listSections(trx, cycleId) }
}

/** The report as a whole: its sections with whose they are and how they stand, and what was issued. */
export async function loadReport(context: AppLoadContext, actor: Actor, cycleId: string) {
  return await withActor(context.db, actor, async (trx) => {
    const { cycle, step, template, states } = await requireReport(trx, cycleId, context)
    const documents = await listCycleDocuments(trx, cycleId)
    const comments = await openCommentsByPart(trx, step)
    const proposed = await openProposalsOf(trx, step)
    const bases = step.readiness.bases ?? new Map<string, string>()
    const objection = editObjection(actor, step.cycle, '6')
    return {
      cycle,
      whyNot: sentenceOf(objection, actor),
      template: await findTemplateChoice(trx, actor, step, objection === null),
      target: template.readabilityTarget,
      sections: sectionsOf(step).map(({ code, title }) => {
        const state = states.find((one) => one.section === code)
        const doc = richOf(answerText(step.draft.answers, code, 'texto'))
        return {
          ...{ code, title, owner: state?.owner ?? '', isFinished: state?.finishedAt != null },
          isMine: sectionObjection(actor, step.cycle, state) === null,
          ...figuresOfText(doc),
          stale: staleNumbers(doc, bases).length,
          comments: comments.get(code) ?? 0,
          proposals: proposed.find(({ section }) => section === code)?.n ?? 0,
        }
      }),
      documents: await Promise.all(
        documents.map(async (one) => ({ ...one, files: await listDocumentFiles(trx, one.id) })),
      ),
    }
  })
}

function figuresOfText(doc: RichDoc) {
  const readability = readabilityOf(plainText(doc))
  return { isBlank: isBlank(doc), readability, typed: typedNumbers(doc).length }
}

/** One section, ready to be written: its words, what may be inserted, and what its numbers say now. */
export async function loadSection(context: AppLoadContext, actor: Actor, cycleId: string, section: string) {
  const read = await withActor(context.db, actor, async (trx) => {
    const report = await requireReport(trx, cycleId, context)
    const { entityId, version } = report.step.cycle
    const deciders = stepRow(entityId, version.procedure, '6').deciderDuties
    return {
      ...report,
      numbers: await findFigureGrounds(trx, cycleId),
      owners: await listOwners(trx, entityId, deciders),
      comments: await findCommentsOn(trx, actor, report.step, section),
      others: await othersAt(trx, actor, report, section),
      proposals: await findProposals(trx, actor, report, section),
    }
  })
  const { cycle, step, template, states, owners } = read
  const group = sectionsOf(step).find((one) => one.code === section)
  if (!group) throw notFound(context.requestId)
  const numbers = await emitReportNumbers(context.config.DATA_DIR, read.numbers)
  const state = states.find((one) => one.section === section)
  const value = answerText(step.draft.answers, section, 'texto')
  const doc = richOf(value)
  const all = sectionsOf(step)
  const at = all.findIndex((one) => one.code === section)
  const neighbour = (i: number) => all[i] && { code: all[i].code, title: all[i].title }
  return {
    cycle,
    section: { code: section, title: group.title },
    isRich: group.fields.some((field) => field.kind === 'richtext'),
    previous: neighbour(at - 1) ?? null,
    next: neighbour(at + 1) ?? null,
    value,
    base: sectionBase(value),
    whyNot: sentenceOf(sectionObjection(actor, step.cycle, state), actor),
    owner: { id: state?.ownerId ?? '', name: state?.owner ?? '' },
    isFinished: state?.finishedAt != null,
    mayAssign: editObjection(actor, step.cycle, '6') === null,
    owners,
    comments: { ...read.comments, formKey: newId() },
    others: read.others,
    proposals: read.proposals,
    target: template.readabilityTarget,
    ...figuresOfText(doc),
    typedNumbers: typedNumbers(doc),
    stale: staleOf(doc, numbers, step),
    sources: numbers.sources.map((source) => ({ ...source, shown: shownOf(source, numbers) })),
    figures: numbers.figures.map(({ id, title }) => ({ id, title })),
    gone: goneOf(doc, step),
  }
}

async function othersAt(
  trx: Trx,
  actor: Actor,
  { step, states }: { step: StepContext; states: SectionState[] },
  section: string,
) {
  const state = states.find((one) => one.section === section)
  return sectionObjection(actor, step.cycle, state) === null ? await seeOthers(trx, actor, step, section) : []
}

/** Every number of a source, by its reference: `figura:g1/Presencial//n`. */
function shownOf({ origin, rows, columns }: ReportNumbers['sources'][number], { numberAt }: ReportNumbers) {
  const shown: Record<string, string> = {}
  for (const row of ['', ...rows.map(encodeURIComponent)])
    for (const column of ['', ...columns.map(encodeURIComponent)])
      for (const as of ['n', 'p']) {
        const key = `${origin}/${row}/${column}/${as}`
        const found = numberAt(key)
        if (found) shown[key] = found.shown
      }
  return shown
}

/** What no longer says what its source says: the old value, and the new one where there is one. */
function staleOf(doc: RichDoc, { numberAt, sources }: ReportNumbers, { readiness }: StepContext) {
  const bases = readiness.bases ?? new Map<string, string>()
  return staleNumbers(doc, bases).map(({ ref, shown }) => {
    const title = sources.find(({ origin }) => ref.startsWith(`${origin}/`))?.title ?? ''
    return { ref, title, before: shown, now: numberAt(ref)?.shown ?? null }
  })
}

/** Figures of the text that step 4 no longer has, as they were called; without title where nobody knows it. */
function goneOf(doc: RichDoc, { readiness: { bases, formerFigures } }: StepContext) {
  return goneFigures(doc, bases ?? new Map()).map(({ id }) => ({ id, title: formerFigures?.get(id) ?? '' }))
}

/** The document with each number as its source says now: those just typed, or all of them. */
export async function withCurrentNumbers(
  context: AppLoadContext,
  actor: Actor,
  cycleId: string,
  doc: RichDoc,
  which: 'new' | 'all',
): Promise<RichDoc> {
  const grounds = await withActor(context.db, actor, async (trx) =>
    (await findCycleHead(trx, cycleId)) ? await findFigureGrounds(trx, cycleId) : null,
  )
  // There is no such exercise for this person: whoever saves refuses it, and keeps that on record.
  if (!grounds) return doc
  const { numberAt } = await emitReportNumbers(context.config.DATA_DIR, grounds)
  return withNumbers(doc, (attrs) => (which === 'all' || attrs.basis === '' ? (numberAt(attrs.ref) ?? attrs) : attrs))
}

/** The draft as it would be printed now, without signatures. */
export async function draftReport(context: AppLoadContext, actor: Actor, cycleId: string): Promise<ReportData> {
  const { from, grounds } = await withActor(context.db, actor, async (trx) => {
    const { step } = await requireReport(trx, cycleId, context)
    return { from: await draftReportGrounds(trx, step), grounds: await findFigureGrounds(trx, cycleId) }
  })
  const { DATA_DIR, PUBLIC_URL } = context.config
  const shield = await readShield(context, from.shieldHash)
  return composeReport(from, await emitReportNumbers(DATA_DIR, grounds), { code: '', shield, publicUrl: PUBLIC_URL })
}

export const REPORT_TYPES: Record<ReportFormat, string> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  html: 'text/html; charset=utf-8',
}

export function isReportFormat(value: string | undefined): value is ReportFormat {
  return value !== undefined && value in REPORT_TYPES
}
