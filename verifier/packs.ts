/** The form of an evidence pack of a cycle, form 1: which files it has by name, its manifest, and a line of its events. */
import { readBase64 } from './base64.ts'
import { PackFault } from './pack-source.ts'

const NAME = 'caracteriza-paquete'
const VERSION = 1

export const MANIFEST = 'manifiesto.json'
/** Proof that the manifest was sealed: of the event by which the pack was exported. */
export const SEAL = 'sello.json'
export const EVENTS = 'bitacora/hechos.jsonl'
export const CHECKPOINT = 'bitacora/punto-de-control.txt'
/** Proof that the log only grew since a checkpoint published before; not there where none was published. */
export const GROWTH = 'bitacora/crecimiento.json'
/** The event of the seal. */
export const EXPORTED = 'audit.pack_exported'

/** Events that are about the frozen content of a step and name its hash. */
export const OF_CONTENT = ['step.submitted', 'step.reviewed', 'step.signed', 'step.approved', 'step.returned']

/** A tree of 2^64 leaves is no higher. */
const LONGEST_PATH = 128
const SHA_256 = /^[0-9a-f]{64}$/
const COUNT = /^(0|[1-9]\d{0,14})$/
const PLACE = /^(0|[1-9]\d{0,18})$/
/** No name leads out of the folder into which a pack is unpacked. */
const FILE_NAME = /^(?!.*(^|\/)\.{0,2}(\/|$))[^\\\p{C}]{1,250}$/u

export interface PackFile {
  name: string
  bytes: number
  sha256: string
}

/** A frozen content of a step that was decided on; `file` is null where it may carry personal data and stays out. */
export interface PackContent {
  step: string
  version: number
  hash: string
  file: string | null
}

export interface Manifest {
  entityId: string
  cycleId: string
  name: string
  /** When it was made, as an ISO instant. */
  madeAt: string
  events: number
  contents: PackContent[]
  /** In the order in which the zip has them; neither the manifest itself nor the seal is among them. */
  files: PackFile[]
}

export function manifestText({ entityId, cycleId, name, madeAt, events, contents, files }: Manifest): string {
  const body = {
    ...{ formato: NAME, version: VERSION, entidad: entityId, ejercicio: cycleId, nombre: name, preparado: madeAt },
    hechos: String(events),
    contenidos: contents.map((one) => ({
      ...{ paso: one.step, version: String(one.version), huella: one.hash, archivo: one.file },
    })),
    archivos: files.map((file) => ({ nombre: file.name, bytes: String(file.bytes), sha256: file.sha256 })),
  }
  return `${JSON.stringify(body, null, 2)}\n`
}

/** Throws `PackFault`: takes nothing but what the function above writes. */
export function parseManifest(text: string): Manifest {
  const file = objectIn(text)
  if (file?.formato !== NAME) throw new PackFault('manifest_other_format')
  const { version } = file
  if (!Number.isSafeInteger(version) || Number(version) < 1) throw malformed('version')
  if (version !== VERSION) throw new PackFault('manifest_newer_version')
  const manifest = {
    ...{ entityId: textIn(file, 'entidad'), cycleId: textIn(file, 'ejercicio'), name: textIn(file, 'nombre') },
    ...{ madeAt: textIn(file, 'preparado'), events: countIn(file, 'hechos') },
    contents: listIn(file, 'contenidos').map((one) => ({
      ...{ step: textIn(one, 'paso'), version: countIn(one, 'version'), hash: hashIn(one, 'huella') },
      file: one.archivo === null ? null : nameIn(one, 'archivo'),
    })),
    files: listIn(file, 'archivos').map((one) => ({
      ...{ name: nameIn(one, 'nombre'), bytes: countIn(one, 'bytes'), sha256: hashIn(one, 'sha256') },
    })),
  }
  if (manifestText(manifest) !== text) throw malformed('formato')
  if (new Set(manifest.files.map(({ name }) => name)).size < manifest.files.length) throw malformed('archivos')
  return manifest
}

/** An event with its way to the root of the checkpoint of its pack. */
export interface ProvenLine {
  line: string
  place: bigint
  path: Buffer[]
}

export function provenLineText({ line, place, path }: ProvenLine): string {
  const camino = path.map((hash) => hash.toString('base64'))
  return `${JSON.stringify({ linea: line, lugar: String(place), camino })}\n`
}

/** Undefined where the text is no such line. */
export function parseProvenLine(text: string): ProvenLine | undefined {
  const { linea, lugar, camino } = objectIn(text) ?? {}
  if (typeof linea !== 'string' || typeof lugar !== 'string' || !PLACE.test(lugar)) return undefined
  if (!Array.isArray(camino) || camino.length > LONGEST_PATH) return undefined
  const path = camino.flatMap((hash) => (typeof hash === 'string' ? (readBase64(hash) ?? []) : []))
  const proven = { line: linea, place: BigInt(lugar), path }
  return provenLineText(proven) === `${text}\n` ? proven : undefined
}

const malformed = (field: string) => new PackFault('manifest_malformed', field)

export function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

export function textIn(of: Record<string, unknown>, field: string): string {
  const value = of[field]
  if (typeof value !== 'string') throw malformed(field)
  return value
}

export function nameIn(of: Record<string, unknown>, field: string): string {
  const name = textIn(of, field)
  if (!FILE_NAME.test(name) || name === MANIFEST || name === SEAL) throw malformed(field)
  return name
}

export function hashIn(of: Record<string, unknown>, field: string): string {
  const hash = textIn(of, field)
  if (!SHA_256.test(hash)) throw malformed(field)
  return hash
}

export function countIn(of: Record<string, unknown>, field: string): number {
  const count = textIn(of, field)
  if (!COUNT.test(count)) throw malformed(field)
  return Number(count)
}

export function listIn(of: Record<string, unknown>, field: string): Record<string, unknown>[] {
  const list = of[field]
  if (!Array.isArray(list) || !list.every((one) => typeof one === 'object' && one !== null)) throw malformed(field)
  return list
}
