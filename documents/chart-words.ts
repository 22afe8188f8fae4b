/** The words of a printed chart taken out of its drawing, to be set as text of the page: a fifth of the time. */
import { INK } from './svg.ts'

export interface ChartWord {
  text: string
  /** Where its baseline starts, is centred or ends, in units of the picture. */
  x: number
  y: number
  anchor: 'start' | 'middle' | 'end'
  size: number
  bold: boolean
  /** Degrees around that place, clockwise. */
  turn: number
  colour: string
}

/** From the middle of a line of letters down to its baseline, as a part of their size. */
const MIDDLE = 0.324

/** A word written in a way that is not read here stays in the drawing, which shows it just the same. */
export function wordsApart(drawing: string): { svg: string; words: ChartWord[] } {
  const words: ChartWord[] = []
  const svg = drawing.replaceAll(/<text\b([^>]*)>([^<]*)<\/text>\n?/g, (whole, attributes: string, written: string) => {
    const word = wordOf(attributesOf(attributes), unescaped(written))
    if (!word) return whole
    words.push(word)
    return ''
  })
  return { svg, words }
}

const READ = new Set([
  ...['x', 'y', 'fill', 'transform', 'text-anchor', 'dominant-baseline', 'xml:space', 'style'],
  ...['font-family', 'font-size', 'font-weight'],
])

/** Those of the element and of its style, by name. */
function attributesOf(written: string): Map<string, string> {
  const attributes = new Map(
    [...written.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  )
  for (const rule of (attributes.get('style') ?? '').split(';')) {
    const [name = '', value = ''] = rule.split(':')
    if (name.trim()) attributes.set(name.trim(), value.trim())
  }
  return attributes
}

function wordOf(attributes: Map<string, string>, text: string): ChartWord | null {
  const number = (name: string) => Number.parseFloat(attributes.get(name) ?? '0')
  const place = placeOf(attributes.get('transform') ?? '', number('x'), number('y'))
  const baseline = attributes.get('dominant-baseline') ?? 'auto'
  const anchor = attributes.get('text-anchor') ?? 'start'
  const colour = attributes.get('fill') ?? INK
  const isRead = [...attributes.keys()].every((name) => READ.has(name)) && /^#[0-9a-f]{6}$/i.test(colour)
  if (!isRead || !place || !isAnchor(anchor) || !['auto', 'alphabetic', 'central'].includes(baseline)) return null
  const size = number('font-size') || 13
  const below = baseline === 'central' ? MIDDLE * size : 0
  const turned = (place.turn * Math.PI) / 180
  return {
    ...{ text, anchor, size, colour, bold: attributes.get('font-weight') === 'bold', turn: place.turn },
    ...{ x: rounded(place.x - below * Math.sin(turned)), y: rounded(place.y + below * Math.cos(turned)) },
  }
}

const NUMBERS = /-?\d+(?:\.\d+)?(?:e-?\d+)?/g

/** Moved, or moved and turned (the charts' library); turned around its own place (`text` of ours). */
function placeOf(transform: string, x: number, y: number): { x: number; y: number; turn: number } | null {
  const [, kind = '', written = ''] = /^(\w+)\(([^)]*)\)$/.exec(transform) ?? []
  const given = (written.match(NUMBERS) ?? []).map(Number)
  if (transform === '') return { x, y, turn: 0 }
  if (kind === 'translate') return { x: x + (given[0] ?? 0), y: y + (given[1] ?? 0), turn: 0 }
  if (kind === 'rotate') return given[1] === x && given[2] === y ? { x, y, turn: given[0] ?? 0 } : null
  const [a = 0, b = 0, c = 0, d = 0, left = 0, top = 0] = given
  const isTurned = isNear(a, d) && isNear(b, -c) && isNear(Math.hypot(a, b), 1)
  if (kind !== 'matrix' || !isTurned) return null
  return { x: left + a * x + c * y, y: top + b * x + d * y, turn: rounded((Math.atan2(b, a) * 180) / Math.PI) }
}

/** Written with three decimals. */
const isNear = (one: number, other: number) => Math.abs(one - other) < 0.002

const isAnchor = (anchor: string): anchor is ChartWord['anchor'] => ['start', 'middle', 'end'].includes(anchor)

const rounded = (value: number) => Math.round(value * 100) / 100

const SIGNS: Record<string, string> = { quot: '"', lt: '<', gt: '>', amp: '&', '#39': "'", apos: "'" }

const unescaped = (text: string) => text.replaceAll(/&(#39|\w+);/g, (whole, name: string) => SIGNS[name] ?? whole)
