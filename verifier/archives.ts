/** The form of the archive of a whole entity, form 1 (decision 0065): its manifest, and where its parts stand. */
import { PackFault } from './pack-source.ts'
import { countIn, hashIn, listIn, nameIn, objectIn, type PackFile, textIn } from './packs.ts'

const NAME = 'caracteriza-entidad'
const VERSION = 1

/** The event of the seal. */
export const ARCHIVED = 'entity.exported'

export const tableFile = (table: string) => `tablas/${table}.jsonl`

/** A file that is read under another name as well. */
export interface ArchiveLink {
  name: string
  file: string
}

export interface ArchiveManifest {
  entityId: string
  name: string
  /** When it was made, as an ISO instant. */
  madeAt: string
  /** Names of the migrations of its tables, in order. */
  migrations: string[]
  /** Places of the sealed log, from the first. */
  events: number
  tables: { name: string; rows: number }[]
  links: ArchiveLink[]
  /** In the order in which the zip has them; neither the manifest itself nor the seal is among them. */
  files: PackFile[]
}

export function archiveManifestText(manifest: ArchiveManifest): string {
  const { entityId, name, madeAt, migrations, events, tables, links, files } = manifest
  const body = {
    ...{ formato: NAME, version: VERSION, entidad: entityId, nombre: name, preparado: madeAt, migraciones: migrations },
    hechos: String(events),
    tablas: tables.map((table) => ({ nombre: table.name, filas: String(table.rows) })),
    enlaces: links.map((link) => ({ nombre: link.name, archivo: link.file })),
    archivos: files.map((file) => ({ nombre: file.name, bytes: String(file.bytes), sha256: file.sha256 })),
  }
  return `${JSON.stringify(body, null, 2)}\n`
}

/** Whether a manifest says it is of an entity; of which version, and whether it is whole, is another question. */
export function isArchiveManifest(text: string): boolean {
  return objectIn(text)?.formato === NAME
}

/** Throws `PackFault`: takes nothing but what the function above writes. */
export function parseArchiveManifest(text: string): ArchiveManifest {
  const file = objectIn(text)
  if (file?.formato !== NAME) throw new PackFault('manifest_other_format')
  const { version, migraciones } = file
  if (!Number.isSafeInteger(version) || Number(version) < 1) throw new PackFault('manifest_malformed', 'version')
  if (version !== VERSION) throw new PackFault('manifest_newer_version')
  if (!Array.isArray(migraciones) || !migraciones.every((one) => typeof one === 'string'))
    throw new PackFault('manifest_malformed', 'migraciones')
  const manifest = {
    ...{ entityId: textIn(file, 'entidad'), name: textIn(file, 'nombre'), madeAt: textIn(file, 'preparado') },
    ...{ migrations: migraciones as string[], events: countIn(file, 'hechos') },
    tables: listIn(file, 'tablas').map((one) => ({ name: textIn(one, 'nombre'), rows: countIn(one, 'filas') })),
    links: listIn(file, 'enlaces').map((one) => ({ name: nameIn(one, 'nombre'), file: nameIn(one, 'archivo') })),
    files: listIn(file, 'archivos').map((one) => ({
      ...{ name: nameIn(one, 'nombre'), bytes: countIn(one, 'bytes'), sha256: hashIn(one, 'sha256') },
    })),
  }
  if (archiveManifestText(manifest) !== text) throw new PackFault('manifest_malformed', 'formato')
  return manifest
}
