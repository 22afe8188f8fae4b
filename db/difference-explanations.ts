/** Differences that cannot be undone and that somebody answers for: each stands with what was found, who explained it and how (decision 0060). */
import { type RawBuilder, sql } from 'kysely'
import { type ControlId, foundOf, rowsToExplain, type Violation } from '../domain/controls.ts'
import type { ExplanationInput } from '../domain/difference-inputs.ts'
import { Refused } from '../domain/refusals.ts'
import { eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import { findLastRun } from './check-pages.ts'
import type { Trx } from './client.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'
import type { RiskKeeper } from './risks.ts'

/**
 * Explains a difference that the last run of its control found: the next run counts it no longer. The same form sent again writes
 * nothing; throws `Refused('body_differs')` where it says something else, and `out_of_date` where that difference is none any more.
 */
export async function explainDifference(
  trx: Trx,
  by: RiskKeeper,
  control: ControlId,
  { formKey: id, difference, note }: ExplanationInput,
): Promise<void> {
  const { entityId } = by
  // Two people who explain the same one wait for each other.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${entityId} ${difference}`}, 7376))`.execute(trx)
  const sent = await trx
    .selectFrom('difference_explanation')
    .select(['control', 'difference', 'note'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (sent) {
    if (sent.control !== control || sent.difference !== difference || sent.note !== note)
      throw new Refused('body_differs')
    return
  }
  if ((await listAnsweredFor(trx, entityId, [difference])).length > 0) throw new Refused('out_of_date')
  const last = await findLastRun(trx, entityId, control)
  const violations = rowsToExplain(control, last?.violations ?? [], difference)
  if (violations.length === 0) throw new Refused('out_of_date')
  const found = foundOf(violations)
  await trx
    .insertInto('difference_explanation')
    .values({
      ...{ id, entity_id: entityId, control, difference, violations: JSON.stringify(violations), found, note },
      ...{ explained_by: by.personId, explained_position: by.positionId },
    })
    .execute()
  await recordEvent(trx, {
    ...{ ...eventBy(by), type: 'difference.explained', objectId: id },
    changes: [
      { field: 'control', before: null, after: control },
      { field: 'found', before: null, after: found },
    ],
  })
}

/** Which of these differences somebody answered for since they were found. */
export async function listAnsweredFor(trx: Trx, entityId: string, differences: readonly string[]): Promise<string[]> {
  const rows = await trx
    .selectFrom('difference_explanation')
    .select('difference')
    .where('entity_id', '=', entityId)
    .where('difference', 'in', ['', ...differences])
    .execute()
  return rows.map(({ difference }) => difference)
}

export interface Explained {
  id: string
  violations: Violation[]
  /** How many rows it is of. */
  found: number
  note: string
  person: string
  position: string
  at: Date
}

/** What was explained of a control, the latest first, 25 a page. */
export async function listExplained(
  trx: Trx,
  entityId: string,
  control: ControlId,
  { cursor = null, limit = 25 }: { cursor?: string | null; limit?: number } = {},
): Promise<Page<Explained>> {
  const after = decodeCursor(cursor, ['instant', 'id'])
  const later = after ? sql`and (x.explained_at, x.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``
  const rows = await readExplained(
    trx,
    { entityId, control },
    sql`${later} order by x.explained_at desc, x.id desc limit ${limit + 1}`,
  )
  const { rows: shown, next } = pageOf(rows, limit, (row) => [row.key, row.id])
  return { next, rows: shown.map(({ key: _key, ...row }) => row) }
}

/** What somebody said of one difference; undefined while nobody did. */
export async function findExplained(
  trx: Trx,
  entityId: string,
  control: ControlId,
  difference: string,
): Promise<Explained | undefined> {
  const [row] = await readExplained(trx, { entityId, control }, sql`and x.difference = ${difference}`)
  return row
}

async function readExplained(
  trx: Trx,
  { entityId, control }: { entityId: string; control: ControlId },
  which: RawBuilder<unknown>,
) {
  const { rows } = await sql<Explained & { key: string }>`
    select x.id, x.violations, x.found, x.note, p.display_name as person, pos.name as position, x.explained_at as at, x.explained_at::text as key
    from difference_explanation x join person p on p.id = x.explained_by join position pos on pos.id = x.explained_position
    where x.entity_id = ${entityId} and x.control = ${control} ${which}`.execute(trx)
  return rows
}
