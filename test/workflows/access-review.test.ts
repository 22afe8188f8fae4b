import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { answerReview } from '../../app/commands/answer-review.server.ts'
import { closeCampaign } from '../../app/commands/close-campaign.server.ts'
import { openCampaign } from '../../app/commands/open-campaign.server.ts'
import { recordTicket } from '../../app/commands/record-ticket.server.ts'
import { requestAccess } from '../../app/commands/request-access.server.ts'
import { loadWorkflowHistory } from '../../app/pages/workflow-history.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { eventSentence } from '../../app/text/events.ts'
import { withActor, withEntity } from '../../db/client.ts'
import { appNow, appToday, moveClock } from '../../db/clock.ts'
import { newId } from '../../db/ids.ts'
import { listRanTerms } from '../../db/ran-terms.ts'
import { listCards } from '../../db/review-pages.ts'
import { listSentNotices } from '../../db/sent-notices.ts'
import { listTimeline } from '../../db/timeline.ts'
import type { ReviewVerdict } from '../../domain/campaigns.ts'
import type { RefusalCode } from '../../domain/refusals.ts'
import { reviewListWorkflowId } from '../../workflows/messages.ts'
import { grantedAccess, say, statusOf } from '../support/accesses.ts'
import { fastForward } from '../support/temporal.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
let head: Actor
let clerk: Actor
let lead: Actor
let other: Actor
let grants: { kept: string; retired: string; silent: string }
beforeAll(async () => {
  world = await openWorld()
  ;[head, clerk, lead, other] = await Promise.all([
    world.actor('dependencia'),
    world.actor('atencion'),
    world.actor('jefatura_ogac'),
    world.actor('profesional_sig'),
  ])
  const { context } = world
  grants = {
    kept: await grantedAccess(context, { head, lead, grantee: clerk }, 'F004'),
    retired: await grantedAccess(context, { head, lead, grantee: clerk }, 'F006'),
    silent: await grantedAccess(context, { head, lead, grantee: other }, 'F004'),
  }
}, 120_000)
afterAll(async () => await world.close(), 60_000)
afterEach(() => moveClock(0))

const proved = (actor: Actor) => ({ ...actor, provedAt: appNow() })

async function open(by = lead, change: Record<string, string> = {}): Promise<string> {
  const typed = {
    formKey: newId(),
    vigencia: appToday().slice(0, 4),
    workingDays: '10',
    onSilence: 'retire',
    ...change,
  }
  const opened = await openCampaign(world.context, proved(by), typed)
  if (!opened.ok) throw new Error(JSON.stringify(opened.errors))
  return opened.campaignId
}

const rows = <T>(read: (trx: Parameters<Parameters<typeof withEntity>[2]>[0]) => Promise<T>): Promise<T> =>
  withEntity(world.owner, world.entityId, read)

const itemsOf = (campaignId: string) =>
  rows((trx) =>
    trx
      .selectFrom('review_item')
      .leftJoin('review_answer', 'review_answer.id', 'review_item.answer_id')
      .select(['review_item.id', 'grant_id', 'list_id', 'outcome', 'outcome_by', 'after_status', 'n'])
      .where('campaign_id', '=', campaignId)
      .execute(),
  )

/** Every access has its list, and the workflow of each list has told its reviewer. */
async function untilListed(campaignId: string) {
  const told = async () => {
    const items = await itemsOf(campaignId)
    const lists = [...new Set(items.map(({ list_id }) => list_id))].filter((id) => id !== null)
    const sent = await rows((trx) =>
      trx
        .selectFrom('notice')
        .select('id')
        .where('list_id', 'in', [...lists, campaignId])
        .where('status', '=', 'sent')
        .execute(),
    )
    return [items.filter(({ list_id }) => list_id).length, sent.length >= lists.length]
  }
  await expect.poll(told, { timeout: 20_000 }).toEqual([3, true])
  return await itemsOf(campaignId)
}

async function answer(campaignId: string, grantId: string, verdict: ReviewVerdict, { by = head, seenN = 0 } = {}) {
  const item = (await itemsOf(campaignId)).find((one) => one.grant_id === grantId)
  const change = { endsOn: null }
  return await answerReview(world.context, by, {
    ...{ listId: item?.list_id ?? '', formKey: newId() },
    answers: [{ itemId: item?.id ?? '', verdict, reason: '', change, seenN, seenMs: 4_000 }],
  })
}

