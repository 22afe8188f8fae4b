import { eventBy } from '../../db/administration.ts'
import { recordEvent } from '../../db/audit.ts'
import type { Trx } from '../../db/client.ts'
import type { TimelineSubject } from '../../domain/timeline.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { requireRight } from './permitted.server.ts'

/** The technical history of a subject is read, with that it was (I5). Throws `Refused`. */
export async function readWorkflows<T extends { subject: TimelineSubject }>(
  context: AppContext,
  actor: Actor,
  work: (trx: Trx) => Promise<T>,
): Promise<T> {
  return await recordingRefusals(context, actor, { objectId: actor.entityId }, async (trx, by) => {
    requireRight(actor, 'read_workflows')
    const read = await work(trx)
    const { kind, id } = read.subject
    const changes = [{ field: 'subject', before: null, after: kind }]
    await recordEvent(trx, { ...eventBy(by), type: 'audit.workflow_read', objectId: id, changes })
    return read
  })
}
