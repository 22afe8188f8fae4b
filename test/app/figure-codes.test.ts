import { readFileSync, renameSync } from 'node:fs'
import path from 'node:path'
import type { AppLoadContext } from '@remix-run/node'
import { sql } from 'kysely'
import { pino } from 'pino'
import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishRelease } from '../../activities/publish-release.ts'
import * as figureRoute from '../../app/routes/public/figure.tsx'
import { loader as verify } from '../../app/routes/public/verify.tsx'
import { completeAnswers } from '../../catalog/demo/answers.ts'
import { withActor, withEntity, withoutEntity } from '../../db/client.ts'
import { listMaps, listOfferedMaps, withdrawMap } from '../../db/division-maps.ts'
import { filePath } from '../../db/files.ts'
import { newId } from '../../db/ids.ts'
import { withdrawRelease } from '../../db/releases.ts'
import { snapshotPath } from '../../db/snapshots.ts'
import { findStepContext } from '../../db/step-context.ts'
import type { DraftRelease } from '../../db/waiting-drafts.ts'
import type { AggregateTable } from '../../domain/aggregates.ts'
import { codeFrom, parseCode, spacedCode } from '../../domain/verification-codes.ts'
import { insertDisposal } from '../db/foreign-disposals.ts'
import { textOf } from '../support/html-forms.ts'
import { approveFiles, prepareFrom, publisherOf, reportOf } from '../support/open-data.ts'
import { pageOf } from '../support/route-page.ts'
import {
  openSignedWorld,
  type Person,
  type SignedCycle,
  type SignedWorld,
  signedCycle,
} from '../support/signed-cycle.ts'

let world: SignedWorld
let context: AppLoadContext
let cycle: SignedCycle
let report: Awaited<ReturnType<typeof reportOf>>
beforeAll(async () => {
  world = await openSignedWorld()
  const config = { DATA_DIR: world.dataDir }
  const log = pino({ level: 'silent' })
  context = { publicDb: world.open, config, log, requestId: 'prueba' } as unknown as AppLoadContext
  cycle = await signedCycle(world)
  report = await reportOf(world, cycle)
}, 180_000)
afterAll(() => world?.close())

const asking = (codigo: string) => ({ request: new Request(`http://x/${codigo}`), params: { codigo }, context })
const page = (code: string) => figureRoute.loader(asking(code))
const codesOf = () =>
  withEntity(world.owner, world.entityId, (trx) =>
    trx.selectFrom('figure_code').select(['code', 'printed', 'release_id', 'place']).orderBy('place').execute(),
  )
const codesInFiles = ({ files }: DraftRelease) => {
  const file = files.find(({ kind }) => kind === 'json')
  const json = JSON.parse(readFileSync(filePath(world.dataDir, file?.sha256 ?? ''), 'utf8'))
  return (json.tablas as { codigo: string }[]).map(({ codigo }) => parseCode(codigo) ?? '')
}

test('every figure of the signed report carries a code that leads to where it comes from and counts the same', async () => {
  const codes = await codesOf()
  expect(codes.length).toBeGreaterThan(5)
  const words = codes.map(({ printed }) => (printed as unknown as AggregateTable).filterWords)
  expect(words).toContain('Tipo de comunicación es Queja o Reclamo')
  const pdf = readFileSync(filePath(world.dataDir, report.sha256))
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true })
  const printed = codes.filter(({ code }) => text.replace(/\s+/g, '').includes(spacedCode(code)))
  expect(printed.length).toBeGreaterThan(5)
  for (const { code } of printed) {
    const { recount, figure, document, release } = await page(code)
    expect([figure.title, recount]).toEqual([figure.title, 'equal'])
    expect(figure.snapshotHash).toBe(world.snapshotHash)
    expect([figure.origin.rules, figure.origin.code]).toEqual([1, 1])
    expect(document.code).toBe(report.code)
    expect(document.signers.map(({ role }) => role)).toContain('approver')
    expect(release).toBeNull()
    const cells = figure.parts.flatMap(({ rows }) => rows.flatMap((row) => row.cells))
    expect(cells.some(({ isInternal }) => isInternal)).toBe(false)
  }
})

