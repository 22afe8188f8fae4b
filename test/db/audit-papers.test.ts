/** Samples of an auditor and their papers: what is sent twice is one, and what is sent as the same but changed is refused. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { findPaperOf, listPapers, writePaper } from '../../db/audit-papers.ts'
import { drawSample, listSamples, repeatSample, requireSample } from '../../db/audit-samples.ts'
import { type Trx, withActor, withEntity } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { recordFinding } from '../../db/findings.ts'
import { newId } from '../../db/ids.ts'
import { up as keepParts } from '../../db/migrations/0074_parts_of_a_sample.ts'
import type { PaperInput, SampleInput } from '../../domain/audit-samples.ts'
import type { EventType } from '../../domain/events.ts'
import type { FindingInput } from '../../domain/improvement-inputs.ts'
import { asOwner, smallTown, type Town } from '../support/town.ts'

/** Whether a later release tells the kinds of events apart otherwise. */
const release = vi.hoisted(() => ({ isLater: false }))
vi.mock('../../domain/event-kinds.ts', async (original) => {
  const kinds = await original<typeof import('../../domain/event-kinds.ts')>()
  const kindOfEvent = (type: EventType) => (release.isLater ? 'refusals' : kinds.kindOfEvent(type))
  return { ...kinds, kindOfEvent }
})

let town: Town
beforeAll(async () => {
  town = await smallTown()
})
afterAll(() => town?.close())

const act = <T>(work: (trx: Trx) => Promise<T>) => withActor(town.web, town.admin, work)

const asked = (): SampleInput => ({
  ...{ sampleId: newId(), population: 'events', part: null, from: '2026-01-01', to: appToday() },
  ...{ method: 'simple', wanted: 2, seed: 'Plan 4' },
})
const draw = (input: SampleInput) => act((trx) => drawSample(trx, town.admin, input))
const drawn = async () => {
  const code = await draw(asked())
  return act((trx) => requireSample(trx, town.entityId, code))
}

const paper = (): PaperInput => ({
  ...{ paperId: newId(), test: 'Se comparó con el expediente.', result: 'nonconforming' },
  ...{ evidence: 'Expediente 2026', conclusion: 'No se encontró el soporte.' },
})
const write = (sample: { id: string; code: string }, input: PaperInput, ordinal = 1) =>
  act((trx) => writePaper(trx, town.admin, { sample, ordinal }, input))

describe('drawing a sample', () => {
  it('draws one for a form sent twice', async () => {
    const input = asked()
    expect(await draw(input)).toBe(await draw(input))
    const { rows } = await act((trx) => listSamples(trx, town.entityId, { cursor: null, limit: 10 }))
    expect(rows).toHaveLength(1)
  })

  it.each<Partial<SampleInput>>([
    { seed: 'Plan 5' },
    { method: 'by_size' },
    { wanted: 1 },
    { from: '2026-01-02' },
    { to: '2026-12-31' },
    { population: 'grants' },
    { part: 'people' },
  ])('refuses the same form where it asks for something else: %o', async (change) => {
    const input = asked()
    await draw(input)
    await expect(draw({ ...input, ...change })).rejects.toMatchObject({ code: 'body_differs' })
  })
})

describe('drawing it again', () => {
  const repeated = async (code: string) =>
    act(async (trx) => repeatSample(trx, town.entityId, await requireSample(trx, town.entityId, code)))
  const samples: Partial<SampleInput>[] = [
    { method: 'stratified', wanted: 20 },
    { part: 'people', wanted: 10 },
  ]

  it.each(samples)('is the same sample where kinds of events are others by then: %o', async (how) => {
    const code = await draw({ ...asked(), ...how })
    const before = await repeated(code)
    expect(before).toMatchObject({ isSamePopulation: true, isSameSelection: true })
    release.isLater = true
    const after = await repeated(code).finally(() => {
      release.isLater = false
    })
    expect(after).toEqual(before)
  })

  it.each(samples)('is the same sample of an installation of before, which kept no types: %o', async (how) => {
    const code = await draw({ ...asked(), ...how })
    const before = await repeated(code)
    await asOwner(town, (owner) =>
      withEntity(owner, town.entityId, async (trx) => {
        await sql`alter table audit_sample drop column parts`.execute(trx)
        await keepParts(trx as never)
      }),
    )
    expect(await repeated(code)).toEqual(before)
  })
})

