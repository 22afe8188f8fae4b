/** The worker killed with -9 at random instants of an import, each of which ends as one that nobody disturbed (issue 4). */
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { CITY_FILE_BAD_TOTAL, CITY_FILE_TOTAL } from '../../catalog/demo/city-file.ts'
import {
  asked,
  endsWhole,
  type ImportScene,
  type Left,
  openImportScene,
  removeFiles,
} from '../support/disturbed-imports.ts'
import { randomOf } from '../support/random.ts'
import { importRow } from '../support/sources.ts'

const TOLD_EVERY = 10
/** Instants lie between the asking and somewhat after the end of an import that nobody disturbs. */
const BEYOND_THE_END = 1.1

export interface Killed {
  kills: number
  /** Where the import stood when its worker was killed. */
  before: number
  reading: number
  after: number
}

/** Kills `from` up to `runs` of a seed; throws at the first import that ends otherwise than the undisturbed one. */
export async function proveImport(
  runs: number,
  seed: number,
  from: number,
  tell: (done: number, so: Killed) => void,
): Promise<Killed> {
  const scene = await openImportScene(CITY_FILE_TOTAL)
  try {
    const first = await asked(scene)
    const start = performance.now()
    const calm = await endsWhole(scene, first)
    const span = (performance.now() - start) * BEYOND_THE_END
    assert.deepEqual([calm.rows, calm.rejects], [CITY_FILE_TOTAL, CITY_FILE_BAD_TOTAL])
    const so: Killed = { kills: 0, before: 0, reading: 0, after: 0 }
    for (let run = from; run < runs; run++) {
      const wait = randomOf(seed + run)() * span
      await killedAfter(scene, wait, calm, so).catch((error) => {
        throw new Error(`kill ${run}, ${Math.round(wait)} ms after the asking: ${(error as Error).message}`)
      })
      if ((run + 1) % TOLD_EVERY === 0) tell(run + 1, so)
    }
    return so
  } finally {
    await scene.close()
  }
}

async function killedAfter(scene: ImportScene, wait: number, calm: Left, so: Killed): Promise<void> {
  removeFiles(scene, calm)
  const one = await asked(scene)
  await sleep(wait)
  await scene.world.worker.kill()
  const { status } = await importRow(scene.world, one.importId)
  so.kills += 1
  so[status === 'done' ? 'after' : status === 'running' ? 'reading' : 'before'] += 1
  await scene.world.worker.start()
  assert.deepEqual(await endsWhole(scene, one), calm)
}
