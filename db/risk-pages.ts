/** What pages read of the risk map: the list, the cells of the map, the controls and assessments of one risk. */
import { type RawBuilder, sql } from 'kysely'
import type { Axis, MethodologyKey } from '../domain/risk-methodology.ts'
import type { Treatment } from '../domain/risk-treatment.ts'
import { PLACES, type PlaceName } from '../domain/risks.ts'
import type { Trx } from './client.ts'
import { holding } from './like.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'
import { acceptanceAsked, treatmentInForce } from './treatments-in-force.ts'

export interface RiskLine {
  code: string
  n: number
  process: string
  description: string
  typology: string
  owner: string
  inherentZone: string
  declaredZone: string
  demonstratedZone: string
  /** Exact, in percent: what the design of the controls leaves, and what is demonstrated. */
  declaredP: string
  declaredI: string
  demonstratedP: string
  demonstratedI: string
  /** What is computed, where somebody wrote over it; null where nobody did. */
  computed: ComputedPlace | null
  controls: number
  /** What is done about it today; null where nothing is. */
  treatment: Treatment | null
  /** Somebody asked that it be accepted, and nobody decided on it yet. */
  isAcceptanceAsked: boolean
}

/** Levels from the lowest, and the code of the zone. */
export interface ComputedPlace {
  probability: number
  impact: number
  zone: string
}

/** Of the residual that somebody wrote over; `o` is what they wrote. */
export const computedPlace = sql`case when o.id is not null then jsonb_build_object(
  'probability', o.computed_probability, 'impact', o.computed_impact, 'zone', o.computed_zone) end`

export interface RiskFilters {
  /** Risks of one methodology: those of another stand on another map. */
  methodology?: MethodologyKey
  typology?: string
  text?: string
  /** One cell of the map, by levels from the lowest. */
  cell?: { place: PlaceName; probability: number; impact: number }
  /** More is demonstrably left of them than their controls declare. */
  rising?: boolean
}

/** What is demonstrated is more probable or harms more than what is declared; `s` is the standing. */
const isRising = sql`(s.demonstrated_p > s.declared_p or s.demonstrated_i > s.declared_i)`

/** What a list of risks is narrowed to; `s`, `a` and `r` are the standing, the assessment and the risk. */
export function conditionsOf(filters: RiskFilters): RawBuilder<unknown>[] {
  const conditions: RawBuilder<unknown>[] = []
  if (filters.methodology !== undefined) conditions.push(ratedWith(filters.methodology))
  if (filters.typology !== undefined) conditions.push(sql`s.typology = ${filters.typology}`)
  if (filters.text)
    conditions.push(sql`(a.description ilike ${holding(filters.text)} or r.code ilike ${holding(filters.text)})`)
  if (filters.cell) {
    const { place, probability, impact } = filters.cell
    conditions.push(sql`${column(place, 'probability')} = ${probability} and ${column(place, 'impact')} = ${impact}`)
  }
  if (filters.rising) conditions.push(isRising)
  return conditions
}

/** Risks by their number; 25 a page. */
export async function listRisks(
  trx: Trx,
  entityId: string,
  { cursor, limit = 25, ...filters }: RiskFilters & { cursor?: string | null; limit?: number } = {},
): Promise<Page<RiskLine>> {
  const after = decodeCursor(cursor, ['number'])
  const conditions = [sql`s.entity_id = ${entityId}`, ...conditionsOf(filters)]
  if (after) conditions.push(sql`r.n > ${Number(after[0])}`)
  const found = await sql<RiskLine>`
    select r.code, r.n, a.process, a.description, s.typology, pos.name as owner,
      s.inherent_zone as "inherentZone", s.declared_zone as "declaredZone", s.demonstrated_zone as "demonstratedZone",
      s.declared_p::text as "declaredP", s.declared_i::text as "declaredI",
      s.demonstrated_p::text as "demonstratedP", s.demonstrated_i::text as "demonstratedI",
      ${computedPlace} as computed,
      (select count(*)::int from risk_control c where c.risk_id = r.id and c.retired_at is null) as controls,
      (select f.option from (${treatmentInForce(sql`r.id`)}) f) as treatment, ${acceptanceAsked(sql`r.id`)} as "isAcceptanceAsked"
    from risk_standing s
    join risk r on r.id = s.risk_id
    join risk_assessment a on a.id = s.assessment_id
    join position pos on pos.id = r.owner_position
    left join residual_override o on o.id = s.override_id
    where ${sql.join(conditions, sql` and `)} order by r.n limit ${limit + 1}`.execute(trx)
  return pageOf(found.rows, limit, (row) => [String(row.n)])
}

