/** The readings of an indicator, period after period, against its goal and its critical value (ME-SIG-F-006). */
import { INK, MUTED, PALETTE, text, WIDTH } from './svg.ts'
import { BELOW, columnsOf, drawnSeries, heightOf, LEFT, level, RIGHT } from './vigencia-axis.ts'

export interface ChartPoint {
  /** Under its column. */
  label: string
  value: number
  level: 'on_goal' | 'warning' | 'critical'
}

export interface IndicatorChart {
  alt: string
  points: readonly ChartPoint[]
  goal: { value: number; label: string }
  critical: { value: number; label: string }
}

const LINE = PALETTE[0] as string
/** A mark of its own for each level, so that it is seen without colour. */
const FILLS = { on_goal: '#2f8f83', warning: '#b0702a', critical: '#c2557a' }

/** The last twelve periods; null before the first reading. */
export function indicatorChart({ alt, points: all, goal, critical }: IndicatorChart): string | null {
  const points = all.slice(-12)
  if (points.length === 0) return null
  const most = Math.max(goal.value, critical.value, ...points.map(({ value }) => value), 1) * 1.1
  const x = columnsOf(points.length)
  const y = (value: number) => heightOf(value / most)
  const path = points.map(({ value }, i) => `${i === 0 ? 'M' : 'L'}${x(i)} ${y(value)}`).join('')
  return drawnSeries(alt, BELOW + 10, [
    ...level(0, '0'),
    ...across(goal, y, '7 5'),
    ...across(critical, y, '2 4'),
    `<path d="${path}" stroke="${LINE}" stroke-width="2" fill="none"/>`,
    ...points.map((point, i) => mark(point, x(i), y(point.value))),
    ...points.map(({ label }, i) => text(label, x(i), BELOW - 16, { anchor: 'middle', size: 12 })),
  ])
}

function across({ value, label }: { value: number; label: string }, y: (value: number) => number, dashes: string) {
  const at = y(value)
  const line = `<path d="M${LEFT} ${at}H${WIDTH - RIGHT}" stroke="${MUTED}" stroke-width="1.5" stroke-dasharray="${dashes}"/>`
  return [line, text(label, WIDTH - RIGHT, at - 5, { anchor: 'end', size: 12 })]
}

function mark({ level: of }: ChartPoint, x: number, y: number): string {
  const look = `fill="${FILLS[of]}" stroke="${INK}" stroke-width="1"`
  if (of === 'on_goal') return `<circle cx="${x}" cy="${y}" r="6" ${look}/>`
  if (of === 'warning') return `<path d="M${x} ${y - 7}L${x + 7} ${y + 6}H${x - 7}Z" ${look}/>`
  return `<path d="M${x - 6} ${y - 6}h12v12h-12Z" ${look}/>`
}
