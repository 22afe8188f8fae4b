import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cancelImport } from '../../app/commands/cancel-import.server.ts'
import { detachSource } from '../../app/commands/detach-source.server.ts'
import { requestImport } from '../../app/commands/request-import.server.ts'
import { restartImport } from '../../app/commands/restart-import.server.ts'
import { uploadFile } from '../../app/commands/upload-file.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { CHANNELS } from '../../catalog/demo/city-file.ts'
import { emitAggregates } from '../../db/aggregates.ts'
import { withActor } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { listImports } from '../../db/imports.ts'
import { readSealed } from '../../db/sealed-files.ts'
import { findSource } from '../../db/sources.ts'
import { cityMargins } from '../../scripts/city-file/margins.ts'
import { writeCityFile } from '../../scripts/generate-city-file.ts'
import {
  ask,
  attach,
  cycleWithSource,
  importRow,
  mappingOf,
  type Target,
  upload,
  uploadPath,
} from '../support/sources.ts'
import { eventTypes, openWorld, type World } from '../support/world.ts'

const CORRECTIONS = {
  canal: { allowed: CHANNELS.map(([value]) => value), required: true },
  organismo: { required: true },
  fecha_radicacion: { required: true },
}
const ROWS = 20_000

let world: World
let tic: Actor
let target: Target
let folder: string
let file: string

beforeAll(async () => {
  world = await openWorld({ courier: true })
  tic = await world.actor('profesional_tic')
  folder = await mkdtemp(path.join(tmpdir(), 'caracteriza-import-'))
  file = path.join(folder, 'ciudad.csv')
  await writeCityFile(file, { rows: ROWS })
  target = await cycleWithSource(world)
}, 120_000)

afterAll(async () => {
  await world?.close()
  await rm(folder, { recursive: true, force: true })
})

const statusOf = async (id: string) => (await importRow(world, id)).status
const settled = (id: string) =>
  expect.poll(() => statusOf(id), { timeout: 60_000, interval: 200 }).not.toMatch(/received|running/)

