import { listAbsences } from '../../../db/absence-pages.ts'
import { findAccessList, listAccessListRows } from '../../../db/access-lists.ts'
import { findCampaignPage, listCampaigns, listCases } from '../../../db/campaign-pages.ts'
import { listCaptureRecords } from '../../../db/capture-pages.ts'
import { listGrants } from '../../../db/grant-pages.ts'
import { areInForce } from '../../../db/grants-in-force.ts'
import { listKeeps } from '../../../db/review-closing.ts'
import { listRights } from '../../../db/rights-pages.ts'
import { isId } from '../../../domain/ids.ts'
import { Refused } from '../../../domain/refusals.ts'
import { qualityOf } from '../../../domain/review-quality.ts'
import { kindOf } from '../../../domain/rights.ts'
import { permitted } from '../../commands/permitted.server.ts'
import { absenceReasonText, absenceStateText, absencesText } from '../../text/absences.ts'
import { grantStateText } from '../../text/access.ts'
import { accessIndicatorsText, indicatorValue } from '../../text/access-indicators.ts'
import { rowStateText } from '../../text/access-lists.ts'
import { modeText, networkText } from '../../text/capture.ts'
import { formatSheetInstant } from '../../text/format.ts'
import { listColumns as words } from '../../text/lists.ts'
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
import { absenceFilters } from '../absences.server.ts'
import { accessFilters } from '../access.server.ts'
import { measureAccess } from '../access-indicators.server.ts'
import { shownRow } from '../access-lists.server.ts'
import { campaignRights } from '../campaigns.server.ts'
import { recordFilters } from '../capture.server.ts'
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

/** Who captures by delegation, in whose stead, how accesses are read over, and what citizens ask for. */
export const ACCESS_LISTINGS = {
  accesses,
  access_list_rows,
  absences,
  captured,
  access_indicators,
  rights,
  campaigns,
  review_cases,
}
