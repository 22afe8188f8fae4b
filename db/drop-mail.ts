/** Whoever answers for a plan hears the same day that one of its actions may be given up, in the transaction that asks it (D12). */
import { placeOf } from '../domain/follow-ups.ts'
import type { ToldAs } from '../domain/notices.ts'
import type { Trx } from './client.ts'
import { holdersOfPost } from './control-notices.ts'
import { idOf } from './ids.ts'
import { leadingTo, writeMail } from './mail.ts'

interface Telling {
  publicUrl: string
  now: Date
  /** Subject and body, by why somebody is told. */
  words: (asked: { action: string; finding: string; told: ToldAs }) => { subject: string; body: string }
  /** Who asked it, who knows. */
  by: string
}

/** `entryId`: the line that asks it, of which nobody is told twice. */
export async function tellOfDrop(
  trx: Trx,
  { entryId, action, findingId }: { entryId: string; action: string; findingId: string },
  { publicUrl, now, words, by }: Telling,
): Promise<void> {
  const { entityId, finding, positionId } = await trx
    .selectFrom('finding')
    .select(['entity_id as entityId', 'code as finding', 'owner_position as positionId'])
    .where('id', '=', findingId)
    .executeTakeFirstOrThrow()
  for (const { personId, told } of await holdersOfPost(trx, { entityId, positionId }, now)) {
    if (personId === by) continue
    await writeMail(trx, {
      ...{ id: idOf('drop_asked', entryId, personId), entityId, noticeId: null, personId },
      ...words({ action, finding, told }),
      ...leadingTo(publicUrl, placeOf('plan_actions', finding)),
    })
  }
}
