import { sql } from 'kysely'
import { KEPT_VIOLATIONS, type Violation } from '../../domain/controls.ts'
import type { LogFault } from '../../domain/log-faults.ts'
import type { Trx } from '../client.ts'
import { waitsAfter } from '../imported-log.ts'
import { auditLog } from '../log-audit.ts'
import { findLastSealed } from '../sealed-log.ts'
import type { Examine } from './examination.ts'

const LAST = 10_000

/**
 * The end of the sealed log holds (promises §4.4): its last events, the checkpoints since, and nothing waits for its seal longer
 * than an hour. The whole of it is read over by `npm run verify`.
 */
export const logIntact: Examine = async (trx, { entityId }) => {
  const { read, faults } = await auditLog(trx, entityId, { last: LAST })
  const late = await listLate(trx, entityId)
  const violations = [...faults.map((fault) => violationOf(fault, entityId)), ...late.violations]
  return {
    lookedAt: read + late.found,
    found: faults.length + late.found,
    violations: violations.slice(0, KEPT_VIOLATIONS),
  }
}

function violationOf(fault: LogFault, entityId: string): Violation {
  const of = { place: null, reason: fault.code }
  if ('n' in fault) {
    const label = `${fault.n + 1}`
    const isThere = 'eventId' in fault && fault.code !== 'event_missing'
    return isThere ? { ...of, kind: 'event', id: fault.eventId, label } : { ...of, kind: 'seal', id: entityId, label }
  }
  if ('eventId' in fault) return { ...of, kind: 'event', id: fault.eventId, label: '' }
  return { ...of, kind: 'checkpoint', id: entityId, label: `${fault.to}` }
}

/** By the clock that events have, PostgreSQL's own. */
async function listLate(trx: Trx, entityId: string): Promise<{ found: number; violations: Violation[] }> {
  const last = await findLastSealed(trx, entityId)
  const after = await waitsAfter(trx, entityId, last)
  const { rows } = await sql<{ id: string; found: number }>`
    select e.id, count(*) over ()::int as found from event e
    where e.entity_id = ${entityId} ${after} and e.at < clock_timestamp() - interval '1 hour'
    order by e.xid, e.id limit ${KEPT_VIOLATIONS}`.execute(trx)
  return {
    found: rows[0]?.found ?? 0,
    violations: rows.map(({ id }) => ({ kind: 'event', id, place: null, label: '', reason: 'seal_waiting' })),
  }
}
