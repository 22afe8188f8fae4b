import { captureDefinitionAt } from '../../catalog/capture/index.ts'
import { recordEvent } from '../../db/audit.ts'
import { deleteCaptureDraft, saveCaptureDraft } from '../../db/capture-drafts.ts'
import { type AnswerError, faultsOfPage, readPage } from '../../domain/capture-answers.ts'
import { pagesFor } from '../../domain/capture-forms.ts'
import { Refused } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { atDesk, requireDraft } from './capture-desk.server.ts'

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
    const { content } = draft
    const definition = captureDefinitionAt(draft.form, draft.formVersion)
    const page = pagesFor(definition, content.given).find(({ code }) => code === sent.page)
    if (!page) throw new Refused('not_visible')
    const answers = readPage(page, sent.entries)
    const faults = faultsOfPage(page, answers)
    const isUnreadable = faults.some(({ code }) => code === 'bad_characters' || code === 'too_long')
    if (faults.length > 0 && (!sent.isGoingBack || isUnreadable)) return faults
    await saveCaptureDraft(trx, desk.ring, draft, { ...content, answers: { ...content.answers, [page.code]: answers } })
    const changes = [{ field: 'page', before: null, after: page.code }]
    await recordEvent(trx, { ...desk.by, type: 'capture.saved', objectId: draft.id, changes })
    return []
  })
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
