import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DUB_CONTROLS, DUB_RISK } from '../../catalog/demo/risks.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { addControl, retireControl } from '../../db/risk-controls.ts'
import { listMapRows } from '../../db/risk-map-rows.ts'
import type { RiskFilters } from '../../db/risk-pages.ts'
import { countCells, listAssessments, listRisks } from '../../db/risk-pages.ts'
import { findRisk, reassessRisk, registerRisk } from '../../db/risks.ts'
import { riskMapPdf } from '../../documents/risk-map.ts'
import type { RiskInput } from '../../domain/risk-inputs.ts'
import { rowsOf } from '../support/database.ts'
import { smallTown, type Town } from '../support/town.ts'

const KEY = { code: 'guia_7', n: 0 }

let town: Town
beforeAll(async () => {
  town = await smallTown()
})
afterAll(() => town?.close())

const act = <T>(work: (trx: Trx) => Promise<T>) => withActor(town.web, town.admin, work)

async function events(objectId: string): Promise<string[]> {
  const query = 'select type from event where object_id = $1 order by at, id'
  return (await rowsOf<{ type: string }>(town.database.ownerUrl, query, [objectId])).map(({ type }) => type)
}

const typed = (change: Partial<RiskInput['answers']> = {}, reason = ''): RiskInput =>
  ({ formKey: newId(), ownerId: town.admin.positionId, reason, answers: { ...DUB_RISK, ...change } }) as RiskInput

const control = (i: number) => {
  const design = DUB_CONTROLS[i] as (typeof DUB_CONTROLS)[number]
  return { ...design, formKey: newId(), ownerId: town.admin.positionId, criteria: {} }
}

const register = (input = typed()) => act((trx) => registerRisk(trx, town.admin, KEY, input))
const held = (code: string) =>
  act(async (trx) => {
    const risk = await findRisk(trx, town.admin.entityId, code, { lock: true })
    if (!risk) throw new Error(`no risk ${code}`)
    return risk
  })
const standing = (riskId: string) =>
  act((trx) => trx.selectFrom('risk_standing').selectAll().where('risk_id', '=', riskId).executeTakeFirstOrThrow())

describe('the risk of circular 150', () => {
  it('stands at 42 % and Mayor as declared, at 100 % as demonstrated, and says each step', async () => {
    const risk = await held(await register())
    for (const i of [0, 1]) await act((trx) => addControl(trx, town.admin, risk, control(i)))
    expect(await standing(risk.id)).toMatchObject({
      ...{ inherent_zone: 'A', declared_p: '42', declared_i: '80', declared_zone: 'A' },
      ...{ demonstrated_p: '100', demonstrated_i: '80', demonstrated_zone: 'A' },
    })
    expect(await events(risk.id)).toEqual(['risk.registered'])
  })

  it('counts a control no more once it is retired, and a second retirement changes nothing', async () => {
    const risk = await held(await register())
    const added = control(0)
    await act((trx) => addControl(trx, town.admin, risk, added))
    const { code } = await act((trx) =>
      trx.selectFrom('risk_control').select('code').where('id', '=', added.formKey).executeTakeFirstOrThrow(),
    )
    expect((await standing(risk.id)).declared_p).toBe('60')
    const retire = () => act((trx) => retireControl(trx, town.admin, risk, { code, reason: 'Ya no se ejecuta' }))
    await retire()
    await expect(retire()).rejects.toMatchObject({ code: 'control_retired' })
    expect((await standing(risk.id)).declared_p).toBe('100')
    expect(await events(added.formKey)).toEqual(['control.added', 'control.retired'])
  })
})

describe('whoever answers', () => {
  it('is a position of this municipality: a foreign key alone would take any', async () => {
    const foreign = newId()
    await expect(register({ ...typed(), ownerId: foreign } as RiskInput)).rejects.toMatchObject({ code: 'out_of_date' })
    const risk = await held(await register())
    await expect(
      act((trx) => addControl(trx, town.admin, risk, { ...control(0), ownerId: foreign })),
    ).rejects.toMatchObject({ code: 'out_of_date' })
  })
})

describe('a form sent again', () => {
  it('registers one risk and adds one control', async () => {
    const input = typed()
    const codes = [await register(input), await register(input)]
    expect(new Set(codes).size).toBe(1)
    const risk = await held(codes[0] ?? '')
    const added = control(1)
    for (const _ of codes) await act((trx) => addControl(trx, town.admin, risk, added))
    expect(await events(added.formKey)).toEqual(['control.added'])
  })

  it('is refused with other words, and never taken for the risk it says nothing of', async () => {
    const input = typed()
    const risk = await held(await register(input))
    const other = { ...input, answers: { ...input.answers, threat: 'Otra amenaza distinta' } }
    await expect(register(other)).rejects.toMatchObject({ code: 'body_differs' })
    const added = control(1)
    const add = (to: typeof risk, form: typeof added) => act((trx) => addControl(trx, town.admin, to, form))
    await add(risk, added)
    await expect(add(risk, { ...added, action: 'Otra acción distinta' })).rejects.toMatchObject({
      code: 'body_differs',
    })
    await expect(add(await held(await register()), added)).rejects.toMatchObject({ code: 'body_differs' })
    const again = typed({ timesPerYear: 20 }, 'La actividad bajó este año')
    const read = risk.assessment.contentHash
    const rate = (form: RiskInput) => act((trx) => reassessRisk(trx, town.admin, risk, { key: KEY, input: form, read }))
    await rate(again)
    await rate(again)
    await expect(rate({ ...again, reason: 'Otra razón distinta' })).rejects.toMatchObject({ code: 'body_differs' })
    expect((await held(risk.code)).assessment.n).toBe(2)
  })
})

