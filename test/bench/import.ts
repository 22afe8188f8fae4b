/** Bench `import`: what worker and reader weigh while the product imports the city file, and 300 MB of free text. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { CITY_FILE_TOTAL } from '../../catalog/demo/city-file.ts'
import { writeCityFile } from '../../scripts/generate-city-file.ts'
import { livePid } from '../../scripts/processes.ts'
import { peakOf, readersOf } from '../support/process-tree.ts'
import { ask, attach, cycleWithSource, importRow, uploadPath } from '../support/sources.ts'
import { openWorld, type World } from '../support/world.ts'
import { type BenchRow, below } from './figures.ts'
import { writeFreeText } from './free-text.ts'

const FREE_TEXT_BYTES = 299_000_000
const MEGABYTES = 512

export async function imports(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'caracteriza-bench-'))
  const city = join(folder, 'ciudad.csv')
  const text = join(folder, 'relatos.csv')
  let world: World | undefined
  try {
    await writeCityFile(city)
    const stories = await writeFreeText(text, FREE_TEXT_BYTES)
    world = await openWorld({ courier: true, workerProcess: {} })
    const { cycleId } = await cycleWithSource(world)
    const ofCity = await imported(world, cycleId, city, CITY_FILE_TOTAL)
    const ofText = await imported(world, cycleId, text, stories)
    return [
      below('import: the reader of the city file', ofCity.reader, 'MB', MEGABYTES),
      below('import: the worker from its start through the city file', ofCity.worker, 'MB', MEGABYTES),
      below('import: the reader of 300 MB of free text', ofText.reader, 'MB', MEGABYTES),
      below('import: the worker from its start through both', ofText.worker, 'MB', MEGABYTES),
    ]
  } finally {
    await world?.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** The most memory worker and reader had resident, in megabytes; throws when not every record arrived. */
async function imported(world: World, cycleId: string, file: string, least: number) {
  const worker = livePid(join(world.dataDir, 'run'), 'worker') ?? 0
  const target = { cycleId, sourceId: await attach(world, cycleId) }
  const actor = await world.actor('profesional_tic')
  const importId = await uploadPath(world, actor, target, file)
  await ask(world, actor, target, importId)
  let reader = 0
  for (;;) {
    reader = Math.max(reader, ...readersOf(worker).map(peakOf))
    const { status, rows } = await importRow(world, importId)
    if (status === 'done' && Number(rows) >= least) return { reader, worker: peakOf(worker) }
    if (status !== 'received' && status !== 'running') throw new Error(`${file} ended ${status} with ${rows} records`)
    await sleep(50)
  }
}
