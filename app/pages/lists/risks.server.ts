import { appToday } from '../../../db/clock.ts'
import { listMapRows, type MapActivity, type MapRow } from '../../../db/risk-map-rows.ts'
import type { Methodology } from '../../../domain/risk-methodology.ts'
import { activityState } from '../../../domain/risk-treatment.ts'
import { typologyOf, zoneOf } from '../../../domain/risks.ts'
import { methodologyTitle } from '../../text/methodologies.ts'
import { placeWords } from '../../text/place-words.ts'
import { riskMapColumns as columns, riskMapText } from '../../text/risk-map.ts'
import { treatmentText } from '../../text/risk-treatment.ts'
import { riskFilters } from '../risks.server.ts'
import { FILE_PAGE, listing, type OpenListing } from './listing.server.ts'

/** A line in the words of the methodology its risk was rated with. */
function worded(row: MapRow) {
  const { methodology } = row
  const name = (rows: readonly { code: string; name: string }[], code: string | null) =>
    rows.find((one) => one.code === code)?.name ?? null
  const { residual } = methodology
  const [types, ways] = residual.kind === 'weight' ? [residual.types, residual.implementations] : [[], []]
  const zone = (code: string) => zoneOf(methodology, code).name
  return { row, methodology, name, types, ways, zone, answers: row.answers }
}

const text = (...parts: (string | null)[]): string | null => parts.filter(Boolean).join(' ') || null

/** Questions answered yes by their numbers, as the guide counts them. */
function questionNumbers({ questions }: Methodology, yes: readonly string[]): string | null {
  return questions.flatMap(({ code }, at) => (yes.includes(code) ? [at + 1] : [])).join('; ') || null
}

function criteriaText({ residual }: Methodology, criteria: Record<string, string> | null): string | null {
  if (residual.kind !== 'score' || criteria === null) return null
  const answers = residual.criteria.map(({ code, question, options }) => {
    const option = options.find((one) => one.code === criteria[code])
    return option && `${question} ${option.name}`
  })
  return answers.filter(Boolean).join('; ')
}

/** An activity of the plan a line of the cell, in the same order in each column. */
const ofPlan =
  (says: (activity: MapActivity) => string) =>
  ({ row }: ReturnType<typeof worded>): string | null =>
    row.plan.map((one) => says(one).replace(/\s+/g, ' ')).join('\n') || null

/** What an address of the risk map may be narrowed by. */
const NARROWING = ['metodologia', 'p', 'texto', 'suben']

