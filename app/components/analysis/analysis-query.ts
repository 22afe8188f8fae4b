/** The state of the analysis page, all of it in its address: what to count, how to draw it, which records. */
import type { Condition, SegmentRule } from '../../../domain/segments.ts'

export interface AnalysisQuery {
  source: string
  variable: string
  /** Empty for a count. */
  cross: string
  /** Third variable of a cross; empty without one. */
  layers: string
  /** Code of the chart and of the base of percentages as step 4 keeps them; empty for the usual. */
  chart: string
  base: string
  /** SHA-256 of the map to draw on; empty for the first that fits. */
  map: string
  conditions: Condition[]
}

export const MAX_CONDITIONS = 5

/** Reads what the form sends; a condition without values is one that is still being written. */
export function queryFrom(search: URLSearchParams): AnalysisQuery {
  const conditions = Array.from({ length: MAX_CONDITIONS }, (_, i) => conditionFrom(search, i))
  return {
    source: search.get('fuente') ?? '',
    variable: search.get('variable') ?? '',
    cross: search.get('cruce') ?? '',
    layers: search.get('capas') ?? '',
    ...{ chart: search.get('grafica') ?? '', base: search.get('porcentajes') ?? '', map: search.get('mapa') ?? '' },
    conditions: conditions.filter((condition) => condition !== null),
  }
}

function conditionFrom(search: URLSearchParams, i: number): Condition | null {
  const variable = search.get(`f${i}`) ?? ''
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(variable)) return null
  // Values chosen for another variable are forgotten when the variable is changed.
  const values = search.get(`f${i}de`) === variable ? search.getAll(`f${i}v`).filter((value) => value !== '') : []
  return { variable, op: search.get(`f${i}o`) === 'neq' ? 'neq' : 'in', values: values.slice(0, 100) }
}

/** The conditions that are whole; null when there is none. */
export function ruleOf({ conditions }: AnalysisQuery): SegmentRule | null {
  const all = conditions
    .filter((condition) => condition.values.length > 0)
    .map(
      (condition): Condition =>
        condition.op === 'in' && condition.values.length === 1 ? { ...condition, op: 'eq' } : condition,
    )
  return all.length > 0 ? { all } : null
}
