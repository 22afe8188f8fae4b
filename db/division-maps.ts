/** Maps of divisions (F1): files received, what was kept of them, and their content in the store by its hash. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import canonicalize from 'canonicalize'
import { sql } from 'kysely'
import type { Division, DivisionMap } from '../domain/maps.ts'
import { Refused } from '../domain/refusals.ts'
import { eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { filePath, storeFile } from './files.ts'
import { newId } from './ids.ts'
import { recent } from './recent.ts'

/** How a figure names the map it is drawn on. */
export type MapRef = Omit<DivisionMap, 'divisions'>

export const refOf = (map: DivisionMap | undefined): MapRef | null =>
  map ? { hash: map.hash, name: map.name, version: map.version } : null

export interface MapFileRow {
  id: string
  sha256: string
  name: string
  bytes: number
  receivedBy: string
  receivedAt: Date
}

export interface MapRow extends MapRef {
  id: string
  divisionCount: number
  fileId: string
  fileName: string
  codeProperty: string
  nameProperty: string
  keptBy: string
  keptAt: Date
  /** When it was withdrawn; null while figures may be drawn on it. */
  withdrawnAt: Date | null
  withdrawnBy: string | null
  withdrawnReason: string | null
}

interface Keeper {
  entityId: string
  personId: string
  positionId: string
}

/** Keeps that a file was received; `isNew` is false where it was received before. */
export async function insertMapFile(
  trx: Trx,
  by: Keeper,
  file: Pick<MapFileRow, 'sha256' | 'name' | 'bytes'>,
): Promise<{ id: string; isNew: boolean }> {
  const made = await trx
    .insertInto('map_file')
    .values({
      ...{ id: newId(), entity_id: by.entityId, sha256: file.sha256, name: file.name, bytes: file.bytes },
      ...{ received_by: by.personId, received_position: by.positionId },
    })
    .onConflict((on) => on.columns(['entity_id', 'sha256']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (made) return { id: made.id, isNew: true }
  const { id } = await trx
    .selectFrom('map_file')
    .select('id')
    .where('entity_id', '=', by.entityId)
    .where('sha256', '=', file.sha256)
    .executeTakeFirstOrThrow()
  return { id, isNew: false }
}

export async function findMapFile(trx: Trx, entityId: string, id: string): Promise<MapFileRow | undefined> {
  return await mapFiles(trx, entityId).where('map_file.id', '=', id).executeTakeFirst()
}

/** Files of which no map was kept, the latest first. */
export async function listWaitingMapFiles(trx: Trx, entityId: string): Promise<MapFileRow[]> {
  return await mapFiles(trx, entityId)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('division_map').select('id').whereRef('division_map.file_id', '=', 'map_file.id'))),
    )
    .orderBy('received_at', 'desc')
    .execute()
}

const mapFiles = (trx: Trx, entityId: string) =>
  trx
    .selectFrom('map_file')
    .innerJoin('person', 'person.id', 'map_file.received_by')
    .select(['map_file.id', 'map_file.sha256', 'map_file.name', 'map_file.bytes'])
    .select(['person.display_name as receivedBy', 'map_file.received_at as receivedAt'])
    .where('map_file.entity_id', '=', entityId)

/** All versions, by name and the latest first. */
export async function listMaps(trx: Trx, entityId: string): Promise<MapRow[]> {
  return await maps(trx, entityId).orderBy('division_map.name').orderBy('division_map.n', 'desc').execute()
}

/** Those that new figures may be drawn on: what was withdrawn stays only where it is drawn already. */
export async function listOfferedMaps(trx: Trx, entityId: string): Promise<MapRow[]> {
  return (await listMaps(trx, entityId)).filter(({ withdrawnAt }) => withdrawnAt === null)
}

export async function findMap(trx: Trx, entityId: string, id: string): Promise<MapRow | undefined> {
  return await maps(trx, entityId).where('division_map.id', '=', id).executeTakeFirst()
}

/** The maps of these hashes, under the last name each was kept by. */
export async function findMapsByHash(trx: Trx, entityId: string, hashes: readonly string[]): Promise<MapRef[]> {
  if (hashes.length === 0) return []
  return await trx
    .selectFrom('division_map')
    .distinctOn('sha256')
    .select(['sha256 as hash', 'name', 'n as version'])
    .where('entity_id', '=', entityId)
    .where('sha256', 'in', hashes)
    .orderBy('sha256')
    .orderBy('kept_at', 'desc')
    .execute()
}

