/** The hour at which a release becomes public (features H2, H5): given, moved or taken back until then, each an event. */
import { type SqlBool, sql } from 'kysely'
import { Refused } from '../domain/refusals.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import type { ReleaseActor } from './releases.ts'

/** When: an instant, at once, or not until somebody says so. */
export type ReleaseHour = Date | 'now' | null

/**
 * Before the release is approved the hour is only planned. Afterwards an hour makes it *programada*, none takes it back
 * to *borrador*, and its workflow is told. Throws `Refused('out_of_date')` once it has left both states.
 */
export async function moveReleaseHour(
  trx: Trx,
  actor: ReleaseActor,
  { releaseId, hour }: { releaseId: string; hour: ReleaseHour },
): Promise<void> {
  const before = await lockWaiting(trx, releaseId)
  if (!before.approved_at && hour === 'now') throw new Refused('not_approved')
  const publishAt = hour === 'now' ? sql<Date>`app_now()` : hour
  const moved = before.approved_at !== null
  const after = await trx
    .updateTable('release')
    .set({ publish_at: publishAt, ...(moved ? { status: hour ? 'scheduled' : 'draft', signal_wanted: true } : {}) })
    .where('id', '=', releaseId)
    .returning('publish_at')
    .executeTakeFirstOrThrow()
  const type = moved ? (hour ? 'release.scheduled' : 'release.unscheduled') : 'release.planned'
  await recordEvent(trx, {
    ...{ entityId: actor.entityId, type, objectId: releaseId, cycleId: before.cycle_id, origin: 'web' },
    ...{ objectVersion: String(before.version), contentHash: before.release_hash, requestId: actor.requestId },
    ...{ actorPerson: actor.personId, actorPosition: actor.positionId },
    changes: [{ field: 'publish_at', before: iso(before.publish_at), after: iso(after.publish_at) }],
  })
}

const iso = (instant: Date | null) => instant?.toISOString() ?? null

async function lockWaiting(trx: Trx, releaseId: string) {
  const row = await trx
    .selectFrom('release')
    .select(['cycle_id', 'version', 'release_hash', 'publish_at', 'approved_at'])
    .where('id', '=', releaseId)
    .where('status', 'in', ['draft', 'scheduled'])
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new Refused('out_of_date')
  return row
}

/** How long a release has still to wait by the clock of the record: null without an hour, 0 or less when its hour has come. */
export async function waitOf(trx: Trx, releaseId: string): Promise<{ until: Date | null; early: number | null }> {
  return await trx
    .selectFrom('release')
    .select('publish_at as until')
    .select(sql<number | null>`(extract(epoch from publish_at - app_now()) * 1000)::float8`.as('early'))
    .where('id', '=', releaseId)
    .executeTakeFirstOrThrow()
}

/** An approved release whose hour is still to come says so from now on; true when it did not before. */
export async function markScheduled(trx: Trx, releaseId: string): Promise<boolean> {
  const marked = await trx
    .updateTable('release')
    .set({ status: 'scheduled' })
    .where('id', '=', releaseId)
    .where('status', '=', 'draft')
    .executeTakeFirst()
  return marked.numUpdatedRows === 1n
}

export interface MovedHour {
  id: string
  entity_id: string
  /** Approval of step 7 whose publication waits; null for a correction. */
  step_version_id: string | null
  correctionId: string | null
}

/** Releases whose hour moved and whose workflow has not been told. Runs over all entities. */
export async function listMovedHours(trx: Trx, limit: number): Promise<MovedHour[]> {
  return await trx
    .selectFrom('release')
    .leftJoin('correction', 'correction.release_id', 'release.id')
    .select(['release.id', 'release.entity_id', 'release.step_version_id', 'correction.id as correctionId'])
    .where(sql<SqlBool>`release.signal_wanted`)
    .limit(limit)
    .execute()
}

/** Takes the wish back and holds the row: a move that comes meanwhile waits, and stays. */
export async function endMovedHour(trx: Trx, releaseId: string): Promise<void> {
  await trx.updateTable('release').set({ signal_wanted: false }).where('id', '=', releaseId).execute()
}
