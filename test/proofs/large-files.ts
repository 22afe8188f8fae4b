/**
 * Files as large as a municipality may bring them. The same seed gives the same bytes, and says what they hold. They are
 * written by a process of its own, so that what that takes is not taken for the weight of the product.
 */
import { fork } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { crc32, createDeflateRaw } from 'node:zlib'
import { drained } from '../../db/drained.ts'
import type { CityMargins } from '../../scripts/city-file/margins.ts'
import { writeCityFile } from '../../scripts/generate-city-file.ts'
import { randomOf } from '../support/random.ts'
import { letters, workbookOf, workbookParts, type ZipPart, zipOf } from '../support/workbooks.ts'

/** Rows of a sheet, its header among them (ECMA-376; Excel's own limit). */
export const SHEET_ROWS = 1_048_576
export const SHEET_COLUMNS = 16_384

export const MANY_COLUMNS = 1_000_000

const COMUNAS = ['Norte', 'Sur', 'Centro', 'Rural']
const LONG_HEADER = ['consecutivo', 'comuna', 'valor', 'relato'] as const
/** One record in so many has a text where a number belongs. */
const BAD_ONE_IN = 10_000
const ROWS_AT_ONCE = 4_096

/** What an import of the file has to find. */
export interface LongFacts {
  accepted: number
  rejected: number
  /** Of `consecutivo` and of `valor` over the accepted records. */
  sums: [number, number]
  /** Records of each comuna, fewest first. */
  byComuna: number[]
}

/** A workbook of one sheet with every row a sheet can have. */
async function writeLongWorkbook(path: string, seed: number): Promise<LongFacts> {
  const chance = randomOf(seed)
  const facts: LongFacts = { accepted: 0, rejected: 0, sums: [0, 0], byComuna: [] }
  const comunas = COMUNAS.map(() => 0)
  const rowOf = (line: number) => {
    const number = line - 1
    const comuna = Math.floor(chance() * COMUNAS.length)
    const value = Math.floor(chance() * 1_000)
    const isBad = chance() * BAD_ONE_IN < 1
    facts[isBad ? 'rejected' : 'accepted'] += 1
    if (!isBad) {
      facts.sums = [facts.sums[0] + number, facts.sums[1] + value]
      comunas[comuna] = (comunas[comuna] ?? 0) + 1
    }
    return rowXml(line, [number, String(COMUNAS[comuna]), isBad ? 'no aplica' : value, `Relato ${number} de la comuna`])
  }
  const sheet = await packed(sheetPieces(rowOf))
  const parts = workbookParts([{ name: 'Datos', rows: [] }])
  await writeFile(path, zipOf(parts.map((part) => (part.name === 'xl/worksheets/sheet1.xml' ? sheet : part))))
  return { ...facts, byComuna: comunas.sort((a, b) => a - b) }
}

function* sheetPieces(rowOf: (line: number) => string): Generator<string> {
  const last = `${letters(LONG_HEADER.length - 1)}${SHEET_ROWS}`
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="${main}"><dimension ref="A1:${last}"/><sheetData>`
  yield rowXml(1, [...LONG_HEADER])
  for (let line = 2; line <= SHEET_ROWS; line += ROWS_AT_ONCE) {
    const rows = Math.min(ROWS_AT_ONCE, SHEET_ROWS - line + 1)
    yield Array.from({ length: rows }, (_, i) => rowOf(line + i)).join('')
  }
  yield '</sheetData></worksheet>'
}

function rowXml(line: number, cells: (string | number)[]): string {
  const written = cells.map((cell, x) => {
    const address = `${letters(x)}${line}`
    return typeof cell === 'number'
      ? `<c r="${address}"><v>${cell}</v></c>`
      : `<c r="${address}" t="inlineStr"><is><t>${cell}</t></is></c>`
  })
  return `<row r="${line}">${written.join('')}</row>`
}

/** The sheet as a part of a zip; its text, of hundreds of megabytes, is never whole in memory. */
async function packed(pieces: Iterable<string>): Promise<ZipPart> {
  const deflate = createDeflateRaw()
  const chunks: Buffer[] = []
  deflate.on('data', (chunk: Buffer) => chunks.push(chunk))
  let [crc, length] = [0, 0]
  for (const piece of pieces) {
    const bytes = Buffer.from(piece)
    crc = crc32(bytes, crc)
    length += bytes.length
    if (!deflate.write(bytes)) await drained(deflate)
  }
  deflate.end()
  await finished(deflate)
  return { name: 'xl/worksheets/sheet1.xml', content: Buffer.concat(chunks), deflated: { crc, length } }
}

/** A sheet as wide as Excel allows. */
async function writeWideWorkbook(path: string): Promise<void> {
  const row = (say: (column: number) => string) => Array.from({ length: SHEET_COLUMNS }, (_, column) => say(column))
  const rows = [row((column) => `columna ${column + 1}`), row(String), row(String)]
  await writeFile(path, workbookOf([{ name: 'Datos', rows }]))
}

/** A CSV of a million columns: with names, or with nothing between its separators. */
async function writeWideCsv(path: string, isNamed: boolean): Promise<void> {
  const out = createWriteStream(path)
  for (let line = 0; line < 3; line++) {
    const cell = (column: number) => (isNamed ? (line === 0 ? `columna ${column + 1}` : column) : '')
    const text = `${Array.from({ length: MANY_COLUMNS }, (_, column) => cell(column)).join(';')}\n`
    if (!out.write(text)) await drained(out)
  }
  out.end()
  await finished(out)
}

const WRITERS = {
  longWorkbook: writeLongWorkbook,
  wideWorkbook: writeWideWorkbook,
  namedColumns: (path: string) => writeWideCsv(path, true),
  bareColumns: (path: string) => writeWideCsv(path, false),
  /** The city file, good for `rows` records. */
  city: (path: string, seed: number, rows: number): Promise<CityMargins> => writeCityFile(path, { seed, rows }),
}
type Writers = typeof WRITERS

/** Writes one of them; answers what it holds. */
export function written<K extends keyof Writers>(
  kind: K,
  path: string,
  seed: number,
  rows = 0,
): ReturnType<Writers[K]> {
  const made = new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), [kind, path, String(seed), String(rows)])
    child.once('message', resolve)
    child.once('error', reject)
    child.once('exit', (status) => reject(new Error(`the writer of ${path} ended with ${status}`)))
  })
  return made as ReturnType<Writers[K]>
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [kind = '', path = '', seed, rows] = process.argv.slice(2)
  const facts = await WRITERS[kind as keyof Writers](path, Number(seed), Number(rows))
  process.send?.(facts ?? null)
  process.disconnect?.()
}
