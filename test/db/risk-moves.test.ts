import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DUB_CONTROLS, DUB_RISK } from '../../catalog/demo/risks.ts'
import { GUIDE_7 } from '../../catalog/methodologies/guides.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { chooseMethodology } from '../../db/methodology-choices.ts'
import {
  copyMethodology,
  findMethodologyDraft,
  publishMethodology,
  saveMethodologyDraft,
} from '../../db/methodology-drafts.ts'
import { listOverrides, overwriteResidual, readOf, withdrawOverride } from '../../db/residual-overrides.ts'
import { addControl, retireControl } from '../../db/risk-controls.ts'
import { listMapRows } from '../../db/risk-map-rows.ts'
import { findAssessment, moveRisk } from '../../db/risk-moves.ts'
import { listAssessments, listRisks } from '../../db/risk-pages.ts'
import { standOf } from '../../db/risk-standings.ts'
import { findRisk, type HeldRisk, type RiskKeeper, registerRisk } from '../../db/risks.ts'
import { fieldsOfMethodology } from '../../domain/methodology-edits.ts'
import { suggestedTable } from '../../domain/methodology-moves.ts'
import type { RiskInput } from '../../domain/risk-inputs.ts'
import { rowsOf } from '../support/database.ts'
import { type Holder, smallTown, type Town } from '../support/town.ts'

const SHIPPED = { code: 'guia_7', n: 0 }
const REASON = 'Así lo decidió el comité de control interno'

let town: Town
let own: { code: string; n: number }
const methodology = { ...GUIDE_7, name: 'Guía del municipio', matrix: ['MMMAE', 'MMMAE', 'MMMAE', 'MMAAE', 'AAAAE'] }
beforeAll(async () => {
  town = await smallTown()
  own = { code: 'guia_7', n: await published() }
  await choose('seguridad', own)
})
afterAll(() => town?.close())

const act = <T>(work: (trx: Trx) => Promise<T>) => withActor(town.web, town.admin, work)

/** As whoever holds this duty. */
async function actAs<T>(duty: string, work: (trx: Trx, by: RiskKeeper) => Promise<T>): Promise<T> {
  const { personId, positionId } = town.holders[duty] as Holder
  const by = { entityId: town.entityId, personId, positionId }
  return await withActor(town.web, by, (trx) => work(trx, by))
}

async function choose(typology: string, key: typeof own): Promise<void> {
  const asked = { formKey: newId(), typology, key, reason: REASON }
  await actAs('alcaldia', (trx, by) => chooseMethodology(trx, by, asked))
}

async function published(): Promise<number> {
  return await act(async (trx) => {
    const draft = async () => {
      const found = await findMethodologyDraft(trx, town.admin.entityId, 'guia_7')
      if (!found) throw new Error('no copy')
      return found
    }
    await copyMethodology(trx, town.admin, SHIPPED)
    const { id: copy } = await draft()
    const typed = fieldsOfMethodology(methodology)
    await saveMethodologyDraft(trx, town.admin, await draft(), { typed, read: { copy, version: 1 } })
    const asked = { reason: REASON, read: { copy, version: 2 } }
    return await publishMethodology(trx, town.admin, await draft(), asked)
  })
}

const held = (code: string) =>
  act(async (trx) => {
    const risk = await findRisk(trx, town.admin.entityId, code, { lock: true })
    if (!risk) throw new Error(`no risk ${code}`)
    return risk
  })

async function register(controls = 0): Promise<HeldRisk> {
  const input = { formKey: newId(), ownerId: town.admin.positionId, reason: '', answers: DUB_RISK } as RiskInput
  const code = await act((trx) => registerRisk(trx, town.admin, SHIPPED, input))
  const risk = await held(code)
  for (const design of DUB_CONTROLS.slice(0, controls))
    await act((trx) =>
      addControl(trx, town.admin, risk, { ...design, formKey: newId(), ownerId: town.admin.positionId, criteria: {} }),
    )
  return await held(code)
}

async function events(objectId: string): Promise<string[]> {
  const query = 'select type from event where object_id = $1 order by at, id'
  return (await rowsOf<{ type: string }>(town.database.ownerUrl, query, [objectId])).map(({ type }) => type)
}

