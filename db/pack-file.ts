/** The zip of an evidence pack while it is written, piece by piece: no file is ever whole in memory. */
import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { Refused } from '../domain/refusals.ts'
import type { PackFile } from '../verifier/packs.ts'
import { headerBytes, MOST_BYTES, MOST_PARTS, partHeader, type ZipPart, zipDirectory } from '../verifier/stored-zip.ts'

export interface PackWriter {
  /** What was added so far. */
  files: readonly PackFile[]
  /** Throws `Refused('pack_too_large')`, and the signal's reason once it says so. */
  add(name: string, content: Buffer | string | AsyncIterable<Buffer | string>): Promise<PackFile>
  /** Without it the file is no zip. Answers how many bytes it has. */
  finish(): Promise<number>
  close(): Promise<void>
}

/** Begins a zip at a path where nothing stands yet. */
export async function writePack(path: string, signal?: AbortSignal): Promise<PackWriter> {
  const out = await open(path, 'wx+', 0o600)
  const [files, parts]: [PackFile[], ZipPart[]] = [[], []]
  let at = 0
  return {
    files,
    async add(name, content) {
      if (parts.length >= MOST_PARTS) throw new Refused('pack_too_large')
      const hash = createHash('sha256')
      const part: ZipPart = { name, bytes: 0, crc: 0 }
      const first = at + headerBytes(name)
      for await (const some of typeof content === 'string' || Buffer.isBuffer(content) ? [content] : content) {
        signal?.throwIfAborted()
        const piece = typeof some === 'string' ? Buffer.from(some) : some
        if (first + part.bytes + piece.length >= MOST_BYTES) throw new Refused('pack_too_large')
        await writeAll(out, piece, first + part.bytes)
        hash.update(piece)
        part.crc = crc32(piece, part.crc)
        part.bytes += piece.length
      }
      await writeAll(out, partHeader(part), at)
      at = first + part.bytes
      parts.push(part)
      const file = { name, bytes: part.bytes, sha256: hash.digest('hex') }
      files.push(file)
      return file
    },
    async finish() {
      const directory = zipDirectory(parts)
      await writeAll(out, directory, at)
      return at + directory.length
    },
    close: () => out.close(),
  }
}

async function writeAll(out: FileHandle, bytes: Buffer, at: number): Promise<void> {
  for (let written = 0; written < bytes.length; )
    written += (await out.write(bytes, written, bytes.length - written, at + written)).bytesWritten
}
