/** Takes an archived entity into an installation that does not have it: all of it or nothing (decision 0065). */
import { hash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { sql } from 'kysely'
import { finishAgain } from '../../activities/carry-out-disposal.ts'
import { GONE_LIST, type Listed, listGone, readGone } from '../../activities/gone-list.ts'
import { sealNow } from '../../activities/seal-log.ts'
import { logFaultSentence } from '../../app/text/log-faults.ts'
import { DEMO_ENTITIES } from '../../catalog/demo-users.ts'
import { adoptedKeysPath, adoptKeysFrom, sealedKeys } from '../../db/adopted-keys.ts'
import { recordEvent } from '../../db/audit.ts'
import { type Database, openDatabase, type Trx, withEntity, withoutEntity } from '../../db/client.ts'
import { type ListedDisposal, takeUpAgain } from '../../db/disposals-again.ts'
import { dropAgain } from '../../db/erasures.ts'
import { faultPoint } from '../../db/fault-points.ts'
import { auditLog } from '../../db/log-audit.ts'
import { listStranded, resumeWork, type Stranded } from '../../db/resumed-work.ts'
import { roleUrl } from '../../db/roles.ts'
import { demoEntityId } from '../../db/seed.ts'
import { type ArchiveManifest, tableFile } from '../../verifier/archives.ts'
import { checkArchive } from '../../verifier/check-archive.ts'
import { LARGEST, textOf } from '../../verifier/check-pack.ts'
import { linesOf } from '../../verifier/line-pieces.ts'
import { openPack, PackFault, type PackSource } from '../../verifier/pack-source.ts'
import { reasonOfPack } from '../../verifier/pack-texts.ts'
import { MANIFEST } from '../../verifier/packs.ts'
import { Explained } from '../processes.ts'
import { step } from '../progress.ts'
import { listedDisposals } from '../remove-again.ts'
import { GONE, KEYRING } from './export.ts'
import { placeFiles, sweepImports } from './files.ts'
import { makeLinks } from './links.ts'
import { insertLines, withoutGuards } from './rows.ts'
import { type ArchivedTable, listArchived, listMigrations } from './tables.ts'
import { openKeyring, readTransferKey } from './transfer-key.ts'

const LOCK = 7310
const UNIQUE_VIOLATION = '23505'

export interface ImportOptions {
  /** Of the owner of the tables. */
  databaseUrl: string
  secret: string
  dataDir: string
  file: string
  keyFile: string
  isProduction: boolean
  /** Public keys of the log heard from elsewhere: whoever has the product can seal an archive with a key of their own. */
  keys?: readonly string[]
}

export interface Imported {
  manifest: ArchiveManifest
  /** By which key it was sealed, and whether that is one of those given. */
  signed: { keyId: string; isKeyCertain: boolean }
  /** What nobody takes up anew but by hand. */
  stranded: Stranded[]
  /** One-time links for those who administer the entity: its passwords did not come along. */
  links: { email: string; secret: string }[]
}

/** Throws `Explained` with one sentence for whatever is not in order; nothing is kept then. */
export async function importEntity(options: ImportOptions): Promise<Imported> {
  const { databaseUrl, secret, dataDir } = options
  for (const path of [options.file, options.keyFile])
    if (!existsSync(path)) throw new Explained(`No existe el archivo ${resolve(path)}.`)
  const owner = openDatabase(databaseUrl, { max: 2 })
  const sealer = openDatabase(roleUrl(databaseUrl, secret, 'sealer'), { max: 1 })
  try {
    // Held by a transaction that writes nothing: it delays no seal.
    return await withoutEntity(owner, async (lock) => {
      await takeTurn(lock)
      await sweepImports(owner, options)
      adoptKeysFrom(dataDir, secret)
      try {
        const imported = await importFrom(openArchive(options.file), owner, options)
        await sealNow(sealer, dataDir, imported.manifest.entityId)
        return imported
      } finally {
        await sweepImports(owner, options)
      }
    })
  } catch (error) {
    throw explained(error)
  } finally {
    await Promise.all([owner.close(), sealer.close()])
  }
}

function explained(error: unknown): unknown {
  if (error instanceof PackFault) return new Explained(`No se importó nada: ${reasonOfPack(error)}`)
  const { code, table, detail } = error as { code?: string; table?: string; detail?: string }
  if (code === UNIQUE_VIOLATION)
    return new Explained(
      `No se importó nada: esta instalación ya tiene en ${table} un valor que debe ser único y que la entidad también trae (${detail}).`,
    )
  return error
}

async function takeTurn(trx: Trx): Promise<void> {
  const { rows } = await sql<{ held: boolean }>`select pg_try_advisory_xact_lock(${LOCK}) as held`.execute(trx)
  if (!rows[0]?.held) throw new Explained('Otra importación está en curso: espere a que termine.')
}

function openArchive(file: string): PackSource {
  try {
    return openPack(resolve(file))
  } catch (error) {
    throw error instanceof PackFault ? error : new Explained(`No se puede leer el archivo ${resolve(file)}.`)
  }
}

async function importFrom(source: PackSource, owner: Database, options: ImportOptions): Promise<Imported> {
  const { secret, dataDir } = options
  try {
    const checked = await step('Verificación', async () => checkArchive(source, options.keys ?? []))
    const { manifest, isKeyCertain } = checked
    const { entityId } = manifest
    await requireSameVersion(owner, manifest)
    await requireAbsent(owner, manifest, options)
    const transfer = readTransferKey(entityId, readFileSync(options.keyFile, 'utf8'))
    const keys = openKeyring(transfer, entityId, textOf(source, KEYRING))
    const place = { dataDir, secret, entityId }
    await step('Archivos', () => placeFiles(source, place, transfer, manifest.links))
    placeKeys(adoptedKeysPath(dataDir, entityId), sealedKeys(secret, entityId, keys))
    faultPoint('import-entity:files-placed')
    const disposals = await listedDisposals(dataDir, entityId)
    const imported = await step('Filas', () =>
      withEntity(owner, entityId, (trx) => importRows(trx, source, { ...options, manifest, disposals })),
    )
    faultPoint('import-entity:committed')
    for (const listed of readListed(source)) await listGone(dataDir, listed)
    for (const disposal of disposals) await finishAgain({ database: owner, dataDir, secret }, disposal)
    return { manifest, signed: { keyId: checked.exported.checkpoint.keyId, isKeyCertain }, ...imported }
  } finally {
    source.close()
  }
}

/** Its rows mean what the tables here mean. */
async function requireSameVersion(owner: Database, { migrations, tables }: ArchiveManifest): Promise<void> {
  const [here, there] = [await withoutEntity(owner, listMigrations), migrations]
  const [newer, older] = [there.find((one) => !here.includes(one)), here.find((one) => !there.includes(one))]
  if (newer !== undefined)
    throw new Explained(
      `No se importó nada: la exportación es de una versión más nueva del producto (${newer}): actualice esta instalación.`,
    )
  if (older !== undefined)
    throw new Explained(
      `No se importó nada: la exportación es de una versión anterior del producto (le falta ${older}): actualice la otra instalación y exporte de nuevo.`,
    )
  const archived = await withoutEntity(owner, listArchived)
  const odd =
    tables.find(({ name }) => !archived.some((one) => one.name === name)) ??
    archived.find(({ name }) => !tables.some((one) => one.name === name))
  if (odd) throw new Explained(`No se importó nada: la tabla ${odd.name} no está en las dos instalaciones.`)
}

async function requireAbsent(
  owner: Database,
  { entityId, name }: ArchiveManifest,
  { isProduction }: ImportOptions,
): Promise<void> {
  if (isProduction && DEMO_ENTITIES.some(({ slug }) => demoEntityId(slug) === entityId))
    throw new Explained(
      'No se importó nada: es un municipio de demostración y sus cuentas no se admiten con INSTALLATION=production.',
    )
  const found = await withEntity(owner, entityId, (trx) =>
    trx.selectFrom('entity').select('id').where('id', '=', entityId).executeTakeFirst(),
  )
  if (found) throw new Explained(`No se importó nada: esta instalación ya tiene la entidad ${name}.`)
}

/** Whole or not there; readable by its owner alone. */
function placeKeys(path: string, bytes: Buffer): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  writeFileSync(`${path}.part`, bytes, { mode: 0o600 })
  renameSync(`${path}.part`, path)
}

