/** Issue 4, part 1: the largest files there may be, received, looked at and imported by the product, and what that weighs. */
import assert from 'node:assert/strict'
import { openAsBlob, writeFileSync } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileRefusalSentence } from '../../app/text/file-refusals.ts'
import { openConfined, quoteText } from '../../db/duckdb.ts'
import type { ImportRow } from '../../db/imports.ts'
import { snapshotPath } from '../../db/snapshots.ts'
import { MAX_FILE_BYTES } from '../../domain/sources.ts'
import { sum } from '../../scripts/city-file/margins.ts'
import { CITY_CORRECTIONS } from '../support/disturbed-imports.ts'
import { ownBelow, peakOf } from '../support/process-tree.ts'
import { ask, attach, cycleWithSource, importRow, type Target, upload, uploadPath } from '../support/sources.ts'
import { openWorld, type World } from '../support/world.ts'
import { MANY_COLUMNS, SHEET_COLUMNS, SHEET_ROWS, written } from './large-files.ts'

const MAX_MEGABYTES = 512
const MAX_REFUSAL_SECONDS = 10
/** The city file of so many good records weighs a little less than the 2 GB that are taken. */
const CITY_ROWS = 5_450_000
/** How often the page was told how far an import of minutes is. */
const LEAST_TOLD = 10

interface Scene {
  world: World
  cycleId: string
  folder: string
  seed: number
}

interface Took {
  what: string
  seconds: number
  /** The most that one process of the product had resident, in megabytes; ours plays the web. */
  megabytes: { web: number; others: number }
}

/** Each may be proved alone by its number. */
const FILES: ((scene: Scene) => Promise<Took>)[] = [longWorkbook, namedColumns, bareColumns, wideWorkbook, heavyCsv]

export const LARGE_FILES = FILES.length

