import { formatSheetInstant } from '../../text/format.ts'
import { listColumns as words } from '../../text/lists.ts'
import { termResultText } from '../../text/ran-terms.ts'
import { termsIn } from '../ran-terms.server.ts'
import { noticesIn } from '../sent-notices.server.ts'
import { FILE_PAGE, listing, type OpenListing } from './listing.server.ts'

const ran_terms: OpenListing = async (trx, actor, search) => {
  const { cycleId, read, told } = await termsIn(trx, actor, search)
  return listing(
    async (cursor) => {
      const { rows, next } = await read({ cursor, limit: FILE_PAGE })
      return { next, rows: rows.map((term) => ({ ...term, ...told(term) })) }
    },
    {
      [words.term]: ({ what }) => what,
      [words.termStart]: ({ startOn }) => startOn,
      [words.counted]: ({ count }) => count,
      [words.leftOut]: ({ out }) => out,
      [words.dueOn]: ({ dueOn }) => dueOn,
      [words.termEnd]: ({ endedOn }) => endedOn,
      [words.state]: ({ code }) => termResultText[code],
      [words.outcome]: ({ result }) => result,
    },
    cycleId ? { cycleId } : {},
  )
}

const sent_notices: OpenListing = async (trx, actor, search) => {
  const { cycleId, read, told } = await noticesIn(trx, actor, search)
  return listing(
    async (cursor) => {
      const { rows, next } = await read({ cursor, limit: FILE_PAGE })
      return { next, rows: rows.map((notice) => ({ at: notice.at, ...told(notice) })) }
    },
    {
      [words.at]: ({ at }) => formatSheetInstant(at),
      [words.subject]: ({ what }) => what,
      [words.position]: ({ positions }) => positions,
      [words.toldAs]: ({ duty }) => duty,
      [words.outcome]: ({ result }) => result,
    },
    cycleId ? { cycleId } : {},
  )
}

/** What stands beside the history of a cycle or another subject. */
export const HISTORY_LISTINGS = { ran_terms, sent_notices }
