import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { DUB_CONTROLS, DUB_RISK } from '../../catalog/demo/risks.ts'
import { GUIDE_7 } from '../../catalog/methodologies/guides.ts'
import { openRound, recordRun } from '../../db/check-runs.ts'
import { type Trx, withActor, withEntity } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { settleEvidence } from '../../db/control-standings.ts'
import { listOpenAlerts } from '../../db/control-waiting.ts'
import { newId } from '../../db/ids.ts'
import {
  copyMethodology,
  findMethodologyDraft,
  publishMethodology,
  saveMethodologyDraft,
} from '../../db/methodology-drafts.ts'
import { addControl } from '../../db/risk-controls.ts'
import { findRisk, reassessRisk, registerRisk } from '../../db/risks.ts'
import { requireControl } from '../../db/run-controls.ts'
import { fieldsOfMethodology } from '../../domain/methodology-edits.ts'
import type { ControlInput, RiskInput } from '../../domain/risk-inputs.ts'
import { rowsOf } from '../support/database.ts'
import { smallTown, type Town } from '../support/town.ts'

const TODAY = '2026-03-02'
const REASON = 'Un control que falló sigue reduciendo algo'

let town: Town
beforeAll(async () => {
  town = await smallTown()
})
afterAll(() => town?.close())

const act = <T>(work: (trx: Trx) => Promise<T>) => withActor(town.web, town.admin, work)
const record = <T>(work: (trx: Trx) => Promise<T>) => withEntity(town.worker, town.entityId, work)

/** A methodology in which a control that failed keeps half of its weight, and one that was never shown nothing. */
async function lenient(): Promise<{ code: string; n: number }> {
  const matrix = ['MMMAE', 'MMMAE', 'MMMAE', 'MMAAE', 'AAAEE']
  const methodology = { ...GUIDE_7, matrix, evidence: { current: 100, expired: 50, failed: 50, never: 0 } }
  const { code } = methodology
  const n = await act(async (trx) => {
    await copyMethodology(trx, town.admin, { code, n: 0 })
    const draft = async () => {
      const found = await findMethodologyDraft(trx, town.entityId, code, { lock: true })
      if (!found) throw new Error('no copy')
      return { found, read: { copy: found.id, version: found.version } }
    }
    const { found, read } = await draft()
    expect(
      await saveMethodologyDraft(trx, town.admin, found, { typed: fieldsOfMethodology(methodology), read }),
    ).toEqual([])
    const saved = await draft()
    return await publishMethodology(trx, town.admin, saved.found, { reason: REASON, read: saved.read })
  })
  return { code, n }
}

/** Adds the first control of the demonstration, as one that prevents; answers its id. */
async function preventing(risk: string): Promise<string> {
  const held = await act((trx) => findRisk(trx, town.entityId, risk, { lock: true }))
  if (!held) throw new Error(`no risk ${risk}`)
  const design = { ...(DUB_CONTROLS[0] as (typeof DUB_CONTROLS)[number]), type: 'preventivo' }
  const formKey = newId()
  const control = { ...design, formKey, ownerId: town.admin.positionId, criteria: {} } as ControlInput
  await act((trx) => addControl(trx, town.admin, held, control))
  return formKey
}

type RunValues = { status: string; shows?: string; valid_until?: string; missed_on?: string }

const runOf = (controlId: string, values: RunValues) =>
  record((trx) =>
    trx
      .insertInto('control_run')
      .values({
        ...{ id: newId(), entity_id: town.entityId, control_id: controlId, workflow_id: newId(), late_until: TODAY },
        ...{ period_start: '2026-02-01', period_end: '2026-02-28', opens_on: '2026-02-02', due_on: '2026-02-27' },
        ...values,
      })
      .execute(),
  )

async function evidenceOn(controlId: string, today: string) {
  const cause = { origin: 'workflow' as const, workflowId: null, actId: null }
  return await record(async (trx) => settleEvidence(trx, await requireControl(trx, controlId), today, cause))
}

async function controlled() {
  const input = { formKey: newId(), ownerId: town.admin.positionId, reason: '', answers: DUB_RISK } as RiskInput
  const key = await lenient()
  const risk = await act((trx) => registerRisk(trx, town.admin, key, input))
  return { risk, controlId: await preventing(risk) }
}

it('alerts the owner of a risk whose zone rises as a failure is excused, which counted for something', async () => {
  const { risk, controlId } = await controlled()
  const settled = async (shows: 'failed' | null) => {
    await record((trx) => trx.updateTable('control_run').set({ shows }).where('control_id', '=', controlId).execute())
    return await evidenceOn(controlId, TODAY)
  }
  await runOf(controlId, { status: 'missed', missed_on: TODAY })
  expect(await settled('failed')).toMatchObject({ turn: 'falls', before: { zone: 'Extremo' }, after: { zone: 'Alto' } })
  expect(await settled(null)).toMatchObject({ turn: 'rises', before: { zone: 'Alto' }, after: { zone: 'Extremo' } })
  expect(await act((trx) => listOpenAlerts(trx, town.entityId, { risk }, 10))).toMatchObject([
    { before: { zone: 'Alto' }, after: { zone: 'Extremo' } },
  ])
})

