import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adoptEarlier, followEarlier } from '../../activities/adopt-earlier.ts'
import { tellDeciders } from '../../app/crosswalk-notice.server.ts'
import { formatExact } from '../../app/text/format.ts'
import { comparisonSentences } from '../../app/text/variables.ts'
import { variableRights } from '../../app/variable-rights.server.ts'
import { completeAnswers } from '../../catalog/demo/answers.ts'
import { CORRESPONDENCE_COLUMNS } from '../../catalog/open-data-words.ts'
import { adoptVariables, listUnadopted } from '../../db/adopt-variables.ts'
import { withActor, withEntity, withoutEntity } from '../../db/client.ts'
import { appNow } from '../../db/clock.ts'
import { listCorrespondences } from '../../db/correspondences.ts'
import { insertCrosswalk, listWaitingCrosswalks, lockCrosswalk, recordCrosswalkVerdict } from '../../db/crosswalks.ts'
import { findCycle } from '../../db/cycles.ts'
import { insertDocument } from '../../db/documents.ts'
import { newId } from '../../db/ids.ts'
import { listSeries } from '../../db/public-catalogue.ts'
import { findFigureGrounds, protectFigures } from '../../db/public-figures.ts'
import { countedVigencias, listFollowed, listUnfollowed } from '../../db/series.ts'
import { findStepContext } from '../../db/step-context.ts'
import { findVariable, listVariables, type VariablePage } from '../../db/variables.ts'
import { correspondencesCsv, correspondencesJson } from '../../documents/correspondences.ts'
import type { Config } from '../../domain/config.ts'
import type { Conversion } from '../../domain/conversions.ts'
import { type CycleState, stepOf } from '../../domain/cycle-state.ts'
import type { Decision } from '../../domain/decisions.ts'
import { isUnsafe } from '../../domain/disclosure/report.ts'
import { type Answers, type Row, rowsOf } from '../../domain/forms.ts'
import { joinSeries } from '../../domain/joined-series.ts'
import { joinMeasures } from '../../domain/measures.ts'
import { missingIn } from '../../domain/readiness.ts'
import {
  eventsOf,
  openSignedWorld,
  type Person,
  type SignedCycle,
  type SignedWorld,
  signedCycle,
  signStep,
} from '../support/signed-cycle.ts'

const SPLIT = 'urbana: Urbana\nrural: Rural\ncentro_poblado: Centro poblado'

let world: SignedWorld
let cycles: SignedCycle[]
beforeAll(async () => {
  world = await openSignedWorld()
  cycles = []
  for (const vigencia of [2024, 2025, 2026]) {
    const cycle = await signedCycle(world)
    await withEntity(world.owner, world.entityId, (trx) =>
      trx.updateTable('cycle').set({ vigencia }).where('id', '=', cycle.cycleId).execute(),
    )
    await signStep(world, cycle, '3', { inputs: [world.snapshotHash] })
    cycles.push(cycle)
  }
  await adopt(0, changed({}))
  await adopt(1, changed({ desagregacion: 'Por zona' }))
  await adopt(2, changed({ valores: SPLIT, motivo_cambio: 'El DANE pide los centros poblados aparte.' }, 'semanas'))
  for (const cycle of cycles) await issue(cycle)
  await followEarlier(world.worker, world.dataDir)
}, 180_000)
afterAll(() => world?.close())

/** Step 2 of the demonstration with its variable «Zona» changed, and the days of an answer counted in some unit. */
function changed(cells: Partial<Row>, unidad = 'días'): Answers {
  const answers = structuredClone(completeAnswers('2'))
  const lista = rowsOf(answers, 'variables', 'lista').map((row) => {
    if (row.variable === 'dias_respuesta') return { ...row, definicion: 'Lo que tardó.', unidad }
    return row.variable === 'zona' ? { ...row, ...cells } : row
  })
  return { ...answers, variables: { lista: lista as Row[] } }
}

/** A signed report as it was issued before it fixed what is followed; its files are of no matter here. */
async function issue(cycle: SignedCycle): Promise<void> {
  const { entityId } = world
  const stepVersionId = await signStep(world, cycle, '6')
  const key = { id: newId(), entityId, cycleId: cycle.cycleId, stepVersionId, code: newId() }
  await withEntity(world.worker, entityId, (trx) =>
    insertDocument(trx, {
      ...{ ...key, title: 'Informe', sha256: 'a'.repeat(64), bytes: 1, contentHash: 'b'.repeat(64), figures: [] },
      ...{ signers: [], otherForms: [{ format: 'html', sha256: 'c'.repeat(64), bytes: 1 }], said: [] },
      workflowId: 'prueba',
    }),
  )
}