/** Files `from` up to `runs`. Throws at the first that is not taken whole, not refused in time, or too heavy. */
export async function proveLarge(runs: number, seed: number, from: number, tell: (done: number, said: string) => void) {
  const folder = await mkdtemp(join(tmpdir(), 'caracteriza-large-'))
  const world = await openWorld({ courier: true, workerProcess: {} })
  try {
    const { cycleId } = await cycleWithSource(world)
    for (const [i, prove] of FILES.entries()) {
      if (i < from || i >= runs) continue
      const { what, seconds, megabytes } = await prove({ world, cycleId, folder, seed })
      const said = `${what}, ${seconds.toFixed(1)} s; web ${Math.round(megabytes.web)} MB, others ${Math.round(megabytes.others)} MB at most`
      assert.ok(Math.max(megabytes.web, megabytes.others) <= MAX_MEGABYTES, said)
      tell(i + 1, said)
    }
  } finally {
    await world.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function longWorkbook(scene: Scene): Promise<Took> {
  const file = join(scene.folder, 'largo.xlsx')
  const { rejected, ...found } = await written('longWorkbook', file, scene.seed)
  const { row, ...took } = await imported(scene, file, { valor: { type: 'integer' }, relato: { type: 'text' } })
  assert.deepEqual([row.rows, row.rejects], [found.accepted, rejected])
  assert.deepEqual(await foundIn(scene.world, row), found)
  return { what: `XLSX of ${SHEET_ROWS} rows: ${row.rows} records, ${row.rejects} rejected`, ...took }
}

async function foundIn({ dataDir }: World, { snapshotHash }: ImportRow) {
  const dir = join(dataDir, 'snapshots')
  const database = await openConfined(dir)
  try {
    const from = `FROM read_parquet(${quoteText(snapshotPath({ dir, hash: String(snapshotHash) }))})`
    const [all = []] = await database.rows(`SELECT count(*), sum(consecutivo), sum(valor) ${from}`)
    const [accepted, ...sums] = all.map(Number)
    const comunas = await database.rows(`SELECT count(*) ${from} GROUP BY comuna ORDER BY 1`)
    return { accepted, sums, byComuna: comunas.map(([count]) => Number(count)) }
  } finally {
    database.close()
  }
}

async function heavyCsv(scene: Scene): Promise<Took> {
  const file = join(scene.folder, 'ciudad.csv')
  const { total, badPerKind } = await written('city', file, scene.seed, CITY_ROWS)
  const { size } = await stat(file)
  assert.ok(size <= MAX_FILE_BYTES && size > 0.95 * MAX_FILE_BYTES, `the city file has ${size} bytes`)
  const { row, told, ...took } = await imported(scene, file, CITY_CORRECTIONS)
  assert.deepEqual([row.rows, row.rejects], [total, sum(Object.values(badPerKind))])
  assert.ok(told >= LEAST_TOLD, `the page was told ${told} times how far the import is`)
  return { what: `CSV of ${size} bytes: ${row.rows} records, ${row.rejects} rejected, told ${told} times`, ...took }
}

async function namedColumns(scene: Scene): Promise<Took> {
  const file = join(scene.folder, 'ancho.csv')
  await written('namedColumns', file, scene.seed)
  return await refused(scene, file, `CSV of ${MANY_COLUMNS} columns`)
}

async function bareColumns(scene: Scene): Promise<Took> {
  const file = join(scene.folder, 'ancho-sin-nombres.csv')
  await written('bareColumns', file, scene.seed)
  return await refused(scene, file, `CSV of ${MANY_COLUMNS} columns without names`)
}

async function wideWorkbook(scene: Scene): Promise<Took> {
  const file = join(scene.folder, 'ancho.xlsx')
  await written('wideWorkbook', file, scene.seed)
  return await refused(scene, file, `XLSX of ${SHEET_COLUMNS} columns`)
}

const sourceOf = async ({ world, cycleId }: Scene): Promise<Target> => ({
  cycleId,
  sourceId: await attach(world, cycleId),
})

/** One that is not taken: at once, in a sentence, and with nothing left. */
async function refused(scene: Scene, file: string, kind: string): Promise<Took> {
  const target = await sourceOf(scene)
  const actor = await scene.world.actor('profesional_tic')
  const blob = await openAsBlob(file)
  const start = performance.now()
  const { result, megabytes } = await weighed(() => upload(scene.world, actor, target, blob, basename(file)))
  const seconds = (performance.now() - start) / 1000
  if (result.outcome !== 'refused') throw new Error(`${kind} was ${result.outcome}`)
  assert.ok(seconds <= MAX_REFUSAL_SECONDS, `${kind} took ${seconds} s`)
  return { what: `${kind}: «${fileRefusalSentence(result.refusal)}»`, seconds, megabytes }
}

/** One that is taken whole; `told` counts how often the page could tell that the import had gone on. */
async function imported(scene: Scene, file: string, corrections: Record<string, object>) {
  const { world } = scene
  const target = await sourceOf(scene)
  const actor = await world.actor('profesional_tic')
  const start = performance.now()
  const { result, megabytes } = await weighed(async () => {
    const importId = await uploadPath(world, actor, target, file)
    await ask(world, actor, target, importId, corrections)
    return await followed(world, importId)
  })
  return { ...result, megabytes, seconds: (performance.now() - start) / 1000 }
}

async function followed(world: World, importId: string): Promise<{ row: ImportRow; told: number }> {
  const soFar = new Set<string>()
  let last = 0
  for (;;) {
    const row = await importRow(world, importId)
    if (row.status === 'done') return { row, told: soFar.size }
    if (row.status !== 'received' && row.status !== 'running')
      throw new Error(`ended ${row.status}: ${row.failureCode}`)
    assert.ok(row.progressRows >= last, `from ${last} records back to ${row.progressRows}`)
    last = row.progressRows
    soFar.add(`${row.phase} ${row.progressBytes} ${row.progressRows}`)
    await sleep(200)
  }
}

/** The most memory that this process, and each that it or the worker starts, has resident while `work` goes on. */
async function weighed<T>(work: () => Promise<T>): Promise<{ result: T; megabytes: Took['megabytes'] }> {
  // What was written before, and the worker's own beginning, are no part of it (Linux, proc(5)).
  for (const pid of [process.pid, ...ownBelow(process.pid)]) writeFileSync(`/proc/${pid}/clear_refs`, '5')
  let others = 0
  const watch = setInterval(() => {
    others = Math.max(others, ...ownBelow(process.pid).map(peakOf))
  }, 100)
  const result = await work().finally(() => clearInterval(watch))
  return { result, megabytes: { web: peakOf(process.pid), others } }
}