it('asks for the treatment of a risk from the day its evidence leaves it above the appetite, by no later day as it rises more', async () => {
  const answers = { ...DUB_RISK, timesPerYear: 20, reputational: 'menor' }
  const input = { formKey: newId(), ownerId: town.admin.positionId, reason: '', answers } as RiskInput
  const risk = await act((trx) => registerRisk(trx, town.admin, { code: 'guia_7', n: 0 }, input))
  const asked = () =>
    act((trx) =>
      trx
        .selectFrom('follow_up')
        .select(['status', 'due_on'])
        .where('code', '=', risk)
        .where('kind', '=', 'treat_risk')
        .orderBy('id')
        .execute(),
    )
  const [registered] = await asked()
  expect(registered?.status).toBe('open')
  // Two that prevent, shown until one month and the next, leave it low.
  const controls = [await preventing(risk), await preventing(risk)]
  for (const [i, controlId] of controls.entries()) {
    await runOf(controlId, { status: 'verified', shows: 'shown', valid_until: i === 0 ? '2026-03-31' : '2026-04-30' })
    await evidenceOn(controlId, TODAY)
  }
  expect(await asked()).toEqual([{ ...registered, status: 'dropped' }])
  await evidenceOn(controls[0] ?? '', '2026-04-01')
  const [, risen] = await asked()
  expect(risen?.status).toBe('open')
  await record((trx) =>
    trx
      .updateTable('follow_up')
      .set({ due_on: TODAY })
      .where('code', '=', risk)
      .where('status', '=', 'open')
      .where('kind', '=', 'treat_risk')
      .execute(),
  )
  await evidenceOn(controls[1] ?? '', '2026-05-01')
  expect((await asked())[1]).toEqual({ status: 'open', due_on: TODAY })
})

it('counts what an automatic control shows only while it bears on the risk as it is rated, from that rating on', async () => {
  const input = { formKey: newId(), ownerId: town.admin.positionId, reason: '', answers: DUB_RISK } as RiskInput
  const key = { code: 'guia_7', n: 0 }
  const risk = await act((trx) => registerRisk(trx, town.admin, key, input))
  const controlId = await preventing(risk)
  const roundId = newId()
  await record(async (trx) => {
    const run = { entityId: town.entityId, roundId, control: 'access_unreviewed' } as const
    await openRound(trx, { id: roundId, entityId: town.entityId, controls: [run.control], by: null })
    await recordRun(trx, run, { startedAt: new Date(0), examination: { lookedAt: 3, found: 0, violations: [] } })
  })
  await evidenceOn(controlId, appToday())
  const rate = async (property: string) =>
    await act(async (trx) => {
      const held = await findRisk(trx, town.entityId, risk, { lock: true })
      if (!held) throw new Error(risk)
      const answers = { ...DUB_RISK, property }
      const again = { ...input, formKey: newId(), reason: 'Se pierde otra propiedad.', answers } as RiskInput
      return await reassessRisk(trx, town.admin, held, { key, input: again, read: held.assessment.contentHash })
    })
  const stands = () =>
    act((trx) =>
      trx
        .selectFrom('control_standing as c')
        .innerJoin('risk_standing as s', 's.entity_id', 'c.entity_id')
        .innerJoin('risk as r', 'r.id', 's.risk_id')
        .select(['c.state', sql<boolean>`s.demonstrated_p = s.declared_p`.as('isShown')])
        .where('c.control_id', '=', controlId)
        .where('r.code', '=', risk)
        .executeTakeFirst(),
    )
  expect(await stands()).toEqual({ state: 'current', isShown: true })
  expect(await rate('disponibilidad')).toMatchObject({ turn: 'rises', cause: 'reassessed' })
  expect(await stands()).toEqual({ state: 'never', isShown: false })
  expect(await rate('integridad')).toMatchObject({ turn: 'falls', cause: 'reassessed' })
  expect(await stands()).toEqual({ state: 'current', isShown: true })
  const query = `select c ->> 'after' as after from event, jsonb_array_elements(changes) c
    where object_id = $1 and type = 'control.evidence_changed' and c ->> 'field' = 'evidence' order by at, id`
  const said = await rowsOf<{ after: string }>(town.database.ownerUrl, query, [controlId])
  expect(said.map(({ after }) => after)).toEqual(['current', 'never', 'current'])
})
