/** Which accesses a campaign reviews, and from which seat each is reviewed (C4, C5). */
import { type RawBuilder, sql } from 'kysely'
import { hasLeft, isInScope } from '../domain/campaigns.ts'
import { GRANTERS, type GrantStatus } from '../domain/grants.ts'
import { assignSeats, LEAD, type Seat } from '../domain/reviewers.ts'
import { recordEvents } from './audit.ts'
import { type LoadedCampaign, reviewEvent } from './campaigns.ts'
import type { Trx } from './client.ts'
import { appNow } from './clock.ts'
import { idOf } from './ids.ts'
import { openIncident } from './incidents.ts'
import { holdersOf } from './notices.ts'

export interface Joined {
  grantId: string
  granteeId: string
  code: string
}

interface Candidate extends Joined {
  status: GrantStatus
  vigencia: number
  endsOn: string
  askedAfterOpening: boolean
}

/** Takes in every access that belongs to the campaign and is not in it nor under another review, each with its event. */
export async function takeScope(trx: Trx, campaign: LoadedCampaign): Promise<Joined[]> {
  const { entityId, vigencia, state, openedAt, subjectId } = campaign
  const whose = subjectId === null ? sql`true` : sql`g.grantee_id = ${subjectId}`
  const among = sql`${whose}
    and not exists (select from review_item i where i.grant_id = g.id and i.campaign_id = ${state.id})`
  const joined = await inScope(trx, { entityId, vigencia, openedAt, among })
  await insertItems(trx, campaign, joined)
  return joined
}

/** How many accesses a review of the vigencia would take in if it were opened now. */
export async function countInScope(trx: Trx, entityId: string, vigencia: number): Promise<number> {
  return (await inScope(trx, { entityId, vigencia, openedAt: appNow(), among: sql`true` })).length
}

interface ScopeOf {
  entityId: string
  vigencia: number
  openedAt: Date
  among: RawBuilder<unknown>
}

async function inScope(trx: Trx, { entityId, vigencia, openedAt, among }: ScopeOf): Promise<Candidate[]> {
  const found = await sql<Candidate>`
    select g.id as "grantId", g.grantee_id as "granteeId", g.code, g.status, g.vigencia, g.ends_on as "endsOn",
      g.asked_at > ${openedAt} as "askedAfterOpening"
    from access_grant g where g.entity_id = ${entityId} and g.vigencia = ${vigencia} and ${among}
      and not exists (select from review_item i where i.grant_id = g.id and i.left_at is null and i.executed_at is null)
    order by g.id`.execute(trx)
  return found.rows.filter((grant) => isInScope(grant, vigencia))
}

/** Puts accesses under review; one that already is stays where it is. */
export async function insertItems(
  trx: Trx,
  campaign: LoadedCampaign,
  grants: readonly { grantId: string; status: GrantStatus; endsOn: string }[],
): Promise<void> {
  const { entityId, state } = campaign
  if (grants.length === 0) return
  const rows = grants.map(({ grantId, status, endsOn }) => ({
    ...{ id: idOf('review-item', state.id, grantId), entity_id: entityId, campaign_id: state.id, grant_id: grantId },
    ...{ before_status: status, before_ends_on: endsOn },
  }))
  await trx.insertInto('review_item').values(rows).execute()
  await recordEvents(
    trx,
    grants.map(({ grantId }) => reviewEvent(campaign, 'review.joined', grantId)),
  )
}

/** Lets go whatever ended by other means meanwhile, each with its event. */
export async function leaveScope(trx: Trx, campaign: LoadedCampaign, now: Date): Promise<void> {
  const found = await sql<{
    id: string
    grantId: string
    before: GrantStatus
    status: GrantStatus
  }>`
    select i.id, g.id as "grantId", i.before_status as before, g.status
    from review_item i join access_grant g on g.id = i.grant_id
    where i.campaign_id = ${campaign.state.id} and i.left_at is null and i.executed_at is null
    order by i.id for update of i`.execute(trx)
  const gone = found.rows.filter((item) => hasLeft(item.before, item.status))
  if (gone.length === 0) return
  const ids = gone.map(({ id }) => id)
  await trx.updateTable('review_item').set({ left_at: now }).where('id', 'in', ids).execute()
  await recordEvents(
    trx,
    gone.map(({ grantId }) => reviewEvent(campaign, 'review.left', grantId)),
  )
}

interface StandingItem {
  id: string
  grantId: string
  granteeId: string
  agencyId: string
  listId: string | null
  /** It had its seat looked for before. */
  wasSought: boolean
}

/**
 * Gives each case its seat as who heads each organismo on `day` says, and makes the lists that are new. What moves, and what
 * nobody may review any more, leaves an event; of the latter an operator is told (G14). Answers the lists with cases.
 */
