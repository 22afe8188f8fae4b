/** Captured records in a source of step 3, read into a snapshot, and who stands in the files made of them. */
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { requestCaptured } from '../../app/commands/fetch-source.server.ts'
import { requestImport } from '../../app/commands/request-import.server.ts'
import { loadSource, previewOf } from '../../app/pages/source.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { capturedPseudonym } from '../../db/captured-table.ts'
import { type Trx, withActor, withEntity } from '../../db/client.ts'
import { appNow, appToday } from '../../db/clock.ts'
import { openConfined } from '../../db/duckdb.ts'
import { dropCitizen } from '../../db/erasures.ts'
import { type FetchRow, findFetch } from '../../db/fetches.ts'
import { readSealed } from '../../db/sealed-files.ts'
import { findRewrite } from '../../db/snapshot-rewrites.ts'
import { hashFile, snapshotPath } from '../../db/snapshots.ts'
import { liveAccesses } from '../../scripts/demonstration/access.ts'
import { liveCaptures } from '../../scripts/demonstration/capture.ts'
import { eventually } from '../../scripts/processes.ts'
import { attach, cycleWithSource, importRow, type Target } from './sources.ts'
import { openWorld, type World, type WorldOptions } from './world.ts'

const PATIENCE_SECONDS = 90

export interface CapturedScene {
  world: World
  actor: Actor
  target: Target
  importId: string
  /** The name of the snapshot for good. */
  snapshotHash: string
  /** Everybody who stands in it. */
  citizens: string[]
  /** Who each of them is in a snapshot, by their id. */
  keys: Map<string, string>
}

export async function openCapturedScene(options: WorldOptions = {}): Promise<CapturedScene> {
  const world = await openWorld(options)
  const actor = await world.actor('profesional_tic')
  const cycle = await cycleWithSource(world)
  const target = { ...cycle, sourceId: await attach(world, cycle.cycleId) }
  const { granted } = await liveAccesses(world.context, world.entityId)
  await liveCaptures(world.context, world.entityId, granted)
  const scene = { world, actor, target }
  const { importId } = await fetchEnd(scene, await bringCaptured(scene))
  const snapshotHash = await readCapturedInto(scene, importId ?? '')
  const records = await inEntity(scene, (trx) =>
    trx.selectFrom('capture_record').select('citizen_id').where('form', '=', 'F004').orderBy('id').execute(),
  )
  const citizens = [...new Set(records.map((record) => record.citizen_id))]
  const keys = await keysOf(scene, importId ?? '', citizens)
  return { ...scene, importId: importId ?? '', snapshotHash, citizens, keys }
}

type Begun = Pick<CapturedScene, 'world' | 'actor' | 'target'>

export const inEntity = <T>({ world }: Pick<Begun, 'world'>, work: (trx: Trx) => Promise<T>) =>
  withEntity(world.owner, world.entityId, work)

/** Asks for the records once more; answers the id of the fetch. */
export async function bringCaptured({ world, actor, target }: Begun): Promise<string> {
  const captured = { form: 'F004' as const, vigencia: Number(appToday().slice(0, 4)) }
  return await requestCaptured(world.context, actor, { ...target, captured })
}

export async function fetchEnd({ world, actor }: Begun, id: string): Promise<FetchRow> {
  return await eventually(async () => {
    const row = await withActor(world.context.db, actor, (trx) => findFetch(trx, id))
    assert.ok(row && !['asked', 'running'].includes(row.status))
    return row
  }, PATIENCE_SECONDS)
}

export async function askToRead({ world, actor, target }: Begun, importId: string): Promise<void> {
  const page = await loadSource(world.context, actor, target.cycleId, target.sourceId)
  const row = page.imports.find(({ id }) => id === importId)
  const preview = row && (await previewOf(world.context, actor, page, row))
  await requestImport(world.context, actor, { ...target, importId, mapping: preview?.mapping ?? [] })
}

