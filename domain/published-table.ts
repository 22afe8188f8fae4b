/**
 * A small table that was published elsewhere, compared with its own parts (domain anomalies A1–A5). What does not agree
 * is told with its literal text; nothing is corrected.
 */
import { codeOf } from './sources.ts'

export interface PublishedTable {
  name: string
  header: string[]
  /** Cells as they are written. */
  rows: string[][]
  /** Line of the file, or row of the sheet, of each row. */
  lines: number[]
}

interface Place {
  line: number
  column: string
  /** As it is written. */
  literal: string
}

export type TableWarning =
  /** A total is not the sum of its parts; `expected` is their sum. */
  | ({ kind: 'total_differs'; expected: number } & Place)
  /** A percentage is not that of its parts; `expected` has as many decimals as are written. */
  | ({ kind: 'share_differs' | 'share_truncated'; expected: number } & Place)
  /** Percentages of one whole do not add up to 100 (±0,005 each); `expected` is what they add up to. */
  | ({ kind: 'shares_not_whole'; expected: number } & Place)
  | { kind: 'row_repeated'; line: number; first: number; literal: string }
  /** The semester of one table is not the sum of the quarters of another. */
  | ({ kind: 'periods_differ'; expected: number; other: string } & Place)
  /** A goal per organismo implies another number of them than a table lists. */
  | ({ kind: 'agencies_differ'; expected: number; other: string } & Place)

const SHARE_TOLERANCE = 0.005

interface Figure {
  value: number
  decimals: number
  isPercent: boolean
}

/** `338.142`, `27,36`, `0.15%`, `31.3 %` (S2.15): a point before three digits separates thousands. Null when it is no figure. */
export function figureOf(text: string): Figure | null {
  const isPercent = /%\s*$/.test(text)
  const plain = text
    .replace(/\s*%\s*$/, '')
    .trim()
    .replace(/\s/g, '')
  if (/^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(plain)) return written(plain.replaceAll('.', '').replace(',', '.'), isPercent)
  return /^-?\d+([.,]\d+)?$/.test(plain) ? written(plain.replace(',', '.'), isPercent) : null
}

function written(plain: string, isPercent: boolean): Figure {
  return { value: Number(plain), decimals: plain.split('.')[1]?.length ?? 0, isPercent }
}

const isTotal = (text: string) => /^(gran_)?(total|acumulado)(_general)?$/.test(codeOf(text))

interface Read {
  table: PublishedTable
  figures: (Figure | null)[][]
  /** Columns of counts, in their order. */
  counts: number[]
  shares: number[]
  totalColumn: number
  totalRow: number
}

/** Null where the file is no table of figures with its totals or percentages: then there is nothing to compare. */
function readTable(table: PublishedTable): Read | null {
  const figures = table.rows.map((row) => table.header.map((_, c) => figureOf(row[c] ?? '')))
  const numeric = table.header.flatMap((_, c) => (c > 0 && isFigures(figures.map((row) => row[c] ?? null)) ? [c] : []))
  const isShare = (c: number) =>
    /%|porcentaje/i.test(table.header[c] ?? '') || figures.some((row) => row[c]?.isPercent === true)
  const shares = numeric.filter(isShare)
  const counts = numeric.filter((c) => !isShare(c))
  const totalColumn = counts.find((c) => isTotal(table.header[c] ?? '')) ?? -1
  const totalRow = table.rows.findIndex((row) => isTotal(row[0] ?? ''))
  const isSummary = totalColumn >= 0 || totalRow >= 0 || shares.length > 0 || periodsOf(table, counts).size > 0
  return isSummary ? { table, figures, counts, shares, totalColumn, totalRow } : null
}

const isFigures = (cells: (Figure | null)[]) =>
  cells.length > 0 && cells.filter((cell) => cell !== null).length >= cells.length * 0.8

/** Of one table by itself; empty also where it is no summary. */
export function warningsOf(table: PublishedTable): TableWarning[] {
  const read = readTable(table)
  if (!read) return []
  return [...repeated(table), ...rowTotals(read), ...columnTotals(read), ...rowShares(read), ...ratings(read)].sort(
    (a, b) => a.line - b.line,
  )
}

