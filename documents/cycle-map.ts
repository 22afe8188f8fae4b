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
const BOX = { width: 198, height: 78 }
const GAP = 30
const SIZE = 13
const LINE = PALETTE[0] as string
const RIGHT = LEFT + BOX.width

const topOf = (i: number) => 6 + i * (BOX.height + GAP)
const middleOf = (i: number) => topOf(i) + BOX.height / 2

/** Arrows are told apart by where they stand and by their words: no colour says anything alone. */
export function cycleMap({ alt, steps, back }: CycleMap): string {
  const height = topOf(steps.length) - GAP + 6
  const parts = [
    ...steps.flatMap((step, i) => [box(step, i), ...(i > 0 ? [down(i)] : []), ...returned(step, i)]),
    ...back.flatMap((way, n) => reopened(way, n, steps)),
  ]
  const svg = `<svg role="img" aria-label="${escaped(alt)}" viewBox="0 0 ${WIDTH} ${height}" xmlns="http://www.w3.org/2000/svg" style="max-width:100%;height:auto;display:block">${parts.join('')}</svg>`
  return svg.replaceAll(INK, 'currentColor')
}

function box({ code, title, state, isDone, isCurrent, attempts }: MappedStep, i: number): string {
  const y = topOf(i)
  const border = isCurrent
    ? `stroke="${LINE}" stroke-width="4"`
    : `stroke="${INK}" stroke-width="1"${isDone ? '' : ' stroke-dasharray="5 4"'}`
  const lines = wrapped(`${code}. ${title}`, BOX.width - 16, 2, SIZE)
  const below = [state, ...(attempts > 1 ? [words.attempts(attempts)] : [])].join(' · ')
  return [
    `<rect x="${LEFT}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="8" fill="none" ${border}/>`,
    ...lines.map((line, n) => text(line, LEFT + 10, y + 20 + n * 17, { size: SIZE, bold: true })),
    text(isCurrent ? words.current(below) : below, LEFT + 10, y + 66, { size: SIZE }),
  ].join('')
}

const head = (x: number, y: number, turn: number) =>
  `<path d="M-5 -8L0 0L5 -8" transform="translate(${x} ${y}) rotate(${turn})" fill="none" stroke="${INK}" stroke-width="1.5"/>`

function down(i: number): string {
  const x = LEFT + BOX.width / 2
  return `<path d="M${x} ${topOf(i) - GAP}V${topOf(i) - 1}" stroke="${INK}" stroke-width="1.5"/>${head(x, topOf(i) - 1, 0)}`
}

/** Back to whoever elaborates it: a turn at the right of its own step. */
function returned({ returns }: MappedStep, i: number): string[] {
  if (returns === 0) return []
  const [from, to] = [middleOf(i) - 18, middleOf(i) + 18]
  const path = `M${RIGHT} ${from}C${RIGHT + 34} ${from - 6} ${RIGHT + 34} ${to + 6} ${RIGHT + 2} ${to}`
  return [
    `<path d="${path}" fill="none" stroke="${INK}" stroke-width="1.5"/>`,
    head(RIGHT + 2, to, 82),
    ...words.returned(returns).map((line, n) => text(line, RIGHT + 29, middleOf(i) - 3 + n * 15, { size: 12 })),
  ]
}

/** Back to an earlier step: up along the left; several stand beside each other. */
function reopened({ from, to, times }: CycleMap['back'][number], n: number, steps: readonly MappedStep[]): string[] {
  const [start, end] = [from, to].map((code) => steps.findIndex((step) => step.code === code))
  if (start === undefined || end === undefined || start < 0 || end < 0) return []
  const x = LEFT - 16 - (n % 3) * 12
  // Of the step itself, once it was approved: a turn as short as its box.
  const [low, high] = [middleOf(start) + (start === end ? 16 : 8), middleOf(end) - 8]
  return [
    `<path d="M${LEFT} ${low}H${x}V${high}H${LEFT - 2}" fill="none" stroke="${MUTED}" stroke-width="2" stroke-dasharray="3 3"/>`,
    head(LEFT - 2, high, -90),
    text(words.reopened(times), x - 4, (low + high) / 2 + 30, { size: 12, turn: -90 }),
  ]
}
