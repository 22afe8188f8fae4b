/** What somebody kept outside and holds against the log: signed checkpoints and leaves of a day (`npm run verify -- --from`). */
import { isUtf8 } from 'node:buffer'
import { readFileSync } from 'node:fs'
import type { HeldLeaves } from '../domain/log-faults.ts'
import { isLeafFile, LeafFileFault, parseLeafFile } from '../verifier/leaf-file.ts'
import { NoteFault, openCheckpoint } from '../verifier/signed-note.ts'
import { Explained } from './processes.ts'

/** One log of this installation, with the keys that may have signed it. */
export interface KnownLog {
  entityId: string
  origin: string
  keys: readonly string[]
}

export interface Held {
  notes: string[]
  leaves: HeldLeaves[]
}

/** What the files hold, by entity. Throws `Explained` at the first that is not whole, of no log here, or not signed as it should be. */
export function readHeldFiles(files: readonly string[], logs: readonly KnownLog[]): Map<string, Held> {
  const held = new Map<string, Held>()
  const read: LeavesOfFile[] = []
  const heldOf = ({ entityId }: KnownLog) => {
    const known = held.get(entityId) ?? { notes: [], leaves: [] }
    held.set(entityId, known)
    return known
  }
  for (const file of files) {
    const text = textOf(file)
    if (isLeafFile(text)) {
      const { origin, from, leaves } = leavesIn(file, text)
      requireAgreed({ file, origin, from, leaves }, read)
      heldOf(logOf(file, origin, logs)).leaves.push({ from, leaves })
    } else {
      const log = logOf(file, originIn(file, text), logs)
      requireSigned(file, text, log)
      heldOf(log).notes.push(text)
    }
  }
  return held
}

interface LeavesOfFile extends HeldLeaves {
  file: string
  origin: string
}

/** No signature stands below leaves: where two files speak of one event and differ, neither can be held against the log. */
function requireAgreed(one: LeavesOfFile, read: LeavesOfFile[]): void {
  for (const other of read.filter(({ origin }) => origin === one.origin)) {
    const end = Math.min(one.from + one.leaves.length, other.from + other.leaves.length)
    for (let n = Math.max(one.from, other.from); n < end; n++)
      if (one.leaves[n - one.from] !== other.leaves[n - other.from])
        throw new Explained(
          `Los archivos ${other.file} y ${one.file} no traen la misma huella del hecho n.º ${n + 1}: uno de los dos no es el que se publicó.`,
        )
  }
  read.push(one)
}

/** As it was handed out, whatever mark or ends of lines an editor or a mail put into it: its signature says whether it is. */
function textOf(file: string): string {
  let text: string
  try {
    const bytes = readFileSync(file)
    if (!isUtf8(bytes)) throw neither(file)
    text = new TextDecoder().decode(bytes)
  } catch (error) {
    throw error instanceof Explained ? error : new Explained(`No se puede leer el archivo ${file}.`)
  }
  return text.replaceAll('\r\n', '\n')
}

/** A note begins with whose log it is, and has its signature below a blank line. */
function originIn(file: string, text: string): string {
  const [origin = '', size = ''] = text.split('\n')
  if (!/^\S+$/.test(origin) || !/^\d+$/.test(size)) throw neither(file)
  return origin
}

function leavesIn(file: string, text: string) {
  try {
    return parseLeafFile(text)
  } catch (error) {
    if (!(error instanceof LeafFileFault)) throw error
    const sentences: Record<LeafFileFault['code'], string> = {
      other_format: `El archivo ${file} no es un archivo de hojas.`,
      newer_version: `El archivo de hojas ${file} está escrito en una versión más nueva que este programa.`,
      cut: `El archivo de hojas ${file} está cortado: le faltan líneas.`,
      malformed: `La línea ${error.line} del archivo de hojas ${file} está mal escrita o sobra.`,
    }
    throw new Explained(sentences[error.code])
  }
}

function logOf(file: string, origin: string, logs: readonly KnownLog[]): KnownLog {
  const log = logs.find((one) => one.origin === origin)
  if (!log)
    throw new Explained(`El archivo ${file} es de la bitácora de otra entidad, que no está en esta instalación.`)
  return log
}

function requireSigned(file: string, text: string, { keys, origin }: KnownLog): void {
  try {
    const checkpoint = openCheckpoint(text, keys)
    if (checkpoint.origin !== origin) throw neither(file)
  } catch (error) {
    if (!(error instanceof NoteFault)) throw error
    const sentences: Record<NoteFault['code'], string> = {
      malformed: `El punto de control ${file} está cortado o mal escrito.`,
      unknown_key: `El punto de control ${file} está firmado con una llave que su entidad no tiene aquí: el archivo es falso, o cambiaron las llaves de la entidad.`,
      bad_signature: `La firma del punto de control ${file} no corresponde a lo que dice: alguien lo cambió.`,
    }
    throw new Explained(sentences[error.code])
  }
}

function neither(file: string): Explained {
  return new Explained(`El archivo ${file} no es un punto de control firmado ni un archivo de hojas.`)
}
