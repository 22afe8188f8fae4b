/** The life of the demonstration: which cycles there are and how far each has come, told through the product's own acts. */
import { openAsBlob } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { attachSource } from '../../app/commands/attach-source.server.ts'
import { prepareFiles } from '../../app/commands/prepare-release.server.ts'
import { requestImport } from '../../app/commands/request-import.server.ts'
import { saveDraft } from '../../app/commands/save-draft.server.ts'
import { submitStep } from '../../app/commands/submit-step.server.ts'
import { uploadFile } from '../../app/commands/upload-file.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import { completeAnswers } from '../../catalog/demo/answers.ts'
import { DEMO_FILE_NAME, DEMO_NOTE } from '../../catalog/demo/city-file.ts'
import { cityMapping } from '../../catalog/demo/city-mapping.ts'
import { withActor, withEntity } from '../../db/client.ts'
import { idOf } from '../../db/ids.ts'
import { sniffFile } from '../../db/ingest/sniff.ts'
import { findImport, listSources } from '../../db/sources.ts'
import { findStepContext } from '../../db/step-context.ts'
import { stepOf } from '../../domain/cycle-state.ts'
import { STEP_CODES, type StepCode } from '../../domain/procedures.ts'
import { writeCityFile } from '../generate-city-file.ts'
import * as acts from './acts.ts'

export interface Story {
  entityId: string
  slug: string
  municipality: string
  vigencia: number
  radicado: string
  /** How it is called; by default after its year. */
  name?: string
  /** Steps taken to approved. */
  approved: number
  /** Where the step after those is left: with its authors, its reviewers, its approvers or the last of these. */
  next?: 'open' | 'sent' | 'reviewed' | 'one_left'
  /** Records of its data file. */
  rows: number
}

export type Tell = (sentence: string) => Promise<void>

/** Takes a story as far as it goes; every stage looks first at what already stands, so it can be taken up again. */
export async function live(context: AppContext, story: Story, tell: Tell): Promise<void> {
  const { entityId } = story
  const cycleId = await acts.start(context, entityId, {
    formKey: idOf('demo-cycle', entityId, story.radicado),
    ...{ vigencia: story.vigencia, radicado: story.radicado, trd: '4173.010.22.2.1020' },
    name: story.name ?? `Caracterización de ciudadanos y grupos de interés ${story.vigencia}`,
    administrativeAct: 'Acto administrativo de demostración',
  })
  for (const code of STEP_CODES) {
    if (Number(code) > story.approved + 1) return
    await tell(`${story.municipality}, vigencia ${story.vigencia}: paso ${code} de 7`)
    await untilTurn(context, entityId, cycleId, code)
    const isApproved = Number(code) <= story.approved
    if (!isApproved && story.next === 'open') return
    if (code === '3') await attachCityFile(context, story, cycleId)
    await elaborateOnce(context, story, cycleId, code)
    if (isApproved) await acts.signAll(context, entityId, cycleId, code)
    else await leave(context, story, cycleId, code)
  }
}

async function leave(context: AppContext, story: Story, cycleId: string, code: StepCode): Promise<void> {
  if (story.next === 'sent') return
  if (story.next === 'one_left') await acts.signAll(context, story.entityId, cycleId, code, 1)
  else await acts.review(context, story.entityId, cycleId, code)
}

async function statusOf(context: AppContext, entityId: string, cycleId: string, code: StepCode) {
  return stepOf((await acts.requireCycle(context, entityId, cycleId)).state, code).status
}

/** The workflow opens a step once the one before is approved and what that sets off is done. */
async function untilTurn(context: AppContext, entityId: string, cycleId: string, code: StepCode): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if ((await statusOf(context, entityId, cycleId, code)) !== 'not_started') return
    await sleep(200)
  }
  throw new Error(`step ${code} of cycle ${cycleId} did not open`)
}

async function elaborateOnce(context: AppContext, story: Story, cycleId: string, code: StepCode): Promise<void> {
  const status = await statusOf(context, story.entityId, cycleId, code)
  if (status !== 'in_progress' && status !== 'returned') return
  const references = {
    source: await sourceOf(context, story.entityId, cycleId),
    municipality: story.municipality,
    contact: `ogac@${story.slug}.demo.test`,
  }
  if (code !== '7') await acts.elaborate(context, story.entityId, cycleId, code, references)
  else await divulge(context, story, cycleId, references)
}

