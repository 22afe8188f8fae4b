import { listAbsences } from '../../../db/absence-pages.ts'
import { findAccessList, listAccessListRows } from '../../../db/access-lists.ts'
import { findCampaignPage, listCampaigns, listCases } from '../../../db/campaign-pages.ts'
import { listCaptureRecords } from '../../../db/capture-pages.ts'
import { listFindings } from '../../../db/finding-pages.ts'
import { listGrants } from '../../../db/grant-pages.ts'
import { areInForce } from '../../../db/grants-in-force.ts'
import { listActions } from '../../../db/improvement-pages.ts'
import { listReleases } from '../../../db/release-pages.ts'
import { listKeeps } from '../../../db/review-closing.ts'
import { listRights } from '../../../db/rights-pages.ts'
import { listResults } from '../../../db/summaries.ts'
import { isId } from '../../../domain/ids.ts'
import { Refused } from '../../../domain/refusals.ts'
import { qualityOf } from '../../../domain/review-quality.ts'
import { kindOf } from '../../../domain/rights.ts'
import { permitted } from '../../commands/permitted.server.ts'
import { cycleIn } from '../../params.server.ts'
import { absenceReasonText, absenceStateText, absencesText } from '../../text/absences.ts'
import { grantStateText } from '../../text/access.ts'
import { accessIndicatorsText, indicatorValue } from '../../text/access-indicators.ts'
import { rowStateText } from '../../text/access-lists.ts'
import { modeText, networkText } from '../../text/capture.ts'
import { dutyName } from '../../text/duties.ts'
import { findingOriginText, findingStateText, findingsText } from '../../text/findings.ts'
import { formatSheetInstant } from '../../text/format.ts'
import { actionStateText, actionText } from '../../text/improvement.ts'
import { listColumns as words } from '../../text/lists.ts'
import { summaryStateText } from '../../text/results.ts'
import {
  campaignStateText,
  campaignsText,
  campaignText,
  outcomeByText,
  outcomeText,
  qualityText,
  reviewVerdictText,
} from '../../text/reviews.ts'
import { rightsAimText, rightsKindText, rightsStateText } from '../../text/rights.ts'
import { releaseStateText } from '../../text/states.ts'
import { absenceFilters } from '../absences.server.ts'
import { accessFilters } from '../access.server.ts'
import { measureAccess } from '../access-indicators.server.ts'
import { shownRow } from '../access-lists.server.ts'
import { campaignRights } from '../campaigns.server.ts'
import { recordFilters } from '../capture.server.ts'
import { findingFilters } from '../findings.server.ts'
import { actionFilters } from '../improvement.server.ts'
import { releaseFilters } from '../releases.server.ts'
import { findCycleResults, findTracking } from '../results.server.ts'
import { rightsFilters } from '../rights.server.ts'
import { FILE_PAGE, listing, type OpenListing, wholeListing } from './listing.server.ts'

const accesses: OpenListing = async (trx, actor, search) => {
  const filters = accessFilters(search, actor)
  return listing(
    (cursor) => listGrants(trx, permitted(actor), { ...filters, cursor, limit: FILE_PAGE }),
    {
      [words.code]: ({ code }) => code,
      [words.person]: ({ personName }) => personName,
      [words.agency]: ({ agencyName }) => agencyName,
      [words.point]: ({ pointName }) => pointName,
      [words.form]: ({ form }) => form,
      [words.from]: ({ startsOn }) => startsOn,
      [words.to]: ({ endsOn }) => endsOn,
      [words.state]: ({ status }) => grantStateText[status],
      [words.underReview]: ({ isUnderReview }) => (isUnderReview ? words.yes : words.no),
    },
    { filters },
  )
}

const access_list_rows: OpenListing = async (trx, actor, search) => {
  const id = search.get('lista')
  const list = isId(id) ? await findAccessList(trx, actor.personId, id) : undefined
  if (!list) throw new Refused('not_visible')
  const rows = await listAccessListRows(trx, list.id)
  return wholeListing(
    rows.map((row) => shownRow(row, list.askedAt !== null)),
    {
      [words.line]: ({ line }) => line,
      [words.person]: ({ personName, who }) => personName ?? who,
      [words.point]: ({ point }) => point,
      [words.form]: ({ form }) => form,
      [words.from]: ({ startsOn }) => startsOn,
      [words.to]: ({ endsOn }) => endsOn,
      [words.state]: ({ state }) => rowStateText[state],
      [words.why]: ({ why }) => why,
      [words.code]: ({ grantCode }) => grantCode,
    },
  )
}

const absences: OpenListing = async (trx, actor, search) => {
  const filters = absenceFilters(search, actor)
  return listing(
    (cursor) => listAbsences(trx, permitted(actor), { ...filters, cursor, limit: FILE_PAGE }),
    {
      [words.absent]: ({ personName }) => personName,
      [words.position]: ({ positionName }) => positionName,
      [words.agency]: ({ agencyName }) => agencyName,
      [words.from]: ({ from }) => from,
      [words.to]: ({ to }) => to,
      [words.reason]: ({ reason }) => absenceReasonText[reason],
      [words.substitutes]: ({ substitutes }) =>
        substitutes.map(({ name, scope }) => absencesText.reaches(name, scope)).join(' · '),
      [words.state]: ({ state }) => absenceStateText[state],
    },
    { filters },
  )
}

