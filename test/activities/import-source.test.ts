import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failImport } from '../../activities/fail-import.ts'
import { correctRejects } from '../../app/commands/correct-rejects.server.ts'
import { detachSource } from '../../app/commands/detach-source.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { type Trx, withActor, withoutEntity } from '../../db/client.ts'
import { findSource, listSources } from '../../db/sources.ts'
import type { SnapshotProfile } from '../../domain/profiles.ts'
import { writeCityFile } from '../../scripts/generate-city-file.ts'
import { ask, attach, cycleWithSource, importRow, type Target, upload, uploadPath } from '../support/sources.ts'
import { eventTypes, openWorld, type World } from '../support/world.ts'

let world: World
let tic: Actor
let target: Target
let folder: string

beforeAll(async () => {
  world = await openWorld()
  tic = await world.actor('profesional_tic')
  folder = await mkdtemp(path.join(tmpdir(), 'caracteriza-source-'))
  target = await cycleWithSource(world)
}, 120_000)

afterAll(async () => {
  await world?.close()
  await rm(folder, { recursive: true, force: true })
})

const refused = async (content: Blob | string, name?: string) => {
  const uploaded = await upload(world, tic, target, content, name)
  return uploaded.outcome === 'refused' ? uploaded.refusal : uploaded
}

