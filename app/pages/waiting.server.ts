import type { Trx } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { listCorrectionsToSign } from '../../db/corrections.ts'
import { listFollowUps } from '../../db/follow-ups.ts'
import { listWaitingGrants } from '../../db/grant-pages.ts'
import { listDueActions } from '../../db/improvement-pages.ts'
import { countInbox, type InboxCount, type InboxCounts } from '../../db/inbox.ts'
import { listMentions } from '../../db/mentions.ts'
import { listWaitingReviews } from '../../db/review-pages.ts'
import { listOwnSummaries } from '../../db/summaries.ts'
import { entityCalendar } from '../../db/terms.ts'
import type { Calendar } from '../../domain/calendar.ts'
import { addDays } from '../../domain/civil-dates.ts'
import { termChip } from '../../domain/terms.ts'
import type { Actor } from '../session.server.ts'
import { controlsInRed } from './checks.server.ts'
import { waitingRuns } from './control.server.ts'
import { waitingCrosswalks } from './crosswalk.server.ts'
import { disposalsToDecide } from './disposals.server.ts'
import { firstOf, SHOWN } from './first-of.ts'
import { readerOf, shownAction } from './improvement.server.ts'
import { inboxReader, shownReview, shownSummary } from './inbox-line.server.ts'
import { heldToPrepare } from './releases.server.ts'
import { waitingRights } from './rights.server.ts'
import { waitingAlerts } from './standing-alerts.server.ts'

/** What waits for a person beside the tasks of exercises, a list for each card of «Mi bandeja». */
export async function waitingCards(trx: Trx, actor: Actor) {
  const { entityId, personId } = actor
  const reader = inboxReader(actor)
  const calendar = await entityCalendar(trx, entityId)
  return {
    held: firstOf(await heldToPrepare(trx, actor, SHOWN + 1), SHOWN),
    corrections: firstOf(await listCorrectionsToSign(trx, reader, SHOWN + 1), SHOWN),
    mentions: firstOf(await listMentions(trx, personId, SHOWN + 1), SHOWN),
    disposals: firstOf(await disposalsToDecide(trx, actor, SHOWN + 1), SHOWN),
    crosswalks: firstOf(await waitingCrosswalks(trx, actor, SHOWN + 1), SHOWN),
    summaries: await ownSummaries(trx, actor, calendar),
    actions: await dueActions(trx, actor, calendar),
    followUps: await followUpsOf(trx, actor, calendar),
    grants: firstOf(await listWaitingGrants(trx, reader, SHOWN + 1), SHOWN),
    rights: await waitingRights(trx, actor),
    controls: await controlsInRed(trx, actor),
    runs: await waitingRuns(trx, actor),
    alerts: await waitingAlerts(trx, actor),
    reviews: await waitingReviews(trx, actor, calendar),
  }
}

export type WaitingCards = Awaited<ReturnType<typeof waitingCards>>

async function ownSummaries(trx: Trx, { position }: Actor, calendar: Calendar) {
  const { rows, more } = firstOf(await listOwnSummaries(trx, position.id, SHOWN + 1), SHOWN)
  return { rows: rows.map((one) => shownSummary(one, calendar)), more }
}

async function waitingReviews(trx: Trx, actor: Actor, calendar: Calendar) {
  const { rows, more } = firstOf(await listWaitingReviews(trx, inboxReader(actor), SHOWN + 1), SHOWN)
  return { rows: rows.map((one) => shownReview(one, calendar)), more }
}

/** What is due within two months; of findings and risks that is nearly all. */
async function followUpsOf(trx: Trx, actor: Actor, calendar: Calendar) {
  const { rows, next } = await listFollowUps(trx, readerOf(actor), { until: addDays(appToday(), 60), limit: SHOWN })
  const shown = rows.map((line) => ({ ...line, chip: termChip(line.dueOn, appToday(), calendar) }))
  return { rows: shown, more: next !== null }
}

/** Improvement actions this person has to report on or check, due within two weeks or said nothing of. */
async function dueActions(trx: Trx, actor: Actor, calendar: Calendar) {
  const { rows, next } = await listDueActions(trx, readerOf(actor), addDays(appToday(), 14))
  const called = actor.entity.dutyNames
  return { rows: rows.map((line) => shownAction(line, calendar, called)), more: next !== null }
}

/** What «Mi bandeja» lists, all of it: the lines of exercises and of every card. */
export function countWaiting(lines: InboxCounts['total'], cards: WaitingCards): InboxCount {
  const counted = Object.values(cards).map((card) =>
    'rows' in card ? { n: card.rows.length, more: card.more } : { n: card.length, more: false },
  )
  return {
    n: counted.reduce((sum, { n }) => sum + n, lines.n),
    more: lines.more || counted.some(({ more }) => more),
  }
}

/** How many tasks of exercises wait for a person, and how much in all, as their inbox says it. */
export async function countsOfWaiting(trx: Trx, actor: Actor): Promise<Record<'tasks' | 'waiting', InboxCount>> {
  const { total } = await countInbox(trx, inboxReader(actor))
  return { tasks: total, waiting: countWaiting(total, await waitingCards(trx, actor)) }
}
