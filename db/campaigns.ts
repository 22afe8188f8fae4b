/** Reviews of accesses as their workflow and every judgement read and write them (domain/campaigns.ts). */
import { sql } from 'kysely'
import type { CampaignKind, CampaignState, CampaignStatus, OnSilence } from '../domain/campaigns.ts'
import type { EventType } from '../domain/events.ts'
import { Refused } from '../domain/refusals.ts'
import type { ReviewCause } from '../domain/review-causes.ts'
import type { Term } from '../domain/terms.ts'
import { type ActingPerson, eventBy } from './administration.ts'
import { type EventRecord, recordEvent } from './audit.ts'
import type { Trx } from './client.ts'

export interface LoadedCampaign {
  state: CampaignState
  entityId: string
  code: string
  kind: CampaignKind
  cause: ReviewCause | null
  /** Person whose accesses alone it is about; null in a review of a vigencia. */
  subjectId: string | null
  vigencia: number
  onSilence: OnSilence
  workingDays: number
  /** Civil date it runs from; null until it is recorded. */
  startOn: string | null
  openedAt: Date
  openedBy: string | null
}

/** The campaign, held until the transaction ends where `lock` says so; undefined where there is none. */
export async function findCampaign(
  trx: Trx,
  id: string,
  { lock }: { lock?: 'update' | 'share' } = {},
): Promise<LoadedCampaign | undefined> {
  const query = trx.selectFrom('access_campaign').selectAll().where('id', '=', id)
  const held = lock === 'update' ? query.forUpdate() : lock === 'share' ? query.forShare() : query
  const row = await held.executeTakeFirst()
  if (!row) return undefined
  return {
    state: { id: row.id, status: row.status as CampaignStatus, dueOn: row.due_date },
    ...{ entityId: row.entity_id, code: row.code, vigencia: row.vigencia, workingDays: row.working_days },
    ...{
      kind: row.kind as CampaignKind,
      cause: row.cause as ReviewCause | null,
      subjectId: row.subject_id,
      onSilence: row.on_silence as OnSilence,
    },
    ...{ startOn: row.start_date, openedAt: row.opened_at, openedBy: row.opened_by },
  }
}

/** The campaign, held; only the worker may. */
export async function holdCampaign(trx: Trx, id: string, lock: 'update' | 'share' = 'update'): Promise<LoadedCampaign> {
  const campaign = await findCampaign(trx, id, { lock })
  if (!campaign) throw new Error(`campaign ${id} has no row`)
  return campaign
}

export interface NewCampaign {
  id: string
  entityId: string
  kind: CampaignKind
  cause: ReviewCause | null
  subjectId: string | null
  vigencia: number
  workingDays: number
  onSilence: OnSilence
  /** Null where the calendar or an event opens it. */
  openedBy: { personId: string; positionId: string } | null
}

/** Keeps its row, once. Throws `Refused('campaign_exists')` where one of this vigencia stands; `year`: that of its code. */
export async function insertCampaign(trx: Trx, campaign: NewCampaign, year: number): Promise<void> {
  const { id, entityId, kind, cause, subjectId, vigencia, workingDays, onSilence, openedBy } = campaign
  await sql`select pg_advisory_xact_lock(hashtextextended(${entityId}, 32))`.execute(trx)
  if (await findCampaign(trx, id)) return
  if (kind === 'yearly' && (await findStanding(trx, entityId, vigencia))) throw new Refused('campaign_exists')
  const n = (await lastNumber(trx, entityId, year)) + 1
  await trx
    .insertInto('access_campaign')
    .values({
      ...{ id, entity_id: entityId, year, n, code: `RA-${year}-${String(n).padStart(4, '0')}`, kind, cause, vigencia },
      ...{ subject_id: subjectId, working_days: workingDays, on_silence: onSilence },
      ...{ opened_by: openedBy?.personId ?? null, opened_position: openedBy?.positionId ?? null },
    })
    .execute()
}

/** The yearly campaign of a vigencia that is not closed yet. */
export async function findStanding(trx: Trx, entityId: string, vigencia: number): Promise<string | undefined> {
  const row = await trx
    .selectFrom('access_campaign')
    .select('id')
    .where('entity_id', '=', entityId)
    .where('vigencia', '=', vigencia)
    .where('kind', '=', 'yearly')
    .where('status', 'in', ['filed', 'open', 'closing'])
    .executeTakeFirst()
  return row?.id
}

