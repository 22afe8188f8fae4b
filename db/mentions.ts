/** Who is named in a comment: their line in the inbox, until they have seen it (A9, experience.md 27). */
import { sql } from 'kysely'
import type { StepCode } from '../domain/procedures.ts'
import { type ActingPerson, eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'

export interface Mentionable {
  positionId: string
  name: string
  duty: string
  personId: string
}

/** Everyone of the entity who holds a position today, to be asked whether they may see the step. */
export async function listHolders(trx: Trx, entityId: string): Promise<Mentionable[]> {
  return await trx
    .selectFrom('position')
    .innerJoin('tenure', 'tenure.position_id', 'position.id')
    .innerJoin('person', 'person.id', 'tenure.person_id')
    .select(['position.id as positionId', 'position.name', 'position.duty', 'person.id as personId'])
    .where('position.entity_id', '=', entityId)
    .where('tenure.from_date', '<=', sql<string>`app_today()`)
    .where((eb) => eb.or([eb('tenure.to_date', 'is', null), eb('tenure.to_date', '>=', sql<string>`app_today()`)]))
    .where((eb) => eb.or([eb('person.ended_on', 'is', null), eb('person.ended_on', '>=', sql<string>`app_today()`)]))
    .where((eb) =>
      eb.or([eb('position.ended_on', 'is', null), eb('position.ended_on', '>=', sql<string>`app_today()`)]),
    )
    .orderBy('position.name')
    .orderBy('person.id')
    .execute()
}

/** Notes a person as mentioned; false when this comment mentioned them before. */
export async function noteMention(
  trx: Trx,
  entityId: string,
  mention: { commentId: string; personId: string; positionId: string },
): Promise<boolean> {
  const noted = await trx
    .insertInto('comment_mention')
    .values({
      ...{ comment_id: mention.commentId, person_id: mention.personId, position_id: mention.positionId },
      entity_id: entityId,
    })
    .onConflict((oc) => oc.columns(['comment_id', 'person_id']).doNothing())
    .executeTakeFirst()
  return noted.numInsertedOrUpdatedRows === 1n
}

/** Comments that mention a person and that they have not marked as seen, newest first. */
export async function listMentions(trx: Trx, personId: string, limit: number) {
  return await trx
    .selectFrom('comment_mention')
    .innerJoin('comment', 'comment.id', 'comment_mention.comment_id')
    .leftJoin('comment as first', 'first.id', 'comment.parent_id')
    .innerJoin('step', 'step.id', 'comment.step_id')
    .innerJoin('cycle', 'cycle.id', 'comment.cycle_id')
    .innerJoin('position', 'position.id', 'comment.position_id')
    .select([
      'comment.id as commentId',
      'cycle.id as cycleId',
      'cycle.name as cycleName',
      'step.code as stepCode',
      'position.name as by',
      'comment_mention.mentioned_at as at',
    ])
    .select((eb) => eb.fn.coalesce('comment.anchor', 'first.anchor').as('anchor'))
    .where('comment_mention.person_id', '=', personId)
    .where('comment_mention.seen_at', 'is', null)
    .orderBy('comment_mention.mentioned_at', 'desc')
    .limit(limit)
    .execute()
}

/** The mention leaves the inbox of whoever it names; false when there is none of theirs, or it had left already. */
export async function markMentionSeen(
  trx: Trx,
  actor: ActingPerson & { personId: string },
  commentId: string,
): Promise<boolean> {
  const seen = await trx
    .updateTable('comment_mention')
    .set({ seen_at: sql<Date>`app_now()` })
    .where('comment_id', '=', commentId)
    .where('person_id', '=', actor.personId)
    .where('seen_at', 'is', null)
    .executeTakeFirst()
  if (seen.numUpdatedRows !== 1n) return false
  const about = await trx
    .selectFrom('comment')
    .innerJoin('step', 'step.id', 'comment.step_id')
    .select(['comment.cycle_id as cycleId', 'step.code as stepCode'])
    .where('comment.id', '=', commentId)
    .executeTakeFirstOrThrow()
  const stepCode = about.stepCode as StepCode
  await recordEvent(trx, { ...eventBy(actor), type: 'mention.seen', objectId: commentId, ...about, stepCode })
  return true
}
