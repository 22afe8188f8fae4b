/**
 * A zip whose parts stand in it as they are, written in one way: every byte follows from the names and the contents, so that whoever
 * has those can say of each byte whether it is right.
 */
export interface ZipPart {
  name: string
  bytes: number
  /** CRC-32 of its content. */
  crc: number
}

/** Beyond these a zip is written otherwise (its 64-bit form), which this is not. */
export const MOST_PARTS = 0xfffe
export const MOST_BYTES = 0xffff_fffe

const HEADER = 30
const ENTRY = 46
export const END = 22
const [HEADER_MARK, ENTRY_MARK, END_MARK] = [0x04034b50, 0x02014b50, 0x06054b50]

const LONGEST_NAME = 0xffff

/** Whether a zip of this form can hold them. */
export function fitsZip(parts: readonly ZipPart[]): boolean {
  const bytes = parts.reduce((sum, part) => sum + headerBytes(part.name) + part.bytes, 0)
  const isLong = parts.some(({ name }) => Buffer.byteLength(name) > LONGEST_NAME)
  return parts.length <= MOST_PARTS && bytes <= MOST_BYTES && !isLong
}

/** What stands before the content of a part. */
export function partHeader(part: ZipPart): Buffer {
  const header = Buffer.alloc(HEADER)
  header.writeUInt32LE(HEADER_MARK, 0)
  writeFacts(header, part, 4)
  return Buffer.concat([header, Buffer.from(part.name)])
}

export function headerBytes(name: string): number {
  return HEADER + Buffer.byteLength(name)
}

/** What stands after the last part: the directory and its end. */
export function zipDirectory(parts: readonly ZipPart[]): Buffer {
  let at = 0
  const entries = parts.map((part) => {
    const entry = Buffer.alloc(ENTRY)
    entry.writeUInt32LE(ENTRY_MARK, 0)
    entry.writeUInt16LE(20, 4)
    writeFacts(entry, part, 6)
    entry.writeUInt32LE(at, 42)
    at += headerBytes(part.name) + part.bytes
    return Buffer.concat([entry, Buffer.from(part.name)])
  })
  const directory = Buffer.concat(entries)
  const end = Buffer.alloc(END)
  end.writeUInt32LE(END_MARK, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([directory, end])
}

/** Names in UTF-8, stored, of 1 January 1980. */
function writeFacts(into: Buffer, { name, crc, bytes }: ZipPart, at: number): void {
  into.writeUInt16LE(20, at)
  into.writeUInt16LE(0x0800, at + 2)
  into.writeUInt16LE(0x21, at + 8)
  into.writeUInt32LE(crc, at + 10)
  into.writeUInt32LE(bytes, at + 14)
  into.writeUInt32LE(bytes, at + 18)
  into.writeUInt16LE(Buffer.byteLength(name), at + 22)
}

/** Where the directory begins, from the last `END` bytes of a zip; undefined where these are none. */
export function directoryPlace(end: Buffer): number | undefined {
  return end.length === END && end.readUInt32LE(0) === END_MARK ? end.readUInt32LE(16) : undefined
}

/** The parts a directory names, as far as it can be read: whether it is written rightly says writing it again. */
export function readDirectory(directory: Buffer): ZipPart[] {
  const parts: ZipPart[] = []
  for (let at = 0; at + ENTRY <= directory.length && directory.readUInt32LE(at) === ENTRY_MARK; ) {
    const length = directory.readUInt16LE(at + 28)
    const name = directory.toString('utf8', at + ENTRY, at + ENTRY + length)
    parts.push({ name, crc: directory.readUInt32LE(at + 16), bytes: directory.readUInt32LE(at + 24) })
    at += ENTRY + length
  }
  return parts
}
