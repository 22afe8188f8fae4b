import { Context } from '@temporalio/activity'
import { type Trx, withEntity } from '../db/client.ts'
import { findOpenedCollector, type OpenedCollector } from '../db/collectors.ts'
import { type Batch, confirmBatch, nextBatch, noteFailure, stopCollector } from '../db/forwarding.ts'
import { OutsideFailed } from '../db/outside/failed.ts'
import { PATIENCE } from '../db/outside/patience.ts'
import { postHttp } from '../db/outside/post-http.ts'
import { forwardedEvent } from '../domain/forwarded-events.ts'
import { type ForwardingFailure, failureOfStatus, fewerAfter, isFinal } from '../domain/forwarding.ts'
import { pause } from './pause.ts'
import type { Tools } from './tools.ts'

export interface ForwardEvents {
  entityId: string
  collectorId: string
  workflowId: string
}

/**
 * `over`: removed, paused or stopped, until somebody goes on; `failed`: to be tried again after a wait; `more`: the turn is up,
 * or this worker ends.
 */
export interface Forwarded {
  state: 'over' | 'failed' | 'more'
  /** In a row. */
  failures: number
}

export const BATCH = 500
const EVERY_MS = 2_000
const BEAT_MS = 5_000
const TURN_MS = 60 * 60_000

/**
 * Sends a collector what was sealed since it last took something, in order, for an hour: no round of it is worth an entry of a
 * history, because the sequence stands in the collector's row. Read anew before each batch, so that a change counts at once.
 */
export async function forwardEvents(
  tools: Tools,
  { entityId, collectorId, workflowId }: ForwardEvents,
): Promise<Forwarded> {
  const activity = Context.current()
  const { cancellationSignal: signal } = activity
  const within = <T>(work: (trx: Trx) => Promise<T>) => withEntity(tools.database, entityId, work)
  const beating = setInterval(() => activity.heartbeat(), BEAT_MS)
  const turn = AbortSignal.any([signal, AbortSignal.timeout(TURN_MS)])
  let most = BATCH
  try {
    while (!turn.aborted) {
      const opened = await within((trx) => findOpenedCollector(trx, tools.secret, collectorId))
      if (!opened || opened.collector.pausedAt || opened.collector.stoppedAt) return OVER
      const batch = await within((trx) => nextBatch(trx, opened.collector, most))
      if (!batch) {
        await pause(EVERY_MS, turn)
        continue
      }
      if (batch === 'seal_broken') {
        const end = await within((trx) => afterFailure(trx, opened, workflowId, { code: batch, status: null }))
        if (end) return end
        continue
      }
      const failure = await sendBatch(tools, opened, batch, signal)
      if (signal.aborted) break
      const fewer = failure && fewerAfter(failure, batch.events.length)
      if (!failure) await within((trx) => confirmBatch(trx, opened.collector, batch.last))
      else if (fewer !== null) most = fewer
      else {
        const end = await within((trx) => afterFailure(trx, opened, workflowId, failure))
        if (end) return end
      }
    }
    return { state: 'more', failures: 0 }
  } finally {
    clearInterval(beating)
  }
}

const OVER: Forwarded = { state: 'over', failures: 0 }

/** What the turn ends with; undefined where a person changed the collector while it was being sent something: it is read anew. */
async function afterFailure(
  trx: Trx,
  opened: OpenedCollector,
  workflowId: string,
  failure: ForwardingFailure,
): Promise<Forwarded | undefined> {
  if (isFinal(failure)) return (await stopCollector(trx, opened, workflowId, failure)) ? OVER : undefined
  const failures = await noteFailure(trx, opened, failure)
  return failures === undefined ? undefined : { state: 'failed', failures }
}

/** Null where it took it. */
async function sendBatch(
  { connectionHosts = '' }: Tools,
  { collector, opening }: OpenedCollector,
  batch: Batch,
  signal: AbortSignal,
): Promise<ForwardingFailure | null> {
  if (!opening) return { code: 'secret_unreadable', status: null }
  const target = { place: collector, secret: opening, allowedHosts: connectionHosts, patience: { ...PATIENCE, signal } }
  try {
    const status = await postHttp(target, sentAs(batch))
    return status >= 200 && status < 300 ? null : failureOfStatus(status)
  } catch (failure) {
    if (failure instanceof OutsideFailed) return { code: failure.code, status: failure.facts.status ?? null }
    throw failure
  }
}

/** A batch of CloudEvents, and in its headers what lets the receiver notice gaps, doubles and a history that was rewritten. */
function sentAs({ first, last, events, previousLeaf }: Batch) {
  const headers = {
    'Content-Type': 'application/cloudevents-batch+json; charset=utf-8',
    'Caracteriza-First': String(first),
    'Caracteriza-Last': String(last),
    'Caracteriza-Last-Leaf': events.at(-1)?.leaf ?? '',
    ...(previousLeaf !== null && { 'Caracteriza-Previous-Leaf': previousLeaf }),
  }
  return { headers, body: Buffer.from(JSON.stringify(events.map(forwardedEvent))) }
}
