import { appToday } from '../../../db/clock.ts'
import { listRiskFollowUps } from '../../../db/follow-ups.ts'
import { listRiskImports } from '../../../db/risk-imports.ts'
import {
  listEventsOfEntity,
  listIndicatorsOfEntity,
  listReadingsOfEntity,
  listReviewsOfEntity,
  listRunsOfEntity,
} from '../../../db/risk-year-lines.ts'
import { listRisksAt, type RiskAt } from '../../../db/risks-at.ts'
import { closeOfYear, yearOf } from '../../../domain/civil-dates.ts'
import { type PlaceName, zoneOf } from '../../../domain/risks.ts'
import { vigenciaIn } from '../../params.server.ts'
import { runStateText } from '../../text/control-runs.ts'
import { followUpText } from '../../text/follow-ups.ts'
import { formatSheetInstant } from '../../text/format.ts'
import { methodologyTitle } from '../../text/methodologies.ts'
import { placeWords } from '../../text/place-words.ts'
import { indicatorText, levelText, riskFollowText } from '../../text/risk-follow.ts'
import { riskListColumns as words } from '../../text/risk-lists.ts'
import { FILE_PAGE, listing, type OpenListing } from './listing.server.ts'

/** The year of the address; nothing where it names none. */
function yearIn(search: URLSearchParams): { year?: number } {
  const year = vigenciaIn(search)
  return year === undefined ? {} : { year }
}

/** At the end of the year of the address; as they stand where it names none. */
const risk_zones: OpenListing = async (trx, actor, search) => {
  const filters = yearIn(search)
  const { day, before } = closeOfYear(filters.year ?? yearOf(appToday()), appToday())
  const zone = ({ methodology, places }: RiskAt, place: PlaceName) => zoneOf(methodology, places[place].zone).name
  return listing(
    (cursor) => listRisksAt(trx, actor.entityId, { before, cursor, limit: FILE_PAGE }),
    {
      [words.risk]: ({ code }) => code,
      [words.process]: ({ process }) => process,
      [words.riskWords]: ({ description }) => description,
      [words.onDay]: () => day,
      [words.methodology]: ({ methodology, key }) => methodologyTitle(methodology, key),
      [words.inherentZone]: (one) => zone(one, 'inherent'),
      [words.declaredZone]: (one) => zone(one, 'declared'),
      [words.overwritten]: ({ overwritten }) => (overwritten ? words.yes : words.no),
      [words.computed]: ({ methodology, overwritten }) => overwritten && placeWords(methodology, overwritten.computed),
      [words.overwrittenWhy]: ({ overwritten }) => overwritten?.reason ?? null,
      [words.demonstratedZone]: (one) => zone(one, 'demonstrated'),
    },
    { filters },
  )
}

const risk_dues: OpenListing = async (trx, actor) =>
  listing((cursor) => listRiskFollowUps(trx, actor.entityId, { cursor, limit: FILE_PAGE }), {
    [words.what]: ({ kind, code }) => followUpText.asked[kind](code),
    [words.owner]: ({ owner }) => owner,
    [words.dueOn]: ({ dueOn }) => dueOn,
  })

const control_runs: OpenListing = async (trx, actor, search) => {
  const filters = { ...yearIn(search), ...(search.get('control') && { control: search.get('control') ?? '' }) }
  return listing(
    (cursor) => listRunsOfEntity(trx, actor.entityId, { ...filters, cursor, limit: FILE_PAGE }),
    {
      [words.risk]: ({ risk }) => risk,
      [words.control]: ({ control }) => control,
      [words.owner]: ({ owner }) => owner,
      [words.periodFrom]: ({ start }) => start,
      [words.periodTo]: ({ end }) => end,
      [words.dueOn]: ({ dueOn }) => dueOn,
      [words.state]: ({ status }) => runStateText[status],
      [words.missedOn]: ({ missedOn }) => missedOn,
      [words.executedBy]: ({ executedBy }) => executedBy,
      [words.checkedBy]: ({ checkedBy }) => checkedBy,
    },
    { filters },
  )
}