export async function settleSeats(
  trx: Trx,
  campaign: LoadedCampaign,
  day: string,
  isFirst: ReadonlySet<string>,
): Promise<string[]> {
  const { entityId, state } = campaign
  const items = await standingItems(trx, state.id, isFirst)
  const chains = await chainsOf(trx, entityId, [...new Set(items.map(({ agencyId }) => agencyId))], day)
  const lead = await leadSeat(trx, entityId, day)
  const seats = assignSeats(
    items.map(({ id, granteeId, agencyId }) => ({ id, granteeId, chain: [...(chains.get(agencyId) ?? []), lead] })),
  )
  const listOf = (item: StandingItem) => {
    const seat = seats.get(item.id) ?? null
    return seat === null ? null : idOf('review-list', state.id, seat)
  }
  await insertLists(trx, campaign, new Set([...seats.values()].filter((seat) => seat !== null)))
  const moved = items.filter((item) => listOf(item) !== item.listId)
  await moveItems(
    trx,
    moved.map((item) => ({ id: item.id, listId: listOf(item) })),
  )
  await tellOfMoves(trx, campaign, items, listOf)
  return [...new Set(items.map(listOf).filter((list) => list !== null))].sort()
}

async function standingItems(trx: Trx, campaignId: string, isFirst: ReadonlySet<string>): Promise<StandingItem[]> {
  const found = await sql<Omit<StandingItem, 'wasSought'>>`
    select i.id, i.grant_id as "grantId", g.grantee_id as "granteeId", g.agency_id as "agencyId", i.list_id as "listId"
    from review_item i join access_grant g on g.id = i.grant_id
    where i.campaign_id = ${campaignId} and i.left_at is null and i.executed_at is null order by i.id`.execute(trx)
  return found.rows.map((item) => ({ ...item, wasSought: !isFirst.has(item.grantId) }))
}

/** Who heads each of the organismos and those above it, the nearest first; a vacant seat has nobody. */
async function chainsOf(trx: Trx, entityId: string, agencyIds: string[], day: string): Promise<Map<string, Seat[]>> {
  const found = await sql<{ of: string; id: string; persons: string[] }>`
    with recursive up as (
      select a.id as "of", a.id, a.parent_id, 0 as height from agency a
      where a.entity_id = ${entityId} and a.id = any(${agencyIds}::uuid[])
      union select up."of", a.id, a.parent_id, up.height + 1 from agency a join up on a.id = up.parent_id where up.height < 20
    )
    select up."of", up.id, array(
      select distinct t.person_id from position pos
      join tenure t on t.position_id = pos.id and t.from_date <= ${day} and (t.to_date is null or t.to_date >= ${day})
      join person p on p.id = t.person_id and (p.ended_on is null or p.ended_on >= ${day})
      where pos.agency_id = up.id and pos.heads_agency and (pos.ended_on is null or pos.ended_on >= ${day})
      order by 1) as persons
    from up order by up."of", up.height`.execute(trx)
  const chains = new Map<string, Seat[]>()
  for (const { of, ...seat } of found.rows) chains.set(of, [...(chains.get(of) ?? []), seat])
  return chains
}

async function leadSeat(trx: Trx, entityId: string, day: string): Promise<Seat> {
  const holders = await Promise.all(GRANTERS.map((duty) => holdersOf(trx, { entityId, duty, day, barredOn: null })))
  return { id: LEAD, persons: [...new Set(holders.flat())] }
}

async function insertLists(trx: Trx, { entityId, state }: LoadedCampaign, seats: ReadonlySet<string>): Promise<void> {
  if (seats.size === 0) return
  const rows = [...seats].map((seat) => ({
    ...{ id: idOf('review-list', state.id, seat), entity_id: entityId, campaign_id: state.id },
    agency_id: seat === LEAD ? null : seat,
  }))
  await trx
    .insertInto('review_list')
    .values(rows)
    .onConflict((oc) => oc.column('id').doNothing())
    .execute()
}

async function moveItems(trx: Trx, moves: { id: string; listId: string | null }[]): Promise<void> {
  if (moves.length === 0) return
  const [ids, lists] = [moves.map(({ id }) => id), moves.map(({ listId }) => listId)]
  await sql`update review_item set list_id = m.list_id
    from unnest(${ids}::uuid[], ${lists}::uuid[]) as m(id, list_id) where review_item.id = m.id`.execute(trx)
}

async function tellOfMoves(
  trx: Trx,
  campaign: LoadedCampaign,
  items: readonly StandingItem[],
  listOf: (item: StandingItem) => string | null,
): Promise<void> {
  const moved = items.filter((item) => item.wasSought && listOf(item) !== null && listOf(item) !== item.listId)
  const alone = items.filter((item) => listOf(item) === null && (item.listId !== null || !item.wasSought))
  await recordEvents(trx, [
    ...moved.map(({ grantId }) => reviewEvent(campaign, 'review.moved', grantId)),
    ...alone.map(({ grantId }) => reviewEvent(campaign, 'review.unassigned', grantId)),
  ])
  if (alone.length === 0) return
  const about = { kind: 'review_unassigned', objectType: 'access_campaign', objectId: campaign.state.id } as const
  await openIncident(trx, { entityId: campaign.entityId, ...about, origin: 'workflow' })
}
