/** A source attached, loaded and read by the product's own commands. */
import { openAsBlob } from 'node:fs'
import path from 'node:path'
import { attachSource } from '../../app/commands/attach-source.server.ts'
import { requestImport } from '../../app/commands/request-import.server.ts'
import { uploadFile } from '../../app/commands/upload-file.server.ts'
import type { Uploaded } from '../../app/received-files.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { DEMO_SENTENCE } from '../../catalog/demo/city-file.ts'
import { withActor } from '../../db/client.ts'
import { findHead } from '../../db/file-heads.ts'
import { newId } from '../../db/ids.ts'
import { findImport, type ImportRow } from '../../db/imports.ts'
import { readAs } from '../../db/ingest/head.ts'
import { proposeMapping } from '../../domain/mapping-proposal.ts'
import type { Mapping } from '../../domain/sources.ts'
import { eventually } from '../../scripts/processes.ts'
import { complete, type World } from './world.ts'

export interface Target {
  cycleId: string
  sourceId: string
}

/** A cycle whose step 3 is open, with one source and no file yet. */
export async function cycleWithSource(world: World): Promise<Target> {
  const cycleId = await world.newCycle()
  for (const code of ['1', '2'] as const) {
    await untilOpen(world, cycleId, code)
    await complete(world, cycleId, code)
  }
  await untilOpen(world, cycleId, '3')
  return { cycleId, sourceId: await attach(world, cycleId) }
}

async function untilOpen(world: World, cycleId: string, code: string): Promise<void> {
  // A worker that has just begun has not even written the cycle.
  const status = async () => (await world.cycle(cycleId)).state.steps.find((step) => step.code === code)?.status
  await eventually(async () => {
    if ((await status()) !== 'in_progress') throw new Error(`step ${code} did not open`)
  }, 60)
}

export async function attach(world: World, cycleId: string, duty = 'profesional_tic', formKey = newId()) {
  const actor = await world.actor(duty)
  const agency = await withActor(world.context.db, actor, (trx) =>
    trx.selectFrom('agency').select('id').where('code', '=', 'atencion-ciudadano').executeTakeFirstOrThrow(),
  )
  const contract = {
    name: 'Comunicaciones radicadas en 2024',
    ownerAgency: agency.id,
    legalBasis: 'Ley 1581 de 2012, artículo 10, literal a',
    sensitivity: 'semiprivada' as const,
    periodFrom: '2024-01-01',
    periodTo: '2024-12-31',
    demoNote: DEMO_SENTENCE,
  }
  return await attachSource(world.context, actor, { cycleId, formKey, contract })
}

export async function upload(
  world: World,
  actor: Actor,
  target: Target,
  content: Blob | string,
  name = 'ciudad.csv',
): Promise<Uploaded> {
  const form = new FormData()
  form.set('archivo', content instanceof Blob ? content : new Blob([content]), name)
  const request = new Request('http://localhost:3000/archivo', { method: 'POST', body: form })
  return await uploadFile(world.context, actor, request, target)
}

export async function uploadPath(world: World, actor: Actor, target: Target, file: string): Promise<string> {
  const uploaded = await upload(world, actor, target, await openAsBlob(file), path.basename(file))
  if (uploaded.outcome !== 'received') throw new Error(JSON.stringify(uploaded))
  return uploaded.importId
}

export async function importRow(world: World, importId: string): Promise<ImportRow> {
  const scope = { entityId: world.entityId, personId: null }
  const row = await withActor(world.context.db, scope, (trx) => findImport(trx, importId))
  if (!row) throw new Error('no such import')
  return row
}

/** The mapping the page would propose, with the corrections a professional would make. */
export async function mappingOf(world: World, importId: string, corrections: Record<string, object>): Promise<Mapping> {
  const row = await importRow(world, importId)
  const { dataDir, entityId } = world
  const head = await findHead({ dataDir, secret: world.context.config.APP_SECRET, entityId }, row)
  const { header, sample } = readAs(head, row.sniff)
  const rows = sample.map((record) => record.cells)
  return proposeMapping(header, rows).map((column) => ({ ...column, ...corrections[column.code] }))
}

export async function ask(world: World, actor: Actor, target: Target, importId: string, corrections = {}) {
  const mapping = await mappingOf(world, importId, corrections)
  return await requestImport(world.context, actor, { ...target, importId, mapping })
}
