/** What ECharts is to draw of a figure: bars, columns of classes, stacks and slices, hidden cells all alike. */
import { figureWords as words } from '../app/text/documents.ts'
import { formatNumber } from '../app/text/format.ts'
import type { ChartKind } from '../domain/figures.ts'
import { type Cell, type Figure, type FigureRow, share } from './figures.ts'
import { INK, MUTED, PALETTE } from './svg.ts'

const HATCH = {
  symbol: 'rect',
  color: MUTED,
  dashArrayX: [1, 0] as [number, number],
  dashArrayY: [2, 5] as [number, number],
  rotation: -Math.PI / 4,
}
const HIDDEN_STYLE = { color: 'transparent', borderColor: MUTED, borderType: 'dashed' as const, decal: HATCH }
export const TEXT = { color: INK, fontFamily: 'sans-serif', fontSize: 14, textBorderWidth: 0 }
const QUIET_LINE = { lineStyle: { color: MUTED } }

export function heightOfBars(figure: Figure, kind: ChartKind, rows: number): number {
  const legend = kind === 'stacked' ? 30 + 22 * Math.ceil(figure.columns.length / 4) : 0
  return isUpright(figure, kind) ? 320 : Math.max(140, rows * 30 + 50) + legend
}

/** Columns while every label fits under one; otherwise lying bars, whose labels never overlap. */
function isUpright(figure: Figure, kind: ChartKind): boolean {
  return kind === 'bar' && figure.rows.length <= 8 && figure.rows.every((row) => row.label.length <= 11)
}

export function barOption(figure: Figure) {
  const upright = isUpright(figure, 'bar')
  const mark = markOf(figure.rows.map((row) => row.total))
  return {
    ...axes(figure.rows, upright, 8),
    series: [
      {
        type: 'bar',
        stack: 'a',
        barMaxWidth: 44,
        data: figure.rows.map((row) => row.total),
        itemStyle: { color: PALETTE[0], decal: { symbol: 'none' } },
        label: { ...TEXT, show: true, position: upright ? 'top' : 'right', formatter: labelOf(figure) },
      },
      hiddenSeries(
        figure.rows.map((row) => row.total === null),
        mark,
        upright ? 'top' : 'right',
      ),
    ],
  }
}

/** Columns that touch, in the order of the measure: its classes or months follow one another. */
export function histogramOption(figure: Figure) {
  const { grid, xAxis, yAxis } = axes(figure.rows, true, 8)
  const bars = { type: 'bar', stack: 'a', barCategoryGap: '3%', barMaxWidth: '100%' }
  const totals = figure.rows.map((row) => row.total)
  const turned = { ...TEXT, fontSize: 12, rotate: 40, hideOverlap: true }
  const name = figure.rows.length <= 14 ? { ...TEXT, fontSize: 12, show: true, position: 'top' } : { show: false }
  const label = { ...name, formatter: ({ value }: { value: unknown }) => formatNumber(Number(value)) }
  const hidden = hiddenSeries(
    totals.map((total) => total === null),
    markOf(totals),
    'top',
  )
  return {
    ...{ grid, yAxis, xAxis: { ...xAxis, axisLabel: turned } },
    series: [
      { ...bars, data: totals, label, itemStyle: { color: PALETTE[0], decal: { symbol: 'none' } } },
      { ...hidden, ...bars, label: { show: false } },
    ],
  }
}

function labelOf(figure: Figure) {
  return ({ value }: { value: unknown }) =>
    typeof value === 'number' ? [formatNumber(value), share(value, figure.total)].filter(Boolean).join(' · ') : ''
}

/** A hidden cell is drawn with one size for all, taken from the largest shown one: it tells nothing of its value. */
function markOf(cells: Cell[]): number {
  return Math.max(1, ...cells.map((cell) => cell ?? 0)) * 0.06
}

