/** Indicators that are corrected, each version kept with its reason, and retired (features D11). */
import { sql } from 'kysely'
import { Refused } from '../domain/refusals.ts'
import type { IndicatorCorrection } from '../domain/risk-follow-inputs.ts'
import { eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { hashOf } from './content-hash.ts'
import { listStandingPositions } from './findings.ts'
import { endFollowUp } from './follow-ups.ts'
import { type IndicatorSheet, listMeasurements, planReading } from './risk-indicators.ts'
import { bodyHash, isTaken } from './risk-reviews.ts'
import type { RiskKeeper } from './risks.ts'

const SHEET = [
  ...(['name', 'objective', 'formula', 'numerator', 'denominator', 'source', 'location', 'availability'] as const),
  ...(['trend', 'goal', 'critical', 'owner'] as const),
] as const
export type SheetField = (typeof SHEET)[number]
/** What a version said, field by field. */
export type SaidSheet = Record<SheetField, string | number | null>

const saidBy = (sheet: IndicatorSheet): SaidSheet =>
  Object.fromEntries(SHEET.map((field) => [field, sheet[field]])) as SaidSheet

/**
 * Corrects the sheet of an indicator: what it said before is kept with the reason, and readings stay as they were judged. The same
 * form again changes nothing. Throws `Refused('content_changed')` to whoever read another version, `indicator_retired`.
 */
export async function changeIndicator(
  trx: Trx,
  by: RiskKeeper,
  sheet: IndicatorSheet,
  input: IndicatorCorrection,
): Promise<void> {
  const { entityId, personId, positionId } = by
  const { formKey, reason, readVersion, positionId: ownerId, denominator, goal, critical, ...said } = input
  const hash = bodyHash(input)
  const standing = await trx
    .selectFrom('indicator_version')
    .select(['body_hash', 'indicator_id as of'])
    .where('form_key', '=', formKey)
    .executeTakeFirst()
  if (isTaken(standing, { hash, of: sheet.id })) return
  requireInUse(sheet)
  if (sheet.version !== readVersion) throw new Refused('content_changed')
  const owner = (await listStandingPositions(trx, entityId)).find(({ id }) => id === ownerId)
  if (!owner) throw new Refused('out_of_date')
  await trx
    .insertInto('indicator_version')
    .values({
      ...{ indicator_id: sheet.id, n: sheet.version, entity_id: entityId, sheet: JSON.stringify(saidBy(sheet)) },
      ...{ form_key: formKey, body_hash: hash, reason, person_id: personId, position_id: positionId },
    })
    .execute()
  await trx
    .updateTable('risk_indicator')
    .set({ ...said, goal: String(goal), critical: String(critical), owner_position: ownerId })
    .set({ denominator: sheet.unit === 'percent' ? denominator : null, version: sheet.version + 1 })
    .where('id', '=', sheet.id)
    .execute()
  await tell(trx, by, 'indicator.corrected', sheet, reason)
  const measured = (await listMeasurements(trx, sheet.id)).map(({ from }) => from)
  await planReading(trx, entityId, { ...sheet, measured, owner })
}

/** Takes an indicator out of use: nothing is measured any more, and what was measured stays. False where it was already. */
export async function retireIndicator(
  trx: Trx,
  by: RiskKeeper,
  sheet: IndicatorSheet,
  reason: string,
): Promise<boolean> {
  const retired = await trx
    .updateTable('risk_indicator')
    .set({ retired_at: sql<Date>`app_now()`, retired_reason: reason, retired_by: by.personId })
    .where('id', '=', sheet.id)
    .where('retired_at', 'is', null)
    .executeTakeFirst()
  if (retired.numUpdatedRows !== 1n) return false
  await endFollowUp(trx, { entityId: by.entityId, kind: 'indicator_reading', objectId: sheet.id }, 'dropped')
  await tell(trx, by, 'indicator.retired', sheet, reason)
  return true
}

/** Throws `Refused('indicator_retired')`. */
export function requireInUse({ retiredAt }: Pick<IndicatorSheet, 'retiredAt'>): void {
  if (retiredAt !== null) throw new Refused('indicator_retired')
}

async function tell(
  trx: Trx,
  by: RiskKeeper,
  type: 'indicator.corrected' | 'indicator.retired',
  { id, code }: IndicatorSheet,
  reason: string,
): Promise<void> {
  await recordEvent(trx, {
    ...{ ...eventBy(by), type, objectId: id },
    changes: [
      { field: 'code', before: null, after: code },
      { field: 'reason', before: null, after: hashOf(reason) },
    ],
  })
}

export interface EarlierSheet {
  n: number
  said: SaidSheet
  reason: string
  position: string
  correctedAt: Date
}

/** What an indicator said before each correction, the last first. */
export async function listEarlierSheets(trx: Trx, indicatorId: string): Promise<EarlierSheet[]> {
  const rows = await trx
    .selectFrom('indicator_version as v')
    .innerJoin('position', 'position.id', 'v.position_id')
    .select(['v.n', 'v.sheet', 'v.reason', 'position.name as position', 'v.corrected_at as correctedAt'])
    .where('v.indicator_id', '=', indicatorId)
    .orderBy('v.n', 'desc')
    .limit(50)
    .execute()
  return rows.map(({ sheet, ...row }) => ({ ...row, said: sheet as unknown as SaidSheet }))
}
