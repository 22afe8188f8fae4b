/**
 * Where risks stood at an instant, worked out from what the record keeps of each: assessments, controls, what was written over a
 * residual, and every change of the evidence of a control. What stands now is `risk-standings.ts`.
 */
import { sql } from 'kysely'
import { type Override, type OverrideBasis, standingOf } from '../domain/residual-overrides.ts'
import type { Methodology, MethodologyKey } from '../domain/risk-methodology.ts'
import { type Place, type PlaceName, placeAt, type RatedControl } from '../domain/risks.ts'
import type { Trx } from './client.ts'
import { loadMethodology } from './methodologies.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'

export interface RiskAt {
  code: string
  n: number
  process: string
  description: string
  key: MethodologyKey
  methodology: Methodology
  places: Record<PlaceName, Place>
  /** What stood over its residual; null where nothing did. */
  overwritten: { computed: Place; reason: string; position: string; writtenAt: Date } | null
}

interface Row {
  code: string
  n: number
  process: string
  description: string
  key: MethodologyKey
  assessmentId: string
  typology: string
  probability: number
  impact: number
  controls: RatedControl[]
  override: (Override & OverrideBasis & { reason: string; position: string; writtenAt: string }) | null
}

/** Risks that were registered before an instant, by their number, as they stood then. `before`: null for as they stand. */
export async function listRisksAt(
  trx: Trx,
  entityId: string,
  { before, cursor, limit }: { before: string | null; cursor: string | null; limit: number },
): Promise<Page<RiskAt>> {
  const after = decodeCursor(cursor, ['number'])
  const end = sql`${before ?? 'infinity'}::timestamptz`
  const found = await sql<Row>`
    with controls as materialized (
      select c.risk_id, jsonb_agg(jsonb_build_object('code', c.code, 'type', c.type, 'implementation', c.implementation,
        'criteria', c.criteria, 'evidence', coalesce(e.state, 'never')) order by c.n) as rated
      from risk_control c left join lateral (
        select jsonb_path_query_first(v.changes, '$[*] ? (@.field == "evidence").after') #>> '{}' as state from event v
        where v.object_id = c.id and v.type = 'control.evidence_changed' and v.at < ${end}
        order by v.at desc, v.id desc limit 1) e on true
      where c.entity_id = ${entityId} and c.created_at < ${end} and (c.retired_at is null or c.retired_at >= ${end})
      group by c.risk_id)
    select r.code, r.n, a.process, a.description, a.id as "assessmentId", a.typology, a.probability, a.impact,
      jsonb_build_object('code', a.methodology, 'n', a.methodology_n) as key,
      coalesce(k.rated, '[]') as controls, o.override
    from risk r
    join lateral (select * from risk_assessment a where a.risk_id = r.id and a.assessed_at < ${end}
      order by a.n desc limit 1) a on true
    left join lateral (select jsonb_build_object('probability', o.probability, 'impact', o.impact,
        'assessmentId', o.assessment_id, 'p', o.computed_p::text, 'i', o.computed_i::text, 'reason', o.reason,
        'position', p.name, 'writtenAt', o.written_at) as override
      from residual_override o join position p on p.id = o.written_position
      where o.risk_id = r.id and o.written_at < ${end} and (o.ended_at is null or o.ended_at >= ${end})
      order by o.n desc limit 1) o on true
    left join controls k on k.risk_id = r.id
    where r.entity_id = ${entityId} ${after ? sql`and r.n > ${Number(after[0])}` : sql``}
    order by r.n limit ${limit + 1}`.execute(trx)
  const rows: RiskAt[] = []
  for (const row of found.rows) rows.push(stoodAs(row, await loadMethodology(trx, entityId, row.key)))
  return pageOf(rows, limit, ({ n }) => [String(n)])
}

function stoodAs(row: Row, methodology: Methodology): RiskAt {
  const { code, n, process, description, key, typology, controls, override } = row
  const inherent = placeAt(methodology, row.probability, row.impact)
  const rated = { assessmentId: row.assessmentId, inherent, typology }
  const { computed, override: holds, declared, demonstrated } = standingOf(methodology, rated, controls, override)
  const { reason = '', position = '', writtenAt = '' } = holds ?? {}
  return {
    ...{ code, n, process, description, key, methodology, places: { inherent, declared, demonstrated } },
    overwritten: holds && { computed: computed.declared, reason, position, writtenAt: new Date(writtenAt) },
  }
}
