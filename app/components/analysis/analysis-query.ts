/** The state of the analysis page, all of it in its address: what to count, how to draw it, which records. */
import type { Condition } from '../../../domain/rules.ts'
import { groupsFrom } from '../rules/rule-query.ts'

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
  /** The filter, as far as it is written. */
  groups: Condition[][]
}

export function queryFrom(search: URLSearchParams): AnalysisQuery {
  return {
    ...{ source: search.get('fuente') ?? '', variable: search.get('variable') ?? '' },
    ...{ cross: search.get('cruce') ?? '', layers: search.get('capas') ?? '' },
    ...{ chart: search.get('grafica') ?? '', base: search.get('porcentajes') ?? '', map: search.get('mapa') ?? '' },
    groups: groupsFrom(search),
  }
}
