import { CONSENT } from '../../catalog/capture/consent.ts'
import { captureDefinition } from '../../catalog/capture/index.ts'
import { recordEvent } from '../../db/audit.ts'
import { insertCaptureDraft } from '../../db/capture-drafts.ts'
import { findCaptureRecord, recordIdOf, recordOutcome } from '../../db/capture-records.ts'
import { appNow } from '../../db/clock.ts'
import { CONSENT_HASH } from '../../db/consent-texts.ts'
import { idOf } from '../../db/ids.ts'
import { type Beginning, mayBeAsked } from '../../domain/capture.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { atDesk, requireGrant } from './capture-desk.server.ts'

/**
 * The citizen has heard what their data are for and answered each purpose: what follows may be asked, or nothing is and they
 * are counted without a trace of who they are (Ley 1581 de 2012; E6). The same form again is the same record.
 */
export async function beginCapture(
  context: AppContext,
  actor: Actor,
  input: Beginning,
): Promise<{ draftId: string } | { recordId: string } | { declined: true }> {
  const id = idOf('capture', actor.personId, input.formKey)
  return await atDesk(context, actor, input.grantId, async (trx, desk) => {
    const grant = requireGrant(actor, desk, input.grantId)
    const { entityId } = actor
    // The page sent again after its record was made: that record, and no second one.
    const standing = await findCaptureRecord(trx, entityId, recordIdOf(id))
    if (standing) return { recordId: standing.id }
    const changes = [{ field: 'form', before: null, after: grant.form }]
    if (!mayBeAsked(input.given)) {
      const isNew = await recordOutcome(trx, { id, entityId, grant, outcome: 'declined', personId: desk.personId })
      if (isNew) await recordEvent(trx, { ...desk.by, type: 'capture.declined', objectId: id, changes })
      return { declined: true }
    }
    const { origin, given, channel } = input
    const text = { textVersion: CONSENT.version, textHash: CONSENT_HASH, givenAt: appNow().toISOString() }
    const formVersion = captureDefinition(grant.form).version
    const content = { origin, given, channel, ...text, answers: {} }
    const draft = { id, personId: desk.personId, grant, formVersion, recordId: null, content }
    if (await insertCaptureDraft(trx, desk.ring, draft))
      await recordEvent(trx, { ...desk.by, type: 'capture.begun', objectId: id, contentHash: CONSENT_HASH, changes })
    return { draftId: id }
  })
}
