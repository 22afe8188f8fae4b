/** One whole entity in one file that another installation takes in, or that anybody reads and verifies (decision 0065). */
import { hash } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { GONE_LIST, readGone } from '../../activities/gone-list.ts'
import { sealNow } from '../../activities/seal-log.ts'
import { adoptKeysFrom, type EntityKeys } from '../../db/adopted-keys.ts'
import { recordEvent } from '../../db/audit.ts'
import { type Database, openDatabase, type Trx, withEntity } from '../../db/client.ts'
import { appNow } from '../../db/clock.ts'
import { listFilesOf, type NamedFile } from '../../db/content-names.ts'
import { KEY_PURPOSES, keyOfEntity } from '../../db/entity-key.ts'
import { type PackWriter, writePack } from '../../db/pack-file.ts'
import { followKey, followPurpose } from '../../db/rights-secrets.ts'
import { roleUrl } from '../../db/roles.ts'
import { findLogState, findSealedAs, provenEvent } from '../../db/sealed-log.ts'
import { VERIFIER_NAME, VERIFIER_PROGRAM } from '../../documents/verifier-program.ts'
import { Refused } from '../../domain/refusals.ts'
import { type ArchiveManifest, archiveManifestText, tableFile } from '../../verifier/archives.ts'
import { MANIFEST, SEAL } from '../../verifier/packs.ts'
import { Explained } from '../processes.ts'
import { step } from '../progress.ts'
import { addFiles } from './files.ts'
import { README, readmeText } from './leame.ts'
import { linesOfTable } from './rows.ts'
import { listArchived, listMigrations } from './tables.ts'
import { newTransferKey, sealedKeyring, transferKeyText } from './transfer-key.ts'

export const KEYRING = 'llaves.json'
export const GONE = 'borrados.jsonl'
/** Beside the archive. */
export const KEY_END = '.llave'

const TRIES = 100
const AGAIN_MS = 200

export interface ExportOptions {
  /** Of the owner of the tables. */
  databaseUrl: string
  secret: string
  dataDir: string
  entity: { id: string; name: string }
  file: string
}

export interface Exported {
  manifest: ArchiveManifest
  keyFile: string
  /** Files that rows name and that are not there. */
  missing: number
}

/** Writes the archive and its key whole or not at all. The installation may be running. */
export async function exportEntity(options: ExportOptions): Promise<Exported> {
  const { databaseUrl, secret, dataDir, entity } = options
  const file = resolve(options.file)
  const keyFile = `${file}${KEY_END}`
  for (const path of [file, keyFile])
    if (existsSync(path))
      throw new Explained(`Ya existe ${path}: elija otro nombre, una exportación no se sobrescribe.`)
  if (!existsSync(VERIFIER_PROGRAM))
    throw new Explained('Falta el verificador que va en la exportación: inicie la aplicación una vez (npm start).')
  adoptKeysFrom(dataDir, secret)
  const owner = openDatabase(databaseUrl, { max: 1 })
  const reader = openDatabase(databaseUrl, { max: 1, isOneInstant: true })
  const sealer = openDatabase(roleUrl(databaseUrl, secret, 'sealer'), { max: 1 })
  const partial = `${file}.partial`
  rmSync(partial, { force: true })
  try {
    const transfer = newTransferKey()
    const log = { owner, sealer, dataDir, entityId: entity.id }
    await note(log, 'entity.export_asked')
    const writer = await writePack(partial)
    try {
      const { manifest, missing } = await writeContent({ ...options, reader, log, writer, transfer })
      const text = archiveManifestText(manifest)
      await step('Sello', async () => {
        const seal = await sealed(log, manifest, text)
        await writer.add(MANIFEST, text)
        await writer.add(SEAL, seal)
        await writer.finish()
      })
      writeFileSync(keyFile, transferKeyText(entity.id, transfer), { mode: 0o600, flag: 'wx' })
      renameSync(partial, file)
      return { manifest, keyFile, missing }
    } finally {
      await writer.close()
    }
  } catch (error) {
    throw error instanceof Refused && error.code === 'pack_too_large'
      ? new Explained(
          'La entidad tiene más de 4 GB o de 65.000 archivos: no cabe en una exportación. Use npm run backup.',
        )
      : error
  } finally {
    rmSync(partial, { force: true })
    await Promise.all([owner.close(), reader.close(), sealer.close()])
  }
}

interface Log {
  owner: Database
  sealer: Database
  dataDir: string
  entityId: string
}

type Content = ExportOptions & { reader: Database; log: Log; writer: PackWriter; transfer: Buffer }

