/** A review of accesses as its people go through it, by the product's own commands. */
import { sql } from 'kysely'
import { answerReview } from '../../app/commands/answer-review.server.ts'
import { openCampaign } from '../../app/commands/open-campaign.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { type Database, withEntity } from '../../db/client.ts'
import { appNow, appToday } from '../../db/clock.ts'
import { newId } from '../../db/ids.ts'
import { MAX_BATCH, type OnSilence, type ReviewVerdict } from '../../domain/campaigns.ts'
import * as acts from '../../scripts/demonstration/acts.ts'

export interface Reviewing {
  owner: Database
  context: AppContext
  entityId: string
}

/** Opened by whoever leads the process, for the least term; answers its id. */
export async function openReview(context: AppContext, lead: Actor, onSilence: OnSilence): Promise<string> {
  const typed = { formKey: newId(), vigencia: appToday().slice(0, 4), workingDays: '3', onSilence }
  const opened = await openCampaign(context, { ...lead, provedAt: appNow() }, typed)
  if (!opened.ok) throw new Error(JSON.stringify(opened.errors))
  return opened.campaignId
}

/** Lists with cases of these accesses; throws until each of those is under review and each list has told its reviewer. */
export async function listsTold(
  { owner, entityId }: Pick<Reviewing, 'owner' | 'entityId'>,
  campaignId: string,
  own: readonly string[],
): Promise<string[]> {
  const items = await withEntity(owner, entityId, (trx) =>
    sql<{ list: string | null; n: number; told: boolean }>`select list_id as list, count(*)::int as n,
      exists (select from notice where notice.list_id = i.list_id and notice.status = 'sent') as told
      from review_item i where campaign_id = ${campaignId} and grant_id = any(${[...own]}::uuid[]) group by list_id`.execute(
      trx,
    ),
  )
  const listed = items.rows.filter(({ list }) => list !== null)
  const under = items.rows.reduce((sum, { n }) => sum + n, 0)
  if (under < own.length || !listed.every(({ told }) => told))
    throw new Error(`${under} of ${own.length} are under review`)
  return listed.map(({ list }) => list ?? '')
}

/** Each head answers their whole list, in batches as large as may be. `verdict`: of the n-th case of a list. */
export async function answerLists(
  { owner, context, entityId }: Reviewing,
  campaignId: string,
  heads: readonly string[],
  verdict: (n: number) => ReviewVerdict,
): Promise<void> {
  for (const head of heads) {
    const actor = await acts.actorAt(context, entityId, head)
    const { rows } = await withEntity(owner, entityId, (trx) =>
      sql<{
        id: string
        list: string
      }>`select i.id, l.id as list from review_item i join review_list l on l.id = i.list_id
        where i.campaign_id = ${campaignId} and l.agency_id = ${actor.position.agencyId} order by i.id`.execute(trx),
    )
    const answers = rows.map(({ id: itemId }, n) => ({
      ...{ itemId, verdict: verdict(n), reason: 'Se revisó con la planta de hoy.', seenN: 0, seenMs: 0 },
      change: { endsOn: verdict(n) === 'modify' ? appToday() : null },
    }))
    for (let from = 0; from < answers.length; from += MAX_BATCH) {
      const batch = { listId: rows[0]?.list ?? '', formKey: newId(), answers: answers.slice(from, from + MAX_BATCH) }
      const { leftOut } = await answerReview(context, actor, batch)
      if (leftOut[0]) throw new Error(`${head}: ${leftOut[0].against.code} and ${leftOut.length - 1} more`)
    }
  }
}

/** Accesses that a review is to end, or ended, without a proof of it; all of them until their outcome is settled. */
export async function countUnproved(
  { owner, entityId }: Pick<Reviewing, 'owner' | 'entityId'>,
  campaignId: string,
): Promise<number> {
  const { rows } = await withEntity(owner, entityId, (trx) =>
    sql<{ n: number }>`select count(*)::int as n from review_item i where campaign_id = ${campaignId}
      and coalesce(outcome in ('retired', 'suspended'), true) and left_at is null
      and not exists (select from access_probe p where p.grant_id = i.grant_id and p.moment = 'after')`.execute(trx),
  )
  return rows[0]?.n ?? 0
}

/** Of these accesses, those that showed nothing they opened before their end. */
export async function countUnshown(
  { owner, entityId }: Pick<Reviewing, 'owner' | 'entityId'>,
  grantIds: readonly string[],
): Promise<number> {
  const { rows } = await withEntity(owner, entityId, (trx) =>
    sql<{ n: number }>`select count(*)::int as n from unnest(${[...grantIds]}::uuid[]) g (id) where not exists (
      select from access_probe p where p.grant_id = g.id and p.moment = 'before' and p.outcome = 'allowed')`.execute(
      trx,
    ),
  )
  return rows[0]?.n ?? 0
}

/** What became of each case, as the record tells it. */
export interface CameOut {
  grantId: string
  outcome: string
  status: string
  executed: boolean
  /** Events of its end and of its shortening. */
  ends: number
  shortened: number
  /** What was asked at its door after the end. */
  probes: string[]
}

export async function cameOut(
  { owner, entityId }: Pick<Reviewing, 'owner' | 'entityId'>,
  campaignId: string,
  own: readonly string[],
): Promise<CameOut[]> {
  const { rows } = await withEntity(owner, entityId, (trx) =>
    sql<CameOut>`select g.id as "grantId", i.outcome, g.status, i.executed_at is not null as executed,
      (select count(*)::int from event e where e.object_id = g.id and e.type in ('access.retired', 'access.suspended')) as ends,
      (select count(*)::int from event e where e.object_id = g.id and e.type = 'access.shortened') as shortened,
      array(select p.outcome from access_probe p where p.grant_id = g.id and p.moment = 'after') as probes
      from review_item i join access_grant g on g.id = i.grant_id
      where i.campaign_id = ${campaignId} and g.id = any(${[...own]}::uuid[])`.execute(trx),
  )
  return rows
}

/** Throws where an access ended not once, or ended without a denial at its door, or was kept and ended. */
export function mustHaveEndedOnce(one: CameOut): void {
  const isOver = one.status !== 'granted'
  if (one.ends !== (isOver ? 1 : 0)) throw new Error(`the end of ${one.grantId} was recorded ${one.ends} times`)
  if (isOver && (one.probes.length === 0 || one.probes.some((outcome) => outcome !== 'denied')))
    throw new Error(`${one.grantId} was answered ${one.probes.join(', ') || 'nothing'} after its end`)
}
