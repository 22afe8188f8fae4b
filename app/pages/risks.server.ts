import { METHODOLOGIES } from '../../catalog/methodologies/index.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { findOriginOfRisk } from '../../db/imported-risks.ts'
import { loadMethodology } from '../../db/methodologies.ts'
import { nextForRisk } from '../../db/risk-next.ts'
import {
  countCells,
  countRising,
  findPositionName,
  listAssessments,
  listControls,
  listMethodologiesInUse,
  listRisks,
  type MapCell,
  type RiskFilters,
  type RiskLine,
} from '../../db/risk-pages.ts'
import { standOf } from '../../db/risk-standings.ts'
import { findRisk } from '../../db/risks.ts'
import { isControlId } from '../../domain/controls.ts'
import { riskRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import {
  isSameMethodology,
  type Methodology,
  type MethodologyKey,
  methodologyKeyOf,
  methodologyKeyText,
} from '../../domain/risk-methodology.ts'
import { PLACES, type PlaceName, typologyOf, zoneAt, zoneOf } from '../../domain/risks.ts'
import { notFound } from '../answer.server.ts'
import { permitted } from '../commands/permitted.server.ts'
import type { AppContext } from '../context.server.ts'
import { textIn } from '../params.server.ts'
import type { Actor } from '../session.server.ts'
import { methodologyTitle } from '../text/methodologies.ts'
import { placeWords } from '../text/place-words.ts'
import { sentenceOf } from '../text/refusals.ts'
import { findingObjection } from './finding.server.ts'
import { overrideNotice } from './override-notice.server.ts'
import { followSummary } from './risk-follow-summary.server.ts'
import { shownAlerts } from './standing-alerts.server.ts'
import { historyOf } from './timelines.server.ts'

/** A zone as it is shown: never by its colour alone. */
export interface ShownZone {
  code: string
  name: string
}

const shownZone = (methodology: Methodology, code: string): ShownZone => ({
  code,
  name: zoneOf(methodology, code).name,
})

/** Why this person keeps no risks, as a sentence; null when they do. */
export function riskObjection(actor: Actor): string | null {
  return sentenceOf(whyNot(permitted(actor), 'keep', 'Risk', riskRow(actor.entityId)), actor)
}

/** Methodology, place, cell and what rises as the address carries them: `metodologia`, `momento`, `p`, `i`, `suben`. */
export async function riskFilters(trx: Trx, entityId: string, search: URLSearchParams) {
  const inUse = await listMethodologiesInUse(trx, entityId)
  const asked = methodologyKeyOf(search.get('metodologia') ?? '')
  const known = [...inUse, ...METHODOLOGIES.map(({ code }) => ({ code, n: 0 }))]
  const key = known.find((one) => asked && isSameMethodology(one, asked)) ?? (known[0] as MethodologyKey)
  const methodology = await loadMethodology(trx, entityId, key)
  const place: PlaceName = PLACES.find((one) => one === search.get('momento')) ?? 'demonstrated'
  const level = (name: string, levels: readonly unknown[]) => {
    const asked = search.get(name) ?? ''
    return /^\d$/.test(asked) && Number(asked) < levels.length ? Number(asked) : undefined
  }
  const [probability, impact] = [level('p', methodology.probability), level('i', methodology.impact)]
  const cell = probability !== undefined && impact !== undefined ? { place, probability, impact } : undefined
  const text = textIn(search, 'texto')
  const rising = search.get('suben') === '1'
  const filters: RiskFilters = {
    ...{ methodology: key, ...(cell && { cell }), ...(text && { text }), ...(rising && { rising }) },
  }
  return { key, methodology, inUse, place, cell, filters }
}

export async function loadRisks(context: AppContext, actor: Actor, search: URLSearchParams) {
  const { entityId } = actor
  return await withActor(context.db, actor, async (trx) => {
    const { key, methodology, inUse, place, cell, filters } = await riskFilters(trx, entityId, search)
    const { rows, next } = await listRisks(trx, entityId, { ...filters, cursor: search.get('desde') })
    const cells = await countCells(trx, entityId, key)
    return {
      rows: rows.map((row) => shownRisk(methodology, row)),
      ...{ next, place, isFiltered: cell !== undefined || filters.text !== undefined || filters.rising === true },
      cell: cell && { ...namesOf(methodology, cell), place: cell.place },
      maps: besides(place).map((one) => ({
        place: one,
        map: heatMap(
          methodology,
          cells.filter((cell) => cell.place === one),
        ),
      })),
      rising: await countRising(trx, entityId, key),
      showsRising: filters.rising === true,
      methodologies: await Promise.all(inUse.map((one) => named(trx, entityId, one))),
      methodology: methodologyKeyText(key),
      mayKeep: riskObjection(actor) === null,
    }
  })
}

/** What the controls declare and what is demonstrated beside each other; what was before them by itself. */
function besides(place: PlaceName): PlaceName[] {
  return place === 'inherent' ? ['inherent'] : ['declared', 'demonstrated']
}

async function named(trx: Trx, entityId: string, key: MethodologyKey) {
  const name = methodologyTitle(await loadMethodology(trx, entityId, key), key)
  return { code: methodologyKeyText(key), name }
}

export type ShownRisk = ReturnType<typeof shownRisk>

/** A risk of the list with its zones in words. */
export function shownRisk(
  methodology: Methodology,
  { inherentZone, declaredZone, demonstratedZone, computed, ...line }: RiskLine,
) {
  const [inherent, declared] = [shownZone(methodology, inherentZone), shownZone(methodology, declaredZone)]
  const demonstrated = shownZone(methodology, demonstratedZone)
  return { ...line, inherent, declared, computed: computed && placeWords(methodology, computed), demonstrated }
}

function namesOf({ probability, impact }: Methodology, cell: { probability: number; impact: number }) {
  return { probability: probability[cell.probability]?.name ?? '', impact: impact[cell.impact]?.name ?? '' }
}

export type HeatMapRows = ReturnType<typeof heatMap>

/** Rows from the highest probability down, as the guide draws them. */
export function heatMap(methodology: Methodology, cells: readonly MapCell[]) {
  const count = (p: number, i: number) =>
    cells.find(({ probability, impact }) => probability === p && impact === i)?.risks ?? 0
  const rows = methodology.probability.map(({ name, percent }, p) => ({
    ...{ name, percent, probability: p },
    cells: methodology.impact.map((column, i) => ({
      ...{ impact: i, name: column.name, risks: count(p, i) },
      zone: shownZone(methodology, zoneAt(methodology, p, i)),
    })),
  }))
  return { rows: rows.reverse(), columns: methodology.impact.map(({ name, percent }) => ({ name, percent })) }
}

export async function loadRisk(context: AppContext, actor: Actor, code: string, search: URLSearchParams) {
  return await withActor(context.db, actor, async (trx) => {
    const risk = await findRisk(trx, actor.entityId, code)
    if (!risk) throw notFound(context.requestId)
    const { assessment } = risk
    const { key, methodology } = assessment
    const stand = await standOf(trx, risk.id)
    const { controls: rated, declared, demonstrated } = stand
    const controls = await listControls(trx, risk.id)
    const place = (name: PlaceName, one: typeof assessment.inherent) => ({
      ...{ name, p: one.p, i: one.i, ...namesOf(methodology, one) },
      zone: shownZone(methodology, one.zone),
    })
    const { answers } = assessment
    const nameIn = (rows: readonly { code: string; name: string }[], one: string) =>
      rows.find((row) => row.code === one)?.name ?? ''
    return {
      ...{
        code: risk.code,
        description: answers.description,
        answers,
        methodology: methodologyTitle(methodology, key),
      },
      owner: await findPositionName(trx, risk.ownerPosition),
      origin: (await findOriginOfRisk(trx, risk.id)) ?? null,
      typology: typologyOf(methodology, answers.typology)?.name ?? answers.typology,
      classification: nameIn(methodology.classifications, answers.classification),
      factor: nameIn(methodology.factors, answers.factor),
      places: [
        place('inherent', assessment.inherent),
        place('declared', declared),
        place('demonstrated', demonstrated),
      ],
      override: await overrideNotice(trx, risk.id, methodology, assessment.n),
      // Line by line beside each other: what the design declares and what is demonstrated.
      traces: declared.trace.map((line, i) => ({
        ...{ ...line, shown: demonstrated.trace[i] ?? line, isScored: methodology.residual.kind === 'score' },
      })),
      alerts: await shownAlerts(trx, actor.entityId, { risk: risk.code }),
      controls: controls.map((one) => ({
        ...{ code: one.code, owner: one.owner, action: one.action, complement: one.complement },
        shownBy: one.automaticCheck !== null && isControlId(one.automaticCheck) ? one.automaticCheck : null,
        ...{ retired: one.retiredReason, design: designOf(methodology, one), risk: risk.code },
        evidence: rated.find(({ code: of }) => of === one.code)?.evidence ?? null,
        periodicity: nameIn(methodology.periodicities, one.periodicity),
      })),
      assessments: await Promise.all(
        (await listAssessments(trx, risk.id)).map(async (one) => ({
          ...{
            n: one.n,
            to: `/riesgos/${risk.code}/valoraciones/${one.n}`,
            reason: one.reason,
            position: one.position,
            at: one.assessedAt.toISOString(),
          },
          ...(await ofVersion(trx, actor.entityId, one)),
        })),
      ),
      treatment: await nextForRisk(trx, risk.id),
      follow: await followSummary(trx, actor, risk),
      mayRecord: findingObjection(actor) === null,
      whyNot: riskObjection(actor),
      history: await historyOf(trx, actor, { kind: 'risk', id: risk.id }, search),
    }
  })
}

/** An earlier assessment in the words of the methodology it was made with. */
async function ofVersion(trx: Trx, entityId: string, { key, zone }: { key: MethodologyKey; zone: string }) {
  const methodology = await loadMethodology(trx, entityId, key)
  return { methodology: methodologyTitle(methodology, key), zone: shownZone(methodology, zone) }
}

function designOf({ residual }: Methodology, control: { type: string; implementation: string }): string {
  if (residual.kind === 'score') return ''
  const type = residual.types.find((one) => one.code === control.type)
  const way = residual.implementations.find((one) => one.code === control.implementation)
  return [type?.name, way?.name.toLowerCase()].filter(Boolean).join(', ')
}