function hiddenSeries(hidden: boolean[], size: number, position: string) {
  return {
    type: 'bar',
    stack: 'a',
    barMaxWidth: 44,
    name: words.hidden,
    data: hidden.map((isHidden) => (isHidden ? size : null)),
    itemStyle: HIDDEN_STYLE,
    label: { ...TEXT, show: true, position, formatter: ({ value }: { value: unknown }) => (value ? words.hidden : '') },
  }
}

/** Room at the end of the longest bar for its number: a part of its length, as a share of what the bars differ by. */
function roomAfter(rows: FigureRow[], part: number): number {
  const totals = rows.map(({ total }) => total ?? 0)
  const longest = Math.max(0, ...totals)
  const difference = longest - Math.min(...totals)
  return difference > 0 ? (part * longest) / difference : part
}

function axes(rows: FigureRow[], upright: boolean, top: number) {
  const category = {
    type: 'category',
    data: rows.map((row) => row.label),
    inverse: !upright,
    axisTick: { show: false },
    axisLine: QUIET_LINE,
    axisLabel: { ...TEXT, interval: 0, width: upright ? 90 : 220, overflow: 'break' },
  }
  const value = {
    type: 'value',
    // Over a column stands one line of words, beside a lying bar all of them.
    boundaryGap: [0, roomAfter(rows, upright ? 0.1 : 0.28)],
    splitLine: { lineStyle: { color: MUTED, opacity: 0.3 } },
    axisLabel: { ...TEXT, fontSize: 12, formatter: formatNumber, hideOverlap: true },
  }
  const grid = {
    left: 8,
    right: 16,
    top: top + 16,
    bottom: 8,
    outerBoundsMode: 'same',
    outerBoundsContain: 'axisLabel',
  }
  return upright ? { grid, xAxis: category, yAxis: value } : { grid, xAxis: value, yAxis: category }
}

export function stackedOption(figure: Figure, rows: FigureRow[]) {
  const lines = Math.ceil(figure.columns.length / 4)
  const mark = markOf(rows.map((row) => row.total)) / 3
  const series = figure.columns.map((name, c) => ({
    type: 'bar',
    stack: 'a',
    barMaxWidth: 26,
    name,
    itemStyle: { color: PALETTE[c % PALETTE.length] },
    data: rows.map((row) => {
      const cell = row.cells[c]
      return cell === null ? { value: mark, itemStyle: HIDDEN_STYLE } : cell
    }),
  }))
  const legend = { top: 0, left: 0, itemGap: 14, textStyle: TEXT, data: figure.columns }
  return { ...axes(rows, false, 16 + 22 * lines), legend, series }
}

/** Slices of what is shown; what the total leaves over is one hatched slice without a number. */
export function pieOption(figure: Figure) {
  const visible = figure.rows.filter((row) => row.total !== null && row.total > 0)
  const sum = visible.reduce((all, row) => all + (row.total ?? 0), 0)
  const rest = figure.rows.some((row) => row.total === null) && figure.total !== null ? figure.total - sum : 0
  const slices = visible.map((row, i) => ({
    name: row.label,
    value: row.total,
    itemStyle: { color: PALETTE[i % PALETTE.length] },
  }))
  const hidden = rest > 0 ? [{ name: words.hiddenRest, value: rest, itemStyle: HIDDEN_STYLE }] : []
  const label = ({ name, value }: { name: string; value: unknown }) =>
    name === words.hiddenRest
      ? words.hidden
      : `${name}\n${formatNumber(Number(value))} · ${share(Number(value), figure.total)}`
  return {
    series: [
      {
        type: 'pie',
        radius: ['0%', '68%'],
        center: ['50%', '50%'],
        data: [...slices, ...hidden],
        label: { ...TEXT, formatter: label, width: 190, overflow: 'break' },
        labelLine: QUIET_LINE,
        itemStyle: { borderColor: '#ffffff', borderWidth: 1 },
      },
    ],
  }
}
