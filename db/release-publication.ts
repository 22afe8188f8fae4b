/** What publishing does to releases: an approved one waits for its hour, then it is public and corrects what it replaces. */
import { sql } from 'kysely'
import type { Answers } from '../domain/forms.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { markScheduled, waitOf } from './release-hours.ts'
import { requireSamePast } from './release-judgement.ts'
import { hashOfRelease, metadataOf, type ReleaseMetadata } from './releases.ts'

/** What the workflow learns: the release is public, or how long to wait and until when; `until` null waits for a person. */
export interface Publication {
  releaseId: string
  waits?: { until: string | null; earlyMs: number }
  /** It never will be public: those who made it took it back. */
  isTakenBack?: true
  /** Of a correction: no release of its cycle was public before. */
  isFirst?: true
}

/** An approved release on its way to the public. */
export interface Outgoing {
  id: string
  entityId: string
  cycleId: string
  datasetId: string
  vigencia: number
  version: number
  releaseHash: string
  /** Approved only now: without an hour it is public at once; taken back later, only when somebody says so. */
  isFresh: boolean
  /** `hashOfPast` of what its figures were judged against again; null: only when they were made. */
  judged: string | null
  workflowId: string
}

export interface LockedDraft {
  id: string
  datasetId: string
  version: number
  releaseHash: string
  /** When the worker found it approved; its words and files stand since then. */
  approvedAt: Date | null
}

/** The release that was published by a version of step 7. */
export async function findReleaseOf(trx: Trx, stepVersionId: string): Promise<{ id: string } | undefined> {
  return await trx
    .selectFrom('release')
    .select('id')
    .where('step_version_id', '=', stepVersionId)
    .where('status', 'not in', ['draft', 'scheduled', 'held'])
    .executeTakeFirst()
}

/**
 * Holds the dataset of a release before the release itself: publications of one dataset wait for each other there, and
 * none holds a release another one wants.
 */
export async function lockDatasetOf(trx: Trx, release: { draftOf: string } | { correction: string } | { id: string }) {
  return await trx
    .selectFrom('dataset')
    .select('dataset.id')
    .where('dataset.id', 'in', releaseIn(trx, release))
    .forUpdate()
    .executeTakeFirst()
}

/** Dataset of the release that is meant. */
function releaseIn(trx: Trx, release: Parameters<typeof lockDatasetOf>[1]) {
  const query = trx.selectFrom('release').select('release.dataset_id')
  if ('id' in release) return query.where('release.id', '=', release.id)
  if ('draftOf' in release)
    return query
      .where('release.cycle_id', '=', release.draftOf)
      .where('release.corrects_id', 'is', null)
      .where('release.status', 'in', ['draft', 'scheduled'])
  const made = trx.selectFrom('correction').select('release_id').where('id', '=', release.correction)
  return query.where('release.id', 'in', made)
}

/** The release step 7 of a cycle prepared and that is not public yet, held until the transaction ends. */
export async function lockDraftRelease(trx: Trx, cycleId: string): Promise<LockedDraft | undefined> {
  return await trx
    .selectFrom('release')
    .select(['id', 'dataset_id as datasetId', 'version', 'release_hash as releaseHash', 'approved_at as approvedAt'])
    .where('cycle_id', '=', cycleId)
    .where('corrects_id', 'is', null)
    .where('status', 'in', ['draft', 'scheduled'])
    .forUpdate()
    .executeTakeFirst()
}

/** The draft was found approved: it says what the approved answers say, and from here on only its hour moves. */
export async function markApproved(
  trx: Trx,
  { id }: LockedDraft,
  approved: { stepVersionId: string; answers: Answers; files: { sha256: string }[] },
): Promise<string> {
  const metadata = metadataOf(approved.answers)
  const releaseHash = hashOfRelease(approved.files, metadata)
  await trx
    .updateTable('release')
    .set({
      approved_at: sql<Date>`app_now()`,
      step_version_id: approved.stepVersionId,
      metadata: JSON.stringify(metadata),
      release_hash: releaseHash,
    })
    .where('id', '=', id)
    .execute()
  return releaseHash
}

