/** Files of an entity: into an archive, and out of it to where the product reads them. */
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { appendFile, lstat, mkdir, open, readdir, readlink, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { adoptedKeysPath } from '../../db/adopted-keys.ts'
import { type Database, withEntity } from '../../db/client.ts'
import { isFileNamed, type NamedFile } from '../../db/content-names.ts'
import { filePath } from '../../db/files.ts'
import { newId } from '../../db/ids.ts'
import type { PackWriter } from '../../db/pack-file.ts'
import { sealedPath } from '../../db/sealed-files.ts'
import { leadTo, snapshotPath } from '../../db/snapshots.ts'
import { removeUnnamed } from '../../db/unnamed-files.ts'
import type { ArchiveLink } from '../../verifier/archives.ts'
import type { PackSource } from '../../verifier/pack-source.ts'
import { Explained } from '../processes.ts'
import { sealedPieces, unsealedPieces } from './transfer-key.ts'

/** Whose files they are, and where. */
export interface Place {
  dataDir: string
  secret: string
  entityId: string
}

const FOLDERS: Record<NamedFile['store'], { folder: string; end: string }> = {
  files: { folder: 'archivos', end: '' },
  originals: { folder: 'originales', end: '.sealed' },
  snapshots: { folder: 'cortes', end: '.parquet.sellado' },
}

/** How the archive calls a file: by the SHA-256 of what it says, whether or not it is sealed. */
export function partOf({ store, sha256 }: NamedFile): string {
  const { folder, end } = FOLDERS[store]
  return `${folder}/${sha256}${end}`
}

/** What the archive calls so; undefined for a part that is no file of the entity. */
export function fileOfPart(name: string): NamedFile | undefined {
  for (const [store, { folder, end }] of Object.entries(FOLDERS)) {
    const [of, sha256 = ''] = [dirname(name), basename(name, end)]
    if (of === folder && name.endsWith(end) && /^[0-9a-f]{64}$/.test(sha256))
      return { store: store as NamedFile['store'], sha256 }
  }
  return undefined
}

function pathOf({ dataDir, secret, entityId }: Place, { store, sha256 }: NamedFile): string {
  if (store === 'files') return filePath(dataDir, sha256)
  if (store === 'originals') return sealedPath({ dataDir, secret, entityId, sha256 })
  return snapshotPath({ dir: join(dataDir, 'snapshots'), hash: sha256 })
}

/** Adds every file that is there; one that rows name and that is gone is counted. Snapshots are sealed: they tell of citizens line by line. */
export async function addFiles(
  writer: PackWriter,
  place: Place,
  named: readonly NamedFile[],
  transfer: Buffer,
): Promise<{ links: ArchiveLink[]; missing: number }> {
  const links: ArchiveLink[] = []
  let missing = 0
  for (const file of named) {
    const path = pathOf(place, file)
    const found = await lstat(path).catch(() => undefined)
    if (!found) missing += 1
    else if (found.isSymbolicLink()) {
      const target = { store: file.store, sha256: basename(await readlink(path), '.parquet') }
      links.push({ name: partOf(file), file: partOf(target) })
    } else {
      const pieces = createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>
      await writer.add(partOf(file), file.store === 'snapshots' ? sealedPieces(transfer, partOf(file), pieces) : pieces)
    }
  }
  return { links, missing }
}

const journalOf = ({ dataDir, entityId }: Pick<Place, 'dataDir' | 'entityId'>) =>
  join(dataDir, 'importing', `${entityId}.jsonl`)

/** Puts every file of an archive where the product reads it; what is there already stays. Each is noted before, for `sweepImports`. */
export async function placeFiles(
  source: PackSource,
  place: Place,
  transfer: Buffer,
  links: readonly ArchiveLink[],
): Promise<void> {
  await mkdir(dirname(journalOf(place)), { recursive: true, mode: 0o700 })
  for (const { name } of source.parts) {
    const file = fileOfPart(name)
    if (!file) continue
    const target = pathOf(place, file)
    if (existsSync(target)) continue
    await appendFile(journalOf(place), `${JSON.stringify(file)}\n`)
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    const pieces = file.store === 'snapshots' ? unsealedPieces(transfer, name, source.read(name)) : source.read(name)
    await placeOne(target, pieces, file.store === 'originals' ? undefined : file.sha256)
  }
  for (const link of links) {
    const [from, to] = [fileOfPart(link.name), fileOfPart(link.file)]
    if (!from || !to) throw new Explained(`No se importó nada: el enlace «${link.name}» está mal escrito.`)
    await appendFile(journalOf(place), `${JSON.stringify(from)}\n`)
    await leadTo({ dir: join(place.dataDir, 'snapshots'), hash: from.sha256 }, to.sha256)
  }
}

/** Whole or not there. `sha256`: of what it says; a sealed original says it only to whoever opens it. */
async function placeOne(target: string, pieces: Iterable<Buffer>, sha256: string | undefined): Promise<void> {
  const partial = `${target}.${newId()}.part`
  const hash = createHash('sha256')
  try {
    const to = await open(partial, 'wx', 0o600)
    try {
      for (const piece of pieces) {
        hash.update(piece)
        await to.writeFile(piece)
      }
      await to.sync()
    } finally {
      await to.close()
    }
    if (sha256 !== undefined && hash.digest('hex') !== sha256)
      throw new Explained(`No se importó nada: el archivo «${basename(target)}» no dice lo que su nombre.`)
    await rename(partial, target)
  } finally {
    await rm(partial, { force: true })
  }
}

/** Takes away what an import left that failed or was killed: files that no row names, and the keys of an entity that is not here. */
export async function sweepImports(owner: Database, place: Pick<Place, 'dataDir' | 'secret'>): Promise<void> {
  const folder = dirname(journalOf({ ...place, entityId: '' }))
  if (!existsSync(folder)) return
  for (const name of await readdir(folder)) {
    const entityId = basename(name, '.jsonl')
    const noted = readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .flatMap((line) => (line.endsWith('}') ? [JSON.parse(line) as NamedFile] : []))
    for (const file of noted) {
      const isNamed = () => withEntity(owner, entityId, (trx) => isFileNamed(trx, entityId, file))
      await removeUnnamed({ ...place, entityId }, file, { isNamed, restMs: 0 })
    }
    if (!(await isThere(owner, entityId))) await rm(adoptedKeysPath(place.dataDir, entityId), { force: true })
    await rm(join(folder, name))
  }
}

async function isThere(owner: Database, entityId: string): Promise<boolean> {
  const found = await withEntity(owner, entityId, (trx) =>
    trx.selectFrom('entity').select('id').where('id', '=', entityId).executeTakeFirst(),
  )
  return found !== undefined
}
