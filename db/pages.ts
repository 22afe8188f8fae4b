/** Keyset paging: a page and the opaque place where the next one begins. */
export interface Page<R> {
  rows: R[]
  /** Goes into the address as it is; null on the last page. */
  next: string | null
}

export function encodeCursor(key: (string | null)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/** The key a page begins after; null, that is the first page, when the text is absent or not one of ours. */
export function decodeCursor(cursor: string | null | undefined, length: number): string[] | null {
  if (!cursor) return null
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(key) && key.length === length && key.every(isPlainText) ? key : null
  } catch {
    return null
  }
}

/** PostgreSQL takes no U+0000 in a text. */
function isPlainText(part: unknown): part is string {
  return typeof part === 'string' && part.length <= 300 && !part.includes('\u0000')
}

/** Cuts the one row too many that a query asked for to learn whether there is a next page. */
export function pageOf<R>(rows: R[], limit: number, key: (row: R) => string[]): Page<R> {
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { rows: rows.slice(0, limit), next: last ? encodeCursor(key(last)) : null }
}
