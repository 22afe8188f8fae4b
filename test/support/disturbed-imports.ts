/** Imports of the city file by a worker that may be killed, and what is left when each has ended. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Actor } from '../../app/session.server.ts'
import { cityMapping } from '../../catalog/demo/city-mapping.ts'
import { withActor } from '../../db/client.ts'
import { readSealed } from '../../db/sealed-files.ts'
import { findSource } from '../../db/sources.ts'
import { writeCityFile } from '../../scripts/generate-city-file.ts'
import { eventually } from '../../scripts/processes.ts'
import { ask, attach, cycleWithSource, importRow, type Target, uploadPath } from './sources.ts'
import { openWorld, type World } from './world.ts'

const PATIENCE_SECONDS = 180

export interface ImportScene {
  world: World
  actor: Actor
  target: Target
  /** A folder of the test's own, and in it the city file. */
  folder: string
  file: string
  close(): Promise<void>
}

/** A world whose worker is a process of its own, given `env`; a city file of `rows` good records waits in it. */
export async function openImportScene(rows: number, envIn: (folder: string) => Record<string, string> = () => ({})) {
  const folder = await mkdtemp(path.join(tmpdir(), 'caracteriza-disturbed-'))
  const file = path.join(folder, 'ciudad.csv')
  await writeCityFile(file, { rows })
  const world = await openWorld({ courier: true, workerProcess: envIn(folder) })
  const close = async () => {
    await world.close()
    await rm(folder, { recursive: true, force: true })
  }
  const actor = await world.actor('profesional_tic')
  const scene: ImportScene = { world, actor, target: await cycleWithSource(world), folder, file, close }
  return scene
}

export interface Asked {
  importId: string
  one: Target
}

/** The file uploaded to a source of its own, and its import asked for. */
export async function asked({ world, actor, target, file }: ImportScene): Promise<Asked> {
  const one = { ...target, sourceId: await attach(world, target.cycleId) }
  const importId = await uploadPath(world, actor, one, file)
  await ask(world, actor, one, importId, CITY_CORRECTIONS)
  return { importId, one }
}

/** What a person only knows after having seen the file, by column. */
export const CITY_CORRECTIONS = Object.fromEntries(
  cityMapping({ header: ['canal', 'organismo', 'fecha_radicacion'], sampleRows: [] }).map((column) => [
    column.code,
    { allowed: column.allowed, required: column.required },
  ]),
)

export const sourceNow = ({ world, actor }: ImportScene, one: Target) =>
  withActor(world.context.db, actor, (trx) => findSource(trx, one.cycleId, one.sourceId))

/** Names in a folder of the installation. */
export function namesIn({ world }: Pick<ImportScene, 'world'>, name: string): string[] {
  const dir = path.join(world.dataDir, name)
  return existsSync(dir) ? readdirSync(dir) : []
}

/** What an import leaves, by SHA-256: two that leave the same are equal to the byte. */
export interface Left {
  rows: number | null
  rejects: number | null
  rejectsByReason: unknown
  snapshot: string
  profile: string
  rejectFile: string
}

/** Waits for the end of an import. Throws unless it is whole: in use, told once, nothing of a dead worker left. */
export async function endsWhole(scene: ImportScene, { importId, one }: Asked): Promise<Left> {
  const { world, actor } = scene
  const row = await eventually(async () => {
    const row = await importRow(world, importId)
    assert.equal(row.status, 'done')
    return row
  }, PATIENCE_SECONDS)
  assert.equal((await sourceNow(scene, one))?.snapshotHash, row.snapshotHash)
  await eventually(async () => assert.deepEqual(namesIn(scene, 'imports'), []), 30)
  const events = await withActor(world.context.db, actor, (trx) =>
    trx.selectFrom('event').select('type').where('object_id', '=', importId).orderBy('at').execute(),
  )
  assert.deepEqual(
    events.map(({ type }) => type),
    ['import.requested', 'import.done'],
  )
  const { rows, rejects, rejectsByReason } = row
  const { snapshot, profile } = pathsOf(scene, row.snapshotHash)
  const left = { snapshot: sha256(readFileSync(snapshot)), profile: sha256(readFileSync(profile)) }
  assert.equal(left.snapshot, row.snapshotHash)
  return { rows, rejects, rejectsByReason, ...left, rejectFile: await rejectsIn(scene, row.rejectsSha256) }
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

function pathsOf({ world }: ImportScene, hash: string | null) {
  const place = path.join(world.dataDir, 'snapshots', String(hash))
  return { snapshot: `${place}.parquet`, profile: `${place}.profile.json` }
}

async function rejectsIn({ world }: ImportScene, hash: string | null): Promise<string> {
  const { dataDir, entityId, context } = world
  const found = createHash('sha256')
  const ref = { dataDir, secret: context.config.APP_SECRET, entityId, sha256: String(hash) }
  for await (const piece of readSealed(ref)) found.update(piece)
  return found.digest('hex')
}

/** Removes the files that an import left, so that the next one cannot find them there. */
export function removeFiles(scene: ImportScene, { snapshot, rejectFile }: Left): void {
  const { dataDir, entityId } = scene.world
  const sealed = path.join(dataDir, 'files', 'originals', entityId, `${rejectFile}.sealed`)
  for (const file of [...Object.values(pathsOf(scene, snapshot)), sealed]) rmSync(file)
}
