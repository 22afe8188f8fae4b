/** Files as snapshots, the demonstration's and any other, for the tests that read one. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cityMapping } from '../../catalog/demo/city-mapping.ts'
import { sniffFile } from '../../db/ingest/sniff.ts'
import { type BuildResult, buildSnapshot } from '../../db/ingest.ts'
import { proposeMapping } from '../../domain/mapping-proposal.ts'
import { type MappedColumn, Mapping, type SniffedFile } from '../../domain/sources.ts'
import type { CityFileOptions } from '../../scripts/city-file/margins.ts'
import { writeCityFile } from '../../scripts/generate-city-file.ts'

export const ENTITY_KEY = Buffer.alloc(32, 7)

export async function temporaryFolder() {
  const dir = await mkdtemp(join(tmpdir(), 'caracteriza-test-'))
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) }
}

export { cityMapping }

export async function requireSniffed(path: string): Promise<SniffedFile> {
  const result = await sniffFile(path)
  if (!result.ok) throw new Error(result.refusal.code)
  return result.file
}

let files = 0
export async function fileIn(dir: string, content: string | Uint8Array): Promise<string> {
  const path = join(dir, `archivo-${++files}`)
  await writeFile(path, content)
  return path
}

/** A snapshot of this content in a data folder of its own, mapped as proposed after `change`; `rejects` without their header. */
export async function snapshotIn(
  dir: string,
  content: string | Uint8Array,
  change: (column: MappedColumn) => Partial<MappedColumn>,
) {
  const file = await fileIn(dir, content)
  const sniff = await requireSniffed(file)
  const proposed = proposeMapping(sniff.header, sniff.sampleRows)
  const mapping = Mapping.parse(proposed.map((column) => ({ ...column, ...change(column) })))
  const dataDir = `${file}-datos`
  const outDir = join(dataDir, 'snapshots')
  const result = requireBuilt(await buildSnapshot({ file, sniff, mapping, secretKey: ENTITY_KEY, outDir }))
  const rejects = result.rejects ? (await readFile(result.rejects.path, 'utf8')).trim().split('\n').slice(1) : []
  return { file, sniff, mapping, dataDir, outDir, result, rejects, source: { dir: outDir, hash: result.hash } }
}

export async function citySnapshot(
  dir: string,
  options: CityFileOptions,
  more?: Record<string, Partial<MappedColumn>>,
) {
  const file = join(dir, 'ciudad.csv')
  const margins = await writeCityFile(file, options)
  const sniff = await requireSniffed(file)
  const result = await buildSnapshot({
    file,
    sniff,
    mapping: cityMapping(sniff, more),
    secretKey: ENTITY_KEY,
    outDir: join(dir, 'snapshots'),
    notice: margins.sentence,
  })
  return {
    file,
    margins,
    sniff,
    result: requireBuilt(result),
    source: { dir: join(dir, 'snapshots'), hash: requireBuilt(result).hash },
  }
}

export function requireBuilt(result: BuildResult) {
  if (!result.ok) throw new Error(result.refusal.code)
  return result
}