function repeated({ rows, lines }: PublishedTable): TableWarning[] {
  const keys = rows.map((row) => row.map((cell) => cell.trim().replace(/\s+/g, ' ').toLowerCase()).join('\u001f'))
  return keys.flatMap((key, r): TableWarning[] => {
    const first = keys.indexOf(key)
    const literal = (rows[r] ?? []).join('; ')
    return first < r ? [{ kind: 'row_repeated', line: lines[r] ?? 0, first: lines[first] ?? 0, literal }] : []
  })
}

const placeOf = ({ lines, header, rows }: PublishedTable, r: number, c: number): Place => ({
  line: lines[r] ?? 0,
  column: header[c] ?? '',
  literal: rows[r]?.[c] ?? '',
})

const sum = (values: (number | undefined)[]) => values.reduce<number>((all, value) => all + (value ?? 0), 0)

/** To the decimals of the figures, so that 86,5 + 13,2 is 99,7. */
const rounded = (value: number, decimals: number) => Math.round(value * 10 ** decimals + 1e-9) / 10 ** decimals

function rowTotals({ table, figures, counts, totalColumn }: Read): TableWarning[] {
  const parts = counts.filter((c) => c !== totalColumn)
  if (totalColumn < 0 || parts.length < 2) return []
  return figures.flatMap((row, r) => {
    const expected = rounded(sum(parts.map((c) => row[c]?.value)), 6)
    const stated = row[totalColumn]
    return stated && stated.value !== expected
      ? [{ kind: 'total_differs' as const, expected, ...placeOf(table, r, totalColumn) }]
      : []
  })
}

function columnTotals({ table, figures, counts, shares, totalRow }: Read): TableWarning[] {
  const parts = figures.filter((_, r) => r !== totalRow)
  const sumOf = (c: number) => rounded(sum(parts.map((row) => row[c]?.value)), 6)
  const stated = (c: number) => figures[totalRow]?.[c]
  const ofCounts = counts.filter((c) => stated(c) && stated(c)?.value !== sumOf(c))
  const tolerance = SHARE_TOLERANCE * parts.length + 1e-9
  const ofShares = shares.filter((c) => stated(c) && Math.abs((stated(c)?.value ?? 0) - sumOf(c)) > tolerance)
  return [
    ...ofCounts.map((c) => ({ kind: 'total_differs' as const, expected: sumOf(c), ...placeOf(table, totalRow, c) })),
    ...ofShares.map((c) => ({ kind: 'shares_not_whole' as const, expected: sumOf(c), ...placeOf(table, totalRow, c) })),
  ]
}

/** Each row's percentage against its share of the total. */
function rowShares({ table, figures, counts, shares, totalColumn, totalRow }: Read): TableWarning[] {
  const base = totalColumn >= 0 ? totalColumn : counts.length === 1 ? (counts[0] as number) : -1
  if (base < 0 || shares.length !== 1) return []
  const share = shares[0] as number
  const whole =
    figures[totalRow]?.[base]?.value ?? sum(figures.filter((_, r) => r !== totalRow).map((row) => row[base]?.value))
  return figures.flatMap((row, r) => {
    const [count, stated] = [row[base], row[share]]
    if (!count || !stated || whole === 0 || r === totalRow) return []
    return compared(stated, (count.value / whole) * 100, placeOf(table, r, share))
  })
}

/** A percentage that is written against what it should be: right when rounded to its own decimals. */
function compared(stated: Figure, exact: number, place: Place): TableWarning[] {
  const expected = rounded(exact, stated.decimals)
  if (stated.value === expected || Math.abs(stated.value - exact) <= SHARE_TOLERANCE + 1e-9) return []
  const truncated = Math.floor(exact * 10 ** stated.decimals + 1e-9) / 10 ** stated.decimals
  return [{ kind: stated.value === truncated ? 'share_truncated' : 'share_differs', expected, ...place }]
}

/** Ratings of a survey: excelente + bueno is positive, regular + malo negative, and the four are the whole (S2.11–S2.13). */
const RATINGS = { positiv: ['excelente', 'bueno'], negativ: ['regular', 'malo'] } as const

