import { isCivilDate } from '../domain/civil-dates.ts'
import { isId } from '../domain/ids.ts'

/** Keyset paging: a page and the opaque place where the next one begins. */
export interface Page<R> {
  rows: R[]
  /** Goes into the address as it is; null on the last page. */
  next: string | null
}

function encodeCursor(key: string[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

export type KeyPart = 'text' | 'number' | 'instant' | 'date' | 'id'

/** As PostgreSQL writes one; JavaScript would take much more for one, a 30 February among it. */
const INSTANT = /^\d{4}-\d\d-\d\d ([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?([+-](0\d|1[0-5])(:[0-5]\d)?)?$/

/** What PostgreSQL takes for each; anything else would be an error of ours in the log of whoever plays with addresses. */
const IS: Record<KeyPart, (part: string) => boolean> = {
  text: (part) => !part.includes('\u0000'),
  instant: (part) => part === 'infinity' || (INSTANT.test(part) && isCivilDate(part.slice(0, 10))),
  number: (part) => /^\d{1,9}$/.test(part),
  date: isCivilDate,
  id: isId,
}

/** The key a page begins after; null, that is the first page, when the text is absent or not one of ours. */
export function decodeCursor(cursor: string | null | undefined, parts: readonly KeyPart[]): string[] | null {
  if (!cursor) return null
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (!Array.isArray(key) || key.length !== parts.length) return null
    return parts.every((part, i) => typeof key[i] === 'string' && IS[part](key[i])) ? key : null
  } catch {
    return null
  }
}

/** Cuts the one row too many that a query asked for to learn whether there is a next page. */
export function pageOf<R>(rows: R[], limit: number, key: (row: R) => string[]): Page<R> {
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { rows: rows.slice(0, limit), next: last ? encodeCursor(key(last)) : null }
}

const PAGE = 50

/**
 * The first of a list that are somebody's, where no query can say whose they are: read on page by page until there are as many as
 * asked for, or no more. `theirs` answers what is told of a row; undefined where it is not theirs.
 */
export async function firstTheirs<R, T>(
  read: (cursor: string | null, limit: number) => Promise<Page<R>>,
  theirs: (row: R) => Promise<T | undefined>,
  limit: number,
): Promise<T[]> {
  const found: T[] = []
  let next: string | null = null
  do {
    const page: Page<R> = await read(next, PAGE)
    for (const row of page.rows) {
      const one = await theirs(row)
      if (one !== undefined) found.push(one)
      if (found.length === limit) return found
    }
    next = page.next
  } while (next !== null)
  return found
}
