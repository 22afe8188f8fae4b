/** Writes the demonstration city file: same options and seed, same bytes. See `catalog/demo/city-file.ts`. */
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { type CityFileOptions, type CityMargins, cityMargins, sum } from './city-file/margins.ts'
import type { Row } from './city-file/records.ts'
import { cityFileRows } from './city-file/rows.ts'

/** Streams the file to `path`; windows-1252 equals latin-1 for every letter the generator writes. */
export async function writeCityFile(path: string, options: CityFileOptions = {}): Promise<CityMargins> {
  const out = createWriteStream(path, { highWaterMark: 1 << 20 })
  const separator = options.separator ?? ';'
  const encoding = options.encoding === 'windows-1252' ? 'latin1' : 'utf8'
  // Decimal commas inside a comma-separated file need quotes.
  const cell = (value: string) => (value.includes(separator) ? `"${value}"` : value)
  const line = (row: Row) => (separator === ',' ? row.map(cell).join(',') : row.join(';'))
  let text = ''
  for (const row of cityFileRows(options)) {
    text += `${line(row)}\n`
    if (text.length < 1 << 18) continue
    if (!out.write(Buffer.from(text, encoding))) await once(out, 'drain')
    text = ''
  }
  out.end(Buffer.from(text, encoding))
  await once(out, 'finish')
  return cityMargins(options)
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rows: { type: 'string' },
      encoding: { type: 'string' },
      separator: { type: 'string' },
      seed: { type: 'string' },
      variant: { type: 'string' },
    },
  })
  const [path] = positionals
  if (!path) throw new Error('Uso: generate-city-file.ts SALIDA [--rows N] [--encoding utf-8|windows-1252] …')
  const margins = await writeCityFile(path, {
    rows: values.rows ? Number(values.rows) : undefined,
    encoding: values.encoding === 'windows-1252' ? 'windows-1252' : 'utf-8',
    separator: values.separator === ',' ? ',' : ';',
    seed: values.seed ? Number(values.seed) : undefined,
    variant: values.variant === '2' ? 2 : 1,
  })
  const bad = sum(Object.values(margins.badPerKind))
  console.log(`${path}: ${margins.total} comunicaciones y ${bad} registros con errores; ${margins.sentence}`)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main()
