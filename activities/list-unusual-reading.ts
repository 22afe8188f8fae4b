import { unusualReadingMail } from '../app/text/reading-mail.ts'
import { recordEvent } from '../db/audit.ts'
import { type Trx, withEntity } from '../db/client.ts'
import { idOf } from '../db/ids.ts'
import { leadingTo, writeMail } from '../db/mail.ts'
import { headsFor, holdersOf } from '../db/notices.ts'
import { findLastReadingWeek, storeReadingWeek } from '../db/readings.ts'
import { weeksToLookOver } from '../domain/unusual-reading.ts'
import type { Tools } from './tools.ts'

export interface ListUnusualReading {
  entityId: string
  workflowId: string
  /** Civil date of a day; the weeks before its own are looked over. */
  day: string
}

/** Who leads the process, and answers for who may see citizens' data. */
const LEADER = 'jefatura_ogac'

/**
 * The weeks that ended since the last one, looked over for unusual reading of citizens' data, and told to whoever leads the process
 * (features I8): lists, mails and events in one transaction. Names and numbers stand on the page, never in a mail.
 */
export async function listUnusualReading(tools: Tools, asked: ListUnusualReading): Promise<void> {
  const { entityId, day } = asked
  await withEntity(tools.database, entityId, async (trx) => {
    const last = await findLastReadingWeek(trx, entityId)
    for (const week of weeksToLookOver(last?.week, day)) await lookOver(trx, tools, asked, week)
  })
}

async function lookOver(
  trx: Trx,
  { publicUrl }: Tools,
  { entityId, workflowId, day }: ListUnusualReading,
  week: string,
): Promise<void> {
  const found = await storeReadingWeek(trx, entityId, week)
  if (!found) return
  const holders = await holdersOf(trx, { entityId, duty: LEADER, day, barredOn: null })
  const told = holders.length > 0 ? holders : await headsFor(trx, entityId, LEADER, day)
  for (const personId of told)
    await writeMail(trx, {
      ...{ id: idOf('reading_week', entityId, week, personId), entityId, noticeId: null, personId },
      ...unusualReadingMail({ week, reads: found.reads, unusual: found.unusual.length }),
      ...leadingTo(publicUrl, '/accesos/lecturas'),
    })
  const change = (field: string, after: string | number) => ({ field, before: null, after })
  const changes = [change('week', week), change('reads', found.reads), change('unusual', found.unusual.length)]
  const type = 'audit.reading_listed'
  await recordEvent(trx, { entityId, type, objectId: entityId, changes, origin: 'workflow', workflowId })
}
