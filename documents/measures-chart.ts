/** A number variable by vigencia: a box from the first to the third quartile, the median as a line, the mean as a diamond (N11). */
import { formatExact } from '../app/text/format.ts'
import { bridgeNote, seriesWords as words } from '../app/text/variables.ts'
import type { Exact } from '../domain/conversions.ts'
import type { MeasureCell, MeasureRun } from '../domain/measures.ts'
import { INK, PALETTE, text } from './svg.ts'
import { BELOW, columnsOf, drawnSeries, heightOf, LEFT, level, vigenciaAxis, vigenciasOf } from './vigencia-axis.ts'

const [BOX, MEAN] = [PALETTE[0] as string, PALETTE[1] as string]
const HALF_BOX = 26
/** Steps of the axis, about. */
const LEVELS = 5

/** The picture and what it says in words; null where every number is hidden. */
export function measuresChart(title: string, runs: readonly MeasureRun[]): { svg: string; alt: string } | null {
  const cells = runs.flatMap((run) => run.cells)
  const values = cells.flatMap(({ mean, quartiles }) => [mean, ...(quartiles ?? [])]).flatMap((one) => one ?? [])
  if (values.length === 0) return null
  const scale = scaleOf(values.map(plain))
  const x = columnsOf(vigenciasOf(runs).length)
  const y = (value: Exact) => heightOf((plain(value) - scale.low) / (scale.high - scale.low))
  const levels = Array.from({ length: scale.steps + 1 }, (_, i) => i / scale.steps)
  const drawn = [
    ...levels.flatMap((share) => level(share, axisLabel(scale.low + share * (scale.high - scale.low)))),
    text(runs[0]?.unit ?? '', LEFT, heightOf(1) - 6, { size: 12 }),
    ...vigenciaAxis(runs),
    ...medians(runs, x, y),
    ...cells.map((cell, i) => drawnCell(cell, x(i), y)),
    ...legend(),
  ]
  const alt = altOf(title, runs)
  return { svg: drawnSeries(alt, BELOW + 24, drawn), alt }
}

/** Near enough to draw with. */
const plain = ({ over, under }: Exact) => Number(over) / Number(under)

/** Round ends around all values, and round steps between them; from 0 where none is below it. */
function scaleOf(values: number[]): { low: number; high: number; steps: number } {
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)]
  const raw = Math.max(most - least, 1e-9) / LEVELS
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= raw) ?? 10) * power
  const [first, last] = [Math.floor(least / step), Math.max(1, Math.ceil(most / step))]
  return { low: first * step, high: last * step, steps: last - first }
}

const axisLabel = (value: number) => new Intl.NumberFormat('es', { maximumSignificantDigits: 6 }).format(value)

function drawnCell({ mean, quartiles }: MeasureCell, x: number, y: (value: Exact) => number): string {
  const parts: string[] = []
  if (quartiles) {
    const [first, median, third] = quartiles.map(y) as [number, number, number]
    const box = `x="${x - HALF_BOX}" y="${third}" width="${2 * HALF_BOX}" height="${Math.max(1, first - third)}"`
    parts.push(`<rect ${box} fill="${BOX}" fill-opacity="0.25" stroke="${BOX}" stroke-width="2"/>`)
    parts.push(`<path d="M${x - HALF_BOX} ${median}H${x + HALF_BOX}" stroke="${INK}" stroke-width="3"/>`)
  }
  if (mean) parts.push(diamond(x, y(mean)))
  return parts.join('')
}

const diamond = (x: number, y: number) =>
  `<path d="M${x} ${y - 7}L${x + 6} ${y}L${x} ${y + 7}L${x - 6} ${y}Z" fill="${MEAN}"/>`

/** From one median to the next of the same run; a hidden one interrupts the line. */
function medians(runs: readonly MeasureRun[], x: (i: number) => number, y: (value: Exact) => number): string[] {
  let next = 0
  return runs.flatMap(({ cells }) => {
    const start = next
    next += cells.length
    return cells.flatMap(({ quartiles }, i) => {
      const before = cells[i - 1]?.quartiles
      if (!quartiles || !before) return []
      const [from, to] = [`${x(start + i - 1)} ${y(before[1])}`, `${x(start + i)} ${y(quartiles[1])}`]
      return [`<path d="M${from}L${to}" stroke="${INK}" stroke-width="1.5" stroke-opacity="0.6" fill="none"/>`]
    })
  })
}

function legend(): string[] {
  const at = BELOW + 12
  return [
    `<rect x="${LEFT}" y="${at - 10}" width="14" height="12" fill="${BOX}" fill-opacity="0.25" stroke="${BOX}" stroke-width="2"/>`,
    text(words.legend.quartiles, LEFT + 22, at),
    `<path d="M${LEFT + 200} ${at - 4}h16" stroke="${INK}" stroke-width="3"/>`,
    text(words.legend.median, LEFT + 224, at),
    diamond(LEFT + 310, at - 4),
    text(words.legend.mean, LEFT + 324, at),
  ]
}

function altOf(title: string, runs: readonly MeasureRun[]): string {
  const said = runs.map(({ points, cells, unit, refused, bridged }) => {
    const span = words.span(points.map(({ vigencia }) => vigencia))
    const lines = cells.map(({ vigencia, mean, quartiles }) =>
      words.measured(vigencia, mean && formatExact(mean), quartiles?.map(formatExact) ?? null, unit),
    )
    const notes = bridged.map((one) => ` ${words.joined(bridgeNote(one))}`)
    return `${refused.length > 0 ? `${words.stops} ` : ''}${span}: ${lines.join('; ')}.${notes.join('')}`
  })
  return [`${title}.`, ...said].join(' ')
}
