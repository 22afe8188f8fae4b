/** The last saves of a draft: what two people began from, and who changed what since (A7). */
import type { Answers } from '../domain/forms.ts'
import type { Trx } from './client.ts'

/** Saves of one draft that are kept; older ones are taken away as new ones come. */
export const KEPT_SAVES = 60

export interface DraftSave {
  rev: number
  answers: Answers
  formVersion: number
  savedAt: Date
  by: string
}

interface NewSave {
  entityId: string
  stepId: string
  rev: number
  answers: Answers
  formVersion: number
  personId: string
  positionId: string
}

export async function storeSave(trx: Trx, save: NewSave): Promise<void> {
  await trx
    .insertInto('draft_save')
    .values({
      ...{ step_id: save.stepId, rev: save.rev, entity_id: save.entityId, form_version: save.formVersion },
      ...{ answers: JSON.stringify(save.answers), saved_by: save.personId, position_id: save.positionId },
    })
    .execute()
  await trx
    .deleteFrom('draft_save')
    .where('step_id', '=', save.stepId)
    .where('rev', '<=', save.rev - KEPT_SAVES)
    .execute()
}

/** The draft as it was saved at `rev` or last before it; undefined when nobody had, or it is too long ago. */
export async function findSaveAt(trx: Trx, stepId: string, rev: number): Promise<DraftSave | undefined> {
  const row = await saves(trx, stepId).where('rev', '<=', rev).orderBy('rev', 'desc').limit(1).executeTakeFirst()
  return row && saveOf(row)
}

/** What was saved after `rev`, oldest first. */
export async function listSavesAfter(trx: Trx, stepId: string, rev: number): Promise<DraftSave[]> {
  const rows = await saves(trx, stepId).where('rev', '>', rev).orderBy('rev').limit(KEPT_SAVES).execute()
  return rows.map(saveOf)
}

function saves(trx: Trx, stepId: string) {
  return trx
    .selectFrom('draft_save')
    .innerJoin('position', 'position.id', 'draft_save.position_id')
    .select(['draft_save.rev', 'draft_save.answers', 'draft_save.form_version as formVersion'])
    .select(['draft_save.saved_at as savedAt', 'position.name as by'])
    .where('draft_save.step_id', '=', stepId)
}

type SaveRow = Omit<DraftSave, 'answers'> & { answers: unknown }

function saveOf(row: SaveRow): DraftSave {
  return { ...row, answers: row.answers as Answers }
}
