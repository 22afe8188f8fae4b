import { captureDefinitionAt } from '../../catalog/capture/index.ts'
import { recordEvent } from '../../db/audit.ts'
import { type CaptureDraft, deleteCaptureDraft, saveCaptureDraft } from '../../db/capture-drafts.ts'
import type { Trx } from '../../db/client.ts'
import { appNow } from '../../db/clock.ts'
import { type AnswerError, faultsOfPage, pageLine, readPage } from '../../domain/capture-answers.ts'
import { type CapturePage, pagesFor } from '../../domain/capture-forms.ts'
import type { GroupAnswers } from '../../domain/forms.ts'
import { Refused } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { type AtDesk, atDesk, requireDraft } from './capture-desk.server.ts'

interface SentPage {
  draftId: string
  page: string
  entries: [string, string][]
  /** Going back keeps what was typed as it is, complete or not. */
  isGoingBack: boolean
}

/** Keeps one page of an unfinished record, sealed; with faults nothing is kept and each is told beside its field. */
export async function saveCapturePage(context: AppContext, actor: Actor, sent: SentPage): Promise<AnswerError[]> {
  return await atDesk(context, actor, sent.draftId, async (trx, desk) => {
    const { draft } = await requireDraft(trx, actor, desk, sent.draftId)
    const page = requirePage(draft, sent.page)
    const answers = readPage(page, sent.entries)
    const faults = faultsOfPage(page, answers)
    if (faults.length > 0 && (!sent.isGoingBack || faults.some(isUnreadable))) return faults
    await keepPage(trx, desk, draft, page, answers)
    return []
  })
}

interface TypedPage extends Omit<SentPage, 'isGoingBack'> {
  /** `pageLine` of what was kept when the page was read or last saved. */
  base: string
  /** What an earlier save of the same page sent, whose answer did not come yet or was lost. */
  earlier: [string, string][] | null
}

export type TypedKept =
  | { saved: true; savedAt: Date; base: string }
  /** The page was saved from elsewhere meanwhile: nothing is written over it. */
  | { saved: false; conflict: true }
  | { saved: false; errors: AnswerError[] }

/** Keeps what is being typed on a page, complete or not, where nothing else was kept of it meanwhile. */
export async function keepTypedPage(context: AppContext, actor: Actor, sent: TypedPage): Promise<TypedKept> {
  return await atDesk(context, actor, sent.draftId, async (trx, desk): Promise<TypedKept> => {
    const { draft } = await requireDraft(trx, actor, desk, sent.draftId)
    const page = requirePage(draft, sent.page)
    const answers = readPage(page, sent.entries)
    const errors = faultsOfPage(page, answers).filter(isUnreadable)
    if (errors.length > 0) return { saved: false, errors }
    const [standing, base] = [pageLine(page, draft.content.answers[page.code]), pageLine(page, answers)]
    if (standing === base) return { saved: true, savedAt: draft.savedAt, base }
    const earlier = sent.earlier && pageLine(page, readPage(page, sent.earlier))
    if (standing !== sent.base && standing !== earlier) return { saved: false, conflict: true }
    await keepPage(trx, desk, draft, page, answers)
    return { saved: true, savedAt: appNow(), base }
  })
}

const isUnreadable = ({ code }: AnswerError) => code === 'bad_characters' || code === 'too_long'

/** A page that this citizen is asked. */
function requirePage({ form, formVersion, content }: CaptureDraft, code: string): CapturePage {
  const pages = pagesFor(captureDefinitionAt(form, formVersion), content.given)
  const page = pages.find((one) => one.code === code)
  if (!page) throw new Refused('not_visible')
  return page
}

async function keepPage(
  trx: Trx,
  desk: AtDesk,
  draft: CaptureDraft,
  { code }: CapturePage,
  answers: GroupAnswers,
): Promise<void> {
  const { content } = draft
  await saveCaptureDraft(trx, desk.ring, draft, { ...content, answers: { ...content.answers, [code]: answers } })
  const changes = [{ field: 'page', before: null, after: code }]
  await recordEvent(trx, { ...desk.by, type: 'capture.saved', objectId: draft.id, changes })
}

/** Throws an unfinished record away before its day is over. */
export async function dropCapture(context: AppContext, actor: Actor, draftId: string): Promise<void> {
  await atDesk(context, actor, draftId, async (trx, desk) => {
    const { draft } = await requireDraft(trx, actor, desk, draftId)
    await deleteCaptureDraft(trx, draftId)
    const changes = [{ field: 'form', before: null, after: draft.form }]
    await recordEvent(trx, { ...desk.by, type: 'capture.dropped', objectId: draftId, changes })
  })
}
