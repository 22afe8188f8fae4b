import { captureDefinition } from '../../catalog/capture/index.ts'
import { recordEvent } from '../../db/audit.ts'
import { insertCaptureDraft } from '../../db/capture-drafts.ts'
import { listConsents } from '../../db/capture-pages.ts'
import { findCaptureRecord, findRecordsOf, openAnswers, originOf, type RecordHead } from '../../db/capture-records.ts'
import type { Trx } from '../../db/client.ts'
import { idOf, newId } from '../../db/ids.ts'
import type { ReadPurpose } from '../../domain/capture.ts'
import type { CitizenDocument } from '../../domain/citizens.ts'
import type { Answers } from '../../domain/forms.ts'
import type { Action } from '../../domain/permission-subjects.ts'
import { whyNot } from '../../domain/permissions.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { type AtDesk, atDesk } from './capture-desk.server.ts'
import { permitted } from './permitted.server.ts'

/** What a citizen said, for whoever may see it and says what for: each time is an event (promises G18). */
export async function readCitizen(
  context: AppContext,
  actor: Actor,
  { recordId, purpose }: { recordId: string; purpose: ReadPurpose },
): Promise<{ answers: Answers; code: RecordHead['form']; formVersion: number }> {
  return await atDesk(context, actor, recordId, async (trx, desk) => {
    const record = await requireRecord(trx, actor, desk, { recordId, action: 'read' })
    const answers = await opened(trx, desk, record, purpose)
    return { answers, code: record.form, formVersion: record.formVersion }
  })
}

/**
 * A correction begins as an unfinished record with what stands: it was read, and that is on record. The same form again is
 * the same correction.
 */
export async function beginCorrection(
  context: AppContext,
  actor: Actor,
  { recordId, formKey }: { recordId: string; formKey: string },
): Promise<{ draftId: string; form: RecordHead['form'] }> {
  const draftId = idOf('correction', actor.personId, formKey)
  return await atDesk(context, actor, recordId, async (trx, desk) => {
    const record = await requireRecord(trx, actor, desk, { recordId, action: 'correct' })
    const grant = desk.grants.find(({ scope }) => scope === record.scope)
    if (!grant) throw new Refused('no_access_in_force')
    const answers = await opened(trx, desk, record, 'correction')
    const consents = await listConsents(trx, recordId)
    const [first] = consents
    if (!first) throw new Error(`record ${recordId} has no consent`)
    const given = consents.filter((one) => one.given && !one.withdrawnAt).map(({ purpose }) => purpose)
    const content = {
      ...{ origin: await originOf(trx, recordId), given, channel: first.channel, textVersion: first.textVersion },
      ...{ textHash: first.textHash, givenAt: first.givenAt.toISOString(), answers, baseRev: record.rev },
    }
    const formVersion = captureDefinition(record.form).version
    const draft = { id: draftId, personId: desk.personId, grant, formVersion, recordId, content }
    if (await insertCaptureDraft(trx, desk.ring, draft)) {
      const changes = [{ field: 'record', before: null, after: record.code }]
      await recordEvent(trx, { ...desk.by, type: 'capture.begun', objectId: draftId, changes })
    }
    return { draftId, form: record.form }
  })
}

/** Records of a document within one's accesses; what was typed is kept nowhere, that somebody searched is. */
export async function findCitizen(context: AppContext, actor: Actor, document: CitizenDocument): Promise<string[]> {
  return await atDesk(context, actor, actor.entityId, async (trx, desk) => {
    if (desk.grants.length === 0) throw new Refused('no_access_in_force')
    const ids = await findRecordsOf(trx, desk.ring, document)
    const changes = [{ field: 'found', before: null, after: ids.length }]
    await recordEvent(trx, { ...desk.by, type: 'capture.searched', objectId: newId(), changes })
    return ids
  })
}

async function requireRecord(
  trx: Trx,
  actor: Actor,
  { grants }: AtDesk,
  { recordId, action }: { recordId: string; action: Action<'Record'> },
): Promise<RecordHead> {
  const record = await findCaptureRecord(trx, actor.entityId, recordId)
  if (!record) throw new Refused('not_visible')
  const who = { ...permitted(actor), scopes: grants.map(({ scope }) => scope) }
  refuseIf(whyNot(who, action, 'Record', { entityId: actor.entityId, scope: record.scope }))
  return record
}

async function opened(trx: Trx, desk: AtDesk, record: RecordHead, purpose: ReadPurpose): Promise<Answers> {
  const answers = await openAnswers(trx, desk.ring, record)
  await recordEvent(trx, {
    ...{
      ...desk.by,
      type: 'capture.read',
      objectId: record.id,
      objectVersion: String(record.rev),
      purposeCode: purpose,
    },
    changes: Object.entries({ code: record.code, purpose }).map(([field, after]) => ({ field, before: null, after })),
  })
  return answers
}
