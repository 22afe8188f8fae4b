/** The zip around a workbook: its directory is judged before a byte is unpacked (promises.md §4.8). */
import type { Readable } from 'node:stream'
import { type Entry, fromBufferPromise, openPromise, type ZipFile } from 'yauzl'
import { FileRefused } from '../file-refused.ts'

const MAX_ENTRIES = 200
const MAX_UNPACKED_BYTES = 4_000_000_000
/** Unpacked to packed, of each part and of the whole; a small part may be all blanks. */
const MAX_RATIO = 100
const SMALL_BYTES = 1_000_000

export interface Package {
  /** Parts by their name, as the directory spells it. */
  names: string[]
  has(name: string): boolean
  /** Unpacks a part while it is read. Throws `FileRefused` when it holds more than the directory says. */
  open(name: string): Promise<Readable>
  close(): void
}

interface Limits {
  entries: number
  unpackedBytes: number
  /** A document, not data: it may hold whole workbooks behind its charts, and name other files. */
  isDocument?: boolean
}

const DATA_LIMITS: Limits = { entries: MAX_ENTRIES, unpackedBytes: MAX_UNPACKED_BYTES }
const OPTIONS = { autoClose: false, lazyEntries: true, strictFileNames: true }

/** Throws `FileRefused` when the zip is damaged, encrypted, a bomb, or holds what a sheet of data does not need. */
export async function openPackage(source: string | Buffer, limits: Limits = DATA_LIMITS): Promise<Package> {
  const opened = typeof source === 'string' ? openPromise(source, OPTIONS) : fromBufferPromise(source, OPTIONS)
  const zip = await opened.catch(refuse)
  try {
    const entries = await judgedEntries(zip, limits)
    return {
      names: [...entries.keys()],
      has: (name) => entries.has(name),
      open: async (name) => {
        const entry = entries.get(name)
        if (!entry) throw new FileRefused('damaged_workbook', { detail: name })
        return await zip.openReadStreamPromise(entry).catch(refuse)
      },
      close: () => zip.close(),
    }
  } catch (error) {
    zip.close()
    throw error
  }
}

async function judgedEntries(zip: ZipFile, limits: Limits): Promise<Map<string, Entry>> {
  if (zip.entryCount > limits.entries) throw new FileRefused('zip_bomb', { detail: String(zip.entryCount) })
  const entries = new Map<string, Entry>()
  let [packed, unpacked] = [0, 0]
  try {
    for await (const entry of zip.eachEntry()) {
      judge(entry, limits.isDocument ?? false)
      if (entries.has(entry.fileName)) throw new FileRefused('unsafe_zip')
      entries.set(entry.fileName, entry)
      packed += entry.compressedSize
      unpacked += entry.uncompressedSize
    }
  } catch (error) {
    return refuse(error)
  }
  // Parts that share their bytes are how a small file unpacks to petabytes.
  if (packed > zip.fileSize || unpacked > limits.unpackedBytes || isBomb(packed, unpacked))
    throw new FileRefused('zip_bomb')
  return entries
}

const isBomb = (packed: number, unpacked: number) => unpacked > SMALL_BYTES && unpacked > packed * MAX_RATIO

const FILE_KIND = 0o170_000
const SYMLINK = 0o120_000
const NESTED = /\.(zip|xlsx|xlsm|xlsb|docx|docm|pptx|jar|7z|rar|gz|tar|ods|odt)$/i

function judge(entry: Entry, isDocument: boolean): void {
  const name = entry.fileName
  if (entry.isEncrypted()) throw new FileRefused('encrypted')
  const isLink = ((entry.externalFileAttributes >>> 16) & FILE_KIND) === SYMLINK
  if (isLink || (!isDocument && NESTED.test(name))) throw new FileRefused('unsafe_zip')
  if (/(^|\/)vbaProject[^/]*\.bin$/i.test(name)) throw new FileRefused('macros')
  if (!isDocument && /(^|\/)externalLinks\//i.test(name)) throw new FileRefused('external_links')
  if (isBomb(entry.compressedSize, entry.uncompressedSize)) throw new FileRefused('zip_bomb')
}

/** What yauzl says of a zip: names that climb out of their folder, sizes that lie, directories that are cut. */
export function refuse(error: unknown): never {
  if (error instanceof FileRefused || isSystemFault(error)) throw error
  const words = error instanceof Error ? error.message : ''
  if (/encrypt/i.test(words)) throw new FileRefused('encrypted')
  throw new FileRefused(
    /relative path|absolute path|characters in fileName/i.test(words) ? 'unsafe_zip' : 'damaged_workbook',
  )
}

/** Errors of the machine, not of the file: no disk, no memory, no permission. Those of zlib begin with `Z_`. */
function isSystemFault(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /^E[A-Z]+$/.test(code)
}
