import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NATIONAL_CALENDAR } from '../../catalog/calendar.ts'
import * as absencePages from '../../db/absence-pages.ts'
import * as absences from '../../db/absences.ts'
import * as accessEndings from '../../db/access-endings.ts'
import * as accessGrounds from '../../db/access-grounds.ts'
import * as accessIndicators from '../../db/access-indicators.ts'
import * as accessLists from '../../db/access-lists.ts'
import { findAccessReceipt } from '../../db/access-receipts.ts'
import * as actPages from '../../db/act-pages.ts'
import * as acts from '../../db/acts.ts'
import * as actsBehind from '../../db/acts-behind.ts'
import { listUnadopted } from '../../db/adopt-variables.ts'
import * as agencies from '../../db/agencies.ts'
import * as agencyHeads from '../../db/agency-heads.ts'
import { answerAsOf } from '../../db/as-of.ts'
import { findActionFile, findAttachment, listAttachedHashes } from '../../db/attachments.ts'
import * as auditPapers from '../../db/audit-papers.ts'
import * as populations from '../../db/audit-populations.ts'
import * as auditSamples from '../../db/audit-samples.ts'
import * as calendarDays from '../../db/calendar-days.ts'
import * as campaignPages from '../../db/campaign-pages.ts'
import * as campaigns from '../../db/campaigns.ts'
import { listCaptureCoverage, listCapturedSets } from '../../db/capture-coverage.ts'
import * as captureDrafts from '../../db/capture-drafts.ts'
import * as capturePages from '../../db/capture-pages.ts'
import * as captureRecords from '../../db/capture-records.ts'
import * as checkGates from '../../db/check-gates.ts'
import * as checkPages from '../../db/check-pages.ts'
import * as checkRuns from '../../db/check-runs.ts'
import * as checkShowings from '../../db/check-showings.ts'
import { findCitizenAddress } from '../../db/citizen-addresses.ts'
import { type Trx, withActor, withEntity } from '../../db/client.ts'
import { appNow, appToday } from '../../db/clock.ts'
import * as collectors from '../../db/collectors.ts'
import * as columnReveals from '../../db/column-reveals.ts'
import * as comments from '../../db/comments.ts'
import { compareCycles } from '../../db/comparability.ts'
import * as connections from '../../db/connections.ts'
import { isFileNamed, listFilesOf, listNamedFiles } from '../../db/content-names.ts'
import * as controlEvidence from '../../db/control-evidence.ts'
import * as controlNotices from '../../db/control-notices.ts'
import * as controlPages from '../../db/control-pages.ts'
import * as resumptions from '../../db/control-resumptions.ts'
import * as controlRuns from '../../db/control-runs.ts'
import * as controlStandings from '../../db/control-standings.ts'
import * as controlWaiting from '../../db/control-waiting.ts'
import * as correctionPublication from '../../db/correction-publication.ts'
import * as corrections from '../../db/corrections.ts'
import { listCorrespondences } from '../../db/correspondences.ts'
import { findAttendance, findCoverageGrounds } from '../../db/coverage.ts'
import * as crosswalks from '../../db/crosswalks.ts'
import { listStepTurns, listWaysBack } from '../../db/cycle-map.ts'
import * as cyclePages from '../../db/cycle-pages.ts'
import { findCycle, hasBegun, lockCycle } from '../../db/cycles.ts'
import { findContentThen, findCycleAt } from '../../db/cycles-at.ts'
import { addresseesOf } from '../../db/day-addressees.ts'
import { decidedFacts } from '../../db/decided.ts'
import * as differenceExplanations from '../../db/difference-explanations.ts'
import { listInventory } from '../../db/disposal-inventory.ts'
import * as disposalPages from '../../db/disposal-pages.ts'
import { findDisposalReceipt } from '../../db/disposal-receipts.ts'
import * as disposals from '../../db/disposals.ts'
import { listedDisposal } from '../../db/disposals-again.ts'
import * as divisionMaps from '../../db/division-maps.ts'
import * as documents from '../../db/documents.ts'
import * as draftSaves from '../../db/draft-saves.ts'
import { findStandingDraft } from '../../db/drafts.ts'
import * as drifts from '../../db/drifts.ts'
import * as dutyNames from '../../db/duty-names.ts'
import { earlierObjection, findEarlierReports } from '../../db/earlier-reports.ts'
import * as earlierSources from '../../db/earlier-sources.ts'
import { findEntity } from '../../db/entities.ts'
import * as erasures from '../../db/erasures.ts'
import * as fetches from '../../db/fetches.ts'
import * as figureCodes from '../../db/figure-codes.ts'
import * as findingPages from '../../db/finding-pages.ts'
import * as findingPlans from '../../db/finding-plans.ts'
import * as findings from '../../db/findings.ts'
import * as followUpTellings from '../../db/follow-up-tellings.ts'
import * as followUps from '../../db/follow-ups.ts'
import { listFormerFigures } from '../../db/former-figures.ts'
import * as forwarding from '../../db/forwarding.ts'
import { isShieldOfSomeEntity } from '../../db/front.ts'
import * as grantActs from '../../db/grant-acts.ts'
import * as grantNotices from '../../db/grant-notices.ts'
import * as grantPages from '../../db/grant-pages.ts'
import * as grants from '../../db/grants.ts'
import * as grantsAt from '../../db/grants-at.ts'
import { areInForce, findGrantInForce, listGrantsInForce } from '../../db/grants-in-force.ts'
import * as handover from '../../db/handover.ts'
import * as heldReleases from '../../db/held-releases.ts'
import { newId } from '../../db/ids.ts'
import * as importedRisks from '../../db/imported-risks.ts'
import * as imports from '../../db/imports.ts'
import * as improvementActions from '../../db/improvement-actions.ts'
import * as improvementEntries from '../../db/improvement-entries.ts'
import * as improvementPages from '../../db/improvement-pages.ts'
import * as tellings from '../../db/improvement-tellings.ts'
import * as inbox from '../../db/inbox.ts'
import * as incidents from '../../db/incidents.ts'
import * as indicatorVersions from '../../db/indicator-versions.ts'
import { exportLeaves, leavesBetween } from '../../db/leaf-files.ts'
import { auditLog } from '../../db/log-audit.ts'
import * as logCheckpoints from '../../db/log-checkpoints.ts'
import * as logDays from '../../db/log-days.ts'
import { listEventInstants } from '../../db/log-events.ts'
import * as mail from '../../db/mail.ts'
import * as mentions from '../../db/mentions.ts'
import * as methodologies from '../../db/methodologies.ts'
import * as methodologyChoices from '../../db/methodology-choices.ts'
import * as methodologyDrafts from '../../db/methodology-drafts.ts'
import * as moments from '../../db/moments.ts'
import * as movedReviews from '../../db/moved-reviews.ts'
import { listMovedRightsTerms } from '../../db/moved-rights.ts'
import * as movedRuns from '../../db/moved-runs.ts'
import * as movedSummaries from '../../db/moved-summaries.ts'
import * as movedTerms from '../../db/moved-terms.ts'
import { namedSnapshots } from '../../db/named-snapshots.ts'
import * as notices from '../../db/notices.ts'
import { findObjectAt } from '../../db/objects-at.ts'
import * as openActs from '../../db/open-acts.ts'
import * as openWork from '../../db/open-work.ts'
import { listOutgoingMail } from '../../db/outgoing-mail.ts'
import * as packContents from '../../db/pack-contents.ts'
import * as packDecisions from '../../db/pack-decisions.ts'
import * as packGrowth from '../../db/pack-growth.ts'
import { pageOf } from '../../db/pages.ts'
import * as people from '../../db/people.ts'
import * as peopleAt from '../../db/people-at.ts'
import * as posts from '../../db/position-changes.ts'
import { findPositionGrounds } from '../../db/position-grounds.ts'
import * as positions from '../../db/positions.ts'
import { listPresent } from '../../db/presence.ts'
import * as probes from '../../db/probes.ts'
import * as procedures from '../../db/procedures.ts'
import * as publicCatalogue from '../../db/public-catalogue.ts'
import { findFigureGrounds, groundsOn } from '../../db/public-figures.ts'
import * as publicReleases from '../../db/public-releases.ts'
import { findPrintedReports, findPublicFiles, hashOfPast, hashOfPublic, isSamePast } from '../../db/published-tables.ts'
import * as ranTerms from '../../db/ran-terms.ts'
import * as readings from '../../db/readings.ts'
import { listWantedRefreshes } from '../../db/refreshes.ts'
import { rehearse } from '../../db/rehearsal.ts'
import * as releaseFiles from '../../db/release-files.ts'
import * as releaseHours from '../../db/release-hours.ts'
import { findJudgementGrounds, requireSamePast } from '../../db/release-judgement.ts'
import * as releasePages from '../../db/release-pages.ts'
import { findDraftProtection, findProtection } from '../../db/release-protection.ts'
import { findReleaseOf, lockDatasetOf, lockDraftRelease } from '../../db/release-publication.ts'
import { countRemoved, listGoneFiles } from '../../db/removed-contents.ts'
import * as reportGrounds from '../../db/report-grounds.ts'
import { findLastDress } from '../../db/report-looks.ts'
import * as reportSections from '../../db/report-sections.ts'
import * as reportTemplates from '../../db/report-templates.ts'
import * as residualOverrides from '../../db/residual-overrides.ts'
import { listStranded } from '../../db/resumed-work.ts'
import * as retention from '../../db/retention.ts'
import * as reviewAnswers from '../../db/review-answers.ts'
import * as reviewCalendar from '../../db/review-calendar.ts'
import * as reviewClosing from '../../db/review-closing.ts'
import * as reviewNotices from '../../db/review-notices.ts'
import * as reviewPages from '../../db/review-pages.ts'
import * as reviewScope from '../../db/review-scope.ts'
import * as reviewStatements from '../../db/review-statements.ts'
import * as rights from '../../db/rights.ts'
import * as rightsEffects from '../../db/rights-effects.ts'
import * as rightsNotices from '../../db/rights-notices.ts'
import * as rightsPages from '../../db/rights-pages.ts'
import { followCode } from '../../db/rights-secrets.ts'
import * as rightsTexts from '../../db/rights-texts.ts'
import * as riskAcceptances from '../../db/risk-acceptances.ts'
import * as riskAppetite from '../../db/risk-appetite.ts'
import * as riskEvents from '../../db/risk-events.ts'
import * as riskFollowUps from '../../db/risk-follow-ups.ts'
import * as riskImports from '../../db/risk-imports.ts'
import * as riskIndicators from '../../db/risk-indicators.ts'
import * as riskMapRows from '../../db/risk-map-rows.ts'
import * as riskMoves from '../../db/risk-moves.ts'
import * as riskNext from '../../db/risk-next.ts'
import * as riskPages from '../../db/risk-pages.ts'
import * as riskReviews from '../../db/risk-reviews.ts'
import * as riskStandings from '../../db/risk-standings.ts'
import * as riskTreatmentPages from '../../db/risk-treatment-pages.ts'
import * as riskYear from '../../db/risk-year.ts'
import * as riskYearLines from '../../db/risk-year-lines.ts'
import * as risks from '../../db/risks.ts'
import * as risksAt from '../../db/risks-at.ts'
import * as runCheckers from '../../db/run-checkers.ts'
import * as runControls from '../../db/run-controls.ts'
import { listSavedViews } from '../../db/saved-views.ts'
import * as sealedLog from '../../db/sealed-log.ts'
import * as secondFactors from '../../db/second-factors.ts'
import * as proposals from '../../db/section-proposals.ts'
import { demoEntityId } from '../../db/seed.ts'
import { findEarlierCycle, listRecommended, listSegmentRecords } from '../../db/segments.ts'
import * as sentNotices from '../../db/sent-notices.ts'
import { listFollowed, listUnfollowed } from '../../db/series.ts'
import * as servicePoints from '../../db/service-points.ts'
import * as singleReviews from '../../db/single-reviews.ts'
import * as rewrites from '../../db/snapshot-rewrites.ts'
import * as sources from '../../db/sources.ts'
import { examineStanding } from '../../db/standing-checks.ts'
import * as stepChoices from '../../db/step-choices.ts'
import { findStepContext } from '../../db/step-context.ts'
import * as stepPages from '../../db/step-pages.ts'
import * as stepVersions from '../../db/step-versions.ts'
import { substitutesOf } from '../../db/substitutes.ts'
import * as summaries from '../../db/summaries.ts'
import { listOwnPositions } from '../../db/summary-acts.ts'
import { findSummaryGrounds } from '../../db/summary-grounds.ts'
import * as summaryNotices from '../../db/summary-notices.ts'
import * as summaryPages from '../../db/summary-pages.ts'
import { findSummaryReceipt } from '../../db/summary-receipts.ts'
import * as systemState from '../../db/system-state.ts'
import * as tenureChanges from '../../db/tenure-changes.ts'
import { findLiveTenure } from '../../db/tenures.ts'
import * as terms from '../../db/terms.ts'
import * as timeline from '../../db/timeline.ts'
import * as trail from '../../db/trail.ts'
import * as histories from '../../db/variable-histories.ts'
import * as variables from '../../db/variables.ts'
import * as waitingDrafts from '../../db/waiting-drafts.ts'
import { partsOf } from '../../domain/audit-samples.ts'
import { withDay } from '../../domain/calendar.ts'
import { addDays, bogotaDate } from '../../domain/civil-dates.ts'
import { EVENT_TYPES, type EventType } from '../../domain/events.ts'
import type { GrantInput } from '../../domain/grant-inputs.ts'
import { momentOf } from '../../domain/moments.ts'
import { NAMED_DUTIES } from '../../domain/permission-rows.ts'
import { parseLeafFile } from '../../verifier/leaf-file.ts'
import { DUTY, type Foreign, foreignRows, SHIELD } from './foreign-rows.ts'
import { tryGuards } from './substitute-guards.ts'

