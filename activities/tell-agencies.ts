import { summaryMail } from '../app/text/summary-mail.ts'
import { headsAbove } from '../db/agency-heads.ts'
import { recordEvent } from '../db/audit.ts'
import { type Trx, withEntity } from '../db/client.ts'
import { lockCycle } from '../db/cycles.ts'
import { openIncident } from '../db/incidents.ts'
import { writeMail } from '../db/mail.ts'
import { settleNotice } from '../db/notices.ts'
import {
  areResultsPublic,
  endNoticesOfCycle,
  lockDueSummaryNotices,
  nextSummaryNoticeAt,
  type SummaryNotice,
  summaryMailRow,
} from '../db/summary-notices.ts'
import { bogotaDate } from '../domain/civil-dates.ts'
import { type ToldHead, whoIsTold } from '../domain/dissemination.ts'
import { chooseNotices, type Sending } from '../domain/notices.ts'
import { disseminationWorkflowId } from '../workflows/messages.ts'
import type { Tools } from './tools.ts'

export interface TellAgencies {
  entityId: string
  cycleId: string
  /** ISO instant of the workflow's clock. */
  now: string
}

/**
 * Tells the dependencias whatever fell due of their summaries, in one transaction: mail rows, ledger, events. Answers the
 * ISO instant of the next notice, null when nobody has anything left to be told. Running it twice tells nobody twice.
 */
export async function tellOfSummaries(tools: Tools, input: TellAgencies): Promise<string | null> {
  const now = new Date(input.now)
  return await withEntity(tools.database, input.entityId, async (trx) => {
    const { vigencia } = await lockCycle(trx, input.cycleId)
    if (!(await areResultsPublic(trx, input.cycleId))) {
      await endNoticesOfCycle(trx, input.cycleId, now)
      return null
    }
    const due = await lockDueSummaryNotices(trx, input.cycleId, now)
    for (const sending of chooseNotices(due))
      await send(trx, { ...input, publicUrl: tools.publicUrl, vigencia }, sending)
    return (await nextSummaryNoticeAt(trx, input.cycleId))?.toISOString() ?? null
  })
}

interface Sender extends TellAgencies {
  publicUrl: string
  vigencia: number
}

async function send(trx: Trx, sender: Sender, { notice, catchesUp }: Sending<SummaryNotice>): Promise<void> {
  const { entityId, cycleId } = sender
  const now = new Date(sender.now)
  for (const older of catchesUp) await settleNotice(trx, older.id, 'superseded', now)
  const heads = await headsAbove(trx, entityId, notice.agencyId, bogotaDate(now))
  const told = whoIsTold(heads, notice.duty)
  await settleNotice(trx, notice.id, told.length === 0 ? 'failed' : 'sent', now, catchesUp.length)
  if (told.length === 0) {
    const incident = { entityId, kind: 'nobody_told', objectType: 'notice', objectId: notice.id } as const
    return await openIncident(trx, { ...incident, origin: 'workflow' })
  }
  for (const one of told) await write(trx, sender, notice, one, catchesUp.length)
  await recordEvent(trx, {
    ...{ entityId, cycleId, type: 'summary.reminded', objectId: notice.summaryId, origin: 'workflow' },
    workflowId: disseminationWorkflowId(cycleId),
    changes: [
      { field: 'agency', before: null, after: notice.agencyName },
      { field: 'kind', before: null, after: notice.kind },
      { field: 'recipients', before: null, after: told.length },
    ],
  })
}

async function write(trx: Trx, sender: Sender, notice: SummaryNotice, head: ToldHead, catchesUp: number) {
  const { publicUrl, cycleId, entityId, vigencia } = sender
  const { kind, agencyName: agency, dueDate, isRead } = notice
  const about = { entityId, cycleId, agencyId: notice.agencyId, noticeId: notice.id }
  await writeMail(trx, {
    ...summaryMailRow(publicUrl, about, head.personId),
    ...summaryMail({ kind, told: head.told, agency, vigencia, dueDate, isRead, catchesUp }),
  })
}