function ratings({ table, figures, shares }: Read): TableWarning[] {
  const at = (name: string) => shares.find((c) => codeOf(table.header[c] ?? '').startsWith(name)) ?? -1
  const four = [...RATINGS.positiv, ...RATINGS.negativ].map(at)
  return figures.flatMap((row, r) => {
    const value = (c: number) => row[c]?.value
    const sides = Object.entries(RATINGS).flatMap(([side, names]) => {
      const [stated, parts] = [row[at(side)], names.map(at)]
      if (!stated || parts.some((c) => value(c) === undefined)) return []
      return compared(stated, rounded(sum(parts.map(value)), 6), placeOf(table, r, at(side)))
    })
    const whole = rounded(sum(four.map(value)), 6)
    const isWhole = four.some((c) => value(c) === undefined) || Math.abs(whole - 100) <= SHARE_TOLERANCE * 4 + 1e-9
    const literal = four.map((c) => table.rows[r]?.[c] ?? '').join(' + ')
    const column = four.map((c) => table.header[c] ?? '').join(', ')
    return isWhole
      ? sides
      : [...sides, { kind: 'shares_not_whole', line: table.lines[r] ?? 0, column, literal, expected: whole }]
  })
}

/** Columns of quarters and semesters by their code: `t1`, `s2`. */
function periodsOf({ header }: PublishedTable, counts: number[]): Map<string, number> {
  return new Map(
    counts.flatMap((c) => {
      const [, kind, n] = /^(t|trimestre_?|s|semestre_?)_?([1-4])(_.*)?$/.exec(codeOf(header[c] ?? '')) ?? []
      return kind && n ? [[`${kind.charAt(0)}${n}`, c] as const] : []
    }),
  )
}

/** What the other tables of an exercise say of one: S1 = T1 + T2, and how many organismos there are (A4). */
export function warningsAcross(own: PublishedTable, others: PublishedTable[]): TableWarning[] {
  const read = readTable(own)
  return read ? [...acrossPeriods(read, others), ...acrossAgencies(read, others)] : []
}

function acrossPeriods(semesters: Read, others: PublishedTable[]): TableWarning[] {
  const read = others.flatMap((table) => readTable(table) ?? [])
  return read.flatMap((quarters) =>
    ([1, 2] as const).flatMap((n): TableWarning[] => {
      const stated = periodTotal(semesters, `s${n}`)
      const parts = [n * 2 - 1, n * 2].map((quarter) => periodTotal(quarters, `t${quarter}`))
      if (stated === null || parts.includes(null)) return []
      const expected = sum(parts.map((part) => part?.value))
      const { value, place } = stated
      return value === expected ? [] : [{ kind: 'periods_differ', expected, other: quarters.table.name, ...place }]
    }),
  )
}

function periodTotal(
  { table, figures, counts, totalRow }: Read,
  period: string,
): { value: number; place: Place } | null {
  const c = periodsOf(table, counts).get(period)
  if (c === undefined) return null
  const stated = figures[totalRow]?.[c]
  if (stated) return { value: stated.value, place: placeOf(table, totalRow, c) }
  const value = sum(figures.map((row) => row[c]?.value))
  return { value, place: { line: table.lines.at(-1) ?? 0, column: table.header[c] ?? '', literal: String(value) } }
}

function acrossAgencies({ table, figures, counts, totalColumn }: Read, others: PublishedTable[]): TableWarning[] {
  const lists = others.filter(({ header }) => /^organismos?$/.test(codeOf(header[0] ?? '')))
  const each = counts.find((c) => /por_organismo/.test(codeOf(table.header[c] ?? '')))
  if (each === undefined || totalColumn < 0) return []
  return figures.flatMap((row, r) =>
    lists.flatMap((list): TableWarning[] => {
      const [goal, total] = [row[each]?.value, row[totalColumn]?.value]
      const expected = list.rows.filter((cells) => !isTotal(cells[0] ?? '')).length
      if (!goal || total === undefined || total === goal * expected) return []
      return [{ kind: 'agencies_differ', expected, other: list.name, ...placeOf(table, r, totalColumn) }]
    }),
  )
}