type Ask = (trx: Trx, other: Foreign) => Promise<unknown>

const DAY = '2026-03-02'
/** Years as their reports ask for them: while they last, and over. */
const NOW_2026 = { year: 2026, before: null }
const THIS_YEAR = { year: Number(appToday().slice(0, 4)), before: null }
const EVERY_TYPE = Object.keys(EVENT_TYPES) as EventType[]
const asInboxActor = ({ entityId, personId, positionId }: Foreign) => ({ entityId, personId, positionId, duty: DUTY })

/** Whoever answers for the first action of the report. */
const delegateOf = (f: Foreign) => ({ ...ownerOf(f), personId: f.personId, scopes: [f.captureScope] })
const ownerOf = ({ entityId, world }: Foreign) => {
  const { personId, positionId } = world.people.jefatura_ogac ?? { personId: '', positionId: '' }
  return { entityId, personId, positionId, duty: 'jefatura_ogac' }
}

/** What is public at home. */
const pastOf = ({ entityId, personId, world }: Foreign) =>
  withActor(world.web, { entityId, personId }, async (trx) => ({
    earlier: await findPublicFiles(trx),
    printed: await findPrintedReports(trx),
  }))

const atNow = () => {
  const moment = momentOf({ date: appToday(), time: '', known: '' }, appNow())
  if ('fault' in moment) throw new Error(moment.fault)
  return moment
}
/** At home. */
const tenureOf = async ({ world, entityId, personId }: Foreign) => {
  const { id } = await withActor(world.web, { entityId, personId }, (trx) =>
    trx.selectFrom('tenure').select('id').where('person_id', '=', personId).executeTakeFirstOrThrow(),
  )
  return id
}
/** Whatever is on record until today. */
const everything = () => {
  const rule = { population: 'events' as const, from: '2000-01-01', to: '2998-01-01', part: null }
  return { ...rule, parts: partsOf(rule) }
}
/** Somebody's answer, of the access the other municipality gave. */
const recordAsked = { kind: 'record', code: 'R-1', stepCode: '' } as const
const answerOf = async (trx: Trx, f: Foreign) => {
  const answer = await answerAsOf(trx, { entityId: f.entityId, personId: f.personId }, recordAsked, atNow())
  return answer && { object: answer.object.id, grants: answer.grants }
}

/** Every query, with the other municipality's ids wherever it filters, by entity or by row. */
/** A page that begins after an instant. */
const cursorAt = (instant: string) => pageOf([0, 0], 1, () => [instant, newId()]).next

