import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow'
import type { Activities } from '../activities/index.ts'
import { FORWARDING_QUEUE } from './messages.ts'

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
  recordRightsVerdict,
  tendRights,
  recordAcceptanceVerdict,
  tendAcceptance,
  recordDisposalVerdict,
  tendDisposal,
  openControlRun,
  recordRunVerdict,
  tendControlRun,
  openYearlyReview,
  openSingleReviews,
  settleReview,
  recordCampaignOpening,
  recordReviewAnswers,
  recordCampaignClose,
  listUnexecuted,
  finishCampaign,
  openChecks,
  failCheck,
} = proxyLocalActivities<Activities>({
  startToCloseTimeout: '20s',
  localRetryThreshold: '30s',
  retry: { initialInterval: '100ms', backoffCoefficient: 2, maximumInterval: '5s' },
})

/**
 * Outside effects: scheduled by the server, retried from the history. Each takes seconds; a minute is how long one waits
 * for a worker that died with it.
 */
export const { sendDueNotices, tellOfAction, tellOfFollowUp, reportUnpublished, tellReviewers, expireEvidence } =
  proxyActivities<Activities>({
    startToCloseTimeout: '1m',
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
  })

/** The sealer signs every quarter of an hour: what is not covered yet is soon. */
export const { publishLogDay, listUnusualReading } = proxyActivities<Activities>({
  startToCloseTimeout: '5m',
  retry: { initialInterval: '1m', backoffCoefficient: 2, maximumInterval: '15m' },
})

/** A proof holds nothing back: it is asked once, within seconds, ahead of every proof nobody waits for. */
export const { probeAccess: probeOnce } = proxyActivities<Activities>({
  startToCloseTimeout: '3s',
  scheduleToCloseTimeout: '4s',
  retry: { maximumAttempts: 1 },
  priority: { priorityKey: 1 },
})

/**
 * Before a review ends an access: hundreds end together and nobody waits for one of them, so each is asked in its turn,
 * ahead of the proofs of those that are over.
 */
export const { probeAccess: probeInTurn } = proxyActivities<Activities>({
  startToCloseTimeout: '10s',
  scheduleToCloseTimeout: '5m',
  retry: { initialInterval: '500ms', backoffCoefficient: 2 },
  priority: { priorityKey: 2 },
})

/** Where a proof may take its time, but not so long that nobody hears of its absence. */
export const { probeAccess: probeForMinutes } = proxyActivities<Activities>({
  startToCloseTimeout: '10s',
  scheduleToCloseTimeout: '5m',
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '30s' },
})

/** Until it is answered. */
export const { probeAccess: probeUntilAnswered, reportUnproven } = proxyActivities<Activities>({
  startToCloseTimeout: '10s',
  retry: { initialInterval: '30s', backoffCoefficient: 2, maximumInterval: '10m' },
})

/** Taking a thousand accesses under review, with who reviews each and the word to their persons, takes seconds. */
export const { tendCampaign } = proxyActivities<Activities>({
  startToCloseTimeout: '2m',
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '30s' },
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

/** Imports, fetches and what takes somebody or content out beat while they read: a dead worker is noticed within 15 s, a cancellation within seconds. */
export const { importSource, failImport, fetchSource, failFetch, spreadErasure, carryOutDisposal } =
  proxyActivities<Activities>({
    startToCloseTimeout: '2h',
    heartbeatTimeout: '15s',
    retry: { initialInterval: '1s', maximumInterval: '30s' },
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  })

/** Sends for an hour; it beats, so that a dead worker is noticed. */
export const { forwardEvents } = proxyActivities<Activities>({
  taskQueue: FORWARDING_QUEUE,
  startToCloseTimeout: '2h',
  heartbeatTimeout: '30s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
})

/** A control reads whole tables, and the drill of a restore copies a database: minutes. It beats, so that a dead worker is noticed. */
export const { runCheck } = proxyActivities<Activities>({
  startToCloseTimeout: '1h',
  heartbeatTimeout: '30s',
  retry: { initialInterval: '2s', backoffCoefficient: 2, maximumInterval: '1m', maximumAttempts: 5 },
})
