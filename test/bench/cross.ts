/**
 * Bench `cross`: every cross of two of 20 variables; against one GROUP BY each over typed columns in PostgreSQL. Both turn by
 * turn, several times, and the quickest of each is compared: what else the machine does weighs on some rounds and not on all.
 */
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { count } from '../../db/aggregates/counting.ts'
import { openSnapshot } from '../../db/aggregates/opened.ts'
import { questionOf } from '../../db/aggregates/question.ts'
import { emitAggregates } from '../../db/aggregates.ts'
import { buildSnapshot } from '../../db/ingest.ts'
import { startPostgres } from '../../scripts/postgres.ts'
import { requireBuilt, requireSniffed } from '../db/city-snapshot.ts'
import { TEST_SECRET } from '../support/services.ts'
import { type BenchRow, round } from './figures.ts'

/** Values of each variable, as a register of citizens has them: agencies and comunas, then bands, then yes and no. */
const SIZES = [44, 24, 22, 16, 12, 10, 9, 8, 8, 7, 6, 6, 5, 5, 4, 4, 3, 3, 2, 2]
const NAMES = SIZES.map((_, i) => `v${i}`)
const PAIRS = NAMES.flatMap((a, i) => NAMES.slice(i + 1).map((b) => [a, b] as const))
/** Records sent to PostgreSQL at once. */
const BATCH = 50_000
const RUNS = [
  { records: 338_142, seconds: 0.3, rounds: 5 },
  { records: 1_000_000, seconds: 0.8, rounds: 3 },
]
type Run = (typeof RUNS)[number]

export async function cross(): Promise<BenchRow[]> {
  const dir = await mkdtemp(join(tmpdir(), 'caracteriza-bench-'))
  const postgres = await startPostgres({ dataDir: dir, secret: TEST_SECRET })
  try {
    const rows: BenchRow[] = []
    for (const run of RUNS) rows.push(...(await measure(dir, postgres.superuserUrl(), run)))
    return rows
  } finally {
    await postgres.stop()
    await rm(dir, { recursive: true, force: true })
  }
}

async function measure(dir: string, url: string, { records, seconds: limit, rounds }: Run): Promise<BenchRow[]> {
  const file = join(dir, `${records}.csv`)
  const columns = recordsOf(records)
  await writeRecords(file, columns)
  const source = await snapshotOf(dir, file)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await load(client, columns)
  const ours: number[] = []
  const theirs: number[] = []
  let isSame = true
  for (let round = 0; round < rounds; round++) {
    const base = await groupBys(client, records)
    theirs.push(base.seconds)
    // A folder of its own each time: nothing is answered from what the round before counted.
    const again = { ...source, dir: join(dir, `${records}-${round}`) }
    await cp(source.dir, again.dir, { recursive: true })
    const begun = performance.now()
    const tables = await countAll(again)
    ours.push((performance.now() - begun) / 1000)
    isSame &&= tables.length === base.tables.length && tables.every((table, i) => table === base.tables[i])
  }
  await client.end()
  const protecting = performance.now()
  for (const [rows, columns] of PAIRS) await emitAggregates('publico', { kind: 'cross', rows, columns }, source)
  const protectedIn = (performance.now() - protecting) / 1000
  const [value, baseline] = [Math.min(...ours), Math.min(...theirs)]
  const name = `cross: 190 tables, ${records} records`
  const target = `< ${limit} s and ≥ 30 ×`
  const ok = isSame && value < limit && baseline / value >= 30
  return [
    { name, value: round(value), unit: 's', baseline: round(baseline), ratio: round(baseline / value), target, ok },
    {
      ...{ name: `${name}, protected`, value: round(protectedIn), unit: 's', baseline: null, ratio: null },
      ...{ target: '(informative)', ok: true },
    },
  ]
}

/** The same records in every run, one array a variable: a generator with a fixed seed, skewed as real counts are. */
function recordsOf(records: number): Int16Array[] {
  const columns = SIZES.map(() => new Int16Array(records))
  let state = 20_260_724
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  for (let i = 0; i < records; i++)
    for (const [v, column] of columns.entries()) column[i] = 1 + Math.floor(random() * random() * (SIZES[v] as number))
  return columns
}

async function writeRecords(file: string, columns: Int16Array[]): Promise<void> {
  const out = createWriteStream(file, { highWaterMark: 1 << 20 })
  out.write(`${NAMES.join(';')}\n`)
  for (let i = 0; i < (columns[0]?.length ?? 0); i++)
    if (!out.write(`${columns.map((column) => column[i]).join(';')}\n`)) await once(out, 'drain')
  out.end()
  await once(out, 'finish')
}

async function snapshotOf(dir: string, file: string) {
  const mapping = NAMES.map((code) => ({
    ...{ column: code, code, label: code, type: 'category' as const, role: 'variable' as const },
    ...{ sensitive: false, required: false, unique: false, dateFormat: 'iso' as const, decimalMark: ',' as const },
  }))
  const outDir = join(dir, 'snapshots')
  const sniff = await requireSniffed(file)
  const built = requireBuilt(await buildSnapshot({ file, sniff, mapping, secretKey: Buffer.alloc(32, 7), outDir }))
  return { dir: outDir, hash: built.hash }
}

/** Every table as a sum of what makes it its own, to compare with the other way. */
async function countAll(source: { dir: string; hash: string }): Promise<string[]> {
  const opened = await openSnapshot(source)
  const tables: string[] = []
  for (const [rows, columns] of PAIRS) {
    const question = await questionOf(opened, { kind: 'cross', rows, columns })
    const { cells } = await count(opened, question, 5)
    const [side, other] = [question.rows.axis.values, question.columns?.axis.values ?? []]
    tables.push(
      signature(cells.flatMap((row, r) => row.map((n, c) => [Number(side[r]), Number(other[c]), n] as const))),
    )
  }
  return tables
}

const signature = (cells: (readonly [number, number, number])[]) =>
  cells
    .reduce((sum, [r, c, n]) => sum + (n > 0 ? BigInt(n) * BigInt(r * 1_000 + c) + BigInt(n) * BigInt(n) : 0n), 0n)
    .toString()

async function load(client: pg.Client, columns: Int16Array[]): Promise<void> {
  const records = columns[0]?.length ?? 0
  await client.query(
    `create unlogged table r${records} (${NAMES.map((name) => `${name} smallint not null`).join(', ')})`,
  )
  const arrays = NAMES.map((_, i) => `$${i + 1}::smallint[]`).join(', ')
  for (let at = 0; at < records; at += BATCH) {
    const batch = columns.map((column) => Array.from(column.subarray(at, at + BATCH)))
    await client.query(`insert into r${records} select * from unnest(${arrays})`, batch)
  }
  await client.query(`vacuum analyze r${records}`)
}

async function groupBys(client: pg.Client, records: number) {
  const begun = performance.now()
  const answers: number[][][] = []
  for (const [a, b] of PAIRS) {
    const text = `select ${a}, ${b}, count(*)::int from r${records} group by 1, 2`
    answers.push((await client.query<number[]>({ text, rowMode: 'array' })).rows)
  }
  const seconds = (performance.now() - begun) / 1000
  return { seconds, tables: answers.map((rows) => signature(rows as unknown as [number, number, number][])) }
}
