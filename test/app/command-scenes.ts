/** One scene for each command: how it goes through, and how it is refused. */

import * as calendar from '../../app/commands/administer-calendar.server.ts'
import * as entity from '../../app/commands/administer-entity.server.ts'
import * as people from '../../app/commands/administer-people.server.ts'
import * as points from '../../app/commands/administer-points.server.ts'
import * as posts from '../../app/commands/administer-posts.server.ts'
import * as tenures from '../../app/commands/administer-tenures.server.ts'
import { acceptProposal, declineProposal, withdrawProposal } from '../../app/commands/answer-proposal.server.ts'
import { answerReview } from '../../app/commands/answer-review.server.ts'
import { answerSummary, confirmReading } from '../../app/commands/answer-summary.server.ts'
import { askAccessList } from '../../app/commands/ask-access-list.server.ts'
import { assignSection, finishSection } from '../../app/commands/assign-section.server.ts'
import { attachFile, removeFile } from '../../app/commands/attach-file.server.ts'
import { attachSource } from '../../app/commands/attach-source.server.ts'
import { bringDraftOver } from '../../app/commands/bring-draft-over.server.ts'
import { cancelAbsence } from '../../app/commands/cancel-absence.server.ts'
import { cancelCycle } from '../../app/commands/cancel-cycle.server.ts'
import { cancelImport } from '../../app/commands/cancel-import.server.ts'
import * as changes from '../../app/commands/change-comment.server.ts'
import { setReviewCalendar } from '../../app/commands/change-review-calendar.server.ts'
import { changeSegment } from '../../app/commands/change-segment.server.ts'
import { changeSource } from '../../app/commands/change-source.server.ts'
import { checkAction } from '../../app/commands/check-action.server.ts'
import { chooseTemplate } from '../../app/commands/choose-template.server.ts'
import { claimTask, releaseTask } from '../../app/commands/claim-task.server.ts'
import { closeAction } from '../../app/commands/close-action.server.ts'
import { closeCampaign } from '../../app/commands/close-campaign.server.ts'
import { completeRights, registerCompletion } from '../../app/commands/complete-rights.server.ts'
import { continueSource } from '../../app/commands/continue-source.server.ts'
import { copyRecords } from '../../app/commands/copy-rights.server.ts'
import { correctRejects } from '../../app/commands/correct-rejects.server.ts'
import * as correcting from '../../app/commands/correct-release.server.ts'
import { decideAccess } from '../../app/commands/decide-access.server.ts'
import { decideCrosswalk } from '../../app/commands/decide-crosswalk.server.ts'
import { decideRights } from '../../app/commands/decide-rights.server.ts'
import { decideStep } from '../../app/commands/decide-step.server.ts'
import { decideSteps } from '../../app/commands/decide-steps.server.ts'
import { detachSource } from '../../app/commands/detach-source.server.ts'
import { exportList } from '../../app/commands/export-list.server.ts'
import * as fetching from '../../app/commands/fetch-source.server.ts'
import { fileRights } from '../../app/commands/file-rights.server.ts'
import { followRights } from '../../app/commands/follow-rights.server.ts'
import { installEntity } from '../../app/commands/install-entity.server.ts'
import * as keeping from '../../app/commands/keep-connections.server.ts'
import { keepMap } from '../../app/commands/keep-map.server.ts'
import * as templates from '../../app/commands/keep-template.server.ts'
import * as views from '../../app/commands/keep-views.server.ts'
import * as outside from '../../app/commands/look-outside.server.ts'
import { mailReceipt } from '../../app/commands/mail-receipt.server.ts'
import { openCampaign } from '../../app/commands/open-campaign.server.ts'
import { openRights } from '../../app/commands/open-rights.server.ts'
import { planAbsence } from '../../app/commands/plan-absence.server.ts'
import * as preparing from '../../app/commands/prepare-release.server.ts'
import { proposeChange } from '../../app/commands/propose-change.server.ts'
import { proposeCrosswalk } from '../../app/commands/propose-crosswalk.server.ts'
import { readFileAs } from '../../app/commands/read-file-as.server.ts'
import { readTemplate } from '../../app/commands/read-template.server.ts'
import { receiveAccessList } from '../../app/commands/receive-access-list.server.ts'
import { receiveMap } from '../../app/commands/receive-map.server.ts'
import { recordAttendance } from '../../app/commands/record-attendance.server.ts'
import { recordTicket } from '../../app/commands/record-ticket.server.ts'
import { remindAgency } from '../../app/commands/remind-agency.server.ts'
import { answerReopening, askToReopen } from '../../app/commands/reopen-step.server.ts'
import { reportAction } from '../../app/commands/report-action.server.ts'
import { requestAccess } from '../../app/commands/request-access.server.ts'
import { requestImport } from '../../app/commands/request-import.server.ts'
import { resolveIncident } from '../../app/commands/resolve-incident.server.ts'
import { restartImport } from '../../app/commands/restart-import.server.ts'
import { revealColumn } from '../../app/commands/reveal-column.server.ts'
import { saveDraft } from '../../app/commands/save-draft.server.ts'
import { saveSection, sectionBase } from '../../app/commands/save-section.server.ts'
import { saveFigure, saveSegment } from '../../app/commands/save-to-analysis.server.ts'
import { scheduleRelease } from '../../app/commands/schedule-release.server.ts'
import { seeMention } from '../../app/commands/see-mention.server.ts'
import { startCycle } from '../../app/commands/start-cycle.server.ts'
import { stateAboutReview } from '../../app/commands/state-about-review.server.ts'
import { submitStep, withdrawStep } from '../../app/commands/submit-step.server.ts'
import { tryConnection } from '../../app/commands/try-connection.server.ts'
import { uploadFile } from '../../app/commands/upload-file.server.ts'
import { verifyAction } from '../../app/commands/verify-action.server.ts'
import { withdrawMap } from '../../app/commands/withdraw-map.server.ts'
import { withdrawRelease } from '../../app/commands/withdraw-release.server.ts'
import { writeComment } from '../../app/commands/write-comment.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { completeAnswers } from '../../catalog/demo/answers.ts'
import { CATALOG_VARIABLES } from '../../catalog/variables.ts'
import { findStanding } from '../../db/campaigns.ts'
import { withActor, withEntity } from '../../db/client.ts'
import { appNow, appToday } from '../../db/clock.ts'
import { findOpenCorrection, findReleaseAnswers } from '../../db/corrections.ts'
import { linkSubject } from '../../db/directory-links.ts'
import { storeFile } from '../../db/files.ts'
import { findGrant } from '../../db/grants.ts'
import { newId } from '../../db/ids.ts'
import { listInbox } from '../../db/inbox.ts'
import { listIncidents, openIncident } from '../../db/incidents.ts'
import { findApprovedReleaseOf } from '../../db/release-pages.ts'
import { listTemplateVersions } from '../../db/report-templates.ts'
import { findReviewCalendar } from '../../db/review-calendar.ts'
import { findRights } from '../../db/rights.ts'
import { listSavedViews } from '../../db/saved-views.ts'
import { beginFactor } from '../../db/second-factors.ts'
import { listSources } from '../../db/sources.ts'
import { findStepContext } from '../../db/step-context.ts'
import { findSummary } from '../../db/summaries.ts'
import { findVariable } from '../../db/variables.ts'
import { renderReportDocx } from '../../documents/report-docx.ts'
import { sampleReport } from '../../documents/sample-report.ts'
import { addDays } from '../../domain/civil-dates.ts'
import { stepOf } from '../../domain/cycle-state.ts'
import type { EventType } from '../../domain/events.ts'
import { type Answers, answerText, type Row, rowsOf } from '../../domain/forms.ts'
import type { GrantVerdict } from '../../domain/grants.ts'
import type { StepCode } from '../../domain/procedures.ts'
import type { RefusalCode } from '../../domain/refusals.ts'
import { DEFAULT_LOOK, lookFields } from '../../domain/report-look.ts'
import { USUAL_CALENDAR } from '../../domain/review-calendar.ts'
import { docFromPlain, storedRich } from '../../domain/rich-text.ts'
import type { RightsVerdict } from '../../domain/rights.ts'
import { sayOfAccess } from '../../scripts/demonstration/access.ts'
import * as acts from '../../scripts/demonstration/acts.ts'
import { sayOfRights } from '../../scripts/demonstration/rights.ts'
import { eventually } from '../../scripts/processes.ts'
import { accessListRequest } from '../support/access-lists.ts'
import { insertAccessInForce, insertCitizen } from '../support/citizens.ts'
import { mapRequest, oneDivision } from '../support/maps.ts'
import { shortened } from '../support/naughty.ts'
import { webServer } from '../support/outside.ts'
import { onePixel } from '../support/shields.ts'
import { ask, attach, importRow, mappingOf, upload } from '../support/sources.ts'
import { complete } from '../support/world.ts'
import { AUDIT_SCENES } from './audit-scenes.ts'
import { CAPTURE_SCENES } from './capture-scenes.ts'
import { COLLECTOR_SCENES } from './collector-scenes.ts'
import { LIVED_TO, NAMED, type Scene, type Stage, savedId, settled, TYPED, untilOpen } from './command-stage.ts'
import { CONTROL_SCENES } from './control-scenes.ts'
import { DISPOSAL_SCENES } from './disposal-scenes.ts'
import { METHODOLOGY_SCENES } from './methodology-scenes.ts'
import { PLAN_SCENES } from './plan-scenes.ts'
import { RISK_FOLLOW_SCENES } from './risk-follow-scenes.ts'
import { RISK_SCENES } from './risk-scenes.ts'

const SIG = 'profesional_sig'
const AUTHOR = 'profesional_ogac'
const HEAD = 'jefatura_ogac'
const TIC = 'profesional_tic'
const ADMIN = 'administracion'
const SAMPLE = { entity: 'Alcaldía', vigencia: 2026, look: DEFAULT_LOOK, shield: null }

/** The same play by somebody who may and by somebody who may not. */
function both(
  events: EventType[],
  who: string,
  barred: [string, RefusalCode],
  goes: (stage: Stage, actor: Actor) => Promise<(context: AppContext) => Promise<unknown>>,
): Scene {
  const by = (duty: string) => async (stage: Stage) => goes(stage, await stage.actor(duty))
  return { events, goes: by(who), refused: { code: barred[1], goes: by(barred[0]) } }
}

const administered = (
  events: EventType[],
  goes: (stage: Stage, admin: Actor) => Promise<(context: AppContext, actor: Actor) => Promise<unknown>>,
): Scene =>
  both(events, ADMIN, [SIG, 'no_right'], async (stage, actor) => {
    const act = await goes(stage, await stage.actor(ADMIN))
    return (context) => act(context, actor)
  })

/** A request by the head of an organismo for its clerk, at a point made for it: the same access is asked for once. */
async function requestOf(stage: Stage, days = thisVigencia()) {
  const [admin, head, clerk] = await Promise.all([ADMIN, 'dependencia', 'atencion'].map((duty) => stage.actor(duty)))
  const { agencyId } = (head as Actor).position
  const point = { agencyId, name: `Punto ${newId()}`, kind: 'punto', address: '' }
  const pointId = savedId(await points.registerPoint(stage.on(), admin as Actor, point))
  const today = appToday()
  return {
    ...{ ...days, formKey: newId(), granteeId: (clerk as Actor).personId, pointId, form: 'F004' },
    ...{ radicado: '202641730100001504', radicadoOn: today, reason: TYPED.text },
  }
}

