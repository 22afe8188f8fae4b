/** Rows to a file of separated values, in parts, so that no whole file stands in memory. */
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import type { CityFileOptions } from './margins.ts'
import type { Row } from './records.ts'

/** windows-1252 equals latin-1 for every letter the generators write. */
export async function writeRows(
  path: string,
  rows: Iterable<Row>,
  options: Pick<CityFileOptions, 'separator' | 'encoding'> = {},
): Promise<void> {
  const out = createWriteStream(path, { highWaterMark: 1 << 20 })
  const separator = options.separator ?? ';'
  const encoding = options.encoding === 'windows-1252' ? 'latin1' : 'utf8'
  // Decimal commas inside a comma-separated file need quotes.
  const cell = (value: string) => (value.includes(separator) ? `"${value}"` : value)
  const line = (row: Row) => (separator === ',' ? row.map(cell).join(',') : row.join(';'))
  let text = ''
  for (const row of rows) {
    text += `${line(row)}\n`
    if (text.length < 1 << 18) continue
    if (!out.write(Buffer.from(text, encoding))) await once(out, 'drain')
    text = ''
  }
  out.end(Buffer.from(text, encoding))
  await once(out, 'finish')
}