type Rows = ImportOptions & { manifest: ArchiveManifest; disposals: readonly ListedDisposal[] }

/**
 * One transaction: the rows, the event, what is to begin anew and what went meanwhile, which the worker finishes where this is killed;
 * and the log read over as it now stands.
 */
async function importRows(trx: Trx, source: PackSource, { manifest, disposals, ...options }: Rows) {
  const { entityId } = manifest
  await sql`set local time zone 'UTC'`.execute(trx)
  await requireOtherNumbers(trx, source)
  const tables = await listArchived(trx)
  await withoutGuards(trx, tables, async () => {
    for (const table of tables) await importTable(trx, source, manifest, table)
  })
  const [rows, files] = [manifest.tables.reduce((sum, one) => sum + one.rows, 0), manifest.files.length]
  await recordEvent(trx, {
    ...{ entityId, type: 'entity.imported', objectId: entityId, origin: 'system' },
    contentHash: hash('sha256', textOf(source, MANIFEST), 'hex'),
    changes: [
      { field: 'rows', before: null, after: rows },
      { field: 'files', before: null, after: files },
    ],
  })
  for (const disposal of disposals) await takeUpAgain(trx, disposal)
  await resumeWork(trx, entityId)
  await eraseAgain(trx, manifest, options)
  const { faults } = await auditLog(trx, entityId)
  if (faults[0]) throw new Explained(`No se importó nada: ${logFaultSentence(faults[0])}`)
  const imported = { stranded: await listStranded(trx, entityId), links: await makeLinks(trx, entityId) }
  faultPoint('import-entity:before-commit')
  return imported
}

