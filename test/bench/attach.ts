/** Bench `attach`: the city file becomes a snapshot, its profile and a reject file; against csv-parse and zod, row by row. */
import { fork } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { DuckDBInstance } from '@duckdb/node-api'
import { parse } from 'csv-parse'
import { z } from 'zod'
import { CHANNELS, CITY_FILE_BAD_TOTAL, CITY_FILE_TOTAL } from '../../catalog/demo/city-file.ts'
import { sniffFile } from '../../db/ingest/sniff.ts'
import { keepProfileApart } from '../../db/profile-apart.ts'
import { readApart } from '../../db/read-apart.ts'
import { proposeMapping } from '../../domain/mapping-proposal.ts'
import { sum } from '../../scripts/city-file/margins.ts'
import { writeCityFile } from '../../scripts/generate-city-file.ts'
import { peakOf, treeOf } from '../support/process-tree.ts'
import { type BenchRow, below } from './figures.ts'

const KEY = Buffer.alloc(32, 7)
const ROUNDS = 3
const LARGE_ROWS = 10_000_000

interface Measured {
  seconds: number
  accepted: number
  rejected: number
  peakMegabytes: number
}

const text = z.string()
const category = z.string().max(200)

const CityRow = z.object({
  radicado: z.string().min(1),
  fecha_radicacion: z.iso.date(),
  trimestre: category,
  semestre: category,
  organismo: z.string().min(1),
  tipo_comunicacion: category,
  canal: z.enum(CHANNELS.map(([value]) => value)),
  punto_atencion: category,
  comuna: category,
  zona: category,
  tipo_persona: category,
  tipo_documento: category,
  numero_documento: text,
  nombre: text,
  correo: text,
  telefono: text,
  sexo: category,
  grupo_etario: category,
  estrato: category,
  escolaridad: category,
  grupo_poblacional: category,
  discapacidad: category,
  dias_respuesta: z
    .string()
    .regex(/^\d+(,\d+)?$/)
    .transform((value) => Number(value.replace(',', '.'))),
  calificacion: category,
  aviso: category,
})
const IDENTIFIERS = ['radicado', 'numero_documento', 'nombre', 'correo', 'telefono'] as const

/**
 * The obvious way, row by row: csv-parse, zod, duplicates. `all` also does the rest of the job: pseudonyms, the records
 * appended to DuckDB and written as Parquet, the same profile of each column, the rejects as CSV.
 */
async function naive(file: string, dir: string, all: boolean) {
  const seen = new Set<string>()
  const records = all ? await naiveParquet(join(dir, 'naive.parquet')) : undefined
  const profile = new NaiveProfile()
  // Large buffers: waiting for the disk every few records would flatter our own figure.
  const bad = createWriteStream(join(dir, 'naive-rejects.csv'), { highWaterMark: 1 << 20 })
  const counts = { accepted: 0, rejected: 0 }
  const rows = createReadStream(file).pipe(
    parse({ delimiter: ';', columns: true, relax_column_count: true, info: true }),
  )
  for await (const { record, info } of rows) {
    const read = CityRow.safeParse(record)
    const isGood = read.success && info.error === undefined && !seen.has(read.data.radicado)
    counts[isGood ? 'accepted' : 'rejected'] += 1
    if (isGood) seen.add(read.data.radicado)
    if (!records) continue
    if (isGood) {
      const kept = pseudonymized(read.data)
      records.append(kept)
      profile.take(kept)
    } else
      bad.write(
        `${info.lines};${String(read.error?.issues[0]?.path[0] ?? '')};${read.error?.issues[0]?.code ?? 'other'}\n`,
      )
  }
  bad.end()
  await finished(bad)
  await records?.close()
  if (records) await writeFile(join(dir, 'naive-profile.json'), JSON.stringify(profile.facts()))
  return counts
}

/** Empty and different values of each column, least and greatest where they have an order. */
class NaiveProfile {
  #columns = new Map<string, { empty: number; values: Set<unknown>; min: unknown; max: unknown }>()

  take(row: Record<string, unknown>) {
    for (const [name, value] of Object.entries(row)) {
      const column = this.#columns.get(name) ?? { empty: 0, values: new Set(), min: value, max: value }
      this.#columns.set(name, column)
      if (value === '') {
        column.empty += 1
        continue
      }
      column.values.add(value)
      if ((value as string) < (column.min as string)) column.min = value
      if ((value as string) > (column.max as string)) column.max = value
    }
  }