const thisVigencia = () => ({ startsOn: appToday(), endsOn: `${appToday().slice(0, 4)}-12-31` })
/** A vigencia for which nobody has accepted the commitment yet. */
const nextVigencia = () => {
  const year = Number(appToday().slice(0, 4)) + 1
  return { startsOn: `${year}-01-01`, endsOn: `${year}-12-31` }
}

/** The verdicts that bring a request to where the next one can be said, after the first acceptance of the vigencia too. */
const BEFORE: Record<GrantVerdict, GrantVerdict[]> = {
  ...{ accept: [], decline: [], withdraw: [], deny: ['accept'], grant: ['accept'], revoke: ['accept', 'grant'] },
}

function saidOfAccess(verdict: GrantVerdict, event: EventType, who: string, barred: [string, RefusalCode]): Scene {
  return both([event], who, barred, async (stage, actor) => {
    const days = verdict === 'accept' ? nextVigencia() : thisVigencia()
    const asked = await requestAccess(stage.on(), await stage.actor('dependencia'), await requestOf(stage, days))
    if (!asked.ok) throw new Error(JSON.stringify(asked.errors))
    const { grantId } = asked
    const grant = () => withEntity(stage.world.owner, stage.entityId, (trx) => findGrant(trx, grantId))
    for (const earlier of BEFORE[verdict])
      if (earlier !== 'accept' || (await grant())?.state.status === 'asked')
        await sayOfAccess(stage.on(), stage.entityId, { grantId, verdict: earlier })
    const contentHash = (await grant())?.state.contentHash ?? ''
    const cause = verdict === 'revoke' ? 'transfer' : null
    return (context) =>
      decideAccess(context, actor, { grantId, contentHash, verdict, cause, reason: TYPED.text, accepted: 'si' })
  })
}

/** Profesional TIC away on days nobody has planned yet. */
let absent = 0
async function absenceOf(stage: Stage) {
  const [holder, deputy] = await Promise.all([TIC, 'direccion_tic'].map((duty) => stage.actor(duty)))
  absent += 1
  const from = addDays(appToday(), 30 + absent)
  return {
    ...{
      formKey: newId(),
      personId: (holder as Actor).personId,
      positionId: (holder as Actor).position.id,
      from,
      to: from,
    },
    ...{ reason: 'permission', actReference: NAMED, all: (deputy as Actor).personId },
  }
}

/** A request of a citizen, filed as the public form does; `done`: what was decided on it before. */
async function rightsOf(stage: Stage, done: RightsVerdict[] = [], aim = 'correction') {
  const filed = await fileRights(stage.on(), null, typedRights(stage, aim))
  if (!filed.ok) throw new Error(JSON.stringify(filed.errors))
  const load = () => withEntity(stage.world.owner, stage.entityId, (trx) => findRights(trx, filed.id))
  await eventually(async () => {
    if ((await load())?.state.status !== 'received') throw new Error('not received')
  }, 30)
  for (const verdict of done) await sayOfRights(stage.on(), stage.entityId, { id: filed.id, verdict })
  const contentHash = (await load())?.state.contentHash ?? ''
  return { ...filed, contentHash, place: { id: filed.id, entityId: stage.entityId, code: filed.code } }
}

/** The citizen of the requests has a record, captured by the clerk. */
async function recordCitizen(stage: Stage) {
  const { personId, position } = await stage.actor('atencion')
  const by = { personId, positionId: position.id }
  const ring = { secret: stage.on().config.APP_SECRET, entityId: stage.entityId }
  await withEntity(stage.world.owner, stage.entityId, async (trx) => {
    const grant = await insertAccessInForce(trx, stage.entityId, by)
    await insertCitizen(trx, ring, { grant, by, number: TYPED.document })
  })
}

const typedRights = (stage: Stage, aim = 'correction') => ({
  ...{ formKey: newId(), entityId: stage.entityId, aim, quality: 'holder', holderName: TYPED.person },
  ...{
    holderDocumentType: 'CC',
    holderDocument: TYPED.document,
    email: TYPED.email,
    phone: '3000000001',
    address: TYPED.text,
  },
  facts: TYPED.text,
})

function saidOfRights(verdict: RightsVerdict, event: EventType, done: RightsVerdict[] = []): Scene {
  return both([event], AUTHOR, [SIG, 'not_visible'], async (stage, actor) => {
    const { id, contentHash } = await rightsOf(stage, done, verdict === 'attend' ? 'access' : 'correction')
    const method = verdict === 'identify' ? 'document_shown' : null
    const denial = verdict === 'deny' ? 'unfounded' : null
    const delivery = verdict === 'attend' || verdict === 'deny' ? 'post' : null
    const said = { method, denial, delivery, text: TYPED.text } as const
    return (context) =>
      decideRights(context, actor, { requestId: id, verdict, contentHash, ...said, purposes: [], corrections: [] })
  })
}

/** An access of this vigencia that was granted for it alone. */
async function accessToReview(stage: Stage): Promise<void> {
  const head = await stage.actor('dependencia')
  const asked = await requestAccess(stage.on(), head, await requestOf(stage))
  if (!asked.ok) throw new Error(JSON.stringify(asked.errors))
  const { grantId } = asked
  const read = () => withEntity(stage.world.owner, stage.entityId, (trx) => findGrant(trx, grantId))
  if ((await read())?.state.status === 'asked')
    await sayOfAccess(stage.on(), stage.entityId, { grantId, verdict: 'accept' })
  await sayOfAccess(stage.on(), stage.entityId, { grantId, verdict: 'grant' })
}

const thisYear = () => Number(appToday().slice(0, 4))
const reviewInput = () => ({ formKey: newId(), vigencia: String(thisYear()), workingDays: '10', onSilence: 'retire' })

/** Closing a review ends accesses one by one, which takes its time beside other work. */
const PATIENCE_S = 120

/** A review of its own: the one before it is answered and closed. */
async function openReview(stage: Stage): Promise<string> {
  await withoutReview(stage)
  await accessToReview(stage)
  const opened = await openCampaign(stage.on(), await stage.actor(HEAD), reviewInput())
  if (!opened.ok) throw new Error(JSON.stringify(opened.errors))
  await eventually(async () => {
    if ((await waitingAnswers(stage, opened.campaignId)).length === 0) throw new Error('nothing is listed yet')
  }, PATIENCE_S)
  return opened.campaignId
}

async function withoutReview(stage: Stage): Promise<void> {
  const standing = () =>
    withEntity(stage.world.owner, stage.entityId, (trx) => findStanding(trx, stage.entityId, thisYear()))
  const campaignId = await standing()
  if (!campaignId) return
  await answerAll(stage, campaignId)
  await settled(async () => closeCampaign(stage.on(), await stage.actor(HEAD), { campaignId })).catch(() => {})
  await eventually(async () => {
    if (await standing()) throw new Error('the review is being closed')
  }, PATIENCE_S)
}

async function answerAll(stage: Stage, campaignId: string): Promise<void> {
  for (const { byLead, input } of await waitingAnswers(stage, campaignId))
    await settled(async () => answerReview(stage.on(), await stage.actor(byLead ? HEAD : 'dependencia'), input))
}

/** What waits for an answer, a batch for each list. */
async function waitingAnswers(stage: Stage, campaignId: string) {
  const items = await withEntity(stage.world.owner, stage.entityId, (trx) =>
    trx
      .selectFrom('review_item')
      .innerJoin('review_list', 'review_list.id', 'review_item.list_id')
      .select(['review_item.id', 'list_id as listId', 'agency_id as agencyId'])
      .where('review_item.campaign_id', '=', campaignId)
      .where('answer_id', 'is', null)
      .where('left_at', 'is', null)
      .execute(),
  )
  const lists = [...new Set(items.map(({ listId }) => listId ?? ''))]
  const change = { endsOn: null }
  return lists.map((listId) => ({
    byLead: items.some((item) => item.listId === listId && item.agencyId === null),
    input: {
      ...{ listId, formKey: newId() },
      answers: items
        .filter((item) => item.listId === listId)
        .map(({ id: itemId }) => ({
          itemId,
          verdict: 'retire' as const,
          reason: TYPED.text,
          change,
          seenN: 0,
          seenMs: null,
        })),
    },
  }))
}

const day = '2097-03-05'
const agencyOf = async (stage: Stage, admin: Actor) =>
  savedId(await posts.registerAgency(stage.on(), admin, { name: `${NAMED} ${newId()}` }))
const positionOf = async (stage: Stage, admin: Actor) =>
  savedId(
    await posts.registerPosition(stage.on(), admin, {
      ...{ agencyId: await agencyOf(stage, admin), name: NAMED, duty: 'dependencia' },
    }),
  )
let documents = 0
const someone = () => {
  documents += 1
  return { displayName: TYPED.person, documentNumber: `${TYPED.document}${documents}`, email: '' }
}
const personOf = async (stage: Stage, admin: Actor) =>
  savedId(await people.registerPerson(stage.on(), admin, someone()))
const accountFor = async (stage: Stage, admin: Actor) => {
  const personId = await personOf(stage, admin)
  const email = `${newId()}@prueba.gov.co`
  savedId(await people.giveAccount(stage.on(), admin, { personId, email }))
  return personId
}
const tenureOf = async (stage: Stage, admin: Actor) => ({
  ...{ personId: await personOf(stage, admin), positionId: await positionOf(stage, admin) },
  ...{ kind: 'titular', from: '2026-01-01', to: '', actReference: NAMED },
})
/** Other words for a section, that nobody has proposed. */
const otherWords = () => ({
  ...{ section: 'alcance', value: storedRich(docFromPlain(`Toda la ciudad. ${newId()}`)) },
  ...{ reason: TYPED.text, formKey: newId() },
})
const proposed = async (stage: Stage, duty = SIG) => {
  const cycleId = await stage.livedTo('6')
  const made = await proposeChange(stage.on(), await stage.actor(duty), { cycleId, ...otherWords() })
  if (!made.made) throw new Error('nothing was proposed')
  return { cycleId, section: 'alcance', proposalId: made.id }
}
/** The fields of a template that nobody has yet. */
const templateOf = () => ({
  ...{
    ...lookFields(DEFAULT_LOOK),
    name: `${shortened(NAMED, 40)} ${newId()}`,
    header: NAMED,
    shield: 'entity',
    readabilityTarget: '55',
  },
})
const templateFor = async (stage: Stage, admin: Actor) =>
  savedId(await templates.keepTemplate(stage.on(), admin, { templateId: null, typed: templateOf() }))
