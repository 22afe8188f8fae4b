/** Files by their hash that belong to a step (experience 12), or as evidence to a line of an improvement action (N15). */
import { sql } from 'kysely'
import type { StepCode } from '../domain/procedures.ts'
import { type ActingPerson, eventBy } from './administration.ts'
import type { EventRecord } from './audit.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import type { LoadedCycle } from './cycles.ts'
import { noteAuthor } from './drafts.ts'
import type { StoredFile } from './files.ts'
import { newId } from './ids.ts'

export interface AttachedBy {
  personId: string
  positionId: string
}

type Origin = Pick<EventRecord, 'origin' | 'requestId'>

export type NamedFile = StoredFile & { name: string; mediaType: string }

/**
 * Attaches a stored file to a step that is open; whoever attaches elaborates, and can never approve it (model.md §4).
 * The same file under the same name is attached once.
 */
export async function addAttachment(
  trx: Trx,
  cycle: LoadedCycle,
  code: StepCode,
  file: NamedFile,
  by: AttachedBy,
  from: Origin,
): Promise<string> {
  const id = newId()
  const stepId = cycle.stepIds[code] ?? ''
  const standing = await trx
    .selectFrom('attachment')
    .select('id')
    .where('step_id', '=', stepId)
    .where('sha256', '=', file.sha256)
    .where('name', '=', file.name)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (standing) return standing.id
  await trx
    .insertInto('attachment')
    .values({
      ...{ ...columnsOf(file), id, entity_id: cycle.entityId, added_by: by.personId },
      ...{ cycle_id: cycle.state.id, step_id: stepId },
    })
    .execute()
  await noteAuthor(trx, cycle, code, by)
  await recordEvent(trx, {
    ...about(cycle, code, by, from),
    type: 'attachment.added',
    objectId: id,
    contentHash: file.sha256,
  })
  return id
}

const columnsOf = ({ sha256, name, mediaType, bytes }: NamedFile) => ({ sha256, name, media_type: mediaType, bytes })

/** Attaches stored files to a line of an improvement action, as it is written; they stay with it. */
export async function addEntryFiles(
  trx: Trx,
  actor: ActingPerson,
  about: { entryId: string; code: string; cycleId: string | null },
  files: readonly NamedFile[],
): Promise<void> {
  const { entityId, personId } = actor
  for (const file of files) {
    const id = newId()
    const place = { id, entity_id: entityId, entry_id: about.entryId, added_by: personId }
    await trx
      .insertInto('attachment')
      .values({ ...place, ...columnsOf(file) })
      .execute()
    await recordEvent(trx, {
      ...{ ...eventBy(actor), type: 'attachment.added', objectId: id, cycleId: about.cycleId },
      ...{ contentHash: file.sha256, changes: [{ field: 'code', before: null, after: about.code }] },
    })
  }
}

/** A file of an improvement action; undefined when not visible or of another action. */
export async function findActionFile(trx: Trx, code: string, id: string): Promise<AttachedFile | undefined> {
  return await trx
    .selectFrom('attachment')
    .innerJoin('improvement_entry', 'improvement_entry.id', 'attachment.entry_id')
    .innerJoin('improvement_action', 'improvement_action.id', 'improvement_entry.action_id')
    .select(['attachment.name', 'attachment.media_type as mediaType', 'attachment.sha256'])
    .where('attachment.id', '=', id)
    .where('improvement_action.code', '=', code)
    .executeTakeFirst()
}

export type AttachedFile = Pick<NamedFile, 'name' | 'mediaType' | 'sha256'>

/** Takes a file off the step; its row and content stay. False when it was off already. */
export async function removeAttachment(
  trx: Trx,
  cycle: LoadedCycle,
  code: StepCode,
  id: string,
  by: AttachedBy,
  from: Origin,
): Promise<boolean> {
  const removed = await trx
    .updateTable('attachment')
    .set({ removed_at: sql<Date>`app_now()`, removed_by: by.personId })
    .where('id', '=', id)
    .where('step_id', '=', cycle.stepIds[code] ?? '')
    .where('removed_at', 'is', null)
    .returning('sha256')
    .executeTakeFirst()
  if (!removed) return false
  await noteAuthor(trx, cycle, code, by)
  await recordEvent(trx, {
    ...about(cycle, code, by, from),
    type: 'attachment.removed',
    objectId: id,
    contentHash: removed.sha256,
  })
  return true
}

/** A file of a cycle, also one that was taken off: versions that carried it stay readable. */
export async function findAttachment(trx: Trx, cycleId: string, id: string): Promise<AttachedFile | undefined> {
  return await trx
    .selectFrom('attachment')
    .select(['name', 'media_type as mediaType', 'sha256'])
    .where('id', '=', id)
    .where('cycle_id', '=', cycleId)
    .executeTakeFirst()
}

/** SHA-256 of every file ever attached to a step: a version may name one that was taken off since. */
export async function listAttachedHashes(trx: Trx, cycleId: string, code: StepCode): Promise<string[]> {
  const rows = await trx
    .selectFrom('attachment')
    .innerJoin('step', 'step.id', 'attachment.step_id')
    .select('attachment.sha256')
    .where('step.cycle_id', '=', cycleId)
    .where('step.code', '=', code)
    .execute()
  return rows.map((row) => row.sha256)
}

function about(cycle: LoadedCycle, code: StepCode, by: AttachedBy, from: Origin) {
  return {
    entityId: cycle.entityId,
    cycleId: cycle.state.id,
    stepCode: code,
    actorPerson: by.personId,
    actorPosition: by.positionId,
    ...from,
  }
}
