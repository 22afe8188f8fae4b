/**
 * Silence renews nothing (promises G14; C5, C6, N2): accesses nobody answers for, some of which nobody may review, under each
 * rule; and accesses that are all confirmed in one breath. Every one that ends has its event, its probe and its evidence.
 */
import { isGrpcServiceError } from '@temporalio/client'
import { sql } from 'kysely'
import { findCampaignPage } from '../../db/campaign-pages.ts'
import { withEntity } from '../../db/client.ts'
import { moveClock } from '../../db/clock.ts'
import { ON_SILENCE } from '../../domain/campaigns.ts'
import type { GrantStatus } from '../../domain/grants.ts'
import { eventually } from '../../scripts/processes.ts'
import { reviewListWorkflowId } from '../../workflows/messages.ts'
import { manyAccesses, startDelegations } from '../support/many-accesses.ts'
import { answerLists, cameOut, countUnproved, listsTold, mustHaveEndedOnce, openReview } from '../support/reviews.ts'
import { fastForward } from '../support/temporal.ts'
import { openScene, type Scene } from './revocation.ts'

/** What the reviewers do: nothing under each rule, or confirm all they have at once. */
export const SILENCES = [...ON_SILENCE, 'confirmed'] as const
export type Silence = (typeof SILENCES)[number]

/** Days that pass: more than the least term of a review, and less than what is left of any vigencia. */
const DAYS = 9
/** Of the protocol: a workflow that has ended. */
const NOT_FOUND = 5
/** One access in so many is one that nobody may review. */
const ALONE_IN = 10

export interface Silent {
  kept: number
  ended: number
  /** Of those that ended, how many because nobody could review them. */
  alone: number
}

/** Throws at the first access that was kept against the rule, or ended without its event, probe and evidence. */
export async function proveSilence(count: number): Promise<Record<Silence, Silent>> {
  const scene = await openScene()
  try {
    const found = {} as Record<Silence, Silent>
    for (const silence of SILENCES) found[silence] = await proveSilent(scene, silence, count)
    return found
  } finally {
    await scene.close()
  }
}

/** As `proveSilence`, of one rule and on a scene that stands. */
export async function proveSilent(scene: Scene, silence: Silence, count: number): Promise<Silent> {
  const { world } = scene
  const alone = Math.max(1, Math.floor(count / ALONE_IN))
  const size = { agencies: Math.min(3, Math.ceil(count / ALONE_IN)), grants: count - alone, alone }
  const many = await manyAccesses(world.owner, world.entityId, size, silence)
  const own = [...many.reviewed, ...many.alone]
  await startDelegations(world.temporal.client, world, own)
  const campaignId = await openReview(world.context, scene.lead, silence === 'confirmed' ? 'retire' : silence)
  const lists = await eventually(() => listsTold(world, campaignId, own), 120)
  if (silence === 'confirmed') await answerLists(world, campaignId, many.heads, () => 'confirm')
  moveClock(DAYS * 86_400_000)
  try {
    for (const list of lists) await pass(scene, reviewListWorkflowId(campaignId, list))
    await eventually(() => mustBeClosed(scene, campaignId), 300)
    return await judge(scene, campaignId, silence, many)
  } finally {
    moveClock(0)
  }
}

/** The first list that sees the end closes the review: those after it may have ended by then. */
async function pass({ world }: Scene, workflowId: string): Promise<void> {
  const { status } = await world.temporal.client.workflow.getHandle(workflowId).describe()
  if (status.name !== 'RUNNING') return
  await fastForward(world.temporal.client, workflowId, DAYS * 86_400, 180).catch((failure) => {
    if (!isGrpcServiceError(failure) || failure.code !== NOT_FOUND) throw failure
  })
}

/** Carried out, with its evidence; probes come after the end, each by itself. */
async function mustBeClosed({ world }: Scene, campaignId: string): Promise<void> {
  const found = await withEntity(world.owner, world.entityId, (trx) =>
    findCampaignPage(trx, world.entityId, campaignId),
  )
  if (found?.status !== 'closed' || found.evidenceHash === null) throw new Error(`the review is ${found?.status}`)
  const unproved = await countUnproved(world, campaignId)
  if (unproved > 0) throw new Error(`${unproved} ends are not proved`)
}

async function judge(
  scene: Scene,
  campaignId: string,
  silence: Silence,
  many: { reviewed: string[]; alone: string[] },
): Promise<Silent> {
  const cases = await cameOut(scene.world, campaignId, [...many.reviewed, ...many.alone])
  const nobodys = new Set(many.alone)
  for (const one of cases) {
    const wanted = nobodys.has(one.grantId) ? 'retired' : WANTED[silence]
    if (one.status !== wanted) throw new Error(`${silence}: ${one.grantId} is ${one.status}, not ${wanted}`)
    mustHaveEndedOnce(one)
  }
  await mustHaveTold(scene, campaignId, silence)
  const ended = cases.filter(({ status }) => status !== 'granted').length
  return { kept: cases.length - ended, ended, alone: many.alone.length }
}

const WANTED: Record<Silence, GrantStatus> = {
  ...{ retire: 'retired', suspend: 'suspended', keep: 'granted', confirmed: 'granted' },
}

/** Of accesses nobody may review, and of answers that show no thought, an operator is told; of nothing else. */
async function mustHaveTold(scene: Scene, campaignId: string, silence: Silence): Promise<void> {
  const { rows } = await withEntity(scene.world.owner, scene.world.entityId, (trx) =>
    sql<{ kind: string }>`select kind from incident where object_id = ${campaignId}
      or object_id in (select grant_id from review_item where campaign_id = ${campaignId}) order by kind`.execute(trx),
  )
  const wanted = silence === 'confirmed' ? ['review_hasty', 'review_unassigned'] : ['review_unassigned']
  const kinds = rows.map(({ kind }) => kind)
  if (kinds.join() !== wanted.join()) throw new Error(`${silence}: incidents ${kinds.join(', ')}`)
}
