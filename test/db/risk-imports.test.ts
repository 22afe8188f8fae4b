import { randomBytes } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AppContext } from '../../app/context.server.ts'
import { allRows } from '../../app/pages/lists/listing.server.ts'
import { RISK_LISTINGS } from '../../app/pages/lists/risks.server.ts'
import { loadImport } from '../../app/pages/risk-imports.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { DUB_CONTROLS, DUB_RISK } from '../../catalog/demo/risks.ts'
import { CORRUPTION } from '../../catalog/methodologies/corruption.ts'
import { MAP_HEADINGS } from '../../catalog/risk-map-headings.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { newId } from '../../db/ids.ts'
import { findOriginOfRisk, listImportedRisks } from '../../db/imported-risks.ts'
import { readReceivedTables } from '../../db/ingest/workbook/received-tables.ts'
import { addControl } from '../../db/risk-controls.ts'
import {
  confirmRiskImport,
  findRiskImport,
  insertRiskImport,
  judgeRiskImport,
  listRiskImports,
} from '../../db/risk-imports.ts'
import { addPlanAction, recordTreatment } from '../../db/risk-treatments.ts'
import { findRisk, reassessRisk, registerRisk } from '../../db/risks.ts'
import { listFile } from '../../documents/list-files.ts'
import { addMonths } from '../../domain/civil-dates.ts'
import type { ControlInput, RiskInput } from '../../domain/risk-inputs.ts'
import { findMap, MAP_LIMITS, type MapColumn, type MapSheet, TREATMENT_COLUMNS } from '../../domain/risk-map-sheet.ts'
import { rowsOf } from '../support/database.ts'
import { MAP_LINE, type MapLine } from '../support/risk-maps.ts'
import { smallTown, type Town } from '../support/town.ts'
import { type Cell, workbookParts, zipOf } from '../support/workbooks.ts'

let from: Town
let to: Town
beforeAll(async () => {
  ;[from, to] = await Promise.all([smallTown(), smallTown()])
})
afterAll(() => Promise.all([from?.close(), to?.close()]))

const act = <T>(town: Town, work: (trx: Trx) => Promise<T>) => withActor(town.web, town.admin, work)

async function makeRisk(key: string, answers: Partial<RiskInput['answers']>, controls: Partial<ControlInput>[]) {
  const ownerId = from.admin.positionId
  const input = { formKey: newId(), ownerId, reason: '', answers: { ...DUB_RISK, ...answers } } as RiskInput
  await act(from, async (trx) => {
    const code = await registerRisk(trx, from.admin, { code: key, n: 0 }, input)
    const risk = await findRisk(trx, from.admin.entityId, code, { lock: true })
    if (!risk) throw new Error(code)
    for (const one of controls) {
      const design = { ...DUB_CONTROLS[0], automaticCheck: '', criteria: {}, ...one, formKey: newId(), ownerId }
      await addControl(trx, from.admin, risk, design as ControlInput)
    }
  })
}

/** Lines of the official map as its file has them. */
async function mapOf(town: Town) {
  return await act(town, async (trx) => {
    const listing = await RISK_LISTINGS.risk_map(trx, town.admin as unknown as Actor, new URLSearchParams())
    return { title: 'Mapa de riesgos', header: listing.header, rows: await allRows(listing) }
  })
}

async function sheetOf(content: Uint8Array): Promise<MapSheet> {
  const read = await readReceivedTables(content, from.tools.dataDir, MAP_LIMITS)
  const found = read.ok ? findMap(read.sheets) : read
  if (!found.ok) throw new Error(JSON.stringify(found))
  return found.sheet
}

async function receive(town: Town, sheet: MapSheet, id = newId()): Promise<string> {
  const about = { fileName: 'mapa.xlsx', sha256: 'a'.repeat(64), ownerId: town.admin.positionId, methodology: null }
  await act(town, (trx) => insertRiskImport(trx, town.admin, { ...about, id, sheet }))
  return id
}