/** One nobody has closed. */
async function incidentOf(stage: Stage): Promise<string> {
  const { entityId } = stage
  const about = { kind: 'release_not_published', objectType: 'cycle', objectId: await stage.openCycle() }
  return await withEntity(stage.world.owner, entityId, async (trx) => {
    await openIncident(trx, { entityId, ...about, origin: 'workflow' })
    const { rows } = await listIncidents(trx, entityId, { isClosed: false })
    return rows.find(({ cycle }) => cycle?.id === about.objectId)?.id ?? ''
  })
}
const named = { name: 'Santa Marta D.T.C.H.', shortName: 'Santa Marta', divipola: '47001', nit: '891780009-4' }

/** The action of a recommendation of the report that a lived cycle has signed. */
async function actionOf(stage: Stage, recommendation: string): Promise<string> {
  const cycleId = await stage.livedTo('7')
  const { code } = await withEntity(stage.world.owner, stage.entityId, (trx) =>
    trx
      .selectFrom('improvement_action')
      .select('code')
      .where('cycle_id', '=', cycleId)
      .where('origin_key', '=', recommendation)
      .executeTakeFirstOrThrow(),
  )
  return code
}

let carriedOut: Promise<string> | undefined

/** An action that was carried out so long ago that its effect can be checked. */
async function carryOut(stage: Stage): Promise<string> {
  const code = await actionOf(stage, 'r3')
  const said = { entryId: newId(), body: TYPED.text, evidence: TYPED.text }
  await closeAction(stage.on(), await stage.actor('profesional_comunicaciones'), code, said)
  const seen = { ...said, entryId: newId(), verdict: 'verified', months: 3 } as const
  await verifyAction(stage.on(), await stage.actor(HEAD), code, seen)
  await withEntity(stage.world.owner, stage.entityId, (trx) =>
    trx.updateTable('improvement_action').set({ check_on: '2026-01-01' }).where('code', '=', code).execute(),
  )
  return code
}

async function draftOf(stage: Stage, cycleId: string, code: StepCode) {
  const author = await stage.actor(AUTHOR)
  const step = await withActor(stage.world.context.db, author, (trx) => findStepContext(trx, cycleId, code))
  return { rev: step?.draft.rev ?? 0, answers: completeAnswers(code) }
}

/** At step 3, opened when its form had its first version only. */
let firstForm: Promise<string> | undefined
function inFirstForm(stage: Stage): Promise<string> {
  firstForm ??= (async () => {
    const cycleId = await stage.approved()
    await untilOpen(stage.world, cycleId, '2')
    await complete(stage.world, cycleId, '2')
    await untilOpen(stage.world, cycleId, '3')
    await withEntity(stage.world.owner, stage.entityId, (trx) =>
      trx
        .updateTable('step')
        .set({ form_version: 1 })
        .where('cycle_id', '=', cycleId)
        .where('code', '=', '3')
        .execute(),
    )
    return cycleId
  })()
  return firstForm
}

const BROKEN = ['zona', 'canal', 'sexo', 'estrato', 'grupo_poblacional']

/** An exercise that gave these variables other values than the one before. */
let breaking: Promise<void> | undefined
function breakSeries(stage: Stage): Promise<void> {
  breaking ??= (async () => {
    // What other scenes live in is lived before: its variables are those of the catalogue.
    for (const code of LIVED_TO) await stage.livedTo(code)
    await inFirstForm(stage)
    const cycleId = await stage.approved()
    await untilOpen(stage.world, cycleId, '2')
    await acts.elaborate(stage.world.context, stage.entityId, cycleId, '2', {}, (answers): Answers => {
      const lista = rowsOf(answers, 'variables', 'lista').map((row) =>
        BROKEN.includes(String(row.variable)) ? { ...row, valores: 'a: A\nb: B', motivo_cambio: TYPED.text } : row,
      )
      return { ...answers, variables: { lista: lista as Row[] } }
    })
    await acts.signAll(stage.world.context, stage.entityId, cycleId, '2')
  })()
  return breaking
}

let returnable: ReturnType<typeof proposedCrosswalk> | undefined

/** A break nobody has proposed anything for yet, and the table that would bridge it. */
async function brokenSeries(stage: Stage) {
  await breakSeries(stage)
  const code = BROKEN.shift() ?? ''
  const values = CATALOG_VARIABLES.find((variable) => variable.code === code)?.values ?? []
  return {
    code,
    from: 1,
    pairs: values.map((value) => ({ from: value.code, to: ['a'] })),
    conversion: null,
    note: TYPED.text,
  }
}

async function proposedCrosswalk(stage: Stage) {
  const proposal = await brokenSeries(stage)
  const author = await stage.actor(AUTHOR)
  await proposeCrosswalk(stage.on(), author, proposal)
  const { code } = proposal
  const variable = await withActor(stage.world.context.db, author, (trx) => findVariable(trx, stage.entityId, code))
  return { code, crosswalkId: variable?.crosswalks[0]?.id ?? '' }
}

/** A comment of Profesional SIG on the first step. */
async function commented(stage: Stage, body = TYPED.text) {
  const [cycleId, actor] = [await stage.openCycle(), await stage.actor(SIG)]
  const place = { cycleId, stepCode: '1' as const }
  return { ...place, id: await writeComment(stage.on(), actor, { ...place, body, formKey: newId() }) }
}

async function taskOf(stage: Stage, cycleId: string): Promise<string> {
  const author = await stage.actor(AUTHOR)
  const { entityId, personId, position } = author
  const asked = { entityId, personId, positionId: position.id, duty: position.duty }
  const { rows } = await withActor(stage.world.context.db, author, (trx) => listInbox(trx, asked, {}, null, 200))
  return rows.find((row) => row.cycleId === cycleId)?.id ?? ''
}

/** Saved by an author of step 1, for nobody else or shared with a duty. */
async function viewOf(stage: Stage, sharedWith: string | null = null): Promise<string> {
  const author = await stage.actor(AUTHOR)
  const name = newId()
  await views.saveView(stage.on(), author, { name, search: 'paso=1', sharedWith, isDefault: false })
  const { entityId, personId, position } = author
  const asked = { entityId, personId, positionId: position.id, duty: position.duty }
  const saved = await withActor(stage.world.context.db, author, (trx) => listSavedViews(trx, asked))
  return saved.find((view) => view.name === name)?.id ?? ''
}

let stepThree: Promise<string> | undefined
/** One cycle at step 3 for every scene about sources; each scene attaches its own. */
function sourceCycle(stage: Stage): Promise<string> {
  stepThree ??= (async () => {
    const cycleId = await stage.approved()
    await untilOpen(stage.world, cycleId, '2')
    await complete(stage.world, cycleId, '2')
    return await untilOpen(stage.world, cycleId, '3')
  })()
  return stepThree
}

async function target(stage: Stage) {
  const cycleId = await sourceCycle(stage)
  return { cycleId, sourceId: await attach(stage.world, cycleId) }
}

async function contract(stage: Stage, cycleId: string) {
  const { sources } = await withActor(stage.world.context.db, await stage.actor(TIC), async (trx) => ({
    sources: await trx.selectFrom('source').selectAll().where('cycle_id', '=', cycleId).execute(),
  }))
  const one = sources[0]
  return {
    name: NAMED,
    ownerAgency: one?.owner_agency_id ?? '',
    legalBasis: NAMED,
    sensitivity: 'privada' as const,
    ...{ periodFrom: '2024-01-01', periodTo: '2024-12-31', demoNote: NAMED },
  }
}

/** As while Temporal is away: nobody begins the work asked for, so that only the command is watched. */
const away = (context: AppContext): AppContext => ({
  ...context,
  temporal: { withDeadline: () => Promise.reject(new Error('away')) } as never,
})

const CSV = 'canal,edad\nweb,30\nweb,31\npresencial,40\n'
async function received(stage: Stage) {
  const where = await target(stage)
  const uploaded = await upload(stage.world, await stage.actor(TIC), where, CSV)
  if (uploaded.outcome !== 'received') throw new Error(JSON.stringify(uploaded))
  return { ...where, importId: uploaded.importId }
}

const REJECTING = 'canal,edad\nweb,30\nweb,treinta\n'
const CORRECTED = 'fila_original,canal,edad\n3,web,31\n'

/** A source of an exercise that is made an earlier one than `cycleId`. */
async function earlierSource({ world, livedTo }: Stage, cycleId: string): Promise<string> {
  const earlier = await livedTo('4')
  return await withEntity(world.owner, world.entityId, async (trx) => {
    await trx.updateTable('cycle').set({ vigencia: 2027 }).where('id', '=', cycleId).execute()
    const [source] = await listSources(trx, earlier)
    return source?.id ?? ''
  })
}

/** A file already read. */
async function readIn(stage: Stage, content: string, corrections = {}) {
  const where = await target(stage)
  const actor = await stage.actor(TIC)
  const uploaded = await upload(stage.world, actor, where, content)
  if (uploaded.outcome !== 'received') throw new Error(JSON.stringify(uploaded))
  const { importId } = uploaded
  await ask(stage.world, actor, where, importId, corrections)
  await eventually(async () => {
    if ((await importRow(stage.world, importId)).status !== 'done') throw new Error('not read yet')
  }, 60)
  return { ...where, importId }
}

/** One of whose records was rejected. */
const rejecting = (stage: Stage) => readIn(stage, REJECTING, { edad: { type: 'integer' } })

const csvRequest = (content = CSV) => {
  const form = new FormData()
  form.set('archivo', new Blob([content]), 'datos.csv')
  return new Request('http://localhost:3000/archivo', { method: 'POST', body: form })
}

const verdictOn = (cycleId: string, at: { versionId: string; contentHash: string }) => ({
  ...{ cycleId, stepCode: '1' as const, ...at },
})

const reopened = async (stage: Stage) => {
  const cycleId = await stage.approved()
  await askToReopen(stage.on(), await stage.actor(AUTHOR), { cycleId, stepCode: '1', reason: TYPED.text })
  const reopeningId = stepOf((await stage.world.cycle(cycleId)).state, '1').reopening?.id ?? ''
  return { cycleId, stepCode: '1' as const, reopeningId, reason: TYPED.text }
}

const file = async (stage: Stage) => {
  const stored = await storeFile(stage.world.dataDir, onePixel())
  return { ...stored, name: `${TYPED.person}.png`, mediaType: 'image/png' }
}

const publishedOf = async (stage: Stage) => {
  const cycleId = await stage.livedTo('7')
  const author = await stage.actor(AUTHOR)
  const published = () => withActor(stage.world.context.db, author, (trx) => findApprovedReleaseOf(trx, cycleId))
  if (!(await published())) {
    await preparing.prepareFiles(stage.on(), author, cycleId)
    const { rev } = await draftOf(stage, cycleId, '7')
    await submitStep(stage.on(), author, { cycleId, stepCode: '7', draftRev: rev })
    await acts.signAll(stage.on(), stage.entityId, cycleId, '7')
  }
  for (let tries = 0; tries < 200 && !(await published()); tries++) await new Promise((done) => setTimeout(done, 100))
  return (await published())?.id ?? ''
}

/** The summary of the dependencia an actor works in, of results that are public. */
const summaryOf = async (stage: Stage, { position }: Actor) => {
  await publishedOf(stage)
  const key = { cycleId: await stage.livedTo('7'), agencyId: position.agencyId }
  const found = await eventually(async () => {
    const summary = await withEntity(stage.world.owner, stage.entityId, (trx) => findSummary(trx, key))
    if (!summary) throw new Error('the results were not handed over')
    return summary
  }, 20)
  return { ...key, summaryId: found.id, contentHash: found.sha256 }
}