/** Step 7 is submitted once the exact files it publishes are prepared. */
async function divulge(
  context: AppContext,
  { entityId }: Story,
  cycleId: string,
  references: { source: string },
): Promise<void> {
  const author = await acts.actorOf(context, entityId, 'profesional_ogac')
  const step = await withActor(context.db, author, (trx) => findStepContext(trx, cycleId, '7'))
  const answers = completeAnswers('7', references)
  const saved = await saveDraft(context, author, { cycleId, stepCode: '7', rev: step?.draft.rev ?? 0, answers })
  if (!saved.saved) throw new Error('the draft of step 7 was not saved')
  await prepareFiles(context, author, cycleId)
  await submitStep(context, author, { cycleId, stepCode: '7', draftRev: saved.rev })
}

async function sourceOf(context: AppContext, entityId: string, cycleId: string): Promise<string> {
  const sources = await withEntity(context.db, entityId, (trx) => listSources(trx, cycleId))
  return sources[0]?.id ?? ''
}

/** Profesional TIC attaches the city file, uploads it as a browser would, and has it imported. */
async function attachCityFile(context: AppContext, story: Story, cycleId: string): Promise<void> {
  const { entityId } = story
  const sources = await withEntity(context.db, entityId, (trx) => listSources(trx, cycleId))
  if (sources.some((source) => source.snapshotHash)) return
  const tic = await acts.actorOf(context, entityId, 'profesional_tic')
  const sourceId = await attachSource(context, tic, {
    cycleId,
    formKey: idOf('demo-source', cycleId),
    contract: await contractOf(context, story),
  })
  const folder = await mkdtemp(path.join(tmpdir(), 'caracteriza-demo-'))
  try {
    const file = path.join(folder, DEMO_FILE_NAME)
    await writeCityFile(file, { rows: story.rows })
    const uploaded = await uploadFile(context, tic, await asUpload(file), { cycleId, sourceId })
    if (uploaded.outcome === 'refused') throw new Error(`the demonstration file was refused: ${uploaded.refusal.code}`)
    const seen = await sniffFile(file)
    if (!seen.ok) throw new Error(`the demonstration file was refused: ${seen.refusal.code}`)
    const mapping = cityMapping(seen.file)
    const importId = await requestImport(context, tic, { cycleId, sourceId, importId: uploaded.importId, mapping })
    await untilImported(context, entityId, importId)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function contractOf(context: AppContext, { entityId, vigencia }: Story) {
  const agency = await withEntity(context.db, entityId, (trx) =>
    trx.selectFrom('agency').select('id').where('code', '=', 'ogac').executeTakeFirstOrThrow(),
  )
  return {
    name: 'Comunicaciones recibidas 2024',
    ownerAgency: agency.id,
    legalBasis:
      'Ley 1755 de 2015 (peticiones) y Ley 1581 de 2012, artículo 10, literal a: información en ejercicio de funciones legales.',
    sensitivity: 'sensible' as const,
    periodFrom: '2024-01-01',
    periodTo: '2024-12-31',
    demoNote: `${DEMO_NOTE} Vigencia ${vigencia}.`,
  }
}

async function asUpload(file: string): Promise<Request> {
  const form = new FormData()
  form.append('archivo', await openAsBlob(file, { type: 'text/csv' }), path.basename(file))
  return new Request('http://localhost/', { method: 'POST', body: form })
}

async function untilImported(context: AppContext, entityId: string, importId: string): Promise<void> {
  for (let tries = 0; tries < 3000; tries++) {
    const row = await withEntity(context.db, entityId, (trx) => findImport(trx, importId))
    if (row?.status === 'done') return
    if (row?.status === 'failed' || row?.status === 'cancelled')
      throw new Error(`import ${importId} ended as ${row.status}`)
    await sleep(200)
  }
  throw new Error(`import ${importId} did not end`)
}
