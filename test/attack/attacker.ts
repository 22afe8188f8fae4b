/**
 * Somebody outside who has every published file and a linear solver. Knows nothing of the code that protects: reads the
 * files' own words, joins the tables that ask the same, and asks for the least and most each hidden count can be.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import loadHighs from 'highs'

interface PublishedCell {
  registros: number | null
}
interface PublishedSlice {
  celdas: PublishedCell[][]
  totales_fila: PublishedCell[]
  totales_columna: PublishedCell[]
  total: PublishedCell
}
interface PublishedTable extends PublishedSlice {
  filas: { variable: string; valores: string[] }
  columnas: { variable: string; valores: string[] } | null
  capas?: { variable: string; valores: string[] }
  porCapa?: PublishedSlice[]
  filtro: { variable: string; op: string; values: string[] }[]
  metodo: string[]
  corte_sha256: string
}

interface Known {
  /** Undefined while every file hides it. */
  value: number | undefined
  /** Every table that hides it hides zeros too, so it may be one. */
  mayBeZero: boolean
}

export interface Recovered {
  cell: string
  low: number
  /** Infinite where nothing bounds it. */
  high: number
}

const MOST = 1e7

/** Values of `by` that each value of `variable` gathers, as everybody knows. */
interface Gathered {
  variable: string
  by: string
  values: Record<string, string[]>
}

/** Bounds of every hidden count in the files (texts of published JSON), smallest interval first. */
export async function attack(files: string[], gathered: Gathered[] = []): Promise<Recovered[]> {
  const cells = new Map<string, Known>()
  const sums: { whole: string; parts: string[] }[] = []
  for (const file of files)
    for (const table of JSON.parse(file).tablas as PublishedTable[]) readTable(table, cells, sums)
  joinFilters(cells, sums)
  for (const one of gathered) joinGathered(one, cells, sums)
  readZeros(cells, gathered)
  const hidden = [...cells].filter(([, { value }]) => value === undefined)
  const names = new Map(hidden.map(([key], i) => [key, `x${i}`]))
  const rows = new Set(sums.map(({ whole, parts }) => rowOf(whole, parts, cells, names)).filter(Boolean))
  const bounds = hidden.map(([key, { mayBeZero }]) => `${mayBeZero ? 0 : 1} <= ${names.get(key)} <= ${MOST}`)
  const body = `Subject To\n${[...rows].map((row, i) => ` r${i}: ${row}`).join('\n')}\nBounds\n ${bounds.join('\n ')}\nEnd\n`
  const solve = await solver()
  const found: Recovered[] = []
  for (const [cell] of hidden) {
    if (isRest(cell)) continue
    const least = solve(`Minimize\n obj: ${names.get(cell)}\n${body}`)
    const most = solve(`Maximize\n obj: ${names.get(cell)}\n${body}`)
    found.push({ cell, low: least, high: most >= MOST / 2 ? Number.POSITIVE_INFINITY : most })
  }
  return found.sort((a, b) => a.high - a.low - (b.high - b.low))
}

function readTable(table: PublishedTable, cells: Map<string, Known>, sums: { whole: string; parts: string[] }[]) {
  const zeros = table.metodo.some((sentence) => sentence.includes('el cero también se oculta'))
  const fixed = table.filtro.map(({ variable, op, values }) => `${variable} ${op} ${[...values].sort().join('|')}`)
  const keyOf = (...at: (string | undefined)[]) =>
    [table.corte_sha256, ...[...fixed, ...at.filter((one) => one !== undefined)].sort()].join(' & ')
  const see = (key: string, cell: PublishedCell | undefined) => {
    const before = cells.get(key)
    const value = cell?.registros ?? before?.value
    cells.set(key, { value, mayBeZero: zeros && (before?.mayBeZero ?? true) })
    return key
  }
  const [down, across, deep] = [table.filas, table.columnas, table.capas]
  const of = (side: { variable: string } | null | undefined, value: string) => `${side?.variable} es ${value}`
  const slice = (part: PublishedSlice, layer: string | undefined) => {
    const total = see(keyOf(layer), part.total)
    if (!across) {
      sums.push({
        whole: total,
        parts: down.valores.map((value, r) => see(keyOf(of(down, value)), part.celdas[r]?.[0])),
      })
      return
    }
    const rows = down.valores.map((value, r) => see(keyOf(layer, of(down, value)), part.totales_fila[r]))
    const columns = across.valores.map((value, c) => see(keyOf(layer, of(across, value)), part.totales_columna[c]))
    const inner = down.valores.map((row, r) =>
      across.valores.map((column, c) => see(keyOf(layer, of(down, row), of(across, column)), part.celdas[r]?.[c])),
    )
    sums.push({ whole: total, parts: rows }, { whole: total, parts: columns })
    for (const [r, whole] of rows.entries()) sums.push({ whole, parts: inner[r] as string[] })
    for (const [c, whole] of columns.entries()) sums.push({ whole, parts: inner.map((row) => row[c] as string) })
  }
  slice(table, undefined)
  for (const [l, part] of (table.porCapa ?? []).entries()) slice(part, of(deep, deep?.valores[l] as string))
  if (!deep || !across) return
  for (const row of [undefined, ...down.valores])
    for (const column of [undefined, ...across.valores]) {
      const at = [row && of(down, row), column && of(across, column)]
      sums.push({ whole: keyOf(...at), parts: deep.valores.map((value) => keyOf(of(deep, value), ...at)) })
    }
}

