import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type KnownReading, readLike } from '../../db/ingest/known-reading.ts'
import { type Sniffed, sniffFile } from '../../db/ingest/sniff.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'caracteriza-known-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function seen(text: string): Promise<Sniffed> {
  const file = join(folder, 'datos.csv')
  writeFileSync(file, text)
  const found = await sniffFile(file)
  if (!found.ok) throw new Error(found.refusal.code)
  return found
}

const known = (reading: Partial<KnownReading>): KnownReading => ({
  ...{ format: 'csv', encoding: 'utf-8', separator: ';', sheet: null, headerLine: 1, headerRows: 1, header: [] },
  ...reading,
})

describe('a file of a source that was read before', () => {
  const titled = 'canal;zona;total\nMes de enero;Urbana;1\ncanal;zona;total\nWeb;Urbana;3\nWeb;Rural;4\n'

  it('is read as detected where that finds the columns there were', async () => {
    const found = await seen('canal;zona\nWeb;Urbana\nWeb;Rural\n')
    expect(readLike(found, known({ header: ['canal', 'zona'], headerLine: 3 }))).toBe(found.file)
  })

  it('begins where it began then, if more of its columns are found there', async () => {
    const found = await seen('Informe;de;canales\nEnero;2;3\nnombre del canal;zona;total\nWeb;Urbana;3\nWeb;Rural;4\n')
    expect(found.file.headerLine).toBe(1)
    const read = readLike(found, known({ header: ['nombre del canal', 'zona', 'total'], headerLine: 3 }))
    expect(read).toMatchObject({ headerLine: 3, columns: 3, header: ['nombre del canal', 'zona', 'total'] })
    expect(read.sampleRows).toEqual([
      ['Web', 'Urbana', '3'],
      ['Web', 'Rural', '4'],
    ])
  })

  it('keeps what was detected where the old reading finds no more, or cannot be', async () => {
    const found = await seen(titled)
    expect(readLike(found, known({ header: ['otra', 'canal'], headerLine: 3 }))).toBe(found.file)
    expect(readLike(found, known({ header: ['otra'], headerLine: 90 }))).toBe(found.file)
    expect(readLike(found, known({ format: 'xlsx', sheet: 'Hoja1', header: ['otra'] }))).toBe(found.file)
  })
})
