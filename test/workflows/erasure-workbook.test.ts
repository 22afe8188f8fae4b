import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { correctRejects } from '../../app/commands/correct-rejects.server.ts'
import { REJECT_LINE_COLUMN } from '../../catalog/source-texts.ts'
import { findHead } from '../../db/file-heads.ts'
import type { ImportRow } from '../../db/imports.ts'
import { rowsOf } from '../../db/ingest/head.ts'
import { listRejectedRows } from '../../db/rejected-rows.ts'
import { findRewrite } from '../../db/snapshot-rewrites.ts'
import { erasureWorkflowId } from '../../workflows/messages.ts'
import { startErasure } from '../../workflows/tellings.ts'
import {
  bringCaptured,
  type CapturedScene,
  eraseCitizen,
  fetchEnd,
  filesOf,
  inEntity,
  keysIn,
  openCapturedScene,
  plainOf,
  pseudonymOf,
  readEnd,
} from '../support/captured-source.ts'
import { ask, attach, importRow } from '../support/sources.ts'
import { workbookOf } from '../support/workbooks.ts'

let scene: CapturedScene

beforeAll(async () => {
  scene = await openCapturedScene()
}, 180_000)
afterAll(async () => await scene?.world.close(), 60_000)

const owner = () => {
  const { context, dataDir, entityId } = scene.world
  return { dataDir, secret: context.config.APP_SECRET, entityId }
}

/** Records brought into a source of their own, of which those of a point that is not in the list are rejected. */
async function withRejects(): Promise<{ where: { cycleId: string; sourceId: string }; base: ImportRow }> {
  const { world, actor, target } = scene
  const where = { ...target, sourceId: await attach(world, target.cycleId) }
  const { importId } = await fetchEnd(scene, await bringCaptured({ ...scene, target: where }))
  await ask(world, actor, where, importId ?? '', { mes: { type: 'category', allowed: ['1999-01'] } })
  await readEnd(scene, importId ?? '')
  return { where, base: await importRow(world, importId ?? '') }
}

/** What a row says besides who it is of. */
const theRest = ([line, , ...rest]: string[]) => [line, ...rest].join('|').replace(/\|+$/, '')

it('a pseudonym typed into a workbook of corrected rejects goes with its citizen, from the workbook, its head and the snapshot', async () => {
  const { world, actor } = scene
  const { where, base } = await withRejects()
  const { rows: rejected } = await listRejectedRows(owner(), base, undefined)
  const lines: string[][] = parse(await plainOf(scene, base.fileSha256))
  const [header = []] = lines
  const corrected = rejected.map(({ line }, i) => {
    const [pseudonym = '', point = '', , ...rest] = lines[line - 1] ?? []
    return [String(line), i % 2 === 0 ? pseudonym : pseudonym.toUpperCase(), point, '1999-01', ...rest]
  })
  expect(corrected.length).toBeGreaterThan(3)
  const book = workbookOf([{ name: 'Corregir', rows: [[REJECT_LINE_COLUMN, ...header], ...corrected] }])
  const form = new FormData()
  form.set('archivo', new Blob([new Uint8Array(book)]), 'corregidos.xlsx')
  const request = new Request('http://localhost:3000/archivo', { method: 'POST', body: form })
  const received = await correctRejects(world.context, actor, request, { ...where, importId: base.id })
  if (received.outcome !== 'received') throw new Error(JSON.stringify(received))
  const hash = await readEnd(scene, received.importId)
  const typed = await importRow(world, received.importId)
  const before = await keysIn(scene, hash)
  expect(before).toHaveLength(rejected.length)

  const [stays = '', goes = ''] = [corrected[0], corrected[1]].map((cells) => String(cells?.[1]))
  expect(goes).not.toBe(goes.toLowerCase())
  const [citizen = '', other = ''] = [goes, stays].map((name) =>
    scene.citizens.find((id) => pseudonymOf(scene, id) === name.toLowerCase()),
  )
  const erasureId = await eraseCitizen(scene, citizen)
  await startErasure(world.temporal.client, { entityId: world.entityId, erasureId })
  await world.temporal.client.workflow.getHandle(erasureWorkflowId(erasureId)).result()

  const row = await importRow(world, received.importId)
  expect(await inEntity(scene, (trx) => findRewrite(trx, hash))).toMatchObject({ times: 1 })
  const workbook = await plainOf(scene, row.fileSha256)
  expect(workbook.length).toBe(row.bytes)
  const asTyped = [typed.fileSha256, typed.sniff.headSha256]
  expect(filesOf(scene).originals.filter((name) => asTyped.includes(name))).toEqual([])
  const head = await findHead(owner(), row)
  const shown = rowsOf(head, row.sniff).map(({ cells }) => cells)
  const names = shown.map(([, name = '']) => name.toLowerCase())
  expect(names).toContain(pseudonymOf(scene, other))
  expect(names).not.toContain(pseudonymOf(scene, citizen))
  expect(shown.map(theRest)).toEqual([[REJECT_LINE_COLUMN, ...header], ...corrected].map(theRest))
  const after = await keysIn(scene, hash)
  const gone = before.filter((key, at) => key !== after[at])
  expect(new Set(gone)).toEqual(new Set([scene.keys.get(citizen)]))
  expect(new Set(after).size).toBe(new Set(before).size)
}, 120_000)
