/** What the automatic controls show of the controls of the risk map that name them (D6, D7). */
import { addDays, bogotaDate } from '../domain/civil-dates.ts'
import type { Showing } from '../domain/control-evidence.ts'
import type { ControlId } from '../domain/controls.ts'
import type { Trx } from './client.ts'

/** A green run holds for the next morning too: a day on which nothing ran is no failure yet. */
const HOLDS_DAYS = 2

/** The last run of the automatic control that shows this one; none where no control does, or it never ran. */
export async function listCheckShowings(trx: Trx, controlId: string): Promise<Showing[]> {
  const run = await trx
    .selectFrom('risk_control as c')
    .innerJoin('automatic_check_run as r', (join) =>
      join.onRef('r.entity_id', '=', 'c.entity_id').onRef('r.control', '=', 'c.automatic_check'),
    )
    .select(['r.result', 'r.finished_at as finishedAt'])
    .where('c.id', '=', controlId)
    .where('r.finished_at', 'is not', null)
    .orderBy('r.finished_at', 'desc')
    .orderBy('r.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!run?.finishedAt) return []
  const on = bogotaDate(run.finishedAt)
  if (run.result !== 'passed') return [{ on, outcome: 'failed', validUntil: null }]
  return [{ on, outcome: 'shown', validUntil: addDays(on, HOLDS_DAYS) }]
}

/** Controls of the risk map that an automatic control shows. */
export async function listShownBy(trx: Trx, entityId: string, check: ControlId): Promise<string[]> {
  const rows = await trx
    .selectFrom('risk_control')
    .select('id')
    .where('entity_id', '=', entityId)
    .where('automatic_check', '=', check)
    .where('retired_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}