/**
 * Publishes an approved release whose hour has come by the clock of the record, never earlier whatever another clock says.
 * Throws `PastChanged` where more is public by then than it was judged against. Call with `holdIssuing` and then its
 * dataset held (`lockDatasetOf`).
 */
export async function publishWhenDue(trx: Trx, release: Outgoing): Promise<Publication> {
  // For an hour that is being moved, or a version that is being withdrawn.
  const ofDataset = trx.selectFrom('release').select('id').where('dataset_id', '=', release.datasetId)
  await ofDataset.orderBy('id').forUpdate().execute()
  const { until, early } = await waitOf(trx, release.id)
  if (until === null && !release.isFresh) return { releaseId: release.id, waits: { until: null, earlyMs: 0 } }
  if (until !== null && early !== null && early > 0) {
    const changes = [{ field: 'publish_at', before: null, after: until.toISOString() }]
    if (await markScheduled(trx, release.id))
      await recordEvent(trx, { ...eventOf(release), type: 'release.scheduled', changes })
    return { releaseId: release.id, waits: { until: until.toISOString(), earlyMs: Math.ceil(early) } }
  }
  await requireSamePast(trx, release.id, release.judged)
  await publish(trx, release)
  await correctOthers(trx, release)
  return { releaseId: release.id }
}

function eventOf({ id, entityId, cycleId, version, releaseHash, workflowId }: Outgoing) {
  return {
    ...{ entityId, objectId: id, objectVersion: String(version), cycleId, contentHash: releaseHash },
    ...{ stepCode: '7', origin: 'workflow' as const, workflowId },
  }
}

async function publish(trx: Trx, release: Outgoing): Promise<void> {
  const published = await trx
    .updateTable('release')
    .set({ status: 'published', published_at: sql<Date>`app_now()`, signal_wanted: false })
    .where('id', '=', release.id)
    .where('status', 'in', ['draft', 'scheduled'])
    .executeTakeFirst()
  if (published.numUpdatedRows !== 1n) throw new Error(`release ${release.id} no longer waits`)
  await recordEvent(trx, { ...eventOf(release), type: 'release.published' })
}

/**
 * Of the releases of one vigencia only the highest number stays *published*; the others are *corrected*. That may be this
 * one: of two cycles that prepare versions of one dataset at the same time, the later number may be published first.
 */
async function correctOthers(trx: Trx, release: Outgoing): Promise<void> {
  const standing = await trx
    .selectFrom('release')
    .innerJoin('cycle', 'cycle.id', 'release.cycle_id')
    .select(['release.id', 'release.metadata', 'release.version', 'release.release_hash', 'release.cycle_id'])
    .select('cycle.vigencia')
    .where('dataset_id', '=', release.datasetId)
    .where('release.status', '=', 'published')
    .orderBy('cycle.vigencia', 'desc')
    .orderBy('release.version', 'desc')
    .execute()
  const [newest, ...others] = standing.filter(({ vigencia }) => vigencia === release.vigencia)
  const last = (standing[0]?.metadata ?? {}) as unknown as ReleaseMetadata
  await trx.updateTable('dataset').set({ title: last.title }).where('id', '=', release.datasetId).execute()
  for (const one of others) {
    await trx.updateTable('release').set({ status: 'corrected' }).where('id', '=', one.id).execute()
    await recordEvent(trx, {
      ...{ entityId: release.entityId, type: 'release.corrected', objectId: one.id, cycleId: one.cycle_id },
      ...{ objectVersion: String(one.version), contentHash: one.release_hash },
      ...{ origin: 'workflow', workflowId: release.workflowId },
      changes: [{ field: 'corrected_by', before: null, after: newest?.id ?? release.id }],
    })
  }
}