/** The official map of risks: everything the guide asks of a line, whatever its methodology. */
const risk_map: OpenListing = async (trx, actor, search) => {
  // Every methodology in one file, unless the page was narrowed: then what the page shows.
  const isNarrowed = NARROWING.some((name) => search.get(name))
  const filters = isNarrowed ? (await riskFilters(trx, actor.entityId, search)).filters : {}
  return listing(
    async (cursor) => {
      const { rows, next } = await listMapRows(trx, actor.entityId, { ...filters, cursor, limit: FILE_PAGE })
      return { rows: rows.map(worded), next }
    },
    {
      [columns.code]: ({ row }) => row.code,
      [columns.process]: ({ answers }) => answers.process,
      [columns.objective]: ({ answers }) => answers.objective,
      [columns.typology]: ({ methodology: of, answers }) => typologyOf(of, answers.typology)?.name ?? answers.typology,
      [columns.classification]: ({ methodology: of, name, answers }) =>
        name(of.classifications, answers.classification),
      [columns.factor]: ({ methodology: of, name, answers }) => name(of.factors, answers.factor),
      [columns.area]: ({ methodology: of, name, answers }) => name(of.harms, answers.area),
      [columns.immediateCause]: ({ answers }) => text(answers.immediateCause, answers.threat),
      [columns.rootCause]: ({ answers }) => text(answers.rootCause, answers.vulnerability),
      [columns.assetKind]: ({ methodology: of, name, answers }) => name(of.assetKinds, answers.assetKind),
      [columns.asset]: ({ answers }) => answers.asset,
      [columns.property]: ({ methodology: of, name, answers }) => name(of.properties, answers.property),
      [columns.description]: ({ answers }) => answers.description,
      [columns.consequences]: ({ answers }) => answers.consequences,
      [columns.owner]: ({ row }) => row.owner,
      [columns.times]: ({ answers }) => answers.timesPerYear,
      [columns.inherentProbability]: ({ methodology: of, row }) =>
        of.probability[row.inherentProbability]?.name ?? null,
      [columns.inherentP]: ({ methodology: of, row }) => of.probability[row.inherentProbability]?.percent ?? null,
      [columns.economic]: ({ methodology: of, name, answers }) => name(of.impact, answers.economic),
      [columns.reputational]: ({ methodology: of, name, answers }) => name(of.impact, answers.reputational),
      [columns.yes]: ({ methodology: of, answers }) => questionNumbers(of, answers.yes),
      [columns.inherentImpact]: ({ methodology: of, row }) => of.impact[row.inherentImpact]?.name ?? null,
      [columns.inherentI]: ({ methodology: of, row }) => of.impact[row.inherentImpact]?.percent ?? null,
      [columns.inherentZone]: ({ zone, row }) => zone(row.inherentZone),
      [columns.control]: ({ row }) => row.control,
      [columns.controlOwner]: ({ row }) => row.controlOwner,
      [columns.action]: ({ row }) => row.action,
      [columns.complement]: ({ row }) => row.complement,
      [columns.controlText]: ({ row }) => text(row.controlOwner, row.action, row.complement),
      [columns.type]: ({ name, types, row }) => name(types, row.type),
      [columns.implementation]: ({ name, ways, row }) => name(ways, row.implementation),
      [columns.documentation]: ({ methodology: of, name, row }) => name(of.documentations, row.documentation),
      [columns.frequency]: ({ methodology: of, name, row }) => name(of.frequencies, row.frequency),
      [columns.evidence]: ({ methodology: of, name, row }) => name(of.records, row.record),
      [columns.execution]: ({ methodology: of, name, row }) => name(of.executions, row.execution),
      [columns.periodicity]: ({ methodology: of, name, row }) => name(of.periodicities, row.periodicity),
      [columns.criteria]: ({ methodology: of, row }) => criteriaText(of, row.criteria),
      [columns.declaredP]: ({ row }) => Number(row.declaredP),
      [columns.declaredI]: ({ row }) => Number(row.declaredI),
      [columns.declaredZone]: ({ zone, row }) => zone(row.declaredZone),
      [columns.computed]: ({ methodology: of, row }) => row.computed && placeWords(of, row.computed),
      [columns.overrideReason]: ({ row }) => row.overrideReason,
      [columns.demonstratedP]: ({ row }) => Number(row.demonstratedP),
      [columns.demonstratedI]: ({ row }) => Number(row.demonstratedI),
      [columns.demonstratedZone]: ({ zone, row }) => zone(row.demonstratedZone),
      [columns.treatment]: ({ row }) => treatmentText.inForce(row.treatment, row.isAcceptanceAsked),
      [columns.statement]: ({ row }) => row.statement,
      [columns.plan]: ofPlan(({ what }) => what),
      [columns.planOwner]: ofPlan(({ owner }) => owner),
      [columns.planStart]: ofPlan(({ startsOn }) => startsOn),
      [columns.planDue]: ofPlan(({ dueOn }) => dueOn),
      [columns.planFollowUp]: ofPlan(({ followUpOn }) => followUpOn),
      [columns.planIndicator]: ofPlan(({ indicator }) => indicator),
      [columns.planState]: ofPlan((one) => treatmentText.states[activityState(one, appToday())]),
      [columns.indicators]: ({ row }) => row.indicators.map(riskMapText.indicator).join('; ') || null,
      [columns.reviews]: ({ row }) => row.reviews.map(riskMapText.review).join('; ') || null,
      [columns.methodology]: ({ methodology: of, row }) => methodologyTitle(of, row.key),
    },
    { filters },
  )
}

/** The risk map of the entity. */
export const RISK_LISTINGS = { risk_map }