const correctionOf = async (stage: Stage) => {
  const releaseId = await publishedOf(stage)
  const author = await stage.actor(AUTHOR)
  const { open, answers } = await withActor(stage.world.context.db, author, async (trx) => ({
    open: await findOpenCorrection(trx, releaseId),
    answers: (await findReleaseAnswers(trx, releaseId)) ?? {},
  }))
  // Each scene begins without one.
  if (open) await correcting.discardCorrection(stage.on(), author, releaseId)
  return { releaseId, reason: TYPED.text, answers }
}

const submittedCorrection = async (stage: Stage) => {
  const input = await correctionOf(stage)
  const author = await stage.actor(AUTHOR)
  await correcting.prepareCorrection(stage.on(), author, input)
  await correcting.submitCorrection(stage.on(), author, input.releaseId)
  const open = await withActor(stage.world.context.db, author, (trx) => findOpenCorrection(trx, input.releaseId))
  return { releaseId: input.releaseId, releaseHash: open?.releaseHash ?? '' }
}

/** The release a correction is to become. */
const waitingFor = async (stage: Stage, { releaseId }: { releaseId: string }) => {
  const author = await stage.actor(AUTHOR)
  const open = await withActor(stage.world.context.db, author, (trx) => findOpenCorrection(trx, releaseId))
  return open?.releaseId ?? ''
}

const countsOf = async (stage: Stage, actor: Actor) => {
  const cycleId = await stage.livedTo('4')
  const [source] = await withActor(stage.world.context.db, actor, (trx) => listSources(trx, cycleId))
  const lines = [{ point: newId(), period: '2024-01', attended: 9, refused: null }]
  return { cycleId, sourceId: source?.id ?? '', pointVariable: 'canal', periodVariable: 'fecha', lines }
}

const tomorrow = () => new Date(appNow().getTime() + 86_400_000)

const typedConnection = (port = 9) => ({
  ...{
    kind: 'http',
    name: `${NAMED} ${newId()}`,
    url: `http://127.0.0.1:${port}/datos.csv?clave=${TYPED.secret}`,
  },
  ...{ headerName: 'X-Api-Key', headerValue: TYPED.secret },
})
const connectionOf = async (stage: Stage, port?: number) =>
  savedId(await keeping.defineConnection(stage.on(), await stage.actor(TIC), typedConnection(port)))

