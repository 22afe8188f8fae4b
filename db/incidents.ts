import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { type ActingPerson, eventBy, refuse, type Saved } from './administration.ts'
import { type EventRecord, recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { newId } from './ids.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'

/** A report stands approved and is not issued: its figures would show a few people. */
export const REPORT_REFUSED = 'report_refused'

/** The same because in the time given it could not be proved that they would not. */
export const REPORT_UNPROVEN = 'report_unproven'

export type UnissuedKind = typeof REPORT_REFUSED | typeof REPORT_UNPROVEN

export interface Incident {
  entityId: string
  kind: string
  objectType: string
  objectId: string
  /** Who noticed. */
  origin: EventRecord['origin']
}

/** Opens an incident for an operator, with its event; a second one on the same object and kind adds nothing while open. */
export async function openIncident(
  trx: Trx,
  { entityId, kind, objectType, objectId, origin }: Incident,
): Promise<void> {
  const known = await trx
    .selectFrom('incident')
    .select('id')
    .where('kind', '=', kind)
    .where('object_id', '=', objectId)
    .where('closed_at', 'is', null)
    .executeTakeFirst()
  if (known) return
  const id = newId()
  await trx
    .insertInto('incident')
    .values({ id, entity_id: entityId, kind, object_type: objectType, object_id: objectId })
    .execute()
  await recordEvent(trx, { entityId, type: 'incident.opened', objectId: id, reasonCode: kind, origin })
}

/**
 * Closes an incident with a note of what was done about it, which stands in its row; the event holds the note's hash. The
 * same trouble opens another one.
 */
export async function closeIncident(
  trx: Trx,
  by: ActingPerson & { positionId: string },
  { id, note }: { id: string; note: string },
): Promise<Saved> {
  const closed = await trx
    .updateTable('incident')
    .set({
      ...{ closed_at: sql<Date>`app_now()`, closed_by: by.personId, closed_position: by.positionId },
      closing_note: note,
    })
    .where('id', '=', id)
    .where('entity_id', '=', by.entityId)
    .where('closed_at', 'is', null)
    .where('control', 'is', null)
    .returning('kind')
    .executeTakeFirst()
  if (!closed) return refuse('note', (await isOfControl(trx, id)) ? 'closes_itself' : 'closed_already')
  const hash = createHash('sha256').update(note).digest('hex')
  await recordEvent(trx, {
    ...{ ...eventBy(by), type: 'incident.closed', objectId: id, reasonCode: closed.kind },
    changes: [{ field: 'closing_note', before: null, after: hash }],
  })
  return { id }
}

/** What an automatic control found is closed by its next green run, and by nobody. */
async function isOfControl(trx: Trx, id: string): Promise<boolean> {
  const row = await trx.selectFrom('incident').select('control').where('id', '=', id).executeTakeFirst()
  return (row?.control ?? null) !== null
}

export interface IncidentLine {
  id: string
  kind: string
  objectType: string
  objectId: string
  openedAt: Date
  /** Null while it is open. */
  closedAt: Date | null
  closedBy: string | null
  note: string | null
  /** The automatic control that is in red, where it is of one. */
  control: string | null
  /** Exercise and step it is about, where it is about one. */
  cycle: { id: string; name: string; stepCode: string | null } | null
}

/** Incidents of an entity, open or closed, newest first, 25 a page. */
export async function listIncidents(
  trx: Trx,
  entityId: string,
  { isClosed, cursor = null, limit = 25 }: { isClosed: boolean; cursor?: string | null; limit?: number },
): Promise<Page<IncidentLine>> {
  const after = decodeCursor(cursor, ['instant', 'id'])
  let query = incidentsOf(trx, entityId).where('incident.closed_at', isClosed ? 'is not' : 'is', null)
  if (after)
    query = query.where(sql<boolean>`(incident.opened_at, incident.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`)
  const rows = await query
    .orderBy('incident.opened_at', 'desc')
    .orderBy('incident.id', 'desc')
    .limit(limit + 1)
    .execute()
  const { next, rows: page } = pageOf(rows, limit, (row) => [row.key, row.id])
  return { rows: page.map(lineOf), next }
}

export async function findIncident(trx: Trx, entityId: string, id: string): Promise<IncidentLine | undefined> {
  const row = await incidentsOf(trx, entityId).where('incident.id', '=', id).executeTakeFirst()
  return row && lineOf(row)
}

/** With the exercise of whatever it is about: an exercise, a version of a step, an act or a notice. */
function incidentsOf(trx: Trx, entityId: string) {
  return trx
    .selectFrom('incident')
    .leftJoin('step_version', 'step_version.id', 'incident.object_id')
    .leftJoin('act', 'act.id', 'incident.object_id')
    .leftJoin('notice', 'notice.id', 'incident.object_id')
    .leftJoin('cycle', (join) =>
      join.on(sql<boolean>`cycle.id in (incident.object_id, step_version.cycle_id, act.cycle_id, notice.cycle_id)`),
    )
    .leftJoin('person', 'person.id', 'incident.closed_by')
    .select(['incident.id', 'incident.kind', 'incident.object_type as objectType', 'incident.opened_at as openedAt'])
    .select(['incident.object_id as objectId', 'incident.control'])
    .select(['incident.closed_at as closedAt', 'incident.closing_note as note', 'person.display_name as closedBy'])
    .select(['cycle.id as cycleId', 'cycle.name as cycleName', 'step_version.step_code as stepCode'])
    .select(sql<string>`incident.opened_at::text`.as('key'))
    .where('incident.entity_id', '=', entityId)
}

type IncidentRow = Omit<IncidentLine, 'cycle'> & {
  key: string
  cycleId: string | null
  cycleName: string | null
  stepCode: string | null
}

function lineOf({ key: _, cycleId, cycleName, stepCode, ...row }: IncidentRow): IncidentLine {
  return { ...row, cycle: cycleId === null ? null : { id: cycleId, name: cycleName ?? '', stepCode } }
}