const risk_reviews: OpenListing = async (trx, actor, search) => {
  const filters = yearIn(search)
  return listing(
    (cursor) => listReviewsOfEntity(trx, actor.entityId, { ...filters, cursor, limit: FILE_PAGE }),
    {
      [words.risk]: ({ risk }) => risk,
      [words.reviewedOn]: ({ on }) => on,
      [words.dueOn]: ({ dueOn }) => dueOn,
      [words.conclusion]: ({ conclusion }) => riskFollowText.conclusions[conclusion],
      [words.lookedAt]: ({ lookedAt }) => lookedAt,
      [words.reason]: ({ reason }) => reason,
      [words.who]: ({ position }) => position,
    },
    { filters },
  )
}

const risk_events: OpenListing = async (trx, actor, search) => {
  const filters = yearIn(search)
  return listing(
    (cursor) => listEventsOfEntity(trx, actor.entityId, { ...filters, cursor, limit: FILE_PAGE }),
    {
      [words.risk]: ({ risk }) => risk,
      [words.occurredOn]: ({ occurredOn }) => occurredOn,
      [words.endedOn]: ({ endedOn }) => endedOn,
      [words.times]: ({ times }) => times,
      [words.description]: ({ description }) => description,
      [words.consequences]: ({ consequences }) => consequences,
      [words.measures]: ({ measures }) => measures,
      [words.who]: ({ position }) => position,
    },
    { filters },
  )
}

const risk_indicators: OpenListing = async (trx, actor, search) => {
  const filters = yearIn(search)
  return listing(
    (cursor) => listIndicatorsOfEntity(trx, actor.entityId, { ...filters, cursor, limit: FILE_PAGE }),
    {
      [words.indicator]: ({ code }) => code,
      [words.name]: ({ name }) => name,
      [words.risk]: ({ risk }) => risk,
      [words.owner]: ({ owner }) => owner,
      [words.unit]: ({ unit }) => indicatorText.units[unit],
      [words.frequency]: ({ frequency }) => indicatorText.frequencies[frequency],
      [words.goal]: ({ goal }) => goal,
      [words.critical]: ({ critical }) => critical,
      [words.readings]: ({ readings }) => readings,
      [words.criticals]: ({ criticals }) => criticals,
      [words.value]: ({ value }) => value,
      [words.level]: ({ level }) => level && levelText[level],
      [words.retired]: ({ retired }) => (retired ? words.yes : words.no),
    },
    { filters },
  )
}

const indicator_readings: OpenListing = async (trx, actor, search) => {
  const filters = { ...yearIn(search), ...(search.get('indicador') && { indicator: search.get('indicador') ?? '' }) }
  return listing(
    (cursor) => listReadingsOfEntity(trx, actor.entityId, { ...filters, cursor, limit: FILE_PAGE }),
    {
      [words.indicator]: ({ indicator }) => indicator,
      [words.name]: ({ name }) => name,
      [words.risk]: ({ risk }) => risk,
      [words.periodFrom]: ({ from }) => from,
      [words.periodTo]: ({ to }) => to,
      [words.numerator]: ({ numerator }) => numerator,
      [words.denominator]: ({ denominator }) => denominator,
      [words.measured]: ({ value }) => value,
      [words.unit]: ({ unit }) => indicatorText.units[unit],
      [words.level]: ({ level }) => levelText[level],
      [words.note]: ({ note }) => note,
      [words.who]: ({ position }) => position,
    },
    { filters },
  )
}

const risk_imports: OpenListing = async (trx, actor) =>
  listing((cursor) => listRiskImports(trx, actor.entityId, { cursor, limit: FILE_PAGE }), {
    [words.file]: ({ fileName }) => fileName,
    [words.rows]: ({ rows }) => rows,
    [words.who]: ({ position }) => position,
    [words.receivedAt]: ({ receivedAt }) => formatSheetInstant(receivedAt),
    [words.acceptedAt]: ({ acceptedAt }) => acceptedAt && formatSheetInstant(acceptedAt),
  })

/** What happens to the risks of the entity, of one year or of all. */
export const RISK_YEAR_LISTINGS = {
  ...{
    risk_zones,
    risk_dues,
    control_runs,
    risk_reviews,
    risk_events,
    risk_indicators,
    indicator_readings,
    risk_imports,
  },
}