/** Keyed by command; a word after it tells variants apart. */
export const SCENES: Record<string, Scene> = {
  startCycle: both(['cycle.requested', 'cycle.started'], HEAD, [SIG, 'not_in_charge'], async (stage, actor) => {
    const { version } = await stage.world.cycle(await stage.openCycle())
    const asked = { vigencia: 2026, name: NAMED, radicado: newId(), trd: '100', administrativeAct: NAMED }
    return (context) =>
      startCycle(context, actor, { ...asked, formKey: newId(), procedureVersionId: version.id }) as Promise<unknown>
  }),
  'startCycle con el procedimiento de otra entidad': {
    events: [],
    goes: async () => async () => undefined,
    refused: {
      code: 'not_visible',
      goes: async (stage) => {
        const { version } = await stage.world.cycle(await stage.openCycle())
        const stranger = await stage.world.actor(HEAD, 'cali')
        const asked = { vigencia: 2026, name: NAMED, radicado: newId(), trd: '100', administrativeAct: NAMED }
        return (context) =>
          startCycle(context, stranger, { ...asked, formKey: newId(), procedureVersionId: version.id })
      },
    },
  },
  saveDraft: both(['draft.saved'], AUTHOR, [SIG, 'not_in_charge'], async (stage, actor) => {
    const cycleId = await stage.openCycle()
    const draft = await draftOf(stage, cycleId, '1')
    return (context) => saveDraft(context, actor, { cycleId, stepCode: '1', ...draft })
  }),
  bringDraftOver: both(['draft.brought_over'], AUTHOR, [SIG, 'not_in_charge'], async (stage, actor) => {
    const cycleId = await inFirstForm(stage)
    const { rev } = await draftOf(stage, cycleId, '3')
    return (context) => bringDraftOver(context, actor, { cycleId, stepCode: '3', rev, to: 2 })
  }),
  submitStep: both(['step.submitted'], AUTHOR, [SIG, 'not_in_charge'], async (stage, actor) => {
    const cycleId = await stage.openCycle()
    const saved = await saveDraft(stage.on(), await stage.actor(AUTHOR), {
      ...{ cycleId, stepCode: '1', ...(await draftOf(stage, cycleId, '1')) },
    })
    const draftRev = saved.saved ? saved.rev : 0
    return (context) => submitStep(context, actor, { cycleId, stepCode: '1', draftRev })
  }),
  withdrawStep: both(['step.withdrawn'], AUTHOR, [SIG, 'not_in_charge'], async (stage, actor) => {
    const { cycleId, versionId } = await stage.submitted()
    return (context) => withdrawStep(context, actor, { cycleId, stepCode: '1', versionId, reason: TYPED.text })
  }),
  'decideStep revisa': both(['step.reviewed'], SIG, [HEAD, 'not_your_turn'], async (stage, actor) => {
    const { cycleId, ...at } = await stage.submitted()
    const given = { verdict: 'approve', role: 'reviewer', observations: [] } as const
    return (context) => decideStep(context, actor, { ...verdictOn(cycleId, at), ...given, observations: [] })
  }),
  mailReceipt: both(['receipt.mailed'], SIG, [AUTHOR, 'not_visible'], async (stage, actor) => {
    const { cycleId, ...at } = await stage.submitted()
    const given = { verdict: 'approve', role: 'reviewer', observations: [] } as const
    const { actId } = await decideStep(stage.on(), await stage.actor(SIG), {
      ...{ ...verdictOn(cycleId, at), ...given, observations: [] },
    })
    return (context) => mailReceipt(context, actor, { cycleId, actId })
  }),
  decideSteps: {
    events: ['step.reviewed'],
    goes: async (stage) => {
      const { cycleId, versionId, contentHash } = await stage.submitted()
      const actor = await stage.actor(SIG)
      const verdict = { cycleId, stepCode: '1', versionId, contentHash, role: 'reviewer' } as const
      return (context) => decideSteps(context, actor, [verdict])
    },
    refused: 'each decision is answered by itself: decide-steps.test.ts',
  },
  'decideStep devuelve': both(['step.returned'], SIG, [AUTHOR, 'not_in_charge'], async (stage, actor) => {
    const { cycleId, ...at } = await stage.submitted()
    const observations = [{ section: 'objetivos', body: TYPED.text }]
    return (context) =>
      decideStep(context, actor, { ...verdictOn(cycleId, at), verdict: 'return', role: 'reviewer', observations })
  }),
  'decideStep aprueba': both(['step.signed', 'step.approved'], HEAD, [SIG, 'not_your_turn'], async (stage, actor) => {
    const { cycleId, ...at } = await stage.submitted()
    await acts.review(stage.on(), stage.entityId, cycleId, '1')
    return (context) =>
      decideStep(context, actor, {
        ...{ ...verdictOn(cycleId, at), verdict: 'approve', role: 'approver', observations: [] },
      })
  }),
  askToReopen: both(['reopening.asked'], AUTHOR, [SIG, 'not_in_charge'], async (stage, actor) => {
    const cycleId = await stage.approved()
    return (context) => askToReopen(context, actor, { cycleId, stepCode: '1', reason: TYPED.text })
  }),
  'answerReopening concede': both(['reopening.granted'], HEAD, [AUTHOR, 'not_in_charge'], async (stage, actor) => {
    const asked = await reopened(stage)
    return (context) => answerReopening(context, actor, { ...asked, verdict: 'reopen' })
  }),
  'answerReopening niega': both(['reopening.declined'], HEAD, [AUTHOR, 'not_in_charge'], async (stage, actor) => {
    const asked = await reopened(stage)
    return (context) => answerReopening(context, actor, { ...asked, verdict: 'decline_reopen' })
  }),
  cancelCycle: both(['cycle.cancelled'], HEAD, [SIG, 'not_in_charge'], async (stage, actor) => {
    const cycleId = await stage.openCycle()
    return (context) => cancelCycle(context, actor, { cycleId, reason: TYPED.text })
  }),
  claimTask: both(['task.claimed'], AUTHOR, [SIG, 'not_in_charge'], async (stage, actor) => {
    const taskId = await taskOf(stage, await stage.openCycle())
    return (context) => claimTask(context, actor, taskId)
  }),
  releaseTask: both(['task.released'], AUTHOR, [SIG, 'claimed_by_other'], async (stage, actor) => {
    const taskId = await taskOf(stage, await stage.openCycle())
    await claimTask(stage.on(), await stage.actor(AUTHOR), taskId)
    return (context) => releaseTask(context, actor, taskId)
  }),
  saveView: {
    events: ['view.saved', 'view.shared', 'view.default_chosen'],
    goes: async (stage) => {
      const actor = await stage.actor(AUTHOR)
      const typed = { name: shortened(TYPED.person, 60), search: 'paso=1', sharedWith: SIG, isDefault: true }
      return (context) => views.saveView(context, actor, typed)
    },
    refused: 'everybody may keep the filters of their own inbox',
  },
  shareView: both(['view.shared'], AUTHOR, [SIG, 'view_of_other'], async (stage, actor) => {
    const viewId = await viewOf(stage, SIG)
    return (context) => views.shareView(context, actor, { viewId, sharedWith: null })
  }),
  chooseDefaultView: both(['view.default_chosen'], AUTHOR, [SIG, 'not_visible'], async (stage, actor) => {
    const viewId = await viewOf(stage)
    return (context) => views.chooseDefaultView(context, actor, viewId)
  }),
  leaveDefaultView: both(['view.default_chosen'], AUTHOR, [SIG, 'not_visible'], async (stage, actor) => {
    const viewId = await viewOf(stage)
    await views.chooseDefaultView(stage.on(), await stage.actor(AUTHOR), viewId)
    return (context) => views.leaveDefaultView(context, actor, viewId)
  }),
  deleteView: both(['view.deleted'], AUTHOR, [SIG, 'view_of_other'], async (stage, actor) => {
    const viewId = await viewOf(stage, SIG)
    return (context) => views.deleteView(context, actor, viewId)
  }),
  writeComment: {
    events: ['comment.written'],
    goes: async (stage) => {
      const [cycleId, actor] = [await stage.openCycle(), await stage.actor(SIG)]
      return (context) => writeComment(context, actor, { cycleId, stepCode: '1', body: TYPED.text, formKey: newId() })
    },
    refused: {
      code: 'not_visible',
      goes: async (stage) => {
        const actor = await stage.actor(SIG)
        return (context) =>
          writeComment(context, actor, { cycleId: newId(), stepCode: '1', body: TYPED.text, formKey: newId() })
      },
    },
  },
  rewriteComment: both(['comment.rewritten'], SIG, [HEAD, 'comment_of_other'], async (stage, actor) => {
    const { id, ...place } = await commented(stage)
    return (context) => changes.rewriteComment(context, actor, { ...place, id, body: `${TYPED.text} Corregido.` })
  }),
  resolveComment: both(['comment.resolved'], AUTHOR, [TIC, 'not_in_charge'], async (stage, actor) => {
    const { id, ...place } = await commented(stage)
    return (context) => changes.resolveComment(context, actor, { ...place, id, resolved: true })
  }),
  'resolveComment abre': both(['comment.reopened'], AUTHOR, [TIC, 'not_in_charge'], async (stage, actor) => {
    const { id, ...place } = await commented(stage)
    await changes.resolveComment(stage.on(), await stage.actor(AUTHOR), { ...place, id, resolved: true })
    return (context) => changes.resolveComment(context, actor, { ...place, id, resolved: false })
  }),
  requireOwnComment: both([], SIG, [HEAD, 'comment_of_other'], async (stage, actor) => {
    const { id, ...place } = await commented(stage)
    return (context) => changes.requireOwnComment(context, actor, { ...place, id })
  }),
  attachToComment: both(['comment.file_added'], SIG, [HEAD, 'comment_of_other'], async (stage, actor) => {
    const [{ id, ...place }, added] = [await commented(stage), await file(stage)]
    return (context) => changes.attachToComment(context, actor, { ...place, id, file: added })
  }),
  seeMention: both(['mention.seen'], HEAD, [TIC, 'not_visible'], async (stage, actor) => {
    const { id } = await commented(stage, '@Jefatura OGAC')
    return (context) => seeMention(context, actor, id)
  }),
  attachFile: both(['attachment.added'], AUTHOR, [SIG, 'not_in_charge'], async (stage, actor) => {
    const [cycleId, added] = [await stage.openCycle(), await file(stage)]
    return (context) => attachFile(context, actor, { cycleId, stepCode: '1' }, added)
  }),
  removeFile: both(['attachment.removed'], AUTHOR, [SIG, 'not_in_charge'], async (stage, actor) => {
    const place = { cycleId: await stage.openCycle(), stepCode: '1' as const }
    const id = await attachFile(stage.on(), await stage.actor(AUTHOR), place, await file(stage))
    return (context) => removeFile(context, actor, place, id)
  }),
  attachSource: both(['source.attached'], TIC, [SIG, 'not_in_charge'], async (stage, actor) => {
    const { cycleId } = await target(stage)
    const asked = { cycleId, formKey: newId(), contract: await contract(stage, cycleId) }
    return (context) => attachSource(context, actor, asked)
  }),
  continueSource: both(['source.continued'], TIC, [SIG, 'not_in_charge'], async (stage, actor) => {
    const where = await target(stage)
    const continuesId = await earlierSource(stage, where.cycleId)
    return (context) => continueSource(context, actor, { ...where, continuesId })
  }),
  changeSource: both(['source.changed'], TIC, [SIG, 'not_in_charge'], async (stage, actor) => {
    const where = await target(stage)
    const changed = { ...where, contract: await contract(stage, where.cycleId) }
    return (context) => changeSource(context, actor, changed)
  }),
  detachSource: both(['source.detached'], TIC, [SIG, 'not_in_charge'], async (stage, actor) => {
    const where = await target(stage)
    return (context) => detachSource(context, actor, where)
  }),
  revealColumn: both(['source.column_revealed'], TIC, [SIG, 'not_in_charge'], async (stage, actor) => {
    const where = await readIn(stage, 'documento,canal\n1,web\n2,web\n')
    const asked = { ...where, column: 'documento', reason: TYPED.text }
    return (context) => revealColumn(context, actor, { ...asked, purpose: 'verificar_correspondencia' })
  }),
  uploadFile: both(['source.changed'], TIC, [SIG, 'not_in_charge'], async (stage, actor) => {
    const where = await target(stage)
    return (context) => uploadFile(context, actor, csvRequest(), where)
  }),
  readFileAs: both(['source.changed'], TIC, [SIG, 'not_in_charge'], async (stage, actor) => {
    const where = await received(stage)
    return (context) => readFileAs(context, actor, { ...where, reading: { encoding: 'windows-1252', separator: ',' } })
  }),
  exportList: both(['export.made'], ADMIN, [SIG, 'no_right'], async (_stage, actor) => {
    const search = new URLSearchParams({ nombre: TYPED.person })
    return (context) => exportList(context, actor, { list: 'people', format: 'xlsx', search })
  }),
  correctRejects: both(['source.changed', 'import.requested'], TIC, [SIG, 'not_in_charge'], async (stage, actor) => {
    const where = await rejecting(stage)
    return (context) => correctRejects(context, actor, csvRequest(CORRECTED), where)
  }),
  requestImport: both(['import.requested'], TIC, [SIG, 'not_in_charge'], async (stage, actor) => {
    const where = await received(stage)
    const mapping = await mappingOf(stage.world, where.importId, {})
    return (context) => requestImport(context, actor, { ...where, mapping })
  }),
  defineConnection: both(['connection.added'], TIC, [SIG, 'not_in_charge'], async (_, actor) => {
    const typed = typedConnection()
    return (context) => keeping.defineConnection(context, actor, typed)
  }),
  updateConnection: both(['connection.changed'], TIC, [SIG, 'not_in_charge'], async (stage, actor) => {
    const typed = { ...typedConnection(), id: await connectionOf(stage) }
    return (context) => keeping.updateConnection(context, actor, typed)
  }),
  retireConnection: both(['connection.removed'], TIC, [SIG, 'not_in_charge'], async (stage, actor) => {
    const id = await connectionOf(stage)
    return (context) => keeping.retireConnection(context, actor, { id })
  }),
  // Nobody answers there; that is what is noted.
  tryConnection: both(['connection.tested'], TIC, [SIG, 'not_in_charge'], async (stage, actor) => {
    const id = await connectionOf(stage)
    return (context) => tryConnection(context, actor, id)
  }),
  lookOutside: both(['connection.used'], TIC, [SIG, 'not_in_charge'], async (stage, actor) => {
    const server = await webServer((_, response) => response.end(CSV))
    const place = { ...(await target(stage)), connectionId: await connectionOf(stage, server.port) }
    return async (context) => {
      const config = { ...context.config, CONNECTION_HOSTS: '127.0.0.1' }
      const looked = await outside.lookOutside({ ...context, config }, actor, place, null)
      await server.close()
      return looked
    }
  }),
  listTablesOutside: both([], TIC, [SIG, 'not_in_charge'], async (stage, actor) => {
    const place = { ...(await target(stage)), connectionId: await connectionOf(stage) }
    return (context) => outside.listTablesOutside(context, actor, place, { search: '', after: null, limit: 1 })
  }),
  requestFetch: both(['fetch.requested', 'connection.used'], TIC, [SIG, 'not_in_charge'], async (stage, actor) => {
    const asked = { ...(await target(stage)), connectionId: await connectionOf(stage), table: null }
    return (context) => fetching.requestFetch(away(context), actor, asked)
  }),
  requestCaptured: both(['fetch.requested'], TIC, [SIG, 'not_in_charge'], async (stage, actor) => {
    const asked = { ...(await target(stage)), captured: { form: 'F004', vigencia: 2026 } as const }
    return (context) => fetching.requestCaptured(away(context), actor, asked)
  }),
  stopFetch: both(['fetch.cancelled'], TIC, [SIG, 'not_in_charge'], async (stage, actor) => {
    const where = await target(stage)
    const asked = { ...where, connectionId: await connectionOf(stage), table: null }
    const fetchId = await fetching.requestFetch(away(stage.world.context), await stage.actor(TIC), asked)
    return (context) => fetching.stopFetch(context, actor, { ...where, fetchId })
  }),
  restartImport: both(['import.restarted'], TIC, [SIG, 'not_in_charge'], async (stage, actor) => {
    const where = await received(stage)
    await cancelImport(stage.on(), await stage.actor(TIC), where)
    return (context) => restartImport(context, actor, { ...where, review: true })
  }),
  cancelImport: both(['import.cancelled'], TIC, [SIG, 'not_in_charge'], async (stage, actor) => {
    const where = await received(stage)
    return (context) => cancelImport(context, actor, where)
  }),
  saveFigure: both(['draft.saved'], AUTHOR, [SIG, 'not_in_charge'], async (stage, actor) => {
    const cycleId = await stage.livedTo('4')
    const drawn = { layers: null, chart: 'barras', base: '', map: null, name: TYPED.person }
    const figure = { cycleId, rowId: newId(), variable: 'canal', cross: null, ...drawn, filter: newId() }
    return (context) => saveFigure(context, actor, figure)
  }),
  saveSegment: both(['draft.saved'], AUTHOR, [SIG, 'not_in_charge'], async (stage, actor) => {
    const cycleId = await stage.livedTo('4')
    const segment = { cycleId, rowId: newId(), name: TYPED.person, sector: 'ciudadania', rule: newId() }
    return (context) => saveSegment(context, actor, segment)
  }),
  reportAction: both(['improvement.reported'], HEAD, [SIG, 'not_in_charge'], async (stage, actor) => {
    const code = await actionOf(stage, 'r1')
    const said = { entryId: newId(), status: 'in_progress', body: TYPED.text, evidence: TYPED.text } as const
    return (context) => reportAction(context, actor, code, said)
  }),
  closeAction: both(['improvement.done'], TIC, [SIG, 'not_in_charge'], async (stage, actor) => {
    const code = await actionOf(stage, 'r2')
    const said = { entryId: newId(), body: TYPED.text, evidence: TYPED.text }
    return (context) => closeAction(context, actor, code, said)
  }),
  checkAction: both(['improvement.checked'], HEAD, [SIG, 'not_in_charge'], async (stage, actor) => {
    carriedOut ??= carryOut(stage)
    const code = await carriedOut
    const said = { entryId: newId(), verdict: 'effective', body: TYPED.text, evidence: TYPED.text } as const
    return (context) => checkAction(context, actor, code, said)
  }),
  recordAttendance: both(['attendance.recorded'], AUTHOR, [SIG, 'not_in_charge'], async (stage, actor) => {
    const counts = await countsOf(stage, actor)
    return (context) => recordAttendance(context, actor, counts)
  }),
  proposeCrosswalk: both(['crosswalk.proposed'], AUTHOR, [SIG, 'not_in_charge'], async (stage, actor) => {
    const proposal = await brokenSeries(stage)
    return (context) => proposeCrosswalk(context, actor, proposal)
  }),
  'decideCrosswalk aprueba': {
    events: ['crosswalk.approved'],
    goes: async (stage) => {
      const [proposed, actor] = [await proposedCrosswalk(stage), await stage.actor(HEAD)]
      return (context) => decideCrosswalk(context, actor, { ...proposed, verdict: 'approve', observation: '' })
    },
    refused: {
      code: 'own_work',
      goes: async (stage) => {
        const [proposed, head] = [await proposedCrosswalk(stage), await stage.actor(HEAD)]
        // The same person in another position is the same person.
        const { personId } = await stage.actor(AUTHOR)
        return (context) =>
          decideCrosswalk(context, { ...head, personId }, { ...proposed, verdict: 'approve', observation: '' })
      },
    },
  },
  'decideCrosswalk devuelve': both(['crosswalk.returned'], HEAD, [AUTHOR, 'not_in_charge'], async (stage, actor) => {
    returnable ??= proposedCrosswalk(stage)
    const proposed = await returnable
    return (context) => decideCrosswalk(context, actor, { ...proposed, verdict: 'return', observation: TYPED.text })
  }),
  receiveMap: both(['map.received'], TIC, [SIG, 'not_in_charge'], async (_stage, actor) => {
    const request = mapRequest(oneDivision(newId()))
    return (context) => receiveMap(context, actor, request.clone())
  }),
  keepMap: both(['map.kept'], TIC, [SIG, 'not_in_charge'], async (stage, actor) => {
    const received = await receiveMap(stage.on(), await stage.actor(TIC), mapRequest(oneDivision(newId())))
    if (!received.ok) throw new Error('the map was not received')
    const map = {
      fileId: received.fileId,
      name: `${shortened(NAMED, 40)} ${newId()}`,
      chosen: { code: 'codigo', name: 'codigo' },
    }
    return (context) => keepMap(context, actor, map)
  }),
  withdrawMap: both(['map.withdrawn'], TIC, [SIG, 'not_in_charge'], async (stage, actor) => {
    const keeper = await stage.actor(TIC)
    const received = await receiveMap(stage.on(), keeper, mapRequest(oneDivision(newId())))
    const map = { name: `${shortened(NAMED, 40)} ${newId()}`, chosen: { code: 'codigo', name: 'codigo' } }
    const kept = received.ok ? await keepMap(stage.on(), keeper, { fileId: received.fileId, ...map }) : null
    if (!kept?.ok) throw new Error('the map was not kept')
    return (context) => withdrawMap(context, actor, { mapId: kept.mapId, reason: TYPED.text })
  }),
  'recordAttendance twice at once': {
    events: ['attendance.recorded'],
    goes: async (stage) => {
      const actor = await stage.actor(AUTHOR)
      const counts = await countsOf(stage, actor)
      return (context) => Promise.all([1, 2].map(() => recordAttendance(context, actor, counts)))
    },
    refused: 'as once',
  },
  changeSegment: both(['draft.saved'], AUTHOR, [SIG, 'not_in_charge'], async (stage, actor) => {
    const cycleId = await stage.livedTo('4')
    const segment = { cycleId, rowId: newId(), name: TYPED.person, sector: 'ciudadania', rule: newId() }
    await saveSegment(stage.on(), await stage.actor(AUTHOR), segment)
    const change = { cycleId, segmentId: segment.rowId, name: `${TYPED.person} II`, rule: newId() }
    return (context) => changeSegment(context, actor, change)
  }),
  'saveSegment en lo que no se ve': {
    events: [],
    goes: async () => async () => undefined,
    refused: {
      code: 'not_visible',
      goes: async (stage) => {
        const actor = await stage.actor(AUTHOR)
        const segment = { cycleId: newId(), rowId: newId(), name: 'S', sector: 'ciudadania', rule: 'x' }
        return (context) => saveSegment(context, actor, segment)
      },
    },
  },
  saveSection: both(['draft.saved'], AUTHOR, [SIG, 'not_in_charge'], async (stage, actor) => {
    const cycleId = await stage.livedTo('6')
    const step = await withActor(stage.world.context.db, actor, (trx) => findStepContext(trx, cycleId, '6'))
    const bases = [sectionBase(answerText(step?.draft.answers ?? {}, 'alcance', 'texto'))]
    const value = storedRich(docFromPlain(`${TYPED.text} ${newId()}`))
    return (context) => saveSection(context, actor, { cycleId, section: 'alcance', bases, value })
  }),
  proposeChange: both(['proposal.made'], SIG, [HEAD, 'not_in_charge'], async (stage, actor) => {
    const cycleId = await stage.livedTo('6')
    return (context) => proposeChange(context, actor, { cycleId, ...otherWords() })
  }),
  acceptProposal: both(['draft.saved', 'proposal.accepted'], AUTHOR, [SIG, 'not_in_charge'], async (stage, actor) => {
    const place = await proposed(stage)
    const step = await withActor(stage.world.context.db, actor, (trx) => findStepContext(trx, place.cycleId, '6'))
    const base = sectionBase(answerText(step?.draft.answers ?? {}, place.section, 'texto'))
    return (context) => acceptProposal(context, actor, { ...place, base })
  }),
  'acceptProposal la propia': {
    events: [],
    goes: async () => async () => undefined,
    refused: {
      code: 'own_work',
      goes: async (stage) => {
        const place = await proposed(stage, AUTHOR)
        const author = await stage.actor(AUTHOR)
        return (context) => acceptProposal(context, author, { ...place, base: '' })
      },
    },
  },
  declineProposal: both(['proposal.declined'], AUTHOR, [SIG, 'not_in_charge'], async (stage, actor) => {
    const place = await proposed(stage)
    return (context) => declineProposal(context, actor, { ...place, reason: TYPED.text })
  }),
  withdrawProposal: both(['proposal.withdrawn'], SIG, [AUTHOR, 'no_right'], async (stage, actor) => {
    const place = await proposed(stage)
    return (context) => withdrawProposal(context, actor, place)
  }),
  assignSection: both(['section.assigned'], AUTHOR, [SIG, 'not_in_charge'], async (stage, actor) => {
    const cycleId = await stage.livedTo('6')
    const { id: positionId } = (await stage.actor('profesional_tic')).position
    return (context) => assignSection(context, actor, { cycleId, section: 'fuentes', positionId })
  }),
  'assignSection a quien decide': {
    events: [],
    goes: async () => async () => undefined,
    refused: {
      code: 'own_work',
      goes: async (stage) => {
        const cycleId = await stage.livedTo('6')
        const { id: positionId } = (await stage.actor(HEAD)).position
        const actor = await stage.actor(AUTHOR)
        return (context) => assignSection(context, actor, { cycleId, section: 'alcance', positionId })
      },
    },
  },
  finishSection: both(['section.finished'], 'profesional_tic', [SIG, 'not_in_charge'], async (stage, actor) => {
    const cycleId = await stage.livedTo('6')
    const author = await stage.actor(AUTHOR)
    const place = { cycleId, section: 'tratamiento' }
    const { id: positionId } = (await stage.actor('profesional_tic')).position
    await assignSection(stage.on(), author, { ...place, positionId })
    return (context) => finishSection(context, actor, { ...place, finished: true })
  }),
  prepareFiles: both(['release.drafted'], AUTHOR, [SIG, 'not_in_charge'], async (stage, actor) => {
    const cycleId = await stage.livedTo('7')
    return (context) => preparing.prepareFiles(context, actor, cycleId)
  }),
  scheduleRelease: {
    events: ['release.planned'],
    goes: async (stage) => {
      const cycleId = await stage.livedTo('7')
      const { id: releaseId } = await preparing.prepareFiles(stage.on(), await stage.actor(AUTHOR), cycleId)
      const actor = await stage.actor('secretaria_general')
      return (context) => scheduleRelease(context, actor, { releaseId, hour: tomorrow() })
    },
    refused: {
      code: 'not_in_charge',
      goes: async (stage) => {
        const cycleId = await stage.livedTo('7')
        const { id: releaseId } = await preparing.prepareFiles(stage.on(), await stage.actor(AUTHOR), cycleId)
        const actor = await stage.actor(HEAD)
        return (context) => scheduleRelease(context, actor, { releaseId, hour: tomorrow() })
      },
    },
  },
  'scheduleRelease taken back': {
    events: ['release.planned'],
    goes: async (stage) => {
      const cycleId = await stage.livedTo('7')
      const { id: releaseId } = await preparing.prepareFiles(stage.on(), await stage.actor(AUTHOR), cycleId)
      const actor = await stage.actor('secretaria_general')
      return (context) => scheduleRelease(context, actor, { releaseId, hour: null })
    },
    refused: {
      code: 'out_of_date',
      goes: async (stage) => {
        const releaseId = await publishedOf(stage)
        const actor = await stage.actor('secretaria_general')
        return (context) => scheduleRelease(context, actor, { releaseId, hour: null })
      },
    },
  },
  confirmReading: {
    events: ['summary.read'],
    goes: async (stage) => {
      const head = await stage.actor(HEAD)
      const { summaryId, contentHash } = await summaryOf(stage, head)
      return (context) => confirmReading(context, head, { summaryId, contentHash })
    },
    refused: {
      code: 'not_in_charge',
      goes: async (stage) => {
        const { summaryId, contentHash } = await summaryOf(stage, await stage.actor(HEAD))
        const other = await stage.actor(SIG)
        return (context) => confirmReading(context, other, { summaryId, contentHash })
      },
    },
  },
  answerSummary: {
    events: ['summary.answered', 'improvement.created'],
    goes: async (stage) => {
      const head = await stage.actor('secretaria_general')
      const { summaryId, contentHash } = await summaryOf(stage, head)
      await confirmReading(stage.on(), head, { summaryId, contentHash })
      const commitment = { what: TYPED.text, positionId: head.position.id, dueDate: day, indicator: TYPED.text }
      return (context) => answerSummary(context, head, { summaryId, changes: true, commitments: [commitment] })
    },
    refused: {
      code: 'not_read',
      goes: async (stage) => {
        const head = await stage.actor('alcaldia')
        const { summaryId } = await summaryOf(stage, head)
        return (context) => answerSummary(context, head, { summaryId, changes: false, reason: TYPED.text })
      },
    },
  },
  remindAgency: {
    events: ['summary.reminded'],
    goes: async (stage) => {
      const { cycleId, agencyId, summaryId } = await summaryOf(stage, await stage.actor('dependencia'))
      // It was told today that its summary is there.
      await withEntity(stage.world.owner, stage.entityId, (trx) =>
        trx
          .updateTable('notice')
          .set({ settled_at: new Date(0) })
          .where('summary_id', '=', summaryId)
          .execute(),
      )
      const author = await stage.actor(AUTHOR)
      return (context) => remindAgency(context, author, { cycleId, agencyId })
    },
    refused: {
      code: 'reminded_today',
      goes: async (stage) => {
        const { cycleId, agencyId } = await summaryOf(stage, await stage.actor('control_interno'))
        const author = await stage.actor(AUTHOR)
        return (context) => remindAgency(context, author, { cycleId, agencyId })
      },
    },
  },
  prepareCorrection: both(['correction.prepared'], AUTHOR, [SIG, 'not_in_charge'], async (stage, actor) => {
    const input = await correctionOf(stage)
    return (context) => correcting.prepareCorrection(context, actor, input)
  }),
  submitCorrection: both(['correction.submitted'], AUTHOR, [SIG, 'not_in_charge'], async (stage, actor) => {
    const input = await correctionOf(stage)
    await correcting.prepareCorrection(stage.on(), await stage.actor(AUTHOR), input)
    return (context) => correcting.submitCorrection(context, actor, input.releaseId)
  }),
  signCorrection: both(['correction.signed'], HEAD, ['secretaria_general', 'not_your_turn'], async (stage, actor) => {
    const act = await submittedCorrection(stage)
    return (context) => correcting.signCorrection(context, actor, { ...act, verdict: 'approve', observation: '' })
  }),
  'signCorrection returning': both(['correction.returned'], HEAD, [SIG, 'not_in_charge'], async (stage, actor) => {
    const act = await submittedCorrection(stage)
    return (context) =>
      correcting.signCorrection(context, actor, { ...act, verdict: 'return', observation: TYPED.text })
  }),
  discardCorrection: both(['correction.discarded'], AUTHOR, [SIG, 'not_in_charge'], async (stage, actor) => {
    const { releaseId } = await submittedCorrection(stage)
    return (context) => correcting.discardCorrection(context, actor, releaseId)
  }),
  withdrawCorrection: {
    events: ['correction.withdrawn'],
    goes: async (stage) => {
      const act = await submittedCorrection(stage)
      const general = await stage.actor('secretaria_general')
      await scheduleRelease(stage.on(), general, { releaseId: await waitingFor(stage, act), hour: tomorrow() })
      for (const signer of [await stage.actor(HEAD), general])
        await correcting.signCorrection(stage.on(), signer, { ...act, verdict: 'approve', observation: '' })
      const author = await stage.actor(AUTHOR)
      return (context) =>
        correcting.withdrawCorrection(context, author, { releaseId: act.releaseId, reason: TYPED.text })
    },
    refused: {
      code: 'not_approved',
      goes: async (stage) => {
        const { releaseId } = await submittedCorrection(stage)
        const author = await stage.actor(AUTHOR)
        return (context) => correcting.withdrawCorrection(context, author, { releaseId, reason: TYPED.text })
      },
    },
  },
  withdrawRelease: both(['release.withdrawn'], HEAD, [SIG, 'not_in_charge'], async (stage, actor) => {
    const releaseId = await publishedOf(stage)
    return (context) => withdrawRelease(context, actor, { releaseId, reason: TYPED.text })
  }),
  previewDay: administered(
    [],
    async () => (context, actor) =>
      calendar.previewDay(context, actor, { day, kind: 'extra', name: NAMED, actReference: NAMED }),
  ),
  registerDay: administered(
    ['calendar.day_added'],
    async () => (context, actor) =>
      calendar.registerDay(context, actor, { day, kind: 'extra', name: NAMED, actReference: NAMED }),
  ),
  takeDayBack: administered(['calendar.day_removed'], async (stage, admin) => {
    const other = { day: '2097-03-06', kind: 'extra', name: NAMED, actReference: NAMED }
    await calendar.registerDay(stage.on(), admin, other)
    return (context, actor) => calendar.takeDayBack(context, actor, { day: other.day })
  }),
  updateEntity: administered(
    ['entity.changed'],
    async () => (context, actor) =>
      entity.updateEntity(context, actor, { ...named, slogan: `${NAMED} ${newId()}`, minimumCell: '5' }),
  ),
  keepTemplate: administered(
    ['template.kept'],
    async () => (context, actor) => templates.keepTemplate(context, actor, { templateId: null, typed: templateOf() }),
  ),
  'keepTemplate otra versión, y la misma': administered(['template.kept'], async (stage, admin) => {
    const templateId = await templateFor(stage, admin)
    const typed = { ...templateOf(), footer: newId() }
    return async (context, actor) => {
      await templates.keepTemplate(context, actor, { templateId, typed })
      return await templates.keepTemplate(context, actor, { templateId, typed })
    }
  }),
  chooseDefaultTemplate: administered(['template.default_chosen'], async (stage, admin) => {
    await templateFor(stage, admin)
    const template = await templateFor(stage, admin)
    return (context, actor) => templates.chooseDefaultTemplate(context, actor, { template })
  }),
  setTemplateUse: administered(['template.retired', 'template.restored'], async (stage, admin) => {
    await templateFor(stage, admin)
    const template = await templateFor(stage, admin)
    return async (context, actor) => {
      await templates.setTemplateUse(context, actor, { template, retired: 'si' })
      return await templates.setTemplateUse(context, actor, { template, retired: 'no' })
    }
  }),
  readTemplate: {
    events: [],
    goes: async (stage) => {
      const form = new FormData()
      form.set('archivo', new Blob([new Uint8Array(await renderReportDocx(sampleReport(SAMPLE)))]), 'membrete.docx')
      const request = await stage.signedIn(ADMIN, form)
      return (context) => readTemplate(context, request)
    },
    refused: {
      code: 'no_right',
      goes: async (stage) => {
        const request = await stage.signedIn(SIG)
        return (context) => readTemplate(context, request)
      },
    },
  },
  chooseTemplate: both(['template.chosen'], AUTHOR, [SIG, 'not_in_charge'], async (stage, actor) => {
    const cycleId = await stage.livedTo('6')
    const admin = await stage.actor(ADMIN)
    const templateId = await templateFor(stage, admin)
    const versions = await withActor(stage.world.context.db, admin, (trx) => listTemplateVersions(trx, admin.entityId))
    const versionId = versions.find((one) => one.templateId === templateId)?.id ?? ''
    return (context) => chooseTemplate(context, actor, { cycleId, versionId })
  }),
  updateShield: {
    events: ['entity.changed'],
    goes: async (stage) => {
      const form = new FormData()
      form.set('escudo', new Blob([new Uint8Array(onePixel())]), 'escudo.png')
      const request = await stage.signedIn(ADMIN, form)
      return (context) => entity.updateShield(context, request.clone())
    },
    refused: {
      code: 'no_right',
      goes: async (stage) => {
        const request = await stage.signedIn(SIG)
        return (context) => entity.updateShield(context, request)
      },
    },
  },
  changeRightsKeepers: administered(['entity.changed'], async (stage, admin) => {
    await entity.changeRightsKeepers(stage.on(), admin, { firstDuty: 'jefatura_ogac', secondDuty: 'profesional_ogac' })
    const both = { firstDuty: 'profesional_ogac', secondDuty: 'jefatura_ogac' }
    return (context, actor) => entity.changeRightsKeepers(context, actor, both)
  }),
  changeSignInPolicy: {
    events: ['entity.changed'],
    goes: async (stage) => {
      const admin = await stage.actor(ADMIN)
      await entity.changeSignInPolicy(stage.on(), admin, { requiresFactor: 'on' })
      return (context) => entity.changeSignInPolicy(context, admin, {})
    },
    refused: {
      code: 'no_right',
      goes: async (stage) => {
        const other = await stage.actor(SIG)
        return (context) => entity.changeSignInPolicy(context, other, { requiresFactor: 'on' })
      },
    },
  },
  closeSessions: administered(['account.sessions_ended'], async (stage, admin) => {
    const personId = await accountFor(stage, admin)
    return (context, actor) => people.closeSessions(context, actor, { personId })
  }),
  takeFactorAway: administered(['account.factor_reset'], async (stage, admin) => {
    const personId = await accountFor(stage, admin)
    await withEntity(stage.world.owner, stage.entityId, async (trx) => {
      const { entityId, world } = stage
      const account = trx.selectFrom('account').select('id').where('person_id', '=', personId)
      const { id: accountId } = await account.executeTakeFirstOrThrow()
      await beginFactor(trx, { entityId, accountId, secret: world.context.config.APP_SECRET })
    })
    return (context, actor) => people.takeFactorAway(context, actor, { personId })
  }),
  takeDirectoryAway: administered(['account.directory_unlinked'], async (stage, admin) => {
    const personId = await accountFor(stage, admin)
    await withEntity(stage.world.owner, stage.entityId, async (trx) => {
      const account = trx.selectFrom('account').select('id').where('person_id', '=', personId)
      const { id: accountId } = await account.executeTakeFirstOrThrow()
      await linkSubject(trx, accountId, { issuer: 'https://directorio.example', subject: personId })
    })
    return (context, actor) => people.takeDirectoryAway(context, actor, { personId })
  }),
  removeShield: administered(['entity.changed'], async () => entity.removeShield),
  registerPerson: administered(
    ['person.added'],
    async () => (context, actor) => people.registerPerson(context, actor, { ...someone(), email: TYPED.email }),
  ),
  updatePerson: administered(['person.changed'], async (stage, admin) => {
    const id = await personOf(stage, admin)
    return (context, actor) =>
      people.updatePerson(context, actor, { id, displayName: `${TYPED.person} II`, email: TYPED.email })
  }),
  retirePerson: administered(['person.changed', 'account.disabled'], async (stage, admin) => {
    const id = await accountFor(stage, admin)
    return (context, actor) => people.retirePerson(context, actor, { id, on: '2026-02-01' })
  }),
  giveAccount: administered(['account.added'], async (stage, admin) => {
    const personId = await personOf(stage, admin)
    return (context, actor) => people.giveAccount(context, actor, { personId, email: TYPED.email })
  }),
  giveNewLink: administered(['account.link_made'], async (stage, admin) => {
    const personId = await accountFor(stage, admin)
    return (context, actor) => people.giveNewLink(context, actor, { personId })
  }),
  disableAccess: administered(['account.disabled'], async (stage, admin) => {
    const personId = await accountFor(stage, admin)
    return (context, actor) => people.disableAccess(context, actor, { personId })
  }),
  registerPoint: administered(['point.added'], async (stage, admin) => {
    const agencyId = await agencyOf(stage, admin)
    return (context, actor) =>
      points.registerPoint(context, actor, { agencyId, name: `Punto ${newId()}`, kind: 'punto', address: '' })
  }),
  closePoint: administered(['point.changed'], async (stage, admin) => {
    const typed = { agencyId: await agencyOf(stage, admin), name: `Punto ${newId()}`, kind: 'punto', address: '' }
    const id = savedId(await points.registerPoint(stage.on(), admin, typed))
    return (context, actor) => points.closePoint(context, actor, { id, on: '2026-02-01' })
  }),
  requestAccess: both(['access.asked'], 'dependencia', ['atencion', 'not_in_charge'], async (stage, actor) => {
    const typed = await requestOf(stage)
    return (context) => requestAccess(context, actor, typed)
  }),
  openCampaign: both(['campaign.opened'], HEAD, ['atencion', 'not_in_charge'], async (stage, actor) => {
    await withoutReview(stage)
    await accessToReview(stage)
    return (context) => openCampaign(context, actor, reviewInput())
  }),
  closeCampaign: both(['campaign.closing'], HEAD, ['dependencia', 'not_visible'], async (stage, actor) => {
    const campaignId = await openReview(stage)
    await answerAll(stage, campaignId)
    return (context) => closeCampaign(context, actor, { campaignId })
  }),
  stateAboutReview: both(['review.stated'], 'atencion', ['dependencia', 'not_the_grantee'], async (stage, actor) => {
    const campaignId = await openReview(stage)
    const item = await withEntity(stage.world.owner, stage.entityId, (trx) =>
      trx
        .selectFrom('review_item')
        .select('grant_id')
        .where('campaign_id', '=', campaignId)
        .orderBy('joined_at', 'desc')
        .executeTakeFirstOrThrow(),
    )
    return (context) => stateAboutReview(context, actor, { grantId: item.grant_id, body: TYPED.text })
  }),
  recordTicket: both(['campaign.ticketed'], HEAD, ['control_interno', 'not_in_charge'], async (stage, actor) => {
    const campaignId = await openReview(stage)
    return (context) => recordTicket(context, actor, { campaignId, ticket: '135750', ticketOn: appToday() })
  }),
  setReviewCalendar: both(
    ['campaign.calendar_changed'],
    HEAD,
    ['control_interno', 'not_in_charge'],
    async (stage, actor) => {
      const { n, day } = await withEntity(stage.world.owner, stage.entityId, (trx) =>
        findReviewCalendar(trx, stage.entityId),
      )
      const calendar = { ...USUAL_CALENDAR, day: (day % 28) + 1, seenN: n, reason: TYPED.text }
      return (context) => setReviewCalendar(context, actor, calendar)
    },
  ),
  answerReview: both(['review.answered'], 'dependencia', ['jefatura_ogac', 'not_reviewer'], async (stage, actor) => {
    const campaignId = await openReview(stage)
    const batch = (await waitingAnswers(stage, campaignId)).find(({ byLead }) => !byLead)
    if (!batch) throw new Error('no access of the organismo waits for an answer')
    return (context) => answerReview(context, actor, batch.input)
  }),
  receiveAccessList: both(['access.list_received'], 'dependencia', ['atencion', 'not_in_charge'], async (_, actor) => {
    const request = accessListRequest()
    return (context) => receiveAccessList(context, actor, request.clone())
  }),
  askAccessList: both(
    ['access.list_asked', 'act.refused', 'access.row_settled'],
    'dependencia',
    ['atencion', 'not_visible'],
    async (stage, actor) => {
      const sent = await receiveAccessList(stage.on(), await stage.actor('dependencia'), accessListRequest())
      if (!sent.ok) throw new Error(JSON.stringify(sent))
      return (context) => askAccessList(context, actor, sent.listId)
    },
  ),
  'decideAccess accepting': saidOfAccess('accept', 'access.accepted', 'atencion', ['dependencia', 'not_the_grantee']),
  'decideAccess declining': saidOfAccess('decline', 'access.declined', 'atencion', ['dependencia', 'not_the_grantee']),
  'decideAccess granting': saidOfAccess('grant', 'access.granted', HEAD, ['dependencia', 'not_in_charge']),
  'decideAccess denying': saidOfAccess('deny', 'access.denied', HEAD, ['atencion', 'not_in_charge']),
  'decideAccess withdrawing': saidOfAccess('withdraw', 'access.withdrawn', 'dependencia', [
    'atencion',
    'not_in_charge',
  ]),
  'decideAccess revoking': saidOfAccess('revoke', 'access.revoked', 'dependencia', ['atencion', 'not_in_charge']),
  planAbsence: both(['absence.planned'], TIC, [AUTHOR, 'no_right'], async (stage, actor) => {
    const typed = await absenceOf(stage)
    return (context) => planAbsence(context, actor, typed)
  }),
  cancelAbsence: both(
    ['absence.cancelled'],
    TIC,
    ['profesional_comunicaciones', 'not_visible'],
    async (stage, actor) => {
      const planned = await planAbsence(stage.on(), await stage.actor(TIC), await absenceOf(stage))
      if (!planned.ok) throw new Error(JSON.stringify(planned.errors))
      return (context) => cancelAbsence(context, actor, planned.absenceId)
    },
  ),
  ...CAPTURE_SCENES,
  ...METHODOLOGY_SCENES,
  ...RISK_SCENES,
  ...AUDIT_SCENES,
  ...COLLECTOR_SCENES,
  ...DISPOSAL_SCENES,
  ...PLAN_SCENES,
  ...RISK_FOLLOW_SCENES,
  ...CONTROL_SCENES,
  fileRights: {
    events: ['rights.filed'],
    goes: async (stage) => {
      const typed = typedRights(stage)
      return (context) => fileRights(context, null, typed)
    },
    refused: {
      code: 'body_differs',
      goes: async (stage) => {
        const [typed, clerk] = [typedRights(stage), await stage.actor('atencion')]
        await fileRights(stage.on(), clerk, typed)
        return (context) => fileRights(context, clerk, { ...typed, phone: '1' })
      },
    },
  },
  followRights: {
    events: ['rights.followed'],
    goes: async (stage) => {
      const { place, secret } = await rightsOf(stage)
      return (context) => followRights(context, place, secret)
    },
    refused: {
      code: 'wrong_secret',
      goes: async (stage) => {
        const { place } = await rightsOf(stage)
        return (context) => followRights(context, place, 'AAAABBBBCCCC')
      },
    },
  },
  completeRights: {
    events: ['rights.completion_received'],
    goes: async (stage) => {
      const { place, secret } = await rightsOf(stage, ['require'])
      return (context) => completeRights(context, place, { secret, text: TYPED.text })
    },
    refused: {
      code: 'nothing_to_complete',
      goes: async (stage) => {
        const { place, secret } = await rightsOf(stage)
        return (context) => completeRights(context, place, { secret, text: TYPED.text })
      },
    },
  },
  registerCompletion: both(['rights.completion_received'], AUTHOR, [SIG, 'not_visible'], async (stage, actor) => {
    const { id } = await rightsOf(stage, ['require'])
    return (context) => registerCompletion(context, actor, id, TYPED.text)
  }),
  openRights: both(['rights.opened'], AUTHOR, [SIG, 'not_visible'], async (stage, actor) => {
    const { id } = await rightsOf(stage)
    return (context) => openRights(context, actor, id)
  }),
  copyRecords: {
    events: ['capture.read'],
    goes: async (stage) => {
      const { id } = await rightsOf(stage, [], 'access')
      await recordCitizen(stage)
      await sayOfRights(stage.on(), stage.entityId, { id, verdict: 'identify' })
      const keeper = await stage.actor(AUTHOR)
      return (context) => copyRecords(context, keeper, id)
    },
    refused: {
      code: 'unidentified',
      goes: async (stage) => {
        const [{ id }, keeper] = [await rightsOf(stage, [], 'access'), await stage.actor(AUTHOR)]
        return (context) => copyRecords(context, keeper, id)
      },
    },
  },
  'decideRights identifying': saidOfRights('identify', 'rights.identified'),
  'decideRights requiring': saidOfRights('require', 'rights.completion_asked'),
  'decideRights extending': saidOfRights('extend', 'rights.extended'),
  'decideRights forwarding': saidOfRights('forward', 'rights.forwarded'),
  'decideRights attending': saidOfRights('attend', 'rights.attended', ['identify']),
  'decideRights denying': saidOfRights('deny', 'rights.denied'),
  registerAgency: administered(
    ['agency.added'],
    async () => (context, actor) => posts.registerAgency(context, actor, { name: `${NAMED} ${newId()}` }),
  ),
  updateAgency: administered(['agency.changed'], async (stage, admin) => {
    const id = await agencyOf(stage, admin)
    return (context, actor) => posts.updateAgency(context, actor, { id, name: `${NAMED} ${newId()}` })
  }),
  closeAgency: administered(['agency.changed'], async (stage, admin) => {
    const id = await agencyOf(stage, admin)
    return (context, actor) => posts.closeAgency(context, actor, { id, on: '2026-02-01' })
  }),
  registerPosition: administered(['position.added'], async (stage, admin) => {
    const typed = { agencyId: await agencyOf(stage, admin), name: NAMED, duty: 'dependencia' }
    return (context, actor) => posts.registerPosition(context, actor, typed)
  }),
  updatePosition: administered(['position.changed'], async (stage, admin) => {
    const id = await positionOf(stage, admin)
    return (context, actor) => posts.updatePosition(context, actor, { id, name: `${NAMED} II`, duty: 'dependencia' })
  }),
  suppressPosition: administered(['position.changed'], async (stage, admin) => {
    const id = await positionOf(stage, admin)
    return (context, actor) => posts.suppressPosition(context, actor, { id, on: '2026-02-01' })
  }),
  registerTenure: administered(['tenure.added'], async (stage, admin) => {
    const typed = await tenureOf(stage, admin)
    return (context, actor) => tenures.registerTenure(context, actor, typed)
  }),
  finishTenure: administered(['tenure.ended'], async (stage, admin) => {
    const id = savedId(await tenures.registerTenure(stage.on(), admin, await tenureOf(stage, admin)))
    return (context, actor) =>
      tenures.finishTenure(context, actor, { id, on: '2026-02-01', actReference: `${NAMED} II` })
  }),
  resolveIncident: administered(['incident.closed'], async (stage) => {
    const id = await incidentOf(stage)
    return (context, actor) => resolveIncident(context, actor, { id, note: TYPED.text })
  }),
  installEntity: {
    events: ['entity.installed', 'person.added', 'agency.added', 'position.added', 'tenure.added', 'account.added'],
    goes: async (stage) => {
      const token = await stage.setupLink()
      const password = 'una frase larga y propia'
      const office = { agencyName: 'Oficina TIC', positionName: 'Administración', actReference: 'D 1' }
      const typed = { ...named, ...office, slogan: '', from: '2026-01-01', ...someone(), password, repeated: password }
      return (context) => installEntity(context, token, { ...typed, email: `${newId()}@prueba.gov.co` })
    },
    refused: 'nobody is signed in yet; a link already used is said on the page, and there is no entity to record it in',
  },
}