/** Whether a review of the vigencia ran and was closed. */
export async function wasReviewed(trx: Trx, entityId: string, vigencia: number): Promise<boolean> {
  const row = await trx
    .selectFrom('access_campaign')
    .select('id')
    .where('entity_id', '=', entityId)
    .where('vigencia', '=', vigencia)
    .where('kind', '=', 'yearly')
    .where('status', '=', 'closed')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

async function lastNumber(trx: Trx, entityId: string, year: number): Promise<number> {
  const row = await trx
    .selectFrom('access_campaign')
    .select(({ fn }) => fn.max('n').as('n'))
    .where('entity_id', '=', entityId)
    .where('year', '=', year)
    .executeTakeFirst()
  return row?.n ?? 0
}

/** It runs, for the days of its term. */
export async function startCampaign(trx: Trx, campaign: LoadedCampaign, term: Term): Promise<LoadedCampaign> {
  await moved(trx, campaign, {
    ...{ status: 'open', start_date: term.start, due_date: term.dueDate, calendar_version: term.calendarVersion },
    arithmetic: JSON.stringify(term.days),
  })
  const state = { ...campaign.state, status: 'open' as const, dueOn: term.dueDate }
  return { ...campaign, state, startOn: term.start }
}

/** Whoever asked for it could not: it ends before it was recorded. */
export async function refuseCampaign(trx: Trx, campaign: LoadedCampaign): Promise<void> {
  await moved(trx, campaign, { status: 'refused' })
}

/** Nobody answers any more; `by`: who closed it, null where its days were over. */
export async function beginClosing(
  trx: Trx,
  campaign: LoadedCampaign,
  { by, at }: { by: { personId: string; positionId: string } | null; at: Date },
): Promise<LoadedCampaign> {
  const who = { closed_by: by?.personId ?? null, closed_position: by?.positionId ?? null, closed_at: at }
  await moved(trx, campaign, { status: 'closing', ...who })
  return { ...campaign, state: { ...campaign.state, status: 'closing' } }
}

/** All that was decided is done. */
export async function endCampaign(
  trx: Trx,
  campaign: LoadedCampaign,
  { at, evidenceHash }: { at: Date; evidenceHash: string },
): Promise<void> {
  await moved(trx, campaign, { status: 'closed', executed_at: at, evidence_hash: evidenceHash })
}

/** Notes the case of the service desk with its event, once; false where one stands. */
export async function noteTicket(
  trx: Trx,
  by: ActingPerson & { positionId: string },
  { state, code }: LoadedCampaign,
  { ticket, ticketOn }: { ticket: string; ticketOn: string },
): Promise<boolean> {
  const who = { ticketed_by: by.personId, ticketed_position: by.positionId, ticketed_at: sql<Date>`app_now()` }
  const kept = await trx
    .updateTable('access_campaign')
    .set({ ticket, ticket_on: ticketOn, ...who })
    .where('id', '=', state.id)
    .where('ticket', 'is', null)
    .executeTakeFirst()
  if (kept.numUpdatedRows !== 1n) return false
  const facts = { code, ticket, ticket_on: ticketOn }
  const changes = Object.entries(facts).map(([field, after]) => ({ field, before: null, after }))
  await recordEvent(trx, { ...eventBy(by), type: 'campaign.ticketed', objectId: state.id, changes })
  return true
}

async function moved(trx: Trx, { state }: LoadedCampaign, values: Record<string, unknown>): Promise<void> {
  const changed = await trx
    .updateTable('access_campaign')
    .set(values)
    .where('id', '=', state.id)
    .where('status', '=', state.status)
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) throw new Error(`campaign ${state.id} is no longer ${state.status}`)
}

/** The part of an event that every one of a campaign shares. */
export function campaignEvent({ entityId, state, code }: LoadedCampaign, type: EventType): EventRecord {
  const changes = [{ field: 'code', before: null, after: code }]
  return { entityId, type, objectId: state.id, origin: 'workflow', workflowId: `campaign:${state.id}`, changes }
}

/** The part of an event about one access under review that every one shares. */
export function reviewEvent(
  { entityId, state, code }: Pick<LoadedCampaign, 'entityId' | 'state' | 'code'>,
  type: EventType,
  grantId: string,
): EventRecord {
  const changes = [{ field: 'campaign', before: null, after: code }]
  return { entityId, type, objectId: grantId, origin: 'workflow', workflowId: `campaign:${state.id}`, changes }
}
