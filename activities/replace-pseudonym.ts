import { open, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { FileRefused } from '../db/ingest/file-refused.ts'
import { rewritePackage } from '../db/ingest/workbook/rewrite-package.ts'
import { headOfSealed, readSealed, type SealedRef, unsealFile } from '../db/sealed-files.ts'
import type { KeptFile } from '../db/snapshot-rewrites.ts'
import { hashFile } from '../db/snapshots.ts'

/** Two of the same length, of ASCII digits and small letters. */
export interface Pseudonyms {
  from: string
  to: string
}

interface Where {
  folder: string
  signal: AbortSignal
}

/** What every workbook begins with. */
const ZIP = Buffer.from('PK\u0003\u0004')

interface ReplacedFile extends KeptFile {
  path: string
}

/**
 * Writes a sealed file in plain text with one pseudonym as another, in a workbook in each of its parts; answers where it
 * is, or null where the pseudonym does not stand in it. The caller removes the folder.
 */
export async function replacePseudonym(ref: SealedRef, names: Pseudonyms, where: Where): Promise<ReplacedFile | null> {
  const target = path.join(where.folder, 'sin-identidad')
  await rm(target, { force: true })
  const isPackage = (await headOfSealed(ref)).subarray(0, ZIP.length).equals(ZIP)
  const isFound = await (isPackage ? inPackage : inText)(ref, target, names, where)
  return isFound ? { path: target, sha256: await hashFile(target), bytes: (await stat(target)).size } : null
}

async function inText(ref: SealedRef, target: string, names: Pseudonyms, { signal }: Where): Promise<boolean> {
  const replacing = new Replacing(names, signal)
  const file = await open(target, 'wx', 0o600)
  try {
    for await (const piece of replacing.in(readSealed(ref))) await file.write(piece)
  } finally {
    await file.close()
  }
  return replacing.isFound
}

/** A package that nobody can unpack, and so nobody ever read, is left as it is. */
async function inPackage(ref: SealedRef, target: string, names: Pseudonyms, where: Where): Promise<boolean> {
  const received = path.join(where.folder, 'libro')
  const replacing = new Replacing(names, where.signal)
  try {
    await unsealFile(ref, received, where.signal)
    await rewritePackage(received, target, (pieces) => replacing.in(pieces))
    return replacing.isFound
  } catch (error) {
    if (error instanceof FileRefused) return false
    throw error
  } finally {
    await rm(received, { force: true })
  }
}

/** Letters of two bytes: what a spreadsheet calls Unicode text. */
const wide = (text: string) => Buffer.from(text, 'utf16le')

/** One character for each byte. */
const byByte = (bytes: Buffer) => bytes.toString('latin1')

/**
 * A pseudonym as another in pieces of text, however these are encoded and in whichever case somebody typed it: the person
 * keys of a snapshot do not tell cases apart either.
 */
class Replacing {
  readonly #pairs: [from: string, to: Buffer][]
  readonly #longest: number
  readonly #signal: AbortSignal
  isFound = false

  constructor({ from, to }: Pseudonyms, signal: AbortSignal) {
    this.#pairs = [
      [from, Buffer.from(to)],
      [byByte(wide(from)), wide(to)],
      [byByte(wide(from).swap16()), wide(to).swap16()],
    ]
    this.#longest = from.length * 2
    this.#signal = signal
  }

  async *in(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let held = Buffer.alloc(0)
    for await (const piece of pieces) {
      this.#signal.throwIfAborted()
      const text = Buffer.concat([held, piece])
      this.#replace(text)
      // The last bytes may be the beginning of another one.
      const whole = Math.max(0, text.length - this.#longest + 1)
      yield text.subarray(0, whole)
      held = text.subarray(whole)
    }
    yield held
  }

  #replace(text: Buffer): void {
    const small = byByte(text).toLowerCase()
    for (const [from, to] of this.#pairs)
      for (let at = small.indexOf(from); at >= 0; at = small.indexOf(from, at + from.length)) {
        to.copy(text, at)
        this.isFound = true
      }
  }
}
