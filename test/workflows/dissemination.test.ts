/** The results of a cycle on their way to the dependencias, from the publication to the last answer (features H9). */
import { NativeConnection, type Worker } from '@temporalio/worker'
import pg from 'pg'
import pino from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { compareHistories } from '../../activities/compare-histories.ts'
import { startCourier } from '../../activities/courier.ts'
import { tellOfSummaries } from '../../activities/tell-agencies.ts'
import { createWorker } from '../../activities/worker.ts'
import { answerSummary, confirmReading } from '../../app/commands/answer-summary.server.ts'
import { remindAgency } from '../../app/commands/remind-agency.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { completeAnswers } from '../../catalog/demo/answers.ts'
import { addCalendarDay, previewCalendarDay } from '../../db/calendar-days.ts'
import { withActor, withEntity } from '../../db/client.ts'
import { appNow, appToday, moveClock } from '../../db/clock.ts'
import { findAction } from '../../db/improvement-pages.ts'
import { findApprovedReleaseOf } from '../../db/release-pages.ts'
import { withdrawRelease } from '../../db/releases.ts'
import { findSummary, listOwnSummaries, listResults, requireSummaryContent } from '../../db/summaries.ts'
import { listOwnPositions } from '../../db/summary-acts.ts'
import { addDays } from '../../domain/civil-dates.ts'
import type { Row } from '../../domain/forms.ts'
import * as acts from '../../scripts/demonstration/acts.ts'
import { disseminationWorkflowId, publicationWorkflowId, TASK_QUEUE } from '../../workflows/messages.ts'
import { approveFiles, preparedCycle, publisherOf } from '../support/open-data.ts'
import { testServices } from '../support/services.ts'
import { openSignedWorld, type SignedWorld } from '../support/signed-cycle.ts'
import { fastForward, type TestTemporal, testTemporal } from '../support/temporal.ts'

const DAY = 86_400

let world: SignedWorld
let temporal: TestTemporal
let connection: NativeConnection
let worker: { stop(): Promise<void> }
let context: AppContext
let cycleId: string

beforeAll(async () => {
  world = await openSignedWorld()
  temporal = await testTemporal()
  connection = await NativeConnection.connect({ address: temporal.address })
  worker = await startWorker()
  const config = { DATA_DIR: world.dataDir, PUBLIC_URL: 'http://localhost:3000' }
  context = {
    ...{ db: world.web, temporal: temporal.client, requestId: 'prueba', config, log: pino({ level: 'silent' }) },
  } as unknown as AppContext
  cycleId = await published()
}, 180_000)
afterAll(async () => {
  await worker.stop()
  await connection.close()
  await temporal.close()
  await world.close()
}, 60_000)
afterEach(() => moveClock(0))

async function startWorker() {
  const one: Worker = await createWorker(connection, temporal.namespace, world.tools)
  const running = one.run()
  return {
    stop: async () => {
      one.shutdown()
      await running
    },
  }
}

/** A cycle whose publication has run to its end, as after the last signature of step 7. */
async function published(): Promise<string> {
  const { cycle } = await preparedCycle(world)
  const input = await approveFiles(world, cycle)
  const workflowId = publicationWorkflowId(input.stepVersionId)
  await temporal.client.workflow.execute('publication', { workflowId, taskQueue: TASK_QUEUE, args: [input] })
  await vi.waitFor(async () => expect(await sentIn(cycle.cycleId)).toHaveLength(8), { timeout: 20_000 })
  return cycle.cycleId
}

const noticesOf = (cycle: string, agencyId?: string) =>
  withEntity(world.owner, world.entityId, (trx) =>
    trx
      .selectFrom('notice')
      .innerJoin('agency_summary as s', 's.id', 'notice.summary_id')
      .innerJoin('agency', 'agency.id', 's.agency_id')
      .select(['agency.code', 'notice.kind', 'notice.duty', 'notice.status', 'notice.planned_on'])
      .where('s.cycle_id', '=', cycle)
      .$if(agencyId !== undefined, (query) => query.where('s.agency_id', '=', agencyId ?? ''))
      .orderBy('notice.planned_at')
      .orderBy('notice.duty')
      .execute(),
  )