const QUERIES: Record<string, Ask> = {
  answerAsOf: answerOf,
  findObjectAt: async (trx, f) => (await findObjectAt(trx, f.entityId, recordAsked, atNow(), NAMED_DUTIES))?.id,
  findPersonAt: async (trx, f) => {
    const { held, hasAccount } = await peopleAt.findPersonAt(
      trx,
      { entityId: f.entityId, personId: f.personId },
      atNow(),
    )
    return { held, hasAccount }
  },
  listHeadsAt: (trx, f) => peopleAt.listHeadsAt(trx, f.agencyId, atNow()),
  listJudgedGrants: async (trx, f) => {
    const person = { entityId: f.entityId, personId: f.personId, hasAccount: true, hasLeft: false, held: [] }
    return (await grantsAt.listJudgedGrants(trx, person, atNow())).map(({ id }) => id)
  },
  findGrantAt: (trx, f) => grantsAt.findGrantAt(trx, f.captureGrantId, atNow()),
  findContentThen: (trx, f) => findContentThen(trx, f.cycleId, f.versionId, []),
  findCycleAt: (trx, f) => findCycleAt(trx, f.entityId, f.cycleId, atNow()),
  findBeginning: async (trx, f) => actsBehind.findBeginning(trx, f.entityId, await tenureOf(f)),
  auditLog: (trx, f) => auditLog(trx, f.entityId),
  exportLeaves: async (trx, f) =>
    parseLeafFile(await exportLeaves(trx, f.entityId, 'caracteriza/x', bogotaDate(appNow()))).leaves,
  leavesBetween: async (trx, f) =>
    parseLeafFile(await leavesBetween(trx, f.entityId, 'caracteriza/x', { first: '0', size: '9' })).leaves,
  findPublishedLog: (trx, f) => logDays.findPublishedLog(trx, f.entityId, { cursor: null, limit: 5 }),
  findLogDayFile: (trx, f) => logDays.findLogDayFile(trx, f.entityId, '2026-01-01', 'checkpoint'),
  listPublishedLogs: (trx) => logDays.listPublishedLogs(trx, { cursor: null, limit: 5 }),
  listPersonalReads: (trx, f) => readings.listPersonalReads(trx, f.entityId, { cursor: null, limit: 5 }),
  listUnusual: (trx, f) => readings.listUnusual(trx, f.entityId, { cursor: null, limit: 5 }),
  findLastReadingWeek: (trx, f) => readings.findLastReadingWeek(trx, f.entityId),
  listEventInstants: async (trx, f) => [...(await listEventInstants(trx, f.entityId, [f.sealedEventId])).keys()],
  findCheckpoint: (trx, f) => logCheckpoints.findCheckpoint(trx, f.entityId),
  findLastSealed: (trx, f) => sealedLog.findLastSealed(trx, f.entityId),
  isWaiting: (trx, f) => sealedLog.isWaiting(trx, f.entityId, '2100-01-01T00:00:00Z'),
  findSealedEvent: (trx, f) => sealedLog.findSealedEvent(trx, f.entityId, f.sealedEventId),
  hasSealed: (trx, f) => sealedLog.hasSealed(trx, f.entityId, { types: EVERY_TYPE, from: 0n }),
  listDecidedContents: (trx, f) => packContents.listDecidedContents(trx, { ...f, size: 1_000_000n, confidential: [] }),
  findFrozenText: (trx, f) => packContents.findFrozenText(trx, f.versionId),
  listPackDecisions: (trx, f) => packDecisions.listPackDecisions(trx, { ...f, size: 1_000_000n, confidential: [] }),
  listPackPapers: async (trx, f) => {
    const about = sql<{ id: string }>`select cycle_id as id from event where id = ${f.sealedEventId}`
    const cycleId = (await about.execute(trx)).rows[0]?.id ?? f.cycleId
    return packDecisions.listPackPapers(trx, { ...f, cycleId, size: 1_000_000n })
  },
  findPackGrowth: async (trx, f) => {
    const checkpoint = await logCheckpoints.findCheckpoint(trx, f.entityId)
    // The day that was published is that of this one: growth leads to a later.
    const later = checkpoint && { ...checkpoint, size: checkpoint.size + 1n }
    return later && (await packGrowth.findPackGrowth(trx, f, later))
  },
  listEvidenceFiles: (trx, f) => packContents.listEvidenceFiles(trx, { ...f, confidential: [] }),
  findLogState: (trx, f) => sealedLog.findLogState(trx, f.entityId),
  listCheckpoints: (trx, f) => logCheckpoints.listCheckpoints(trx, f.entityId, {}),
  listPopulation: (trx, f) => populations.listPopulation(trx, f.entityId, everything(), '9999-01-01'),
  findSample: (trx, f) => auditSamples.findSample(trx, f.entityId, 'MA-2026-901'),
  requireSample: (trx, f) => auditSamples.requireSample(trx, f.entityId, 'MA-2026-901'),
  repeatSample: async (trx, f) => {
    const sample = await auditSamples.requireSample(trx, f.entityId, 'MA-2026-901')
    return (await auditSamples.repeatSample(trx, f.entityId, sample)).items
  },
  listSamples: (trx, f) => auditSamples.listSamples(trx, f.entityId, { cursor: null, limit: 5 }),
  listSampleItems: (trx, f) => auditSamples.listSampleItems(trx, f.sampleId, { limit: 5 }),
  withEvents: async (trx, f) =>
    auditSamples.withEvents(trx, f.entityId, (await auditSamples.listSampleItems(trx, f.sampleId, { limit: 5 })).rows),
  listPapers: (trx, f) => auditPapers.listPapers(trx, f.sampleId, 1),
  findPaperOf: (trx, f) => auditPapers.findPaperOf(trx, f.foundId),
  listTrailEvents: (trx, f) => timeline.listTrailEvents(trx, f.entityId, [f.sealedEventId]),
  listTrail: (trx, f) => trail.listTrail(trx, f.entityId),
  listTrailActors: (trx, f) => timeline.listTrailActors(trx, f.entityId),
  findTrailEvent: (trx, f) => timeline.findTrailEvent(trx, f.entityId, f.sealedEventId),
  listLogKeys: (trx, f) => logCheckpoints.listLogKeys(trx, f.entityId),
  findActPage: (trx, f) => actPages.findActPage(trx, f.cycleId, f.ids.act),
  listOwnUnsettled: (trx, f) => actPages.listOwnUnsettled(trx, f.personId),
  findActUnderWay: (trx, f) => actPages.findActUnderWay(trx, f.cycleId, '1'),
  findAct: (trx, f) => acts.findAct(trx, f.ids.act),
  requireAct: (trx, f) => acts.requireAct(trx, f.ids.act),
  lockAct: (trx, f) => acts.lockAct(trx, f.ids.act),
  listUnheard: (trx, f) => openActs.listUnheard(trx, { column: 'cycle_id', id: f.cycleId }),
  listStored: (trx, f) => openActs.listStored(trx, { column: 'cycle_id', id: f.cycleId }),
  listUnconfirmed: (trx) => openActs.listUnconfirmed(trx, 50),
  isSubmissionOpen: (trx, f) => openActs.isSubmissionOpen(trx, f.cycleId, '1'),
  findAgency: (trx, f) => agencies.findAgency(trx, f.entityId, f.agencyId),
  listAgencies: (trx, f) => agencies.listAgencies(trx, f.entityId),
  listAgencyOptions: (trx, f) => agencies.listAgencyOptions(trx, f.entityId),
  findStandingDraft: (trx, f) => findStandingDraft(trx, f.stepId),
  findComment: (trx, f) => comments.findComment(trx, f.stepId, f.ids.comment),
  findCommentAnchor: (trx, f) => comments.findCommentAnchor(trx, f.ids.comment),
  findCommentFile: (trx, f) => comments.findCommentFile(trx, f.cycleId, f.ids.said),
  countUnresolved: (trx, f) => comments.countUnresolved(trx, f.stepId),
  listHolders: (trx, f) => mentions.listHolders(trx, f.entityId),
  listMentions: (trx, f) => mentions.listMentions(trx, f.personId, 10),
  isDelivered: (trx, f) => summaries.isDelivered(trx, f.cycleId),
  findAccessReceipt: (trx) => findAccessReceipt(trx, 'x'),
  findSummaryReceipt: (trx, f) => findSummaryReceipt(trx, f.readingCode.replaceAll('-', '')),
  findSummary: (trx, f) => summaries.findSummary(trx, { id: f.summaryId }),
  requireSummaryContent: (trx, f) => summaries.requireSummaryContent(trx, f.summaryId),
  listOwnSummaries: (trx, f) => summaries.listOwnSummaries(trx, f.headPositionId, 10),
  listResults: (trx) => summaries.listResults(trx, null),
  listOwnPositions: (trx, f) => listOwnPositions(trx, f.agencyId),
  findSummaryGrounds: (trx, f) => findSummaryGrounds(trx, f.cycleId),
  lockDueSummaryNotices: (trx, f) => summaryNotices.lockDueSummaryNotices(trx, f.cycleId, new Date('2098-01-01')),
  nextSummaryNoticeAt: (trx, f) => summaryNotices.nextSummaryNoticeAt(trx, f.cycleId),
  areResultsPublic: (trx, f) => summaryNotices.areResultsPublic(trx, f.cycleId),
  headsAbove: (trx, f) => agencyHeads.headsAbove(trx, f.entityId, f.agencyId, appToday()),
  listHeadPositions: (trx, f) => agencyHeads.listHeadPositions(trx, f.agencyId),
  lastToldOn: (trx, f) => summaryNotices.lastToldOn(trx, f.summaryId),
  findSummaryActs: (trx, f) => summaryPages.findSummaryActs(trx, f.summaryId),
  listTracked: (trx, f) => summaryPages.listTracked(trx, f.cycleId),
  listPrintedFigures: (trx, f) => summaryPages.listPrintedFigures(trx, f.cycleId),
  findSaveAt: (trx, f) => draftSaves.findSaveAt(trx, f.stepId, 9),
  listSavesAfter: (trx, f) => draftSaves.listSavesAfter(trx, f.stepId, 0),
  listPresent: (trx, f) => listPresent(trx, { stepId: f.stepId }, newId()),
  listAttachedHashes: (trx, f) => listAttachedHashes(trx, f.cycleId, '1'),
  findActionFile: (trx, f) => findActionFile(trx, 'AM-2026-001', f.evidenceId),
  findAttachment: (trx, f) => findAttachment(trx, f.cycleId, f.ids.file),
  previewCalendarDay: (trx, f) =>
    calendarDays.previewCalendarDay(trx, f.entityId, { day: '2026-01-07', kind: 'extra' }),
  previewCalendarRemoval: (trx, f) => calendarDays.previewCalendarRemoval(trx, f.entityId, '2098-12-26'),
  listMovedSummaries: (trx, f) =>
    movedSummaries.listMovedSummaries(trx, f.entityId, addDays(appToday(), 1), NATIONAL_CALENDAR),
  listMovedDisseminations: (trx) => movedSummaries.listMovedDisseminations(trx, 50),
  listMovedRightsTerms: (trx, f) =>
    listMovedRightsTerms(
      trx,
      f.entityId,
      '2098-12-15',
      withDay(NATIONAL_CALENDAR, { day: '2098-12-15', kind: 'extra' }),
    ),
  findCitizenAddress: (trx, f) => findCitizenAddress(trx, f.ring, { rightsId: null, recordId: f.recordId }),
  listMovedTerms: (trx, f) =>
    movedTerms.listMovedTerms(
      trx,
      f.entityId,
      '2026-01-07',
      withDay(NATIONAL_CALENDAR, { day: '2026-01-07', kind: 'extra' }),
    ),
  listCalendarDays: (trx, f) => calendarDays.listCalendarDays(trx, f.entityId),
  listCycles: (trx) => cyclePages.listCycles(trx),
  listVigencias: (trx) => cyclePages.listVigencias(trx),
  findCycleHead: (trx, f) => cyclePages.findCycleHead(trx, f.cycleId),
  listCycleFiles: (trx, f) => cyclePages.listCycleFiles(trx, f.cycleId),
  listCycleDocuments: (trx, f) => cyclePages.listCycleDocuments(trx, f.cycleId),
  findUnissuedReport: (trx, f) => cyclePages.findUnissuedReport(trx, f.cycleId),
  listHeldReleases: (trx, f) =>
    heldReleases.listHeldReleases(trx, f.entityId, { cursor: cursorAt('infinity'), limit: 5 }),
  findHeldOf: (trx, f) => heldReleases.findHeldOf(trx, f.cycleId),
  findPublicOf: (trx, f) => heldReleases.findPublicOf(trx, { cycleId: f.cycleId, exceptId: f.ids.notice }),
  findReplacement: (trx, f) => heldReleases.findReplacement(trx, f.releaseId),
  listWaiting: (trx, f) => cyclePages.listWaiting(trx, f.cycleId, DUTY),
  lockCycle: (trx, f) => lockCycle(trx, f.cycleId),
  listWantedRefreshes: (trx) => listWantedRefreshes(trx, 50),
  findCycle: (trx, f) => findCycle(trx, f.cycleId),
  hasBegun: (trx, f) => hasBegun(trx, f.cycleId),
  decidedFacts: (trx, f) => decidedFacts(trx, f.cycleId, { objectId: f.versionId, stepCode: '1' }),
  findIssued: (trx, f) => documents.findIssued(trx, f.versionId),
  listSections: (trx, f) => reportSections.listSections(trx, f.cycleId),
  listOwners: (trx, f) => reportSections.listOwners(trx, f.entityId, []),
  listProposals: (trx, f) => proposals.listProposals(trx, f.cycleId, 'alcance'),
  findProposal: (trx, f) => proposals.findProposal(trx, f.cycleId, f.ids.notice),
  countOpenProposals: (trx, f) => proposals.countOpenProposals(trx, f.cycleId),
  listTemplateVersions: (trx, f) => reportTemplates.listTemplateVersions(trx, f.entityId),
  findTemplateVersion: (trx, f) => reportTemplates.findTemplateVersion(trx, f.entityId, f.templateVersionId),
  findLatestVersion: (trx, f) => reportTemplates.findLatestVersion(trx, f.entityId, f.ids.act),
  findDefaultVersion: (trx, f) => reportTemplates.findDefaultVersion(trx, f.entityId),
  findChosenVersion: (trx, f) => reportTemplates.findChosenVersion(trx, f.entityId, f.cycleId),
  findLastDress: (trx, f) => findLastDress(trx, f.cycleId),
  findCycleDocument: (trx, f) => documents.findCycleDocument(trx, f.cycleId, f.documentId),
  listDocumentFiles: (trx, f) => documents.listDocumentFiles(trx, f.documentId),
  draftReportGrounds: async (trx, f) => {
    const step = await findStepContext(trx, f.cycleId, '6')
    return step && reportGrounds.draftReportGrounds(trx, step)
  },
  readReportGrounds: (trx, f) => reportGrounds.readReportGrounds(trx, f.cycleId, f.versionId),
  demoNoteOf: (trx, f) => documents.demoNoteOf(trx, f.cycleId),
  findPublicDocument: (trx, f) => documents.findPublicDocument(trx, f.code),
  findFigureCode: (trx, f) => figureCodes.findFigureCode(trx, f.figureCode),
  findReleaseCodes: (trx, f) => figureCodes.findReleaseCodes(trx, f.releaseId),
  findEntity: (trx, f) => findEntity(trx, f.entityId),
  isShieldOfSomeEntity: (trx) => isShieldOfSomeEntity(trx, SHIELD),
  listUnadopted: (trx) => listUnadopted(trx),
  listVariables: (trx, f) => variables.listVariables(trx, f.entityId),
  findVariable: (trx, f) => variables.findVariable(trx, f.entityId, 'zona'),
  readCatalogue: async (trx, f) => [...(await variables.readCatalogue(trx, f.entityId, newId())).definitions],
  listHistories: async (trx, f) => [...(await histories.listHistories(trx, f.entityId, ['zona']))],
  listHistoriesOf: async (trx, f) => [...(await histories.listHistoriesOf(trx, [f.variableId]))],
  compareCycles: async (trx, f) => [...(await compareCycles(trx, [{ cycleId: f.cycleId, beforeId: f.cycleId }]))],
  listVersionsUsed: async (trx, f) => [...(await histories.listVersionsUsed(trx, f.cycleId))],
  listFollowed: (trx, f) => listFollowed(trx, { id: f.variableId, code: 'zona' }),
  listUnfollowed: (trx) => listUnfollowed(trx),
  listCrosswalks: (trx, f) => crosswalks.listCrosswalks(trx, f.variableId),
  lockCrosswalk: (trx, f) => crosswalks.lockCrosswalk(trx, f.variableId, f.crosswalkId),
  listWaitingCrosswalks: (trx, f) =>
    crosswalks.listWaitingCrosswalks(trx, f.entityId, { cursor: cursorAt('2000-01-01 00:00:00+00'), limit: 5 }),
  findErasure: (trx, f) => erasures.findErasure(trx, f.erasureId),
  listUnspreadErasures: (trx) => erasures.listUnspreadErasures(trx, 50),
  listCapturedFiles: (trx, f) => rewrites.listCapturedFiles(trx, f.entityId),
  listReadings: (trx, f) => rewrites.listReadings(trx, f.entityId, [f.capturedFile]),
  findRewrite: (trx, f) => rewrites.findRewrite(trx, f.world.snapshotHash),
  listRewritten: (trx, f) => rewrites.listRewritten(trx, f.erasureId),
  namedSnapshots: (trx, f) => namedSnapshots(trx, f.cycleId, [f.world.snapshotHash]),
  listInbox: (trx, f) => inbox.listInbox(trx, asInboxActor(f)),
  countInbox: (trx, f) => inbox.countInbox(trx, asInboxActor(f)),
  listSavedViews: (trx, f) => listSavedViews(trx, asInboxActor(f)),
  listDueMail: (trx) => mail.listDueMail(trx, 50),
  listUnknownMail: (trx) => mail.listUnknownMail(trx),
  listOutgoingMail: (trx, f) => listOutgoingMail(trx, f.entityId),
  lockDueNotices: (trx, f) => notices.lockDueNotices(trx, f.cycleId, appNow()),
  addressees: (trx, f) =>
    notices.addressees(
      trx,
      { attemptId: f.ids.attempt, stepId: f.stepId, duty: DUTY } as Parameters<typeof notices.addressees>[1],
      { entityId: f.entityId, inCharge: DUTY, now: appNow() },
    ),
  holdersOf: (trx, f) => notices.holdersOf(trx, { entityId: f.entityId, duty: DUTY, day: DAY, barredOn: null }),
  headsFor: (trx, f) => notices.headsFor(trx, f.entityId, DUTY, DAY),
  listOpenTasks: (trx, f) => openWork.listOpenTasks(trx, f.entityId, DUTY),
  successionOf: (trx, f) => openWork.successionOf(trx, f.entityId, { duty: DUTY, day: DAY }),
  findPerson: (trx, f) => people.findPerson(trx, f.entityId, f.personId),
  listPeople: (trx, f) => people.listPeople(trx, f.entityId),
  findPosition: (trx, f) => posts.findPosition(trx, f.entityId, f.positionId),
  listDutyNames: (trx, f) => dutyNames.listDutyNames(trx, f.entityId),
  listDutyHolders: (trx, f) => posts.listDutyHolders(trx, f.entityId),
  listPositions: (trx, f) => posts.listPositions(trx, f.entityId),
  findPersonAtWork: (trx, f) => positions.findPersonAtWork(trx, f.personId),
  listPositionsToday: (trx, f) => positions.listPositionsToday(trx, f.personId),
  requireProcedureVersion: (trx, f) => procedures.requireProcedureVersion(trx, f.procedureVersionId),
  listProcedures: (trx, f) => procedures.listProcedures(trx, f.entityId),
  findFigureGrounds: async (trx, f) => ({ ...(await findFigureGrounds(trx, f.cycleId)), threshold: 0 }),
  groundsOn: async (trx, f) =>
    (await groundsOn(trx, f.cycleId, { requested: [], variables: [], segments: [], hashes: [] })).threshold,
  findProtection: (trx, f) => findProtection(trx, f.releaseId),
  findDraftProtection: (trx, f) => findDraftProtection(trx, f.cycleId),
  findPublicFiles: (trx) => findPublicFiles(trx),
  findPrintedReports: (trx) => findPrintedReports(trx),
  isSamePast: async (trx, f) => isSamePast(trx, await pastOf(f)),
  hashOfPublic: async (trx, f) => (await hashOfPublic(trx)) === hashOfPast(await pastOf(f)),
  requireSamePast: (trx, f) => requireSamePast(trx, f.releaseId, null).catch((failure: Error) => failure.name),
  findJudgementGrounds: (trx, f) => findJudgementGrounds(trx, f.releaseId).catch(() => undefined),
  listDatasets: (trx) => publicReleases.listDatasets(trx, 1),
  findPublicRelease: (trx, f) => publicReleases.findPublicRelease(trx, f.slug),
  listReleases: (trx, f) => releasePages.listReleases(trx, f.entityId, { withDrafts: true }),
  findRelease: (trx, f) => releasePages.findRelease(trx, f.entityId, f.releaseId),
  findDraftFile: (trx, f) => releasePages.findDraftFile(trx, f.cycleId, f.draftFile),
  releaseInputHashes: (trx, f) => waitingDrafts.releaseInputHashes(trx, f.cycleId),
  listSeriesStates: (trx, f) => publicCatalogue.listSeriesStates(trx, f.slug),
  listSeries: (trx, f) => publicCatalogue.listSeries(trx, [f.slug]),
  listCorrespondences: (trx, f) => listCorrespondences(trx, f.slug),
  listNews: (trx) => publicCatalogue.listNews(trx),
  findLastTakenBack: (trx, f) => corrections.findLastTakenBack(trx, f.releaseId),
  findOpenCorrection: (trx, f) => corrections.findOpenCorrection(trx, f.releaseId),
  listCorrectionsToSign: (trx, f) =>
    corrections.listCorrectionsToSign(trx, { entityId: f.entityId, personId: f.personId, duty: 'jefatura_ogac' }, 5),
  listCorrectionSignatures: (trx, f) => corrections.listCorrectionSignatures(trx, f.correctionId),
  findReleaseAnswers: (trx, f) => corrections.findReleaseAnswers(trx, f.releaseId),
  listUnstartedCorrections: (trx) => correctionPublication.listUnstartedCorrections(trx, 50),
  lockSignedCorrection: (trx, f) => correctionPublication.lockSignedCorrection(trx, f.correctionId),
  waitOf: (trx, f) => releaseHours.waitOf(trx, f.draftId),
  listMovedHours: (trx) => releaseHours.listMovedHours(trx, 50),
  findApprovedReleaseOf: (trx, f) => releasePages.findApprovedReleaseOf(trx, f.cycleId),
  findReleaseOf: (trx, f) => findReleaseOf(trx, f.releasedVersion),
  lockDatasetOf: (trx, f) => lockDatasetOf(trx, { correction: f.correctionId }),
  lockDraftRelease: (trx, f) => lockDraftRelease(trx, f.cycleId),
  findApprovedReport: (trx, f) => waitingDrafts.findApprovedReport(trx, f.cycleId),
  findDraftRelease: (trx, f) => waitingDrafts.findDraftRelease(trx, f.cycleId, f.answers),
  listReleaseFiles: (trx, f) => releaseFiles.listReleaseFiles(trx, f.releaseId),
  listSources: (trx, f) => sources.listSources(trx, f.cycleId),
  findSource: (trx, f) => sources.findSource(trx, f.cycleId, f.sourceId),
  listImports: (trx, f) => imports.listImports(trx, f.sourceId),
  listReveals: (trx, f) => columnReveals.listReveals(trx, f.sourceId),
  listOpenDrifts: (trx, f) => drifts.listOpenDrifts(trx, f.cycleId),
  columnLines: (trx, f) => drifts.columnLines(trx, f.cycleId, [{ stepCode: '3', kind: 'elaborate', duty: DUTY }]),
  listConnections: (trx) => connections.listConnections(trx),
  findDisposal: async (trx, f) => (await disposals.findDisposal(trx, f.disposalId))?.code,
  findStandingDisposal: (trx, f) => disposals.findStandingDisposal(trx, f.disposedCycleId),
  lastNumber: (trx, f) => disposals.lastNumber(trx, f.entityId, 2021),
  listedDisposal: (trx, f) => listedDisposal(trx, f.disposalId),
  findDisposalReceipt: (trx) => findDisposalReceipt(trx, 'D901'),
  listMovedDisposals: (trx) => disposals.listMovedDisposals(trx, 5),
  listInventory: (trx, f) => listInventory(trx, f.entityId, f.cycleId),
  listFilesOf: (trx, f) => listFilesOf(trx, f.entityId),
  listStranded: (trx, f) => listStranded(trx, f.entityId),
  isFileNamed: (trx, f) => isFileNamed(trx, f.entityId, { store: 'snapshots', sha256: f.world.snapshotHash }),
  listNamedFiles: async (trx, f) => {
    const file = { store: 'snapshots', sha256: f.world.snapshotHash } as const
    return (await listNamedFiles(trx, [file], f))(file)
  },
  listEndedCycles: (trx, f) => disposalPages.listEndedCycles(trx, f.entityId, { cursor: null }),
  listDisposals: (trx, f) => disposalPages.listDisposals(trx, f.entityId, { cursor: null }),
  listDisposalsToDecide: (trx, f) => disposalPages.listDisposalsToDecide(trx, f.entityId, { hands: [], limit: 5 }),
  findDisposalPage: (trx, f) => disposalPages.findDisposalPage(trx, f.disposalId),
  listDisposalItems: (trx, f) => disposalPages.listDisposalItems(trx, f.disposalId, { cursor: null }),
  listDisposalSignatures: (trx, f) => disposalPages.listDisposalSignatures(trx, f.disposalId),
  isDisposalUnderway: (trx, f) => disposalPages.isDisposalUnderway(trx, f.disposalId),
  findEliminated: (trx, f) => disposalPages.findEliminated(trx, f.disposedCycleId),
  findTombstone: (trx, f) => disposalPages.findTombstone(trx, f.disposedObject, ['attachment']),
  findSnapshotTombstone: (trx, f) => disposalPages.findSnapshotTombstone(trx, f.entityId, f.disposedSnapshot),
  countRemoved: async (trx, f) => (await countRemoved(trx, f.disposalId)).removed,
  listGoneFiles: (trx, f) => listGoneFiles(trx, f.disposalId),
  listRules: (trx, f) => retention.listRules(trx, f.entityId, { today: DAY, cursor: null }),
  rulesInForce: (trx, f) => retention.rulesInForce(trx, f.entityId, DAY),
  listCollectors: (trx, f) => collectors.listCollectors(trx, f.entityId),
  findCollector: (trx, f) => collectors.findCollector(trx, f.collector.id),
  findOpenedCollector: (trx, f) => collectors.findOpenedCollector(trx, f.world.tools.secret, f.collector.id),
  lockCollector: (trx, f) => collectors.lockCollector(trx, f.collector.id),
  findLag: (trx, f) => collectors.findLag(trx, { entityId: f.entityId, confirmed: 0 }),
  nextBatch: (trx, f) => forwarding.nextBatch(trx, { entityId: f.entityId, confirmed: 0 }, 5),
  listMovedCollectors: (trx) => forwarding.listMovedCollectors(trx, 50),
  listStandingCollectors: (trx) => forwarding.listStandingCollectors(trx),
  findConnection: (trx, f) => connections.findConnection(trx, f.connection.id),
  findConnectionSecret: (trx, f) => connections.findConnectionSecret(trx, f.world.tools.secret, f.connection),
  countSourcesOf: (trx, f) => connections.countSourcesOf(trx, f.connection.id),
  findFetch: (trx, f) => fetches.findFetch(trx, f.fetchId),
  findLatestFetch: (trx, f) => fetches.findLatestFetch(trx, f.sourceId),
  listUnstartedFetches: (trx) => fetches.listUnstartedFetches(trx, 50),
  findImport: (trx, f) => imports.findImport(trx, f.importId),
  importChain: (trx, f) => imports.importChain(trx, f.importId),
  lastMapping: (trx, f) => earlierSources.lastMapping(trx, { id: f.sourceId, importId: f.importId, continues: null }),
  findAccepted: (trx, f) => earlierSources.findAccepted(trx, { importId: f.importId, continues: null }),
  listEarlierSources: (trx, f) => earlierSources.listEarlierSources(trx, f.laterId),
  findEarlierSource: (trx, f) => earlierSources.findEarlierSource(trx, f.laterId, f.sourceId),
  listUnstartedImports: (trx) => imports.listUnstartedImports(trx, 50),
  findStepContext: (trx, f) => findStepContext(trx, f.cycleId, '1'),
  sourceFacts: (trx, f) => stepChoices.sourceFacts(trx, f.cycleId),
  agencyChoices: (trx, f) => stepChoices.agencyChoices(trx, f.entityId),
  mapChoices: (trx, f) => stepChoices.mapChoices(trx, f.entityId, {}),
  dutyChoices: (trx, f) => stepChoices.dutyChoices(trx, f.entityId),
  listSignatures: (trx, f) => stepPages.listSignatures(trx, f.cycleId),
  listOwnVerdicts: (trx, f) => stepPages.listOwnVerdicts(trx, f.stepIds['6'] ?? '', f.signerId),
  findTermOf: (trx, f) => stepPages.findTermOf(trx, f.ids.attempt),
  listRunningTerms: (trx, f) => stepPages.listRunningTerms(trx, f.cycleId),
  listSegmentRecords: (trx, f) => listSegmentRecords(trx, f.cycleId),
  listRecommended: (trx, f) => listRecommended(trx, f.cycleId),
  findEarlierCycle: (trx, f) => findEarlierCycle(trx, f.cycleId),
  findAttendance: (trx, f) => findAttendance(trx, f.cycleId),
  listFormerFigures: async (trx, f) => [...(await listFormerFigures(trx, f.cycleId))],
  findEarlierReports: async (trx, f) =>
    (await findEarlierReports(trx, f.laterId, f.entityId)).recommendations.map(({ code }) => code),
  earlierObjection: async (trx, f) =>
    earlierObjection(
      trx,
      { state: { id: f.laterId }, entityId: f.entityId } as Parameters<typeof earlierObjection>[1],
      { stepCode: '6', signatureRole: 'approver' },
    ),
  findByOrigin: (trx, f) =>
    improvementActions.findByOrigin(trx, f.entityId, { origin: 'recommendation', originKey: 'r1', cycleId: f.cycleId }),
  listMovedActions: (trx) => improvementActions.listMovedActions(trx, 50),
  lockAction: (trx, f) => improvementEntries.lockAction(trx, f.entityId, 'AM-2026-001'),
  handsOn: (trx, f) => improvementEntries.handsOn(trx, f.actionId),
  isWritten: (trx, f) => improvementEntries.isWritten(trx, f.actionId, { id: f.entryId, body: 'x', evidence: '' }),
  findAbsence: (trx, f) => absencePages.findAbsence(trx, f.entityId, f.absenceId),
  listAbsences: (trx, f) => absencePages.listAbsences(trx, ownerOf(f)),
  listDeputies: (trx, f) =>
    absencePages.listDeputies(trx, {
      ...{ entityId: f.entityId, absentId: f.signerId, agencyId: f.agencyId, search: '', limit: 10 },
    }),
  listDoneFor: (trx, f) => absencePages.listDoneFor(trx, f.absenceId),
  rehearse: async (trx, f) => {
    const asked = { entityId: f.entityId, positionId: f.signerPositionId, absentId: f.signerId, scope: 'all' } as const
    return (await rehearse(trx, { ...asked, substituteId: f.personId }).catch(() => ({ lines: [] }))).lines
  },
  listCutShort: (trx, f) => handover.listCutShort(trx, { personId: f.personId, on: '2020-01-01' }),
  listLeftWork: (trx, f) => handover.listLeftWork(trx, { personId: f.personId, on: appToday() }),
  findHeldPosition: (trx, f) =>
    handover.findHeldPosition(trx, {
      ...{ entityId: f.entityId, positionId: f.positionId, personId: f.signerId, day: appToday() },
    }),
  substitutesOf: (trx, f) => substitutesOf(trx, { entityId: f.entityId, day: appToday(), duty: 'jefatura_ogac' }),
  factsOfPlan: async (trx, f) => {
    const absent = { ...ownerOf(f), from: appToday(), to: '2098-01-01' }
    const { absentId: _given, ...facts } = await absences.factsOfPlan(trx, f.entityId, absent)
    return facts
  },
  hasAccepted: (trx, f) => grantActs.hasAccepted(trx, f.personId, 2098),
  concernedBy: (trx, f) =>
    grantNotices.concernedBy(
      trx,
      { entityId: f.entityId, agencyId: f.pointAgencyId } as grants.LoadedGrant,
      'heads',
      appToday(),
    ),
  lockDueGrantNotices: (trx, f) => grantNotices.lockDueGrantNotices(trx, f.grantId, new Date('2099-01-01')),
  nextGrantNoticeAt: (trx, f) => grantNotices.nextGrantNoticeAt(trx, f.grantId),
  listGrants: (trx, f) => grantPages.listGrants(trx, ownerOf(f)),
  listHeldGrants: (trx, f) => grantPages.listHeldGrants(trx, ownerOf(f), f.personId),
  listWaitingGrants: (trx, f) =>
    grantPages.listWaitingGrants(trx, { ...ownerOf(f), personId: f.signerId, duty: 'jefatura_ogac' }, 10),
  findLaterRequest: (trx, f) => grantPages.findLaterRequest(trx, f.entityId, f.grantId),
  findGrantPage: (trx, f) => grantPages.findGrantPage(trx, f.entityId, f.grantId),
  listGrantSignatures: (trx, f) => grantPages.listGrantSignatures(trx, f.grantId),
  findCommitment: (trx, f) => grantPages.findCommitment(trx, { id: f.grantId, granteeId: f.personId, vigencia: 2098 }),
  countOpenActs: (trx, f) => grantPages.countOpenActs(trx, f.grantId),
  listOpenPoints: (trx, f) => grantPages.listOpenPoints(trx, f.pointAgencyId),
  listCandidates: (trx, f) =>
    grantPages.listCandidates(trx, { entityId: f.entityId, except: f.personId, search: '', limit: 10 }),
  findCandidate: (trx, f) => grantPages.findCandidate(trx, f.entityId, f.personId),
  findGrant: (trx, f) => grants.findGrant(trx, f.grantId),
  factsOfRequest: async (trx, f) => {
    const asked = { granteeId: f.personId, pointId: f.pointId, form: 'F004', vigencia: 2098 }
    const { hasAccount, isAtWork, isPointOpen, isHeldAlready } = await grants.factsOfRequest(trx, {
      ...{ id: newId(), entityId: f.entityId, agencyId: f.pointAgencyId, personId: f.personId },
      ...{ positionId: f.headPositionId, input: asked as GrantInput },
    })
    return { hasAccount, isAtWork, isPointOpen, isHeldAlready }
  },
  listGrantsAt: (trx, f) => accessGrounds.listGrantsAt(trx, { personId: f.personId, pointId: f.pointId, form: 'F004' }),
  listEveryPoint: (trx, f) => accessGrounds.listEveryPoint(trx, f.entityId),
  listNamed: (trx, f) => accessGrounds.listNamed(trx, { entityId: f.entityId, search: '', limit: 10 }),
  findNamed: (trx, f) => accessGrounds.findNamed(trx, f.entityId, f.personId),
  listLeadPositions: (trx, f) => agencyHeads.listLeadPositions(trx, f.entityId),
  countActiveAccesses: (trx, f) => accessIndicators.countActiveAccesses(trx, f.entityId),
  measureRecertified: async (trx, f) => (await accessIndicators.measureRecertified(trx, f.entityId, 2098)).denominator,
  measureRevocations: async (trx, f) => (await accessIndicators.measureRevocations(trx, f.entityId, 2096)).denominator,
  findEligibility: (trx, f) => grants.findEligibility(trx, f.grantId),
  findAccessList: (trx, f) => accessLists.findAccessList(trx, f.personId, f.accessListId),
  listAccessListRows: (trx, f) => accessLists.listAccessListRows(trx, f.accessListId),
  listRowRequests: (trx, f) => accessLists.listRowRequests(trx, { id: f.accessListId } as accessLists.FoundList),
  isEligible: (trx, f) => grants.isEligible(trx, f.grantId),
  listReaching: (trx, f) => accessEndings.listReaching(trx, f.personId, '2098-06-01'),
  listLeftBehind: (trx, f) =>
    accessEndings.listLeftBehind(trx, {
      ...{ personId: f.personId, agencyId: f.pointAgencyId, day: '2098-06-01', withoutTenure: f.tenureId },
    }),
  listOpenEndings: (trx, f) => accessEndings.listOpenEndings(trx, f.grantId),
  listDueEndings: (trx) => accessEndings.listDueEndings(trx, 50),
  listProbes: (trx, f) => probes.listProbes(trx, f.grantId),
  findFactor: (trx, f) => secondFactors.findFactor(trx, { accountId: f.accountId, secret: f.world.tools.secret }),
  isFactorAsked: (trx, f) => secondFactors.isFactorAsked(trx, f.accountId),
  hasGround: (trx, f) => accessEndings.hasGround(trx, f.grantId),
  areInForce: async (trx, f) => {
    const asked = sql<{ scope: string }>`select scope_of(point_id, form, vigencia) as scope from access_grant
      where id = ${f.captureGrantId}`
    const [grant] = (await asked.execute(trx)).rows
    return grant && (await areInForce(trx, f.personId, [grant.scope]))
  },
  listGrantsInForce: (trx, f) => listGrantsInForce(trx, f.personId),
  findGrantInForce: (trx, f) => findGrantInForce(trx, f.personId, f.captureGrantId),
  listCaptureRecords: (trx, f) => capturePages.listCaptureRecords(trx, delegateOf(f)),
  findRecordPage: (trx, f) => capturePages.findRecordPage(trx, delegateOf(f), f.recordId),
  listConsents: (trx, f) => capturePages.listConsents(trx, f.recordId),
  countCapturedToday: (trx, f) => capturePages.countCapturedToday(trx, f.personId),
  findOpenClaim: (trx, f) => capturePages.findOpenClaim(trx, f.recordId),
  listCaptureCoverage: (trx, f) => listCaptureCoverage(trx, f.entityId, Number(appToday().slice(0, 4))),
  listCapturedSets: (trx, f) => listCapturedSets(trx, f.entityId),
  findCaptureRecord: (trx, f) => captureRecords.findCaptureRecord(trx, f.entityId, f.recordId),
  originOf: (trx, f) => captureRecords.originOf(trx, f.recordId),
  findRecordsOf: (trx, f) => captureRecords.findRecordsOf(trx, f.ring, f.document),
  findCaptureDraft: (trx, f) =>
    captureDrafts.findCaptureDraft(trx, f.ring, { id: f.captureDraftId, personId: f.personId }),
  listCaptureDrafts: (trx, f) => captureDrafts.listCaptureDrafts(trx, f.personId),
  findRights: (trx, f) => rights.findRights(trx, f.rightsId),
  findCompletion: (trx, f) => rightsTexts.findCompletion(trx, f.rightsId),
  findRightsDetail: (trx, f) => rightsTexts.findRightsDetail(trx, f.rightsActId),
  listMovedRights: (trx) => rights.listMovedRights(trx, 50),
  rightsDuties: (trx, f) => rightsNotices.rightsDuties(trx, f.entityId),
  lockDueRightsNotices: (trx, f) => rightsNotices.lockDueRightsNotices(trx, f.rightsId, new Date('2099-01-01')),
  nextRightsNoticeAt: (trx, f) => rightsNotices.nextRightsNoticeAt(trx, f.rightsId),
  toldOfRights: (trx, f) => rightsNotices.toldOfRights(trx, f.entityId, { escalates: false, now: appNow() }),
  listRights: (trx, f) => rightsPages.listRights(trx, { ...ownerOf(f), duty: 'jefatura_ogac' }),
  listWaitingRights: (trx, f) => rightsPages.listWaitingRights(trx, { ...ownerOf(f), duty: 'jefatura_ogac' }, 10),
  findRightsPage: (trx, f) => rightsPages.findRightsPage(trx, f.entityId, f.rightsId),
  findRightsTerm: (trx, f) => rightsPages.findRightsTerm(trx, f.rightsId),
  listRightsSignatures: (trx, f) => rightsPages.listRightsSignatures(trx, f.rightsId),
  countOpenRightsActs: (trx, f) => rightsPages.countOpenRightsActs(trx, f.rightsId),
  findRightsByCode: (trx, f) => rightsPages.findRightsByCode(trx, followCode(f.ring.secret, f.rightsId)),
  findCitizenOf: (trx, f) => rightsEffects.findCitizenOf(trx, f.rightsId),
  listCitizenRecords: async (trx, f) =>
    rightsEffects.listCitizenRecords(trx, (await rightsEffects.findCitizenOf(trx, f.rightsId)) ?? f.rightsId),
  findRightsReceipt: (trx, f) => rightsPages.findRightsReceipt(trx, followCode(f.ring.secret, f.rightsId)),
  listPoints: (trx, f) => servicePoints.listPoints(trx, f.entityId, f.pointAgencyId),
  findCampaign: (trx, f) => campaigns.findCampaign(trx, f.campaignId),
  findStanding: (trx, f) => campaigns.findStanding(trx, f.entityId, 2098),
  countInScope: (trx, f) => reviewScope.countInScope(trx, f.entityId, 2094),
  wasReviewed: (trx, f) => campaigns.wasReviewed(trx, f.entityId, 2096),
  findReviewCalendar: async (trx, f) =>
    [await reviewCalendar.findReviewCalendar(trx, f.entityId)].filter(({ n }) => n > 0),
  listEarlierCalendars: (trx, f) => reviewCalendar.listEarlierCalendars(trx, f.entityId),
  listReviewCalendars: async (trx) => [...(await reviewCalendar.listReviewCalendars(trx)).values()],
  findLastTurn: (trx, f) => reviewCalendar.findLastTurn(trx, f.entityId),
  listAccessHolders: (trx, f) => singleReviews.listAccessHolders(trx, f.entityId, '2094-06-01'),
  listFiledSingles: (trx, f) => singleReviews.listFiledSingles(trx, f.entityId),
  listCampaigns: (trx, f) => campaignPages.listCampaigns(trx, f.entityId),
  findCampaignPage: (trx, f) => campaignPages.findCampaignPage(trx, f.entityId, f.campaignId),
  listReviewLists: (trx, f) => campaignPages.listReviewLists(trx, f.campaignId),
  listProgress: (trx, f) => campaignPages.listProgress(trx, f.campaignId, ['jefatura_ogac']),
  listCases: (trx, f) => campaignPages.listCases(trx, f.campaignId),
  findReviewList: (trx, f) => reviewAnswers.findReviewList(trx, f.reviewListId),
  listReaders: (trx, f) => reviewAnswers.listReaders(trx, f.reviewListId),
  judgedItems: async (trx, f) => [...(await reviewAnswers.judgedItems(trx, f.campaignId, [f.reviewItemId])).values()],
  sinceLastLook: (trx, f) => reviewAnswers.sinceLastLook(trx, f.reviewListId, f.personId),
  countUnanswered: (trx, f) => reviewClosing.countUnanswered(trx, f.campaignId),
  listUnexecuted: (trx, f) => reviewClosing.listUnexecuted(trx, f.campaignId, null),
  listGoingOn: (trx, f) => reviewClosing.listGoingOn(trx, f.campaignId),
  listKeeps: (trx, f) => reviewClosing.listKeeps(trx, f.campaignId),
  countExecuted: (trx, f) => reviewClosing.countExecuted(trx, f.campaignId),
  lockDueListNotices: (trx, f) => reviewNotices.lockDueListNotices(trx, f.reviewListId, new Date('2099-01-01')),
  nextListNoticeAt: (trx, f) => reviewNotices.nextListNoticeAt(trx, f.reviewListId),
  reviewersTold: (trx, f) =>
    reviewNotices.reviewersTold(
      trx,
      { id: f.reviewListId, entityId: f.entityId, campaignId: f.campaignId, agencyId: f.pointAgencyId },
      'reviewer',
      appToday(),
    ),
  listWaitingReviews: (trx, f) =>
    reviewPages.listWaitingReviews(
      trx,
      {
        ...{ entityId: f.entityId, personId: f.signerId, positionId: f.reviewerPositionId, duty: 'dependencia' },
      },
      5,
    ),
  findReviewHead: (trx, f) => reviewPages.findReviewHead(trx, f.entityId, f.reviewListId),
  findGrantReview: (trx, f) => reviewStatements.findGrantReview(trx, f.grantId),
  listCards: (trx, f) => reviewPages.listCards(trx, f.reviewListId),
  findAcceptance: (trx, f) => riskAcceptances.findAcceptance(trx, f.acceptanceId),
  findOpenAcceptance: (trx, f) => riskAcceptances.findOpenAcceptance(trx, f.riskId),
  listMovedAcceptances: (trx) => riskAcceptances.listMovedAcceptances(trx, 5),
  standOf: (trx, f) => riskStandings.standOf(trx, f.riskId),
  nextForRisk: (trx, f) => riskNext.nextForRisk(trx, f.riskId),
  findTreatment: (trx, f) => riskTreatmentPages.findTreatment(trx, f.riskId),
  listPlan: (trx, f) => riskTreatmentPages.listPlan(trx, f.riskId),
  listAcceptances: (trx, f) => riskTreatmentPages.listAcceptances(trx, f.riskId),
  listAcceptanceSignatures: (trx, f) => riskTreatmentPages.listAcceptanceSignatures(trx, f.acceptanceId),
  isAcceptanceUnderway: (trx, f) => riskTreatmentPages.isAcceptanceUnderway(trx, f.acceptanceId),
  findRiskReceipt: (trx, f) => riskTreatmentPages.findRiskReceipt(trx, f.riskReceipt),
  findRiskCode: (trx, f) => risks.findRiskCode(trx, f.entityId, f.riskId),
  findRisk: (trx, f) => risks.findRisk(trx, f.entityId, 'R-901'),
  lastAssessment: (trx, f) => riskStandings.lastAssessment(trx, f.riskId),
  listRatedControls: (trx, f) => riskStandings.listRatedControls(trx, f.riskId),
  listRisks: (trx, f) => riskPages.listRisks(trx, f.entityId),
  listRunsOfEntity: (trx, f) => riskYearLines.listRunsOfEntity(trx, f.entityId),
  listReviewsOfEntity: (trx, f) => riskYearLines.listReviewsOfEntity(trx, f.entityId),
  listEventsOfEntity: (trx, f) => riskYearLines.listEventsOfEntity(trx, f.entityId),
  listReadingsOfEntity: (trx, f) => riskYearLines.listReadingsOfEntity(trx, f.entityId),
  listIndicatorsOfEntity: (trx, f) => riskYearLines.listIndicatorsOfEntity(trx, f.entityId),
  countRunsOfYear: async (trx, f) => [
    await riskYear.countRunsOfYear(trx, f.entityId, NOW_2026),
    await riskYear.countRunsOfYear(trx, f.entityId, { ...NOW_2026, before: '2099-01-01T05:00:00Z' }),
  ],
  listMissedOfYear: (trx, f) => riskYear.listMissedOfYear(trx, f.entityId, NOW_2026),
  countReviewsOfYear: (trx, f) => riskYear.countReviewsOfYear(trx, f.entityId, THIS_YEAR),
  isAskedToOverwrite: (trx, f) => riskFollowUps.isAskedToOverwrite(trx, f.riskId),
  listRisksAt: (trx, f) => risksAt.listRisksAt(trx, f.entityId, { before: null, cursor: null, limit: 10 }),
  listRiskYears: (trx, f) => riskYear.listRiskYears(trx, f.entityId),
  countFindingsOfYear: (trx, f) => riskYear.countFindingsOfYear(trx, f.entityId, THIS_YEAR),
  countActionsOfYear: async (trx, f) => [
    await riskYear.countActionsOfYear(trx, f.entityId, NOW_2026),
    await riskYear.countActionsOfYear(trx, f.entityId, { ...NOW_2026, year: 2027 }),
  ],
  findRiskImport: (trx, f) => riskImports.findRiskImport(trx, f.entityId, f.riskImportId),
  judgeRiskImport: async (trx, f) => {
    const found = await riskImports.findRiskImport(trx, f.entityId, f.riskImportId)
    return found && riskImports.judgeRiskImport(trx, f.entityId, found)
  },
  listRiskImports: (trx, f) => riskImports.listRiskImports(trx, f.entityId),
  listImportedRisks: (trx, f) =>
    importedRisks.listImportedRisks(trx, { entityId: f.entityId, importId: f.riskImportId }),
  findOriginOfRisk: (trx, f) => importedRisks.findOriginOfRisk(trx, f.riskId),
  listTolerated: (trx, f) => riskAppetite.listTolerated(trx, f.entityId),
  listMapRows: (trx, f) => riskMapRows.listMapRows(trx, f.entityId, { cursor: null, limit: 5 }),
  countRising: (trx, f) => riskPages.countRising(trx, f.entityId, { code: 'guia_7', n: 0 }),
  countCells: (trx, f) => riskPages.countCells(trx, f.entityId, { code: 'guia_7', n: 0 }),
  listMethodologiesInUse: (trx, f) => riskPages.listMethodologiesInUse(trx, f.entityId),
  listControls: (trx, f) => riskPages.listControls(trx, f.riskId),
  listAssessments: (trx, f) => riskPages.listAssessments(trx, f.riskId),
  findAssessment: (trx, f) => riskMoves.findAssessment(trx, f.riskId, 1),
  listOverrides: (trx, f) => residualOverrides.listOverrides(trx, f.riskId),
  listMethodologyVersions: (trx, f) => methodologies.listMethodologyVersions(trx, f.entityId),
  listMethodologyChoices: (trx, f) => methodologies.listMethodologyChoices(trx, f.entityId),
  listMethodologyDrafts: (trx, f) => methodologyDrafts.listMethodologyDrafts(trx, f.entityId),
  findMethodologyDraft: (trx, f) => methodologyDrafts.findMethodologyDraft(trx, f.entityId, 'guia_7'),
  // What ships is everybody's: only versions of one's own are of an entity.
  listOffered: async (trx, f) => (await methodologies.listOffered(trx, f.entityId)).filter(({ key }) => key.n > 0),
  listKinds: async (trx, f) => (await methodologyChoices.listKinds(trx, f.entityId)).filter(({ key }) => key.n > 0),
  findKind: async (trx, f) => (await methodologyChoices.findKind(trx, f.entityId, 'gestion'))?.key.n,
  findPositionName: (trx, f) => riskPages.findPositionName(trx, f.positionId),
  listGates: (trx, f) => checkGates.listGates(trx, f.entityId),
  gateObjection: (trx, f) => checkGates.gateObjection(trx, { entityId: f.entityId, cycleId: f.cycleId, stepCode: '7' }),
  examineStanding: (trx, f) => examineStanding(trx, f.entityId, 'risk_without_control'),
  findShowingCheck: (trx, f) => checkShowings.findShowingCheck(trx, f.checkedControlId),
  listCheckShowings: (trx, f) => checkShowings.listCheckShowings(trx, f.checkedControlId),
  listShownBy: (trx, f) => checkShowings.listShownBy(trx, f.entityId, 'backup_restorable'),
  findStandingRound: (trx, f) => checkRuns.findStandingRound(trx, f.entityId),
  listStandingRounds: (trx) => checkRuns.listStandingRounds(trx, 50),
  listLeftOfRound: (trx, f) => checkRuns.listLeftOfRound(trx, f.roundId),
  findLastResult: (trx, f) => checkRuns.findLastResult(trx, f.entityId, 'backup_restorable'),
  findFreshDrill: (trx, f) => checkRuns.findFreshDrill(trx, f.drillRoundId),
  listControlStandings: (trx, f) => checkPages.listControlStandings(trx, f.entityId),
  findProgress: (trx, f) => checkPages.findProgress(trx, f.entityId),
  listAnsweredFor: (trx, f) => differenceExplanations.listAnsweredFor(trx, f.entityId, ['transaction 1']),
  findExplained: (trx, f) =>
    differenceExplanations.findExplained(trx, f.entityId, 'write_without_event', 'transaction 1'),
  listExplained: (trx, f) => differenceExplanations.listExplained(trx, f.entityId, 'write_without_event'),
  listRuns: (trx, f) => checkPages.listRuns(trx, f.entityId, 'backup_restorable'),
  findLastRun: (trx, f) => checkPages.findLastRun(trx, f.entityId, 'backup_restorable'),
  listControlsInRed: (trx, f) => checkPages.listControlsInRed(trx, f.entityId),
  findCadence: (trx, f) => riskReviews.findCadence(trx, f.riskId),
  listReviews: (trx, f) => riskReviews.listReviews(trx, f.riskId),
  listOverdueReviews: (trx, f) => riskReviews.listOverdueReviews(trx, f.entityId),
  reviewsObjection: (trx, f) =>
    riskReviews.reviewsObjection(trx, f.entityId, { stepCode: '7', signatureRole: 'approver' }),
  countRiskEvents: (trx, f) => riskEvents.countRiskEvents(trx, f.riskId),
  listRiskEvents: (trx, f) => riskEvents.listRiskEvents(trx, f.riskId),
  findIndicator: (trx, f) => riskIndicators.findIndicator(trx, f.entityId, 'I-901'),
  listMeasurements: (trx, f) => riskIndicators.listMeasurements(trx, f.indicatorId),
  listControlIncidents: (trx, f) => riskEvents.listControlIncidents(trx, f.entityId),
  listEarlierSheets: (trx, f) => indicatorVersions.listEarlierSheets(trx, f.indicatorId),
  listIndicators: (trx, f) => riskIndicators.listIndicators(trx, f.riskId),
  listRiskFollowUps: (trx, f) => followUps.listRiskFollowUps(trx, f.entityId),
  findFinding: (trx, f) => findingPages.findFinding(trx, f.entityId, 'H-2026-901'),
  listFindings: (trx, f) => findingPages.listFindings(trx, f.entityId),
  findHeldFinding: (trx, f) => findingPlans.findHeldFinding(trx, f.entityId, 'H-2026-901'),
  listPlannedActions: (trx, f) => findingPlans.listPlannedActions(trx, f.foundId),
  listAnalyses: (trx, f) => findingPlans.listAnalyses(trx, f.foundId),
  isAnalysed: (trx, f) =>
    findingPlans.isAnalysed(trx, f.foundId, { formKey: f.analysisId, method: 'list', steps: ['x'], root: 'x' }),
  listFollowUps: (trx, f) =>
    followUps.listFollowUps(
      trx,
      { entityId: f.entityId, positionId: f.positionId, duty: DUTY },
      { until: '2098-01-01' },
    ),
  listMovedFollowUps: (trx) => followUps.listMovedFollowUps(trx, 50),
  lockFollowUp: (trx, f) => followUpTellings.lockFollowUp(trx, f.followUpId),
  lockDueFollowUpNotices: (trx, f) =>
    followUpTellings.lockDueFollowUpNotices(trx, f.followUpId, new Date('2098-01-01')),
  nextFollowUpNoticeAt: (trx, f) => followUpTellings.nextFollowUpNoticeAt(trx, f.followUpId),
  requireControl: (trx, f) => runControls.requireControl(trx, f.controlId),
  findControl: (trx, f) => runControls.findControl(trx, f.entityId, { risk: 'R-901', control: 'C-901' }),
  listControlsToSchedule: (trx) => runControls.listControlsToSchedule(trx),
  listHappened: (trx) => controlRuns.listHappened(trx),
  listMovedReviews: async (trx, f) =>
    movedReviews.listMovedReviews(trx, f.entityId, '2026-02-01', await terms.entityCalendar(trx, f.entityId)),
  listMovedRunTerms: async (trx, f) =>
    movedRuns.listMovedRunTerms(trx, f.entityId, '2098-02-05', await terms.entityCalendar(trx, f.entityId)),
  findRun: (trx, f) => controlRuns.findRun(trx, f.runId),
  findRunId: (trx, f) => controlRuns.findRunId(trx, f.controlId, '2026-01-01'),
  listRunHands: (trx, f) => controlRuns.listRunHands(trx, f.runId),
  listMovedRuns: (trx) => controlRuns.listMovedRuns(trx, 50),
  readEvidence: async (trx, f) => {
    const { state } = await controlStandings.readEvidence(trx, f.controlId, appToday())
    return state === 'never' ? null : state
  },
  listExpired: (trx, f) => controlStandings.listExpired(trx, f.entityId, '2098-01-01'),
  lockDueRunNotices: (trx, f) => controlNotices.lockDueRunNotices(trx, f.runId, new Date('2099-01-01')),
  nextRunNoticeAt: (trx, f) => controlNotices.nextRunNoticeAt(trx, f.runId),
  holdersOfPost: (trx, f) => controlNotices.holdersOfPost(trx, f, appNow()),
  headsOfPost: (trx, f) => controlNotices.headsOfPost(trx, f, appNow()),
  checkersOf: (trx, f) =>
    controlNotices.checkersOf(trx, { state: { hands: [] }, control: f } as unknown as controlRuns.LoadedRun),
  listCheckingPositions: (trx, f) => runCheckers.listCheckingPositions(trx, f.entityId),
  listCheckersOf: (trx, f) =>
    runCheckers.listCheckersOf(trx, { state: { hands: [] }, control: f } as unknown as controlRuns.LoadedRun),
  loadRunRow: async (trx, f) =>
    (await runCheckers.loadRunRow(trx, { state: { hands: [] }, control: f } as unknown as controlRuns.LoadedRun))
      .checkers,
  findEvidence: (trx, f) => controlEvidence.findEvidence(trx, f.entityId, f.runEvidenceId),
  findEvidenceFile: (trx, f) => controlEvidence.findEvidenceFile(trx, f.entityId, f.runEvidenceId),
  listOfferedEvidence: (trx, f) =>
    controlEvidence.listOfferedEvidence(trx, f.entityId, {
      period: { start: '2026-01-01', end: '2026-01-31' },
      today: '2026-02-01',
    }),
  listControlRuns: (trx, f) => controlPages.listControlRuns(trx, f.controlId),
  listRunsOfYear: (trx, f) => controlPages.listRunsOfYear(trx, f.controlId, 2026),
  listRunActs: (trx, f) => controlPages.listRunActs(trx, f.runId),
  listShownEvidence: (trx, f) => controlPages.listShownEvidence(trx, { controlId: f.controlId }),
  isPaused: (trx, f) => resumptions.isPaused(trx, f.controlId, { from: '2025-01-01', until: '2025-01-01' }),
  listPauseDays: (trx, f) => resumptions.listPauseDays(trx, f.controlId),
  listPauses: (trx, f) => controlPages.listPauses(trx, f.controlId),
  findStandingOf: async (trx, f) => (await controlPages.findStandingOf(trx, f.controlId)).until,
  listWaitingRuns: (trx, f) => controlWaiting.listWaitingRuns(trx, { ...f, duty: 'x' }, '2026-01-10', 10),
  listOpenAlerts: (trx, f) => controlWaiting.listOpenAlerts(trx, f.entityId, { risk: 'R-901' }, 10),
  listStandingPositions: (trx, f) => findings.listStandingPositions(trx, f.entityId),
  listActions: (trx, f) => improvementPages.listActions(trx, f.entityId),
  listActionAgencies: (trx, f) => improvementPages.listActionAgencies(trx, f.entityId),
  listDueActions: (trx, f) => improvementPages.listDueActions(trx, ownerOf(f), '2098-01-01'),
  findAction: (trx, f) => improvementPages.findAction(trx, f.entityId, 'AM-2026-001'),
  listEntries: (trx, f) => improvementPages.listEntries(trx, f.actionId),
  lockActionToTell: (trx, f) => tellings.lockActionToTell(trx, f.actionId),
  lockDueActionNotices: (trx, f) => tellings.lockDueActionNotices(trx, f.actionId, new Date('2098-01-01')),
  nextActionNoticeAt: (trx, f) => tellings.nextActionNoticeAt(trx, f.actionId),
  addresseesOf: (trx, f) =>
    addresseesOf(
      trx,
      { duty: 'jefatura_ogac', positionId: null, agencyId: null, barred: [], work: 'elaboration' },
      { entityId: f.entityId, escalates: false, now: appNow() },
    ),
  findMapFile: (trx, f) => divisionMaps.findMapFile(trx, f.entityId, f.mapFileId),
  listWaitingMapFiles: (trx, f) => divisionMaps.listWaitingMapFiles(trx, f.entityId),
  listOfferedMaps: (trx, f) => divisionMaps.listOfferedMaps(trx, f.entityId),
  listMaps: (trx, f) => divisionMaps.listMaps(trx, f.entityId),
  findMap: (trx, f) => divisionMaps.findMap(trx, f.entityId, f.mapId),
  findMapsByHash: (trx, f) => divisionMaps.findMapsByHash(trx, f.entityId, [f.mapHash]),
  findCoverageGrounds: (trx, f) => findCoverageGrounds(trx, f.cycleId),
  listComments: (trx, f) => comments.listComments(trx, f.stepId),
  findStepVersion: (trx, f) => stepVersions.findStepVersion(trx, f.cycleId, f.versionId),
  listStepVersions: (trx, f) => stepVersions.listStepVersions(trx, f.stepIds['6'] ?? ''),
  findVersionHash: (trx, f) => stepVersions.findVersionHash(trx, f.cycleId, f.versionId),
  findApprovedVersion: (trx, f) => stepVersions.findApprovedVersion(trx, f.cycleId, '6'),
  findLastReturn: (trx, f) => stepPages.findLastReturn(trx, f.stepId),
  listObservations: (trx, f) => stepPages.listObservations(trx, f.ids.returned),
  findOpenReopening: (trx, f) => stepPages.findOpenReopening(trx, f.cycleId, '2'),
  countSystem: (trx, f) => systemState.countSystem(trx, f.entityId),
  listIncidents: (trx, f) => incidents.listIncidents(trx, f.entityId, { isClosed: false }),
  findIncident: (trx, f) => incidents.findIncident(trx, f.entityId, f.incidentId),
  findTenure: (trx, f) => tenureChanges.findTenure(trx, f.entityId, f.tenureId),
  listTenures: (trx, f) => tenureChanges.listTenures(trx, f.entityId),
  findPositionGrounds: (trx, f) => findPositionGrounds(trx, f),
  findLiveTenure: (trx, f) => findLiveTenure(trx, f),
  entityCalendar: (trx, f) => terms.entityCalendar(trx, f.entityId),
  nextNoticeAt: (trx, f) => terms.nextNoticeAt(trx, f.cycleId),
  listMoments: (trx, f) => moments.listMoments(trx, f.cycleId),
  listWorkflowIds: (trx, f) => timeline.listWorkflowIds(trx, { kind: 'cycle', id: f.cycleId }),
  findMoment: (trx, f) => moments.findMoment(trx, f.cycleId, f.ids.opened),
  listStepsAt: (trx, f) => moments.listStepsAt(trx, f.cycleId, { id: f.ids.opened }),
  listTimeline: (trx, f) => timeline.listTimeline(trx, { kind: 'cycle', id: f.cycleId }),
  listStepTurns: (trx, f) => listStepTurns(trx, f.cycleId),
  listWaysBack: (trx, f) => listWaysBack(trx, f.cycleId),
  listRanTerms: async (trx, f) =>
    (await ranTerms.listRanTerms(trx, { entityId: f.entityId, kind: 'cycle', id: f.cycleId })).rows,
  listSentNotices: async (trx, f) =>
    (await sentNotices.listSentNotices(trx, { entityId: f.entityId, kind: 'cycle', id: f.cycleId, path: '/' })).rows,
  findTimelineChoices: async (trx, f) =>
    Object.values(await timeline.findTimelineChoices(trx, { kind: 'cycle', id: f.cycleId })).flat(),
  listAdministrationActors: (trx, f) => timeline.listAdministrationActors(trx, f.entityId, EVERY_TYPE),
  listObjectEvents: (trx, f) => timeline.listObjectEvents(trx, f.connection.id, 5),
  listAdministrationEvents: (trx, f) => timeline.listAdministrationEvents(trx, f.entityId),
}

