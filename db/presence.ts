/** Who else has a draft open: told while both have it open, and kept nowhere afterwards (A7). */
import { sql } from 'kysely'
import type { Trx } from './client.ts'

/** Seconds a page counts as open after it last said so; pages say so every 25. */
const OPEN_SECONDS = 90
/** Seconds a save is told after that: without script a page says nothing by itself. */
const SAVED_SECONDS = 600
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
  /** False where they saved a short while ago and the page is open no more, or says nothing. */
  isOpen: boolean
  since: Date
  /** When they last saved; null when they did not. */
  savedAt: Date | null
}

const isTold = sql<boolean>`(ends_at > app_now() or saved_at > app_now() - make_interval(secs => ${SAVED_SECONDS}))`

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
  await trx
    .insertInto('presence')
    .values({
      ...{ step_id: stepId, section, person_id: personId, position_id: positionId, entity_id: entityId },
      saved_at: what === 'saved' ? sql<Date>`app_now()` : null,
      ends_at: sql<Date>`app_now() + make_interval(secs => ${OPEN_SECONDS})`,
    })
    .onConflict((oc) =>
      oc.columns(['step_id', 'section', 'person_id']).doUpdateSet({
        position_id: positionId,
        saved_at: sql`coalesce(excluded.saved_at, presence.saved_at)`,
        ends_at: sql`excluded.ends_at`,
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
          .where(sql<boolean>`${isTold} is not true`)
          .forUpdate()
          .skipLocked()
          .$asTuple('step_id', 'section', 'person_id'),
      ),
    )
    .execute()
}

/** Everybody else there, where each was last. Of a section also whoever has the whole form open, and the other way round. */
export async function listPresent(trx: Trx, { stepId, section }: DraftPlace, personId: string): Promise<Presence[]> {
  const rows = await trx
    .selectFrom('presence')
    .innerJoin('position', 'position.id', 'presence.position_id')
    .select(['position.name as position', 'presence.section', 'presence.opened_at as since'])
    .select(['presence.saved_at as savedAt', sql<boolean>`presence.ends_at > app_now()`.as('isOpen')])
    .where('presence.step_id', '=', stepId)
    .where('presence.person_id', '!=', personId)
    .where(isTold)
    .$if(section !== undefined, (query) => query.where('presence.section', 'in', [section ?? WHOLE, WHOLE]))
    .distinctOn('presence.person_id')
    .orderBy('presence.person_id')
    .orderBy('presence.ends_at', 'desc')
    .execute()
  return rows.map((row) => ({ ...row, section: row.section === WHOLE ? null : row.section }))
}
