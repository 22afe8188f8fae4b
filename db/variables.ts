/** The catalogue of variables: its versions, and how each scored in every exercise (F5, N11). */
import { sql } from 'kysely'
import type { Row } from '../domain/forms.ts'
import type { VariableRow } from '../domain/prefill.ts'
import type { VariableDefinition } from '../domain/variable-definitions.ts'
import type { Criterion } from '../domain/variables.ts'
import type { Trx } from './client.ts'
import { type CrosswalkRow, listCrosswalks } from './crosswalks.ts'
import { holding } from './like.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'

/** What a list is narrowed to: prioritized or dropped the last time it was judged, or with a break nobody has bridged. */
export const VARIABLE_STATES = ['prioritized', 'dropped', 'broken'] as const
export type VariableState = (typeof VARIABLE_STATES)[number]

export interface VariableFilters {
  /** Part of its name or code. */
  text?: string
  category?: string
  state?: VariableState
}

export interface VariableLine {
  id: string
  code: string
  name: string
  category: string
  sensitive: boolean
  version: number
  /** From which its definition in force holds. */
  vigencia: number
  /** 0 to 5, the last time it was judged. */
  score: number
  prioritized: boolean
  judgedIn: number
  /** Breaks that no approved crosswalk bridges. */
  openBreaks: number
}

const openBreaks = sql`(select count(*)::int from variable_version b where b.variable_id = v.id and b.breaks_series
  and not exists (select 1 from crosswalk w where w.variable_id = v.id and w.to_n = b.n and w.status = 'approved'))`

/** Variables of an entity by code, 25 a page. */
export async function listVariables(
  trx: Trx,
  entityId: string,
  { text, category, state }: VariableFilters = {},
  cursor: string | null = null,
  limit = 25,
): Promise<Page<VariableLine>> {
  const after = decodeCursor(cursor, ['text'])
  const like = text ? holding(text) : null
  const found = await sql<VariableLine>`
    select * from (
      select v.id, v.code, d.definition->>'name' as name, d.definition->>'category' as category,
        (d.definition->>'sensitive')::boolean as sensitive, d.n as version, d.vigencia, s.score, s.prioritized,
        s.vigencia as "judgedIn", ${openBreaks} as "openBreaks"
      from variable v
        join lateral (select * from variable_version x where x.variable_id = v.id order by x.n desc limit 1) d on true
        join lateral (select * from variable_score x where x.variable_id = v.id
          order by x.vigencia desc, x.recorded_at desc limit 1) s on true
      where v.entity_id = ${entityId} and (${after?.[0] ?? null}::text is null or v.code > ${after?.[0] ?? null})
    ) line
    where (${like}::text is null or code ilike ${like} or name ilike ${like})
      and (${category ?? null}::text is null or category = ${category ?? null})
      and (${state ?? null}::text is null or case ${state ?? null} when 'prioritized' then prioritized
        when 'dropped' then not prioritized else "openBreaks" > 0 end)
    order by code limit ${limit + 1}`.execute(trx)
  return pageOf(found.rows, limit, (row) => [row.code])
}

export interface VersionRow {
  n: number
  definition: VariableDefinition
  reason: string
  vigencia: number
  cycleId: string
  elaboratedBy: string
  approvedBy: string
  recordedAt: Date
}

export interface ScoreRow {
  cycleId: string
  cycleName: string
  vigencia: number
  criteria: Record<Criterion, string>
  score: number
  threshold: number
  prioritized: boolean
  costBenefit: string
  discardReason: string
}

export interface VariablePage {
  id: string
  code: string
  /** Oldest first. */
  versions: VersionRow[]
  /** Newest vigencia first. */
  scores: ScoreRow[]
  /** Returned ones too, oldest first. */
  crosswalks: CrosswalkRow[]
}

export async function findVariable(trx: Trx, entityId: string, code: string): Promise<VariablePage | undefined> {
  const variable = await trx
    .selectFrom('variable')
    .select(['id', 'code'])
    .where('entity_id', '=', entityId)
    .where('code', '=', code)
    .executeTakeFirst()
  if (!variable) return undefined
  return {
    ...variable,
    versions: await listVersions(trx, variable.id),
    scores: await listScores(trx, variable.id),
    crosswalks: await listCrosswalks(trx, variable.id),
  }
}

async function listVersions(trx: Trx, variableId: string): Promise<VersionRow[]> {
  const rows = await trx
    .selectFrom('variable_version as version')
    .innerJoin('person', 'person.id', 'version.elaborated_by')
    .innerJoin('position', 'position.id', 'version.approved_position')
    .select(['version.n', 'version.definition', 'version.reason', 'version.vigencia', 'version.cycle_id as cycleId'])
    .select(['person.display_name as elaboratedBy', 'position.name as approvedBy', 'version.recorded_at as recordedAt'])
    .where('version.variable_id', '=', variableId)
    .orderBy('version.n')
    .execute()
  return rows.map((row) => ({ ...row, definition: row.definition as unknown as VariableDefinition }))
}

/** How it was judged in each exercise, by the version of step 2 that stands there. */
async function listScores(trx: Trx, variableId: string): Promise<ScoreRow[]> {
  const rows = await trx
    .selectFrom('variable_score as score')
    .innerJoin('cycle', 'cycle.id', 'score.cycle_id')
    .innerJoin('step', 'step.version_id', 'score.step_version_id')
    .select(['score.cycle_id as cycleId', 'cycle.name as cycleName', 'score.vigencia', 'score.criteria', 'score.score'])
    .select(['score.threshold', 'score.prioritized', 'score.cost_benefit as costBenefit'])
    .select('score.discard_reason as discardReason')
    .where('score.variable_id', '=', variableId)
    .orderBy('score.vigencia', 'desc')
    .orderBy('score.recorded_at', 'desc')
    .execute()
  return rows.map((row) => ({ ...row, criteria: row.criteria as ScoreRow['criteria'] }))
}

/** What a new step 2 starts from, and what its changes are measured against. */
export interface Catalogue {
  definitions: ReadonlyMap<string, VariableDefinition>
  /** Rows of the variables that were prioritized the last time they were judged. */
  used: VariableRow[]
}

/** `exceptCycle`: the exercise that is being filled in; what it said itself is no beginning for it. Rows in the order they stood. */
export async function readCatalogue(trx: Trx, entityId: string, exceptCycle: string): Promise<Catalogue> {
  const { rows } = await sql<{ code: string; definition: VariableDefinition; row: Row; used: boolean }>`
    select v.code, d.definition, s.answers as row, coalesce(s.prioritized, false) as used
    from variable v
      join lateral (select * from variable_version x where x.variable_id = v.id order by x.n desc limit 1) d on true
      left join lateral (select * from variable_score x where x.variable_id = v.id and x.cycle_id <> ${exceptCycle}
        order by x.vigencia desc, x.recorded_at desc limit 1) s on true
      left join step_version f on f.id = s.step_version_id
      left join lateral (select place from jsonb_array_elements(f.answers->'variables'->'lista') with ordinality l(row, place)
        where l.row->>'id' = s.answers->>'id' limit 1) l on true
    where v.entity_id = ${entityId} order by s.vigencia desc, f.frozen_at desc, l.place, v.code`.execute(trx)
  return {
    definitions: new Map(rows.map(({ code, definition }) => [code, definition])),
    used: rows.filter(({ used }) => used).map(({ row, definition }) => ({ row, definition })),
  }
}