async function writeContent(given: Content): Promise<{ manifest: ArchiveManifest; missing: number }> {
  const { writer, entity, dataDir, secret, transfer } = given
  const madeAt = appNow().toISOString()
  const read = await step('Filas', () => atRest(given, (trx) => readRows(trx, given, madeAt)))
  const place = { dataDir, secret, entityId: entity.id }
  const { links, missing } = await step('Archivos', () => addFiles(writer, place, read.named, transfer))
  await writer.add(KEYRING, sealedKeyring(transfer, entity.id, read.keys))
  const gone = (await readGone(join(dataDir, GONE_LIST))).filter((one) => one.entityId === entity.id)
  await writer.add(GONE, gone.map((one) => `${JSON.stringify(one)}\n`).join(''))
  await writer.add(VERIFIER_NAME, readFileSync(VERIFIER_PROGRAM))
  const { events, migrations, tables } = read
  const files = [...writer.files]
  return {
    manifest: { entityId: entity.id, name: entity.name, madeAt, migrations, events, tables, links, files },
    missing,
  }
}

/** Reads at an instant at which every event has its seal and a signature over it, so that rows and log tell the same. */
async function atRest<T>({ reader, log }: Content, work: (trx: Trx) => Promise<T>): Promise<T> {
  for (let tries = 0; tries < TRIES; tries++) {
    await sealNow(log.sealer, log.dataDir, log.entityId)
    const done = await withEntity(reader, log.entityId, async (trx) => {
      const { waiting, sealed: size, checkpoint } = await findLogState(trx, log.entityId)
      if (waiting > 0 || size === 0 || checkpoint?.size !== size) return undefined
      return { result: await work(trx) }
    })
    if (done) return done.result
    await sleep(AGAIN_MS)
  }
  throw new Explained(
    'La bitácora no llegó a estar sellada hasta el último hecho: hay trabajo en curso. Detenga la aplicación y exporte de nuevo.',
  )
}

async function readRows(trx: Trx, { writer, entity, secret }: Content, madeAt: string) {
  await sql`set local time zone 'UTC'`.execute(trx)
  const archived = await listArchived(trx)
  await writer.add(README, await readmeText(trx, { name: entity.name, madeAt, tables: archived }))
  const tables: ArchiveManifest['tables'] = []
  for (const table of archived) {
    let rows = 0
    const lines = (async function* () {
      for await (const line of linesOfTable(trx, table, entity.id)) {
        rows += 1
        yield line
      }
    })()
    await writer.add(tableFile(table.name), lines)
    tables.push({ name: table.name, rows })
  }
  const named: NamedFile[] = await listFilesOf(trx, entity.id)
  const events = tables.find(({ name }) => name === 'event')?.rows ?? 0
  return { tables, events, named, migrations: await listMigrations(trx), keys: await keysOf(trx, secret, entity.id) }
}

/** All that opens what the entity has sealed; none of them opens anything of another. */
async function keysOf(trx: Trx, secret: string, entityId: string): Promise<EntityKeys> {
  const keys: EntityKeys = {}
  for (const purpose of KEY_PURPOSES) keys[purpose] = keyOfEntity(secret, entityId, purpose)
  const requests = await trx.selectFrom('rights_request').select('id').where('entity_id', '=', entityId).execute()
  for (const { id } of requests) keys[followPurpose(id)] = followKey({ secret, entityId }, id)
  return keys
}

type ExportEvent = 'entity.export_asked' | 'entity.exported'

async function note(
  { owner, entityId }: Log,
  type: ExportEvent,
  manifest?: { text: string; of: ArchiveManifest },
): Promise<string> {
  const requestId = `export-entity ${appNow().toISOString()}`
  const rows = manifest?.of.tables.reduce((sum, table) => sum + table.rows, 0) ?? 0
  const changes = manifest && [
    { field: 'rows', before: null, after: rows },
    { field: 'files', before: null, after: manifest.of.files.length },
  ]
  const contentHash = manifest && hash('sha256', manifest.text, 'hex')
  const event = { entityId, type, objectId: entityId, origin: 'system', requestId, contentHash, changes } as const
  await withEntity(owner, entityId, (trx) => recordEvent(trx, event))
  return requestId
}

/** The proof that this manifest was exported, once the log has signed it. */
async function sealed(log: Log, manifest: ArchiveManifest, text: string): Promise<string> {
  const { entityId } = log
  const requestId = await note(log, 'entity.exported', { text, of: manifest })
  for (let tries = 0; tries < TRIES; tries++) {
    await sealNow(log.sealer, log.dataDir, entityId)
    const proof = await withEntity(log.owner, entityId, async (trx) => {
      const found = await findSealedAs(trx, entityId, { type: 'entity.exported', objectId: entityId, requestId })
      return found && (await provenEvent(trx, entityId, found.id)).text
    })
    if (proof) return proof
    await sleep(AGAIN_MS)
  }
  throw new Explained(
    'La exportación no se alcanzó a sellar: hay trabajo en curso. Detenga la aplicación y exporte de nuevo.',
  )
}
