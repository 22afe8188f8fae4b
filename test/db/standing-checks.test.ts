import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DUB_CONTROLS, DUB_RISK } from '../../catalog/demo/risks.ts'
import { endGate, gateObjection, listGates, recordGate } from '../../db/check-gates.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { addControl } from '../../db/risk-controls.ts'
import { findRisk, registerRisk } from '../../db/risks.ts'
import { examineStanding } from '../../db/standing-checks.ts'
import type { Violation } from '../../domain/controls.ts'
import type { ControlInput, RiskInput } from '../../domain/risk-inputs.ts'
import { STANDING_CHECK_IDS, type StandingCheckId } from '../../domain/standing-checks.ts'
import { type KeptRecord, keptRecord } from '../support/kept-record.ts'
import { smallTown, type Town } from '../support/town.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'caracteriza-standing-'))
let town: Town
let record: KeptRecord
beforeAll(async () => {
  town = await smallTown()
  record = await keptRecord(town, dataDir)
  await rateRisk()
}, 60_000)
afterAll(async () => {
  await record?.close()
  await town?.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const act = <T>(work: (trx: Trx) => Promise<T>) => withActor(town.web, town.admin, work)
const examined = (check: StandingCheckId, cycleId: string | null = null) =>
  act((trx) => examineStanding(trx, town.entityId, check, cycleId))

type Break = (record: KeptRecord, town: Town) => [query: string, values?: unknown[]][]

/** The risk of circular 150 with one control. */
async function rateRisk(): Promise<void> {
  const { admin } = town
  const about = { ownerId: admin.positionId, formKey: newId() }
  const input = { ...about, reason: '', answers: DUB_RISK } as RiskInput
  await act(async (trx) => {
    const code = await registerRisk(trx, admin, { code: 'guia_7', n: 0 }, input)
    const risk = await findRisk(trx, admin.entityId, code, { lock: true })
    const design = { ...DUB_CONTROLS[0], ...about, formKey: newId(), criteria: {} } as ControlInput
    if (risk) await addControl(trx, admin, risk, design)
  })
  // As if its control were shown.
  await record.write('update risk_standing set demonstrated_p = declared_p')
}

/** What makes each check find something, and the first thing that it then names. */
const BREAKS: Record<StandingCheckId, { breaks: Break; names: Partial<Violation> }> = {
  term_over: { breaks: () => [['update term set due_date = current_date - 9']], names: { kind: 'step', place: '1' } },
  comments_open: {
    breaks: ({ ids }, { admin }) => [
      [`update step set status = 'in_review' where cycle_id = $1 and code = '1'`, [ids.cycle]],
      [
        `insert into comment (id, entity_id, cycle_id, step_id, person_id, position_id, body)
          select $1, entity_id, cycle_id, id, $2, $3, 'x' from step where cycle_id = $4 and code = '1'`,
        [newId(), admin.personId, admin.positionId, ids.cycle],
      ],
    ],
    names: { kind: 'step', place: '1' },
  },
  reopening_waits: {
    breaks: ({ ids }, { entityId, admin }) => [
      [
        `insert into reopening (id, entity_id, cycle_id, step_code, asked_by, asked_act, asked_at)
          values ($1, $2, $3, '1', $4, $5, now() - interval '9 days')`,
        [newId(), entityId, ids.cycle, admin.personId, ids.approval],
      ],
    ],
    names: { kind: 'step', place: '1' },
  },
  request_waits: {
    breaks: ({ ids }) => [[`update access_grant set status = 'asked', begun_at = null where id = $1`, [ids.grant]]],
    names: { kind: 'grant', label: 'AD-1' },
  },
  access_unused: {
    breaks: ({ ids }) => [
      [`update access_grant set status = 'granted', begun_at = now() - interval '90 days' where id = $1`, [ids.grant]],
    ],
    names: { kind: 'grant', label: 'AD-1' },
  },
  campaign_without_ticket: { breaks: () => [], names: { kind: 'campaign', label: 'RA-2026-0001' } },
  control_in_red: {
    breaks: (_, { entityId }) => [
      [
        `insert into incident (id, entity_id, kind, object_type, object_id, control)
          values ($1, $2, 'control_failed', 'automatic_check_run', $1, 'reminder_untold')`,
        [newId(), entityId],
      ],
    ],
    names: { kind: 'control', place: 'reminder_untold' },
  },
  release_held: {
    breaks: ({ ids }) => [
      [
        `update release set status = 'held', held_at = now(), held_reason = 'release_differs' where id = $1`,
        [ids.release],
      ],
    ],
    names: { kind: 'release', label: 'Datos de prueba v1' },
  },
  report_unissued: {
    breaks: ({ ids }) => [
      [
        `update step set status = 'approved', approved_at = now() - interval '2 days' where cycle_id = $1 and code = '6'`,
        [ids.cycle],
      ],
    ],
    names: { kind: 'step', place: '6' },
  },
  action_overdue: {
    breaks: (_, { entityId }) => [
      [
        `insert into improvement_action (id, entity_id, year, n, code, origin, origin_key, what, indicator, duty, checker_duty, due_date, status)
          values ($1, $2, 2026, 1, 'AM-2026-001', 'finding', 'x', 'x', 'x', 'profesional_ogac', 'control_interno', current_date - 3, 'in_progress')`,
        [newId(), entityId],
      ],
    ],
    names: { kind: 'action', label: 'AM-2026-001' },
  },
  effect_unchecked: {
    breaks: () => [
      [
        `update improvement_action set status = 'verified', done_at = now(), check_on = current_date - 60, result = 'x'`,
      ],
    ],
    names: { kind: 'action', label: 'AM-2026-001' },
  },
  finding_without_actions: {
    breaks: (_, { entityId, admin }) => [
      [
        `insert into finding (id, entity_id, source, found_on, criterion, condition, cause, effect, person_id, position_id,
            year, n, code, origin, owner_position, checker_duty, status)
          values ($1, $2, 'x', current_date, 'x', 'x', 'x', 'x', $3, $4, 2026, 1, 'H-2026-001', 'audit', $4, 'control_interno', 'in_plan')`,
        [newId(), entityId, admin.personId, admin.positionId],
      ],
    ],
    names: { kind: 'finding', place: 'H-2026-001' },
  },
  indicator_unmeasured: {
    breaks: (_, { entityId, admin }) => [
      [
        `insert into risk_indicator (id, entity_id, risk_id, n, code, name, objective, formula, numerator, unit, frequency, source,
            location, availability, trend, goal, critical, first_period, owner_position, body_hash, created_by)
          select $1, $2, id, 1, 'I-001', 'x', 'x', 'x', 'x', 'number', 'mensual', 'x', 'x', 'digital', 'decreasing', 1, 5,
            '2026-01-01', $3, 'x', $4 from risk where entity_id = $2 limit 1`,
        [newId(), entityId, admin.positionId, admin.personId],
      ],
      [
        `insert into follow_up (id, entity_id, kind, object_id, code, duty, position_id, due_on)
          select $1, entity_id, 'indicator_reading', id, code, 'x', owner_position, current_date - 3 from risk_indicator`,
        [newId()],
      ],
    ],
    names: { kind: 'indicator', place: 'I-001' },
  },
  indicator_critical: {
    breaks: (_, { admin }) => [
      [
        `insert into indicator_reading (id, entity_id, indicator_id, period_from, period_to, numerator, value, level, body_hash,
            person_id, position_id)
          select $1, entity_id, id, '2026-01-01', '2026-01-31', 9, 9, 'critical', 'x', $2, $3 from risk_indicator`,
        [newId(), admin.personId, admin.positionId],
      ],
    ],
    names: { kind: 'indicator', place: 'I-001' },
  },
  risk_without_control: {
    breaks: () => [[`update risk_control set retired_at = now(), retired_reason = 'x'`]],
    names: { kind: 'risk', label: 'R-001' },
  },
  risk_not_reduced: {
    breaks: () => [[`update risk_standing set demonstrated_p = 90`]],
    names: { kind: 'risk', label: 'R-001' },
  },
  // It stands above the appetite since it was registered.
  risk_untreated: { breaks: () => [], names: { kind: 'risk', label: 'R-001' } },
  risk_unplanned: {
    breaks: (_, { admin }) => [
      [
        `insert into risk_treatment (id, entity_id, risk_id, n, assessment_id, option, statement, body_hash, decided_by, decided_position)
          select $1, entity_id, risk_id, 1, id, 'mitigate', 'x', repeat('a', 64), $2, $3 from risk_assessment`,
        [newId(), admin.personId, admin.positionId],
      ],
    ],
    names: { kind: 'risk', label: 'R-001' },
  },
  risk_of_ended_position: {
    breaks: ({ ids: _ }, { admin }) => [
      [`update risk_control set retired_at = null, retired_reason = null`],
      [`update position set ended_on = current_date - 5 where id = $1`, [admin.positionId]],
    ],
    names: { kind: 'risk', label: 'C-001' },
  },
}

describe('each standing check', () => {
  it.each([...STANDING_CHECK_IDS])('%s finds what does not fit, and names what is to be opened', async (check) => {
    const { breaks, names } = BREAKS[check]
    const steps = breaks(record, town)
    if (steps.length > 0) expect((await examined(check)).found).toBe(0)
    for (const [query, values] of steps) await record.write(query, values)
    const { found, lookedAt, violations } = await examined(check)
    expect([found, violations.length]).toEqual([1, 1])
    expect(lookedAt).toBeGreaterThan(0)
    expect(violations[0]).toMatchObject(names)
  })
})

describe('a risk above the appetite', () => {
  it('is treated from the decision on, and planned from the first activity that is not dropped', async () => {
    expect((await examined('risk_untreated')).found).toBe(0)
    await record.write(
      `insert into risk_plan_action (action_id, entity_id, risk_id, starts_on, follow_up_on)
        select a.id, a.entity_id, r.id, current_date, current_date from improvement_action a, risk r`,
    )
    expect((await examined('risk_unplanned')).found).toBe(0)
    await record.write(`update improvement_action set status = 'dropped', check_on = null`)
    expect((await examined('risk_unplanned')).found).toBe(1)
  })

  it('is no more to be decided where its own version tolerates its zone', async () => {
    await record.write('delete from risk_treatment')
    expect((await examined('risk_untreated')).found).toBe(1)
    await record.write(`update risk_standing set demonstrated_zone = 'B'`)
    expect((await examined('risk_untreated')).found).toBe(0)
    await record.write(`update risk_standing set typology = 'integridad'`)
    expect((await examined('risk_untreated')).found).toBe(1)
  })
})

describe('a check that holds a step', () => {
  const about = () => ({ entityId: town.entityId, cycleId: record.ids.cycle, stepCode: '7' as const })
  const objection = () => act((trx) => gateObjection(trx, about()))
  const hold = (check: StandingCheckId, formKey = newId()) =>
    act((trx) => recordGate(trx, town.admin, check, { formKey, step: '7', reason: 'No se publica con esto abierto' }))

  it('objects while it finds something, once however often it is set, and no more once it is lifted', async () => {
    expect(await objection()).toBeNull()
    await hold('risk_not_reduced')
    await hold('risk_not_reduced')
    expect(await act((trx) => listGates(trx, town.entityId))).toHaveLength(1)
    expect(await objection()).toMatchObject({ code: 'held_by_check', facts: { check: 'risk_not_reduced', n: 1 } })
    expect(await act((trx) => gateObjection(trx, { ...about(), stepCode: '6' }))).toBeNull()
    const lift = () => act((trx) => endGate(trx, town.admin, 'risk_not_reduced', '7'))
    expect([await lift(), await lift()]).toEqual([true, false])
    expect(await objection()).toBeNull()
  })

  it('looks, where it is about steps, at those of the exercise alone', async () => {
    await hold('term_over')
    expect(await objection()).toMatchObject({ facts: { check: 'term_over' } })
    expect(await act((trx) => gateObjection(trx, { ...about(), cycleId: newId() }))).toBeNull()
  })
})
