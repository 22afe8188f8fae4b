import { carryOutDisposal } from './carry-out-disposal.ts'
import { failCheck, openChecks } from './check-round.ts'
import { disseminate } from './disseminate.ts'
import { expireEvidence } from './expire-evidence.ts'
import { failFetch } from './fail-fetch.ts'
import { failImport } from './fail-import.ts'
import { fetchSource } from './fetch-source.ts'
import { finishCampaign } from './finish-campaign.ts'
import { forwardEvents } from './forward-events.ts'
import { importSource } from './import-source.ts'
import { issueOrTell } from './issue-report.ts'
import { listLeft } from './list-left.ts'
import { listUnusualReading } from './list-unusual-reading.ts'
import { openControlRun } from './open-control-run.ts'
import { openSingleReviews } from './open-single-reviews.ts'
import { openYearlyReview } from './open-yearly-review.ts'
import { probeAccess, reportUnproven } from './probe-access.ts'
import { publishCorrection } from './publish-correction.ts'
import { publishLogDay } from './publish-log-day.ts'
import { publishRelease } from './publish-release.ts'
import { readCycle } from './read-cycle.ts'
import { recordAcceptanceVerdict } from './record-acceptance-verdict.ts'
import { recordCampaignClose } from './record-campaign-close.ts'
import { recordCampaignOpening } from './record-campaign-opening.ts'
import { recordDecision } from './record-decision.ts'
import { recordDisposalVerdict } from './record-disposal-verdict.ts'
import { recordGrantEnding } from './record-grant-ending.ts'
import { recordGrantRequest } from './record-grant-request.ts'
import { recordGrantVerdict } from './record-grant-verdict.ts'
import { recordOpening } from './record-opening.ts'
import { recordReviewAnswers } from './record-review-answers.ts'
import { recordRightsVerdict } from './record-rights-verdict.ts'
import { recordRunVerdict } from './record-run-verdict.ts'
import { recordStart } from './record-start.ts'
import { reportUnpublished } from './report-unpublished.ts'
import { runCheck } from './run-check.ts'
import { sendDueNotices } from './send-due-notices.ts'
import { settleReview } from './settle-review.ts'
import { spreadErasure } from './spread-erasure.ts'
import { tellOfSummaries } from './tell-agencies.ts'
import { tellOfAction } from './tell-of-action.ts'
import { tellOfFollowUp } from './tell-of-follow-up.ts'
import { tellReviewers } from './tell-reviewers.ts'
import { tendAcceptance } from './tend-acceptance.ts'
import { tendCampaign } from './tend-campaign.ts'
import { tendControlRun } from './tend-control-run.ts'
import { tendDisposal } from './tend-disposal.ts'
import { tendGrant } from './tend-grant.ts'
import { tendRights } from './tend-rights.ts'
import type { Tools } from './tools.ts'

/** Dependencies by closure: a worker hands its tools over once. */
export function createActivities(tools: Tools) {
  return {
    recordStart: bind(tools, recordStart),
    recordDecision: bind(tools, recordDecision),
    recordOpening: bind(tools, recordOpening),
    readCycle: bind(tools, readCycle),
    recordGrantRequest: bind(tools, recordGrantRequest),
    recordGrantVerdict: bind(tools, recordGrantVerdict),
    recordGrantEnding: bind(tools, recordGrantEnding),
    tendGrant: bind(tools, tendGrant),
    probeAccess: bind(tools, probeAccess),
    reportUnproven: bind(tools, reportUnproven),
    recordRightsVerdict: bind(tools, recordRightsVerdict),
    tendRights: bind(tools, tendRights),
    recordAcceptanceVerdict: bind(tools, recordAcceptanceVerdict),
    tendAcceptance: bind(tools, tendAcceptance),
    recordDisposalVerdict: bind(tools, recordDisposalVerdict),
    tendDisposal: bind(tools, tendDisposal),
    carryOutDisposal: bind(tools, carryOutDisposal),
    openControlRun: bind(tools, openControlRun),
    tendControlRun: bind(tools, tendControlRun),
    recordRunVerdict: bind(tools, recordRunVerdict),
    expireEvidence: bind(tools, expireEvidence),
    publishLogDay: bind(tools, publishLogDay),
    listUnusualReading: bind(tools, listUnusualReading),
    openYearlyReview: bind(tools, openYearlyReview),
    openSingleReviews: bind(tools, openSingleReviews),
    settleReview: bind(tools, settleReview),
    recordCampaignOpening: bind(tools, recordCampaignOpening),
    tendCampaign: bind(tools, tendCampaign),
    tellReviewers: bind(tools, tellReviewers),
    recordReviewAnswers: bind(tools, recordReviewAnswers),
    recordCampaignClose: bind(tools, recordCampaignClose),
    listUnexecuted: bind(tools, listLeft),
    finishCampaign: bind(tools, finishCampaign),
    sendDueNotices: bind(tools, sendDueNotices),
    tellOfAction: bind(tools, tellOfAction),
    tellOfFollowUp: bind(tools, tellOfFollowUp),
    importSource: bind(tools, importSource),
    failImport: bind(tools, failImport),
    fetchSource: bind(tools, fetchSource),
    spreadErasure: bind(tools, spreadErasure),
    failFetch: bind(tools, failFetch),
    forwardEvents: bind(tools, forwardEvents),
    issueReport: bind(tools, issueOrTell),
    publishCorrection: bind(tools, publishCorrection),
    publishRelease: bind(tools, publishRelease),
    reportUnpublished: bind(tools, reportUnpublished),
    disseminate: bind(tools, disseminate),
    tellOfSummaries: bind(tools, tellOfSummaries),
    openChecks: bind(tools, openChecks),
    runCheck: bind(tools, runCheck),
    failCheck: bind(tools, failCheck),
  }
}

export type Activities = ReturnType<typeof createActivities>

function bind<I, O>(tools: Tools, activity: (tools: Tools, input: I) => Promise<O>): (input: I) => Promise<O> {
  return (input) => activity(tools, input)
}