describe('a risk that moves to another version', () => {
  const table = suggestedTable(GUIDE_7, methodology)
  const asked = (risk: HeldRisk) => ({
    ...{ formKey: newId(), key: own, typology: 'seguridad', table, reason: REASON },
    read: risk.assessment.contentHash,
  })

  it('is assessed anew with the table it moved by, while the earlier assessment stays on its own map', async () => {
    const risk = await register()
    const move = { ...asked(risk), table: { ...table, probability: [0, 1, 2, 3, 3] } }
    for (let i = 0; i < 2; i++) await act((trx) => moveRisk(trx, town.admin, risk, move))
    const moved = await held(risk.code)
    expect(moved.assessment).toMatchObject({ n: 2, key: own, inherent: { probability: 3, impact: 3 }, reason: REASON })
    const [first, second] = await act(async (trx) => [
      await findAssessment(trx, risk.id, 1),
      await findAssessment(trx, risk.id, 2),
    ])
    expect(first).toMatchObject({ key: SHIPPED, probability: 4, impact: 3, equivalences: null })
    expect(second?.equivalences).toEqual({ from: SHIPPED, typology: 'seguridad', ...move.table })
    expect((await act((trx) => listAssessments(trx, risk.id))).map(({ key }) => key)).toEqual([own, SHIPPED])
    const on = async (key: typeof own) =>
      (await act((trx) => listRisks(trx, town.admin.entityId, { methodology: key }))).rows.map(({ code }) => code)
    expect([await on(SHIPPED), await on(own)].map((codes) => codes.includes(risk.code))).toEqual([false, true])
    expect(await events(risk.id)).toEqual(['risk.registered', 'risk.demonstrated_moved', 'risk.moved'])
  })

  it('is refused to whoever read another assessment, twice, with other words, and with a table that falls', async () => {
    const risk = await register()
    const refused = (change: object) =>
      expect(act((trx) => moveRisk(trx, town.admin, risk, { ...asked(risk), ...change }))).rejects
    await refused({ read: 'otra' }).toMatchObject({ code: 'content_changed' })
    await refused({ key: SHIPPED }).toMatchObject({ code: 'methodology_not_chosen' })
    await refused({ table: { ...table, impact: [0, 2, 1, 3, 4] } }).toMatchObject({ code: 'table_falls' })
    const move = asked(risk)
    await act((trx) => moveRisk(trx, town.admin, risk, move))
    await refused({ formKey: move.formKey, reason: 'Otra razón muy distinta' }).toMatchObject({ code: 'body_differs' })
    const again = asked(await held(risk.code))
    const repeated = act(async (trx) => moveRisk(trx, town.admin, await held(risk.code), again))
    await expect(repeated).rejects.toMatchObject({ code: 'already_moved' })
    expect(await events(risk.id)).toEqual(['risk.registered', 'risk.moved'])
  })

  it('is taken once though the entity chose another methodology meanwhile, and no more from then on', async () => {
    const risk = await register()
    const late = await register()
    const move = asked(risk)
    await act((trx) => moveRisk(trx, town.admin, risk, move))
    await choose('seguridad', SHIPPED)
    try {
      const moved = await held(risk.code)
      await act((trx) => moveRisk(trx, town.admin, moved, move))
      expect((await held(risk.code)).assessment).toEqual(moved.assessment)
      await expect(act((trx) => moveRisk(trx, town.admin, late, asked(late)))).rejects.toMatchObject({
        ...{ code: 'methodology_not_chosen', facts: { methodology: 'guia_7', n: 0 } },
      })
    } finally {
      await choose('seguridad', own)
    }
    expect(await events(risk.id)).toEqual(['risk.registered', 'risk.moved'])
    expect(await events(late.id)).toEqual(['risk.registered'])
  })

  it('is refused as a typology that asks other things', async () => {
    const risk = await register()
    await choose('gestion', own)
    const move = { ...asked(risk), typology: 'gestion' }
    await expect(act((trx) => moveRisk(trx, town.admin, risk, move))).rejects.toMatchObject({
      code: 'move_asks_otherwise',
    })
    expect(await events(risk.id)).toEqual(['risk.registered'])
  })
})

