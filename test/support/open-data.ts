/** The open data of a signed cycle: report, draft of step 7, its approval. */
import { issueReport } from '../../activities/issue-report.ts'
import type { PublishRelease } from '../../activities/publish-release.ts'
import { completeAnswers } from '../../catalog/demo/answers.ts'
import { withActor } from '../../db/client.ts'
import type { IssuedDocument } from '../../db/documents.ts'
import { prepareRelease } from '../../db/release-drafts.ts'
import type { ReleaseActor } from '../../db/releases.ts'
import { type DraftRelease, releaseInputHashes } from '../../db/waiting-drafts.ts'
import type { Answers } from '../../domain/forms.ts'
import { type Person, type SignedCycle, type SignedWorld, signedCycle, signStep } from './signed-cycle.ts'

/** Profesional OGAC, who prepares open data. */
export function publisherOf(world: SignedWorld): ReleaseActor {
  const { personId, positionId } = world.people.profesional_ogac as Person
  return { entityId: world.entityId, personId, positionId, requestId: null }
}

/** Signs step 6 and issues its report, which every release carries. */
export async function reportOf(
  world: SignedWorld,
  cycle: SignedCycle,
): Promise<IssuedDocument & { stepVersionId: string }> {
  const stepVersionId = await signStep(world, cycle, '6')
  const key = { entityId: world.entityId, cycleId: cycle.cycleId, stepVersionId }
  return { ...(await issueReport(world.tools, key)), stepVersionId }
}

export async function prepareFrom(
  world: SignedWorld,
  { cycleId }: SignedCycle,
  answers: Answers = completeAnswers('7'),
): Promise<DraftRelease> {
  const actor = publisherOf(world)
  return await withActor(world.web, actor, (trx) => prepareRelease(trx, world.dataDir, actor, { cycleId, answers }))
}

/** A cycle whose release is prepared and not yet approved. */
export async function preparedCycle(world: SignedWorld): Promise<{ cycle: SignedCycle; draft: DraftRelease }> {
  const cycle = await signedCycle(world)
  await reportOf(world, cycle)
  return { cycle, draft: await prepareFrom(world, cycle) }
}

/** Signs step 7 with the files of its draft, or with these hashes instead; answers what is to be published. */
export async function approveFiles(
  world: SignedWorld,
  cycle: SignedCycle,
  instead?: string[],
): Promise<PublishRelease> {
  const { entityId } = world
  const { cycleId } = cycle
  const inputs = instead ?? (await withActor(world.web, publisherOf(world), (trx) => releaseInputHashes(trx, cycleId)))
  return { entityId, cycleId, stepVersionId: await signStep(world, cycle, '7', { inputs }) }
}
