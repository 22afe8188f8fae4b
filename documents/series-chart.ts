/** Shares of a variable by vigencia as lines, which end at a break that no approved crosswalk bridges (N11). */
import { createHash } from 'node:crypto'
import { seriesWords as words } from '../app/text/variables.ts'
import type { SeriesRun } from '../domain/series.ts'
import { escaped, INK, MUTED, PALETTE, picture, text, WIDTH, widthOf } from './svg.ts'

const LEFT = 56
const RIGHT = 20
const TOP = 18
const PLOT = 260
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
  const key = `s${createHash('sha256')
    .update(JSON.stringify([title, runs]))
    .digest('hex')
    .slice(0, 20)}-`
  const vigencias = runs.flatMap(({ points }) => points.map(({ vigencia }) => vigencia))
  const lines = linesOf(runs)
  const labels = [...new Set(lines.map(({ label }) => label))]
  const top = Math.min(
    1,
    Math.ceil(10 * Math.max(0.1, ...lines.flatMap((line) => line.points.map((p) => p.share ?? 0)))) / 10,
  )
  const at = {
    x: (i: number) =>
      vigencias.length === 1
        ? (LEFT + WIDTH - RIGHT) / 2
        : LEFT + 24 + (i * (WIDTH - LEFT - RIGHT - 48)) / (vigencias.length - 1),
    y: (share: number) => TOP + PLOT - (share / top) * PLOT,
  }
  const { parts: legend, height: legendHeight } = legendOf(labels)
  const height = TOP + PLOT + 40 + legendHeight
  const drawn = [
    ...grid(top, at.y),
    ...vigencias.map((vigencia, i) => text(String(vigencia), at.x(i), TOP + PLOT + 24, { anchor: 'middle', size: 14 })),
    ...breakMarks(runs, at.x),
    ...lines.map((line) => drawnLine(line, labels.indexOf(line.label), at)),
    ...legend,
  ]
  const alt = altOf(title, runs)
  const svg = picture(key, height, drawn)
    .replaceAll(INK, 'currentColor')
    .replace('<svg', `<svg role="img" aria-label="${escaped(alt)}" style="max-width:100%;height:auto;display:block"`)
  return { svg, alt }
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

function grid(top: number, y: (share: number) => number): string[] {
  const steps = Math.round(top * 10)
  const every = steps > 5 ? 2 : 1
  return Array.from({ length: steps + 1 }, (_, i) => i)
    .filter((i) => i % every === 0)
    .flatMap((i) => [
      `<path d="M${LEFT} ${y(i / 10)}H${WIDTH - RIGHT}" stroke="${MUTED}" stroke-opacity="0.3"/>`,
      text(`${i * 10} %`, LEFT - 8, y(i / 10) + 4, { anchor: 'end', size: 12 }),
    ])
}

/** Where the series stops, a dashed bar; where an approved table joins it, a dotted one. */
function breakMarks(runs: readonly SeriesRun[], x: (i: number) => number): string[] {
  let next = 0
  return runs.flatMap(({ points, bridged }, r) => {
    const start = next
    next += points.length
    const between = (i: number) => (x(i - 1) + x(i)) / 2
    const stop = r === 0 ? [] : [mark(between(start), '7 5', words.breakMark)]
    const joins = points.flatMap((point, i) => {
      const before = points[i - 1]
      const isJoined = before && bridged.some(({ to }) => crosses(to, before.n, point.n))
      return isJoined ? [mark(between(start + i), '2 4', words.joinMark)] : []
    })
    return [...stop, ...joins]
  })
}

const crosses = (to: number, one: number, other: number) => to > Math.min(one, other) && to <= Math.max(one, other)

function mark(x: number, dashes: string, label: string): string {
  const line = `<path d="M${x} ${TOP}V${TOP + PLOT}" stroke="${INK}" stroke-width="1.5" stroke-dasharray="${dashes}"/>`
  return `${line}${text(label, x, TOP - 5, { anchor: 'middle', size: 12 })}`
}

function legendOf(labels: string[]): { parts: string[]; height: number } {
  let [x, line] = [LEFT, 0]
  const parts = labels.map((label, i) => {
    const wide = 34 + widthOf(label, 13)
    if (x > LEFT && x + wide > WIDTH - RIGHT) [x, line] = [LEFT, line + 1]
    const y = TOP + PLOT + 48 + line * LEGEND_LINE
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
    const notes = bridged.map(({ crosswalk }) => ` ${words.joined(crosswalk?.note ?? '')}`)
    return `${refused.length > 0 ? `${words.stops} ` : ''}${span}: ${lines.join('; ')}.${notes.join('')}`
  })
  return [`${title}.`, ...said].join(' ')
}
