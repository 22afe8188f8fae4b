/** The risk map as the guide lays it out (domain facts §2.9): a line for each control, or one for a risk without any. */
import { sql } from 'kysely'
import type { ActionStatus } from '../domain/improvement.ts'
import type { Methodology, MethodologyKey } from '../domain/risk-methodology.ts'
import type { Treatment } from '../domain/risk-treatment.ts'
import type { RiskAnswers } from '../domain/risks.ts'
import type { Trx } from './client.ts'
import { loadMethodology } from './methodologies.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'
import { type ComputedPlace, computedPlace, conditionsOf, type RiskFilters } from './risk-pages.ts'
import { acceptanceAsked, treatmentInForce } from './treatments-in-force.ts'

export interface MapRow {
  code: string
  n: number
  owner: string
  /** The version the risk was rated with. */
  key: MethodologyKey
  methodology: Methodology
  answers: RiskAnswers
  inherentProbability: number
  inherentImpact: number
  inherentZone: string
  /** Exact, in percent. */
  declaredP: string
  declaredI: string
  declaredZone: string
  demonstratedP: string
  demonstratedI: string
  demonstratedZone: string
  /** What is computed and why somebody wrote over it; both null where nobody did. */
  computed: ComputedPlace | null
  overrideReason: string | null
  /** All null where the risk has no control. */
  control: string | null
  controlN: number
  controlOwner: string | null
  action: string | null
  complement: string | null
  type: string | null
  implementation: string | null
  documentation: string | null
  frequency: string | null
  record: string | null
  execution: string | null
  criteria: Record<string, string> | null
  periodicity: string | null
  treatment: Treatment | null
  statement: string | null
  /** Somebody asked that it be accepted, and nobody decided on it yet. */
  isAcceptanceAsked: boolean
  /** Activities of its plan that nobody gave up, by the day they end. */
  plan: MapActivity[]
  /** Its indicators, each with its last measure, and what its reviews came to, the last first. */
  indicators: { name: string; value: string | null; unit: string; level: string | null; until: string | null }[]
  reviews: { on: string; conclusion: string }[]
}

export interface MapActivity {
  what: string
  owner: string
  startsOn: string
  dueOn: string
  followUpOn: string
  indicator: string
  status: ActionStatus
}

/** A position by its name, and with its dependencia where another that stands has the same name. */
const named = (position: 'pos' | 'does' | 'who') => sql`
  case when exists (select from position twin where twin.entity_id = ${sql.ref(position)}.entity_id and twin.id <> ${sql.ref(position)}.id
      and twin.name = ${sql.ref(position)}.name and (twin.ended_on is null or twin.ended_on >= app_today()))
    then format('%s (%s)', ${sql.ref(position)}.name, (select name from agency where id = ${sql.ref(position)}.agency_id))
    else ${sql.ref(position)}.name end`

/** Lines of the map by risk and control. */
export async function listMapRows(
  trx: Trx,
  entityId: string,
  { cursor, limit, ...filters }: RiskFilters & { cursor: string | null; limit: number },
): Promise<Page<MapRow>> {
  const after = decodeCursor(cursor, ['number', 'number'])
  const conditions = [sql`s.entity_id = ${entityId}`, ...conditionsOf(filters)]
  if (after) conditions.push(sql`(r.n, coalesce(c.n, 0)) > (${Number(after[0])}, ${Number(after[1])})`)
  const found = await sql<Omit<MapRow, 'methodology'>>`
    select r.code, r.n, ${named('pos')} as owner, jsonb_build_object('code', a.methodology, 'n', a.methodology_n) as key, a.answers,
      s.inherent_probability as "inherentProbability", s.inherent_impact as "inherentImpact", s.inherent_zone as "inherentZone",
      s.declared_p::text as "declaredP", s.declared_i::text as "declaredI", s.declared_zone as "declaredZone",
      s.demonstrated_p::text as "demonstratedP", s.demonstrated_i::text as "demonstratedI",
      s.demonstrated_zone as "demonstratedZone", ${computedPlace} as computed, o.reason as "overrideReason", c.code as control, coalesce(c.n, 0) as "controlN",
      ${named('does')} as "controlOwner", c.action, c.complement, c.type, c.implementation, c.documentation, c.frequency, c.record,
      c.execution, c.criteria, c.periodicity, t.option as treatment, t.statement, p.plan, k.indicators, v.reviews,
      ${acceptanceAsked(sql`r.id`)} as "isAcceptanceAsked"
    from risk_standing s
    join risk r on r.id = s.risk_id
    join risk_assessment a on a.id = s.assessment_id
    join position pos on pos.id = r.owner_position
    left join risk_control c on c.risk_id = r.id and c.retired_at is null
    left join position does on does.id = c.owner_position
    left join residual_override o on o.id = s.override_id
    left join lateral (${treatmentInForce(sql`r.id`)}) t on true
    left join lateral (
      select coalesce(jsonb_agg(jsonb_build_object('what', i.what, 'owner', ${named('who')}, 'startsOn', pa.starts_on, 'dueOn', i.due_date,
        'followUpOn', pa.follow_up_on, 'indicator', i.indicator, 'status', i.status) order by i.due_date, i.n), '[]') as plan
      from risk_plan_action pa join improvement_action i on i.id = pa.action_id join position who on who.id = i.position_id
      where pa.risk_id = r.id and i.status <> 'dropped') p on true
    left join lateral (
      select coalesce(jsonb_agg(jsonb_build_object('name', i.name, 'unit', i.unit, 'value', m.value::text, 'level', m.level, 'until', m.period_to)
        order by i.n), '[]') as indicators
      from risk_indicator i left join lateral (
        select value, level, period_to from indicator_reading where indicator_id = i.id order by period_to desc, written_at desc limit 1) m on true
      where i.risk_id = r.id and i.retired_at is null) k on true
    left join lateral (
      select coalesce(jsonb_agg(jsonb_build_object('on', reviewed_on, 'conclusion', conclusion) order by reviewed_on desc), '[]') as reviews
      from (select reviewed_on, conclusion from risk_review where risk_id = r.id order by reviewed_on desc, written_at desc limit 3) last) v on true
    where ${sql.join(conditions, sql` and `)} order by r.n, coalesce(c.n, 0) limit ${limit + 1}`.execute(trx)
  const rows: MapRow[] = []
  for (const row of found.rows) rows.push({ ...row, methodology: await loadMethodology(trx, entityId, row.key) })
  return pageOf(rows, limit, (row) => [String(row.n), String(row.controlN)])
}
