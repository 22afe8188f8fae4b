/** Whose each section of a report is, and whether it is finished (G3); its words stand in the draft of step 6. */
import { sql } from 'kysely'
import type { FieldChange } from '../domain/events.ts'
import { type ActingPerson, eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { idOf } from './ids.ts'

export interface SectionState {
  section: string
  ownerId: string | null
  /** Name of the position; empty where nobody in particular is responsible. */
  owner: string
  finishedAt: Date | null
}

export async function listSections(trx: Trx, cycleId: string): Promise<SectionState[]> {
  const rows = await trx
    .selectFrom('report_section')
    .leftJoin('position', 'position.id', 'report_section.position_id')
    .select(['section', 'position.id as ownerId', 'position.name as owner'])
    .select('report_section.finished_at as finishedAt')
    .where('report_section.cycle_id', '=', cycleId)
    .execute()
  return rows.map((row) => ({ ...row, owner: row.owner ?? '' }))
}

interface Place {
  cycleId: string
  section: string
}

/** Gives a section to a position, or to nobody in particular. */
export async function changeSectionOwner(
  trx: Trx,
  actor: ActingPerson,
  place: Place,
  positionId: string | null,
): Promise<void> {
  const before = await heldSection(trx, actor, place)
  if (before.position_id === positionId) return
  await trx.updateTable('report_section').set({ position_id: positionId }).where('id', '=', before.id).execute()
  await record(trx, actor, place, 'section.assigned', before.id, [
    { field: 'position_id', before: before.position_id, after: positionId },
  ])
}

/** Marks a section as finished, or as one that is still being written. */
export async function markSection(trx: Trx, actor: ActingPerson, place: Place, finished: boolean): Promise<void> {
  const before = await heldSection(trx, actor, place)
  if ((before.finished_at !== null) === finished) return
  await trx
    .updateTable('report_section')
    .set({
      finished_at: finished ? sql<Date>`app_now()` : null,
      finished_by: finished ? actor.personId : null,
    })
    .where('id', '=', before.id)
    .execute()
  await record(trx, actor, place, finished ? 'section.finished' : 'section.taken_up', before.id)
}

async function heldSection(trx: Trx, { entityId }: ActingPerson, { cycleId, section }: Place) {
  await trx
    .insertInto('report_section')
    .values({ id: idOf('report_section', cycleId, section), entity_id: entityId, cycle_id: cycleId, section })
    .onConflict((oc) => oc.doNothing())
    .execute()
  return await trx
    .selectFrom('report_section')
    .select(['id', 'position_id', 'finished_at'])
    .where('cycle_id', '=', cycleId)
    .where('section', '=', section)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

async function record(
  trx: Trx,
  actor: ActingPerson,
  { cycleId, section }: Place,
  type: 'section.assigned' | 'section.finished' | 'section.taken_up',
  objectId: string,
  changes: FieldChange[] = [],
): Promise<void> {
  const about = { cycleId, stepCode: '6' as const, objectVersion: section }
  await recordEvent(trx, { ...eventBy(actor), type, objectId, ...about, changes })
}

/** Positions that may be made responsible: those of the entity today, without who decides on the report. */
export async function listOwners(trx: Trx, entityId: string, deciders: readonly string[]) {
  return await trx
    .selectFrom('position')
    .select(['id', 'name'])
    .where('entity_id', '=', entityId)
    .where('ended_on', 'is', null)
    .$if(deciders.length > 0, (query) => query.where('duty', 'not in', [...deciders]))
    .orderBy('name')
    .execute()
}
