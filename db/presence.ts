/** Who else has a draft open: told while both have it open, and kept nowhere afterwards (A7). */
import { sql } from 'kysely'
import type { Trx } from './client.ts'

/** Seconds a page counts as open after it last said so; pages say so every 25. */
const OPEN_SECONDS = 90
/** Seconds whoever saved counts as working on it, also without script, when the page says nothing by itself. */
const AT_WORK_SECONDS = 600
/** Sections are named; the form of a step as a whole is not. */
const WHOLE = ''

export interface DraftPlace {
  stepId: string
  /** Code of a section of the report; absent where the form of the step is open as a whole. */
  section?: string | undefined
}

export interface Presence {
  position: string
  /** Section they have open; null for the form as a whole. */
  section: string | null
  since: Date
  /** When they last saved while it was open; null when they did not. */
  savedAt: Date | null
}

interface Visitor {
  entityId: string
  personId: string
  positionId: string
}

/** Notes that somebody has it open, and takes away who no longer has. */
export async function notePresence(
  trx: Trx,
  { stepId, section = WHOLE }: DraftPlace,
  { entityId, personId, positionId }: Visitor,
  what: 'open' | 'saved',
): Promise<void> {
  await removeEnded(trx)
  const seconds = what === 'saved' ? AT_WORK_SECONDS : OPEN_SECONDS
  await trx
    .insertInto('presence')
    .values({
      ...{ step_id: stepId, section, person_id: personId, position_id: positionId, entity_id: entityId },
      saved_at: what === 'saved' ? sql<Date>`app_now()` : null,
      ends_at: sql<Date>`app_now() + make_interval(secs => ${seconds})`,
    })
    .onConflict((oc) =>
      oc.columns(['step_id', 'section', 'person_id']).doUpdateSet({
        position_id: positionId,
        saved_at: sql`coalesce(excluded.saved_at, presence.saved_at)`,
        ends_at: sql`greatest(excluded.ends_at, presence.ends_at)`,
      }),
    )
    .execute()
}

/** Rows somebody else is taking away at this moment are left to them. */
async function removeEnded(trx: Trx): Promise<void> {
  await trx
    .deleteFrom('presence')
    .where(({ eb, refTuple, selectFrom }) =>
      eb(
        refTuple('step_id', 'section', 'person_id'),
        'in',
        selectFrom('presence')
          .select(['step_id', 'section', 'person_id'])
          .where('ends_at', '<=', sql<Date>`app_now()`)
          .forUpdate()
          .skipLocked()
          .$asTuple('step_id', 'section', 'person_id'),
      ),
    )
    .execute()
}

/** Everybody else there, first come first. Of a section also whoever has the whole form open, and the other way round. */
export async function listPresent(trx: Trx, { stepId, section }: DraftPlace, personId: string): Promise<Presence[]> {
  const rows = await trx
    .selectFrom('presence')
    .innerJoin('position', 'position.id', 'presence.position_id')
    .select(['position.name as position', 'presence.section', 'presence.opened_at as since'])
    .select('presence.saved_at as savedAt')
    .where('presence.step_id', '=', stepId)
    .where('presence.person_id', '!=', personId)
    .where('presence.ends_at', '>', sql<Date>`app_now()`)
    .$if(section !== undefined, (query) => query.where('presence.section', 'in', [section ?? WHOLE, WHOLE]))
    .orderBy('presence.opened_at')
    .orderBy('presence.person_id')
    .execute()
  return rows.map((row) => ({ ...row, section: row.section === WHOLE ? null : row.section }))
}