/** As the record transaction does when the last approver of step 2 signs. */
async function adopt(i: number, answers: Answers): Promise<void> {
  const cycle = cycles[i] as SignedCycle
  await signStep(world, cycle, '2', { answers })
  const { personId, positionId } = world.people.jefatura_ogac as Person
  const decision = { id: newId(), personId, positionId, actingFor: null } as Decision
  await withEntity(world.worker, world.entityId, async (trx) => {
    const after = await findCycle(trx, cycle.cycleId)
    if (!after) throw new Error('no cycle')
    const before = { ...after, state: waiting(after.state) }
    const cause = {
      decision,
      origin: 'workflow',
      workflowId: 'x',
      now: appNow(),
      requestId: null,
      bodyHash: null,
    } as const
    await adoptVariables(trx, before, after.state, cause)
    // The same approval restored later brings nothing more.
    await adoptVariables(trx, before, after.state, cause)
  })
}

const waiting = (state: CycleState): CycleState => ({
  ...state,
  steps: state.steps.map((step) => (step.code === '2' ? { ...stepOf(state, '2'), status: 'in_approval' } : step)),
})

const as = (duty: string) => ({ ...(world.people[duty] as Person), entityId: world.entityId, duty, requestId: null })

async function variable(code: string): Promise<VariablePage> {
  const found = await withActor(world.web, as('alcaldia'), (trx) => findVariable(trx, world.entityId, code))
  if (!found) throw new Error(`${code} is not in the catalogue`)
  return found
}
const zona = () => variable('zona')

/** What the page of a variable is made from, by who may analyse nothing. */
async function counted(code: string) {
  const found = await variable(code)
  return {
    history: found,
    points: countedVigencias(found, await withActor(world.web, as('alcaldia'), (trx) => listFollowed(trx, found))),
  }
}

/** The series as the page joins it. */
async function runs() {
  const { history, points } = await counted('zona')
  return joinSeries(history, points)
}

interface Proposed {
  code?: string
  conversion?: Conversion
}

const propose = (duty: string, { code = 'zona', conversion }: Proposed = {}) =>
  withActor(world.web, as(duty), async (trx) => {
    const { id, versions } = await variable(code)
    const cycleId = versions[1]?.cycleId ?? ''
    const pairs = conversion ? [] : PAIRS
    const proposal = { variableId: id, cycleId, from: 1, pairs, conversion: conversion ?? null, note: NOTE }
    return await insertCrosswalk(trx, as(duty), proposal)
  })

const decide = (duty: string, id: string, verdict: 'approve' | 'return', code = 'zona') =>
  withActor(world.web, as(duty), async (trx) => {
    const { id: variableId, versions } = await variable(code)
    const crosswalk = await lockCrosswalk(trx, variableId, id)
    if (!crosswalk) throw new Error('no crosswalk')
    const decided = { ...crosswalk, cycleId: versions[1]?.cycleId ?? '' }
    await recordCrosswalkVerdict(trx, as(duty), decided, { verdict, observation: verdict === 'return' ? 'Falta.' : '' })
  })

/** A dataset with a published version of each of these exercises. */
async function publish(from: SignedCycle[]) {
  const datasetId = newId()
  await withEntity(world.owner, world.entityId, async (trx) => {
    const dataset = { id: datasetId, entity_id: world.entityId, slug: 'serie', title: 'Serie' }
    await trx.insertInto('dataset').values(dataset).execute()
    for (const [i, { cycleId, stepIds }] of from.entries()) {
      const { version_id } = await trx
        .selectFrom('step')
        .select('version_id')
        .where('id', '=', stepIds['2'] ?? '')
        .executeTakeFirstOrThrow()
      await trx
        .insertInto('release')
        .values({
          ...{ id: newId(), entity_id: world.entityId, dataset_id: datasetId, cycle_id: cycleId, version: i + 1 },
          ...{ status: 'published', metadata: '{}', change_note: '', snapshot_hash: '', release_hash: '' },
          ...{ step_version_id: version_id, published_at: appNow() },
        })
        .execute()
    }
  })
}

const NOTE = 'Hasta 2025 los centros poblados se contaban como zona rural.'
const PAIRS = [
  { from: 'urbana', to: ['urbana'] },
  { from: 'rural', to: ['rural', 'centro_poblado'] },
]