const sentIn = async (cycle: string, agencyId?: string) =>
  (await noticesOf(cycle, agencyId)).flatMap(({ kind, duty, status }) => (status === 'sent' ? [`${kind} ${duty}`] : []))

const actor = (duty: string) => acts.actorOf(context, world.entityId, duty)
const summaryOf = async ({ position }: Actor, cycle = cycleId) => {
  const found = await withEntity(world.owner, world.entityId, (trx) =>
    findSummary(trx, { cycleId: cycle, agencyId: position.agencyId }),
  )
  if (!found) throw new Error(`${position.agencyName} has no summary`)
  return found
}
const contentOf = (id: string) => withEntity(world.owner, world.entityId, (trx) => requireSummaryContent(trx, id))
const eventsOn = (id: string) =>
  withEntity(world.owner, world.entityId, (trx) =>
    trx
      .selectFrom('event')
      .select(['type', 'content_hash', 'actor_position'])
      .where('object_id', '=', id)
      .orderBy('at')
      .execute(),
  )
const mailsTo = (personId: string) =>
  withEntity(world.owner, world.entityId, (trx) =>
    trx
      .selectFrom('mail')
      .select(['subject', 'body', 'link'])
      .where('person_id', '=', personId)
      .orderBy('written_at')
      .execute(),
  )

/** Both clocks pass together: the workflow's by its timers, the record's by the offset of this process. */
async function pass(cycle: string, seconds: number): Promise<void> {
  moveClock(seconds * 1000)
  await fastForward(temporal.client, disseminationWorkflowId(cycle), seconds)
}

describe('the summary of a dependencia', () => {
  it('has its part of the signed report and nothing of others, in a form that never changes', async () => {
    const summary = await summaryOf(await actor('dependencia'))
    const content = await contentOf(summary.id)
    expect(content).toMatchObject({ agency: { name: 'Secretaría de Salud' }, inData: 'SECRETARIA DE SALUD' })
    // By organismo, and by organismo and quarter; no other figure of the report speaks of one dependencia.
    expect(content.figures.map(({ heading, lines }) => [heading, lines.length])).toEqual([
      ['', 0],
      ['Trimestre', 4],
    ])
    const [count, cross] = content.figures
    expect(count?.total.own).toBeGreaterThan(0)
    expect(cross?.total).toEqual(count?.total)
    expect(content.recommendations).toEqual([])
    const ogac = await contentOf((await summaryOf(await actor('jefatura_ogac'))).id)
    const asked = completeAnswers('6').recomendaciones?.lista as Row[]
    expect(ogac.recommendations.map(({ text }) => text)).toEqual([asked[0]?.texto])
    expect(ogac.segments.map(({ id, because }) => [id, because])).toEqual([['m1', 'recommendation']])
    expect(ogac.segments[0]?.size).toBeGreaterThan(5)
    const rewrite = withEntity(world.worker, world.entityId, (trx) =>
      trx
        .updateTable('agency_summary')
        .set({ sha256: 'f'.repeat(64) })
        .execute(),
    )
    await expect(rewrite).rejects.toThrow('permission denied')
  })

  it('is told to whoever heads the dependencia, by a line in the inbox and a mail without a person in it', async () => {
    const head = await actor('dependencia')
    const lines = await withActor(world.web, head, (trx) => listOwnSummaries(trx, head.position.id, 10))
    expect(lines.map(({ agencyName }) => agencyName)).toEqual(['Secretaría de Salud'])
    const results = await withActor(world.web, head, (trx) => listResults(trx, null))
    expect(results).toMatchObject({ next: null, rows: [{ cycleId, total: 8, answered: 0 }] })
    const [mail] = await mailsTo(head.personId)
    expect(mail?.link).toBe(`http://localhost:3000/resultados/${cycleId}/${head.position.agencyId}`)
    expect(`${mail?.subject} ${mail?.body}`).toContain('Secretaría de Salud')
    const tic = await actor('profesional_tic')
    expect(await withActor(world.web, tic, (trx) => listOwnSummaries(trx, tic.position.id, 10))).toEqual([])
  })
})

