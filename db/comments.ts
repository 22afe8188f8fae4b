/**
 * What people say about a step beside its content: outside what is hashed and signed (model.md §2). Words are never
 * rewritten: a correction is a further version, and all of them stay readable (A9).
 */
import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { StepCode } from '../domain/procedures.ts'
import { Refused } from '../domain/refusals.ts'
import { type ActingPerson, eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import type { StoredFile } from './files.ts'
import { newId } from './ids.ts'

type Writer = ActingPerson & { positionId: string }

interface About {
  cycleId: string
  stepId: string
  stepCode: StepCode
}

export interface NewComment {
  id: string
  body: string
  /** The comment it answers; null for one of its own. */
  parentId: string | null
  /** Group or field of the step's form it is about, `grupo` or `grupo.campo`; null for the whole step. */
  anchor: string | null
}

/** Writes a comment, with its event. False when it was there already; with another text it throws `Refused('body_differs')`. */
export async function addComment(trx: Trx, actor: Writer, about: About, comment: NewComment): Promise<boolean> {
  const { cycleId, stepId, stepCode } = about
  const { entityId, personId, positionId } = actor
  const { parentId, ...words } = comment
  const added = await trx
    .insertInto('comment')
    .values({
      ...{ ...words, parent_id: parentId, entity_id: entityId, cycle_id: cycleId, step_id: stepId },
      ...{ person_id: personId, position_id: positionId },
    })
    .onConflict((oc) => oc.column('id').doNothing())
    .executeTakeFirst()
  if (added.numInsertedOrUpdatedRows !== 1n) {
    await requireSame(trx, comment)
    return false
  }
  await recordEvent(trx, { ...eventBy(actor), type: 'comment.written', objectId: comment.id, cycleId, stepCode })
  return true
}

async function requireSame(trx: Trx, { id, body }: { id: string; body: string }): Promise<void> {
  const standing = await trx.selectFrom('comment').select('body').where('id', '=', id).executeTakeFirst()
  if (standing?.body !== body) throw new Refused('body_differs')
}

/** The next version of a comment's words; the same words again write nothing. */
export async function addCommentVersion(
  trx: Trx,
  actor: Writer,
  about: About,
  { id, body }: { id: string; body: string },
): Promise<void> {
  // One correction after the other: the number of the next depends on the last.
  await oneAtATime(trx, id)
  const last = await trx
    .selectFrom('comment_version')
    .select(['n', 'body'])
    .where('comment_id', '=', id)
    .orderBy('n', 'desc')
    .executeTakeFirst()
  const first = await trx.selectFrom('comment').select('body').where('id', '=', id).executeTakeFirstOrThrow()
  if ((last?.body ?? first.body) === body) return
  const n = (last?.n ?? 1) + 1
  await trx.insertInto('comment_version').values({ comment_id: id, n, entity_id: actor.entityId, body }).execute()
  await recordEvent(trx, {
    ...{ ...eventBy(actor), type: 'comment.rewritten', objectId: id, objectVersion: String(n) },
    ...{ cycleId: about.cycleId, stepCode: about.stepCode },
  })
}

/** Nobody may update a comment, so its row cannot be locked: changes to one comment wait for each other here. */
async function oneAtATime(trx: Trx, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${id}, 11))`.execute(trx)
}

/** Says that a comment is resolved, or open again; saying what already holds writes nothing. */
export async function markResolved(
  trx: Trx,
  actor: Writer,
  about: About,
  { id, resolved }: { id: string; resolved: boolean },
): Promise<void> {
  await oneAtATime(trx, id)
  const last = await trx
    .selectFrom('comment_resolution')
    .select('resolved')
    .where('comment_id', '=', id)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst()
  if ((last?.resolved ?? false) === resolved) return
  const { entityId, personId, positionId } = actor
  await trx
    .insertInto('comment_resolution')
    .values({
      ...{ id: newId(), entity_id: entityId, comment_id: id, resolved },
      ...{ person_id: personId, position_id: positionId },
    })
    .execute()
  const type = resolved ? 'comment.resolved' : 'comment.reopened'
  await recordEvent(trx, { ...eventBy(actor), type, objectId: id, cycleId: about.cycleId, stepCode: about.stepCode })
}

/** A file that comes with a comment, kept as those of the step but outside what is signed. */
export async function addCommentFile(
  trx: Trx,
  actor: Writer,
  about: About,
  comment: { id: string; file: StoredFile & { name: string; mediaType: string } },
): Promise<void> {
  const { file } = comment
  await trx
    .insertInto('comment_file')
    .values({
      ...{ id: newId(), entity_id: actor.entityId, cycle_id: about.cycleId, comment_id: comment.id },
      ...{ sha256: file.sha256, name: file.name, media_type: file.mediaType, bytes: file.bytes },
    })
    .execute()
  await recordEvent(trx, {
    ...{ ...eventBy(actor), type: 'comment.file_added', objectId: comment.id, contentHash: file.sha256 },
    ...{ cycleId: about.cycleId, stepCode: about.stepCode },
  })
}

/** A comment of this step; undefined when not visible or of another step. */
export async function findComment(trx: Trx, stepId: string, id: string) {
  return await trx
    .selectFrom('comment')
    .select(['id', 'person_id as personId', 'parent_id as parentId'])
    .where('id', '=', id)
    .where('step_id', '=', stepId)
    .executeTakeFirst()
}

/** What the conversation of a comment is about, `group` or `group.field`; null for the step as a whole. */
export async function findCommentAnchor(trx: Trx, id: string): Promise<{ anchor: string | null } | undefined> {
  return await trx
    .selectFrom('comment')
    .leftJoin('comment as first', 'first.id', 'comment.parent_id')
    .select((eb) => eb.fn.coalesce('comment.anchor', 'first.anchor').as('anchor'))
    .where('comment.id', '=', id)
    .executeTakeFirst()
}

export async function findCommentFile(trx: Trx, cycleId: string, id: string) {
  return await trx
    .selectFrom('comment_file')
    .select(['name', 'media_type as mediaType', 'sha256'])
    .where('id', '=', id)
    .where('cycle_id', '=', cycleId)
    .executeTakeFirst()
}

const isResolved = sql<boolean>`coalesce((select r.resolved from comment_resolution r where r.comment_id = comment.id
  order by r.at desc, r.id desc limit 1), false)`

/** Conversations of a step that nobody has resolved; answers count with the comment they answer. */
export async function countUnresolved(trx: Trx, stepId: string): Promise<number> {
  const { n } = await trx
    .selectFrom('comment')
    .select(({ fn }) => fn.countAll<string>().as('n'))
    .where('step_id', '=', stepId)
    .where('parent_id', 'is', null)
    .where(isResolved, '=', false)
    .executeTakeFirstOrThrow()
  return Number(n)
}

/** Comments on a step in the order they were written, the first 500, each with its versions, files and state. */
export async function listComments(trx: Trx, stepId: string) {
  return await trx
    .selectFrom('comment')
    .innerJoin('person', 'person.id', 'comment.person_id')
    .innerJoin('position', 'position.id', 'comment.position_id')
    .select((eb) => [
      'comment.id',
      'comment.body',
      'comment.anchor',
      'comment.parent_id as parentId',
      'comment.person_id as personId',
      'comment.written_at as writtenAt',
      'person.display_name as personName',
      'position.name as positionName',
      isResolved.as('isResolved'),
      jsonArrayFrom(
        eb
          .selectFrom('comment_version')
          .select(['n', 'body', 'written_at as writtenAt'])
          .whereRef('comment_id', '=', 'comment.id')
          .orderBy('n'),
      ).as('versions'),
      jsonArrayFrom(
        eb
          .selectFrom('comment_file')
          .select(['id', 'name', 'sha256'])
          .whereRef('comment_id', '=', 'comment.id')
          .orderBy('added_at'),
      ).as('files'),
    ])
    .where('comment.step_id', '=', stepId)
    .orderBy('comment.written_at')
    .orderBy('comment.id')
    .limit(500)
    .execute()
}