/** What the reviewer's card says, once its person has captured two records by it, been declined, and captured one the year before. */
async function capturedOn(campaignId: string, grantId: string): Promise<number | undefined> {
  await rows((trx) =>
    sql`insert into capture_outcome (id, entity_id, point_id, form, vigencia, outcome, person_id, happened_on)
      select gen_random_uuid(), entity_id, point_id, form, vigencia, o.outcome, grantee_id, app_today() - o.ago
      from access_grant, (values ('captured', 0), ('captured', 0), ('declined', 0), ('captured', 365)) as o(outcome, ago)
      where id = ${grantId}`.execute(trx),
  )
  const item = (await itemsOf(campaignId)).find((one) => one.grant_id === grantId)
  const { rows: cards } = await withActor(world.context.db, head, (trx) => listCards(trx, item?.list_id ?? ''))
  return cards.find((card) => card.grantId === grantId)?.captured
}

/** The short request that undoes what the review ended; answers the row of the new access. */
async function restore(grantId: string) {
  const reason = 'Sigue atendiendo en la ventanilla.'
  const asked = await requestAccess(world.context, head, { formKey: newId(), restores: grantId, reason })
  if (!asked.ok) throw new Error(JSON.stringify(asked.errors))
  return await rows((trx) =>
    trx.selectFrom('access_grant').select(['status', 'radicado']).where('id', '=', asked.grantId).executeTakeFirst(),
  )
}

const codeOf = (work: Promise<unknown>): Promise<RefusalCode | null> =>
  work.then(
    () => null,
    (failure: { code: RefusalCode }) => failure.code,
  )

/** Time passes for the lists: a campaign whose lists run has their clock (temporal.md §0: a child at work stops skipping). */
async function pass(campaignId: string, days: number): Promise<void> {
  const seconds = days * 86_400
  moveClock(seconds * 1000)
  const lists = [...new Set((await itemsOf(campaignId)).map(({ list_id }) => list_id))]
  for (const list of lists) await fastForward(world.temporal.client, reviewListWorkflowId(campaignId, list), seconds)
}

/** The answers themselves were taken by the workflow of their list, which the technical history of the review leads to. */
async function namesReviewers(campaignId: string): Promise<void> {
  const auditor = await world.actor('control_interno')
  const read = (query: string) => loadWorkflowHistory(world.context, auditor, new URLSearchParams(query))
  const { flows } = await read(`campana=${campaignId}`)
  const answers = flows.find(({ name }) => name.startsWith('Respuestas de '))
  expect(flows.map(({ name }) => name)).toEqual([
    ...['Revisión de accesos', answers?.name],
    'Accesos que nadie puede revisar',
  ])
  for (const { to } of flows) expect((await read(to)).missing).toBeNull()
  const { events } = await read(answers?.to ?? '')
  const taken = events.filter(({ code }) => code === 'WORKFLOW_EXECUTION_UPDATE_COMPLETED')
  expect(taken.map(({ name, outcome }) => [name, outcome])).toEqual([
    ['answerReview', 'fine'],
    ['answerReview', 'fine'],
    ['answerReview', 'fine'],
  ])
}

const endOf = async (campaignId: string) =>
  (
    await rows((trx) =>
      trx.selectFrom('access_campaign').select('status').where('id', '=', campaignId).executeTakeFirst(),
    )
  )?.status

