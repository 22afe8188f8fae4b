import { ApplicationFailure } from '@temporalio/activity'
import { logDayMail } from '../app/text/log-mail.ts'
import { recordEvent } from '../db/audit.ts'
import { withEntity } from '../db/client.ts'
import { idOf } from '../db/ids.ts'
import { publishLogDay as publish } from '../db/log-days.ts'
import { leadingTo, writeMail } from '../db/mail.ts'
import { headsFor, holdersOf } from '../db/notices.ts'
import { addDays } from '../domain/civil-dates.ts'
import type { Tools } from './tools.ts'

export interface PublishLogDay {
  entityId: string
  workflowId: string
  /** Civil date that begins: what happened until then is published. */
  day: string
}

/**
 * The log of the day that ended, published beside the open data, and its checkpoint by mail to control interno (promises §4.4):
 * both are out of the reach of whoever runs the server. Throws, to be asked again, while no checkpoint covers the day.
 */
export async function publishLogDay({ database, publicUrl }: Tools, asked: PublishLogDay): Promise<void> {
  const { entityId, workflowId, day: begins } = asked
  const day = addDays(begins, -1)
  await withEntity(database, entityId, async (trx) => {
    const published = await publish(trx, entityId, day)
    if (published === 'nothing') return
    if (published === 'waiting') throw ApplicationFailure.retryable(`no checkpoint covers ${day} yet`, 'not_sealed')
    const holders = await holdersOf(trx, { entityId, duty: 'control_interno', day: begins, barredOn: null })
    const told = holders.length > 0 ? holders : await headsFor(trx, entityId, 'control_interno', begins)
    for (const personId of told)
      await writeMail(trx, {
        ...{ id: idOf('log_day', entityId, day, personId), entityId, noticeId: null, personId },
        ...logDayMail(published),
        ...leadingTo(publicUrl, `/historia/${entityId}`),
      })
    const change = (field: string, after: string | number) => ({ field, before: null, after })
    const changes = [change('day', day), change('events', published.events), change('recipients', told.length)]
    const type = 'log.day_published'
    await recordEvent(trx, { entityId, type, objectId: entityId, changes, origin: 'workflow', workflowId })
  })
}