describe('a file that is no good', () => {
  it.each([
    ['nothing at all', '', { code: 'empty_file' }],
    [
      'a picture',
      new Blob([Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ', 'base64')]),
      { code: 'wrong_type' },
    ],
    ['text with a null byte', 'a;b\n1;\u0000\n', { code: 'nul_byte', line: 2, column: 3 }],
    ['a header without records', 'a;b\n', { code: 'no_records' }],
    ['a header with a repeated name', 'a;b;a\n1;2;3\n', { code: 'duplicate_header_name', line: 1, column: 3 }],
    ['a header of another width than its records', 'a;b\n1;2;3\n4;5;6\n', { code: 'ragged_header', line: 1 }],
    ['one endless line', new Blob([Buffer.alloc(8_000_000, 'x')]), { code: 'line_too_long', line: 1 }],
  ])('is refused with its reason and place: %s', async (_name, content, refusal) => {
    expect(await refused(content)).toMatchObject(refusal)
  })

  it('leaves nothing behind', async () => {
    const [source] = await withActor(world.context.db, tic, (trx) => listSources(trx, target.cycleId))
    expect(source?.importId ?? null).toBeNull()
  })
})

describe('a source', () => {
  it('is attached by the authors of step 3 alone, and each refusal is one event', async () => {
    const before = (await eventTypes(world, target.cycleId)).filter((type) => type === 'act.refused').length
    await expect(attach(world, target.cycleId, 'profesional_sig')).rejects.toMatchObject({ code: 'not_in_charge' })
    await expect(attach(world, target.cycleId, 'direccion_tic')).rejects.toMatchObject({ code: 'not_in_charge' })
    const after = (await eventTypes(world, target.cycleId)).filter((type) => type === 'act.refused').length
    expect(after - before).toBe(2)
  })

  it('cannot be seen, loaded or detached from another municipality', async () => {
    const stranger = await world.actor('profesional_tic', 'cali')
    await expect(upload(world, stranger, target, 'a;b\n1;2\n')).rejects.toMatchObject({ code: 'not_visible' })
    await expect(detachSource(world.context, stranger, target)).rejects.toMatchObject({ code: 'not_visible' })
  })

  it('is attached once when the same form is sent twice', async () => {
    const formKey = '0190a8a2-7a30-7c3e-8a52-0123456789ab'
    const [one, two] = [
      await attach(world, target.cycleId, 'profesional_tic', formKey),
      await attach(world, target.cycleId, 'profesional_tic', formKey),
    ]
    expect(one).toBe(two)
    await detachSource(world.context, tic, { ...target, sourceId: one })
  })

  it('makes whoever attached it an author of step 3', async () => {
    const { state } = await world.cycle(target.cycleId)
    expect(state.steps.find((step) => step.code === '3')?.authors).toContain(tic.personId)
  })
})

describe('an import that has ended', () => {
  it('tells by mail whoever had to wait, has its profile ready, and stays as it is when a late failure arrives', async () => {
    const file = path.join(folder, 'ciudad.csv')
    await writeCityFile(file, { rows: 2_000 })
    const importId = await uploadPath(world, tic, target, file)
    await ask(world, tic, target, importId)
    await waitedFor(importId)
    await expect.poll(async () => (await importRow(world, importId)).status, { timeout: 60_000 }).toBe('done')
    await failImport(tools(), { entityId: world.entityId, importId, code: 'cancelled' })
    const source = await withActor(world.context.db, tic, (trx) => findSource(trx, target.cycleId, target.sourceId))
    expect([(await importRow(world, importId)).status, source?.snapshotHash !== null]).toEqual(['done', true])
    const kept = path.join(world.dataDir, 'snapshots', `${source?.snapshotHash}.profile.json`)
    const profile = JSON.parse(await readFile(kept, 'utf8')) as SnapshotProfile
    expect([profile.snapshotHash, profile.rows > 1_900, profile.columns.length > 20]).toEqual([
      ...[source?.snapshotHash, true, true],
    ])
    expect(profile.columns.some(({ invalid }) => Object.keys(invalid).length > 0)).toBe(true)
    expect(await mailsAbout(target)).toEqual([
      [tic.personId, expect.stringContaining('Quedaron en el corte 2.004 registros. Se rechazaron 8:')],
    ])
  }, 90_000)

  it('tells that it failed, once, and nobody who was there to see it', async () => {
    const other = { cycleId: target.cycleId, sourceId: await attach(world, target.cycleId) }
    const failed = async (content: string, wait: boolean) => {
      const uploaded = await upload(world, tic, other, content)
      if (uploaded.outcome !== 'received') throw new Error(JSON.stringify(uploaded))
      if (wait) await waitedFor(uploaded.importId)
      const how = { entityId: world.entityId, importId: uploaded.importId, code: 'no_records' }
      await failImport(tools(), how)
      await failImport(tools(), how)
      return (await mailsAbout(other)).length
    }
    expect(await failed('a;b\n1;2\n', false)).toBe(0)
    expect(await failed('a;b\n1;3\n', true)).toBe(1)
  })

  const tools = () => ({
    ...{ database: world.context.db, dataDir: world.dataDir, secret: '', mailFrom: '' },
    publicUrl: 'http://localhost:3000',
  })
  const asOwner = <T>(work: (trx: Trx) => Promise<T>) => withoutEntity(world.owner, work)

  /** As if it had been asked for two minutes ago. */
  const waitedFor = (importId: string) =>
    asOwner((trx) =>
      trx
        .updateTable('source_import')
        .set({ requested_at: sql<Date>`requested_at - interval '2 minutes'` })
        .where('id', '=', importId)
        .execute(),
    )

  const mailsAbout = async ({ cycleId, sourceId }: Target) => {
    const link = `http://localhost:3000/ejercicios/${cycleId}/fuentes/${sourceId}`
    const found = await asOwner((trx) =>
      trx.selectFrom('mail').select(['person_id', 'body']).where('link', '=', link).execute(),
    )
    return found.map((mail) => [mail.person_id, mail.body])
  }
})

describe('corrected rejects', () => {
  const rejected = 'canal;dias\nWeb;1\nWeb;dos\nWeb;tres\n'
  const file = (rows: string) => new Blob([`fila_original;canal;dias\n${rows}`])
  const corrected = (content: Blob, importId: string) => {
    const form = new FormData()
    form.set('archivo', content, 'rechazados.csv')
    const request = new Request('http://localhost:3000/archivo', { method: 'POST', body: form })
    return correctRejects(world.context, tic, request, { ...own, importId })
  }
  const done = async (importId: string) => {
    await expect.poll(async () => (await importRow(world, importId)).status, { timeout: 60_000 }).toBe('done')
    return await importRow(world, importId)
  }
  let own: Target

  it('join the snapshot in a new one, twice over, and the same file again adds nothing', async () => {
    own = { cycleId: target.cycleId, sourceId: await attach(world, target.cycleId) }
    const uploaded = await upload(world, tic, own, rejected)
    if (uploaded.outcome !== 'received') throw new Error(JSON.stringify(uploaded))
    await ask(world, tic, own, uploaded.importId, { dias: { type: 'integer' } })
    const base = await done(uploaded.importId)
    expect([base.rows, base.rejects]).toEqual([1, 2])

    expect(await corrected(new Blob(['canal;dias\nWeb;2\n']), base.id)).toMatchObject({
      refusal: { code: 'not_a_correction' },
    })
    const once = await corrected(file('3;Web;2\n4;Web;tres\n'), base.id)
    if (once.outcome !== 'received') throw new Error(JSON.stringify(once))
    const first = await done(once.importId)
    expect([first.rows, first.rejects, first.snapshotHash === base.snapshotHash]).toEqual([2, 1, false])
    expect(await corrected(file('3;Web;2\n4;Web;tres\n'), first.id)).toEqual({ outcome: 'same', importId: first.id })

    const twice = await corrected(file('4;Web;3\n'), first.id)
    if (twice.outcome !== 'received') throw new Error(JSON.stringify(twice))
    const second = await done(twice.importId)
    expect([second.rows, second.rejects]).toEqual([3, 0])
    const source = await withActor(world.context.db, tic, (trx) => findSource(trx, own.cycleId, own.sourceId))
    expect([source?.importId, source?.rows]).toEqual([second.id, 3])
  }, 120_000)
})
