/** Pauses of controls, and what owners of risks answer: each with its event, in one transaction. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { objectionToPausing } from '../domain/control-pauses.ts'
import { Refused, refuseIf } from '../domain/refusals.ts'
import type { PauseInput, StandingAnswerInput } from '../domain/run-inputs.ts'
import { eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { appToday } from './clock.ts'
import { holdPauses, listPauseDays, type PausedControl } from './control-resumptions.ts'
import type { RiskKeeper } from './risks.ts'

const change = (field: string, after: string) => ({ field, before: null, after })
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

/**
 * Nothing is asked of a control from one day to another, with its reason; the same form sent again changes nothing. What is open
 * already is still to be done. Throws `Refused` for days that are past or paused already, and for longer than pauses that join
 * may last.
 */
export async function beginPause(trx: Trx, by: RiskKeeper, control: PausedControl, input: PauseInput): Promise<void> {
  const { formKey: id, from, until, reason } = input
  const known = await trx.selectFrom('control_pause').select('id').where('id', '=', id).executeTakeFirst()
  if (known) return
  await holdPauses(trx, control.id)
  const pauses = await listPauseDays(trx, control.id)
  refuseIf(objectionToPausing({ from, until }, { pauses, today: appToday() }))
  await trx
    .insertInto('control_pause')
    .values({
      ...{ id, entity_id: by.entityId, control_id: control.id, from_on: from, until_on: until, reason },
      ...{ paused_by: by.personId, paused_position: by.positionId },
    })
    .execute()
  await recordEvent(trx, {
    ...{ ...eventBy(by), type: 'control.paused', objectId: control.id },
    changes: [
      ...[change('code', control.code), change('risk', control.riskCode), change('from', from), change('until', until)],
      change('reason', hashOf(reason)),
    ],
  })
}

/** What whoever answers for a risk will do about its demonstrated residual. Throws `Refused('alert_over')` where it is over. */
export async function settleAlert(
  trx: Trx,
  by: RiskKeeper,
  risk: { id: string; code: string },
  { alertId, answer }: StandingAnswerInput,
): Promise<void> {
  const ended = await trx
    .updateTable('standing_alert')
    .set({ ended_at: sql<Date>`app_now()`, answer, answered_by: by.personId, answered_position: by.positionId })
    .where('id', '=', alertId)
    .where('risk_id', '=', risk.id)
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (!ended) throw new Refused('alert_over')
  await recordEvent(trx, {
    ...{ ...eventBy(by), type: 'risk.alert_answered', objectId: risk.id },
    changes: [change('code', risk.code), change('answer', hashOf(answer))],
  })
}