describe('writing a paper', () => {
  it('keeps one version of a form sent twice', async () => {
    const [sample, input] = [await drawn(), paper()]
    await write(sample, input)
    await write(sample, input)
    expect(await act((trx) => listPapers(trx, sample.id, 1))).toHaveLength(1)
  })

  it.each<Partial<PaperInput>>([
    { test: 'Se comparó con el acta.' },
    { result: 'conforming' },
    { evidence: 'Acta 12' },
    { conclusion: 'El soporte está en el acta.' },
  ])('refuses the same form where it says something else: %o', async (change) => {
    const [sample, input] = [await drawn(), paper()]
    await write(sample, input)
    await expect(write(sample, { ...input, ...change })).rejects.toMatchObject({ code: 'body_differs' })
    expect(await act((trx) => listPapers(trx, sample.id, 1))).toMatchObject([{ n: 1, test: input.test }])
  })

  it('refuses the same form for another item, and for another sample', async () => {
    const [sample, input] = [await drawn(), paper()]
    await write(sample, input)
    await expect(write(sample, input, 2)).rejects.toMatchObject({ code: 'body_differs' })
    await expect(write(await drawn(), input)).rejects.toMatchObject({ code: 'body_differs' })
  })
})

describe('a finding of a paper', () => {
  const finding = (): FindingInput => ({
    ...{ findingId: newId(), origin: 'audit', source: 'Muestra', radicado: '', risk: '', foundOn: '2026-03-02' },
    ...{ criterion: 'Paso 3.', condition: 'Falta el soporte.', cause: 'Nadie lo pidió.', effect: 'No se explica.' },
    positionId: town.admin.positionId,
  })
  type Sample = Awaited<ReturnType<typeof drawn>>
  const find = (input: FindingInput, paper: { sample: Sample; ordinal: number } | null) =>
    act((trx) => recordFinding(trx, town.admin, input, paper))

  it('says in its event which item of which sample led to it', async () => {
    const [sample, input] = [await drawn(), finding()]
    await write(sample, paper(), 2)
    const code = await find(input, { sample, ordinal: 2 })
    expect(await find(input, { sample, ordinal: 2 })).toBe(code)
    expect(await act((trx) => findPaperOf(trx, input.findingId))).toEqual({ code: sample.code, ordinal: 2 })
    const events = await act((trx) =>
      trx.selectFrom('event').select('changes').where('object_id', '=', input.findingId).execute(),
    )
    expect(events).toHaveLength(1)
    expect(events[0]?.changes).toEqual(
      expect.arrayContaining([
        { field: 'sample', before: null, after: sample.code },
        { field: 'item', before: null, after: 2 },
      ]),
    )
  })

  it('is of one that is written', async () => {
    const [sample, input] = [await drawn(), finding()]
    await write(sample, paper(), 1)
    await expect(find(input, { sample, ordinal: 2 })).rejects.toMatchObject({ code: 'not_visible' })
    const kept = await act((trx) =>
      trx.selectFrom('finding').select('id').where('id', '=', input.findingId).executeTakeFirst(),
    )
    expect(kept).toBeUndefined()
  })

  it.each(['conforming', 'not_applicable'] as const)('is raised by none that says %s', async (result) => {
    const [sample, input] = [await drawn(), finding()]
    await write(sample, paper(), 1)
    await write(sample, { ...paper(), result }, 1)
    await expect(find(input, { sample, ordinal: 1 })).rejects.toMatchObject({ code: 'paper_no_finding' })
  })

  it('is refused where the same form comes from another item, or from none', async () => {
    const [sample, input] = [await drawn(), finding()]
    await write(sample, paper(), 1)
    await write(sample, paper(), 2)
    await find(input, { sample, ordinal: 1 })
    await expect(find(input, { sample, ordinal: 2 })).rejects.toMatchObject({ code: 'body_differs' })
    await expect(find(input, null)).rejects.toMatchObject({ code: 'body_differs' })
  })
})
