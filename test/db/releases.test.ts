import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { publishRelease } from '../../activities/publish-release.ts'
import { refusalSentence } from '../../app/text/refusals.ts'
import { completeAnswers } from '../../catalog/demo/answers.ts'
import { withActor, withoutEntity } from '../../db/client.ts'
import { appNow } from '../../db/clock.ts'
import { filePath, openFile, storeFile } from '../../db/files.ts'
import { readPublishedTables } from '../../db/published-tables.ts'
import { moveReleaseHour } from '../../db/release-hours.ts'
import { slugOf } from '../../db/slugs.ts'
import { findDraftRelease, releaseInputHashes } from '../../db/waiting-drafts.ts'
import { type Answers, rowsOf } from '../../domain/forms.ts'
import { approveFiles, prepareFrom, publisherOf, reportOf } from '../support/open-data.ts'
import { openSignedWorld, type SignedCycle, type SignedWorld, signedCycle } from '../support/signed-cycle.ts'

let world: SignedWorld
let cycle: SignedCycle
beforeAll(async () => {
  world = await openSignedWorld()
  cycle = await signedCycle(world)
}, 180_000)
afterAll(() => world?.close())

const actor = () => publisherOf(world)
const prepare = (answers: Answers) => prepareFrom(world, cycle, answers)

describe('preparing a release', () => {
  test('waits for the signed report', async () => {
    await expect(prepare(completeAnswers('7'))).rejects.toMatchObject({ code: 'incomplete' })
    await reportOf(world, cycle)
  })

  test('makes CSV, JSON, dictionary and the report in its three forms, each stored under its hash', async () => {
    const draft = await prepare(completeAnswers('7'))
    expect(draft.files.map((file) => file.kind)).toEqual([
      'csv',
      'json',
      'parquet',
      'xlsx',
      'dictionary',
      'pdf',
      'docx',
      'html',
    ])
    for (const file of draft.files) {
      expect(readFileSync(filePath(world.dataDir, file.sha256)).length).toBe(file.bytes)
      expect(file.name).toMatch(/^[a-z0-9-]+-v1[a-z-]*\.(csv|json|parquet|xlsx|pdf|docx|html)$/)
    }
    const json = JSON.parse(readFileSync(filePath(world.dataDir, draft.files[1]?.sha256 ?? ''), 'utf8'))
    expect(json.corte_sha256).toBe(world.snapshotHash)
    expect(json.tablas.length).toBe(draft.metadata.tables.length)
    const hashes = await withActor(world.web, actor(), (trx) => releaseInputHashes(trx, cycle.cycleId))
    expect(hashes).toEqual(draft.files.map((file) => file.sha256).sort())
  })

  test('refuses a table of more than three variables, also where step 4 was approved with it', async () => {
    const setFigures = (answers: Answers) =>
      withoutEntity(world.owner, (trx) =>
        trx
          .updateTable('step_version')
          .set({ answers: JSON.stringify(answers) })
          .where('id', '=', ({ selectFrom }) =>
            selectFrom('step').select('version_id').where('cycle_id', '=', cycle.cycleId).where('code', '=', '4'),
          )
          .execute(),
      )
    const answers = completeAnswers('4')
    const lista = rowsOf(answers, 'figuras', 'lista').map((row) =>
      row.id === 'g1' ? { ...row, tipo: 'cruce', cruce: 'canal', capas: 'zona', filtro: 'sexo = Mujer' } : row,
    )
    await setFigures({ ...answers, figuras: { lista } })
    const archivos = { lista: [{ id: 'x', figura: 'g1', titulo: '' }] }
    const refused = await prepare({ ...completeAnswers('7'), archivos }).catch((failure) => failure)
    await setFigures(answers)
    expect(refused).toMatchObject({ code: 'table_too_fine', status: 409 })
    expect(refusalSentence(refused.code, refused.facts)).toContain(
      'ahora cruza Organismo al que se dirige, Canal de atención utilizado, Zona, Sexo.',
    )
  })

  test('preparing again replaces the draft, and says when the answers moved on', async () => {
    const answers = completeAnswers('7')
    const first = await prepare(answers)
    const changed: Answers = { ...answers, conjunto: { ...answers.conjunto, titulo: 'Otro título' } }
    const state = (typed: Answers) =>
      withActor(world.web, actor(), (trx) => findDraftRelease(trx, cycle.cycleId, typed))
    expect(await state(answers)).toMatchObject({ isCurrent: true, releaseHash: first.releaseHash })
    expect(await state(changed)).toMatchObject({ isCurrent: false })
    const second = await prepare(changed)
    expect(second).toMatchObject({ id: first.id, version: 1, slug: 'santa-marta-otro-titulo' })
    expect(await state(changed)).toMatchObject({ isCurrent: true })
    const datasets = await withActor(world.web, actor(), (trx) => trx.selectFrom('dataset').select('slug').execute())
    expect(datasets).toEqual([{ slug: 'santa-marta-otro-titulo' }])
  })

  test('the web role can neither publish nor rewrite what is published or approved', async () => {
    const draft = await prepare(completeAnswers('7'))
    const change = (set: Record<string, string>) =>
      withActor(world.web, actor(), (trx) => trx.updateTable('release').set(set).where('id', '=', draft.id).execute())
    await expect(change({ status: 'published' })).rejects.toThrow()
    const approved = await approveFiles(world, cycle)
    const moveTo = (hour: Date | 'now') =>
      withActor(world.web, actor(), (trx) => moveReleaseHour(trx, actor(), { releaseId: draft.id, hour }))
    await moveTo(new Date(appNow().getTime() + 3_600_000))
    expect(await publishRelease(world.tools, approved)).toMatchObject({ waits: {} })
    const forgetCodes = () =>
      withActor(world.web, actor(), (trx) => trx.deleteFrom('figure_code').where('release_id', '=', draft.id).execute())
    await expect(forgetCodes()).rejects.toThrow('never changes')
    await moveTo('now')
    await publishRelease(world.tools, approved)
    await expect(forgetCodes()).rejects.toThrow('never changes')
    await expect(change({ status: 'draft' })).rejects.toThrow()
    await expect(change({ status: 'withdrawn', change_note: 'otra' })).rejects.toThrow('never rewritten')
    const remove = withActor(world.web, actor(), (trx) =>
      trx.deleteFrom('release_file').where('release_id', '=', draft.id).execute(),
    )
    await expect(remove).rejects.toThrow('never change')
  })
})

describe('stored files', () => {
  test('a published file that is gone stops what has to be protected against it', async () => {
    const gone = { title: 'Conjunto', version: 1, sha256: 'ab'.repeat(32) }
    await expect(readPublishedTables(world.dataDir, gone)).rejects.toThrow('is not stored')
  })

  test('the same content is the same file, and a name that is no hash reaches no file', async () => {
    const bytes = Buffer.from('contenido')
    const stored = await storeFile(world.dataDir, bytes)
    expect(await storeFile(world.dataDir, [bytes.subarray(0, 3), bytes.subarray(3)].values() as never)).toEqual(stored)
    expect((await openFile(world.dataDir, stored.sha256))?.bytes).toBe(bytes.length)
    await expect(openFile(world.dataDir, '../../etc/passwd')).rejects.toThrow(RangeError)
  })

  test('an address is made of plain letters', () => {
    expect(slugOf('  Caracterización: Ñeembucú & Compañía 2024! ')).toBe('caracterizacion-neembucu-compania-2024')
    expect(slugOf('¿?')).toBe('datos')
  })
})
