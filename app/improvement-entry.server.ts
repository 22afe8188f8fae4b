import type { Trx } from '../db/client.ts'
import { type HeldAction, isWritten, lockAction, type NewEntry, type Writer } from '../db/improvement-entries.ts'
import { type Objection, Refused, refuseIf } from '../domain/refusals.ts'
import type { AppContext } from './context.server.ts'
import { recordingRefusals } from './refusal.server.ts'
import type { Actor } from './session.server.ts'

/** What comes with a line beside its words. */
export type EntryFiles = Pick<NewEntry, 'files'>

interface Kind<Entry> {
  objection: (actor: Actor, action: HeldAction) => Objection | null
  record: (trx: Trx, by: Writer, action: HeldAction, entry: Entry) => Promise<void>
}

/** What all lines of an improvement action share: the action in hand, the same form taken once, and the right asked. */
export async function writeEntry<Input extends Omit<NewEntry, 'id'> & { entryId: string }>(
  context: AppContext,
  actor: Actor,
  code: string,
  { entryId, ...input }: Input,
  { objection, record }: Kind<Omit<Input, 'entryId'> & NewEntry>,
): Promise<void> {
  await recordingRefusals(context, actor, { objectId: actor.entityId }, async (trx, by) => {
    const action = await lockAction(trx, actor.entityId, code)
    if (!action) throw new Refused('not_visible')
    const entry = { ...input, id: entryId }
    if (await isWritten(trx, action.id, entry)) return
    refuseIf(objection(actor, action))
    await record(trx, by, action, entry)
  })
}
