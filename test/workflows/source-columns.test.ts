import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cancelImport } from '../../app/commands/cancel-import.server.ts'
import { continueSource } from '../../app/commands/continue-source.server.ts'
import { requestImport } from '../../app/commands/request-import.server.ts'
import { revealColumn } from '../../app/commands/reveal-column.server.ts'
import { loadProfile } from '../../app/pages/profile.server.ts'
import { loadSource, previewOf } from '../../app/pages/source.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { withActor, withoutEntity } from '../../db/client.ts'
import { listOpenDrifts } from '../../db/drifts.ts'
import { countInbox, listInbox } from '../../db/inbox.ts'
import { findSource } from '../../db/sources.ts'
import { ask, attach, cycleWithSource, importRow, type Target, upload } from '../support/sources.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
let tic: Actor
let target: Target

beforeAll(async () => {
  world = await openWorld()
  tic = await world.actor('profesional_tic')
  target = await cycleWithSource(world)
}, 120_000)
afterAll(() => world?.close())

const CHANNELS = ['Web', 'Presencial', 'Teléfono']
/** Forty good records with one empty age, and one whose date is none. */
const file = (header: string) =>
  [
    header,
    ...Array.from(
      { length: 40 },
      (_, i) => `${9000 + (i % 30)};${CHANNELS[i % 3]};2024-0${(i % 9) + 1}-01;${i ? 20 + i : ''}`,
    ),
    '9999;Web;ayer;33',
  ].join('\n')
const HEADER = 'numero_documento;canal;fecha;edad'

const settled = (id: string) =>
  expect
    .poll(async () => (await importRow(world, id)).status, { timeout: 60_000, interval: 100 })
    .not.toMatch(/received|running/)
const source = () => withActor(world.context.db, tic, (trx) => findSource(trx, target.cycleId, target.sourceId))

async function send(content: string, corrections: object = {}): Promise<string> {
  const sent = await upload(world, tic, target, content)
  if (sent.outcome !== 'received') throw new Error(JSON.stringify(sent))
  if (Object.keys(corrections).length > 0) {
    await ask(world, tic, target, sent.importId, corrections)
    await settled(sent.importId)
  }
  return sent.importId
}

const events = (type: string) =>
  withActor(world.context.db, tic, (trx) =>
    trx.selectFrom('event').selectAll().where('type', '=', type).where('object_id', '=', target.sourceId).execute(),
  )

async function columnsToConfirm(duty: string): Promise<number> {
  const actor = await world.actor(duty)
  const { entityId, personId, position } = actor
  const asked = { entityId, personId, positionId: position.id, duty }
  return await withActor(world.context.db, actor, async (trx) => {
    const { rows } = await listInbox(trx, asked)
    expect((await countInbox(trx, asked)).total.n).toBe(rows.length)
    return rows.filter(({ kind }) => kind === 'confirm_columns').length
  })
}

describe('the profile of a source', () => {
  it('says of each column what it holds, and of personal ones only how many', async () => {
    await send(file(HEADER), { edad: { type: 'integer' }, fecha: { type: 'date' } })
    const { profile, personal } = await loadProfile(world.context, tic, target.cycleId, target.sourceId)
    const of = (code: string) => profile?.columns.find((column) => column.code === code)
    expect(profile?.rows).toBe(40)
    expect(of('numero_documento')).toMatchObject({ empty: 0, distinct: 30, min: null, max: null, bars: [] })
    expect(of('canal')).toMatchObject({ empty: 0, distinct: 3, others: 0 })
    expect(of('canal')?.bars.map(({ value, count }) => [value, count])).toContainEqual(['Web', 14])
    expect(of('fecha')).toMatchObject({ min: '2024-01-01', max: '2024-09-01', invalid: { not_a_date: 1 } })
    // Four records in a month are fewer than five people.
    expect(of('fecha')?.bars.filter(({ isSmall }) => isSmall).length).toBeGreaterThan(0)
    expect(of('edad')).toMatchObject({ empty: 1, distinct: 39, min: '21', max: '59' })
    expect(personal).toEqual([{ column: 'numero_documento', label: 'Número de documento' }])
  }, 90_000)

  it('is kept beside the snapshot under its hash, and shows no one’s data', async () => {
    const folder = path.join(world.dataDir, 'snapshots')
    const { snapshotHash } = (await source()) ?? {}
    expect(readdirSync(folder).filter((name) => name.endsWith('.json'))).toEqual([`${snapshotHash}.profile.json`])
    expect(readFileSync(path.join(folder, `${snapshotHash}.profile.json`), 'utf8')).not.toMatch(/90\d\d/)
  })

  it('is refused to whoever may not analyse the source', async () => {
    const control = await world.actor('control_interno')
    await expect(loadProfile(world.context, control, target.cycleId, target.sourceId)).rejects.toThrow()
  })
})