describe('a dependencia', () => {
  it('confirms the content it read and answers with commitments, each an improvement action', async () => {
    const head = await actor('jefatura_ogac')
    const { id: summaryId, sha256 } = await summaryOf(head)
    const positions = await withActor(world.web, head, (trx) => listOwnPositions(trx, head.position.agencyId))
    const positionId = positions.find(({ name }) => name === 'Profesional OGAC')?.id ?? ''
    const commitment = {
      ...{ what: 'Una jornada mensual en cada corregimiento.', positionId, dueDate: addDays(appToday(), 60) },
      indicator: 'Jornadas realizadas.',
    }
    const answer = { summaryId, changes: true as const, commitments: [commitment] }
    await expect(answerSummary(context, head, answer)).rejects.toMatchObject({ code: 'not_read' })
    await expect(confirmReading(context, head, { summaryId, contentHash: 'f'.repeat(64) })).rejects.toMatchObject({
      code: 'content_changed',
    })
    const reading = { summaryId, contentHash: sha256 }
    await confirmReading(context, head, reading)
    await confirmReading(context, head, reading)
    await answerSummary(context, head, answer)
    await expect(answerSummary(context, head, answer)).rejects.toMatchObject({ code: 'already_answered' })
    const made = await withEntity(world.owner, world.entityId, (trx) =>
      trx
        .selectFrom('summary_commitment as c')
        .innerJoin('improvement_action as a', 'a.id', 'c.action_id')
        .innerJoin('summary_reading as r', 'r.summary_id', 'c.summary_id')
        .select([
          'a.code',
          'a.what',
          'a.origin',
          'a.duty',
          'a.position_id',
          'a.due_date',
          'a.cycle_id',
          'r.sha256',
          'r.receipt_code',
        ])
        .where('c.summary_id', '=', summaryId)
        .execute(),
    )
    expect(made).toMatchObject([
      {
        ...{ what: commitment.what, origin: 'commitment', duty: 'profesional_ogac', position_id: positionId },
        ...{ due_date: commitment.dueDate, cycle_id: cycleId, sha256 },
      },
    ])
    const action = await withActor(world.web, head, (trx) => findAction(trx, world.entityId, made[0]?.code ?? ''))
    expect(action?.summaryAgencyId).toBe(head.position.agencyId)
    expect(made[0]?.receipt_code).toMatch(/^[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){2}$/)
    const events = (await eventsOn(summaryId)).filter(({ type }) => type !== 'act.refused')
    expect(events.map(({ type }) => type)).toEqual([
      ...['summary.delivered', 'summary.reminded', 'summary.read', 'summary.answered'],
    ])
    expect(events[2]).toEqual({ type: 'summary.read', content_hash: sha256, actor_position: head.position.id })
    const left = await noticesOf(cycleId, head.position.agencyId)
    expect(left.filter(({ status }) => status === 'planned')).toEqual([])
  })

  it('is answered for by nobody else, and by no position of another dependencia', async () => {
    const [health, other] = [await actor('dependencia'), await actor('secretaria_general')]
    const { id: summaryId, sha256: contentHash } = await summaryOf(health)
    await expect(confirmReading(context, other, { summaryId, contentHash })).rejects.toMatchObject({
      ...{ code: 'not_in_charge', facts: { duties: 'Secretaría de Salud' } },
    })
    await confirmReading(context, health, { summaryId, contentHash })
    const foreign = { what: 'Que otra lo haga.', positionId: other.position.id, dueDate: '2099-01-01', indicator: '' }
    await expect(
      answerSummary(context, health, { summaryId, changes: true, commitments: [foreign] }),
    ).rejects.toMatchObject({ code: 'out_of_date' })
    // Beyond the commands, nobody confirms in the name of somebody else or what was not handed over.
    const write = (set: object) =>
      withActor(world.web, other, (trx) =>
        trx
          .insertInto('summary_reading')
          .values({
            ...{
              summary_id: summaryId,
              entity_id: world.entityId,
              sha256: contentHash,
              position_id: other.position.id,
            },
            ...{
              person_id: other.personId,
              person_name: '',
              position_name: '',
              tenure_kind: 'titular',
              receipt_code: 'x',
            },
            ...set,
          })
          .execute(),
      )
    await expect(write({ person_id: health.personId })).rejects.toThrow('row-level security')
    await expect(write({ sha256: 'f'.repeat(64) })).rejects.toThrow(/duplicate key|foreign key/)
  })
})

