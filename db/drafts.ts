/** The editable copy of a step: its revision, who saved it last, and who has elaborated the attempt. */
import { sql } from 'kysely'
import type { Answers, LeftOver } from '../domain/forms.ts'
import type { StepCode } from '../domain/procedures.ts'
import type { Trx } from './client.ts'
import type { LoadedCycle } from './cycles.ts'
import { storeSave } from './draft-saves.ts'
import { notePresence } from './presence.ts'

export interface DraftToStore {
  rev: number
  answers: Answers
  formVersion: number
  personId: string
  positionId: string
  /** Section of the report saved alone; absent where the form as a whole was. */
  section?: string
  /** Stays as it is where none is given. */
  leftOver?: LeftOver[]
}

/** Writes the next revision over `rev`; undefined when somebody else saved meanwhile, and nothing is overwritten. */
export async function storeDraft(
  trx: Trx,
  { entityId, stepId }: { entityId: string; stepId: string },
  draft: DraftToStore,
): Promise<{ rev: number; savedAt: Date } | undefined> {
  const saved = await trx
    .updateTable('step_draft')
    .set(({ eb, ref }) => ({
      rev: eb(ref('rev'), '+', 1),
      answers: JSON.stringify(draft.answers),
      ...(draft.leftOver ? { left_over: JSON.stringify(draft.leftOver) } : {}),
      saved_at: sql<Date>`app_now()`,
      saved_by: draft.personId,
    }))
    .where('step_id', '=', stepId)
    .where('rev', '=', draft.rev)
    .returning(['rev', 'saved_at as savedAt'])
    .executeTakeFirst()
  if (!saved) return undefined
  const { personId, positionId } = draft
  await storeSave(trx, { ...draft, entityId, stepId, rev: saved.rev })
  await notePresence(trx, { stepId, section: draft.section }, { entityId, personId, positionId }, 'saved')
  return saved
}

/** The step is filled in with a newer form from now on; throws when it was moved meanwhile. */
export async function moveForm(trx: Trx, stepId: string, form: { from: number; to: number }): Promise<void> {
  const moved = await trx
    .updateTable('step')
    .set({ form_version: form.to })
    .where('id', '=', stepId)
    .where('form_version', '=', form.from)
    .executeTakeFirst()
  if (moved.numUpdatedRows !== 1n) throw new Error(`step ${stepId} is no longer in form v${form.from}`)
}

/** The draft that stands, with the name of whoever saved it; throws where the step has none. */
export async function findStandingDraft(trx: Trx, stepId: string) {
  const row = await trx
    .selectFrom('step_draft')
    .leftJoin('person', 'person.id', 'step_draft.saved_by')
    .select(['step_draft.rev', 'step_draft.answers', 'step_draft.saved_at', 'person.display_name'])
    .where('step_id', '=', stepId)
    .executeTakeFirstOrThrow()
  return {
    rev: row.rev,
    savedAt: row.saved_at,
    savedBy: row.display_name ?? '',
    answers: row.answers as unknown as Answers,
  }
}

/**
 * Whoever saves a draft, attaches a file, changes a source of step 3 or signs as author elaborates the attempt and can
 * never approve it (model.md §4); nor can whom they act for. Noted once.
 */
export async function noteAuthor(
  trx: Trx,
  { entityId, stepIds, attemptIds }: LoadedCycle,
  code: StepCode,
  author: { personId: string; positionId: string },
): Promise<void> {
  await sql`
    insert into attempt_author (entity_id, step_id, attempt_id, person_id, position_id)
    select ${entityId}, ${stepIds[code] ?? ''}, ${attemptIds[code] ?? ''}, hand, ${author.positionId}
    from unnest(array[${author.personId}::uuid, case when app_person() = ${author.personId} then app_acting_for() end]) hand
    where hand is not null on conflict (attempt_id, person_id) do nothing`.execute(trx)
}
