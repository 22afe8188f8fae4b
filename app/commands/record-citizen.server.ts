import { createHash } from 'node:crypto'
import { captureDefinitionAt } from '../../catalog/capture/index.ts'
import { recordEvent } from '../../db/audit.ts'
import { type CaptureDraft, deleteCaptureDraft } from '../../db/capture-drafts.ts'
import { findCaptureRecord, insertRecord, openAnswers, recordIdOf, reviseRecord } from '../../db/capture-records.ts'
import type { Trx } from '../../db/client.ts'
import { findEntity } from '../../db/entities.ts'
import type { GrantInForce } from '../../db/grants-in-force.ts'
import { idOf } from '../../db/ids.ts'
import { leadingTo, writeMail } from '../../db/mail.ts'
import { captureEmail, changedFields, documentOf, firstIncomplete, keptAnswers } from '../../domain/capture-answers.ts'
import { Refused } from '../../domain/refusals.ts'
import { codeFrom, spacedCode } from '../../domain/verification-codes.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { receiptMail } from '../text/citizen-mail.ts'
import { type AtDesk, atDesk, requireDraft } from './capture-desk.server.ts'

/**
 * An unfinished record becomes one, or a correction of one, and the draft is gone: one transaction with its event. Sent
 * twice it is one record. Throws `Refused` where something is missing, and where this citizen has a record at this point,
 * with this form and for this vigencia already (its code and id are in `facts`).
 */
export async function recordCitizen(context: AppContext, actor: Actor, draftId: string): Promise<{ recordId: string }> {
  const recordId = recordIdOf(draftId)
  return await atDesk(context, actor, draftId, async (trx, desk) => {
    const { draft, grant } = await requireDraft(trx, actor, desk, draftId).catch(async (failure) => {
      // Sent again: the draft is gone, and what it became stands.
      if (await findCaptureRecord(trx, actor.entityId, recordId)) return { draft: null, grant: null }
      throw failure
    })
    if (!draft) return { recordId }
    const definition = captureDefinitionAt(draft.form, draft.formVersion)
    const { given, answers } = draft.content
    const missing = firstIncomplete(definition, given, answers)
    if (missing) throw new Refused('record_incomplete', { page: missing.code })
    const kept = { answers: keptAnswers(definition, given, answers), document: documentOf(definition, answers) }
    await deleteCaptureDraft(trx, draftId)
    if (draft.recordId) return await corrected(trx, desk, { draft, recordId: draft.recordId, ...kept })
    const made = await added(trx, desk, { recordId, draft, grant, ...kept })
    await mailReceipt(trx, context, {
      entityId: actor.entityId,
      by: desk.by,
      recordId,
      grant,
      ...kept,
      form: draft.form,
    })
    return made
  })
}

interface Mailed {
  entityId: string
  by: AtDesk['by']
  recordId: string
  form: string
  grant: GrantInForce
  answers: Kept['answers']
}

/** To whoever gave an address and authorised to be written to: their receipt, without anything they said. */
async function mailReceipt(trx: Trx, { config }: AppContext, made: Mailed): Promise<void> {
  const { entityId, by, recordId, form, grant, answers } = made
  if (captureEmail(answers) === null) return
  const [code, entity] = [codeOf(form, recordId), await findEntity(trx, entityId)]
  const to = { id: idOf('mail', recordId, 'receipt'), entityId, noticeId: null, personId: null, recordId }
  const words = receiptMail({ entity: entity?.name ?? '', code, point: grant.pointName })
  await writeMail(trx, { ...to, ...words, ...leadingTo(config.PUBLIC_URL, '/mis-derechos') })
  const changes = [{ field: 'code', before: null, after: code }]
  await recordEvent(trx, { ...by, type: 'capture.receipt_mailed', objectId: recordId, changes })
}

interface Kept {
  recordId: string
  draft: CaptureDraft
  answers: Parameters<typeof insertRecord>[2]['answers']
  document: Parameters<typeof insertRecord>[2]['document']
}

/** «F004-7KQM-X2RD-9PLA»: says nothing of the citizen, and nobody guesses another's. */
function codeOf(form: string, id: string): string {
  return `${form}-${spacedCode(codeFrom(createHash('sha256').update(id).digest()))}`
}

async function added(trx: Trx, desk: AtDesk, made: Kept & { grant: GrantInForce }) {
  const { recordId, draft, grant, answers, document } = made
  const code = codeOf(draft.form, recordId)
  const { personId, positionId } = desk
  const record = {
    id: recordId,
    code,
    grant,
    formVersion: draft.formVersion,
    document,
    answers,
    content: draft.content,
  }
  const { id, isNew } = await insertRecord(trx, desk.ring, { ...record, personId, positionId })
  if (!isNew) throw new Refused('citizen_recorded', { recordId: id, code: (await codeOfRecord(trx, desk, id)) ?? null })
  const { origin, textVersion } = draft.content
  await recordEvent(trx, {
    ...{ ...desk.by, type: 'capture.recorded', objectId: recordId, objectVersion: '1' },
    contentHash: draft.content.textHash,
    changes: Object.entries({
      code,
      form: draft.form,
      mode: origin.mode,
      network: origin.network,
      consent: textVersion,
    }).map(([field, after]) => ({ field, before: null, after })),
  })
  return { recordId }
}

async function codeOfRecord(trx: Trx, desk: AtDesk, id: string) {
  return (await findCaptureRecord(trx, desk.ring.entityId, id))?.code
}

async function corrected(trx: Trx, desk: AtDesk, { recordId, draft, answers, document }: Kept) {
  const record = await findCaptureRecord(trx, desk.ring.entityId, recordId, { lock: true })
  if (!record) throw new Refused('not_visible')
  if (record.rev !== draft.content.baseRev) throw new Refused('content_changed')
  const fields = changedFields(await openAnswers(trx, desk.ring, record), answers)
  if (fields.length === 0) {
    const changes = [{ field: 'form', before: null, after: draft.form }]
    await recordEvent(trx, { ...desk.by, type: 'capture.dropped', objectId: draft.id, changes })
    return { recordId }
  }
  const { personId, positionId } = desk
  const made = { answers, document, formVersion: draft.formVersion, personId, positionId }
  const rev = await reviseRecord(trx, desk.ring, record, made)
  await recordEvent(trx, {
    ...{ ...desk.by, type: 'capture.corrected', objectId: recordId, objectVersion: String(rev) },
    changes: fields.map((field) => ({ field, before: null, after: null })),
  })
  return { recordId }
}
