/** A pack as it lies there: the zip, or the folder into which somebody unpacked it. Read piece by piece. */
import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { crc32 } from 'node:zlib'
import type { ProofFailure } from './check-proof.ts'
import { directoryPlace, END, fitsZip, partHeader, readDirectory, type ZipPart, zipDirectory } from './stored-zip.ts'

const CHUNK = 1 << 20
/** Far beyond the directory of a zip with as many parts as it can have. */
const LARGEST_DIRECTORY = 64_000_000

export type PackFaultCode =
  | ('cut' | 'zip_changed' | 'not_a_file' | 'missing_file' | 'extra_file' | 'file_twice' | 'altered_file' | 'too_large')
  | ('manifest_other_format' | 'manifest_newer_version' | 'manifest_malformed')
  | ('seal_malformed' | 'seal_of_other_kind' | 'seal_before' | 'other_manifest' | 'other_cycle')
  | ('event_malformed' | 'event_missing' | 'event_none' | 'event_repeated' | 'event_of_other_cycle')
  | ('growth_malformed' | 'growth_elsewhere' | 'growth_none')
  | ('content_differs' | 'content_unknown' | 'content_undecided')
  | ('row_malformed' | 'row_missing' | 'row_of_other_entity' | 'log_differs' | 'log_unsigned')
  | ProofFailure

/** Says by a code what is wrong with a pack; `part` names the file, the event or the field. */
export class PackFault extends Error {
  code: PackFaultCode
  part: string
  constructor(code: PackFaultCode, part = '') {
    super(code)
    this.code = code
    this.part = part
  }
}

export interface PackSource {
  /** What is in it; of a zip, in the order in which it stands there. */
  parts: { name: string }[]
  isZip: boolean
  /** The content piece by piece. Throws `PackFault` where it is not there, or not what the zip says. */
  read(name: string): Generator<Buffer>
  close(): void
}

/** Throws `PackFault`; what the machine cannot read throws as the machine says it. */
export function openPack(path: string): PackSource {
  return statSync(path).isDirectory() ? openFolder(path) : openZip(path)
}

function openZip(path: string): PackSource {
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    const place = size < END ? undefined : directoryPlace(bytesAt(file, size - END, END))
    if (place === undefined || place > size - END) throw new PackFault('cut')
    if (size - place > LARGEST_DIRECTORY) throw new PackFault('too_large')
    const directory = bytesAt(file, place, size - place)
    const parts = readDirectory(directory)
    if (!fitsZip(parts) || !zipDirectory(parts).equals(directory)) throw new PackFault('zip_changed')
    const placed = placesOf(file, parts)
    return {
      parts,
      isZip: true,
      read: (name) => readPart(file, name, placed),
      close: () => closeSync(file),
    }
  } catch (error) {
    closeSync(file)
    throw error
  }
}

/** Where the content of each part begins; what stands before it is what the directory says, byte by byte. */
function placesOf(file: number, parts: readonly ZipPart[]): Map<string, ZipPart & { from: number }> {
  const placed = new Map<string, ZipPart & { from: number }>()
  let at = 0
  for (const part of parts) {
    const header = partHeader(part)
    if (!bytesAt(file, at, header.length).equals(header)) throw new PackFault('zip_changed', part.name)
    if (placed.has(part.name)) throw new PackFault('file_twice', part.name)
    placed.set(part.name, { ...part, from: at + header.length })
    at += header.length + part.bytes
  }
  return placed
}

function* readPart(file: number, name: string, placed: Map<string, ZipPart & { from: number }>): Generator<Buffer> {
  const part = placed.get(name)
  if (!part) throw new PackFault('missing_file', name)
  let crc = 0
  for (let at = 0; at < part.bytes; at += CHUNK) {
    const piece = bytesAt(file, part.from + at, Math.min(CHUNK, part.bytes - at))
    crc = crc32(piece, crc)
    yield piece
  }
  if (crc !== part.crc) throw new PackFault('altered_file', name)
}

function bytesAt(file: number, from: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  for (let read = 0; read < length; ) {
    const count = readSync(file, bytes, read, length - read, from + read)
    if (count === 0) throw new PackFault('cut')
    read += count
  }
  return bytes
}

function openFolder(path: string): PackSource {
  const found = readdirSync(path, { withFileTypes: true, recursive: true }).filter((entry) => !entry.isDirectory())
  const parts = found.map((entry) => {
    const full = join(entry.parentPath, entry.name)
    const name = relative(path, full).split(sep).join('/')
    if (!entry.isFile()) throw new PackFault('not_a_file', name)
    return { name }
  })
  const there = new Set(parts.map(({ name }) => name))
  return { parts, isZip: false, read: (name) => readFile(path, name, there), close: () => undefined }
}

function* readFile(folder: string, name: string, there: ReadonlySet<string>): Generator<Buffer> {
  if (!there.has(name)) throw new PackFault('missing_file', name)
  const file = openSync(join(folder, ...name.split('/')), 'r')
  try {
    for (let bytes = Buffer.alloc(CHUNK); ; bytes = Buffer.alloc(CHUNK)) {
      const count = readSync(file, bytes, 0, CHUNK, null)
      if (count === 0) return
      yield bytes.subarray(0, count)
    }
  } finally {
    closeSync(file)
  }
}