describe('an approved step 2', () => {
  it('brings its variables into the catalogue, each with its score, its cost and why it was dropped', async () => {
    const { rows } = await withActor(world.web, as('alcaldia'), (trx) => listVariables(trx, world.entityId))
    expect(rows).toHaveLength(rowsOf(changed({}), 'variables', 'lista').length)
    const { scores, versions } = (await withActor(world.web, as('alcaldia'), (trx) =>
      findVariable(trx, world.entityId, 'estrato'),
    )) as VariablePage
    expect(scores.map(({ vigencia, score, prioritized }) => [vigencia, score, prioritized])).toEqual(
      [2026, 2025, 2024].map((vigencia) => [vigencia, 3, false]),
    )
    expect(scores[0]).toMatchObject({
      criteria: { relevante: 'si', medible: 'no' },
      discardReason: 'No se puede medir de forma fiable en todos los canales.',
    })
    expect(scores[0]?.costBenefit).toContain('el costo supera el beneficio')
    expect(versions).toHaveLength(1)
  })

  it('makes a version only where the definition changed, and says who, why and from when', async () => {
    const { versions } = await zona()
    expect(versions.map(({ n, vigencia, reason }) => [n, vigencia, reason])).toEqual([
      [1, 2024, ''],
      [2, 2026, 'El DANE pide los centros poblados aparte.'],
    ])
    expect(
      (await eventsOf(world, cycles[2]?.cycleId ?? '')).filter((type) => type === 'variables.adopted'),
    ).toHaveLength(1)
  })

  it('is narrowed by name, category and state, a page at a time', async () => {
    const codes = async (filters: Parameters<typeof listVariables>[2], limit?: number) =>
      withActor(world.web, as('alcaldia'), async (trx) => {
        const first = await listVariables(trx, world.entityId, filters, null, limit)
        const rest = first.next ? await listVariables(trx, world.entityId, filters, first.next) : { rows: [] }
        return [first.rows.map(({ code }) => code), rest.rows.length]
      })
    expect(await codes({ text: 'ZON' })).toEqual([['zona'], 0])
    expect(await codes({ text: '%' })).toEqual([[], 0])
    expect(await codes({ state: 'broken' })).toEqual([['dias_respuesta', 'zona'], 0])
    expect(await codes({ state: 'dropped' })).toEqual([['estrato'], 0])
    expect(await codes({ category: 'GEO' }, 1)).toEqual([['comuna'], 1])
  })

  it('is where the next exercise begins: what was used, without what has to be judged anew', async () => {
    const next = await signedCycle(world)
    const step = await withActor(world.web, as('profesional_ogac'), (trx) => findStepContext(trx, next.cycleId, '2'))
    const rows = rowsOf(step?.beginning, 'variables', 'lista')
    const judged = rowsOf(changed({}), 'variables', 'lista').map(({ variable }) => variable)
    expect(rows.map(({ variable }) => variable)).toEqual(judged.filter((code) => code !== 'estrato'))
    expect(rows.find(({ variable }) => variable === 'zona')).toMatchObject({
      ...{ valores: SPLIT, desagregacion: 'Urbana y rural', relevante: '', objetivos: [], motivo_cambio: '' },
    })
    const merged = changed({ valores: 'urbana: Urbana\nrural: Rural' })
    expect(missingIn('2', merged, step?.readiness).map(({ code, path }) => [code, path])).toContainEqual([
      'change_unexplained',
      'variables.lista[5].motivo_cambio',
    ])
  })
})

it('an exercise approved before there was a catalogue enters it when the worker starts, once', async () => {
  const { cycleId } = await signedCycle(world)
  const left = async () => (await withoutEntity(world.worker, (trx) => listUnadopted(trx))).map((step) => step.cycleId)
  expect(await left()).toContain(cycleId)
  await adoptEarlier(world.worker)
  await adoptEarlier(world.worker)
  expect(await left()).toEqual([])
  expect((await eventsOf(world, cycleId)).filter((type) => type === 'variables.adopted')).toHaveLength(1)
})