/** Pages without sign-in find an entity by its numbers. */
async function requireOtherNumbers(trx: Trx, source: PackSource): Promise<void> {
  const { divipola, nit } = JSON.parse(textOf(source, tableFile('entity'))) as { divipola: string; nit: string }
  const same = await trx
    .selectFrom('entity')
    .select('name')
    .where((eb) => eb.or([eb('divipola', '=', divipola), eb('nit', '=', nit)]))
    .executeTakeFirst()
  if (same)
    throw new Explained(
      `No se importó nada: esta instalación ya tiene una entidad con ese DIVIPOLA o NIT (${same.name}).`,
    )
}

async function importTable(
  trx: Trx,
  source: PackSource,
  manifest: ArchiveManifest,
  table: ArchivedTable,
): Promise<void> {
  const lines = linesOf(source.read(tableFile(table.name)), LARGEST)
  const inserted = await insertLines(trx, table, lines)
  const wanted = manifest.tables.find(({ name }) => name === table.name)?.rows
  if (inserted !== wanted) throw new Error(`${table.name}: ${inserted} rows of ${wanted}`)
}

/** Whom this installation knows as erased since is erased in what came, before anybody signs in. */
async function eraseAgain(trx: Trx, { entityId }: ArchiveManifest, { dataDir }: ImportOptions): Promise<void> {
  const listed = (await readGone(join(dataDir, GONE_LIST))).filter((one) => one.entityId === entityId)
  const erasures = listed.filter((one) => 'citizenId' in one)
  if (erasures.length > 0) await dropAgain(trx, entityId, erasures)
}

function readListed(source: PackSource): Listed[] {
  return textOf(source, GONE)
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Listed]))
}