/** What stands in the same files and is no command of a person. */
export const NOT_COMMANDS: Record<string, string> = {
  requireAuditor: 'a guard',
  auditing: 'the frame of what an auditor reads or takes away',
  keepingRisk: 'the frame of the commands on one risk',
  movingRisk: 'the frame of those that move where a risk stands',
  conductAct: 'the way every act travels',
  conductStored: 'the way of an act that is not of a step',
  settleAct: 'its second half',
  withParcels: 'what is sent for an act',
  sameBody: 'a comparison',
  receiptCode: 'a code',
  permitted: 'a view of the actor',
  requireRight: 'a right over the entity, asked by commands',
  atDesk: 'what the capture commands share',
  keyRing: 'whose keys',
  requireGrant: 'a guard',
  requireDraft: 'a guard',
  restoredRequest: 'what a request is made of',
  mayExport: 'a question before the file is begun',
  handsOfActor: 'a view of the actor',
  effectsOfReopening: 'a pure question',
  workOnSources: 'what the source commands share',
  requireUpload: 'a guard',
  startReading: 'the start of what was recorded before',
  sourceObjection: 'a question',
  requireSourceWork: 'a guard',
  requireNoImport: 'a guard',
  requireSource: 'a guard',
  requireConnection: 'a guard',
  requireEarlierSource: 'a guard',
  workedBy: 'a view of the source',
  requireAttachable: 'a guard',
  typedObjection: 'a question',
  planObjection: 'a question',
  rehearsePlan: 'a question',
  sectionBase: 'what the section commands share',
  saveSectionIn: 'the same',
  attendanceObjection: 'a question',
  mapObjection: 'a question',
  recordSourceWork: 'the event itself',
  recordContinuation: 'the event itself',
}
