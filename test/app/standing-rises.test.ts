/** Whatever raises what is demonstrated of a risk asks its owner, within the zone as out of it (features D7, N4). */
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { evidenceMoved } from '../../activities/evidence-moved.ts'
import type { Tools } from '../../activities/tools.ts'
import { addControl, reassessRisk, registerRisk, retireControl } from '../../app/commands/keep-risks.server.ts'
import { overwriteResidual, withdrawOverride } from '../../app/commands/overwrite-residual.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import { loadResidual } from '../../app/pages/residual.server.ts'
import { loadRisks } from '../../app/pages/risks.server.ts'
import { shownAlerts } from '../../app/pages/standing-alerts.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { eventSentence } from '../../app/text/events.ts'
import { DUB_CONTROLS, DUB_RISK } from '../../catalog/demo/risks.ts'
import { withEntity } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { findRisk } from '../../db/risks.ts'
import { requireControl } from '../../db/run-controls.ts'
import type { ControlInput, RiskInput } from '../../domain/risk-inputs.ts'
import * as acts from '../../scripts/demonstration/acts.ts'
import { type Desk, openDesk } from '../support/capture.ts'

const KEY = { code: 'guia_7', n: 0 }
const REASON = 'Así lo decidió el comité de control interno'
const PUBLIC_URL = 'https://caracteriza.prueba.gov.co'

let desk: Desk
let context: AppContext
let keeper: Actor
let owner: Actor
beforeAll(async () => {
  desk = await openDesk()
  const config = { APP_SECRET: desk.secret, PUBLIC_URL }
  context = { db: desk.web, requestId: 'prueba', config, log: pino({ level: 'silent' }) } as unknown as AppContext
  keeper = await acts.actorOf(context, desk.entityId, 'profesional_ogac')
  owner = await acts.actorOf(context, desk.entityId, 'jefatura_ogac')
}, 120_000)
afterAll(() => desk?.close())

interface Watched {
  code: string
  riskId: string
  control: string
  controlId: string
}

const typed = (change: Partial<typeof DUB_RISK> = {}) =>
  ({ formKey: newId(), ownerId: owner.position.id, reason: '', answers: { ...DUB_RISK, ...change } }) as RiskInput

/** A risk of 60 % by 80 %, in Alto whatever its preventive control takes of it. */
async function watched(): Promise<Watched> {
  const input = typed({ timesPerYear: 400 })
  const code = await registerRisk(context, keeper, KEY, input)
  const design = { ...DUB_CONTROLS[0], type: 'preventivo', implementation: 'automatico', automaticCheck: '' }
  const control = { ...design, formKey: newId(), ownerId: owner.position.id, criteria: {} } as unknown as ControlInput
  await addControl(context, keeper, code, control)
  const found = await withEntity(desk.owner, desk.entityId, (trx) =>
    trx.selectFrom('risk_control').select('code').where('id', '=', control.formKey).executeTakeFirstOrThrow(),
  )
  return { code, riskId: input.formKey, control: found.code, controlId: control.formKey }
}

/** A run of the control shows something from a day on. */
async function shows({ controlId }: Watched, day: string, outcome: 'shown' | 'failed'): Promise<void> {
  await withEntity(desk.worker, desk.entityId, async (trx) => {
    await trx
      .insertInto('control_run')
      .values({
        ...{ id: newId(), entity_id: desk.entityId, control_id: controlId, workflow_id: newId() },
        ...{ status: outcome === 'shown' ? 'verified' : 'missed', missed_on: outcome === 'shown' ? null : day },
        ...{ shows: outcome, valid_until: outcome === 'shown' ? '2098-01-01' : null },
        ...{ period_start: day, period_end: day, opens_on: day, due_on: day, late_until: day },
      })
      .execute()
    const tools = { publicUrl: PUBLIC_URL } as Tools
    await evidenceMoved(trx, tools, { control: await requireControl(trx, controlId) }, new Date(`${day}T15:00:00Z`))
  })
}

const asked = async ({ code }: Watched) =>
  await withEntity(desk.owner, desk.entityId, async (trx) =>
    (await shownAlerts(trx, desk.entityId, { risk: code })).map(({ line }) => line),
  )

const told = async ({ code }: Watched, turn: 'subió' | 'bajó') =>
  await withEntity(desk.owner, desk.entityId, (trx) =>
    trx.selectFrom('mail').select(['person_id', 'body']).where('subject', 'like', `%${code} ${turn}`).execute(),
  )

const sentences = async ({ riskId }: Watched) =>
  await withEntity(desk.owner, desk.entityId, async (trx) => {
    const events = await trx
      .selectFrom('event')
      .select(['changes', 'origin', 'actor_person'])
      .where('object_id', '=', riskId)
      .where('type', '=', 'risk.demonstrated_moved')
      .orderBy('at')
      .execute()
    return events.map(({ changes, actor_person }) => ({
      by: actor_person,
      text: eventSentence({ type: 'risk.demonstrated_moved', changes } as never),
    }))
  })

