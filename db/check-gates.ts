/** Standing checks that hold a step: set and lifted by who keeps the process, each with its event (D8). */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { StepCode } from '../domain/procedures.ts'
import { type Objection, objection } from '../domain/refusals.ts'
import type { GateInput, StandingCheckId } from '../domain/standing-checks.ts'
import { type ActingPerson, eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { examineStanding } from './standing-checks.ts'

type Keeper = ActingPerson & { positionId: string }

export interface Gate {
  id: string
  check: StandingCheckId
  step: StepCode
  reason: string
  setBy: string
  setAt: Date
}

/** The steps that checks hold now, of one check or of all, by step. */
export async function listGates(trx: Trx, entityId: string, check?: StandingCheckId): Promise<Gate[]> {
  const rows = await trx
    .selectFrom('check_gate')
    .innerJoin('position', 'position.id', 'check_gate.set_position')
    .select(['check_gate.id', 'check_code as check', 'step_code as step', 'reason', 'position.name as setBy'])
    .select('set_at as setAt')
    .where('check_gate.entity_id', '=', entityId)
    .where('lifted_at', 'is', null)
    .$if(check !== undefined, (query) => query.where('check_code', '=', check ?? ''))
    .orderBy('step_code')
    .orderBy('check_gate.id')
    .execute()
  return rows as Gate[]
}

/** Has a check hold a step; one that holds it already goes on. */
export async function recordGate(trx: Trx, by: Keeper, check: StandingCheckId, gate: GateInput): Promise<void> {
  const { formKey: id, step, reason } = gate
  const set = await trx
    .insertInto('check_gate')
    .values({
      ...{ id, entity_id: by.entityId, check_code: check, step_code: step, reason },
      ...{ set_by: by.personId, set_position: by.positionId },
    })
    .onConflict((oc) => oc.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!set) return
  const changes = [
    { field: 'check', before: null, after: check },
    { field: 'step', before: null, after: step },
    { field: 'reason', before: null, after: createHash('sha256').update(reason).digest('hex') },
  ]
  await recordEvent(trx, { ...eventBy(by), type: 'check.gate_set', objectId: id, changes })
}

/** False where it was lifted before. */
export async function endGate(trx: Trx, by: Keeper, check: StandingCheckId, step: StepCode): Promise<boolean> {
  const lifted = await trx
    .updateTable('check_gate')
    .set({ lifted_at: sql<Date>`app_now()`, lifted_by: by.personId, lifted_position: by.positionId })
    .where('entity_id', '=', by.entityId)
    .where('check_code', '=', check)
    .where('step_code', '=', step)
    .where('lifted_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (!lifted) return false
  const changes = [
    { field: 'check', before: check, after: null },
    { field: 'step', before: step, after: null },
  ]
  await recordEvent(trx, { ...eventBy(by), type: 'check.gate_lifted', objectId: lifted.id, changes })
  return true
}

/** The first check that holds this step of a cycle and finds something, with how much. */
export async function gateObjection(
  trx: Trx,
  { entityId, cycleId, stepCode }: { entityId: string; cycleId: string; stepCode: StepCode },
): Promise<Objection | null> {
  const gates = (await listGates(trx, entityId)).filter(({ step }) => step === stepCode)
  for (const { check } of gates) {
    const { found } = await examineStanding(trx, entityId, check, cycleId)
    if (found > 0) return objection('held_by_check', { step: stepCode, check, n: found })
  }
  return null
}