/** Waits for the snapshot of an import that was asked for; answers its hash. */
export async function readEnd({ world }: Begun, importId: string): Promise<string> {
  return await eventually(async () => {
    const row = await importRow(world, importId)
    assert.equal(row.status, 'done')
    return row.snapshotHash ?? ''
  }, PATIENCE_SECONDS)
}

async function readCapturedInto(scene: Begun, importId: string): Promise<string> {
  await askToRead(scene, importId)
  return await readEnd(scene, importId)
}

/** Erased in the record; the files do not know it yet. Answers the id of the erasure. */
export async function eraseCitizen(scene: CapturedScene, citizenId: string): Promise<string> {
  const { entityId } = scene.world
  const id = await inEntity(scene, (trx) => dropCitizen(trx, citizenId, { entityId, cause: null, at: appNow() }))
  assert.ok(id)
  return id
}

export const snapshotDir = ({ world }: Pick<Begun, 'world'>) => path.join(world.dataDir, 'snapshots')

/** SHA-256 of the file that stands for a snapshot as the rows say, after its bytes were looked at. */
export async function fileByRow(scene: CapturedScene, hash = scene.snapshotHash): Promise<string> {
  const named = await inEntity(scene, (trx) => findRewrite(trx, hash))
  const fileHash = named?.fileHash ?? hash
  assert.equal(await hashFile(snapshotPath({ dir: snapshotDir(scene), hash: fileHash })), fileHash)
  return fileHash
}

/** Names of all files of records and snapshots, without the ends of their names. */
export function filesOf({ world }: CapturedScene): Record<'originals' | 'snapshots', string[]> {
  const names = (folder: string, end: string) =>
    readdirSync(path.join(world.dataDir, folder))
      .filter((name) => name.endsWith(end))
      .map((name) => name.slice(0, -end.length))
      .sort()
  return {
    originals: names(path.join('files', 'originals', world.entityId), '.sealed'),
    snapshots: names('snapshots', '.parquet'),
  }
}

/** Citizens who stand in any file, as received, rejected or read, whatever names it. */
export async function stillIn(scene: CapturedScene): Promise<string[]> {
  const { originals, snapshots } = filesOf(scene)
  const texts: string[] = []
  for (const sha256 of originals) texts.push(await textOf(scene, sha256))
  for (const hash of snapshots) texts.push((await keysIn(scene, hash)).join())
  return scene.citizens.filter((id) =>
    [pseudonymOf(scene, id), scene.keys.get(id) ?? ''].some((name) => texts.some((text) => text.includes(name))),
  )
}

export const pseudonymOf = ({ world: { context, entityId } }: Begun, citizenId: string) =>
  capturedPseudonym({ secret: context.config.APP_SECRET, entityId }, citizenId)

const textOf = async (scene: Begun, sha256: string) => (await plainOf(scene, sha256)).toString()

/** A kept file as it was received. */
export async function plainOf({ world: { dataDir, entityId, context } }: Begun, sha256: string): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of readSealed({ dataDir, secret: context.config.APP_SECRET, entityId, sha256 }))
    pieces.push(piece)
  return Buffer.concat(pieces)
}

/** The person keys of a snapshot in the order of its file. */
export async function keysIn(scene: Begun, hash: string): Promise<string[]> {
  const database = await openConfined(snapshotDir(scene))
  try {
    const path = snapshotPath({ dir: snapshotDir(scene), hash })
    const rows = await database.rows(
      `SELECT seudonimo::VARCHAR FROM read_parquet('${path}', file_row_number = true) ORDER BY file_row_number`,
    )
    return rows.map(([key]) => String(key))
  } finally {
    database.close()
  }
}

/** The key of each citizen in snapshots: records and keys stand in the same order. */
async function keysOf(scene: Begun, importId: string, citizens: string[]): Promise<Map<string, string>> {
  const { fileSha256, snapshotHash } = await importRow(scene.world, importId)
  const lines = (await textOf(scene, fileSha256)).split('\n').slice(1)
  const keys = await keysIn(scene, snapshotHash ?? '')
  return new Map(
    citizens.map((id) => [id, keys[lines.findIndex((line) => line.startsWith(pseudonymOf(scene, id)))] ?? '']),
  )
}
