import { listRiskFollowUps } from '../../../db/follow-ups.ts'
import { listRiskImports } from '../../../db/risk-imports.ts'
import {
  listEventsOfEntity,
  listIndicatorsOfEntity,
  listReadingsOfEntity,
  listReviewsOfEntity,
  listRunsOfEntity,
} from '../../../db/risk-year-lines.ts'
import { vigenciaIn } from '../../params.server.ts'
import { runStateText } from '../../text/control-runs.ts'
import { followUpText } from '../../text/follow-ups.ts'
import { formatSheetInstant } from '../../text/format.ts'
import { indicatorText, levelText, riskFollowText } from '../../text/risk-follow.ts'
import { riskListColumns as words } from '../../text/risk-lists.ts'
import { FILE_PAGE, listing, type OpenListing } from './listing.server.ts'

/** The year of the address; nothing where it names none. */
function yearIn(search: URLSearchParams): { year?: number } {
  const year = vigenciaIn(search)
  return year === undefined ? {} : { year }
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
  ...{ risk_dues, control_runs, risk_reviews, risk_events, risk_indicators, indicator_readings, risk_imports },
}
