/** The last saves of a draft: what two people began from, who changed what since, and who is at it now (A7). */
import { sql } from 'kysely'
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

/** Minutes after a save during which its author counts as working on the draft. */
const AT_WORK_MINUTES = 10

export interface OtherEditor {
  position: string
  /** First of their saves without a pause of ten minutes between. */
  since: Date
}

/** Whoever else saved this draft within the last minutes; undefined when nobody did. */
export async function findOtherEditor(trx: Trx, stepId: string, personId: string): Promise<OtherEditor | undefined> {
  const rows = await trx
    .selectFrom('draft_save')
    .innerJoin('position', 'position.id', 'draft_save.position_id')
    .select(['position.name as position', 'draft_save.saved_by as savedBy', 'draft_save.saved_at as savedAt'])
    .select(sql<boolean>`draft_save.saved_at > app_now() - make_interval(mins => ${AT_WORK_MINUTES})`.as('isRecent'))
    .where('draft_save.step_id', '=', stepId)
    .where('draft_save.saved_by', '!=', personId)
    .orderBy('draft_save.rev', 'desc')
    .limit(KEPT_SAVES)
    .execute()
  const [last] = rows
  if (!last?.isRecent) return undefined
  let since = last.savedAt
  for (const row of rows.filter((one) => one.savedBy === last.savedBy)) {
    if (since.getTime() - row.savedAt.getTime() > AT_WORK_MINUTES * 60_000) break
    since = row.savedAt
  }
  return { position: last.position, since }
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
