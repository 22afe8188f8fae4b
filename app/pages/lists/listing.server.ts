import type { Trx } from '../../../db/client.ts'
import type { Page } from '../../../db/pages.ts'
import { type ListCell, MAX_LISTED } from '../../../domain/lists.ts'
import { Refused } from '../../../domain/refusals.ts'
import type { Actor } from '../../session.server.ts'

/** One list as a file has it: the columns, and its rows page by page under the filters of the address. */
export interface Listing {
  header: string[]
  read: (cursor: string | null) => Promise<Page<ListCell[]>>
  /** Fewer rows than there are, because the address asks so. */
  isNarrowed: boolean
  /** The cycle it is a list of. */
  cycleId?: string
  /** Delegated accesses it is read under (`scopeKey` of domain/capture.ts): once one of them is over, the file stops. */
  scopes?: string[]
}

/** Opens a list for this person with the filters its page has in the address. Throws `Refused` where the page would. */
export type OpenListing = (trx: Trx, actor: Actor, search: URLSearchParams) => Promise<Listing>

/** What each column holds, under its Spanish name and in the order of the file. */
export type ListColumns<R> = Record<string, (row: R) => ListCell>

/** Rows of a page of a file; the page on screen has fewer. */
export const FILE_PAGE = 1_000

interface About {
  /** What the address asks for; empty where it asks for everything. */
  filters?: object
  cycleId?: string
  scopes?: string[]
}

export function listing<R>(
  read: (cursor: string | null) => Promise<Page<R>>,
  columns: ListColumns<R>,
  { filters = {}, ...about }: About = {},
): Listing {
  const values = Object.values(columns)
  return {
    ...about,
    isNarrowed: Object.keys(filters).length > 0,
    header: Object.keys(columns),
    read: async (cursor) => {
      const { rows, next } = await read(cursor)
      return { next, rows: rows.map((row) => values.map((value) => value(row))) }
    },
  }
}

/** A list whose page shows all of it. */
export function wholeListing<R>(rows: R[], columns: ListColumns<R>, about?: Pick<About, 'cycleId'>): Listing {
  return listing(async () => ({ rows, next: null }), columns, about)
}

/** Every row that the filters leave. Throws `Refused('list_too_long')` where they are more than the file may have. */
export async function allRows({ read }: Pick<Listing, 'read'>, most = MAX_LISTED): Promise<ListCell[][]> {
  const rows: ListCell[][] = []
  let next: string | null = null
  do {
    const page: Page<ListCell[]> = await read(next)
    rows.push(...page.rows)
    next = page.next
    if (rows.length + (next === null ? 0 : 1) > most) throw new Refused('list_too_long', { most })
  } while (next)
  return rows
}
