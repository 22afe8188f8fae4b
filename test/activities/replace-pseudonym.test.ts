import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { replacePseudonym } from '../../activities/replace-pseudonym.ts'
import { newId } from '../../db/ids.ts'
import { openWorkbook } from '../../db/ingest/workbook/workbook.ts'
import { openPackage } from '../../db/ingest/workbook/zip.ts'
import { sealFile } from '../../db/sealed-files.ts'
import { hashFile } from '../../db/snapshots.ts'
import { workbookOf, workbookParts, type ZipPart, zipOf } from '../support/workbooks.ts'

const FROM = '0f3a9c5be17d248600aa11bb22cc33dd'
const TO = '99887766554433221100ffeeddccbbaa'
const UPPER = FROM.toUpperCase()
const MIXED = `${UPPER.slice(0, 16)}${FROM.slice(16)}`

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'caracteriza-pseudonym-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** What stands in the file afterwards; null where the pseudonym did not stand in it. */
async function replaced(content: Buffer | string, signal = new AbortController().signal): Promise<Buffer | null> {
  const plain = path.join(folder, newId())
  await writeFile(plain, content)
  const ref = { dataDir: folder, secret: 'secreto', entityId: randomUUID(), sha256: await hashFile(plain) }
  await sealFile(ref, plain)
  const made = await replacePseudonym(ref, { from: FROM, to: TO }, { folder, signal })
  if (!made) return null
  const bytes = await readFile(made.path)
  expect([await hashFile(made.path), bytes.length]).toEqual([made.sha256, made.bytes])
  return bytes
}

async function rowsOf(book: Buffer, sheet: string): Promise<string[][]> {
  const file = path.join(folder, newId())
  await writeFile(file, book)
  const workbook = await openWorkbook(file, folder)
  try {
    await workbook.readTexts()
    const rows: string[][] = []
    await workbook.rows(sheet, ({ bytes, starts, ends, cells }) =>
      rows.push(Array.from({ length: cells }, (_, i) => bytes.toString('utf8', starts[i], ends[i]))),
    )
    return rows
  } finally {
    workbook.close()
  }
}

/** Every part unpacked, in the order of their names. */
async function unpacked(book: Buffer): Promise<Map<string, Buffer>> {
  const zip = await openPackage(book)
  const parts = new Map<string, Buffer>()
  for (const name of [...zip.names].sort()) {
    const pieces: Buffer[] = []
    for await (const piece of await zip.open(name)) pieces.push(piece)
    parts.set(name, Buffer.concat(pieces))
  }
  zip.close()
  return parts
}

it('a text has another one in every place, across the borders of its pieces, in any case and in letters of two bytes', async () => {
  const edge = 'x'.repeat((1 << 20) - 10)
  for (const typed of [FROM, UPPER, MIXED]) {
    const written = (name: string) => `linea,quién\n1,${name}\n${edge}${name}\n${name}`
    const [before, after] = [written(typed), written(TO)]
    expect((await replaced(before))?.equals(Buffer.from(after))).toBe(true)
    const wide = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')
    expect((await replaced(wide(before)))?.equals(wide(after))).toBe(true)
    expect((await replaced(wide(before).swap16()))?.equals(wide(after).swap16())).toBe(true)
  }
})

it('a file without it is left, and so is a package that nobody can unpack', async () => {
  expect(await replaced(`linea,quién\n1,${FROM.slice(1)}\n`)).toBeNull()
  expect(await replaced(workbookOf([{ name: 'Hoja', rows: [['a'], [FROM.slice(1)]] }]))).toBeNull()
  const book = workbookOf([{ name: 'Hoja', rows: [[FROM]] }])
  expect(await replaced(book.subarray(0, book.length - 40))).toBeNull()
  const [first, ...rest] = workbookParts([{ name: 'Hoja', rows: [[FROM]] }]) as [ZipPart, ...ZipPart[]]
  const lying = zipOf([first, ...rest.slice(0, -1), { ...(rest.at(-1) as ZipPart), lies: { unpacked: 12 } }])
  expect(await replaced(lying)).toBeNull()
})

it('a workbook has another one in its shared texts, its cells and whatever else it holds; the rest is as it was', async () => {
  const text = (name: string) => `<c r="@" t="inlineStr"><is><t>${name}</t></is></c>`
  const sheets = (name: (typed: string) => string) => [
    {
      name: 'Corregir',
      rows: [
        ['fila', 'quién'],
        [2, { xml: '<c r="@" t="s"><v>0</v></c>' }],
        [3, name(UPPER)],
      ],
    },
    {
      name: 'Notas ñ',
      rows: [
        [{ xml: text(name(MIXED)) }, 'véase 3'],
        [`de ${name(FROM)}, dicho así`, 1.5],
      ],
    },
  ]
  const parts = (name: (typed: string) => string): ZipPart[] => [
    ...workbookParts(sheets(name), { shared: [name(FROM), 'otro'] }),
    { name: 'xl/comments1.xml', content: Buffer.from(`<comments>${name(UPPER)}</comments>`, 'utf16le') },
    { name: 'docProps/', content: '' },
    { name: 'docProps/núcleo.xml', content: `<x>${'y'.repeat(200_000)}${name(FROM)}</x>`, stored: true },
  ]
  const book = await replaced(zipOf(parts((typed) => typed)))
  const wanted = zipOf(parts(() => TO).filter(({ name }) => !name.endsWith('/')))
  expect(book && (await unpacked(book))).toEqual(await unpacked(wanted))
  expect(book && (await rowsOf(book, 'Corregir'))).toEqual([
    ['fila', 'quién'],
    ['2', TO],
    ['3', TO],
  ])
})

it('a workbook that was sound to read stays so, however well its parts would pack', async () => {
  const blanks = Array.from({ length: 1_000 }, () => ['x'.repeat(3_000)])
  const parts = workbookParts([{ name: 'Hoja', rows: [[FROM], ...blanks] }]).map((part) => ({ ...part, stored: true }))
  const book = await replaced(zipOf(parts))
  expect(book && (await rowsOf(book, 'Hoja')).length).toBe(1_001)
})

it('nobody waiting for it any more ends it', async () => {
  const unwanted = AbortSignal.abort(new Error('cancelled'))
  await expect(replaced(`1,${FROM}`, unwanted)).rejects.toThrow('cancelled')
  await expect(replaced(workbookOf([{ name: 'Hoja', rows: [[FROM]] }]), unwanted)).rejects.toThrow('cancelled')
})
