import { sql } from 'kysely'
import type { StepCode } from '../domain/procedures.ts'
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

/**
 * Attaches a stored file to a step that is open; whoever attaches elaborates, and can never approve it (model.md §4).
 * The same file under the same name is attached once.
 */
export async function addAttachment(
  trx: Trx,
  cycle: LoadedCycle,
  code: StepCode,
  file: StoredFile & { name: string; mediaType: string },
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
      id,
      entity_id: cycle.entityId,
      cycle_id: cycle.state.id,
      step_id: stepId,
      sha256: file.sha256,
      name: file.name,
      media_type: file.mediaType,
      bytes: file.bytes,
      added_by: by.personId,
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
export async function findAttachment(trx: Trx, cycleId: string, id: string) {
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