describe('what is demonstrated of a risk that rises within its zone', () => {
  it('asks its owner on the page and by mail, and is an event, each time it rises', async () => {
    const risk = await watched()
    await shows(risk, '2026-03-02', 'shown')
    expect(await asked(risk)).toEqual([])
    await shows(risk, '2026-03-09', 'failed')
    const line = `El residual demostrado del riesgo ${risk.code} subió el lunes 9 de marzo de 2026 (probabilidad de 30 % a 60 %; zona Alto, la misma), por la evidencia del control ${risk.control}.`
    expect(await asked(risk)).toEqual([line])
    const [mail, ...others] = await told(risk, 'subió')
    expect([mail?.person_id, others]).toEqual([owner.personId, []])
    expect(mail?.body).toContain('subió hoy (probabilidad de 30 % a 60 %; zona Alto, la misma)')
    expect(await sentences(risk)).toMatchObject([
      { text: expect.stringContaining('(probabilidad de 60 % a 30 %; zona Alto, la misma)') },
      { text: expect.stringContaining('(probabilidad de 30 % a 60 %; zona Alto, la misma)') },
    ])
    // On the map both places stand beside each other, and the list says which risks are left with more than is declared.
    const list = async (search: string) => await loadRisks(context, keeper, new URLSearchParams(search))
    const all = await list('')
    expect(all.maps.map(({ place }) => place)).toEqual(['declared', 'demonstrated'])
    const counted = (i: number) => all.maps[i]?.map.rows.map(({ cells }) => cells.map(({ risks }) => risks))
    expect(counted(0)).not.toEqual(counted(1))
    expect(all.rising).toBe(1)
    const rising = await list('suben=1')
    expect(rising.rows).toMatchObject([{ code: risk.code, declaredP: '30', demonstratedP: '60' }])
    // Shown again, nothing is left to answer; failed again, it is asked again.
    await shows(risk, '2026-03-16', 'shown')
    expect(await asked(risk)).toEqual([])
    expect(await told(risk, 'bajó')).toHaveLength(1)
    expect(await list('suben=1')).toMatchObject({ rising: 0, rows: [] })
    await shows(risk, '2026-03-23', 'failed')
    expect(await asked(risk)).toHaveLength(1)
    expect(await told(risk, 'subió')).toHaveLength(2)
  })
})

describe('whatever a person changes of a risk', () => {
  const rest = 'zona Alto, la misma'

  it('asks its owner where a control that counted is retired', async () => {
    const risk = await watched()
    await shows(risk, '2026-03-02', 'shown')
    await retireControl(context, keeper, risk.code, { control: risk.control, reason: REASON })
    expect(await asked(risk)).toMatchObject([
      expect.stringContaining(`(probabilidad de 30 % a 60 %; ${rest}), al retirarse el control ${risk.control}.`),
    ])
    expect((await told(risk, 'subió')).map((one) => one.person_id)).toEqual([owner.personId])
    expect((await sentences(risk)).at(-1)).toMatchObject({ by: keeper.personId })
  })

  it('asks its owner where the risk is rated higher, and tells nobody of what they did themselves', async () => {
    const risk = await watched()
    const found = async () => {
      const one = await withEntity(desk.owner, desk.entityId, (trx) => findRisk(trx, desk.entityId, risk.code))
      return one?.assessment.contentHash ?? ''
    }
    const input = { ...typed(), reason: REASON }
    await reassessRisk(context, keeper, risk.code, { key: KEY, input, read: await found() })
    expect(await asked(risk)).toMatchObject([
      expect.stringContaining(`(probabilidad de 60 % a 100 %; ${rest}), por una nueva valoración.`),
    ])
    expect(await told(risk, 'subió')).toHaveLength(1)

    const own = await watched()
    await shows(own, '2026-03-02', 'shown')
    await retireControl(context, owner, own.code, { control: own.control, reason: REASON })
    expect(await asked(own)).toHaveLength(1)
    expect(await told(own, 'subió')).toEqual([])
  })

  it('asks its owner where somebody writes over its residual, and where that is taken back', async () => {
    const risk = await watched()
    await shows(risk, '2026-03-02', 'shown')
    const read = async () => (await loadResidual(context, keeper, risk.code)).read
    const over = { formKey: newId(), read: await read(), reason: REASON }
    await overwriteResidual(context, keeper, risk.code, { ...over, probability: 2, impact: 3 })
    expect(await asked(risk)).toMatchObject([
      expect.stringContaining(`(probabilidad de 30 % a 60 %; ${rest}), por el residual que se escribió a mano.`),
    ])
    await withdrawOverride(context, keeper, risk.code, { read: await read() })
    expect(await asked(risk)).toEqual([])
  })
})
