/** The way of a cycle through its procedure: its steps from top to bottom, what came back at their right, what was reopened at their left. */
import { cycleMapText as words } from '../app/text/cycle-map.ts'
import { escaped, INK, MUTED, PALETTE, text, wrapped } from './svg.ts'

export interface MappedStep {
  code: string
  title: string
  /** In words; a picture says it as the list does. */
  state: string
  isDone: boolean
  isCurrent: boolean
  attempts: number
  returns: number
}

export interface CycleMap {
  alt: string
  steps: readonly MappedStep[]
  /** Steps by code: from how far it went back, to which, how often. */
  back: readonly { from: string; to: string; times: number }[]
}

/** As wide as the text of a page on a small telephone, so that letters keep their size there. */
const WIDTH = 344
const LEFT = 62
const BOX_WIDTH = 198
const GAP = 30
const EDGE = 6
const SIZE = 13
const LINE_HEIGHT = 17
/** Lines of a title: a box has room for two, and grows with the others. */
const LINES = { least: 2, most: 8 }
const LINE = PALETTE[0] as string
const RIGHT = LEFT + BOX_WIDTH

/** A step with its title in lines, and where its box stands. */
interface Placed extends MappedStep {
  lines: string[]
  top: number
  height: number
  middle: number
}

function placed(steps: readonly MappedStep[]): Placed[] {
  let top = EDGE
  return steps.map((step) => {
    const lines = wrapped(`${step.code}. ${step.title}`, BOX_WIDTH - 16, LINES.most, SIZE)
    const height = 44 + Math.max(lines.length, LINES.least) * LINE_HEIGHT
    const box = { ...step, lines, top, height, middle: top + height / 2 }
    top += height + GAP
    return box
  })
}

/** Arrows are told apart by where they stand and by their words: no colour says anything alone. */
export function cycleMap({ alt, steps, back }: CycleMap): string {
  const boxes = placed(steps)
  const last = boxes.at(-1)
  const height = (last ? last.top + last.height : 0) + EDGE
  const parts = [
    ...boxes.flatMap((step, i) => [box(step), ...(i > 0 ? [down(step)] : []), ...returned(step)]),
    ...back.flatMap((way, n) => reopened(way, n, boxes)),
  ]
  const svg = `<svg role="img" aria-label="${escaped(alt)}" viewBox="0 0 ${WIDTH} ${height}" xmlns="http://www.w3.org/2000/svg" style="max-width:100%;height:auto;display:block">${parts.join('')}</svg>`
  return svg.replaceAll(INK, 'currentColor')
}

function box({ lines, top, height, state, isDone, isCurrent, attempts }: Placed): string {
  const border = isCurrent
    ? `stroke="${LINE}" stroke-width="4"`
    : `stroke="${INK}" stroke-width="1"${isDone ? '' : ' stroke-dasharray="5 4"'}`
  const below = [state, ...(attempts > 1 ? [words.attempts(attempts)] : [])].join(' · ')
  return [
    `<rect x="${LEFT}" y="${top}" width="${BOX_WIDTH}" height="${height}" rx="8" fill="none" ${border}/>`,
    ...lines.map((line, n) => text(line, LEFT + 10, top + 20 + n * LINE_HEIGHT, { size: SIZE, bold: true })),
    text(isCurrent ? words.current(below) : below, LEFT + 10, top + height - 12, { size: SIZE }),
  ].join('')
}

const head = (x: number, y: number, turn: number) =>
  `<path d="M-5 -8L0 0L5 -8" transform="translate(${x} ${y}) rotate(${turn})" fill="none" stroke="${INK}" stroke-width="1.5"/>`

/** From the box above. */
function down({ top }: Placed): string {
  const x = LEFT + BOX_WIDTH / 2
  return `<path d="M${x} ${top - GAP}V${top - 1}" stroke="${INK}" stroke-width="1.5"/>${head(x, top - 1, 0)}`
}

/** Back to whoever elaborates it: a turn at the right of its own step. */
function returned({ returns, middle }: Placed): string[] {
  if (returns === 0) return []
  const [from, to] = [middle - 18, middle + 18]
  const path = `M${RIGHT} ${from}C${RIGHT + 34} ${from - 6} ${RIGHT + 34} ${to + 6} ${RIGHT + 2} ${to}`
  return [
    `<path d="${path}" fill="none" stroke="${INK}" stroke-width="1.5"/>`,
    head(RIGHT + 2, to, 82),
    ...words.returned(returns).map((line, n) => text(line, RIGHT + 29, middle - 3 + n * 15, { size: 12 })),
  ]
}

/** Back to an earlier step: up along the left; several stand beside each other. */
function reopened({ from, to, times }: CycleMap['back'][number], n: number, boxes: readonly Placed[]): string[] {
  const [start, end] = [from, to].map((code) => boxes.find((step) => step.code === code))
  if (!start || !end) return []
  const x = LEFT - 16 - (n % 3) * 12
  // Of the step itself, once it was approved: a turn as short as its box.
  const [low, high] = [start.middle + (start === end ? 16 : 8), end.middle - 8]
  return [
    `<path d="M${LEFT} ${low}H${x}V${high}H${LEFT - 2}" fill="none" stroke="${MUTED}" stroke-width="2" stroke-dasharray="3 3"/>`,
    head(LEFT - 2, high, -90),
    text(words.reopened(times), x - 4, (low + high) / 2 + 30, { size: 12, turn: -90 }),
  ]
}
