import { listPersonalReads, listUnusual } from '../../../db/readings.ts'
import { requireRight } from '../../commands/permitted.server.ts'
import { eventSentence } from '../../text/events.ts'
import { formatSheetInstant } from '../../text/format.ts'
import { listColumns as columns } from '../../text/lists.ts'
import { unusualText, readingsText as words } from '../../text/readings.ts'
import { readingFilters } from '../../text/timeline.ts'
import { FILE_PAGE, listing, type OpenListing } from './listing.server.ts'

/** Each time somebody saw citizens' data: who, when and what for, and nothing of what they saw. */
const personalReadings: OpenListing = async (trx, actor, search) => {
  requireRight(actor, 'oversee_access')
  const filters = readingFilters(search)
  return listing(
    (cursor) => listPersonalReads(trx, actor.entityId, { ...filters, cursor, limit: FILE_PAGE }),
    {
      [columns.at]: ({ at }) => formatSheetInstant(at),
      [columns.what]: eventSentence,
      [columns.person]: ({ personName }) => personName,
      [columns.position]: ({ positionName }) => positionName,
    },
    { filters },
  )
}

const unusualReadings: OpenListing = async (trx, actor) => {
  requireRight(actor, 'oversee_access')
  return listing((cursor) => listUnusual(trx, actor.entityId, { cursor, limit: FILE_PAGE }), {
    [words.week]: ({ week }) => week,
    [words.person]: ({ person }) => person,
    [words.reads]: ({ reads }) => reads,
    [words.objects]: ({ objects }) => objects,
    [words.why]: ({ reasons }) => reasons.map((code) => unusualText[code]).join('; '),
  })
}

/** Who saw citizens' data, for whoever oversees accesses (features I8). */
export const READING_LISTINGS = { personal_readings: personalReadings, unusual_readings: unusualReadings }