test('a figure drawn as a map names its map, hides what the table hides, and lists its places', async () => {
  const drawn = await withEntity(world.owner, world.entityId, (trx) =>
    trx.selectFrom('figure_code').select('code').where('chart', '=', 'map').executeTakeFirstOrThrow(),
  )
  const { figure } = await page(drawn.code)
  expect(figure.origin.map).toEqual({ words: 'Mapa, versión 1', hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
  expect(figure.summary).toMatch(/^Mapa\. .*(bajo|medio|alto)/)
  const cells = figure.parts.flatMap(({ rows }) => rows.map((row) => row.cells[0]?.text ?? null))
  const hidden = cells.filter((text) => text === null).length
  const drawnHidden = figure.svg.match(/<title>[^<]+: oculto<\/title>/g)?.length ?? 0
  expect([cells.length > 30, drawnHidden]).toEqual([true, hidden])
  for (const text of cells) if (text !== null) expect(figure.svg).toContain(`: ${text} · `)
})

test('the code typed at the place for documents leads there too, and one that nobody printed leads nowhere', async () => {
  const [{ code } = { code: '' }] = await codesOf()
  const answer: Response = await verify(asking(code)).catch((thrown) => thrown)
  expect(answer.headers.get('location')).toBe(`/cifras/${code}`)
  expect(await page('ABCDEFGHJKMN').catch((thrown) => thrown)).toMatchObject({ status: 404 })
  const all = await withoutEntity(world.open, (trx) => trx.selectFrom('figure_code').select('id').execute())
  expect(all).toEqual([])
})

test('tables of open data have codes of their own: nobody sees them before the release, and they stay the same', async () => {
  const draft = await prepareFrom(world, cycle)
  const codes = codesInFiles(draft)
  expect(codes.length).toBe(draft.metadata.tables.length)
  expect(new Set(codes).size).toBe(codes.length)
  expect(await page(codes[0] ?? '').catch((thrown) => thrown)).toMatchObject({ status: 404 })
  const again = await prepareFrom(world, cycle, completeAnswers('7'))
  const tables = ({ files }: DraftRelease) => files.filter(({ kind }) => kind === 'csv' || kind === 'json')
  expect(tables(again)).toEqual(tables(draft))
  await publishRelease(world.tools, await approveFiles(world, cycle))
  for (const code of codes) {
    const { recount, release } = await page(code)
    expect([recount, release?.slug]).toEqual(['equal', draft.slug])
  }

  const said = async () => {
    const shown = await pageOf(figureRoute, 'cifras/:codigo')(new Request(`http://x/cifras/${codes[0]}`), context)
    return textOf(await shown.text())
  }
  expect(await said()).not.toMatch(/corrigió|se retiró/)
  await withEntity(world.owner, world.entityId, (trx) =>
    trx.updateTable('release').set({ status: 'corrected' }).where('id', '=', draft.id).execute(),
  )
  expect(await said()).toMatch(/Una versión posterior corrigió la que la publicó.*Las cifras coinciden/)
  const actor = publisherOf(world)
  const withdrawal = { releaseId: draft.id, reason: 'Se publicó con un periodo equivocado.' }
  await withActor(world.web, actor, (trx) => withdrawRelease(trx, actor, withdrawal))
  expect(await said()).toMatch(/La versión que la publicó se retiró.*Ver por qué se retiró.*Las cifras coinciden/)
})

test('a figure whose snapshot went by the documentary table says by which act, and nobody is warned of it', async () => {
  const [{ code } = { code: '' }] = await codesOf()
  const warned: unknown[] = []
  const heard = { ...context, log: { warn: (facts: unknown) => warned.push(facts) } } as unknown as AppLoadContext
  const said = async () => {
    const shown = await pageOf(figureRoute, 'cifras/:codigo')(new Request(`http://x/cifras/${code}`), heard)
    return textOf(await shown.text())
  }
  const file = snapshotPath({ dir: path.join(world.dataDir, 'snapshots'), hash: world.snapshotHash })
  renameSync(file, `${file}.away`)
  try {
    expect(await said()).toContain('ya no está disponible')
    expect(warned.length).toBe(1)
    const { disposalId } = await insertDisposal(world, publisherOf(world), cycle.cycleId)
    await withEntity(world.owner, world.entityId, async (trx) => {
      const item = { disposal_id: disposalId, n: 3, entity_id: world.entityId, kind: 'snapshot', object_id: newId() }
      const went = { ...item, sha256: world.snapshotHash, bytes: '3' }
      await trx
        .insertInto('disposal_item')
        .values({ ...went, place: '3', is_shared: false })
        .execute()
      await trx
        .insertInto('disposal_tombstone')
        .values({ ...went, id: newId(), is_file_kept: false })
        .execute()
    })
    expect(await said()).toMatch(/No se pudieron volver a contar.*se eliminó por el acta N.º 1 del 1 de enero de 2021/)
    expect(warned.length).toBe(1)
  } finally {
    renameSync(`${file}.away`, file)
  }
  // Where another exercise uses the same one it is counted again as before.
  expect(await said()).toMatch(/Las cifras coinciden/)
})

test('a map that is withdrawn is offered for no new figure, and what was drawn on it stays', async () => {
  const { code } = await withEntity(world.owner, world.entityId, (trx) =>
    trx.selectFrom('figure_code').select('code').where('chart', '=', 'map').executeTakeFirstOrThrow(),
  )
  const before = await page(code)
  const { personId, positionId } = world.people.profesional_tic as Person
  const by = { entityId: world.entityId, personId, positionId, requestId: null }
  const withdraw = () =>
    withActor(world.web, by, async (trx) => {
      const [map] = await listMaps(trx, world.entityId)
      if (map) await withdrawMap(trx, by, { map, reason: 'Le falta una comuna.' })
    })
  const offered = async (cycleId: string) =>
    await withActor(world.web, by, async (trx) => {
      const step = await findStepContext(trx, cycleId, '4')
      const choices = JSON.stringify(step?.options)
      return [(await listOfferedMaps(trx, world.entityId)).length, choices.includes('Mapa, versión 1 (retirado)')]
    })
  expect(await offered(cycle.cycleId)).toEqual([1, false])
  await withdraw()
  expect(await offered(cycle.cycleId)).toEqual([0, false])
  // Where the figures of a step name it already, it stays to be read.
  await withEntity(world.owner, world.entityId, (trx) =>
    sql`insert into step_draft (step_id, entity_id, answers, saved_by)
      select s.id, v.entity_id, v.answers, v.frozen_by from step s join step_version v on v.id = s.version_id
      where s.cycle_id = ${cycle.cycleId} and s.code = '4'`.execute(trx),
  )
  expect(await offered(cycle.cycleId)).toEqual([0, true])
  expect((await page(code)).figure.svg).toBe(before.figure.svg)
  await expect(withdraw()).rejects.toMatchObject({ code: 'out_of_date' })
  const undone = withActor(world.web, by, (trx) =>
    trx.updateTable('division_map').set({ withdrawn_reason: 'otro' }).returning('id').execute(),
  )
  expect(await undone).toEqual([])
})

// Last: what it prints stays, and fits no other table.
test('a number that was printed wrong is found out', async () => {
  const [right] = await codesOf()
  const printed = structuredClone(right?.printed) as unknown as AggregateTable
  const cell = printed.cells.flat().find(({ value }) => value !== null && value > 0)
  if (cell) cell.value = (cell.value ?? 0) + 1
  const code = codeFrom(new Uint8Array(12).fill(7))
  await withEntity(world.owner, world.entityId, (trx) =>
    trx
      .insertInto('figure_code')
      .columns(['id', 'entity_id', 'document_id', 'code', 'place', 'title', 'source_name', 'chart', 'printed'])
      .expression((eb) =>
        eb
          .selectFrom('figure_code')
          .select((one) => [
            one.val(newId()).as('id'),
            'entity_id',
            'document_id',
            one.val(code).as('code'),
            one.val('falsa').as('place'),
            ...(['title', 'source_name', 'chart'] as const),
            one.val(JSON.stringify(printed)).as('printed'),
          ])
          .where('code', '=', right?.code ?? ''),
      )
      .execute(),
  )
  expect((await page(code)).recount).toBe('different')
  await expect(
    withEntity(world.owner, world.entityId, (trx) => trx.deleteFrom('figure_code').where('code', '=', code).execute()),
  ).rejects.toThrow('never changes')
})
