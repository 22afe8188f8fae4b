import { unusualReadingMail } from '../app/text/reading-mail.ts'
import { recordEvent } from '../db/audit.ts'
import { type Trx, withEntity } from '../db/client.ts'
import { findLastReadingWeek, storeReadingWeek } from '../db/readings.ts'
import { READING_TOLD_DUTIES, weeksToLookOver } from '../domain/unusual-reading.ts'
import { tellDuties } from './tell-duties.ts'
import type { Tools } from './tools.ts'

export interface ListUnusualReading {
  entityId: string
  workflowId: string
  /** Civil date of a day; the weeks before its own are looked over. */
  day: string
}

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
  tools: Tools,
  { entityId, workflowId, day }: ListUnusualReading,
  week: string,
): Promise<void> {
  const found = await storeReadingWeek(trx, entityId, week)
  if (!found) return
  const { reads, unusual } = found
  await tellDuties(trx, tools, {
    ...{ entityId, duties: READING_TOLD_DUTIES, day, about: ['reading_week', entityId, week] },
    words: unusualReadingMail({ week, reads, unusual: unusual.length }),
    path: '/accesos/lecturas',
  })
  const change = (field: string, after: string | number) => ({ field, before: null, after })
  const changes = [change('week', week), change('reads', reads), change('unusual', unusual.length)]
  const type = 'audit.reading_listed'
  await recordEvent(trx, { entityId, type, objectId: entityId, changes, origin: 'workflow', workflowId })
}