/** `X eq a` is the value a of X; what a filter leaves out is never negative. */
function joinFilters(cells: Map<string, Known>, sums: { whole: string; parts: string[] }[]) {
  for (const key of [...cells.keys()]) {
    const parts = key.split(' & ')
    for (const part of parts) {
      const [, variable, value] = /^(\S+) eq (.*)$/.exec(part) ?? []
      if (!variable) continue
      const as = (other: string) => {
        const [hash = '', ...rest] = parts.map((one) => (one === part ? other : one)).filter(Boolean)
        return [hash, ...rest.sort()].join(' & ')
      }
      const same = as(`${variable} es ${value}`)
      if (cells.has(same)) sums.push({ whole: same, parts: [key] })
      const whole = as('')
      if (!cells.has(whole)) continue
      const rest = `${key} resto ${variable}`
      cells.set(rest, { value: undefined, mayBeZero: true })
      sums.push({ whole, parts: [key, rest] })
    }
  }
}

/** Where a file shows that nobody is in a group, nobody is in a part of it: that is read, and nothing worked out. */
function readZeros(cells: Map<string, Known>, gathered: Gathered[]) {
  const empty = [...cells].filter(([key, { value }]) => value === 0 && !isRest(key)).map(([key]) => key.split(' & '))
  for (const [key, known] of cells) {
    if (known.value !== undefined || isRest(key)) continue
    const parts = key.split(' & ')
    const all = new Set([...parts, ...parts.flatMap((part) => groupsOf(part, gathered))])
    if (empty.some((group) => group.every((part) => all.has(part)))) cells.set(key, { ...known, value: 0 })
  }
}

/** `trimestre es T1` is in `semestre es S1`. */
function groupsOf(part: string, gathered: Gathered[]): string[] {
  const [, by, value = ''] = /^(\S+) (?:es|eq) (.*)$/.exec(part) ?? []
  return gathered
    .filter((one) => one.by === by)
    .flatMap(({ variable, values }) =>
      Object.keys(values)
        .filter((group) => values[group]?.includes(value))
        .map((group) => `${variable} es ${group}`),
    )
}

/** S1 is T1 and T2; S1 in T1 is T1, and S1 in T3 is nobody. */
function joinGathered(one: Gathered, cells: Map<string, Known>, sums: { whole: string; parts: string[] }[]) {
  const { variable, by, values } = one
  for (const [key, known] of cells) {
    const [hash = '', ...parts] = key.split(' & ')
    const keyOf = (...at: string[]) => [hash, ...at.sort()].join(' & ')
    const group = parts.find((part) => part.startsWith(`${variable} es `) || part.startsWith(`${variable} eq `))
    if (group === undefined || isRest(key)) continue
    const rest = parts.filter((part) => part !== group)
    const [within] = rest.flatMap((part) => groupsOf(part, [one]))
    const value = group.slice(`${variable} es `.length)
    const gathers = values[value] ?? []
    const same = within ? [keyOf(...rest)] : gathers.map((one) => keyOf(...rest, `${by} es ${one}`))
    if (within && within !== `${variable} es ${value}`) cells.set(key, { ...known, value: 0 })
    else if (same.every((place) => cells.has(place))) sums.push({ whole: key, parts: same })
  }
}

/** What a filter leaves out, which no file counts. */
const isRest = (key: string) => key.includes(' resto ')

function rowOf(whole: string, parts: string[], cells: Map<string, Known>, names: Map<string, string>): string {
  let known = 0
  const terms: string[] = []
  for (const [key, sign] of [...parts.map((part) => [part, 1] as const), [whole, -1] as const]) {
    const name = names.get(key)
    if (name) terms.push(`${sign < 0 ? '-' : '+'} ${name}`)
    else known += sign * (cells.get(key)?.value ?? 0)
  }
  return terms.length === 0 ? '' : `${terms.join(' ')} = ${-known}`
}

type Solve = (program: string) => number

/** GLPK where the machine has it; else HiGHS, asked in its own words. */
export async function solver(): Promise<Solve> {
  if (spawnSync('glpsol', ['--version']).status === 0) return withGlpk
  const highs = await (loadHighs as unknown as typeof loadHighs.default)()
  return (program) => {
    const { Status, ObjectiveValue } = highs.solve(program, { output_flag: false } as never)
    if (Status !== 'Optimal') throw new Error(`the attack could not read the files: ${Status}`)
    return Math.round(ObjectiveValue * 1e6) / 1e6
  }
}

function withGlpk(program: string): number {
  const folder = mkdtempSync(join(tmpdir(), 'caracteriza-attack-'))
  try {
    const [model, out] = [join(folder, 'm.lp'), join(folder, 'out')]
    writeFileSync(model, program)
    spawnSync('glpsol', ['--lp', model, '-o', out])
    const [, value] = /Objective:\s+obj = (\S+)/.exec(readFileSync(out, 'utf8')) ?? []
    if (value === undefined) throw new Error('the attack could not read the files')
    return Math.round(Number(value) * 1e6) / 1e6
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
