/** Requests of citizens about their data as their workflow and every judgement read and write them (domain/rights.ts). */
import { sql } from 'kysely'
import { bogotaDate } from '../domain/civil-dates.ts'
import type { Delivery, DenialReason, RightsAim, RightsState, RightsStatus } from '../domain/rights.ts'
import {
  answerTerm,
  completeBy,
  extendedTerm,
  isRightsOver,
  MAX_TRIES,
  REST_MINUTES,
  requireBy,
} from '../domain/rights.ts'
import type { Term } from '../domain/terms.ts'
import type { Trx } from './client.ts'
import { newId } from './ids.ts'
import { entityCalendar } from './terms.ts'

export interface LoadedRights {
  state: RightsState
  entityId: string
  number: string
  code: string
  /** Civil date of its receipt. */
  filedOn: string
  receivedBy: string | null
  completeOn: string | null
}

/** The request, held until the transaction ends where `lock` says so; undefined where there is none. */
export async function findRights(
  trx: Trx,
  id: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<LoadedRights | undefined> {
  const query = trx.selectFrom('rights_request').selectAll().where('id', '=', id)
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (!row) return undefined
  const calendar = await entityCalendar(trx, row.entity_id)
  return {
    state: {
      ...{ id: row.id, status: row.status as RightsStatus, aim: row.aim as RightsAim, dueOn: row.due_on },
      ...{ isIdentified: row.identified_at !== null, isExtended: row.extended_at !== null },
      ...{ contentHash: row.content_hash, completeBy: row.complete_by, forgetOn: row.forget_on },
      // More is asked for once, of what was received first.
      requireBy: row.required_at === null ? requireBy(row.filed_on, calendar) : null,
    },
    ...{ entityId: row.entity_id, number: row.number, code: row.code, filedOn: row.filed_on },
    ...{ receivedBy: row.received_by, completeOn: row.complete_on },
  }
}

/** The request, held; only the worker may. */
export async function holdRights(trx: Trx, id: string): Promise<LoadedRights> {
  const request = await findRights(trx, id, { lock: true })
  if (!request) throw new Error(`request ${id} has no row`)
  return request
}

/** The workflow's clock; what happens on a civil date of Bogotá. */
interface Moment {
  at: Date
}

/** Received, complete: its term to answer begins. */
export async function beginRights(trx: Trx, request: LoadedRights, receivedOn: string): Promise<Term> {
  const calendar = await entityCalendar(trx, request.entityId)
  const term = answerTerm(request.state.aim, receivedOn, calendar)
  await move(trx, request, { status: 'received', complete_on: receivedOn, due_on: term.dueDate, complete_by: null })
  await beginTerm(trx, request, 'answer', term)
  return term
}

/** More time, told before the first term ends: it runs from the end of that. */
export async function addRightsDays(trx: Trx, request: LoadedRights, { at }: Moment): Promise<Term> {
  const calendar = await entityCalendar(trx, request.entityId)
  const term = extendedTerm(request.state.aim, request.state.dueOn ?? bogotaDate(at), calendar)
  await move(trx, request, { due_on: term.dueDate, extended_at: at })
  await endRightsTerm(trx, request.state.id, 'superseded', at)
  await beginTerm(trx, request, 'extension', term)
  return term
}

/** More was asked of the citizen: no term runs until they answer, for two months. */
export async function holdBackRights(trx: Trx, request: LoadedRights, { at }: Moment): Promise<void> {
  const until = completeBy(bogotaDate(at))
  await move(trx, request, { status: 'incomplete', required_at: at, complete_by: until, due_on: null })
  await endRightsTerm(trx, request.state.id, 'superseded', at)
}

export async function settleIdentity(trx: Trx, request: LoadedRights, method: string, { at }: Moment): Promise<void> {
  await move(trx, request, { identified_at: at, identity_method: method })
}

/** Answered, forwarded or given up: final. */
export async function endRights(
  trx: Trx,
  request: LoadedRights,
  to: { status: RightsStatus; denial?: DenialReason | null; delivery?: Delivery | null; forgetOn?: string | null },
  { at }: Moment,
): Promise<void> {
  const { status, denial = null, delivery = null, forgetOn = null } = to
  if (!isRightsOver(status)) throw new Error(`${status} is no end`)
  await move(trx, request, { status, ended_at: at, complete_by: null, denial, delivery, forget_on: forgetOn })
  await endRightsTerm(trx, request.state.id, status === 'lapsed' ? 'superseded' : 'met', at)
}

/** What was typed opens no more: its key is destroyed. */
export async function dropRightsKey(trx: Trx, request: LoadedRights): Promise<void> {
  await move(trx, request, { wrapped_key: null, master_key_id: null, lookup_hash: null, forget_on: null })
}

type Columns = Partial<{
  status: RightsStatus
  complete_on: string | null
  due_on: string | null
  complete_by: string | null
  extended_at: Date
  required_at: Date
  ended_at: Date
  forget_on: string | null
  wrapped_key: null
  master_key_id: null
  lookup_hash: null
  identified_at: Date
  identity_method: string
  denial: string | null
  delivery: string | null
}>

async function move(trx: Trx, { state }: LoadedRights, columns: Columns): Promise<void> {
  const moved = await trx
    .updateTable('rights_request')
    .set(columns)
    .where('id', '=', state.id)
    .where('status', '=', state.status)
    .executeTakeFirst()
  if (moved.numUpdatedRows !== 1n) throw new Error(`request ${state.id} is no longer ${state.status}`)
}

/** The running term by another count of its days: another row, and the request is due on its day. */
export async function changeRightsTerm(
  trx: Trx,
  request: LoadedRights,
  { kind, term, at }: { kind: string; term: Term } & Moment,
): Promise<void> {
  await move(trx, request, { due_on: term.dueDate })
  await endRightsTerm(trx, request.state.id, 'superseded', at)
  await beginTerm(trx, request, kind as TermKind, term)
}

type TermKind = 'answer' | 'extension'

async function beginTerm(trx: Trx, request: LoadedRights, kind: TermKind, term: Term): Promise<void> {
  await trx
    .insertInto('rights_term')
    .values({
      ...{ id: newId(), entity_id: request.entityId, request_id: request.state.id, kind, start_date: term.start },
      ...{ working_days: term.workingDays, due_date: term.dueDate, due_at: term.dueAt },
      ...{ calendar_version: term.calendarVersion, arithmetic: JSON.stringify(term.days) },
    })
    .execute()
}

async function endRightsTerm(trx: Trx, requestId: string, status: 'met' | 'superseded', at: Date): Promise<void> {
  await trx
    .updateTable('rights_term')
    .set({ status, ended_at: at })
    .where('request_id', '=', requestId)
    .where('status', '=', 'running')
    .execute()
}

/** Its workflow has something to read: a new request, or one that was completed. Runs over all entities. */
export async function listMovedRights(trx: Trx, limit: number): Promise<{ id: string; entity_id: string }[]> {
  return await trx
    .selectFrom('rights_request')
    .select(['id', 'entity_id'])
    .where('signal_wanted', '=', true)
    .orderBy('filed_at')
    .limit(limit)
    .execute()
}

export async function noteRightsMoved(trx: Trx, id: string): Promise<void> {
  await trx.updateTable('rights_request').set({ signal_wanted: true }).where('id', '=', id).execute()
}

export async function endRightsWish(trx: Trx, id: string): Promise<void> {
  await trx.updateTable('rights_request').set({ signal_wanted: false }).where('id', '=', id).execute()
}

/** Counts a try of the secret; true while the request rests after too many, and then even the right one is refused. */
export async function spendTry(trx: Trx, id: string, isRight: boolean): Promise<boolean> {
  const found = await sql<{ rests: boolean; tries: number }>`
    select coalesce(rests_until > app_now(), false) as rests, tries from rights_request where id = ${id} for update`.execute(
    trx,
  )
  const [row] = found.rows
  if (!row || row.rests) return true
  const isSpent = !isRight && row.tries + 1 >= MAX_TRIES
  await trx
    .updateTable('rights_request')
    .set({
      tries: isRight || isSpent ? 0 : row.tries + 1,
      ...(isSpent && { rests_until: sql<Date>`app_now() + make_interval(mins => ${REST_MINUTES})` }),
    })
    .where('id', '=', id)
    .execute()
  return false
}
