/** Pauses of controls as they stand: until their last day, or until the day before somebody resumes (domain/control-pauses.ts). */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { addDays } from '../domain/civil-dates.ts'
import { objectionToResuming, type PauseDays } from '../domain/control-pauses.ts'
import { Refused, refuseIf } from '../domain/refusals.ts'
import type { ResumptionInput } from '../domain/run-inputs.ts'
import { type ActingPerson, eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { appToday } from './clock.ts'

type Keeper = ActingPerson & { positionId: string }

/** A control as what is said of its pauses needs it. */
export interface PausedControl {
  id: string
  code: string
  riskCode: string
}

/** Last day of a pause `p`, whoever moved it. */
export const lastPausedDay = sql<string>`least(p.until_on,
  (select min(u.resumes_on) - 1 from control_resumption u where u.pause_id = p.id))`

/** Whether nothing is asked of a control on any of these days. */
export async function isPaused(trx: Trx, controlId: string, { from, until }: { from: string; until: string }) {
  const row = await trx
    .selectFrom('control_pause as p')
    .select('p.id')
    .where('p.control_id', '=', controlId)
    .where('p.from_on', '<=', until)
    .where(lastPausedDay, '>=', from)
    .whereRef('p.from_on', '<=', lastPausedDay)
    .executeTakeFirst()
  return row !== undefined
}

/** Every pause of a control, as it stands. */
export async function listPauseDays(trx: Trx, controlId: string): Promise<PauseDays[]> {
  return await trx
    .selectFrom('control_pause as p')
    .select(['p.from_on as from', lastPausedDay.as('lastDay')])
    .where('p.control_id', '=', controlId)
    .execute()
}

/** What changes the pauses of a control waits for whatever else does. */
export async function holdPauses(trx: Trx, controlId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${controlId}, 43))`.execute(trx)
}

/**
 * A pause ends before its last day, with the reason: what comes from that day on is asked for. The same form sent again changes
 * nothing. Throws `Refused` where there is no pause to lift, or the day is past or after its end.
 */
export async function endPause(
  trx: Trx,
  by: Keeper,
  control: PausedControl,
  { formKey: id, pauseId, resumesOn, reason }: ResumptionInput,
): Promise<void> {
  await holdPauses(trx, control.id)
  const known = await trx.selectFrom('control_resumption').select('id').where('id', '=', id).executeTakeFirst()
  if (known) return
  const pause = await trx
    .selectFrom('control_pause as p')
    .select(['p.from_on as from', lastPausedDay.as('lastDay')])
    .where('p.id', '=', pauseId)
    .where('p.control_id', '=', control.id)
    .executeTakeFirst()
  refuseIf(objectionToResuming(pause, resumesOn, appToday()))
  if (!pause) throw new Refused('pause_unknown')
  await trx
    .insertInto('control_resumption')
    .values({
      ...{ id, entity_id: by.entityId, pause_id: pauseId, resumes_on: resumesOn, reason },
      ...{ resumed_by: by.personId, resumed_position: by.positionId },
    })
    .execute()
  await recordEvent(trx, {
    ...{ ...eventBy(by), type: 'control.resumed', objectId: control.id },
    changes: [
      { field: 'code', before: null, after: control.code },
      { field: 'risk', before: null, after: control.riskCode },
      { field: 'resumes_on', before: addDays(pause.lastDay, 1), after: resumesOn },
      { field: 'reason', before: null, after: createHash('sha256').update(reason).digest('hex') },
    ],
  })
}