/** Queries that ask nothing of an entity, each with why. */
const OF_NO_ENTITY: Record<string, string> = {
  recordedUntil: 'the clock of the database',
  listEntityIds: 'names every entity to the sealer; under the web role it names the own one alone',
  placesBefore: 'a number of events, none where the log is another’s',
  listEventsOf: 'events of a scope that its callers say, all of them here',
  sealEvents: 'a change: what the sealer’s role alone may do',
  keepCheckpoint: 'a change: what the sealer’s role alone may do',
  keepLogKey: 'the same',
  storedRange: 'a hash of the leaves that findSealedEvent shows; throws where there are none',
  storedRanges: 'the same hashes, many of them',
  provenEvent: 'the event that findSealedEvent finds, with its way to the root; throws where there is none',
  findSealedAs: 'what the own request recorded, found by the number it carries',
  growthOf: 'the same hashes, along the way between two roots; throws where there are none',
  keepSubtrees: 'a change: what the sealer’s role alone may do',
  pathOf: 'the same hashes, along the way to the root',
  storedTree: 'the same hashes, of the tree so far',
  listCalendarsKept: 'names every entity to the worker; under the web role it names the own one alone',
  listUnread: 'asked by the worker alone, of one entity that it names (test/workflows/history-differs.test.ts)',
  listFront: 'the public front page names every entity; under the web role it names the own one alone',
  findTemplateOf: 'the template of the own cycle or entity, or the product’s look where it has none',
  findDress: 'the same with its shield',
  findFrozenDress: 'works on what was already read',
  findDemonstration: 'the state of the installation',
  findActBehind: 'the events that findBeginning and findTurning find, of an answer that was already read',
  findTurning: 'the same events as findBeginning, of one status',
  findRulesAt: 'the rules of the product, which are every entity’s',
  waitsAfter: 'a condition on events that its callers name',
  findImport: 'the coming of the own entity, which came from nowhere else here (test/scripts/entity-archive.test.ts)',
  holdsDemonstration: 'the installation, asked as the owner before it starts',
  answersAtAll: 'no table',
  listNumberedEntities: 'the public names of every entity; under the web role it names the own one alone',
  listAskedEntities: 'the public form names every entity; under the web role it names the own one alone',
  listAppliedMigrations: 'the state of the installation',
  listConnected: 'which parts of the installation are connected, by the names the caller gives',
  isSetupLinkOpen: 'the installation before it has an entity',
  requireLiveTenure: 'throws where findLiveTenure finds nothing',
  requireContent: 'throws where findEliminated finds something',
  requireKept: 'throws where findTombstone finds something',
  requireDisposable: 'a guard of a change: reads the own cycle by listEndedCycles and listInventory',
  requireStanding: 'throws for a position that listStandingPositions does not name',
  isMeasured: 'a guard of a change: whether its own form was taken before',
  findPlanned: 'a guard of a change: what the same form made, found by the key it carries',
  nextNumber: 'a number that only becomes part of the own code of a risk or control',
  countOrphans: 'a count of the own entity that is none where nothing is amiss (test/db/handover.test.ts)',
  objectionToAbsence: 'a guard of a change: what it asks is asked by factsOfPlan',
  isLastAdministrator: 'a guard of a change: yes or no about the own entity',
  countRefused: 'a number that only becomes part of the own act’s id',
  decisionOf: 'works on an act that was already read',
  loadMethodology: 'the version that an assessment names which was already read',
  requireChosen: 'a guard of a change: yes or no about the own entity',
  evidenceHash: 'a hash over the cases of a campaign that was already read',
  parcelOf: 'works on an act that was already read',
  nextReopeningId: 'an id made from a cycle that was already read',
}