describe('a received file', () => {
  it('becomes a snapshot with every good record, and the bad ones stay apart with their reason', async () => {
    const importId = await uploadPath(world, tic, target, file)
    await ask(world, tic, target, importId, CORRECTIONS)
    await settled(importId)
    const row = await importRow(world, importId)
    const margins = cityMargins({ rows: ROWS })
    expect(row).toMatchObject({ status: 'done', rows: ROWS, rejects: 120 })
    expect(Object.values(row.rejectsByReason).every((count) => count > 0)).toBe(true)
    const source = await withActor(world.context.db, tic, (trx) => findSource(trx, target.cycleId, target.sourceId))
    expect(source?.snapshotHash).toBe(row.snapshotHash)
    const dir = path.join(world.dataDir, 'snapshots')
    const table = await emitAggregates(
      'interno',
      { kind: 'count', rows: 'organismo' },
      { dir, hash: row.snapshotHash ?? '' },
    )
    expect(table.total.value).toBe(margins.total)
    expect(await eventTypes(world, target.cycleId)).toEqual(
      expect.arrayContaining(['source.attached', 'import.requested', 'import.done']),
    )
  }, 90_000)

  it('is kept sealed: neither the original nor the rejected records lie about in plain text', async () => {
    const original = await readFile(file)
    const sealed = path.join(world.dataDir, 'files', 'originals', world.entityId)
    const kept = readdirSync(sealed)
    expect(kept).toHaveLength(2)
    const header = original.subarray(0, 40)
    for (const name of kept) expect((await readFile(path.join(sealed, name))).includes(header)).toBe(false)
    expect(readdirSync(path.join(world.dataDir, 'uploads'))).toEqual([])
    expect(readdirSync(path.join(world.dataDir, 'imports'))).toEqual([])
    const { rejectsSha256 } = await latest()
    const chunks: Buffer[] = []
    const ref = { dataDir: world.dataDir, secret: world.context.config.APP_SECRET, entityId: world.entityId }
    for await (const chunk of readSealed({ ...ref, sha256: rejectsSha256 ?? '' })) chunks.push(chunk)
    expect(Buffer.concat(chunks).toString()).toContain('linea;columna;valor;motivo;codigo')
  })

  it('read twice by two workflows leaves one snapshot and one event', async () => {
    const before = (await eventTypes(world, target.cycleId)).filter((type) => type === 'import.done').length
    const { id } = await latest()
    await world.temporal.client.workflow.execute('importFile', {
      workflowId: `again:${newId()}`,
      taskQueue: 'procedures',
      args: [{ entityId: world.entityId, importId: id }],
    })
    const after = (await eventTypes(world, target.cycleId)).filter((type) => type === 'import.done').length
    expect([after, await statusOf(id)]).toEqual([before, 'done'])
  })

  it('sent a second time is recognised and adds nothing', async () => {
    const { id } = await latest()
    const again = await upload(world, tic, target, new Blob([await readFile(file)]))
    expect(again).toEqual({ outcome: 'same', importId: id })
  })

  it('sent twice in the same moment is kept once', async () => {
    const other = { ...target, sourceId: await attach(world, target.cycleId) }
    const content = new Blob([await readFile(file)])
    const sent = await Promise.all([upload(world, tic, other, content), upload(world, tic, other, content)])
    expect(sent.map(({ outcome }) => outcome).sort()).toEqual(['received', 'same'])
  })

  it('that has arrived whole is kept although nobody waits for the answer any more', async () => {
    const other = { ...target, sourceId: await attach(world, target.cycleId) }
    const leaving = new AbortController()
    const form = new FormData()
    form.set('archivo', new Blob(['canal;zona\nVirtual;Urbana\nWeb;Rural\n']), 'datos.csv')
    const plain = new Request('http://localhost:3000/archivo', { method: 'POST', body: form })
    const arrived = plain.body?.pipeThrough(new TransformStream({ flush: () => leaving.abort() }))
    const { headers } = plain
    const request = new Request(plain.url, {
      method: 'POST',
      headers,
      body: arrived ?? null,
      duplex: 'half',
    } as RequestInit)
    Object.defineProperty(request, 'signal', { value: leaving.signal })
    expect(await uploadFile(world.context, tic, request, other)).toMatchObject({ outcome: 'received' })
    expect(leaving.signal.aborted).toBe(true)
    await detachSource(world.context, tic, other)
  })

  it('can be cancelled, and leaves no half data', async () => {
    const other = { ...target, sourceId: await attach(world, target.cycleId) }
    const importId = await uploadPath(world, tic, other, file)
    const asked = ask(world, tic, other, importId, CORRECTIONS)
    await asked
    await cancelImport(world.context, tic, { ...other, importId })
    await settled(importId)
    const row = await importRow(world, importId)
    const source = await withActor(world.context.db, tic, (trx) => findSource(trx, target.cycleId, other.sourceId))
    expect([row.status === 'cancelled', source?.snapshotHash ?? null]).toEqual(
      row.status === 'cancelled' ? [true, null] : [false, row.snapshotHash],
    )
    // The reading itself may hear of it a moment after the row has ended.
    const left = path.join(world.dataDir, 'imports')
    await expect.poll(() => (existsSync(left) ? readdirSync(left) : []), { timeout: 10_000 }).toEqual([])
    await detachSource(world.context, tic, other)
  }, 60_000)

  it('asked for while Temporal is away is started by the courier', async () => {
    const other = { ...target, sourceId: await attach(world, target.cycleId) }
    const importId = await uploadPath(world, tic, other, file)
    const away = { ...world, context: { ...world.context, temporal: unreachable() } } as unknown as World
    await ask(away, tic, other, importId, CORRECTIONS)
    expect(await statusOf(importId)).toBe('received')
    await settled(importId)
    expect(await statusOf(importId)).toBe('done')
    await detachSource(world.context, tic, other)
  }, 60_000)

  it('whose column is missing ends as failed, with the reason', async () => {
    const other = { ...target, sourceId: await attach(world, target.cycleId) }
    const uploaded = await upload(world, tic, other, 'canal;zona\nVirtual;Urbana\nPresencial;Rural\n')
    const importId = uploaded.outcome === 'received' ? uploaded.importId : ''
    const mapping = await mappingOf(world, importId, { canal: { column: 'canales' } })
    await requestImport(world.context, tic, { ...other, importId, mapping })
    await settled(importId)
    expect(await importRow(world, importId)).toMatchObject({
      status: 'failed',
      failureCode: 'missing_column',
      failureFacts: { line: 1, detail: 'canales' },
    })
    const kept = () => readdirSync(path.join(world.dataDir, 'files', 'originals', world.entityId)).length
    const before = kept()
    await restartImport(world.context, tic, { ...other, importId, review: true })
    const [waiting] = await importsOf(other)
    expect(waiting).toMatchObject({
      status: 'received',
      isAsked: false,
      fileSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    await restartImport(world.context, tic, { ...other, importId, review: true })
    expect((await importsOf(other)).map(({ id }) => id)).toEqual([waiting?.id, importId])
    await ask(world, tic, other, waiting?.id ?? '')
    await settled(waiting?.id ?? '')
    expect([(await importRow(world, waiting?.id ?? '')).rows, kept()]).toEqual([2, before])
    await detachSource(world.context, tic, other)
  }, 60_000)

  it('cancelled by mistake is read again from what is kept, as it was to be', async () => {
    const other = { ...target, sourceId: await attach(world, target.cycleId) }
    const uploaded = await upload(world, tic, other, 'canal;zona\nVirtual;Rural\nPresencial;Rural\n')
    const importId = uploaded.outcome === 'received' ? uploaded.importId : ''
    const away = { ...world, context: { ...world.context, temporal: unreachable() } } as unknown as World
    await ask(away, tic, other, importId, { zona: { label: 'Zona de residencia' } })
    const again = { ...other, importId, review: false }
    await expect(restartImport(world.context, tic, again)).rejects.toMatchObject({ code: 'out_of_date' })
    await cancelImport(world.context, tic, { ...other, importId })
    const barred = await world.actor('profesional_sig')
    await expect(restartImport(world.context, barred, again)).rejects.toMatchObject({ code: 'not_in_charge' })
    await restartImport(world.context, tic, again)
    const [started] = await importsOf(other)
    await settled(started?.id ?? '')
    const row = await importRow(world, started?.id ?? '')
    expect(row).toMatchObject({ status: 'done', rows: 2, fileSha256: (await importRow(world, importId)).fileSha256 })
    expect(row.mapping.map(({ label }) => label)).toContain('Zona de residencia')
    await expect(restartImport(world.context, tic, { ...again, importId: row.id })).rejects.toThrow()
    expect((await eventTypes(world, target.cycleId)).filter((type) => type === 'import.restarted')).toHaveLength(2)
    await detachSource(world.context, tic, other)
  }, 60_000)
})

const importsOf = ({ sourceId }: Target) => withActor(world.context.db, tic, (trx) => listImports(trx, sourceId))

async function latest() {
  const rows = await withActor(world.context.db, tic, (trx) => listImports(trx, target.sourceId))
  const row = rows.find((one) => one.status === 'done')
  if (!row) throw new Error('nothing imported')
  return row
}

function unreachable() {
  return { withDeadline: () => Promise.reject(new Error('away')) }
}
