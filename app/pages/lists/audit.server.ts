import { listCheckpoints } from '../../../db/log-checkpoints.ts'
import { listTrail } from '../../../db/trail.ts'
import { requireAuditor } from '../../commands/consult-trail.server.ts'
import { eventSentence } from '../../text/events.ts'
import { formatSheetInstant } from '../../text/format.ts'
import { listColumns as words } from '../../text/lists.ts'
import { timelineFilters } from '../../text/timeline.ts'
import { FILE_PAGE, listing, type OpenListing } from './listing.server.ts'

const trail: OpenListing = async (trx, actor, search) => {
  requireAuditor(actor)
  const filters = timelineFilters(search)
  return listing(
    (cursor) => listTrail(trx, actor.entityId, { ...filters, cursor, limit: FILE_PAGE }),
    {
      [words.at]: ({ at }) => formatSheetInstant(at),
      [words.what]: eventSentence,
      [words.person]: ({ personName }) => personName,
      [words.position]: ({ positionName }) => positionName,
      [words.step]: ({ stepCode }) => stepCode,
      [words.content]: ({ contentHash }) => contentHash,
    },
    { filters },
  )
}

const checkpoints: OpenListing = async (trx, actor) => {
  requireAuditor(actor)
  return listing((cursor) => listCheckpoints(trx, actor.entityId, { cursor, limit: FILE_PAGE }), {
    [words.signedAt]: ({ signedAt }) => formatSheetInstant(signedAt),
    [words.sealedEvents]: ({ size }) => size,
    [words.root]: ({ root }) => root,
    [words.keyId]: ({ keyId }) => keyId,
  })
}

export const AUDIT_LISTINGS = { trail, checkpoints }
