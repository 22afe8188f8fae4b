import { recordEvent } from '../../db/audit.ts'
import { type Attendance, insertAttendance } from '../../db/coverage.ts'
import { findCycle, type LoadedCycle } from '../../db/cycles.ts'
import { findSource } from '../../db/sources.ts'
import { holdStepOpen } from '../../db/step-hold.ts'
import { stepOf } from '../../domain/cycle-state.ts'
import { objectionToEditing } from '../../domain/decisions.ts'
import { stepRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { type Objection, Refused, refuseIf } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { permitted } from './permitted.server.ts'

export interface AttendanceToRecord
  extends Pick<Attendance, 'sourceId' | 'pointVariable' | 'periodVariable' | 'lines'> {
  cycleId: string
}

/** Why this person may not record counts of attention now; null when they may. They belong to the report, and lock with it. */
export function attendanceObjection(actor: Actor, cycle: LoadedCycle): Objection | null {
  const row = stepRow(cycle.entityId, cycle.version.procedure, '6')
  const barred = whyNot(permitted(actor), 'edit', 'Step', row)
  const isEarly = cycle.state.status === 'active' && stepOf(cycle.state, '6').status === 'not_started'
  return barred ?? (isEarly ? null : objectionToEditing(cycle.state, '6'))
}

/** Keeps how many people each point attended, beside what was kept before (E10). `same`: those in force already. */
export async function recordAttendance(
  context: AppContext,
  actor: Actor,
  { cycleId, ...counts }: AttendanceToRecord,
): Promise<'recorded' | 'same'> {
  const { personId, position } = actor
  return await recordingRefusals(context, actor, { objectId: cycleId, cycleId, stepCode: '6' }, async (trx) => {
    // A submission of this moment comes before or after, never between its reading and its writing.
    const isOpen = await holdStepOpen(trx, cycleId, '6')
    const cycle = await findCycle(trx, cycleId)
    if (!cycle || !(await findSource(trx, cycleId, counts.sourceId))) throw new Refused('not_visible')
    refuseIf(attendanceObjection(actor, cycle))
    if (!isOpen && stepOf(cycle.state, '6').status !== 'not_started')
      throw new Refused('submission_in_flight', { step: '6' })
    const { entityId } = cycle
    const made = await insertAttendance(trx, { ...counts, entityId, cycleId, personId, positionId: position.id })
    if (!made) return 'same'
    await recordEvent(trx, {
      ...{ entityId, type: 'attendance.recorded', objectId: made.id, objectVersion: String(made.n) },
      ...{ contentHash: made.sha256, actorPerson: personId, actorPosition: position.id },
      ...{ cycleId, stepCode: '6', origin: 'web', requestId: context.requestId },
    })
    return 'recorded'
  })
}
