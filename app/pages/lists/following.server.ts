import { listFindings } from '../../../db/finding-pages.ts'
import { listActions } from '../../../db/improvement-pages.ts'
import { listReleases } from '../../../db/release-pages.ts'
import { listResults } from '../../../db/summaries.ts'
import { Refused } from '../../../domain/refusals.ts'
import { cycleIn } from '../../params.server.ts'
import { dutyName } from '../../text/duties.ts'
import { findingOriginText, findingStateText, findingsText } from '../../text/findings.ts'
import { formatSheetInstant } from '../../text/format.ts'
import { actionStateText, actionText } from '../../text/improvement.ts'
import { listColumns as words } from '../../text/lists.ts'
import { summaryStateText } from '../../text/results.ts'
import { releaseStateText } from '../../text/states.ts'
import { findingFilters } from '../findings.server.ts'
import { actionFilters } from '../improvement.server.ts'
import { releaseFilters } from '../releases.server.ts'
import { findCycleResults, findTracking } from '../results.server.ts'
import { FILE_PAGE, listing, type OpenListing, wholeListing } from './listing.server.ts'

const findings: OpenListing = async (trx, actor, search) => {
  const filters = findingFilters(search)
  const { columns } = findingsText
  return listing(
    (cursor) => listFindings(trx, actor.entityId, { ...filters, cursor, limit: FILE_PAGE }),
    {
      [columns.code]: ({ code }) => code,
      [columns.condition]: ({ condition }) => condition,
      [columns.origin]: ({ origin }) => findingOriginText[origin],
      [columns.owner]: ({ owner }) => owner,
      [columns.actions]: ({ effective, actions }) => findingsText.ofActions(effective, actions),
      [columns.status]: ({ status }) => findingStateText[status],
    },
    { filters },
  )
}

const actions: OpenListing = async (trx, actor, search) => {
  const filters = actionFilters(search, actor)
  const called = actor.entity.dutyNames
  return listing(
    (cursor) => listActions(trx, actor.entityId, { ...filters, cursor, limit: FILE_PAGE }),
    {
      [words.code]: ({ code }) => code,
      [words.action]: ({ what }) => what,
      [words.origin]: ({ origin }) => actionText.origins[origin],
      [words.answers]: ({ owner, duty }) => owner ?? dutyName(duty, called),
      [words.agency]: ({ agency }) => agency,
      [words.until]: ({ day }) => day,
      [words.state]: ({ status }) => actionStateText[status],
    },
    { filters },
  )
}

const results: OpenListing = async (trx) =>
  listing((cursor) => listResults(trx, cursor, FILE_PAGE), {
    [words.cycle]: ({ cycleName }) => cycleName,
    [words.vigencia]: ({ vigencia }) => vigencia,
    [words.deliveredAt]: ({ deliveredAt }) => formatSheetInstant(deliveredAt),
    [words.agencies]: ({ total }) => total,
    [words.answered]: ({ answered }) => answered,
  })

const agencies_answers: OpenListing = async (trx, actor, search) => {
  const found = await findCycleResults(trx, actor, cycleIn(search))
  if (!found) throw new Refused('not_visible')
  return wholeListing(
    found.agencies,
    {
      [words.agency]: ({ name }) => name,
      [words.state]: ({ state }) => summaryStateText[state],
    },
    { cycleId: found.cycle.id },
  )
}

const tracking: OpenListing = async (trx, actor, search) => {
  const cycleId = cycleIn(search)
  const found = await findTracking(trx, actor, cycleId)
  if (!found) throw new Refused('not_visible')
  return wholeListing(
    found.lines,
    {
      [words.agency]: ({ agencyName }) => agencyName,
      [words.state]: ({ state }) => summaryStateText[state],
      [words.readAt]: ({ readAt }) => readAt && formatSheetInstant(readAt),
      [words.readBy]: ({ readBy }) => readBy,
      [words.answeredAt]: ({ answeredAt }) => answeredAt && formatSheetInstant(answeredAt),
      [words.commitments]: ({ answeredAt, commitments }) => (answeredAt ? commitments : null),
      [words.dueOn]: ({ dueDate }) => dueDate,
      [words.toldAt]: ({ toldAt }) => toldAt && formatSheetInstant(toldAt),
    },
    { cycleId },
  )
}

const releases: OpenListing = async (trx, actor, search) => {
  const { withDrafts, ...filters } = await releaseFilters(trx, actor, search)
  return listing(
    (cursor) => listReleases(trx, actor.entityId, { withDrafts, ...filters, cursor, limit: FILE_PAGE }),
    {
      [words.dataset]: ({ title }) => title,
      [words.version]: ({ version }) => version,
      [words.state]: ({ status }) => releaseStateText[status],
      [words.plannedFor]: ({ publishAt }) => publishAt && formatSheetInstant(publishAt),
      [words.publishedAt]: ({ publishedAt }) => publishedAt && formatSheetInstant(publishedAt),
      [words.withdrawnAt]: ({ withdrawnAt }) => withdrawnAt && formatSheetInstant(withdrawnAt),
      [words.files]: ({ files }) => files,
      [words.cycle]: ({ cycleName }) => cycleName,
      [words.vigencia]: ({ vigencia }) => vigencia,
    },
    { filters },
  )
}

/** What becomes of the figures: what is published, answered and improved. */
export const FOLLOWING_LISTINGS = { actions, findings, results, agencies_answers, tracking, releases }