describe('what a vigencia shows of a variable', () => {
  it('is what its issued report fixed, at level `publico`, and is fixed once', async () => {
    await followEarlier(world.worker, world.dataDir)
    const left = await withoutEntity(world.worker, (trx) => listUnfollowed(trx))
    expect(left.filter(({ cycleId }) => cycles.some((one) => one.cycleId === cycleId))).toEqual([])
    for (const code of ['zona', 'dias_respuesta']) {
      const followed = await withActor(world.web, as('alcaldia'), async (trx) =>
        listFollowed(trx, await variable(code)),
      )
      expect(followed.map(({ vigencia, n, table }) => [vigencia, n, table.level])).toEqual([
        [2024, 1, 'publico'],
        [2025, 1, 'publico'],
        [2026, 2, 'publico'],
      ])
    }
  })

  it('counts with the figures of its exercise among what later releases are protected against', async () => {
    const grounds = await withEntity(world.worker, world.entityId, (trx) =>
      findFigureGrounds(trx, cycles[0]?.cycleId ?? ''),
    )
    const known = grounds.printed.flatMap(({ tables }) => tables.map(({ rows }) => rows.variable))
    expect(known.filter((code) => code === 'dias_respuesta')).toHaveLength(3)
    const { report, tables } = await protectFigures(world.dataDir, grounds)
    expect(tables.get('serie:zona')?.cells).toEqual(tables.get('g6')?.cells)
    expect(isUnsafe(report)).toBe(false)
  })
})

it('a number is followed by mean and quartiles, in its new unit only once a conversion is approved', async () => {
  const spans = async () => {
    const { history, points } = await counted('dias_respuesta')
    return joinMeasures(
      history,
      points.flatMap(({ numbers, ...point }) => (numbers ? [{ ...point, numbers }] : [])),
    )
  }
  const [before, after] = await spans()
  expect([before?.unit, after?.unit]).toEqual(['días', 'semanas'])
  const said = before?.cells[0]
  expect(said?.base).toBeGreaterThan(1000)
  const days = said?.quartiles?.map((one) => Number(one.over) / Number(one.under)) ?? []
  expect(days).toEqual([...days].sort((a, b) => a - b))
  const id = await propose('profesional_ogac', {
    code: 'dias_respuesta',
    conversion: { before: '7', after: '1', offset: '0' },
  })
  await decide('jefatura_ogac', id, 'approve', 'dias_respuesta')
  const [run, ...others] = await spans()
  expect([others, run?.unit]).toEqual([[], 'semanas'])
  const median = (days[1] ?? 0) / 7
  expect(run?.cells[0]?.quartiles?.[1] && formatExact(run.cells[0].quartiles[1])).toBe(
    String(Number(median.toFixed(2))).replace('.', ','),
  )
  const open = await withoutEntity(world.open, (trx) => trx.selectFrom('crosswalk').select('conversion').execute())
  expect(open).toEqual([])
})

