/** What people say about a step beside its content: outside what is hashed and signed (model.md §2). */
import type { StepCode } from '../domain/procedures.ts'
import { Refused } from '../domain/refusals.ts'
import { type ActingPerson, eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'

/** Writes a comment, with its event. The same id again writes nothing; with another text it throws `Refused('body_differs')`. */
export async function addComment(
  trx: Trx,
  actor: ActingPerson & { positionId: string },
  about: { cycleId: string; stepId: string; stepCode: StepCode },
  comment: { id: string; body: string },
): Promise<void> {
  const { cycleId, stepId, stepCode } = about
  const { entityId, personId, positionId } = actor
  const added = await trx
    .insertInto('comment')
    .values({
      ...{ ...comment, entity_id: entityId, cycle_id: cycleId, step_id: stepId },
      ...{ person_id: personId, position_id: positionId },
    })
    .onConflict((oc) => oc.column('id').doNothing())
    .executeTakeFirst()
  if (added.numInsertedOrUpdatedRows !== 1n) return await requireSame(trx, comment)
  await recordEvent(trx, { ...eventBy(actor), type: 'comment.written', objectId: comment.id, cycleId, stepCode })
}

async function requireSame(trx: Trx, { id, body }: { id: string; body: string }): Promise<void> {
  const standing = await trx.selectFrom('comment').select('body').where('id', '=', id).executeTakeFirst()
  if (standing?.body !== body) throw new Refused('body_differs')
}

/** Comments on a step in the order they were written, the first 200. */
export async function listComments(trx: Trx, stepId: string) {
  return await trx
    .selectFrom('comment')
    .innerJoin('person', 'person.id', 'comment.person_id')
    .innerJoin('position', 'position.id', 'comment.position_id')
    .select([
      'comment.id',
      'comment.body',
      'comment.written_at as writtenAt',
      'person.display_name as personName',
      'position.name as positionName',
    ])
    .where('comment.step_id', '=', stepId)
    .orderBy('comment.written_at')
    .limit(200)
    .execute()
}
