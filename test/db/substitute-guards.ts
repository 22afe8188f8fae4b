/** The guards of the database against one hand that does two duties, with that hand hidden behind a substitute (decision 0034). */
import { type RawBuilder, sql } from 'kysely'
import { newId } from '../../db/ids.ts'
import type { Foreign } from './foreign-rows.ts'

interface Guarded {
  name: string
  /** Whoever elaborated, asked or proposed it. */
  hand: RawBuilder<unknown>
  /** What a substitute then tries; `for` is who they act for, null where for nobody. */
  tries: (by: string, actingFor: string | null) => RawBuilder<unknown>
}

/** A row of the table with other values in some columns, where there is one like it. */
const again = (table: string, from: RawBuilder<unknown>, changed: RawBuilder<unknown>) =>
  sql`insert into ${sql.table(table)} select (jsonb_populate_record(null::${sql.table(table)}, to_jsonb(old) || ${changed})).* from (${from}) old`

function guardedIn(f: Foreign): Guarded[] {
  return [
    {
      name: 'the check of an improvement action',
      hand: sql`select person_id as id from improvement_entry where kind <> 'check' and action_id = ${f.actionId}`,
      tries: (by, actingFor) =>
        again(
          'improvement_entry',
          sql`select * from improvement_entry where kind <> 'check' and action_id = ${f.actionId} limit 1`,
          sql`jsonb_build_object('id', ${newId()}::text, 'n', 99, 'kind', 'check', 'person_id', ${by}::text, 'acting_for', ${actingFor}::text)`,
        ),
    },
    {
      name: 'the decision on a table of correspondence',
      hand: sql`select proposed_by as id from crosswalk where id = ${f.crosswalkId}`,
      tries: (by) => sql`update crosswalk set status = 'approved', decided_by = ${by}, decided_at = app_now(),
        decided_position = proposed_position where id = ${f.crosswalkId}`,
    },
    {
      name: 'the answer to a proposal for the report',
      hand: sql`select person_id as id from section_proposal where id = ${f.ids.notice}`,
      tries: (by) => sql`update section_proposal set status = 'accepted', answered_at = app_now(), answered_by = ${by},
        answered_position = position_id where id = ${f.ids.notice}`,
    },
    {
      name: 'the decision on a delegated access',
      hand: sql`select g.asked_by as id from access_grant g join access_signature s on s.grant_id = g.id order by g.id`,
      tries: (by, actingFor) =>
        again(
          'access_signature',
          sql`select * from access_signature order by grant_id limit 1`,
          sql`jsonb_build_object('id', ${newId()}::text, 'kind', 'deny', 'person_id', ${by}::text, 'acting_for', ${actingFor}::text)`,
        ),
    },
    {
      name: 'the signature of a correction',
      hand: sql`select authors[1] as id from correction where id = ${f.correctionId}`,
      tries: (
        by,
        actingFor,
      ) => sql`insert into correction_signature (id, entity_id, correction_id, round, person_id, position_id, duty,
          person_name, position_name, verdict, release_hash, statement, proved_at, acting_for)
        select ${newId()}, entity_id, id, round, ${by}, ${f.positionId}, 'x', 'x', 'x', 'approve', repeat('a', 64), 'x', app_now(), ${actingFor}
        from correction where id = ${f.correctionId}`,
    },
  ]
}

/** Of each guard, how the database answers a substitute of that hand, and one of nobody: `CZ001` is its no. Nothing is kept. */
export async function tryGuards(f: Foreign): Promise<{ name: string; forHand: string; forNobody: string }[]> {
  const guarded = guardedIn(f)
  const hands: string[] = []
  for (const { name, hand } of guarded) {
    const found = await inEntity(f, null, (trx) => sql<{ id: string }>`${hand} limit 1`.execute(trx))
    if (!found.rows[0]) throw new Error(`${name}: there is nothing of anybody`)
    hands.push(found.rows[0].id)
  }
  const others = Object.values(f.world.people).map(({ personId }) => personId)
  const by = others.find((id) => id !== f.personId && !hands.includes(id)) ?? ''
  const answers: { name: string; forHand: string; forNobody: string }[] = []
  for (const [i, { name, tries }] of guarded.entries()) {
    const answerTo = (actingFor: string | null) =>
      inEntity(f, actingFor, async (trx) => {
        await tries(by, actingFor).execute(trx)
        throw Object.assign(new Error('not kept'), { code: 'done' })
      }).catch((failure: { code?: string; message: string }) => failure.code ?? failure.message)
    answers.push({ name, forHand: String(await answerTo(hands[i] ?? '')), forNobody: String(await answerTo(null)) })
  }
  return answers
}

const inEntity = <T>(f: Foreign, actingFor: string | null, work: Parameters<typeof f.world.owner.within<T>>[1]) =>
  f.world.owner.within({ 'app.entity': f.entityId, 'app.acting_for': actingFor ?? '' }, work)