describe('a series across a break', () => {
  it('stops until another person approves the table of correspondence, and is joined with its note', async () => {
    const spans = async () => (await runs()).map(({ points }) => points.map(({ vigencia }) => vigencia))
    expect(await spans()).toEqual([[2024, 2025], [2026]])
    const id = await propose('profesional_ogac')
    expect(await spans()).toEqual([[2024, 2025], [2026]])
    await expect(propose('profesional_ogac')).rejects.toMatchObject({ code: 'crosswalk_standing' })
    const { rows: lines } = await withActor(world.web, as('jefatura_ogac'), (trx) =>
      listWaitingCrosswalks(trx, world.entityId, { cursor: null, limit: 10 }),
    )
    expect(lines.map(({ code, fromVigencia, toVigencia }) => [code, fromVigencia, toVigencia])).toEqual([
      ['zona', 2024, 2026],
    ])
    await expect(decide('profesional_ogac', id, 'approve')).rejects.toThrow(/nobody decides what they proposed/)
    await decide('jefatura_ogac', id, 'return')
    expect(await spans()).toEqual([[2024, 2025], [2026]])
    await decide('jefatura_ogac', await propose('profesional_ogac'), 'approve')
    const [run, ...others] = await runs()
    expect(others).toEqual([])
    expect(run?.bridged[0]?.crosswalk?.note).toBe(NOTE)
    expect(run?.rows.map(({ label }) => label)).toEqual(['Urbana', 'Rural + Centro poblado'])
    const sums = run?.points.map((_, i) => run.rows.reduce((sum, { cells }) => sum + (cells[i]?.count ?? 0), 0))
    expect(sums).toEqual(run?.points.map(({ total }) => total.value))
    const told = (await eventsOf(world, cycles[2]?.cycleId ?? ''))
      .filter((type) => type.startsWith('crosswalk'))
      .slice(2)
    expect(told).toEqual(['crosswalk.proposed', 'crosswalk.returned', 'crosswalk.proposed', 'crosswalk.approved'])
  })

  it('is told by mail to whoever decides it, once and without a word of it, and never to who proposed it', async () => {
    const about = { crosswalkId: newId(), page: '/variables/zona/correspondencia/2' }
    const tell = (duty: string) =>
      withActor(world.web, as(duty), async (trx) => {
        const row = await variableRights(trx, cycles[2]?.cycleId ?? '')
        await tellDeciders(trx, { config: { PUBLIC_URL: 'http://localhost:3000' } as Config }, as(duty), {
          ...about,
          row,
        })
      })
    const told = async () => {
      const mail = await withEntity(world.owner, world.entityId, (trx) =>
        trx.selectFrom('mail').select(['person_id', 'subject', 'body', 'link']).orderBy('written_at').execute(),
      )
      return mail.filter(({ link }) => link?.endsWith(about.page))
    }
    await tell('profesional_ogac')
    await tell('profesional_ogac')
    const [mail, ...more] = await told()
    expect([mail?.person_id, more]).toEqual([world.people.jefatura_ogac?.personId, []])
    expect(`${mail?.subject} ${mail?.body}`).not.toMatch(/zona|rural|OGAC/i)
    about.crosswalkId = newId()
    await tell('jefatura_ogac')
    // Nobody else decides it: who heads the office above is told.
    const [jefatura, ...heads] = (await told()).map((one) => one.person_id)
    expect([jefatura, heads.length]).toEqual([world.people.jefatura_ogac?.personId, 1])
    expect(heads).not.toContain(jefatura)
  })

  it('says so in the open data of each vigencia, by who may read nothing else', async () => {
    await publish(cycles.slice(1))
    const [series] = await withoutEntity(world.open, (trx) => listSeries(trx, ['serie']))
    const told = series?.releases.map((one) => [one.vigencia, ...comparisonSentences(one.comparison).toSorted()])
    const bridged = (name: string, note: string) =>
      `«${name}» se compara con la vigencia 2025 con una tabla de correspondencia aprobada: ${note}`
    expect(told).toEqual([
      [2026, bridged('Días de respuesta', `${NOTE} 7 días = 1 semana.`), bridged('Zona', NOTE)],
      [2025],
    ])
  })

  it('stands as a file of its own beside the versions, whose files never change', async () => {
    const found = await withoutEntity(world.open, (trx) => listCorrespondences(trx, 'serie'))
    expect(found.map(({ code }) => code)).toEqual(['dias_respuesta', 'zona'])
    const [head, ...lines] = correspondencesCsv(found).replace('\uFEFF', '').trim().split('\r\n')
    expect(head?.split(',')).toEqual(CORRESPONDENCE_COLUMNS.map(([name]) => name))
    expect(lines.map((line) => line.split(',').slice(4, 9))).toEqual([
      ['', '', '', '', '7 días = 1 semana'],
      ['urbana', 'Urbana', 'urbana', 'Urbana', ''],
      ['rural', 'Rural', 'rural', 'Rural', ''],
      ['rural', 'Rural', 'centro_poblado', 'Centro poblado', ''],
    ])
    expect(JSON.parse(correspondencesJson('serie', found)).correspondencias[0]).toMatchObject({
      ...{ variable: 'dias_respuesta', version_anterior: 1, version_nueva: 2, valores: [], nota: NOTE },
      conversion: { unidad_anterior: 'días', unidad_nueva: 'semanas', antes: '7', ahora: '1', suma: '0' },
    })
    expect(await withoutEntity(world.open, (trx) => listCorrespondences(trx, 'otra'))).toEqual([])
  })

  it('is never rewritten: what was decided stays, by whoever tries', async () => {
    const again = withActor(world.web, as('jefatura_ogac'), (trx) =>
      trx.updateTable('crosswalk').set({ status: 'returned' }).where('status', '=', 'approved').executeTakeFirst(),
    )
    expect((await again).numUpdatedRows).toBe(0n)
    const rewritten = withActor(world.web, as('jefatura_ogac'), (trx) =>
      trx.updateTable('crosswalk').set({ note: 'otra' }).execute(),
    )
    await expect(rewritten).rejects.toThrow(/permission denied/)
    const open = await withoutEntity(world.open, (trx) => trx.selectFrom('crosswalk').select('status').execute())
    expect(open).toEqual([{ status: 'approved' }, { status: 'approved' }])
  })
})