const planned = (town: Town, id: string) =>
  act(town, async (trx) => {
    const found = await findRiskImport(trx, town.admin.entityId, id)
    if (!found) throw new Error(id)
    return await judgeRiskImport(trx, town.admin.entityId, found)
  })

const accept = (town: Town, id: string) => act(town, (trx) => confirmRiskImport(trx, town.admin, id))

async function counts(town: Town) {
  const query = 'select (select count(*)::int from risk) as risks, (select count(*)::int from risk_control) as controls'
  return (await rowsOf<{ risks: number; controls: number }>(town.database.superuserUrl, query))[0]
}

/** What the page of an accepted map says that it registered. */
async function became(town: Town, importId: string) {
  const risks = await act(town, (trx) => listImportedRisks(trx, { entityId: town.admin.entityId, importId }))
  return risks.map(({ methodology: _, inherent, declared, ...risk }) => ({
    ...{ ...risk, inherent: inherent.zone, declared: declared.zone },
  }))
}

async function eventsOf(town: Town, objectId: string): Promise<string[]> {
  const query = 'select type from event where object_id = $1 order by at, id'
  return (await rowsOf<{ type: string }>(town.database.superuserUrl, query, [objectId])).map(({ type }) => type)
}

const CAUSAL = {
  ...{ typology: 'gestion', classification: 'usuarios', factor: 'procesos', area: 'ambas', timesPerYear: 300 },
  ...{ immediateCause: '=la falla de "todo", de una vez', rootCause: 'la falta\tde relevo', economic: 'menor' },
  ...{ assetKind: '', asset: '', property: '', threat: '', vulnerability: '', description: '-Riesgo & <cosas>' },
}

describe('the map the product writes', () => {
  it('comes in again elsewhere without a fault, and says the same there line by line', async () => {
    await makeRisk('guia_7', {}, [{ type: 'preventivo' }, { type: 'correctivo', implementation: 'automatico' }])
    await makeRisk('guia_6', CAUSAL, [{ type: 'detectivo', record: 'sin_registro', execution: 'mixta' }])
    await makeRisk('guia_7', { ...CAUSAL, description: 'Otro riesgo sin ningún control todavía' }, [])
    const { residual } = CORRUPTION
    const answered = residual.kind === 'score' ? residual.criteria : []
    const criteria = Object.fromEntries(answered.map(({ code, options }) => [code, options[0]?.code ?? '']))
    const corrupt = { ...CAUSAL, typology: 'corrupcion', description: 'Cobro por un trámite', yes: ['p1', 'p5', 'p14'] }
    await makeRisk(
      'corrupcion',
      { ...corrupt, timesPerYear: null, probability: 'posible', economic: '', reputational: '' },
      [{ type: '', implementation: '', criteria }],
    )
    const written = await mapOf(from)
    const id = await receive(to, await sheetOf(await listFile(written, 'xlsx')))
    const { faults, risks } = await planned(to, id)
    expect(faults).toEqual([])
    expect(risks.map(({ code, controls }) => [code, controls.length])).toEqual([
      ['R-001', 2],
      ['R-002', 1],
      ['R-003', 0],
      ['R-004', 1],
    ])
    expect(await counts(to)).toEqual({ risks: 0, controls: 0 })
    await accept(to, id)
    expect(await mapOf(to)).toEqual(written)
    expect(await counts(to)).toEqual({ risks: 4, controls: 4 })
    expect(await eventsOf(to, id)).toEqual(['risk_map.received', 'risk_map.accepted'])
    expect(await became(to, id)).toEqual(
      risks.map(({ line, code, input, inherent, declared, controls }) => ({
        ...{ line, code, description: input.answers.description, controls: controls.length },
        ...{ inherent: inherent.zone, declared: declared.zone },
      })),
    )
    const risk = await act(to, (trx) => findRisk(trx, to.admin.entityId, 'R-002'))
    expect(await eventsOf(to, risk?.id ?? '')).toEqual(['risk.registered'])
    expect(await act(to, (trx) => findOriginOfRisk(trx, risk?.id ?? ''))).toMatchObject({ importId: id, line: 4 })
  }, 60_000)

  it('accepted twice registers once, and sent again holds nothing new', async () => {
    const sheet = await sheetOf(await listFile(await mapOf(from), 'xlsx'))
    const before = await counts(to)
    const again = await receive(to, sheet)
    expect((await planned(to, again)).risks.map(({ standsAs }) => standsAs)).toEqual([
      'R-001',
      'R-002',
      'R-003',
      'R-004',
    ])
    await expect(accept(to, again)).rejects.toMatchObject({ code: 'import_empty' })
    const sent = await act(to, (trx) => listRiskImports(trx, to.admin.entityId, { limit: 1, cursor: null }))
    expect(sent.rows.map(({ id }) => id)).toEqual([again])
    const first = await rowsOf<{ id: string }>(
      to.database.superuserUrl,
      'select id from risk_import where accepted_at is not null',
    )
    await accept(to, first[0]?.id ?? '')
    expect(await counts(to)).toEqual(before)
  })
})

