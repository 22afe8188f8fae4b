/** Writes the demonstration city file: same options and seed, same bytes. See `catalog/demo/city-file.ts`. */
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { type CityFileOptions, type CityMargins, cityMargins, sum } from './city-file/margins.ts'
import { cityFileRows } from './city-file/rows.ts'
import { writeRows } from './city-file/write-rows.ts'

/** Streams the file to `path`; answers the figures it has. */
export async function writeCityFile(path: string, options: CityFileOptions = {}): Promise<CityMargins> {
  await writeRows(path, cityFileRows(options), options)
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
