/** Controls of a risk: added and retired, each with its event, and what is left of the risk in the same transaction. */
import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { sql } from 'kysely'
import { Refused } from '../domain/refusals.ts'
import type { ControlInput } from '../domain/risk-inputs.ts'
import { eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { settleStanding } from './risk-standings.ts'
import { type HeldRisk, nextNumber, type RiskKeeper, requireStanding } from './risks.ts'
import { noteRetired } from './run-controls.ts'
import { type MovedRisk, movedBy } from './standing-moves.ts'

/**
 * Adds a control to a risk, whose residual follows in the same transaction; the same form sent again adds nothing. Throws
 * `Refused('body_differs')` where it says something else then, `out_of_date` for a position that ended.
 */
export async function addControl(
  trx: Trx,
  by: RiskKeeper,
  risk: HeldRisk,
  input: ControlInput,
): Promise<MovedRisk | null> {
  const { formKey: id, ownerId, criteria, automaticCheck, ...design } = input
  if (await isTaken(trx, risk, input)) return null
  await requireStanding(trx, by.entityId, ownerId)
  const n = await nextNumber(trx, 'risk_control', by.entityId)
  const code = `C-${String(n).padStart(3, '0')}`
  await trx
    .insertInto('risk_control')
    .values({
      ...{ id, n, code, ...design, entity_id: by.entityId, risk_id: risk.id, owner_position: ownerId },
      ...{ criteria: JSON.stringify(criteria), created_by: by.personId, automatic_check: automaticCheck || null },
    })
    .execute()
  const mover = movedBy(by, 'control_added', { id, code })
  const { declaredName: zone, moved } = await settleStanding(trx, by.entityId, risk.id, mover)
  await tellControl(trx, by, 'control.added', { id, code, risk: risk.code, zone })
  return moved
}

/** Whether this form was taken before; with other words, or for another risk, it is refused. */
async function isTaken(
  trx: Trx,
  risk: HeldRisk,
  { formKey, ownerId, automaticCheck, ...typed }: ControlInput,
): Promise<boolean> {
  const known = await trx
    .selectFrom('risk_control')
    .select(['risk_id', 'owner_position', 'action', 'complement', 'type', 'implementation', 'criteria'])
    .select(['documentation', 'frequency', 'record', 'execution', 'periodicity', 'automatic_check'])
    .where('id', '=', formKey)
    .executeTakeFirst()
  if (!known) return false
  const { risk_id, owner_position, automatic_check, ...design } = known
  const isAbout = risk_id === risk.id && owner_position === ownerId && (automatic_check ?? '') === automaticCheck
  const isSame = isAbout && canonicalize(design) === canonicalize(typed)
  if (!isSame) throw new Refused('body_differs')
  return true
}

/** Takes a control away, with its reason: the record keeps it and the residual no longer counts it. Throws `Refused('control_retired')` where it was. */
export async function retireControl(
  trx: Trx,
  by: RiskKeeper,
  risk: HeldRisk,
  { code, reason }: { code: string; reason: string },
): Promise<MovedRisk | null> {
  const retired = await trx
    .updateTable('risk_control')
    .set({ retired_at: sql<Date>`app_now()`, retired_reason: reason })
    .where('risk_id', '=', risk.id)
    .where('code', '=', code)
    .where('retired_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (!retired) throw new Refused('control_retired')
  await noteRetired(trx, retired.id)
  const mover = movedBy(by, 'control_retired', { id: retired.id, code })
  const { declaredName: zone, moved } = await settleStanding(trx, by.entityId, risk.id, mover)
  await tellControl(trx, by, 'control.retired', { id: retired.id, code, risk: risk.code, zone, reason })
  return moved
}

async function tellControl(
  trx: Trx,
  by: RiskKeeper,
  type: 'control.added' | 'control.retired',
  told: { id: string; code: string; risk: string; zone: string; reason?: string },
): Promise<void> {
  const change = (field: string, after: string) => ({ field, before: null, after })
  const hash = told.reason && createHash('sha256').update(told.reason).digest('hex')
  await recordEvent(trx, {
    ...{ ...eventBy(by), type, objectId: told.id },
    changes: [
      ...[change('code', told.code), change('risk', told.risk), change('zone', told.zone)],
      ...(hash ? [change('reason', hash)] : []),
    ],
  })
}