describe('a reminder', () => {
  it('moves with the calendar, and so does the term of the answer: its workflow is told', async () => {
    const health = await actor('dependencia')
    const before = await summaryOf(health)
    const admin = await actor('administracion')
    const by = { ...admin, positionId: admin.position.id, requestId: null }
    const planned = async () =>
      (await noticesOf(cycleId, health.position.agencyId)).filter(({ status }) => status === 'planned')
    const moved = await withActor(world.web, admin, async (trx) => {
      for (let ahead = 1; ; ahead++) {
        const civic = {
          day: addDays(appToday(), ahead),
          kind: 'extra',
          name: 'Día cívico',
          actReference: 'D 1',
        } as const
        const preview = await previewCalendarDay(trx, world.entityId, civic)
        if (preview.length === 0) continue
        expect(await addCalendarDay(trx, by, civic)).toMatchObject({ moved: preview })
        return preview
      }
    })
    // The Oficina de Atención has answered: its term stands.
    expect(moved.map(({ of }) => of)).not.toContainEqual({ agency: (await actor('jefatura_ogac')).position.agencyName })
    const mine = moved.find(({ termId }) => termId === before.id)
    const after = await summaryOf(health)
    expect(mine).toMatchObject({ of: { agency: 'Secretaría de Salud' }, before: before.dueDate, after: after.dueDate })
    expect(after.dueDate > before.dueDate).toBe(true)
    expect((await planned()).find(({ kind }) => kind === 'expiry')?.planned_on).toBe(addDays(after.dueDate, 1))
    expect((await eventsOn(before.id)).map(({ type }) => type)).toContain('summary.moved')
    const courier = startCourier(world.worker, temporal.client, (error) => {
      throw error
    })
    const handle = temporal.client.workflow.getHandle(disseminationWorkflowId(cycleId))
    const signals = async () =>
      ((await handle.fetchHistory()).events ?? []).filter(({ workflowExecutionSignaledEventAttributes: of }) => of)
    await expect.poll(async () => (await signals()).length, { timeout: 20_000 }).toBe(1)
    await courier.stop()
    expect(await sentIn(cycleId, health.position.agencyId)).toEqual(['delivery head'])
  })

  it('goes to those who have not answered, in working days, and to the head above once the term is over', async () => {
    const health = await actor('dependencia')
    const { id: summaryId, dueDate } = await summaryOf(health)
    // Another worker takes the timers over.
    await worker.stop()
    worker = await startWorker()
    const days = Math.ceil((Date.parse(`${dueDate}T23:59:59-05:00`) - appNow().getTime()) / (DAY * 1000)) + 1
    await pass(cycleId, days * DAY)
    await expect.poll(async () => (await sentIn(cycleId, health.position.agencyId)).length, { timeout: 20_000 }).toBe(5)
    expect(await sentIn(cycleId, health.position.agencyId)).toEqual([
      ...['delivery head', 'reminder-3 head', 'reminder-1 head', 'expiry head', 'expiry superior'],
    ])
    // The Oficina de Atención answered: it was told once, that its summary was there.
    expect(await sentIn(cycleId, (await actor('jefatura_ogac')).position.agencyId)).toEqual(['delivery head'])
    const above = await mailsTo((await actor('alcaldia')).personId)
    expect(above.map(({ subject }) => subject)).toContainEqual(
      expect.stringContaining('Secretaría de Salud no ha respondido'),
    )
    await answerSummary(context, health, { summaryId, changes: false, reason: 'La agenda ya cubre toda la demanda.' })
    await pass(cycleId, (days + 4) * DAY)
    // The others are told of what is overdue; who answered is not.
    await vi.waitFor(async () => expect(await sentIn(cycleId)).toContain('overdue-3 head'), { timeout: 20_000 })
    expect(await sentIn(cycleId, health.position.agencyId)).toHaveLength(5)
  })

  it('by hand goes out once a day, with its event, and only from those of step 7', async () => {
    const other = await published()
    const { position } = await actor('dependencia')
    const asked = { cycleId: other, agencyId: position.agencyId }
    const secretariat = await actor('secretaria_general')
    await expect(remindAgency(context, await actor('control_interno'), asked)).rejects.toMatchObject({
      code: 'not_in_charge',
    })
    await expect(remindAgency(context, secretariat, asked)).rejects.toMatchObject({ code: 'reminded_today' })
    moveClock(DAY * 1000)
    await remindAgency(context, secretariat, asked)
    await expect(remindAgency(context, secretariat, asked)).rejects.toMatchObject({ code: 'reminded_today' })
    const byHand = (await noticesOf(other, position.agencyId)).filter(({ kind }) => kind === 'by_hand')
    expect(byHand).toMatchObject([{ status: 'sent', duty: 'head', planned_on: appToday() }])

    // What is withdrawn asks nothing of anybody: no line, and no reminder more.
    const publisher = publisherOf(world)
    await withActor(world.web, publisher, async (trx) => {
      const release = await findApprovedReleaseOf(trx, other)
      await withdrawRelease(trx, publisher, { releaseId: release?.id ?? '', reason: 'Se publicó por error.' })
    })
    const now = new Date(appNow().getTime() + 300 * DAY * 1000).toISOString()
    expect(await tellOfSummaries(world.tools, { entityId: world.entityId, cycleId: other, now })).toBeNull()
    expect((await noticesOf(other)).filter(({ status }) => status === 'planned')).toEqual([])
    const head = await actor('dependencia')
    const lines = await withActor(world.web, head, (trx) => listOwnSummaries(trx, head.position.id, 10))
    expect(lines.map(({ cycleId: of }) => of)).not.toContain(other)
  })
})

