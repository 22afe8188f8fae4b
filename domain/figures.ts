/** The figures step 4 asks of the approved snapshot; steps 6 and 7 refer to them by id. */
import { type Answers, type Row, rowsOf, textOf } from './forms.ts'
import { parseRule } from './rule-notation.ts'
import { type SegmentRule, variablesIn } from './rules.ts'
import type { Base } from './shares.ts'

/**
 * `stacked` and `heat` draw crosses, `map` either, the others counts; a `histogram` has touching bars, for measures and
 * dates.
 */
export type ChartKind = 'bar' | 'histogram' | 'pie' | 'stacked' | 'heat' | 'map'

export interface RequestedFigure {
  /** Row id in step 4. */
  id: string
  kind: 'count' | 'cross'
  /** Variable in rows. */
  variable: string
  /** Variable in columns; null for a count. */
  cross: string | null
  /** Third variable of a cross, one table for each of its values; null without one. */
  layers: string | null
  filter: SegmentRule | null
  /** As its author called it; empty where the title says what it counts. */
  name: string
  /** Null where the figure leaves it to its place. */
  chart: ChartKind | null
  /** SHA-256 of the map it is drawn on; null where it is drawn on none. */
  map: string | null
  /** What its percentages are of; null for counts alone. */
  base: Base | null
}

/** What a figure counts, however it is drawn. */
export type AskedSides = Pick<RequestedFigure, 'variable' | 'cross' | 'layers' | 'filter'>

/** Codes a source must have for the figure to be counted in it: those of its sides and of its filter. */
export function variablesAsked({ variable, cross, layers, filter }: AskedSides): string[] {
  const sides = [variable, cross, layers].filter((code) => code !== null)
  return [...sides, ...(filter ? variablesIn(filter) : [])]
}

const CHARTS: Record<string, Partial<Record<RequestedFigure['kind'], ChartKind>>> = {
  barras: { count: 'bar', cross: 'stacked' },
  histograma: { count: 'histogram' },
  circular: { count: 'pie' },
  calor: { cross: 'heat' },
  mapa: { count: 'map', cross: 'map' },
}

const BASE_CODES: Record<string, Base> = { total: 'total', fila: 'rows', columna: 'columns' }

/** Kind of chart behind the choice of a form; null where that choice does not draw this kind of figure. */
export function chartOf(choice: string, kind: RequestedFigure['kind']): ChartKind | null {
  return CHARTS[choice]?.[kind] ?? null
}

export const baseOf = (choice: string): Base | null => BASE_CODES[choice] ?? null

/** How a figure is drawn: as asked, else as step 5 reads its variable (MM-GAC-P-008 v2, actividad 5). */
export function chartFor({ kind, chart }: Pick<RequestedFigure, 'kind' | 'chart'>, reading = ''): ChartKind {
  if (chart) return chart
  return kind === 'cross' ? 'stacked' : reading === 'circular' ? 'pie' : 'bar'
}

/** Figures of step 4 that can be computed, in the order written; rows still incomplete are left out. */
export function figuresOf(answers: Answers | undefined): RequestedFigure[] {
  return rowsOf(answers, 'figuras', 'lista').flatMap((row) => requestedIn(row) ?? [])
}

function requestedIn(row: Row): RequestedFigure | null {
  const variable = textOf(row.variable)
  const cross = row.tipo === 'cruce' ? textOf(row.cruce) : null
  const typed = textOf(row.filtro)
  const filter = typed.trim() === '' ? null : parseRule(typed)
  if (variable === '' || cross === '' || textOf(row.tipo) === '' || filter?.ok === false) return null
  const kind = cross === null ? 'count' : 'cross'
  const chart = chartOf(textOf(row.grafica), kind)
  const map = chart === 'map' ? textOf(row.mapa) || null : null
  return {
    ...{ id: row.id, kind, variable, cross, filter: filter?.rule ?? null, name: textOf(row.nombre).trim() },
    layers: (cross !== null && textOf(row.capas)) || null,
    ...{ chart: chart === 'map' && map === null ? null : chart, map, base: baseOf(textOf(row.base)) },
  }
}