describe('what is done about the risks of a map', () => {
  /** Two towns of their own: what is planned has to stand alone. */
  let here: Town
  let there: Town
  beforeAll(async () => {
    ;[here, there] = await Promise.all([smallTown(), smallTown()])
  })
  afterAll(() => Promise.all([here?.close(), there?.close()]))

  const nameOf = async (town: Town, id: string) =>
    (await rowsOf<{ name: string }>(town.database.superuserUrl, 'select name from position where id = $1', [id]))[0]
      ?.name ?? ''
  const today = () => act(here, async () => appToday())
  interface Done {
    risks: number
    treatments: number
    activities: number
    acceptances: number
    undecided: number
  }
  const done = (town: Town) =>
    rowsOf<Done>(
      town.database.superuserUrl,
      `select (select count(*)::int from risk) as risks, (select count(*)::int from risk_treatment) as treatments,
        (select count(*)::int from risk_plan_action) as activities, (select count(*)::int from risk_acceptance) as acceptances,
        (select count(*)::int from follow_up where kind = 'treat_risk' and status = 'open') as undecided`,
    ).then(([row]) => row as Done)

  it('comes in with them, in the same transaction and with its events, and is written again as it was', async () => {
    const now = await today()
    await act(here, async (trx) => {
      const input = { formKey: newId(), ownerId: here.admin.positionId, reason: '', answers: DUB_RISK } as RiskInput
      const code = await registerRisk(trx, here.admin, { code: 'guia_7', n: 0 }, input)
      const risk = await findRisk(trx, here.admin.entityId, code, { lock: true })
      if (!risk) throw new Error(code)
      for (const one of [0, 1]) {
        const design = { ...DUB_CONTROLS[one], automaticCheck: '', criteria: {} }
        await addControl(trx, here.admin, risk, {
          ...design,
          formKey: newId(),
          ownerId: here.admin.positionId,
        } as ControlInput)
      }
      const statement = 'Se refuerzan los controles, y se mide'
      await recordTreatment(trx, here.admin, risk, { formKey: newId(), option: 'mitigate', statement })
      const activity = { positionId: here.admin.positionId, startsOn: now, indicator: 'Acta firmada' }
      for (const [months, what] of [
        [2, 'Capacitar al equipo;\n y evaluarlo'],
        [6, '=Revisar (otra vez) los accesos'],
      ] as const)
        await addPlanAction(trx, here.admin, risk, {
          ...{ ...activity, formKey: newId(), what, dueDate: addMonths(now, months), followUpOn: addMonths(now, 1) },
        })
      await addPlanAction(trx, here.admin, risk, {
        ...{ ...activity, formKey: newId(), what: 'Lo que se abandonó', dueDate: addMonths(now, 3), followUpOn: now },
      })
    })
    await rowsOf(
      here.database.superuserUrl,
      "update improvement_action set status = 'dropped' where what = 'Lo que se abandonó'",
    )
    const written = await mapOf(here)
    expect(JSON.stringify(written.rows)).not.toContain('Lo que se abandonó')
    const id = await receive(there, await sheetOf(await listFile(written, 'xlsx')))
    const { faults, notes } = await planned(there, id)
    expect([faults, notes]).toEqual([[], []])
    await accept(there, id)
    expect(await mapOf(there)).toEqual(written)
    expect(await done(there)).toEqual({ risks: 1, treatments: 1, activities: 2, acceptances: 0, undecided: 0 })
    const risk = await act(there, (trx) => findRisk(trx, there.admin.entityId, 'R-001'))
    expect(await eventsOf(there, risk?.id ?? '')).toEqual(['risk.registered', 'risk.treated'])
    const made = await rowsOf<{ type: string; position: string; target: string }>(
      there.database.superuserUrl,
      `select e.type, a.position_id as position, a.target from improvement_action a join event e on e.object_id = a.id`,
    )
    const one = { type: 'improvement.created', position: there.admin.positionId, target: 'R-001' }
    expect(made).toEqual([one, one])
    // Accepted again it decides and asks nothing twice.
    await accept(there, id)
    expect(await done(there)).toMatchObject({ treatments: 1, activities: 2 })
  }, 60_000)

  const about = (cells: MapLine): MapLine => ({ ...MAP_LINE, code: null, ...cells })
  const columns = [...new Set([...Object.keys(MAP_LINE), ...TREATMENT_COLUMNS])] as MapColumn[]
  const bookOf = (lines: MapLine[]) =>
    zipOf(
      workbookParts([
        {
          name: 'Mapa',
          rows: [
            columns.map((one) => MAP_HEADINGS[one][0]),
            ...lines.map((line) => columns.map((one) => line[one] ?? null)),
          ],
        },
      ]),
    )

  it('asks that a risk be accepted, asks for what is overdue, and leaves a plan without anybody as text', async () => {
    const before = await done(there)
    const position = await nameOf(there, there.admin.positionId)
    const low = { times: 1, economic: 'Leve' }
    const id = await receive(
      there,
      await sheetOf(
        bookOf([
          about({ ...low, rootCause: 'la primera causa', treatment: 'Aceptar', statement: 'El daño es menor' }),
          about({
            ...{
              rootCause: 'la segunda causa',
              treatment: 'Reducir: transferir',
              plan: 'Contratar la póliza de todos',
            },
            ...{ planOwner: position, planDue: '15/01/2026', planState: 'Vencida' },
          }),
          about({ rootCause: 'la tercera causa', plan: 'Vigilar siempre' }),
        ]),
      ),
    )
    const { faults, notes } = await planned(there, id)
    expect(faults).toEqual([])
    expect(notes).toMatchObject([{ line: 4, read: 'Vigilar siempre', reason: { kind: 'plan_text' } }])
    await accept(there, id)
    expect(await done(there)).toEqual({
      ...{ risks: before.risks + 3, treatments: before.treatments + 1, activities: before.activities + 1 },
      // The third one is Moderado, above the appetite, and nobody has said what is done about it.
      ...{ acceptances: 1, undecided: before.undecided + 1 },
    })
    const asked = 'select a.status, e.type from risk_acceptance a join event e on e.object_id = a.id'
    expect(await rowsOf(there.database.superuserUrl, asked)).toEqual([
      { status: 'asked', type: 'risk.acceptance_asked' },
    ])
    const late = 'select due_date, status from improvement_action where due_date < app_today()'
    expect(await rowsOf(there.database.superuserUrl, late)).toEqual([{ due_date: '2026-01-15', status: 'unreported' }])
  })

  it('with a treatment that may not be chosen or a responsible that names nobody registers nothing at all', async () => {
    const before = await done(there)
    const id = await receive(
      there,
      await sheetOf(
        bookOf([
          about({ rootCause: 'una causa sana', treatment: 'Evitar', statement: 'Deja de prestarse' }),
          about({
            rootCause: 'una causa mala',
            times: 9_000,
            economic: 'Mayor',
            treatment: 'Aceptar',
            statement: 'Porque sí, siempre',
          }),
          about({
            rootCause: 'otra causa',
            plan: 'Instalar las alarmas',
            planOwner: 'El vigilante',
            planDue: '31/12/2027',
          }),
        ]),
      ),
    )
    const { faults } = await planned(there, id)
    expect(faults.map(({ line, read, reason }) => [line, read, reason.kind])).toEqual([
      [3, 'Aceptar', 'not_accepted'],
      [4, 'El vigilante', 'plan_position'],
    ])
    await expect(accept(there, id)).rejects.toMatchObject({ code: 'import_faulty' })
    expect(await done(there)).toEqual(before)
  })
})

