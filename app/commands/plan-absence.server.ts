import { insertAbsence } from '../../db/absences.ts'
import { withActor } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { type AbsenceInput, absenceInput } from '../../domain/absence-inputs.ts'
import { type InputError, readInput } from '../../domain/input-reading.ts'
import { absenceRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import { actingPerson } from '../administration.server.ts'
import type { AppContext } from '../context.server.ts'
import { recordRefusalOf } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { permitted } from './permitted.server.ts'

type Planned = { ok: true; absenceId: string } | { ok: false; errors: InputError[] }

/**
 * Plans an absence with whoever substitutes (features C3): by the person who will be absent, or by the administration with
 * the act that says so. What cannot be taken as typed is a refusal too.
 */
export async function planAbsence(context: AppContext, actor: Actor, typed: Record<string, string>): Promise<Planned> {
  const read = readInput(absenceInput(appToday()), typed)
  try {
    if (!read.ok) throw new Refused('absence_input')
    refuseIf(planObjection(actor, read.input))
    const by = actingPerson(context, actor)
    return { ok: true, absenceId: await withActor(context.db, actor, (trx) => insertAbsence(trx, by, read.input)) }
  } catch (failure) {
    if (failure instanceof Refused) await recordRefusalOf(context, actor, { objectId: actor.entityId }, failure)
    if (!read.ok) return read
    throw failure
  }
}

/** Why this person plans no absence of that one. */
export function planObjection(actor: Actor, { personId }: Pick<AbsenceInput, 'personId'>) {
  return whyNot(permitted(actor), 'plan', 'Absence', absenceRow(actor.entityId, personId, []))
}
