/** Whether the bytes of a file are text, and in which encoding: every byte is looked at, a chunk at a time. */
import { isUtf8 } from 'node:buffer'
import type { FileEncoding } from '../../domain/file-readings.ts'
import type { FileRefusal } from '../../domain/sources.ts'
import { MAX_RECORD_BYTES } from './csv.ts'
import { FileRefused } from './file-refused.ts'

/** Bytes to which Windows-1252 gives no character. */
const UNDEFINED_1252 = [0x81, 0x8d, 0x8f, 0x90, 0x9d]

/** What must hold for every byte: no NUL, lines of sane length, one encoding throughout. */
export function inspection() {
  const position = { line: 1, sinceNewline: 0 }
  let tail: Buffer = Buffer.alloc(0)
  let [valid, broken] = [0, 0]
  let firstInvalid: Omit<FileRefusal, 'code'> | undefined
  let undefined1252: Omit<FileRefusal, 'code'> | undefined

  function take(part: Buffer) {
    const nul = part.indexOf(0)
    if (nul >= 0) throw new FileRefused('nul_byte', placeOf(part, nul, position))
    if (!firstInvalid) checkUtf8(part)
    if (firstInvalid) undefined1252 ??= firstUndefined(part, position)
    advance(part, position)
  }

  function checkUtf8(part: Buffer) {
    const whole = tail.length > 0 ? Buffer.concat([tail, part]) : part
    const end = whole.length - unfinished(whole)
    const text = whole.subarray(0, end)
    if (!isUtf8(text)) {
      const seen = sequencesIn(text)
      valid += seen.valid
      broken += seen.broken
      firstInvalid = placeOf(part, Math.max(0, seen.firstBroken - tail.length), position)
    } else if (valid === 0 && hasHighByte(text)) valid = 1
    tail = Buffer.from(whole.subarray(end))
  }

  /** A file with more sound UTF-8 letters than bad bytes is damaged UTF-8, not Windows-1252 (whose «É»» looks like one). */
  function encoding(): 'utf-8' | 'windows-1252' {
    if (tail.length > 0 && !firstInvalid) {
      firstInvalid = { line: position.line, column: position.sinceNewline }
      broken++
    }
    if (!firstInvalid) return 'utf-8'
    if (valid > broken) throw new FileRefused('undecodable', firstInvalid)
    if (undefined1252) throw new FileRefused('undecodable', undefined1252)
    return 'windows-1252'
  }
  return { take, encoding, line: () => position.line }
}

/** Gives the text of one chunk after another as UTF-8, which is all the scanner reads. Throws on what is no such text. */
export function transcoder(encoding: FileEncoding): (part: Buffer, isLast: boolean) => Buffer {
  if (encoding === 'utf-8') return (part) => part
  const decoder = new TextDecoder(encoding, { fatal: true })
  return (part, isLast) => Buffer.from(decoder.decode(part, { stream: !isLast }))
}

/** UTF-8 takes at most so many bytes for each byte of another encoding (`€` has three and is one in Windows-1252). */
export const MAX_GROWTH = 3

/** UTF-16 by its mark, or by every other byte of the first letters being null. */
export function utf16Of(start: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  const [a, b, c, d] = start
  if ((a === 0xff && b === 0xfe) || (a !== 0 && b === 0 && c !== 0 && d === 0)) return 'utf-16le'
  return (a === 0xfe && b === 0xff) || (a === 0 && b !== 0 && c === 0 && d !== 0) ? 'utf-16be' : undefined
}

const hasHighByte = (bytes: Buffer) => {
  for (let i = 0; i < bytes.length; i++) if ((bytes[i] as number) > 127) return true
  return false
}

/** Bytes at the end that begin a UTF-8 letter which the next chunk finishes. */
export function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number
    if (byte < 0x80) return 0
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return length > back ? back : 0
    }
  }
  return 0
}

/** How many letters beyond ASCII are sound UTF-8, how many bytes are not, and where the first of these stands. */
function sequencesIn(bytes: Buffer): { valid: number; broken: number; firstBroken: number } {
  let [valid, broken, firstBroken] = [0, 0, bytes.length]
  for (let i = 0; i < bytes.length; ) {
    const byte = bytes[i] as number
    const length = byte < 0x80 ? 1 : byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    const isSound = length === 1 || isUtf8(bytes.subarray(i, i + length))
    if (length > 1 && isSound) valid++
    if (!isSound) {
      broken++
      firstBroken = Math.min(firstBroken, i)
    }
    i += isSound ? length : 1
  }
  return { valid, broken, firstBroken }
}

function firstUndefined(part: Buffer, position: { line: number; sinceNewline: number }) {
  const found = UNDEFINED_1252.map((byte) => part.indexOf(byte)).filter((at) => at >= 0)
  return found.length > 0 ? placeOf(part, Math.min(...found), position) : undefined
}

type Position = { line: number; sinceNewline: number }

function placeOf(part: Buffer, at: number, position: Position): { line: number; column: number } {
  const place = { ...position }
  move(part.subarray(0, at), place)
  return { line: place.line, column: place.sinceNewline + 1 }
}

function advance(part: Buffer, position: Position) {
  const first = part.indexOf(10)
  const run = position.sinceNewline + (first < 0 ? part.length : first)
  if (run > MAX_RECORD_BYTES) throw new FileRefused('line_too_long', { line: position.line })
  move(part, position)
}

function move(part: Buffer, position: Position) {
  let last = -1
  for (let at = part.indexOf(10); at >= 0; at = part.indexOf(10, at + 1)) {
    position.line++
    last = at
  }
  position.sinceNewline = last < 0 ? position.sinceNewline + part.length : part.length - last - 1
}