it('an accepted map says what it registered, whatever becomes of its risks', async () => {
  const accepted = 'select id from risk_import where accepted_at is not null'
  const id = (await rowsOf<{ id: string }>(to.database.superuserUrl, accepted))[0]?.id ?? ''
  const before = await became(to, id)
  await act(to, async (trx) => {
    const risk = await findRisk(trx, to.admin.entityId, 'R-002', { lock: true })
    if (!risk) throw new Error('R-002')
    const answers = { ...risk.assessment.answers, description: 'Otro riesgo', timesPerYear: 1 }
    const input = { formKey: newId(), ownerId: risk.ownerPosition, reason: 'Cambió de causa.', answers } as RiskInput
    await reassessRisk(trx, to.admin, risk, { key: risk.assessment.key, input, read: risk.assessment.contentHash })
  })
  expect(await became(to, id)).toEqual(before)
  const actor = {
    ...to.admin,
    position: { duty: 'administracion' },
    duties: [],
    entity: { dutyNames: {} },
  } as unknown as Actor
  const page = await loadImport({ db: to.web } as unknown as AppContext, actor, id, new URLSearchParams())
  expect(page).toMatchObject({ faultCount: 0, riskCount: 4, freshCount: 0 })
  expect(page.risks.rows.map(({ code, registeredAs }) => [code, registeredAs])).toEqual(
    ['R-001', 'R-002', 'R-003', 'R-004'].map((code) => [code, code]),
  )
})

