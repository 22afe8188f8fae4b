import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { allRows } from '../../app/pages/lists/listing.server.ts'
import { listFile } from '../../documents/list-files.ts'
import { type ListCell, type ListTable, MAX_LISTED } from '../../domain/lists.ts'

const TABLE: ListTable = {
  title: 'Acciones: ¿de mejora? [todas]',
  header: ['Código', 'Acción', 'Días'],
  rows: [
    ['AM-1', '=HYPERLINK("http://malo.example")', 12],
    ['AM-2', 'Con coma, con punto y coma; y «comillas "rectas"»', -3],
    ['AM-3', null, null],
  ],
}

describe('a list as CSV', () => {
  it.each([
    ['csv', ','],
    ['csv_semicolon', ';'],
  ] as const)(
    '%s begins with the mark of UTF-8, and what would run as a formula is text',
    async (format, delimiter) => {
      const bytes = await listFile(TABLE, format)
      expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
      expect(parse(bytes, { bom: true, delimiter })).toEqual([
        ['Código', 'Acción', 'Días'],
        ['AM-1', `'=HYPERLINK("http://malo.example")`, '12'],
        ['AM-2', 'Con coma, con punto y coma; y «comillas "rectas"»', '-3'],
        ['AM-3', '', ''],
      ])
    },
  )
})

describe('a list as a workbook', () => {
  it('is made the same twice, also under a name no sheet may have', async () => {
    const book = await listFile(TABLE, 'xlsx')
    expect(book.subarray(0, 2).toString()).toBe('PK')
    expect(book.equals(await listFile(TABLE, 'xlsx'))).toBe(true)
  })
})

describe('the rows of a list', () => {
  const pages = (all: ListCell[][], size: number) => ({
    read: async (cursor: string | null) => {
      const from = Number(cursor ?? 0)
      return { rows: all.slice(from, from + size), next: from + size < all.length ? String(from + size) : null }
    },
  })
  const many = (n: number) => Array.from({ length: n }, (_, i) => [i])

  it('are those of every page, each once and in their order', async () => {
    expect(await allRows(pages(many(7), 2))).toEqual(many(7))
    expect(await allRows(pages([], 2))).toEqual([])
  })

  it('are refused as too many from the first one that does not fit', async () => {
    expect(await allRows(pages(many(MAX_LISTED), 1_000))).toHaveLength(MAX_LISTED)
    const refused = { code: 'list_too_long', status: 409, facts: { most: MAX_LISTED } }
    await expect(allRows(pages(many(MAX_LISTED + 1), 1_000))).rejects.toMatchObject(refused)
    await expect(allRows(pages(many(MAX_LISTED * 2), 999))).rejects.toMatchObject(refused)
  })
})
