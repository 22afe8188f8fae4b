import { listRuns } from '../../../db/check-pages.ts'
import { Refused } from '../../../domain/refusals.ts'
import { checksText, controlAt, controlsText } from '../../text/automatic-checks.ts'
import { formatSheetInstant } from '../../text/format.ts'
import { riskListColumns as words } from '../../text/risk-lists.ts'
import { standingChecksText, standingText } from '../../text/standing-checks.ts'
import { standingsOf } from '../checks.server.ts'
import { examinedChecks } from '../standing-checks.server.ts'
import { FILE_PAGE, listing, type OpenListing, wholeListing } from './listing.server.ts'

const instant = (at: Date | null) => at && formatSheetInstant(at)

const automatic_checks: OpenListing = async (trx, actor) =>
  wholeListing(await standingsOf(trx, actor.entityId), {
    [words.check]: ({ control }) => controlsText[control].name,
    [words.state]: ({ state }) => checksText.states[state],
    [words.lastAt]: ({ lastAt }) => instant(lastAt),
    [words.looked]: ({ lookedAt }) => lookedAt,
    [words.found]: ({ found }) => found,
    [words.openSince]: ({ openSince }) => instant(openSince),
    [words.severity]: ({ severity }) => checksText.severities[severity],
  })

/** Of the one that the address names. */
const automatic_check_runs: OpenListing = async (trx, actor, search) => {
  const control = controlAt(search.get('autocontrol') ?? '')
  if (!control) throw new Refused('not_visible')
  return listing((cursor) => listRuns(trx, actor.entityId, control, { cursor, limit: FILE_PAGE }), {
    [words.check]: () => controlsText[control].name,
    [words.at]: ({ finishedAt }) => instant(finishedAt),
    [words.state]: ({ result }) => checksText.states[result],
    [words.looked]: ({ lookedAt }) => lookedAt,
    [words.found]: ({ found }) => found,
    [words.seconds]: ({ seconds }) => Math.round(seconds * 100) / 100,
    [words.askedBy]: ({ askedBy }) => askedBy,
    [words.hash]: ({ contentHash }) => contentHash,
  })
}

const standing_checks: OpenListing = async (trx, actor) =>
  wholeListing(await examinedChecks(trx, actor), {
    [words.area]: ({ area }) => standingChecksText.areas[area],
    [words.verification]: ({ check }) => standingText[check].name,
    [words.found]: ({ found }) => found,
    [words.looked]: ({ lookedAt }) => lookedAt,
    [words.owner]: ({ owner }) => owner,
    [words.holds]: ({ steps }) => steps.join(', '),
  })

/** What the product checks of itself, and what does not fit together. */
export const CHECK_LISTINGS = { automatic_checks, automatic_check_runs, standing_checks }