  facts() {
    return [...this.#columns].map(([name, { values, ...facts }]) => ({ name, distinct: values.size, ...facts }))
  }
}

/** One appended value after another, then one COPY. */
async function naiveParquet(path: string) {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const names = Object.keys(CityRow.shape)
  const type = (name: string) => (name === 'dias_respuesta' ? 'DOUBLE' : 'VARCHAR')
  await connection.run(`create table city (${names.map((name) => `${name} ${type(name)}`).join(', ')})`)
  const appender = await connection.createAppender('city')
  const append = (row: Record<string, unknown>) => {
    for (const name of names) {
      const value = row[name]
      if (typeof value === 'number') appender.appendDouble(value)
      else appender.appendVarchar(String(value))
    }
    appender.endRow()
  }
  const close = async () => {
    appender.closeSync()
    await connection.run(`copy city to '${path}' (format parquet)`)
    connection.closeSync()
  }
  return { append, close }
}

function pseudonymized(row: z.infer<typeof CityRow>) {
  const copy: Record<string, unknown> = { ...row }
  for (const name of IDENTIFIERS)
    if (row[name] !== '') copy[name] = createHmac('sha256', KEY).update(row[name]).digest('hex')
  return copy
}

async function product(file: string, dir: string) {
  const sniffed = await sniffFile(file)
  if (!sniffed.ok) throw new Error(sniffed.refusal.code)
  const { header, sampleRows } = sniffed.file
  const corrections: Record<string, object> = {
    canal: { allowed: CHANNELS.map(([value]) => value), required: true },
    organismo: { required: true },
    fecha_radicacion: { required: true },
  }
  const mapping = proposeMapping(header, sampleRows).map((column) => ({ ...column, ...corrections[column.code] }))
  const result = await readApart({
    file,
    sniff: sniffed.file,
    mapping,
    secretKey: KEY,
    outDir: join(dir, 'snapshots'),
  })
  if (!result.ok) throw new Error(result.refusal.code)
  const snapshot = { dir: join(dir, 'snapshots'), hash: result.hash }
  const profile = join(snapshot.dir, `${snapshot.hash}.profile.json`)
  await rm(profile, { force: true })
  const rejects = result.rejects?.path ?? null
  await keepProfileApart({ ref: snapshot, rejects }, new AbortController().signal)
  await access(profile)
  return result.counts
}

/** The most memory this process, or one it started, had while `work` went on, in megabytes. */
async function withPeak<T>(work: () => Promise<T>): Promise<{ result: T; peakMegabytes: number }> {
  const peaks = [0]
  const timer = setInterval(() => peaks.push(...treeOf(process.pid).map(peakOf)), 50)
  const result = await work().finally(() => clearInterval(timer))
  return { result, peakMegabytes: Math.max(process.resourceUsage().maxRSS / 1024, ...peaks) }
}

/** Each measurement in a process of its own, so that its peak memory is its own. */
function inChild(job: string, file: string, dir: string): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), ['child', job, file, dir])
    child.once('message', (measured) => resolve(measured as Measured))
    child.once('error', reject)
    child.once('exit', (status) => status !== 0 && reject(new Error(`${job} ended with ${status}`)))
  })
}

async function child(job: string, file: string, dir: string) {
  const start = performance.now()
  const { result, peakMegabytes } = await withPeak(() =>
    job === 'product' ? product(file, dir) : naive(file, dir, job === 'naive-all'),
  )
  const seconds = (performance.now() - start) / 1000
  const { accepted, rejected } = result
  process.send?.({ seconds, accepted, rejected, peakMegabytes } satisfies Measured)
  process.disconnect?.()
}

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] as number

/** City file → snapshot, profile and rejects (seconds), its peak memory; both baselines measured in the same run. */
export async function attach(): Promise<BenchRow[]> {
  const dir = await mkdtemp(join(tmpdir(), 'caracteriza-bench-'))
  try {
    const file = join(dir, 'ciudad.csv')
    await writeCityFile(file)
    const bare = await inChild('naive', file, dir)
    const whole = await inChild('naive-all', file, dir)
    const ours: Measured[] = []
    for (let round = 0; round < ROUNDS; round++) ours.push(await inChild('product', file, dir))
    return rowsOf(bare, whole, ours)
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

/** The same with 10,000,000 records, 3.6 GB: more than is taken from a browser. What it weighs, and how long it takes. */
export async function attachLarge(): Promise<BenchRow[]> {
  const dir = await mkdtemp(join(tmpdir(), 'caracteriza-bench-'))
  try {
    const file = join(dir, 'ciudad.csv')
    const { total, badPerKind } = await writeCityFile(file, { rows: LARGE_ROWS })
    const { accepted, rejected, peakMegabytes, seconds } = await inChild('product', file, dir)
    if (accepted !== total || rejected !== sum(Object.values(badPerKind)))
      throw new Error(`${accepted} records accepted of ${total}, ${rejected} rejected`)
    const time = { value: round(seconds), unit: 's', baseline: null, ratio: null, target: '(informative)', ok: true }
    return [
      below('attach of 10,000,000 records: peak memory', peakMegabytes, 'MB', 512),
      { name: 'attach of 10,000,000 records', ...time },
    ]
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

function rowsOf(bare: Measured, whole: Measured, ours: Measured[]): BenchRow[] {
  const seconds = median(ours.map((measured) => measured.seconds))
  const peak = Math.max(...ours.map((measured) => measured.peakMegabytes))
  const isRight = ours.every(
    ({ accepted, rejected }) => accepted === CITY_FILE_TOTAL && rejected === CITY_FILE_BAD_TOTAL,
  )
  const against = (name: string, unit: string, baseline: number, least: number | null): BenchRow => {
    const ratio = baseline / seconds
    const target = least === null ? '(informative)' : `≥ ${least} ×`
    const ok = isRight && ratio >= (least ?? 0)
    return { name, value: round(seconds), unit, baseline: round(baseline), ratio: round(ratio), target, ok }
  }
  return [
    against('attach', 's; base: csv-parse + zod row by row, the same whole job', whole.seconds, 10),
    // Less work than ours, shown for honesty.
    against('attach: against reading alone', 's; base: csv-parse + zod, nothing kept', bare.seconds, null),
    {
      name: 'attach: peak memory',
      value: round(peak),
      unit: 'MB',
      baseline: round(whole.peakMegabytes),
      ratio: null,
      target: '< 512 MB',
      ok: peak < 512,
    },
  ]
}

const round = (value: number) => Math.round(value * 100) / 100

if (process.argv[2] === 'child')
  await child(process.argv[3] as string, process.argv[4] as string, process.argv[5] as string)
