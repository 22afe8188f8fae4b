import { sql } from 'kysely'
import type { TaskKind } from '../domain/tasks.ts'
import type { Trx } from './client.ts'
import { headsFor, holdersOf } from './notices.ts'

export interface OpenTask {
  id: string
  cycleId: string
  cycleName: string
  vigencia: number
  stepCode: string
  kind: TaskKind
  dueAt: Date | null
  claimedBy: string | null
}

const SHOWN = 50

/** Open tasks of a function, most urgent first, at most 50: they hang on the function, so whoever exercises it next has them. */
export async function listOpenTasks(trx: Trx, entityId: string, duty: string): Promise<OpenTask[]> {
  const found = await sql<OpenTask>`
    select t.id, t.cycle_id as "cycleId", c.name as "cycleName", c.vigencia, t.step_code as "stepCode", t.kind,
      t.due_at as "dueAt", who.display_name as "claimedBy"
    from task t join cycle c on c.id = t.cycle_id left join person who on who.id = t.claimed_by
    where t.entity_id = ${entityId} and t.duty = ${duty} and t.status = 'open'
    order by coalesce(t.due_at, 'infinity'), t.id limit ${SHOWN}`.execute(trx)
  return found.rows
}

export interface Succession {
  /** Who exercises the function on that day. */
  holders: { id: string; name: string }[]
  /** Where nobody does: who is told, by the rule that a vacant position stops nothing (model.md §1). */
  told: { id: string; name: string }[]
}

/** Who has a function's work on `day` once one tenure is left out of account. */
export async function successionOf(
  trx: Trx,
  entityId: string,
  key: { duty: string; day: string; withoutTenure?: string },
): Promise<Succession> {
  const { duty, day } = key
  const ids = await holdersOf(trx, { entityId, duty, day, barredOn: null })
  const leaving = key.withoutTenure ? await soleHolder(trx, key.withoutTenure, duty, day) : null
  const holders = ids.filter((id) => id !== leaving)
  const told = holders.length > 0 ? [] : (await headsFor(trx, entityId, duty, day)).filter((id) => id !== leaving)
  const names = await namesOf(trx, [...holders, ...told])
  const named = (id: string) => ({ id, name: names.get(id) ?? '' })
  return { holders: holders.map(named), told: told.map(named) }
}

/** The tenure's person, when no other tenure of theirs gives them the function on that day. */
async function soleHolder(trx: Trx, tenureId: string, duty: string, day: string): Promise<string | null> {
  const found = await sql<{ personId: string }>`
    select t.person_id as "personId" from tenure t where t.id = ${tenureId} and not exists (
      select 1 from tenure other join position pos on pos.id = other.position_id
      where other.person_id = t.person_id and other.id <> t.id and pos.duty = ${duty}
        and other.from_date <= ${day} and (other.to_date is null or other.to_date >= ${day}))`.execute(trx)
  return found.rows[0]?.personId ?? null
}

async function namesOf(trx: Trx, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await trx.selectFrom('person').select(['id', 'display_name']).where('id', 'in', ids).execute()
  return new Map(rows.map((row) => [row.id, row.display_name]))
}
