/** Absences with whoever substitutes: planned and cancelled, never deleted (domain/substitutions.ts). */
import { sql } from 'kysely'
import type { AbsenceInput } from '../domain/absence-inputs.ts'
import { Refused } from '../domain/refusals.ts'
import {
  type Days,
  type NamedSubstitute,
  objectionToPlan,
  type PlanFacts,
  type SubstituteFacts,
} from '../domain/substitutions.ts'
import { type ActingPerson, eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { idOf } from './ids.ts'

/** Who is absent from which position, and between which days. */
export interface Absent extends Days {
  personId: string
  positionId: string
}

/** An absence that reaches some of those days and stands. */
const during = ({ from, to }: Days) =>
  sql`ab.cancelled_at is null and ab.from_date <= ${to}::date and ab.to_date >= ${from}::date`

/** What the record knows of a plan; the first day decides who is at work. */
export async function factsOfPlan(trx: Trx, entityId: string, absent: Absent): Promise<PlanFacts> {
  const { personId, positionId, from } = absent
  const found = await sql<Omit<PlanFacts, 'absentId'>>`
    select
      exists (select 1 from tenure t join position pos on pos.id = t.position_id join person p on p.id = t.person_id
        where t.entity_id = ${entityId} and t.person_id = ${personId} and t.position_id = ${positionId}
          and ${heldOn(from)}) as "holdsPosition",
      array(select sub.scope from absence ab join substitution sub on sub.absence_id = ab.id
        where ab.person_id = ${personId} and ab.position_id = ${positionId} and ${during(absent)}) as taken,
      exists (select 1 from absence ab join substitution sub on sub.absence_id = ab.id
        where sub.substitute_id = ${personId} and ${during(absent)}) as "substitutesOthers"`.execute(trx)
  const facts = found.rows[0]
  if (!facts) throw new Error('a select without from has one row')
  return { absentId: personId, ...facts }
}

const heldOn = (day: string) => sql`t.from_date <= ${day}::date and (t.to_date is null or t.to_date >= ${day}::date)
  and (pos.ended_on is null or pos.ended_on >= ${day}::date) and (p.ended_on is null or p.ended_on >= ${day}::date)`

async function factsOfSubstitute(
  trx: Trx,
  entityId: string,
  absent: Absent,
  { personId }: NamedSubstitute,
): Promise<SubstituteFacts> {
  const { positionId, from, to } = absent
  const found = await sql<SubstituteFacts>`
    select ${personId} as "personId",
      exists (select 1 from person p where p.id = ${personId} and p.entity_id = ${entityId}
        and (p.ended_on is null or p.ended_on >= ${from}::date)) as "isKnown",
      exists (select 1 from account a where a.person_id = ${personId} and a.entity_id = ${entityId}
        and a.disabled_at is null) as "hasAccount",
      exists (select 1 from tenure t join position pos on pos.id = t.position_id join person p on p.id = t.person_id
        where t.person_id = ${personId} and ${heldOn(from)}) as "isAtWork",
      exists (select 1 from tenure t where t.person_id = ${personId} and t.position_id = ${positionId}
        and t.from_date <= ${to}::date and (t.to_date is null or t.to_date >= ${from}::date)) as "holdsPosition",
      (select array_remove(array_agg(sub.substitute_id), null) from absence ab left join substitution sub
        on sub.absence_id = ab.id where ab.person_id = ${personId} and ${during(absent)}) as "absentWith"`.execute(trx)
  const facts = found.rows[0]
  if (!facts) throw new Error('a select without from has one row')
  return facts
}

/** Why an absence cannot be planned so, with the field it belongs to; null when it can be. */
export async function objectionToAbsence(trx: Trx, entityId: string, input: AbsenceInput) {
  const named: (NamedSubstitute & SubstituteFacts)[] = []
  for (const one of input.substitutes) named.push({ ...one, ...(await factsOfSubstitute(trx, entityId, input, one)) })
  return objectionToPlan(await factsOfPlan(trx, entityId, input), named)
}

/** One plan at a time in an entity: what objects to one is what another has just kept. */
export async function holdPlans(trx: Trx, entityId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${entityId}, 34))`.execute(trx)
}

/**
 * Keeps an absence with its substitutes, once: the same form sent again changes nothing. Throws `Refused` with the field it
 * belongs to in `facts.field`.
 */
export async function insertAbsence(
  trx: Trx,
  by: ActingPerson & { positionId: string },
  input: AbsenceInput,
): Promise<string> {
  const { entityId } = by
  const id = idOf('absence', entityId, input.formKey)
  await holdPlans(trx, entityId)
  const known = await trx.selectFrom('absence').select('id').where('id', '=', id).executeTakeFirst()
  if (known) return id
  const against = await objectionToAbsence(trx, entityId, input)
  if (against) throw new Refused(against.code, { field: against.field })
  await trx
    .insertInto('absence')
    .values({
      ...{ id, entity_id: entityId, person_id: input.personId, position_id: input.positionId },
      ...{ from_date: input.from, to_date: input.to, reason: input.reason, act_reference: input.actReference },
      ...{ planned_by: by.personId, planned_position: by.positionId },
    })
    .execute()
  await trx
    .insertInto('substitution')
    .values(
      input.substitutes.map(({ scope, personId }) => ({
        ...{ id: idOf('substitution', id, scope), entity_id: entityId, absence_id: id, substitute_id: personId, scope },
      })),
    )
    .execute()
  const changes = [
    { field: 'from_date', before: null, after: input.from },
    { field: 'to_date', before: null, after: input.to },
    ...input.substitutes.map(({ scope, personId }) => ({
      field: `substitute_${scope}`,
      before: null,
      after: personId,
    })),
  ]
  await recordEvent(trx, { ...eventBy(by), type: 'absence.planned', objectId: id, reasonCode: input.reason, changes })
  return id
}

/** Ends it now, before its days or within them; false where it is cancelled already. */
export async function cancelAbsence(trx: Trx, by: ActingPerson, id: string): Promise<boolean> {
  const cancelled = await trx
    .updateTable('absence')
    .set({ cancelled_at: sql<Date>`app_now()`, cancelled_by: by.personId })
    .where('id', '=', id)
    .where('cancelled_at', 'is', null)
    .executeTakeFirst()
  if (cancelled.numUpdatedRows !== 1n) return false
  await recordEvent(trx, { ...eventBy(by), type: 'absence.cancelled', objectId: id })
  return true
}
