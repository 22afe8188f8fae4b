/** Releases that could not go out: held for good, until another one that is prepared again takes their place (decision 0035). */
import { type SqlBool, sql } from 'kysely'
import { HELD_REASONS, type HeldReason } from '../domain/releases.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'

/** What was to be published: by the approval of step 7, or by a correction. */
export type Unpublished = { entityId: string; cycleId: string } & ({ stepVersionId: string } | { correctionId: string })

export interface HeldRelease {
  id: string
  title: string
  version: number
  heldAt: Date
}

/** The code is one of those that hold a release back. */
export const isHeldReason = (code: string | null): code is HeldReason => HELD_REASONS.some((one) => one === code)

/**
 * Holds the signed release that could not go out, with its event; undefined where it is held already. A correction is settled
 * with it, so that what it corrects can be corrected again.
 */
export async function holdRelease(trx: Trx, about: Unpublished, reason: HeldReason): Promise<HeldRelease | undefined> {
  const { entityId, cycleId } = about
  const releaseId = await releaseOf(trx, about)
  if (!releaseId) return undefined
  const { version, release_hash, dataset_id, held_at } = await trx
    .updateTable('release')
    .set(({ fn, ref, val }) => ({
      ...{ status: 'held', held_at: sql<Date>`app_now()`, held_reason: reason, signal_wanted: false },
      ...('stepVersionId' in about && {
        step_version_id: fn.coalesce(ref('step_version_id'), val(about.stepVersionId)),
      }),
    }))
    .where('id', '=', releaseId)
    .returning(['version', 'release_hash', 'dataset_id', 'held_at'])
    .executeTakeFirstOrThrow()
  await recordEvent(trx, {
    ...{ entityId, type: 'release.held', objectId: releaseId, objectVersion: String(version), cycleId },
    ...{ contentHash: release_hash, stepCode: '7', reasonCode: reason, origin: 'workflow' },
    workflowId: 'stepVersionId' in about ? `publication:${about.stepVersionId}` : `correction:${about.correctionId}`,
  })
  const { title } = await trx
    .selectFrom('dataset')
    .select('title')
    .where('id', '=', dataset_id)
    .executeTakeFirstOrThrow()
  return { id: releaseId, title, version, heldAt: held_at as Date }
}

/** The release that still waits, held in hand; of a correction, the correction with it. */
async function releaseOf(trx: Trx, about: Unpublished): Promise<string | null> {
  if ('correctionId' in about) {
    const settled = await trx
      .updateTable('correction')
      .set({ status: 'held', start_wanted: false })
      .where('id', '=', about.correctionId)
      .where('status', '=', 'approved')
      .returning('release_id')
      .executeTakeFirst()
    return settled?.release_id ?? null
  }
  const draft = await trx
    .selectFrom('release')
    .select('id')
    .where('cycle_id', '=', about.cycleId)
    .where('corrects_id', 'is', null)
    .where('status', 'in', ['draft', 'scheduled'])
    .forUpdate()
    .executeTakeFirst()
  return draft?.id ?? null
}

/** Which release is to be replaced for a held one: itself, or what a held correction corrects. */
const replaced = sql<string>`coalesce(release.corrects_id, release.id)`

/** Held releases of an entity for which nothing was prepared since, with the procedure of each, the newest first; 50 at most. */
export async function listHeldReleases(
  trx: Trx,
  entityId: string,
  { cursor, limit }: { cursor: string | null; limit: number },
): Promise<Page<HeldRelease & { procedureVersionId: string }>> {
  const after = decodeCursor(cursor, ['instant', 'id'])
  const rows = await heldReleases(trx)
    .innerJoin('dataset', 'dataset.id', 'release.dataset_id')
    .innerJoin('cycle', 'cycle.id', 'release.cycle_id')
    .select(['release.id', 'dataset.title', 'release.version', 'release.held_at as heldAt'])
    .select('cycle.procedure_version_id as procedureVersionId')
    .select(sql<string>`release.held_at::text`.as('key'))
    .where('release.entity_id', '=', entityId)
    .$if(after !== null, (query) =>
      query.where(sql<SqlBool>`(release.held_at, release.id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`),
    )
    .orderBy('release.held_at', 'desc')
    .orderBy('release.id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = pageOf(rows, limit, ({ key, id }) => [key, id])
  return {
    next: page.next,
    rows: page.rows.map(({ heldAt, key: _key, ...row }) => ({ ...row, heldAt: heldAt as Date })),
  }
}

/** That of a cycle. */
export async function findHeldOf(trx: Trx, cycleId: string): Promise<{ id: string } | null> {
  const held = await heldReleases(trx)
    .select('release.id')
    .where('release.cycle_id', '=', cycleId)
    .orderBy('release.held_at', 'desc')
    .executeTakeFirst()
  return held ?? null
}

const heldReleases = (trx: Trx) =>
  trx
    .selectFrom('release')
    .innerJoin('release as replaced', (join) => join.on(sql<SqlBool>`replaced.id = ${replaced}`))
    .where('release.status', '=', 'held')
    .where('replaced.status', 'in', ['published', 'held'])
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('correction')
            .select('correction.id')
            .where(sql<SqlBool>`correction.corrects_id = ${replaced}`)
            .where('correction.status', 'in', ['preparing', 'submitted', 'approved', 'published'])
            .where(sql<SqlBool>`correction.started_at >= release.held_at`),
        ),
      ),
    )

/** What is prepared in place of a held release, or has taken it; undefined where there is nothing. */
export async function findReplacement(
  trx: Trx,
  heldId: string,
): Promise<{ releaseId: string | null; isPublic: boolean } | undefined> {
  const row = await trx
    .selectFrom('correction')
    .select(['release_id as releaseId', 'status'])
    .where('corrects_id', '=', heldId)
    .where('status', 'in', ['preparing', 'submitted', 'approved', 'published'])
    .orderBy('started_at', 'desc')
    .executeTakeFirst()
  return row && { releaseId: row.releaseId, isPublic: row.status === 'published' }
}

/** A release of the cycle that is or was public, another than this one; undefined where none ever was. */
export async function findPublicOf(
  trx: Trx,
  { cycleId, exceptId }: { cycleId: string; exceptId: string },
): Promise<{ id: string } | undefined> {
  return await trx
    .selectFrom('release')
    .select('id')
    .where('cycle_id', '=', cycleId)
    .where('id', '!=', exceptId)
    .where('published_at', 'is not', null)
    .executeTakeFirst()
}