const maps = (trx: Trx, entityId: string) =>
  trx
    .selectFrom('division_map')
    .innerJoin('map_file', 'map_file.id', 'division_map.file_id')
    .innerJoin('person', 'person.id', 'division_map.kept_by')
    .leftJoin('person as withdrawer', 'withdrawer.id', 'division_map.withdrawn_by')
    .select(['division_map.id', 'division_map.name', 'division_map.n as version', 'division_map.sha256 as hash'])
    .select(['division_map.divisions as divisionCount', 'file_id as fileId', 'map_file.name as fileName'])
    .select(['code_property as codeProperty', 'name_property as nameProperty'])
    .select(['person.display_name as keptBy', 'division_map.kept_at as keptAt'])
    .select(['withdrawn_at as withdrawnAt', 'withdrawer.display_name as withdrawnBy'])
    .select('withdrawn_reason as withdrawnReason')
    .where('division_map.entity_id', '=', entityId)

export interface NewMap {
  name: string
  fileId: string
  codeProperty: string
  nameProperty: string
  /** Hash of the stored content. */
  hash: string
  divisionCount: number
}

/** Keeps a map as the next version of its name; `isNew` is false where its last version is the same map and stands. */
export async function insertMap(trx: Trx, by: Keeper, map: NewMap) {
  // Two people who keep one name at once: the second waits, and finds the first.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${by.entityId} ${map.name}`}, 18))`.execute(trx)
  const last = await trx
    .selectFrom('division_map')
    .select(['id', 'n', 'sha256', 'withdrawn_at'])
    .where('entity_id', '=', by.entityId)
    .where('name', '=', map.name)
    .orderBy('n', 'desc')
    .executeTakeFirst()
  if (last?.sha256 === map.hash && last.withdrawn_at === null) return { id: last.id, n: last.n, isNew: false }
  const [id, n] = [newId(), (last?.n ?? 0) + 1]
  await trx
    .insertInto('division_map')
    .values({
      ...{ id, n, entity_id: by.entityId, name: map.name, file_id: map.fileId, sha256: map.hash },
      ...{ code_property: map.codeProperty, name_property: map.nameProperty, divisions: map.divisionCount },
      ...{ kept_by: by.personId, kept_position: by.positionId },
    })
    .execute()
  return { id, n, isNew: true }
}

/**
 * Withdraws one version of a map: it is offered no more, and what is drawn on it stays. Throws `Refused('out_of_date')` when
 * it was withdrawn before.
 */
export async function withdrawMap(
  trx: Trx,
  by: Keeper & { requestId: string | null },
  { map, reason }: { map: MapRow; reason: string },
): Promise<void> {
  const withdrawn = await trx
    .updateTable('division_map')
    .set({
      ...{ withdrawn_at: sql<Date>`app_now()`, withdrawn_by: by.personId, withdrawn_position: by.positionId },
      withdrawn_reason: reason,
    })
    .where('id', '=', map.id)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  if (withdrawn.numUpdatedRows !== 1n) throw new Refused('out_of_date')
  await recordEvent(trx, {
    ...{ ...eventBy(by), type: 'map.withdrawn', objectId: map.id, objectVersion: String(map.version) },
    contentHash: map.hash,
    changes: [
      { field: 'name', before: map.name, after: null },
      { field: 'reason', before: null, after: createHash('sha256').update(reason).digest('hex') },
    ],
  })
}

/** Stores what is drawn; the same divisions are the same hash. */
export async function storeDivisions(dataDir: string, divisions: readonly Division[]): Promise<string> {
  return (await storeFile(dataDir, Buffer.from(canonicalize({ schema: 1, divisions }) ?? ''))).sha256
}

const read = recent<Division[]>(16)

/** A kept map with what is drawn of it; rejects where its content is gone. */
export async function readMap(dataDir: string, { hash, name, version }: MapRef): Promise<DivisionMap> {
  const divisions = await read(`${dataDir} ${hash}`, async () => {
    const content = JSON.parse(await readFile(filePath(dataDir, hash), 'utf8')) as { divisions: Division[] }
    return content.divisions
  })
  return { hash, name, version, divisions }
}

/** The file as it was received. */
export async function readMapText(dataDir: string, { sha256 }: Pick<MapFileRow, 'sha256'>): Promise<string> {
  return await readFile(filePath(dataDir, sha256), 'utf8')
}