const captured: OpenListing = async (trx, actor, search) => {
  const filters = recordFilters(search)
  const scopes = filters.scope ? [filters.scope] : actor.scopes
  if (!(await areInForce(trx, actor.personId, scopes))) throw new Refused('no_access_in_force')
  return listing(
    (cursor) => listCaptureRecords(trx, permitted(actor), { ...filters, cursor, limit: FILE_PAGE }),
    {
      [words.code]: ({ code }) => code,
      [words.point]: ({ pointName }) => pointName,
      [words.form]: ({ form }) => form,
      [words.at]: ({ capturedAt }) => formatSheetInstant(capturedAt),
      [words.capturedBy]: ({ capturedBy }) => capturedBy,
      [words.mode]: ({ mode }) => modeText[mode],
      [words.network]: ({ network }) => networkText[network],
    },
    { filters, scopes },
  )
}

const access_indicators: OpenListing = async (trx, actor, search) => {
  const { indicators } = await measureAccess(trx, actor, search)
  const { columns, definitions } = accessIndicatorsText
  return wholeListing(indicators, {
    [columns.name]: ({ code }) => definitions[code].name,
    [columns.value]: ({ code, value }) => indicatorValue(code, value),
    [columns.numerator]: ({ numerator }) => numerator,
    [columns.denominator]: ({ denominator }) => denominator,
    [columns.goal]: ({ code }) => definitions[code].goal,
    [words.numeratorOf]: ({ code }) => definitions[code].numerator,
    [words.denominatorOf]: ({ code }) => definitions[code].denominator,
    [columns.moment]: ({ code }) => definitions[code].moment,
    [columns.source]: ({ code }) => definitions[code].source,
  })
}

const rights: OpenListing = async (trx, actor, search) => {
  const filters = rightsFilters(search)
  return listing(
    (cursor) => listRights(trx, permitted(actor), { ...filters, cursor, limit: FILE_PAGE }),
    {
      [words.code]: ({ number }) => number,
      [words.kind]: ({ aim }) => rightsKindText[kindOf(aim)],
      [words.action]: ({ aim }) => rightsAimText[aim],
      [words.from]: ({ filedOn }) => filedOn,
      [words.dueOn]: ({ dueOn }) => dueOn,
      [words.state]: ({ status }) => rightsStateText[status],
    },
    { filters },
  )
}

const campaigns: OpenListing = async (trx, actor) => {
  if (!campaignRights(actor).mayRead) throw new Refused('not_visible')
  return listing((cursor) => listCampaigns(trx, actor.entityId, { cursor, limit: FILE_PAGE }), {
    [words.code]: ({ code }) => code,
    [words.about]: ({ kind, vigencia, cause }) => campaignsText.kind(kind, vigencia, cause),
    [words.openedAt]: ({ openedAt }) => formatSheetInstant(openedAt),
    [words.dueOn]: ({ dueOn }) => dueOn,
    [words.cases]: ({ cases }) => cases,
    [words.casesAnswered]: ({ answered }) => answered,
    [words.ended]: ({ ended }) => ended,
    [words.state]: ({ status }) => campaignStateText[status],
  })
}

/** The evidence of a control: every case before and after, with its answer, the ticket and who closed (D6). */
const review_cases: OpenListing = async (trx, actor, search) => {
  const id = search.get('campana') ?? ''
  const campaign = isId(id) ? await findCampaignPage(trx, actor.entityId, id) : undefined
  if (!campaign || !campaignRights(actor).mayRead) throw new Refused('not_visible')
  const quality = qualityOf(await listKeeps(trx, id))
  return listing((cursor) => listCases(trx, id, { cursor, limit: FILE_PAGE }), {
    [words.code]: ({ code }) => code,
    [words.person]: ({ personName }) => personName,
    [words.agency]: ({ agencyName }) => agencyName,
    [words.point]: ({ pointName }) => pointName,
    [words.form]: ({ form }) => form,
    [words.before]: ({ before }) => grantStateText[before],
    [words.beforeEndsOn]: ({ beforeEndsOn }) => beforeEndsOn,
    [words.answer]: ({ verdict }) => verdict && reviewVerdictText[verdict],
    [words.reason]: ({ reason }) => reason,
    [words.answeredBy]: ({ answeredBy }) => answeredBy,
    [words.answeredAt]: ({ answeredAt }) => answeredAt && formatSheetInstant(answeredAt),
    [words.pace]: ({ paceMs }) => (paceMs === null ? null : paceMs / 1000),
    [words.batchSize]: ({ batchSize }) => batchSize,
    [words.wasUnused]: ({ wasUnused }) => (wasUnused === null ? null : wasUnused ? words.yes : words.no),
    [words.outcome]: ({ outcome }) => outcome && outcomeText[outcome],
    [words.cameBy]: ({ by }) => by && outcomeByText[by],
    [words.after]: ({ after }) => after && grantStateText[after],
    [words.to]: ({ endsOn }) => endsOn,
    [words.executedAt]: ({ executedAt }) => executedAt && formatSheetInstant(executedAt),
    [words.campaign]: () => campaign.code,
    [words.ticket]: () => campaign.ticket,
    [words.ticketOn]: () => campaign.ticketOn,
    [words.closedBy]: () => campaign.closedBy ?? (campaign.closedAt ? campaignText.byTerm : null),
    [words.closedAt]: () => campaign.closedAt && formatSheetInstant(campaign.closedAt),
    [words.quality]: () => quality && qualityText[quality.grade],
    [words.points]: () => quality?.points ?? null,
    [words.evidence]: () => campaign.evidenceHash,
  })
}

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

/** Who captures by delegation, and what becomes of the figures: what is published, answered and improved. */
export const FOLLOWING_LISTINGS = {
  accesses,
  access_list_rows,
  absences,
  captured,
  access_indicators,
  rights,
  campaigns,
  review_cases,
  actions,
  findings,
  results,
  agencies_answers,
  tracking,
  releases,
}
