/** A workbook written anew with its parts changed, piece by piece: no part is ever whole in memory. */
import { type FileHandle, open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, crc32, createDeflateRaw } from 'node:zlib'
import { openPackage, refuse } from './zip.ts'

interface Part {
  name: Buffer
  /** Where its header stands in the file. */
  start: number
  crc: number
  packed: number
  size: number
}

/** Writes each part of `source` as `change` hands it on. Throws `FileRefused` where `source` is no sound package. */
export async function rewritePackage(
  source: string,
  target: string,
  change: (pieces: AsyncIterable<Buffer>) => AsyncIterable<Buffer>,
): Promise<void> {
  const [zip, out] = [await openPackage(source), await open(target, 'wx', 0o600)]
  try {
    const parts: Part[] = []
    let at = 0
    for (const name of zip.names.filter((one) => !one.endsWith('/'))) {
      const part = await writePart(out, { name: Buffer.from(name), start: at }, change(asSound(await zip.open(name))))
      at += LOCAL + part.name.length + part.packed
      parts.push(part)
    }
    const directory = Buffer.concat(parts.map(directoryEntry))
    await out.write(Buffer.concat([directory, endOf(parts.length, directory.length, at)]), 0, null, at)
  } finally {
    zip.close()
    await out.close()
  }
}

/** A part that cannot be unpacked to its end is one of a damaged workbook. */
async function* asSound(part: Readable): AsyncGenerator<Buffer> {
  try {
    yield* part
  } catch (error) {
    refuse(error)
  }
}

/** Eight to one at most: whatever the parts hold, what was read before is not taken for a bomb after (zip.ts). */
const PACKING = { strategy: constants.Z_HUFFMAN_ONLY }

const LOCAL = 30
const ENTRY = 46

/** The header is written last, when it is known what stands behind it. */
async function writePart(
  out: FileHandle,
  { name, start }: Pick<Part, 'name' | 'start'>,
  pieces: AsyncIterable<Buffer>,
): Promise<Part> {
  const part: Part = { name, start, crc: 0, packed: 0, size: 0 }
  const counted = async function* () {
    for await (const piece of pieces) {
      part.crc = crc32(piece, part.crc)
      part.size += piece.length
      yield piece
    }
  }
  const first = start + LOCAL + name.length
  await pipeline(Readable.from(counted()), createDeflateRaw(PACKING), async (packed: AsyncIterable<Buffer>) => {
    for await (const piece of packed) {
      await out.write(piece, 0, piece.length, first + part.packed)
      part.packed += piece.length
    }
  })
  const header = Buffer.alloc(LOCAL)
  header.writeUInt32LE(0x04034b50, 0)
  writeFacts(header, part, 4)
  await out.write(Buffer.concat([header, name]), 0, null, start)
  return part
}

/** What both headers say of a part, from the version needed on: names in UTF-8, deflated, of 1 January 1980. */
function writeFacts(header: Buffer, { name, crc, packed, size }: Part, at: number): void {
  header.writeUInt16LE(20, at)
  header.writeUInt16LE(0x0800, at + 2)
  header.writeUInt16LE(8, at + 4)
  header.writeUInt16LE(0x21, at + 8)
  header.writeUInt32LE(crc, at + 10)
  header.writeUInt32LE(packed, at + 14)
  header.writeUInt32LE(size, at + 18)
  header.writeUInt16LE(name.length, at + 22)
}

function directoryEntry(part: Part): Buffer {
  const entry = Buffer.alloc(ENTRY)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(20, 4)
  writeFacts(entry, part, 6)
  entry.writeUInt32LE(part.start, 42)
  return Buffer.concat([entry, part.name])
}

function endOf(parts: number, bytes: number, at: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts, 8)
  end.writeUInt16LE(parts, 10)
  end.writeUInt32LE(bytes, 12)
  end.writeUInt32LE(at, 16)
  return end
}
