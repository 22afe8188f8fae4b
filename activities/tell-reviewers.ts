import { type ReviewMailFacts, reviewMail } from '../app/text/review-mail.ts'
import { type EventRecord, recordEvents } from '../db/audit.ts'
import { campaignEvent, holdCampaign, type LoadedCampaign } from '../db/campaigns.ts'
import { type Trx, withEntity } from '../db/client.ts'
import { idOf } from '../db/ids.ts'
import { openIncident } from '../db/incidents.ts'
import { leadingTo, writeMail } from '../db/mail.ts'
import { settleNotice } from '../db/notices.ts'
import { findReviewList, type ReviewListRow } from '../db/review-answers.ts'
import { countUnanswered } from '../db/review-closing.ts'
import { lockDueListNotices, nextListNoticeAt, reviewersTold } from '../db/review-notices.ts'
import { isCampaignOpen } from '../domain/campaigns.ts'
import { bogotaDate } from '../domain/civil-dates.ts'
import { DELIVERY } from '../domain/dissemination.ts'
import { chooseNotices, type DueNotice, SUPERIOR } from '../domain/notices.ts'
import type { Tools } from './tools.ts'

export interface TellReviewers {
  entityId: string
  campaignId: string
  listId: string
  /** Workflow's clock, ISO. */
  now: string
}

interface Telling {
  campaign: LoadedCampaign
  list: ReviewListRow
  unanswered: number
  now: Date
}

/**
 * Tells whoever reviews a list, and before the end whoever is above them, what waits for an answer (C6). Where nothing
 * waits nobody is told. Answers the ISO instant of the next notice; running it twice tells nobody twice.
 */
export async function tellReviewers(tools: Tools, input: TellReviewers): Promise<string | null> {
  const now = new Date(input.now)
  return await withEntity(tools.database, input.entityId, async (trx) => {
    const campaign = await holdCampaign(trx, input.campaignId, 'share')
    const list = await findReviewList(trx, input.listId)
    if (!list) throw new Error(`list ${input.listId} has no row`)
    if (!isCampaignOpen(campaign.state.status)) return null
    const unanswered = await countUnanswered(trx, campaign.state.id, list.id)
    const events: EventRecord[] = []
    for (const { notice, catchesUp } of chooseNotices(await lockDueListNotices(trx, list.id, now))) {
      for (const older of catchesUp) await settleNotice(trx, older.id, 'superseded', now)
      if (unanswered === 0) await settleNotice(trx, notice.id, 'superseded', now, catchesUp.length)
      else events.push(await send(trx, tools, { campaign, list, unanswered, now }, notice, catchesUp.length))
    }
    await recordEvents(trx, events)
    return (await nextListNoticeAt(trx, list.id))?.toISOString() ?? null
  })
}

async function send(
  trx: Trx,
  { publicUrl }: Tools,
  telling: Telling,
  notice: DueNotice,
  catchesUp: number,
): Promise<EventRecord> {
  const { campaign, list, unanswered, now } = telling
  const { entityId, code, state } = campaign
  const people = await reviewersTold(trx, list, notice.duty, bogotaDate(now))
  for (const personId of people)
    await writeMail(trx, {
      ...{ id: idOf('mail', notice.id, personId), entityId, noticeId: notice.id, personId },
      ...reviewMail({ kind: kindOf(notice), code, dueOn: state.dueOn ?? '', n: unanswered }),
      ...leadingTo(
        publicUrl,
        notice.duty === SUPERIOR ? `/accesos/campanas/${state.id}` : `/accesos/revision/${list.id}`,
      ),
    })
  await settleNotice(trx, notice.id, people.length > 0 ? 'sent' : 'failed', now, catchesUp)
  const change = (field: string, after: string | number) => ({ field, before: null, after })
  const changes = [change('kind', notice.kind), change('recipients', people.length), change('code', code)]
  if (catchesUp > 0) changes.push(change('catches_up', catchesUp))
  const event = {
    ...campaignEvent(campaign, people.length > 0 ? 'notice.sent' : 'notice.failed'),
    objectId: notice.id,
    changes,
  }
  if (people.length > 0) return event
  const incident = { entityId, kind: 'nobody_told', objectType: 'notice', objectId: notice.id } as const
  await openIncident(trx, { ...incident, origin: 'workflow' })
  return { ...event, reasonCode: 'nobody_told' }
}

function kindOf({ kind, duty }: DueNotice): ReviewMailFacts['kind'] {
  if (duty === SUPERIOR) return 'escalation'
  return kind === DELIVERY ? 'to_review' : 'reminder'
}
