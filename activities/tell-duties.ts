import type { MailWords } from '../app/text/mail.ts'
import type { Trx } from '../db/client.ts'
import { appToday } from '../db/clock.ts'
import { idOf } from '../db/ids.ts'
import { leadingTo, writeMail } from '../db/mail.ts'
import { headsFor, holdersOf } from '../db/notices.ts'
import type { Tools } from './tools.ts'

interface Telling {
  entityId: string
  duties: string[]
  /** What happened and to what: told once. */
  about: [kind: string, id: string]
  words: MailWords
  path: string
}

/** A mail to everybody who holds one of the duties today; a vacant position stops nothing (model.md §1). */
export async function tellDuties(
  trx: Trx,
  { publicUrl }: Tools,
  { entityId, duties, about, words, path }: Telling,
): Promise<void> {
  const day = appToday()
  for (const duty of duties) {
    const holders = await holdersOf(trx, { entityId, duty, day, barredOn: null })
    for (const personId of holders.length > 0 ? holders : await headsFor(trx, entityId, duty, day))
      await writeMail(trx, {
        ...{ id: idOf('mail', ...about, personId), entityId, noticeId: null, personId },
        ...words,
        ...leadingTo(publicUrl, path),
      })
  }
}