describe('a personal column', () => {
  const asked = () => ({
    ...{ ...target, column: 'numero_documento', purpose: 'verificar_correspondencia' as const },
    reason: 'Comprobar que el documento no trae puntos',
  })

  it('is shown in part to whoever keeps the source, and each time is on record without what was seen', async () => {
    const cells = await revealColumn(world.context, tic, asked())
    expect(cells).toEqual(['9000', '9001', '9002', '9003', '9004'])
    await revealColumn(world.context, tic, asked())
    const recorded = await events('source.column_revealed')
    expect(recorded.map((event) => event.purpose_code)).toEqual(Array(2).fill('verificar_correspondencia'))
    expect(JSON.stringify(recorded)).not.toMatch(/"90\d\d"|puntos/)
    const { reveals } = await loadProfile(world.context, tic, target.cycleId, target.sourceId)
    expect(reveals.map(({ column, reason }) => [column, reason])).toEqual(
      Array(2).fill(['numero_documento', asked().reason]),
    )
  })

  it('is not shown to others, and columns that are not personal are not asked for', async () => {
    const office = await world.actor('profesional_ogac')
    await expect(revealColumn(world.context, office, asked())).rejects.toMatchObject({ code: 'not_in_charge' })
    const open = { ...asked(), column: 'canal' }
    await expect(revealColumn(world.context, tic, open)).rejects.toMatchObject({ code: 'not_visible' })
  })
})

describe('a file whose columns changed', () => {
  it('stops before it is imported, asks the keeper of the source, and leaves the earlier snapshot in use', async () => {
    const before = await source()
    const importId = await send(file('numero_documento;medio;fechas;edad'))
    const { drift, isAsked } = await importRow(world, importId)
    expect([isAsked, drift]).toEqual([
      false,
      [
        { kind: 'renamed', column: 'fechas', before: 'fecha', because: 'name' },
        { kind: 'renamed', column: 'medio', before: 'canal', because: 'values' },
      ],
    ])
    expect((await source())?.snapshotHash).toBe(before?.snapshotHash)
    const waiting = await withActor(world.context.db, tic, (trx) => listOpenDrifts(trx, target.cycleId))
    expect(waiting.map((one) => one.importId)).toEqual([importId])
    expect(await columnsToConfirm('profesional_tic')).toBe(1)
    expect(await columnsToConfirm('profesional_ogac')).toBe(0)
    expect((await events('source.columns_changed')).map((event) => event.changes)).toEqual([
      [
        { field: 'renamed', before: 'fecha', after: 'fechas' },
        { field: 'renamed', before: 'canal', after: 'medio' },
      ],
    ])
  }, 60_000)

  it('asks nothing any more once it is put aside', async () => {
    const [waiting] = await withActor(world.context.db, tic, (trx) => listOpenDrifts(trx, target.cycleId))
    await cancelImport(world.context, tic, { ...target, importId: waiting?.importId ?? '' })
    expect(await columnsToConfirm('profesional_tic')).toBe(0)
  })

  it('is imported under the old codes once the proposal is accepted', async () => {
    const importId = await send(`${file('numero_documento;medio;fechas;edad')}\n9998;Web;2024-02-02;44`)
    expect(await columnsToConfirm('profesional_tic')).toBe(1)
    const page = await loadSource(world.context, tic, target.cycleId, target.sourceId)
    const { mapping, drift } = await previewOf(world.context, tic, page, await importRow(world, importId))
    expect(drift).toHaveLength(2)
    expect(mapping.map(({ column, code }) => [column, code])).toContainEqual(['medio', 'canal'])
    await requestImport(world.context, tic, { ...target, importId, mapping })
    expect(await columnsToConfirm('profesional_tic')).toBe(0)
    await settled(importId)
    expect(await source()).toMatchObject({ importId, rows: 41 })
  }, 60_000)

  it('with the columns as they were is compared in silence', async () => {
    await send(`${file('numero_documento;medio;fechas;edad')}\n9997;Web;2024-02-02;45`)
    expect(await columnsToConfirm('profesional_tic')).toBe(0)
    expect(await events('source.columns_changed')).toHaveLength(2)
  }, 60_000)

  it('names a column whose values became others in what changed, never as a field of the event', async () => {
    const words = Array.from({ length: 40 }, (_, i) => `${9000 + i};Web;2024-01-01;unos ${i} años`)
    const importId = await send(['numero_documento;medio;fechas;edad', ...words].join('\n'))
    expect((await importRow(world, importId)).drift).toMatchObject([
      { kind: 'retyped', column: 'edad', before: 'integer' },
    ])
    const recorded = await events('source.columns_changed')
    expect(recorded.find((event) => event.object_version === importId)?.changes).toEqual([
      { field: 'retyped', before: 'edad: integer', after: expect.stringMatching(/^edad: (text|category)$/) },
    ])
    await cancelImport(world.context, tic, { ...target, importId })
  }, 60_000)
})

