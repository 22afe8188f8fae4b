import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow'
import type { Activities } from '../activities/index.ts'

/**
 * Record transactions run as local activities: 20–27 ms an act against 46–99 ms. The courier makes that safe (model.md §3.6).
 * They retry for ever; a refusal is a non-retryable failure.
 */
export const {
  recordStart,
  recordDecision,
  recordOpening,
  readCycle,
  recordGrantRequest,
  recordGrantVerdict,
  recordGrantEnding,
  tendGrant,
} = proxyLocalActivities<Activities>({
  startToCloseTimeout: '20s',
  localRetryThreshold: '30s',
  retry: { initialInterval: '100ms', backoffCoefficient: 2, maximumInterval: '5s' },
})

/**
 * Outside effects: scheduled by the server, retried from the history. Each takes seconds; a minute is how long one waits
 * for a worker that died with it.
 */
export const { sendDueNotices, tellOfAction, reportUnpublished } = proxyActivities<Activities>({
  startToCloseTimeout: '1m',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
})

/**
 * Counting the segments of a large snapshot for every dependencia may take minutes, and so may proving that what is signed
 * or released shows nobody (its limits of time: db/protected-tables.ts).
 */
export const { disseminate, tellOfSummaries, issueReport, publishCorrection, publishRelease } =
  proxyActivities<Activities>({
    startToCloseTimeout: '5m',
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
  })

/** Imports and fetches beat while they read: a dead worker is noticed within 15 s, a cancellation within seconds. */
export const { importSource, failImport, fetchSource, failFetch } = proxyActivities<Activities>({
  startToCloseTimeout: '2h',
  heartbeatTimeout: '15s',
  retry: { initialInterval: '1s', maximumInterval: '30s' },
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
})
