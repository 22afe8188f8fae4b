/** A cross as a table of shades: the darker, the more; each cell with its number, hidden ones hatched. */
import { figureWords as words } from '../app/text/documents.ts'
import { formatNumber, formatShare } from '../app/text/format.ts'
import type { Cell, Figure, FigureRow } from './figures.ts'
import { hiddenFill, picture, text, tint, WIDTH, wrapped } from './svg.ts'

const LABELS = 220
const ROW = 30
const SIZE = 13

/** `rows` in the order drawn; those of a layer carry its name. */
export function heatChart(figure: Figure, rows: FigureRow[], key: string): string {
  const width = (WIDTH - LABELS) / Math.max(1, figure.columns.length)
  const { parts: head, height } = header(figure.columns, width)
  const values = rows.flatMap((row) => row.cells.map((_, c) => measured(figure, row, c) ?? 0))
  const most = Math.max(1e-9, ...values)
  const body = rows.flatMap((row, r) => {
    const y = height + r * ROW
    return [label(row.label, y), ...row.cells.map((_, c) => cellAt(figure, row, c, { y, width, most, key }))]
  })
  const bottom = height + rows.length * ROW
  const legend = text(figure.base ? words.shareOf[figure.base] : words.darker, 0, bottom + 20, { size: 12 })
  return picture(key, bottom + 30, [...head, ...body, legend])
}

/** What the shade stands for: the share where the figure has percentages, else the count. */
const measured = (figure: Figure, row: FigureRow, c: number): Cell =>
  (figure.base ? row.shares?.[c] : row.cells[c]) ?? null

function header(columns: string[], width: number) {
  const centre = (c: number) => LABELS + (c + 0.5) * width
  if (width < 64) {
    const parts = columns.map((name, c) =>
      text(wrapped(name, 150, 1, 12)[0] ?? '', centre(c) + 4, 156, { size: 12, turn: -90 }),
    )
    return { parts, height: 164 }
  }
  const lines = columns.map((name) => wrapped(name, width, 3, 12))
  const height = 8 + 15 * Math.max(1, ...lines.map((one) => one.length))
  const parts = lines.flatMap((one, c) =>
    one.map((line, i) => text(line, centre(c), height - 8 - (one.length - 1 - i) * 15, { size: 12, anchor: 'middle' })),
  )
  return { parts, height }
}

function label(name: string, y: number): string {
  const lines = wrapped(name, LABELS - 8, 2, 12)
  const first = y + ROW / 2 + 4 - (lines.length - 1) * 6.5
  return lines.map((line, i) => text(line, 0, first + i * 13, { size: 12 })).join('')
}

interface Place {
  y: number
  width: number
  most: number
  key: string
}

function cellAt(figure: Figure, row: FigureRow, c: number, { y, width, most, key }: Place): string {
  const x = LABELS + c * width
  const value = measured(figure, row, c)
  const box = `<rect x="${x + 1}" y="${y + 1}" width="${(width - 2).toFixed(2)}" height="${ROW - 2}"`
  if (value === null) return `${box} ${hiddenFill(key)}/>`
  const shade = `${box} ${tint(value / most)}/>`
  if (width < 42) return shade
  const number = figure.base ? formatShare(value) : formatNumber(value)
  return shade + text(number, x + width / 2, y + ROW / 2 + 5, { size: width < 60 ? 10 : SIZE, anchor: 'middle' })
}
