import { sql } from 'kysely'
import { Refused } from '../domain/refusals.ts'
import { handsOf, type SubstitutionScope, tasksWithin } from '../domain/substitutions.ts'
import type { ActingPerson } from './administration.ts'
import { eventBy } from './administration.ts'
import { recordEvents } from './audit.ts'
import type { Trx } from './client.ts'

export interface Claimant extends ActingPerson {
  positionId: string
  duty: string
  /** Whom they act for, and how far. */
  actingFor?: string | null
  reach?: SubstitutionScope | null
}

/**
 * A claim holds while whoever made it holds a position of the task's duty, or acts for somebody who does; the next in
 * office finds the line free.
 */
export const claimStands = sql<boolean>`(exists (
  select 1 from tenure held join position post on post.id = held.position_id join person holder on holder.id = held.person_id
  where held.person_id = task.claimed_by and post.duty = task.duty
    and held.from_date <= app_today() and (held.to_date is null or held.to_date >= app_today())
    and (holder.ended_on is null or holder.ended_on >= app_today()))
  or exists (select 1 from substitutions_on(app_today()) s where s.substitute_id = task.claimed_by and s.duty = task.duty))`

/** Takes an inbox line (A5): of any number at once one wins, the others are refused with who has it and since when. */
export async function claimTask(trx: Trx, actor: Claimant, taskId: string): Promise<void> {
  const taken = await trx
    .updateTable('task')
    .set({ claimed_by: actor.personId, claimed_at: sql<Date>`app_now()` })
    .where('id', '=', taskId)
    .where('status', '=', 'open')
    .where('duty', '=', actor.duty)
    .where((eb) => eb.or([eb('claimed_by', 'is', null), eb.not(claimStands)]))
    .where(sql<boolean>`not ${ownWork(handsOf(actor))}`)
    .where(isWithin(actor))
    .returning(['id', 'cycle_id', 'step_code'])
    .executeTakeFirst()
  if (!taken) return await explainClaim(trx, actor, taskId)
  await recordEvents(trx, [eventOf(actor, 'task.claimed', taken)])
}

/** Puts a line back; only whoever took it can. Putting back a free one changes nothing. */
export async function releaseTask(trx: Trx, actor: Claimant, taskId: string): Promise<void> {
  const freed = await trx
    .updateTable('task')
    .set({ claimed_by: null, claimed_at: null })
    .where('id', '=', taskId)
    .where('status', '=', 'open')
    .where('claimed_by', '=', actor.personId)
    .returning(['id', 'cycle_id', 'step_code'])
    .executeTakeFirst()
  if (freed) return await recordEvents(trx, [eventOf(actor, 'task.released', freed)])
  const task = await findTask(trx, actor, taskId)
  if (task.claimed_by !== null) throw claimedBy(task)
}

/** Frees what a person had taken in duties they no longer hold today. */
export async function releaseLapsedClaims(trx: Trx, actor: ActingPerson, personId: string): Promise<void> {
  const freed = await trx
    .updateTable('task')
    .set({ claimed_by: null, claimed_at: null })
    .where('claimed_by', '=', personId)
    .where('status', '=', 'open')
    .where((eb) => eb.not(claimStands))
    .returning(['id', 'cycle_id', 'step_code'])
    .execute()
  await recordEvents(
    trx,
    freed.map((task) => eventOf(actor, 'task.released', task)),
  )
}

/** Whoever elaborated a step never reviews or approves it (model.md §4), so that line is not theirs to take. */
export function ownWork(hands: string[]) {
  return sql<boolean>`(task.kind in ('review', 'approve', 'consent') and coalesce((${authored(hands)} limit 1), false)
    or ${ownWords(hands)})`
}

/** The same over many lines. A page looks each line up (a scalar subquery); a count first gathers all they ever wrote. */
export function ownWorkOfMany(hands: string[]) {
  return sql<boolean>`(task.kind in ('review', 'approve', 'consent') and exists (${authored(hands)})
    or ${ownWords(hands)})`
}

function authored(hands: string[]) {
  return sql`select true from attempt_author author where author.person_id = any(${hands}::uuid[]) and author.step_id = task.step_id`
}

/** Nor does whoever proposed words of the report that were accepted approve it; they may review it. */
function ownWords(hands: string[]) {
  return sql`(task.kind in ('approve', 'consent') and task.step_code = '6' and exists (select from section_proposal
    where section_proposal.cycle_id = task.cycle_id and (section_proposal.person_id = any(${hands}::uuid[])
      or section_proposal.acting_for = any(${hands}::uuid[])) and section_proposal.status = 'accepted'))`
}

/** A substitution reaches the line; every line in a position of one's own. */
function isWithin({ reach }: Claimant) {
  const kinds = reach ? tasksWithin(reach) : null
  return kinds ? sql<boolean>`task.kind = any(${kinds}::text[])` : sql<boolean>`true`
}

async function explainClaim(trx: Trx, actor: Claimant, taskId: string): Promise<void> {
  const task = await findTask(trx, actor, taskId)
  if (task.duty !== actor.duty) throw new Refused('not_in_charge', { step: task.step_code, duties: task.duty })
  if (!task.within) throw new Refused('beyond_substitution')
  if (task.own_work) throw new Refused('own_work', { step: task.step_code })
  if (task.status !== 'open') throw new Refused('already_decided', { step: task.step_code })
  // A second click of the winner is an answer, not a refusal.
  if (task.claimed_by !== actor.personId) throw claimedBy(task)
}

function claimedBy(task: { claimed_by: string | null; person: string | null; claimed_at: Date | null }): Refused {
  const since = task.claimed_at?.toISOString() ?? null
  return new Refused('claimed_by_other', { person: task.claimed_by, by: task.person, at: since })
}

async function findTask(trx: Trx, actor: Claimant, taskId: string) {
  const task = await trx
    .selectFrom('task')
    .leftJoin('person', 'person.id', 'task.claimed_by')
    .select([
      'task.duty',
      'task.status',
      'task.step_code',
      'task.claimed_by',
      'task.claimed_at',
      'person.display_name as person',
      ownWork(handsOf(actor)).as('own_work'),
      isWithin(actor).as('within'),
    ])
    .where('task.id', '=', taskId)
    .where('task.entity_id', '=', actor.entityId)
    .executeTakeFirst()
  if (!task) throw new Refused('not_visible')
  return task
}

function eventOf(
  actor: ActingPerson,
  type: 'task.claimed' | 'task.released',
  task: { id: string; cycle_id: string; step_code: string },
) {
  return { ...eventBy(actor), type, objectId: task.id, cycleId: task.cycle_id, stepCode: task.step_code }
}