describe('a risk rated anew', () => {
  it('keeps what it was rated as, and refuses whoever read another assessment', async () => {
    const code = await register()
    const before = await held(code)
    const read = before.assessment.contentHash
    const again = typed({ timesPerYear: 20 }, 'La actividad bajó este año')
    await act((trx) => reassessRisk(trx, town.admin, before, { key: KEY, input: again, read }))
    const after = await held(code)
    expect([before.assessment.inherent.p, after.assessment.inherent.p]).toEqual(['100', '40'])
    const late = typed({ timesPerYear: 1 }, 'Otra valoración a la vez')
    await expect(
      act((trx) => reassessRisk(trx, town.admin, after, { key: KEY, input: late, read })),
    ).rejects.toMatchObject({ code: 'content_changed' })
    const kept = await act((trx) => listAssessments(trx, after.id))
    expect(kept.map(({ n, reason }) => [n, reason])).toEqual([
      [2, 'La actividad bajó este año'],
      [1, null],
    ])
  })

  it('is never written over: nobody may change an assessment', async () => {
    const risk = await held(await register())
    await expect(
      act((trx) => trx.updateTable('risk_assessment').set({ zone: 'B' }).where('risk_id', '=', risk.id).execute()),
    ).rejects.toThrow(/permission denied/)
  })
})

describe('the map', () => {
  it('counts every risk once in each of its three places, and its cells lead to the same risks', async () => {
    const { entityId } = town.admin
    const all = await act((trx) => listRisks(trx, entityId, { methodology: KEY, limit: 1_000 }))
    const cells = await act((trx) => countCells(trx, entityId, KEY))
    for (const place of ['inherent', 'declared', 'demonstrated'] as const) {
      const of = cells.filter((one) => one.place === place)
      expect(of.reduce((sum, { risks }) => sum + risks, 0)).toBe(all.rows.length)
      for (const { risks, ...cell } of of)
        expect((await act((trx) => listRisks(trx, entityId, { cell, limit: 1_000 }))).rows).toHaveLength(risks)
    }
  })

  it('numbers risks one after another, however many are registered at once', async () => {
    const codes = await Promise.all(Array.from({ length: 12 }, () => register()))
    expect(new Set(codes).size).toBe(12)
  })

  it('shows another municipality nothing', async () => {
    const elsewhere = { ...town.admin, entityId: newId() }
    const seen = await withActor(town.web, elsewhere, (trx) => listRisks(trx, town.admin.entityId))
    expect(seen.rows).toEqual([])
  })
})

describe('the official map', () => {
  it('has a line for each control and one for a risk without any, page by page', async () => {
    const code = await register()
    const risk = await held(code)
    for (const i of [0, 1]) await act((trx) => addControl(trx, town.admin, risk, control(i)))
    const bare = await register()
    const read = (cursor: string | null) => act((trx) => listMapRows(trx, town.admin.entityId, { cursor, limit: 3 }))
    const lines: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof read>> = await read(cursor)
      for (const row of page.rows) lines.push(`${row.code} ${row.control === null ? '—' : row.declaredP}`)
      cursor = page.next
    } while (cursor)
    expect(lines.filter((line) => line.startsWith(code))).toEqual([`${code} 42`, `${code} 42`])
    expect(lines.filter((line) => line.startsWith(bare))).toEqual([`${bare} —`])
    expect(new Set(lines).size).toBe(lines.length - lines.filter((line) => line.endsWith(' 42')).length / 2)
  })

  it('has what its page shows of one cell, and no other', async () => {
    const code = await register()
    const of = (filters: RiskFilters) =>
      act((trx) => listMapRows(trx, town.admin.entityId, { ...filters, cursor: null, limit: 100 }))
    const { rows } = await of({})
    const own = rows.find((row) => row.code === code)
    if (!own) throw new Error('no line')
    const cell = { place: 'inherent' as const, probability: own.inherentProbability, impact: own.inherentImpact }
    expect((await of({ cell })).rows.map((row) => row.code)).toContain(code)
    expect((await of({ cell: { ...cell, impact: (cell.impact + 1) % 5 } })).rows.map((row) => row.code)).not.toContain(
      code,
    )
    expect((await of({ text: code })).rows.every((row) => row.code === code)).toBe(true)
  })

  it('is printed as PDF/UA with number and word in every cell', async () => {
    const cells = ['Bajo', 'Moderado'].map((name, risks) => ({ risks, zone: { code: name[0] ?? '', name } }))
    const map = { title: 'Antes', columns: ['Leve', 'Menor'], rows: [{ name: 'Baja', cells }] }
    const said = {
      entity: 'E',
      title: 'Mapa',
      subtitle: 's',
      intro: 'i',
      corner: 'c',
      tableTitle: 'Riesgos',
      none: 'n',
      ...{ sheetsTitle: 'Fichas', noControls: 'Sin controles', noSheets: 'x', controlHeader: ['Control', 'Acción'] },
      sheets: [
        {
          title: 'R-001 · #uno',
          facts: [['Proceso', 'x'.repeat(500)]] as [string, string][],
          controls: [['C-001', '$a$']],
        },
        { title: 'R-002', facts: [['Proceso', 'Otro']] as [string, string][], controls: [] },
      ],
    }
    const risks = [['R-001', 'Un riesgo #con *signos* $raros$', 'Cargo', 'Bajo', 'Bajo', 'Bajo']]
    const header = ['a', 'b', 'c', 'd', 'e', 'f']
    const pdf = riskMapPdf({ ...said, maps: [map], risks, header }, '2026-11-27T12:00:00.000Z')
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect(pdf.toString('latin1')).toMatch(/pdfuaid/)
  })
})
