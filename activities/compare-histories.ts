import { Context } from '@temporalio/activity'
import type { Client } from '@temporalio/client'
import { historyDiffers } from '../db/automatic-checks/history-differs.ts'
import { withEntity } from '../db/client.ts'
import { machineDeadline } from '../db/clock.ts'
import { type HistoryReading, listUnread, storeReading, type WorkflowNames } from '../db/workflow-cases.ts'
import { type Examination, KEPT_VIOLATIONS, type Violation } from '../domain/controls.ts'
import { grpcCode, UNAVAILABLE } from '../workflows/histories.ts'
import {
  acceptanceWorkflowId,
  answerReview,
  campaignWorkflowId,
  closeCampaign,
  correctionWorkflowId,
  cycleWorkflowId,
  decide,
  decideAcceptance,
  decideAccess,
  decideDisposal,
  decideRights,
  decideRun,
  delegationWorkflowId,
  disposalWorkflowId,
  disseminationWorkflowId,
  publicationWorkflowId,
  reviewListWorkflowId,
  rightsWorkflowId,
} from '../workflows/messages.ts'
import { readHistory } from './read-history.ts'
import type { Tools } from './tools.ts'

export const NAMES: WorkflowNames = {
  cycle: cycleWorkflowId(''),
  grant: delegationWorkflowId(''),
  rights: rightsWorkflowId(''),
  acceptance: acceptanceWorkflowId(''),
  disposal: disposalWorkflowId(''),
  campaign: campaignWorkflowId(''),
  list: reviewListWorkflowId('', '').slice(campaignWorkflowId('').length),
  publication: publicationWorkflowId(''),
  correction: correctionWorkflowId(''),
  dissemination: disseminationWorkflowId(''),
  deciding: [
    decide,
    decideAccess,
    decideRights,
    decideAcceptance,
    decideRun,
    decideDisposal,
    closeCampaign,
    answerReview,
  ].map(({ name }) => name),
}

/** How much of Temporal one round asks for. */
interface Round {
  /** As many as it reads in about half a minute; the others wait for the next night, and the page of the control says how many. */
  histories: number
  /** Once it is over, what was to be read this night and was not is a difference. */
  patienceMs: number
}
const ROUND: Round = { histories: 2_000, patienceMs: 120_000 }
const AT_ONCE = 8
const PATIENCE_MS = 10_000

/**
 * Reads what Temporal says since the last round and holds it against the tables. Without Temporal nothing can be said: that is no green; nor is a
 * history that it does not hand out, nor histories that it hands out so slowly that the round is over before them.
 */
export async function compareHistories(
  tools: Tools,
  entityId: string,
  client: Client = Context.current().client,
  round: Round = ROUND,
): Promise<{ examination: Examination } | { failureCode: string }> {
  const read = <T>(work: Parameters<typeof withEntity<T>>[2]) => withEntity(tools.database, entityId, work)
  const { workflowIds, all, beginning } = await read((trx) =>
    listUnread(trx, { entityId, names: NAMES, limit: round.histories }),
  )
  const store = (reading: HistoryReading) => read((trx) => storeReading(trx, { entityId, beginning }, reading))
  let standing: Standing
  try {
    await client.withDeadline(machineDeadline(PATIENCE_MS), () => client.workflowService.getSystemInfo({}))
    standing = await readHistories(client, workflowIds, store, machineDeadline(round.patienceMs))
  } catch (failure) {
    if (grpcCode(failure) === undefined) throw failure
    return { failureCode: 'temporal_away' }
  }
  const { done, unread } = standing
  const compared = await read((trx) => historyDiffers(trx, { entityId, names: NAMES, unread }))
  const waiting = all - workflowIds.length
  const facts = { histories: done, ...(waiting > 0 && { waiting }) }
  return { examination: { ...withLeft(compared, workflowIds.length - done - unread.length), facts } }
}

/** What Temporal was too slow for is one difference more, before the others, because nothing is known of it. */
function withLeft(compared: Examination, left: number): Examination {
  if (left === 0) return compared
  const tooSlow: Violation = {
    ...{ kind: 'none', id: 'histories', place: null, label: '', reason: 'histories_left' },
    facts: { rows: String(left) },
  }
  const violations = [tooSlow, ...compared.violations].slice(0, KEPT_VIOLATIONS)
  return { ...compared, found: compared.found + 1, violations }
}

interface Standing {
  /** How many were read. */
  done: number
  /** Those that Temporal did not hand out. */
  unread: string[]
}

/** Until `end`. One that cannot be read leaves the others to be read; throws what Temporal says once it is away. */
async function readHistories(
  client: Client,
  workflowIds: readonly string[],
  store: (reading: HistoryReading) => Promise<void>,
  end: number,
): Promise<Standing> {
  const waiting = [...workflowIds]
  const unread: string[] = []
  let done = 0
  const readOne = async (id: string) => {
    const reading = await readHistory(client, id).catch((failure: unknown) => {
      if (grpcCode(failure) === UNAVAILABLE) throw failure
      unread.push(id)
    })
    if (!reading) return
    await store(reading)
    done++
  }
  const reader = async () => {
    for (let id = waiting.shift(); id !== undefined && machineDeadline(0) < end; id = waiting.shift()) await readOne(id)
  }
  const stopped = (failure: unknown) => {
    waiting.length = 0
    throw failure
  }
  const readers = await Promise.allSettled(Array.from({ length: AT_ONCE }, () => reader().catch(stopped)))
  const failed = readers.find((outcome) => outcome.status === 'rejected')
  if (failed) throw failed.reason
  return { done, unread }
}