/** Functions that change something begin with one of these; the rest are queries. */
const CHANGES =
  /^(act|add|adopt|begin|cancel|change|choose|claim|close|confirm|copy|create|delete|detach|discard|draw|drop|end|explain|fail|follow|freeze|hand|hold|insert|install|link|ask|make|mark|move|note|open|order|overwrite|leave|pause|plan|prepare|propose|publish|record|refuse|reassess|register|release|remove|renew|request|reset|resume|retire|revise|rewind|save|settle|share|spend|start|stop|store|sync|take|tell|withdraw|write)(?=[A-Z]|$)/

function queriesInTheFiles(): string[] {
  const folder = fileURLToPath(new URL('../../db', import.meta.url))
  const names = readdirSync(folder).flatMap((file) => {
    if (!file.endsWith('.ts')) return []
    const text = readFileSync(join(folder, file), 'utf8')
    return [...text.matchAll(/export (?:async )?function (\w+)(?:<[^>]*>)?\(\s*trx: Trx\b/g)].map(
      (found) => found[1] ?? '',
    )
  })
  return names.filter((name) => !CHANGES.test(name) || name === 'releaseInputHashes')
}

/** Nothing of anybody: no row, no name, no count. */
function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === 0 || value === false || value === '') return true
  if (value instanceof Date || typeof value !== 'object') return false
  return Object.values(value).every(isEmpty)
}

