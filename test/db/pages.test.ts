/** What is somebody's among much that is not: read on until there is enough of it. */
import { expect, it } from 'vitest'
import { firstTheirs, type Page } from '../../db/pages.ts'

const LINES = 230
let read = 0
const page = async (cursor: string | null, limit: number): Promise<Page<number>> => {
  const from = Number(cursor ?? 0)
  const rows = Array.from({ length: Math.min(limit, LINES - from) }, (_, i) => from + i)
  read += rows.length
  return { rows, next: from + limit < LINES ? String(from + limit) : null }
}
const theirs = async (n: number) => (n >= 120 && n % 40 === 0 ? `línea ${n}` : undefined)

it('is found behind pages of others, to the end of the list', async () => {
  expect(await firstTheirs(page, theirs, 20)).toEqual(['línea 120', 'línea 160', 'línea 200'])
})

it('is read no further than there is enough', async () => {
  read = 0
  expect(await firstTheirs(page, theirs, 1)).toEqual(['línea 120'])
  expect(read).toBe(150)
})