describe('the same source in the exercise of the next vigencia', () => {
  let next: Target
  const there = () => loadSource(world.context, tic, next.cycleId, next.sourceId)
  const sendThere = async (content: string) => {
    const sent = await upload(world, tic, next, content)
    if (sent.outcome !== 'received') throw new Error(JSON.stringify(sent))
    return await importRow(world, sent.importId)
  }
  const say = (continuesId: string | null) => continueSource(world.context, tic, { ...next, continuesId })

  it('is proposed, and goes on once whoever keeps it says so', async () => {
    await withoutEntity(world.owner, (trx) =>
      trx.updateTable('cycle').set({ vigencia: 2025 }).where('id', '=', target.cycleId).execute(),
    )
    next = await cycleWithSource(world)
    const { continuable, remembered } = await there()
    expect([remembered, continuable?.likely]).toEqual([[], { id: target.sourceId, because: 'name_and_owner' }])
    const asked = { ...next, continuesId: target.sourceId }
    const barred = await world.actor('profesional_sig')
    await expect(continueSource(world.context, barred, asked)).rejects.toMatchObject({ code: 'not_in_charge' })
    await expect(say(next.sourceId)).rejects.toMatchObject({ code: 'not_visible' })
    await say(target.sourceId)
    const { source, remembered: known } = await there()
    expect(source.continues).toMatchObject({ id: target.sourceId, vigencia: 2025 })
    expect(known.find(({ code }) => code === 'canal')).toMatchObject({ column: 'medio' })
    const [event] = await withActor(world.context.db, tic, (trx) =>
      trx.selectFrom('event').select('changes').where('type', '=', 'source.continued').execute(),
    )
    expect(event?.changes).toEqual([
      { field: 'name', before: null, after: 'Comunicaciones radicadas en 2024' },
      { field: 'vigencia', before: null, after: 2025 },
    ])
  }, 60_000)

  it('comes with its columns as they were, and is read as it was there', async () => {
    const row = await sendThere(file('numero_documento;medio;fechas;edad'))
    const { mapping } = await previewOf(world.context, tic, await there(), row)
    expect([row.drift, mapping]).toEqual([null, (await there()).remembered])
    expect(await columnsToConfirm('profesional_tic')).toBe(0)
  }, 60_000)

  it('with other columns it waits without a snapshot until somebody confirms them', async () => {
    const row = await sendThere(file('numero_documento;canal;fechas;edad'))
    const renamed = [{ kind: 'renamed', column: 'canal', before: 'medio', because: 'values' }]
    expect([row.drift, row.isAsked]).toEqual([renamed, false])
    expect(await columnsToConfirm('profesional_tic')).toBe(1)
    const open = () => withActor(world.context.db, tic, (trx) => listOpenDrifts(trx, next.cycleId))
    expect(await open()).toMatchObject([{ importId: row.id, hasSnapshot: false }])
    await say(null)
    expect([await open(), await columnsToConfirm('profesional_tic')]).toEqual([[], 0])
    await say(target.sourceId)
    expect([(await open()).length, await columnsToConfirm('profesional_tic')]).toEqual([1, 1])
    const { mapping } = await previewOf(world.context, tic, await there(), row)
    expect(mapping.map(({ column, code }) => [column, code])).toContainEqual(['canal', 'canal'])
    await requestImport(world.context, tic, { ...next, importId: row.id, mapping })
    await settled(row.id)
    expect((await there()).source).toMatchObject({ importId: row.id, rows: 40 })
    expect(await columnsToConfirm('profesional_tic')).toBe(0)
    await expect(say(null)).rejects.toMatchObject({ code: 'out_of_date' })
  }, 60_000)
})

describe('a small table that was published elsewhere', () => {
  it('is kept as it is written, and what does not agree is told, also against another table of the cycle', async () => {
    const other = async (name: string, content: string) => {
      const place = { ...target, sourceId: await attach(world, target.cycleId) }
      const sent = await upload(world, tic, place, content, name)
      if (sent.outcome !== 'received') throw new Error(JSON.stringify(sent))
      await ask(world, tic, place, sent.importId)
      await settled(sent.importId)
      return (await loadProfile(world.context, tic, place.cycleId, place.sourceId)).warnings
    }
    const quarters = 'organismo;T1;T2;Acumulado\nMovilidad;10;20;30\nHacienda;5;5;11\nTOTAL;15;25;40\n'
    expect(await other('trimestres.csv', quarters)).toEqual([
      { kind: 'total_differs', line: 3, column: 'Acumulado', literal: '11', expected: 10 },
      { kind: 'total_differs', line: 4, column: 'Acumulado', literal: '40', expected: 41 },
    ])
    const semesters =
      'tipo;S1;Total;%\nQueja;21;21;50,00\nReclamo;20;20;48,78\nReclamo;20;20;48,78\nTotal general;41;41;100\n'
    const kinds = (await other('semestres.csv', semesters)).map(({ kind, line, literal }) => [kind, line, literal])
    expect(kinds).toContainEqual(['share_differs', 2, '50,00'])
    expect(kinds).toContainEqual(['row_repeated', 4, 'Reclamo; 20; 20; 48,78'])
    expect(kinds).toContainEqual(['periods_differ', 5, '41'])
  }, 60_000)
})
