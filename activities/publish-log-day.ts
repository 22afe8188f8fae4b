import { ApplicationFailure } from '@temporalio/activity'
import { logDayMail } from '../app/text/log-mail.ts'
import { recordEvent } from '../db/audit.ts'
import { withEntity } from '../db/client.ts'
import { publishLogDay as publish } from '../db/log-days.ts'
import { addDays } from '../domain/civil-dates.ts'
import { LOG_TOLD_DUTIES } from '../domain/log-faults.ts'
import { tellDuties } from './tell-duties.ts'
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
export async function publishLogDay(tools: Tools, asked: PublishLogDay): Promise<void> {
  const { entityId, workflowId, day: begins } = asked
  const day = addDays(begins, -1)
  await withEntity(tools.database, entityId, async (trx) => {
    const published = await publish(trx, entityId, day)
    if (published === 'nothing') return
    if (published === 'waiting') throw ApplicationFailure.retryable(`no checkpoint covers ${day} yet`, 'not_sealed')
    const whom = { entityId, duties: LOG_TOLD_DUTIES, day: begins }
    const what = { about: ['log_day', entityId, day], words: logDayMail(published), path: `/historia/${entityId}` }
    const told = await tellDuties(trx, tools, { ...whom, ...what })
    const change = (field: string, after: string | number) => ({ field, before: null, after })
    const changes = [change('day', day), change('events', published.events), change('recipients', told.length)]
    const type = 'log.day_published'
    await recordEvent(trx, { entityId, type, objectId: entityId, changes, origin: 'workflow', workflowId })
  })
}