/** Of one methodology in one version; `a` is the assessment. */
export const ratedWith = ({ code, n }: MethodologyKey) => sql`a.methodology = ${code} and a.methodology_n = ${n}`

const column = (place: PlaceName, level: Axis) => sql.ref(`s.${place}_${level}`)

export interface MapCell {
  place: PlaceName
  probability: number
  impact: number
  risks: number
}

/** How many risks of a methodology stand in each cell, in each of the three places. */
export async function countCells(trx: Trx, entityId: string, methodology: MethodologyKey): Promise<MapCell[]> {
  const of = (place: PlaceName) => sql`
    select ${sql.lit(place)} as place, ${column(place, 'probability')} as probability, ${column(place, 'impact')} as impact,
      count(*)::int as risks
    from risk_standing s join risk_assessment a on a.id = s.assessment_id
    where s.entity_id = ${entityId} and ${ratedWith(methodology)} group by 2, 3`
  const found = await sql<MapCell>`${sql.join(PLACES.map(of), sql` union all `)}`.execute(trx)
  return found.rows
}

/** How many risks of a methodology are demonstrably left with more than their controls declare. */
export async function countRising(trx: Trx, entityId: string, methodology: MethodologyKey): Promise<number> {
  const found = await sql<{ risks: number }>`
    select count(*)::int as risks from risk_standing s join risk_assessment a on a.id = s.assessment_id
    where s.entity_id = ${entityId} and ${ratedWith(methodology)} and ${isRising}`.execute(trx)
  return found.rows[0]?.risks ?? 0
}

/** Methodologies that some risk of the entity is rated with, the most used first. */
export async function listMethodologiesInUse(trx: Trx, entityId: string): Promise<MethodologyKey[]> {
  const found = await sql<MethodologyKey>`
    select a.methodology as code, a.methodology_n as n from risk_standing s join risk_assessment a on a.id = s.assessment_id
    where s.entity_id = ${entityId} group by 1, 2 order by count(*) desc, 1, 2`.execute(trx)
  return found.rows
}

export interface ShownControl {
  id: string
  code: string
  owner: string
  action: string
  complement: string
  type: string
  implementation: string
  criteria: unknown
  documentation: string
  frequency: string
  record: string
  execution: string
  periodicity: string
  retiredAt: Date | null
  retiredReason: string | null
  /** The automatic control that shows it; null where none does. */
  automaticCheck: string | null
}

/** Controls of a risk, those that count first. */
export async function listControls(trx: Trx, riskId: string): Promise<ShownControl[]> {
  return await trx
    .selectFrom('risk_control as c')
    .innerJoin('position', 'position.id', 'c.owner_position')
    .select(['c.id', 'c.code', 'c.action', 'c.complement', 'c.type', 'c.implementation', 'c.criteria'])
    .select(['c.documentation', 'c.frequency', 'c.record', 'c.execution', 'c.periodicity'])
    .select(['position.name as owner', 'c.retired_at as retiredAt', 'c.retired_reason as retiredReason'])
    .select('c.automatic_check as automaticCheck')
    .where('c.risk_id', '=', riskId)
    .orderBy(sql`c.retired_at is not null`)
    .orderBy('c.n')
    .execute()
}

export interface EarlierAssessment {
  n: number
  key: MethodologyKey
  zone: string
  reason: string | null
  assessedAt: Date
  position: string
}

/** How a risk was rated, the last first. */
export async function listAssessments(trx: Trx, riskId: string): Promise<EarlierAssessment[]> {
  const rows = await trx
    .selectFrom('risk_assessment as a')
    .innerJoin('position', 'position.id', 'a.assessed_position')
    .select([
      'a.n',
      'a.methodology',
      'a.methodology_n',
      'a.zone',
      'a.reason',
      'a.assessed_at as assessedAt',
      'position.name as position',
    ])
    .where('a.risk_id', '=', riskId)
    .orderBy('a.n', 'desc')
    .limit(50)
    .execute()
  return rows.map(({ methodology: code, methodology_n: n, ...row }) => ({ ...row, key: { code, n } }))
}

/** Name of the position that answers for a risk. */
export async function findPositionName(trx: Trx, positionId: string): Promise<string> {
  const row = await trx.selectFrom('position').select('name').where('id', '=', positionId).executeTakeFirstOrThrow()
  return row.name
}