it('a map is not kept with a methodology that the entity does not have', async () => {
  const sheet = await sheetOf(await listFile(await mapOf(from), 'xlsx'))
  const about = { fileName: 'mapa.xlsx', sha256: 'a'.repeat(64), ownerId: to.admin.positionId, sheet }
  const send = (n: number) =>
    act(to, (trx) => insertRiskImport(trx, to.admin, { ...about, id: newId(), methodology: { code: 'guia_7', n } }))
  await expect(send(9)).rejects.toMatchObject({ code: 'out_of_date' })
  await send(0)
})

describe('a map from elsewhere', () => {
  const columns = ['process', 'objective', 'typology', 'classification', 'factor', 'area', 'immediateCause'] as const
  const others = ['rootCause', 'consequences', 'times', 'economic'] as const
  const HEADING: Cell[] = [...columns, ...others].map((column) => MAP_HEADINGS[column][0].toUpperCase())
  const line = (times: Cell, cause = 'la demora en la respuesta'): Cell[] => [
    ...['Trámites', 'Resolver a tiempo los trámites', 'gestion', 'fraude interno', 'procesos', 'Económica', cause],
    ...['la falta de personal', 'Sanciones', times, 'Moderado'],
  ]
  const book = (rows: Cell[][], merges?: string[]) =>
    zipOf(
      workbookParts([
        { name: 'Portada', rows: [['Alcaldía']] },
        { name: 'Mapa 2024', rows, ...(merges && { merges }) },
      ]),
    )

  it('with one cell wrong registers nothing of it, not even what is well written', async () => {
    const before = await counts(to)
    const rows = [['Mapa de riesgos de la vigencia'], HEADING, line(12), line('muchas', 'otra causa inmediata')]
    const id = await receive(to, await sheetOf(book(rows)))
    const { faults, risks } = await planned(to, id)
    expect(risks).toHaveLength(1)
    expect(faults).toEqual([
      expect.objectContaining({
        line: 4,
        cell: 'J4',
        read: 'muchas',
        reason: expect.objectContaining({ kind: 'input' }),
      }),
    ])
    await expect(accept(to, id)).rejects.toMatchObject({ code: 'import_faulty' })
    expect(await counts(to)).toEqual(before)
    // What was typed stays, letter by letter.
    const kept = await act(to, (trx) => findRiskImport(trx, to.admin.entityId, id))
    expect(kept?.sheet.rows.at(-1)?.cells[9]).toBe('muchas')
  })

  it('whose inherent zone its own values contradict registers nothing, and keeps what was typed', async () => {
    const before = await counts(to)
    const zoned = (zone: Cell, cause: string): Cell[] => [...line(12, cause), zone]
    // 12 times a year and Moderado: Baja × Moderado.
    const rows = [
      [...HEADING, MAP_HEADINGS.inherentZone[0]],
      zoned('moderada', 'una causa'),
      zoned('Bajo', 'otra causa más'),
    ]
    const id = await receive(to, await sheetOf(book(rows)))
    const { faults } = await planned(to, id)
    const reason = { kind: 'unlike_zone', says: 'Bajo', gives: 'Moderado', probability: 'Baja', impact: 'Moderado' }
    expect(faults).toEqual([expect.objectContaining({ cell: 'L3', read: 'Bajo', reason })])
    await expect(accept(to, id)).rejects.toMatchObject({ code: 'import_faulty' })
    expect(await counts(to)).toEqual(before)
    const kept = await act(to, (trx) => findRiskImport(trx, to.admin.entityId, id))
    expect(kept?.sheet.rows.at(-1)?.cells[11]).toBe('Bajo')
  })

  it('whose second transaction fails leaves no risk behind', async () => {
    const before = await counts(to)
    const id = await receive(to, await sheetOf(book([HEADING, line(12), line(30, 'otra causa inmediata')])))
    const half = act(to, async (trx) => {
      await confirmRiskImport(trx, to.admin, id)
      throw new Error('the power went')
    })
    await expect(half).rejects.toThrow('the power went')
    expect(await counts(to)).toEqual(before)
    await accept(to, id)
    expect(await counts(to)).toEqual({ risks: (before?.risks ?? 0) + 2, controls: before?.controls })
  })

  it('that came twice and is accepted twice at once registers once', async () => {
    const before = await counts(to)
    const sheet = await sheetOf(book([HEADING, line(12, 'la prisa con que se atiende')]))
    const [one, other] = [await receive(to, sheet), await receive(to, sheet)]
    const late = await act(to, async (trx) => {
      await confirmRiskImport(trx, to.admin, one)
      const meanwhile = accept(to, other).catch((failure: unknown) => failure)
      await setTimeout(300)
      return { meanwhile }
    })
    expect(await late.meanwhile).toMatchObject({ code: 'import_empty' })
    expect(await counts(to)).toEqual({ risks: (before?.risks ?? 0) + 1, controls: before?.controls })
  })

  it('tells which group of cells hides a blank one', async () => {
    const second = line(5, 'una causa más')
    second[0] = null
    const id = await receive(to, await sheetOf(book([HEADING, line(5), second], ['A2:A3'])))
    expect((await planned(to, id)).faults).toMatchObject([
      { line: 3, cell: 'A3', read: '', reason: { kind: 'merged', range: 'A2:A3' } },
    ])
  })

  it.each<[string, Buffer, string]>([
    ['a text', Buffer.from('Proceso;Objetivo\nA;B\n'), 'wrong_type'],
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n0000IHDR', 'latin1'), 'wrong_type'],
    ['a broken workbook', Buffer.from('PK\x03\x04 and no more', 'latin1'), 'damaged_workbook'],
    [
      'a bomb',
      zipOf([
        ...workbookParts([{ name: 'A', rows: [['x']] }]),
        { name: 'xl/media/image1.png', content: Buffer.alloc(60_000_000) },
      ]),
      'zip_bomb',
    ],
    [
      'more letters than a map has',
      book([['a'], ...Array.from({ length: 120 }, () => [randomBytes(15_000).toString('hex')])]),
      'too_wide',
    ],
  ])('is refused as %s', async (_, content, code) => {
    expect(await readReceivedTables(content, from.tools.dataDir, MAP_LIMITS)).toMatchObject({
      ok: false,
      refusal: { code },
    })
  })
})
