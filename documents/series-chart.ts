/** Shares of a variable by vigencia as lines, which end at a break that no approved crosswalk bridges (N11). */
import { bridgeNote, seriesWords as words } from '../app/text/variables.ts'
import type { SeriesRun } from '../domain/joined-series.ts'
import { PALETTE, text, WIDTH, widthOf } from './svg.ts'
import {
  BELOW,
  columnsOf,
  drawnSeries,
  heightOf,
  LEFT,
  level,
  RIGHT,
  vigenciaAxis,
  vigenciasOf,
} from './vigencia-axis.ts'

const LEGEND_LINE = 22

/** A mark for each line, so that they are told apart without colour; the first of each colour, then round again. */
const MARKS: ((x: number, y: number) => string)[] = [
  (x, y) => `<circle cx="${x}" cy="${y}" r="5"/>`,
  (x, y) => `<rect x="${x - 5}" y="${y - 5}" width="10" height="10"/>`,
  (x, y) => `<path d="M${x} ${y - 6}L${x + 6} ${y + 5}H${x - 6}Z"/>`,
  (x, y) => `<path d="M${x} ${y - 7}L${x + 6} ${y}L${x} ${y + 7}L${x - 6} ${y}Z"/>`,
  (x, y) => `<path d="M${x - 6} ${y - 5}H${x + 6}L${x} ${y + 6}Z"/>`,
]

interface Line {
  label: string
  /** Place of each vigencia on the axis, with its share; null is hidden or did not exist. */
  points: { x: number; share: number | null }[]
}

/** The picture and what it says in words. Colours and marks follow the label, so a line keeps them from one run to the next. */
export function seriesChart(title: string, runs: readonly SeriesRun[]): { svg: string; alt: string } {
  const lines = linesOf(runs)
  const labels = [...new Set(lines.map(({ label }) => label))]
  const top = Math.min(
    1,
    Math.ceil(10 * Math.max(0.1, ...lines.flatMap((line) => line.points.map((p) => p.share ?? 0)))) / 10,
  )
  const at = { x: columnsOf(vigenciasOf(runs).length), y: (share: number) => heightOf(share / top) }
  const { parts: legend, height } = legendOf(labels)
  const drawn = [
    ...grid(top),
    ...vigenciaAxis(runs),
    ...lines.map((line) => drawnLine(line, labels.indexOf(line.label), at)),
    ...legend,
  ]
  const alt = altOf(title, runs)
  return { svg: drawnSeries(alt, BELOW + height, drawn), alt }
}

function linesOf(runs: readonly SeriesRun[]): Line[] {
  let first = 0
  return runs.flatMap(({ points, rows }) => {
    const start = first
    first += points.length
    return rows.map(({ label, cells }) => ({
      label,
      points: cells.map(({ share }, i) => ({ x: start + i, share })),
    }))
  })
}

const lookOf = (i: number) => ({
  color: PALETTE[i % PALETTE.length] as string,
  mark: MARKS[(i + Math.floor(i / PALETTE.length)) % MARKS.length] as (x: number, y: number) => string,
})

interface Scale {
  x: (i: number) => number
  y: (share: number) => number
}

/** A hidden number interrupts its line: the neighbours would point at it. */
function drawnLine({ points }: Line, i: number, { x, y }: Scale): string {
  const { color, mark } = lookOf(i)
  const segments: string[] = []
  for (const [j, point] of points.entries()) {
    const before = points[j - 1]
    if (point.share === null || !before || before.share === null) continue
    segments.push(
      `<path d="M${x(before.x)} ${y(before.share)}L${x(point.x)} ${y(point.share)}" fill="none" stroke-width="2.5"/>`,
    )
  }
  const marks = points.flatMap((point) => (point.share === null ? [] : [mark(x(point.x), y(point.share))]))
  return `<g stroke="${color}" fill="${color}">${segments.join('')}${marks.join('')}</g>`
}

function grid(top: number): string[] {
  const steps = Math.round(top * 10)
  const every = steps > 5 ? 2 : 1
  return Array.from({ length: steps + 1 }, (_, i) => i)
    .filter((i) => i % every === 0)
    .flatMap((i) => level(i / 10 / top, `${i * 10} %`))
}

function legendOf(labels: string[]): { parts: string[]; height: number } {
  let [x, line] = [LEFT, 0]
  const parts = labels.map((label, i) => {
    const wide = 34 + widthOf(label, 13)
    if (x > LEFT && x + wide > WIDTH - RIGHT) [x, line] = [LEFT, line + 1]
    const y = BELOW + 8 + line * LEGEND_LINE
    const { color, mark: shape } = lookOf(i)
    const part = `<g fill="${color}">${shape(x + 6, y - 4)}</g>${text(label, x + 18, y)}`
    x += wide
    return part
  })
  return { parts, height: (line + 1) * LEGEND_LINE }
}

function altOf(title: string, runs: readonly SeriesRun[]): string {
  const said = runs.map(({ points, rows, refused, bridged }) => {
    const span = words.span(points.map(({ vigencia }) => vigencia))
    const lines = rows.map(({ label, cells }) => words.lineOf(label, cells))
    const notes = bridged.map((one) => ` ${words.joined(bridgeNote(one))}`)
    return `${refused.length > 0 ? `${words.stops} ` : ''}${span}: ${lines.join('; ')}.${notes.join('')}`
  })
  return [`${title}.`, ...said].join(' ')
}
