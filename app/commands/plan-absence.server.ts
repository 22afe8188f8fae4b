import { findAbsence } from '../../db/absence-pages.ts'
import { insertAbsence, objectionToAbsence } from '../../db/absences.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { findPerson } from '../../db/people.ts'
import { type Rehearsal, rehearse } from '../../db/rehearsal.ts'
import { type AbsenceInput, absenceInput } from '../../domain/absence-inputs.ts'
import { type InputError, readInput } from '../../domain/input-reading.ts'
import { absenceRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import type { SubstitutionScope } from '../../domain/substitutions.ts'
import { tellOfAbsence } from '../absence-notice.server.ts'
import { actingPerson } from '../administration.server.ts'
import type { AppContext } from '../context.server.ts'
import { recordRefusalOf } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { permitted } from './permitted.server.ts'

type Read = { ok: true; input: AbsenceInput } | { ok: false; errors: InputError[] }
type Planned = { ok: true; absenceId: string } | { ok: false; errors: InputError[] }

/**
 * Plans an absence with whoever substitutes (features C3): by the person who will be absent, or by the administration with
 * the act that says so. What cannot be taken as typed is a refusal too.
 */
export async function planAbsence(context: AppContext, actor: Actor, typed: Record<string, string>): Promise<Planned> {
  return await onPlan(context, actor, typed, async (trx, input) => {
    const absenceId = await insertAbsence(trx, actingPerson(context, actor), input)
    const absence = await findAbsence(trx, actor.entityId, absenceId)
    if (absence) await tellOfAbsence(trx, context, actor, absence, 'planned')
    return { ok: true, absenceId } as const
  })
}

export type RehearsedPlan = { name: string; scope: SubstitutionScope; rehearsal: Rehearsal }[]

/** What each substitute could open, before anything is planned (features N12); refused as the plan itself would be. */
export async function rehearsePlan(
  context: AppContext,
  actor: Actor,
  typed: Record<string, string>,
): Promise<{ ok: true; rehearsed: RehearsedPlan } | { ok: false; errors: InputError[] }> {
  return await onPlan(context, actor, typed, async (trx, input) => {
    const against = await objectionToAbsence(trx, actor.entityId, input)
    if (against) throw new Refused(against.code, { field: against.field })
    const { entityId } = actor
    const rehearsed: RehearsedPlan = []
    for (const { scope, personId: substituteId } of input.substitutes) {
      const asked = { entityId, positionId: input.positionId, absentId: input.personId, substituteId, scope }
      const name = (await findPerson(trx, entityId, substituteId))?.displayName ?? ''
      rehearsed.push({ name, scope, rehearsal: await rehearse(trx, asked) })
    }
    return { ok: true, rehearsed } as const
  })
}

/** One transaction on what was typed, by whoever may plan this person's absence; a refusal leaves its event in another. */
async function onPlan<T extends { ok: true }>(
  context: AppContext,
  actor: Actor,
  typed: Record<string, string>,
  work: (trx: Trx, input: AbsenceInput) => Promise<T>,
): Promise<T | { ok: false; errors: InputError[] }> {
  const read: Read = readInput(absenceInput(appToday()), typed)
  try {
    if (!read.ok) throw new Refused('absence_input')
    refuseIf(planObjection(actor, read.input))
    return await withActor(context.db, actor, (trx) => work(trx, read.input))
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
