/** What an auditor draws from: events of the record up to an instant, each with its part and its size (domain/audit-samples.ts). */
import { type RawBuilder, sql } from 'kysely'
import { MOST_POPULATION, type Parts, type Population, type PopulationRule } from '../domain/audit-samples.ts'
import { addDays, bogotaInstant } from '../domain/civil-dates.ts'
import { Refused } from '../domain/refusals.ts'
import type { PopulationItem } from '../domain/sampling.ts'
import type { Trx } from './client.ts'

/** Nothing that a size is counted from is ever changed. */
const SIZES: Record<Population, RawBuilder<number>> = {
  decisions: sql`coalesce((select octet_length(v.canonical) from step_version v
    where e.object_type = 'step_version' and v.id = e.object_id), 0)`,
  grants: sql`0`,
  control_runs: sql`(select count(*)::integer from control_evidence_use u where u.act_id = e.act_id)`,
  events: sql`jsonb_array_length(e.changes) + 1`,
}

/** `until`: nothing recorded later counts, so that the same is read again tomorrow. Throws `Refused` where they are too many. */
export async function listPopulation(
  trx: Trx,
  entityId: string,
  rule: PopulationRule & { parts: Parts },
  until: string,
): Promise<PopulationItem[]> {
  const isOneStep = rule.population === 'decisions' && rule.part !== null
  const { rows } = await sql<{ id: string; type: string; stepCode: string | null; size: number }>`
    select e.id, e.type, e.step_code as "stepCode", ${SIZES[rule.population]} as size from event e
    where e.entity_id = ${entityId} and e.at >= ${bogotaInstant(rule.from, '00:00')}::timestamptz
      and e.at < ${bogotaInstant(addDays(rule.to, 1), '00:00')}::timestamptz and e.at <= ${until}::timestamptz
      and e.type = any(${Object.keys(rule.parts)})
      ${isOneStep ? sql`and e.step_code = ${rule.part}` : sql``}
    limit ${MOST_POPULATION + 1}`.execute(trx)
  if (rows.length > MOST_POPULATION) throw new Refused('population_long', { most: MOST_POPULATION })
  return rows.map(({ id, size, type, stepCode }) => ({ id, size, stratum: rule.parts[type] ?? stepCode ?? '' }))
}

/** The instant up to which the record is read now, as PostgreSQL writes it: events carry the clock of the database. */
export async function recordedUntil(trx: Trx): Promise<string> {
  const { rows } = await sql<{ until: string }>`select clock_timestamp()::text as until`.execute(trx)
  return rows[0]?.until ?? ''
}
