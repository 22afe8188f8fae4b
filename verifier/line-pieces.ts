/** The lines of a file that is read piece by piece; undefined where one is too long, is no text, or the last was cut short. */
import { isUtf8 } from 'node:buffer'

const NEWLINE = 0x0a

export function* linesOf(pieces: Iterable<Buffer>, longest: number): Generator<string | undefined> {
  let begun: Buffer[] = []
  let length = 0
  for (const piece of pieces) {
    let from = 0
    for (let end = piece.indexOf(NEWLINE); end >= 0; end = piece.indexOf(NEWLINE, from)) {
      yield textOf([...begun, piece.subarray(from, end)])
      ;[begun, length, from] = [[], 0, end + 1]
    }
    length += piece.length - from
    if (length > longest) return yield undefined
    if (from < piece.length) begun.push(piece.subarray(from))
  }
  if (length > 0) yield undefined
}

function textOf(pieces: Buffer[]): string | undefined {
  const bytes = Buffer.concat(pieces)
  return isUtf8(bytes) ? bytes.toString() : undefined
}
