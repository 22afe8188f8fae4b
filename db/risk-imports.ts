/** Risk maps that came as a file: kept as they were typed, looked at as often as wanted, accepted once and as a whole (decision 0047). */
import { sql } from 'kysely'
import { kindsOf } from '../domain/methodology-choices.ts'
import { Refused } from '../domain/refusals.ts'
import {
  freshOf,
  type ImportFacts,
  type MapPlan,
  type PlannedRisk,
  planMap,
  sameness,
} from '../domain/risk-map-import.ts'
import type { MapSheet } from '../domain/risk-map-sheet.ts'
import {
  isSameMethodology,
  type MethodologyKey,
  methodologyKeyOf,
  methodologyKeyText,
} from '../domain/risk-methodology.ts'
import { askAcceptance } from './acceptance-requests.ts'
import { eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { appToday } from './clock.ts'
import { listStandingPositions } from './findings.ts'
import { idOf } from './ids.ts'
import { listMethodologyChoices, listOffered } from './methodologies.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'
import { addControl } from './risk-controls.ts'
import { addPlanAction, recordTreatment } from './risk-treatments.ts'
import { findRisk, holdNumbers, type RiskKeeper, registerRisk } from './risks.ts'

export interface NewImport {
  id: string
  fileName: string
  sha256: string
  sheet: MapSheet
  /** For what the file does not say. */
  ownerId: string
  methodology: MethodologyKey | null
}

const keyText = (key: MethodologyKey | null) => (key ? methodologyKeyText(key) : '')

/**
 * Keeps a map as it was read; nothing of it stands yet. The same form again is the same import. Throws `Refused('out_of_date')`
 * for a methodology the entity does not have, `body_differs`.
 */
export async function insertRiskImport(trx: Trx, by: RiskKeeper, received: NewImport): Promise<void> {
  const { entityId, personId, positionId } = by
  const { id, fileName, sha256, sheet, ownerId, methodology } = received
  const offered = methodology ? await listOffered(trx, entityId) : []
  if (methodology && !offered.some(({ key }) => isSameMethodology(key, methodology))) throw new Refused('out_of_date')
  const kept = await trx
    .insertInto('risk_import')
    .values({
      ...{ id, entity_id: entityId, person_id: personId, position_id: positionId, file_name: fileName, sha256 },
      ...{
        sheet: JSON.stringify(sheet),
        rows: sheet.rows.length,
        owner_position: ownerId,
        methodology: keyText(methodology),
      },
    })
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst()
  if (kept.numInsertedOrUpdatedRows !== 1n) {
    const standing = await findRiskImport(trx, entityId, id)
    const isSame =
      standing?.sha256 === sha256 &&
      standing.ownerId === ownerId &&
      keyText(standing.methodology) === keyText(methodology)
    if (!isSame) throw new Refused('body_differs')
    return
  }
  await recordEvent(trx, {
    ...{ ...eventBy(by), type: 'risk_map.received', objectId: id, contentHash: sha256 },
    changes: [{ field: 'rows', before: null, after: sheet.rows.length }],
  })
}

export interface RiskImport extends NewImport {
  receivedAt: Date
  position: string
  acceptedAt: Date | null
  acceptedPosition: string | null
}

/** `lock`: nobody else accepts it meanwhile. */
export async function findRiskImport(
  trx: Trx,
  entityId: string,
  id: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<RiskImport | undefined> {
  const row = await trx
    .selectFrom('risk_import as i')
    .innerJoin('position as p', 'p.id', 'i.position_id')
    .leftJoin('position as a', 'a.id', 'i.accepted_position')
    .select(['i.id', 'i.file_name as fileName', 'i.sha256', 'i.sheet', 'i.owner_position as ownerId', 'i.methodology'])
    .select(['i.received_at as receivedAt', 'p.name as position', 'i.accepted_at as acceptedAt'])
    .select('a.name as acceptedPosition')
    .where('i.entity_id', '=', entityId)
    .where('i.id', '=', id)
    .$if(lock, (query) => query.forUpdate('i'))
    .executeTakeFirst()
  return row && { ...row, sheet: row.sheet as unknown as MapSheet, methodology: methodologyKeyOf(row.methodology) }
}

/** Every line judged by what stands now. */
export async function judgeRiskImport(trx: Trx, entityId: string, found: RiskImport): Promise<MapPlan> {
  return planMap(found.sheet, await factsOf(trx, entityId, found))
}

async function factsOf(trx: Trx, entityId: string, { id, ownerId, methodology }: RiskImport): Promise<ImportFacts> {
  const standing = await sql<{ code: string; key: MethodologyKey; process: string; description: string }>`
    select r.code, jsonb_build_object('code', a.methodology, 'n', a.methodology_n) as key, a.process, a.description from risk_standing s
    join risk r on r.id = s.risk_id join risk_assessment a on a.id = s.assessment_id
    where s.entity_id = ${entityId}`.execute(trx)
  const offered = await listOffered(trx, entityId)
  return {
    positions: await listStandingPositions(trx, entityId),
    offered,
    kinds: kindsOf(await listMethodologyChoices(trx, entityId), offered),
    ...{ ownerId, methodology },
    standing: new Map(standing.rows.map((row) => [sameness(row.key, row), row.code])),
    idOf: (kind, line) => idOf('risk import', id, kind, line),
    today: appToday(),
  }
}

/**
 * Registers every risk of a map with its controls, its treatment and its plan, as the forms would, in this one transaction; what the map of the entity has
 * already is left out. Throws `Refused('import_faulty')` while a cell is wrong, `import_empty` where nothing is new; accepted
 * before, it changes nothing.
 */
export async function confirmRiskImport(trx: Trx, by: RiskKeeper, id: string): Promise<void> {
  const { entityId } = by
  const found = await findRiskImport(trx, entityId, id, { lock: true })
  if (!found) throw new Refused('not_visible')
  if (found.acceptedAt) return
  // Before judging: another import of the same map may be registering it now.
  await holdNumbers(trx, entityId)
  const { risks, faults } = await judgeRiskImport(trx, entityId, found)
  if (faults.length > 0) throw new Refused('import_faulty')
  const { fresh, controls } = freshOf(risks)
  if (fresh.length === 0) throw new Refused('import_empty')
  for (const risk of fresh) await register(trx, by, id, risk)
  await trx
    .updateTable('risk_import')
    .set({ accepted_at: sql<Date>`app_now()`, accepted_by: by.personId, accepted_position: by.positionId })
    .where('id', '=', id)
    .where('accepted_at', 'is', null)
    .execute()
  const change = (field: string, after: number) => ({ field, before: null, after })
  await recordEvent(trx, {
    ...{ ...eventBy(by), type: 'risk_map.accepted', objectId: id, contentHash: found.sha256 },
    changes: [change('risks', fresh.length), change('controls', controls)],
  })
}

async function register(trx: Trx, by: RiskKeeper, importId: string, planned: PlannedRisk): Promise<void> {
  const code = await registerRisk(trx, by, planned.key, planned.input)
  const risk = await findRisk(trx, by.entityId, code, { lock: true })
  if (!risk) throw new Error(`risk ${code} was not registered`)
  for (const { input } of planned.controls) await addControl(trx, by, risk, input)
  const { decided, asked } = planned.treatment
  if (decided) await recordTreatment(trx, by, risk, decided)
  for (const activity of planned.plan) await addPlanAction(trx, by, risk, activity)
  if (asked) await askAcceptance(trx, by, risk, asked)
  const lines = [
    ...planned.controls.map(({ line, input }) => ({ line, control_id: input.formKey as string | null })),
    ...(planned.controls.some(({ line }) => line === planned.line) ? [] : [{ line: planned.line, control_id: null }]),
  ]
  await trx
    .insertInto('risk_import_line')
    .values(lines.map((one) => ({ ...one, import_id: importId, entity_id: by.entityId, risk_id: risk.id })))
    .execute()
}

export interface ImportLine {
  id: string
  fileName: string
  rows: number
  position: string
  receivedAt: Date
  acceptedAt: Date | null
}

/** Maps that came to this entity, the last first; 25 a page. */
export async function listRiskImports(
  trx: Trx,
  entityId: string,
  { cursor = null, limit = 25 }: { cursor?: string | null; limit?: number } = {},
): Promise<Page<ImportLine>> {
  const after = decodeCursor(cursor, ['instant', 'id'])
  const conditions = [sql`i.entity_id = ${entityId}`]
  if (after) conditions.push(sql`(i.received_at, i.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`)
  const found = await sql<ImportLine & { key: string }>`
    select i.id, i.file_name as "fileName", i.rows, p.name as position, i.received_at as "receivedAt",
      i.accepted_at as "acceptedAt", i.received_at::text as key
    from risk_import i join position p on p.id = i.position_id
    where ${sql.join(conditions, sql` and `)} order by i.received_at desc, i.id desc limit ${limit + 1}`.execute(trx)
  return pageOf(found.rows, limit, ({ key, id }) => [key, id])
}