describe('what Temporal says of a publication and of its dissemination', () => {
  const compared = async () => {
    const outcome = await compareHistories(world.tools, world.entityId, temporal.client)
    if (!('examination' in outcome)) throw new Error(outcome.failureCode)
    return outcome.examination.violations
      .filter(({ kind, facts }) => kind === 'release' || facts?.table === 'agency_summary')
      .map(({ reason, kind, id }) => [reason, kind, id])
  }

  it('is what the tables say, and differs where one is open and its workflow ended', async () => {
    const waited = await published()
    const waiting = disseminationWorkflowId(waited)
    expect(await compared()).toEqual([])
    await temporal.client.workflow.getHandle(waiting).terminate('x')
    await intrude('update workflow_reading set read_at = $2 where workflow_id = $1', [waiting, new Date(0)])
    expect(await compared()).toEqual([['ended_early', 'cycle', waited]])

    const release = await withActor(world.web, publisherOf(world), (trx) => findApprovedReleaseOf(trx, waited))
    await intrude(
      `update release set status = 'scheduled', publish_at = '2099-01-01', published_at = null where id = $1`,
      [release?.id],
    )
    expect((await compared()).toSorted()).toEqual([
      ['ended_early', 'cycle', waited],
      ['ended_early', 'release', release?.id],
    ])
  })
})

/** As a hand at a console that has switched the guards off. */
async function intrude(statement: string, values: unknown[]): Promise<void> {
  const url = new URL((await testServices()).postgresUrl)
  url.pathname = new URL(world.ownerUrl).pathname
  const client = new pg.Client({ connectionString: url.toString() })
  await client.connect()
  await client.query('set session_replication_role = replica')
  await client.query(statement, values)
  await client.end()
}