describe('a residual that is written over', () => {
  const readNow = (risk: HeldRisk) => act(async (trx) => readOf(await standOf(trx, risk.id)))
  const asked = async (risk: HeldRisk, change: object = {}) => {
    const read = await readNow(risk)
    return { formKey: newId(), read, probability: 1, impact: 3, reason: REASON, ...change }
  }
  const standing = (riskId: string) =>
    act((trx) => trx.selectFrom('risk_standing').selectAll().where('risk_id', '=', riskId).executeTakeFirstOrThrow())
  const line = async ({ code }: HeldRisk) => {
    const { rows } = await act((trx) => listRisks(trx, town.admin.entityId, { text: code }))
    return rows[0]
  }

  it('stands with its reason, flagged beside what is computed, and goes back when it is taken away', async () => {
    const risk = await register(2)
    const input = await asked(risk, { probability: 3 })
    for (let i = 0; i < 2; i++) await act((trx) => overwriteResidual(trx, town.admin, risk, input))
    expect(await standing(risk.id)).toMatchObject({
      ...{ declared_p: '80', declared_probability: 3, declared_zone: 'A', override_id: input.formKey },
      ...{ demonstrated_p: '100', demonstrated_zone: 'A' },
    })
    expect(await line(risk)).toMatchObject({
      declaredZone: 'A',
      computed: { probability: 2, impact: 3, zone: 'A' },
    })
    const { rows } = await act((trx) => listMapRows(trx, town.admin.entityId, { cursor: null, limit: 1_000 }))
    expect(rows.find(({ code }) => code === risk.code)).toMatchObject({
      computed: { probability: 2, impact: 3, zone: 'A' },
      overrideReason: REASON,
    })
    const read = await readNow(risk)
    await act((trx) => withdrawOverride(trx, town.admin, risk, { read }))
    expect(await standing(risk.id)).toMatchObject({ declared_p: '42', override_id: null })
    expect(await line(risk)).toMatchObject({ computed: null })
    await expect(act((trx) => withdrawOverride(trx, town.admin, risk, { read }))).rejects.toMatchObject({
      code: 'override_over',
    })
    expect(await events(risk.id)).toEqual(['risk.registered', 'risk.overwritten', 'risk.override_withdrawn'])
  })

  it('lapses in the transaction that changes what is computed, and not with evidence or another reading', async () => {
    const risk = await register(2)
    await act(async (trx) => overwriteResidual(trx, town.admin, risk, await asked(risk)))
    const [control] = await act((trx) =>
      trx.selectFrom('risk_control').select('code').where('risk_id', '=', risk.id).orderBy('n').execute(),
    )
    const retired = { code: control?.code ?? '', reason: 'Ya no se ejecuta' }
    await act((trx) => retireControl(trx, town.admin, risk, retired))
    expect(await standing(risk.id)).toMatchObject({ declared_p: '70', override_id: null })
    expect(await act((trx) => listOverrides(trx, risk.id))).toMatchObject([{ ending: 'lapsed', reason: REASON }])
    expect(await events(risk.id)).toEqual(['risk.registered', 'risk.overwritten', 'risk.override_lapsed'])
  })

  it('is one at a time: another replaces it, and both are kept', async () => {
    const risk = await register(2)
    await act(async (trx) => overwriteResidual(trx, town.admin, risk, await asked(risk)))
    await act(async (trx) => overwriteResidual(trx, town.admin, risk, await asked(risk, { probability: 3 })))
    const kept = await act((trx) => listOverrides(trx, risk.id))
    expect(kept.map(({ probability, ending }) => [probability, ending])).toEqual([
      [3, null],
      [1, 'replaced'],
    ])
  })

  it('is neither replaced nor taken back by whoever did not read it', async () => {
    const risk = await register(2)
    const [first, second, third] = [await asked(risk), await asked(risk, { probability: 3 }), await asked(risk)]
    await act((trx) => overwriteResidual(trx, town.admin, risk, first))
    const late = act((trx) => overwriteResidual(trx, town.admin, risk, second))
    await expect(late).rejects.toMatchObject({ code: 'content_changed' })
    const read = await readNow(risk)
    await act((trx) => overwriteResidual(trx, town.admin, risk, { ...third, read, reason: `${REASON}, otra vez` }))
    const withdrawn = act((trx) => withdrawOverride(trx, town.admin, risk, { read }))
    await expect(withdrawn).rejects.toMatchObject({ code: 'content_changed' })
    expect(await standing(risk.id)).toMatchObject({ override_id: third.formKey })
    expect(await events(risk.id)).toEqual(['risk.registered', 'risk.overwritten', 'risk.overwritten'])
  })

  it('is refused without a control on that axis, above the inherent place, and after another computation', async () => {
    const risk = await register(2)
    const refused = async (change: object) =>
      expect(act(async (trx) => overwriteResidual(trx, town.admin, risk, await asked(risk, change)))).rejects
    await (await refused({ impact: 2 })).toMatchObject({ code: 'override_unsupported' })
    await (await refused({ impact: 4 })).toMatchObject({ code: 'override_above' })
    await (await refused({ probability: 2 })).toMatchObject({ code: 'override_same' })
    await (await refused({ probability: 9 })).toMatchObject({ code: 'out_of_date' })
    await (await refused({ read: 'otra' })).toMatchObject({ code: 'content_changed' })
    expect(await events(risk.id)).toEqual(['risk.registered'])
  })

  it('lapses with a move to another version', async () => {
    const risk = await register(2)
    await act(async (trx) => overwriteResidual(trx, town.admin, risk, await asked(risk)))
    const table = suggestedTable(GUIDE_7, methodology)
    const move = { formKey: newId(), key: own, typology: 'seguridad', table, reason: REASON }
    await act((trx) => moveRisk(trx, town.admin, risk, { ...move, read: risk.assessment.contentHash }))
    expect(await events(risk.id)).toEqual([
      ...['risk.registered', 'risk.overwritten', 'risk.override_lapsed', 'risk.moved'],
    ])
  })
})
