/** What drawings through the vigencias share: their axis, and the bars where a series stops or was joined (N11). */
import { createHash } from 'node:crypto'
import { seriesWords as words } from '../app/text/variables.ts'
import { crosses, type VigenciaRun } from '../domain/series.ts'
import { escaped, INK, MUTED, picture, text, WIDTH } from './svg.ts'

export const LEFT = 64
export const RIGHT = 20
const TOP = 18
const PLOT = 260
/** Where what stands under the vigencias begins. */
export const BELOW = TOP + PLOT + 40

/** From the place of a vigencia, 0 for the first of `count`, to the middle of its column. */
export const columnsOf = (count: number) => (i: number) =>
  count === 1 ? (LEFT + WIDTH - RIGHT) / 2 : LEFT + 32 + (i * (WIDTH - LEFT - RIGHT - 64)) / (count - 1)

/** From a share of the height, 0 at the foot, to its place. */
export const heightOf = (share: number): number => TOP + PLOT - share * PLOT

export const vigenciasOf = (runs: readonly VigenciaRun[]): number[] =>
  runs.flatMap(({ points }) => points.map(({ vigencia }) => vigencia))

/** The vigencias under the drawing, and every break: a dashed bar where the series stops, a dotted one where it is joined. */
export function vigenciaAxis(runs: readonly VigenciaRun[]): string[] {
  const vigencias = vigenciasOf(runs)
  const x = columnsOf(vigencias.length)
  const named = vigencias.map((one, i) => text(String(one), x(i), TOP + PLOT + 24, { anchor: 'middle', size: 14 }))
  return [...named, ...breakMarks(runs, x)]
}

/** A line across at a share of the height, with what it stands for. */
export const level = (share: number, label: string): string[] => [
  `<path d="M${LEFT} ${heightOf(share)}H${WIDTH - RIGHT}" stroke="${MUTED}" stroke-opacity="0.3"/>`,
  text(label, LEFT - 8, heightOf(share) + 4, { anchor: 'end', size: 12 }),
]

/** The picture for a page; it takes the colour of the text around it, and says in `alt` what it shows. */
export function drawnSeries(alt: string, height: number, parts: string[]): string {
  const key = `s${createHash('sha256').update(alt).digest('hex').slice(0, 20)}-`
  return picture(key, height, parts)
    .replaceAll(INK, 'currentColor')
    .replace('<svg', `<svg role="img" aria-label="${escaped(alt)}" style="max-width:100%;height:auto;display:block"`)
}

function breakMarks(runs: readonly VigenciaRun[], x: (i: number) => number): string[] {
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

function mark(x: number, dashes: string, label: string): string {
  const line = `<path d="M${x} ${TOP}V${TOP + PLOT}" stroke="${INK}" stroke-width="1.5" stroke-dasharray="${dashes}"/>`
  return `${line}${text(label, x, TOP - 5, { anchor: 'middle', size: 12 })}`
}
