import type { MailWords } from '../app/text/mail.ts'
import type { Trx } from '../db/client.ts'
import { idOf } from '../db/ids.ts'
import { leadingTo, toldBeside, writeMail } from '../db/mail.ts'
import { headsFor, holdersOf } from '../db/notices.ts'
import type { Tools } from './tools.ts'

interface Telling {
  entityId: string
  duties: readonly string[]
  /** Civil date: whoever holds a duty on it is told. */
  day: string
  /** What happened and to what: told once. */
  about: readonly string[]
  words: MailWords
  path: string
  /** Whether the history of the page it leads to tells of it (`toldBeside`). */
  isBeside?: boolean
}

/**
 * A mail to everybody who holds one of the duties that day, and for a vacant one to whoever is told of vacancies: a vacant position
 * stops nothing (model.md §1). Answers whom.
 */
export async function tellDuties(
  trx: Trx,
  { publicUrl }: Tools,
  { entityId, duties, day, about, words, path, isBeside = false }: Telling,
): Promise<string[]> {
  const told = new Set<string>()
  for (const duty of duties) {
    const holders = await holdersOf(trx, { entityId, duty, day, barredOn: null })
    for (const personId of holders.length > 0 ? holders : await headsFor(trx, entityId, duty, day)) told.add(personId)
  }
  for (const personId of told)
    await writeMail(trx, {
      ...{ id: idOf('mail', ...about, personId), entityId, noticeId: null, personId },
      ...words,
      ...(isBeside ? toldBeside : leadingTo)(publicUrl, path),
    })
  return [...told]
}
