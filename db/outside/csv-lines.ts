/** Records as CSV (RFC 4180) in UTF-8 with commas, in pieces of some size: what a database without a writer of its own needs. */

const PIECE_BYTES = 1 << 16
const NEEDS_QUOTES = /[",\r\n]/

/** An empty cell is no cell; the reader tells the two apart no more than the file would. */
export function csvLine(cells: (string | null)[]): Buffer {
  return Buffer.from(lineOf(cells), 'utf8')
}

function lineOf(cells: (string | null)[]): string {
  const written = cells.map((cell) => {
    if (cell === null) return ''
    return NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
  })
  return `${written.join(',')}\n`
}

export async function* inPieces(records: AsyncIterable<(string | null)[]>): AsyncGenerator<Buffer> {
  let lines: string[] = []
  let letters = 0
  for await (const record of records) {
    const line = lineOf(record)
    lines.push(line)
    letters += line.length
    if (letters < PIECE_BYTES) continue
    yield Buffer.from(lines.join(''), 'utf8')
    lines = []
    letters = 0
  }
  if (lines.length > 0) yield Buffer.from(lines.join(''), 'utf8')
}