describe('a review of accesses', () => {
  it('keeps what is confirmed, ends what is retired and what nobody answers, and says so to everybody', async () => {
    const campaignId = await open()
    await untilListed(campaignId)
    expect(await codeOf(open())).toBe('campaign_exists')
    expect(await capturedOn(campaignId, grants.kept)).toBe(2)
    expect((await answer(campaignId, grants.kept, 'retire')).taken).toBe(1)
    expect((await answer(campaignId, grants.kept, 'confirm')).leftOut[0]?.against.code).toBe('answer_changed')
    expect((await answer(campaignId, grants.kept, 'confirm', { seenN: 1 })).taken).toBe(1)
    expect((await answer(campaignId, grants.retired, 'retire')).taken).toBe(1)
    expect(await codeOf(answer(campaignId, grants.silent, 'confirm', { by: clerk }))).toBe('not_visible')
    expect(await codeOf(closeCampaign(world.context, proved(lead), { campaignId }))).toBe('reviews_waiting')
    await pass(campaignId, 20)
    await expect.poll(() => endOf(campaignId), { timeout: 20_000 }).toBe('closed')
    const items = await itemsOf(campaignId)
    const cameOut = (id: string) => {
      const { outcome, outcome_by, after_status, n } = items.find(({ grant_id }) => grant_id === id) ?? {}
      return [outcome, outcome_by, after_status, n]
    }
    expect(cameOut(grants.kept)).toEqual(['kept', 'answer', 'granted', 2])
    expect(cameOut(grants.retired)).toEqual(['retired', 'answer', 'retired', 1])
    expect(cameOut(grants.silent)).toEqual(['retired', 'silence', 'retired', null])
    expect(await statusOf(world.context, world.entityId, grants.silent)).toBe('retired')
    const told = await rows((trx) =>
      trx
        .selectFrom('notice')
        .select(['kind', 'duty', 'status'])
        .where('list_id', 'is not', null)
        .orderBy('planned_at')
        .execute(),
    )
    expect(told.map(({ kind, duty, status }) => `${kind} ${duty} ${status}`)).toEqual([
      ...['delivery reviewer sent', 'reminder-5 reviewer sent', 'reminder-2 reviewer sent', 'reminder-1 superior sent'],
    ])
    const late = await answer(campaignId, grants.silent, 'confirm')
    expect([late.taken, late.leftOut[0]?.against.code]).toEqual([0, 'review_over'])
    // One answer that keeps an access says nothing of how somebody reviews.
    expect(await rows((trx) => trx.selectFrom('incident').select('kind').execute())).toEqual([])
    const history = await rows((trx) => listTimeline(trx, { kind: 'campaign', id: campaignId }))
    const types = history.rows.map(({ type }) => type)
    expect(types.filter((type) => type === 'review.answered')).toHaveLength(3)
    expect(types.filter((type) => type === 'notice.sent')).toHaveLength(4)
    expect([types.at(-1), types[0]]).toEqual(['campaign.opened', 'campaign.closed'])
    expect(history.rows.map(eventSentence).join(' ')).toContain('Se avisó que está por vencer el plazo de la revisión')
    await namesReviewers(campaignId)
    const about = { entityId: world.entityId, kind: 'campaign', id: campaignId } as const
    const [term] = (await rows((trx) => listRanTerms(trx, about))).rows
    expect(term).toMatchObject({ length: 10, ending: 'done', countsStart: false, endedOn: expect.any(String) })
    expect(term?.days.filter(({ counts }) => counts)).toHaveLength(10)
    const sent = await rows((trx) => listSentNotices(trx, { ...about, path: `/accesos/campanas/${campaignId}` }))
    expect(new Set(sent.rows.map(({ kind, duty }) => kind && `${kind} ${duty}`))).toEqual(
      new Set([null, 'delivery reviewer', 'reminder-5 reviewer', 'reminder-2 reviewer', 'reminder-1 superior']),
    )
    expect(sent.rows.every(({ positions }) => positions !== null)).toBe(true)
    const outcomes = await rows((trx) =>
      trx.selectFrom('mail').select('subject').where('person_id', '=', clerk.personId).execute(),
    )
    expect(outcomes.map(({ subject }) => subject)).toContainEqual(
      expect.stringMatching(/^Su acceso AD-\d{4}-\d{4} sigue como está$/),
    )
    await recordTicket(world.context, lead, { campaignId, ticket: '135750', ticketOn: appToday() })
    const asked = await restore(grants.silent)
    expect(asked).toMatchObject({
      status: 'accepted',
      radicado: expect.stringMatching(/^RA-\d{4}-\d{4}, caso MARI 135750$/),
    })
    const form = { formKey: newId(), restores: grants.retired, reason: 'Sigue atendiendo en la ventanilla.' }
    const first = await requestAccess(world.context, head, form)
    const past = appNow().getTime() - Date.now()
    moveClock(past + 86_400_000)
    expect(await requestAccess(world.context, head, form)).toEqual(first)
    expect(await codeOf(requestAccess(world.context, head, { ...form, reason: 'Otra razón distinta.' }))).toBe(
      'body_differs',
    )
    expect(await codeOf(requestAccess(world.context, head, { ...form, restores: grants.silent }))).toBe('body_differs')
    expect(await codeOf(restore(grants.silent))).toBe('undo_done')
    const [again] = await rows((trx) =>
      trx
        .selectFrom('access_grant')
        .select('id')
        .where('grantee_id', '=', other.personId)
        .where('status', '=', 'accepted')
        .execute(),
    )
    await say(world.context, other, again?.id ?? '', 'decline')
    expect(await codeOf(restore(grants.silent))).toBe('undo_done')
    moveClock(past + 30 * 86_400_000)
    expect(await codeOf(restore(grants.retired))).toBe('undo_over')
  })
})