/** The answer, or nothing where the query throws because there is no row. */
async function answer(ask: Ask, trx: Trx, other: Foreign): Promise<unknown> {
  try {
    return await ask(trx, other)
  } catch (error) {
    if (['no result', 'not_visible'].includes((error as Error).message)) return undefined
    throw error
  }
}

let other: Foreign
beforeAll(async () => {
  other = await foreignRows()
}, 180_000)
afterAll(() => other?.world.close())

describe('a query that forgot its filter, asked from another municipality', () => {
  for (const [name, ask] of Object.entries(QUERIES)) {
    it(`${name} answers nothing, while at home it answers something`, async () => {
      const { web } = other.world
      const at = (entityId: string) =>
        withActor(web, { entityId, personId: other.personId }, (trx) => answer(ask, trx, other))
      expect(isEmpty(await at(demoEntityId('cali')))).toBe(true)
      if (
        ![
          'decidedFacts',
          'findEarlierCycle',
          'findUnissuedReport',
          'findHeldOf',
          'listHeldReleases',
          'listUnadopted',
          'listCorrespondences',
          'listUnfollowed',
          'listCorrectionsToSign',
          'listMovedSummaries',
          'findCitizenAddress',
          'listMovedTerms',
          'previewCalendarDay',
          'previewCalendarRemoval',
        ].includes(name)
      )
        expect(isEmpty(await at(other.entityId)), `${name} at home`).toBe(false)
    })
  }

  it('where one file came to two municipalities, the readings of each are its own, whoever asks', async () => {
    const { owner } = other.world
    const of = (entityId: string) =>
      withEntity(owner, other.entityId, (trx) => rewrites.listReadings(trx, entityId, [other.capturedFile]))
    expect(await of(demoEntityId('cali'))).toEqual([])
    expect(await of(other.entityId)).not.toEqual([])
  })

  it('what stands for a snapshot since an erasure is named by whoever names the snapshot, of any municipality', async () => {
    const { owner, snapshotHash } = other.world
    const file = { store: 'snapshots', sha256: 'a'.repeat(64) } as const
    const undone = withEntity(owner, other.entityId, async (trx) => {
      const own = await trx.selectFrom('source_import').select('id').where('entity_id', '=', other.entityId).execute()
      const by = { entityId: other.entityId, besides: own.map(({ id }) => id) }
      const isNamed = async (everywhere: boolean) => (await listNamedFiles(trx, [file], { ...by, everywhere }))(file)
      expect(await isFileNamed(trx, other.entityId, file)).toBe(true)
      expect(await isNamed(true)).toBe(false)
      // The same file came to another one.
      const cali = demoEntityId('cali')
      await sql`with brought as (insert into source_import select (jsonb_populate_record(i,
          jsonb_build_object('id', gen_random_uuid(), 'entity_id', ${cali}::text))).* from source_import i
          where snapshot_hash = ${snapshotHash} limit 1 returning id, source_id)
        insert into snapshot (hash, entity_id, source_id, import_id, rows, bytes, columns, mapping)
        select ${snapshotHash}, ${cali}, source_id, id, 1, 1, '[]', '[]' from brought`.execute(trx)
      expect([await isNamed(true), await isNamed(false)]).toEqual([true, false])
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
  })

  it('counts every query there is', () => {
    const named = [...Object.keys(QUERIES), ...Object.keys(OF_NO_ENTITY)]
    expect(queriesInTheFiles().filter((name) => !named.includes(name))).toEqual([])
    expect(named.filter((name) => !queriesInTheFiles().includes(name))).toEqual([])
  })
})

describe('a hand behind a substitute, on the same rows', () => {
  it('is refused by every guard of the database, and a substitute of nobody is not', async () => {
    const answers = await tryGuards(other)
    expect(answers.map(({ name, forHand }) => [name, forHand])).toEqual(answers.map(({ name }) => [name, 'CZ001']))
    expect(answers.filter(({ forNobody }) => forNobody === 'CZ001')).toEqual([])
    expect(answers).toHaveLength(5)
  })
})
