/** What the automatic controls show of the controls of the risk map that name them (D6, D7). */

import { bearsOn } from '../domain/check-bearing.ts'
import { addDays, bogotaDate } from '../domain/civil-dates.ts'
import type { Showing } from '../domain/control-evidence.ts'
import { type CheckResult, type ControlId, isControlId } from '../domain/controls.ts'
import type { RiskAnswers } from '../domain/risks.ts'
import type { Trx } from './client.ts'

/** A green run holds for the next morning too: a day on which nothing ran is no failure yet. */
const HOLDS_DAYS = 2

/** The automatic control that shows one of the risk map, and what came of its last run; null while it has none. */
export interface ShowingCheck {
  entityId: string
  check: ControlId
  /** Whether it bears on the risk as it is rated now: otherwise it shows nothing. */
  bears: boolean
  last: { at: Date; result: CheckResult; lookedAt: number } | null
}

/** Undefined where no automatic control shows it. */
export async function findShowingCheck(trx: Trx, controlId: string): Promise<ShowingCheck | undefined> {
  const named = await trx
    .selectFrom('risk_control as c')
    .innerJoin('risk_assessment as a', 'a.risk_id', 'c.risk_id')
    .select(['c.automatic_check as check', 'c.entity_id as entityId', 'a.answers'])
    .where('c.id', '=', controlId)
    .orderBy('a.n', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!named?.check || !isControlId(named.check)) return undefined
  const { entityId, check, answers } = named
  const bears = bearsOn(check, answers as unknown as RiskAnswers)
  return { entityId, check, bears, last: await lastRun(trx, entityId, check, { shows: false }) }
}

/**
 * What the last run says that looked at something, or failed: one that found nothing to look at proves nothing, and what was shown
 * before ends by its days.
 */
export async function listCheckShowings(trx: Trx, controlId: string): Promise<Showing[]> {
  const shown = await findShowingCheck(trx, controlId)
  if (!shown?.bears) return []
  const run = await lastRun(trx, shown.entityId, shown.check, { shows: true })
  if (!run) return []
  const on = bogotaDate(run.at)
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

/** `shows`: only one that says something of what it looked at. */
async function lastRun(trx: Trx, entityId: string, check: ControlId, { shows }: { shows: boolean }) {
  const run = await trx
    .selectFrom('automatic_check_run')
    .select(['result', 'finished_at', 'looked_at'])
    .where('entity_id', '=', entityId)
    .where('control', '=', check)
    .where('finished_at', 'is not', null)
    .$if(shows, (query) => query.where((eb) => eb.or([eb('result', '<>', 'passed'), eb('looked_at', '>', 0)])))
    .orderBy('finished_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!run?.finished_at) return null
  return { at: run.finished_at, result: run.result as CheckResult, lookedAt: run.looked_at ?? 0 }
}
