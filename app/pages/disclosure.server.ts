import type { Trx } from '../../db/client.ts'
import { findImport } from '../../db/imports.ts'
import { emitPublicFigures, findFigureGrounds, type PublicFigure } from '../../db/public-figures.ts'
import { findApprovedReleaseOf } from '../../db/release-pages.ts'
import { findProtection, type StoredProtection } from '../../db/release-protection.ts'
import { metadataOf, type ReleaseMetadata } from '../../db/releases.ts'
import { listSources } from '../../db/sources.ts'
import type { StepContext } from '../../db/step-context.ts'
import { findApprovedReport, findDraftRelease, type WaitingDraft } from '../../db/waiting-drafts.ts'
import { type TwinTable, tableTwin } from '../../documents/figures.ts'
import { lockedBy, stepOf } from '../../domain/cycle-state.ts'
import { isProvedSafe } from '../../domain/disclosure/report.ts'
import { variablesAsked } from '../../domain/figures.ts'
import { rowsOf } from '../../domain/forms.ts'
import { releaseRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { isPersonal } from '../../domain/profiles.ts'
import { missingIn } from '../../domain/readiness.ts'
import { objection } from '../../domain/refusals.ts'
import { permitted } from '../commands/permitted.server.ts'
import type { Actor } from '../session.server.ts'
import { editObjection } from '../step-rights.server.ts'
import { gapSentence } from '../text/gaps.ts'
import { protectionText } from '../text/protection.ts'
import { disclosureText as words } from '../text/publications.ts'
import { refusalSentence, sentenceOf } from '../text/refusals.ts'

export interface PreviewTable {
  id: string
  title: string
  /** Null when the approved snapshot no longer offers it. */
  twin: TwinTable | null
}

export interface CheckLine {
  label: string
  done: boolean
}

export interface DisclosureView {
  draft: WaitingDraft | null
  /** Whether the reader says when it becomes public. */
  maySchedule: boolean
  metadata: ReleaseMetadata
  preview: PreviewTable[]
  checks: CheckLine[]
  missing: string[]
  /** Whether the files can be prepared now, or the sentence that says why not. */
  mayPrepare: boolean
  whyNot: string | null
  published: string | null
  /** Of the draft; null before its files are made. */
  protection: { hash: string; content: StoredProtection } | null
}

/** Step 7's workbench for its people: checklist, exact files, and the tables as the public will see them. */
export async function disclosureView(
  trx: Trx,
  dataDir: string,
  actor: Actor,
  step: StepContext,
): Promise<DisclosureView> {
  const { cycle, draft: form, definition } = step
  const cycleId = cycle.state.id
  const draft = (await findDraftRelease(trx, cycleId, form.answers)) ?? null
  const missing = missingIn('7', form.answers, step.readiness, definition.version)
  const against = editObjection(actor, cycle, '7')
  const metadata = metadataOf(form.answers)
  const protection = (draft && (await findProtection(trx, draft.id))) ?? null
  return {
    draft,
    protection,
    metadata,
    preview: await previewOf(trx, dataDir, cycleId, metadata),
    checks: [
      ...checksOf(step, draft, missing.length === 0, (await findApprovedReport(trx, cycleId)) !== undefined),
      await identifiersOut(trx, cycleId, metadata),
      { label: protectionText.checked, done: protection !== null && isProvedSafe(protection.content) },
    ],
    missing: missing.map(gapSentence),
    mayPrepare: !against,
    whyNot: sentenceOf(against, actor),
    maySchedule: !whyNot(permitted(actor), 'schedule', 'Release', releaseRow(cycle.entityId, cycle.version.procedure)),
    published: (await findApprovedReleaseOf(trx, cycleId))?.id ?? null,
  }
}

/** What everyone who reads the cycle may know about its disclosure. */
export function stateSentence({ cycle }: StepContext): string {
  const { status } = stepOf(cycle.state, '7')
  const first = lockedBy(cycle.state, '7')
  if (first) {
    const { code, facts } = objection('step_locked', { step: '7', first })
    return words.locked(refusalSentence(code, facts))
  }
  if (status === 'approved') return words.approved
  return status === 'in_review' || status === 'in_approval' ? words.inReview : words.open
}

function checksOf(
  { draft: form }: StepContext,
  draft: DisclosureView['draft'],
  complete: boolean,
  reported: boolean,
): CheckLine[] {
  const informed = rowsOf(form.answers, 'dependencias', 'lista').length
  return [
    { label: words.reportReady, done: reported },
    { label: words.informed(informed), done: informed > 0 },
    { label: words.complete, done: complete },
    { label: words.prepared, done: draft !== null },
    ...(draft ? [{ label: draft.isCurrent ? words.current : words.notCurrent, done: draft.isCurrent }] : []),
  ]
}

/** No table counts by a column that names people: those were kept out, or turned into pseudonyms, when the files were read. */
async function identifiersOut(trx: Trx, cycleId: string, { tables }: ReleaseMetadata): Promise<CheckLine> {
  const imports = (await listSources(trx, cycleId)).flatMap(({ importId }) => importId ?? [])
  const mappings = await Promise.all(imports.map(async (id) => (await findImport(trx, id))?.mapping ?? []))
  const personal = mappings.flat().filter(isPersonal)
  const { requested } = await findFigureGrounds(trx, cycleId)
  const published = requested.filter(({ id }) => tables.some(({ figure }) => figure === id))
  const asked = new Set(published.flatMap(variablesAsked))
  const shown = personal.filter(({ code }) => asked.has(code)).map(({ label }) => label)
  return shown.length > 0
    ? { label: words.identifiersIn(shown.join(', ')), done: false }
    : { label: words.identifiersOut(personal.length), done: true }
}

/** Only the figures the form chose, at the public level, under their public title. */
async function previewOf(
  trx: Trx,
  dataDir: string,
  cycleId: string,
  { tables }: ReleaseMetadata,
): Promise<PreviewTable[]> {
  if (tables.length === 0) return []
  const grounds = await findFigureGrounds(trx, cycleId)
  const chosen = new Set(tables.map(({ figure }) => figure))
  const requested = grounds.requested.filter(({ id }) => chosen.has(id))
  const figures = await emitPublicFigures(dataDir, { ...grounds, requested })
  return tables.map(({ id, figure, title }) =>
    tableOf(
      id,
      title,
      figures.find((one) => one.id === figure),
    ),
  )
}

function tableOf(id: string, title: string, found: PublicFigure | undefined): PreviewTable {
  const name = title || found?.title || id
  return { id, title: name, twin: found?.figure ? { ...tableTwin(found.figure), caption: name } : null }
}
