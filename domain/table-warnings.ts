/**
 * A published table compared with its own parts and with the other tables of an exercise (domain anomalies A1–A5). What
 * does not agree is told with its literal text; nothing is corrected.
 */

import { codeOf } from './mapping-proposal.ts'
import { type Figure, isTotal, type PublishedTable, periodsOf, type ReadTable, readTable } from './published-table.ts'

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

/** Of percentages that are added up, each of them rounded already. */
const SHARE_TOLERANCE = 0.005

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

function rowTotals({ table, figures, counts, totalColumn }: ReadTable): TableWarning[] {
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

function columnTotals({ table, figures, counts, shares, totalRow }: ReadTable): TableWarning[] {
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
function rowShares({ table, figures, counts, shares, totalColumn, totalRow }: ReadTable): TableWarning[] {
  const base = totalColumn >= 0 ? totalColumn : counts.length === 1 ? (counts[0] as number) : -1
  if (base < 0 || shares.length !== 1) return []
  const share = shares[0] as number
  const whole =
    figures[totalRow]?.[base]?.value ?? sum(figures.filter((_, r) => r !== totalRow).map((row) => row[base]?.value))
  return figures.flatMap((row, r) => {
    const [count, stated] = [row[base], row[share]]
    if (!count || !stated || whole === 0 || r === totalRow) return []
    return compared(stated, (count.value / whole) * 100, placeOf(table, r, share), 0)
  })
}

/** A percentage that is written against what it should be: right when rounded to its own decimals, or within `tolerance`. */
function compared(stated: Figure, exact: number, place: Place, tolerance: number): TableWarning[] {
  const expected = rounded(exact, stated.decimals)
  if (stated.value === expected || Math.abs(stated.value - exact) <= tolerance + 1e-9) return []
  const truncated = Math.floor(exact * 10 ** stated.decimals + 1e-9) / 10 ** stated.decimals
  return [{ kind: stated.value === truncated ? 'share_truncated' : 'share_differs', expected, ...place }]
}

/** Ratings of a survey: excelente + bueno is positive, regular + malo negative, and the four are the whole (S2.11–S2.13). */
const RATINGS = { positiv: ['excelente', 'bueno'], negativ: ['regular', 'malo'] } as const

function ratings({ table, figures, shares }: ReadTable): TableWarning[] {
  const at = (name: string) => shares.find((c) => codeOf(table.header[c] ?? '').startsWith(name)) ?? -1
  const four = [...RATINGS.positiv, ...RATINGS.negativ].map(at)
  return figures.flatMap((row, r) => {
    const value = (c: number) => row[c]?.value
    const sides = Object.entries(RATINGS).flatMap(([side, names]) => {
      const [stated, parts] = [row[at(side)], names.map(at)]
      if (!stated || parts.some((c) => value(c) === undefined)) return []
      return compared(stated, rounded(sum(parts.map(value)), 6), placeOf(table, r, at(side)), SHARE_TOLERANCE)
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

/** What the other tables of an exercise say of one: S1 = T1 + T2, and how many organismos there are (A4). */
export function warningsAcross(own: PublishedTable, others: PublishedTable[]): TableWarning[] {
  const read = readTable(own)
  return read ? [...acrossPeriods(read, others), ...acrossAgencies(read, others)] : []
}

function acrossPeriods(semesters: ReadTable, others: PublishedTable[]): TableWarning[] {
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
  { table, figures, counts, totalRow }: ReadTable,
  period: string,
): { value: number; place: Place } | null {
  const c = periodsOf(table, counts).get(period)
  if (c === undefined) return null
  const stated = figures[totalRow]?.[c]
  if (stated) return { value: stated.value, place: placeOf(table, totalRow, c) }
  const value = sum(figures.map((row) => row[c]?.value))
  return { value, place: { line: table.lines.at(-1) ?? 0, column: table.header[c] ?? '', literal: String(value) } }
}

function acrossAgencies({ table, figures, counts, totalColumn }: ReadTable, others: PublishedTable[]): TableWarning[] {
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
