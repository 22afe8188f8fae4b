/** Profesional TIC attaches the demonstration's files, uploads them as a browser would, and has them imported. */
import { openAsBlob } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { attachSource } from '../../app/commands/attach-source.server.ts'
import { requestImport } from '../../app/commands/request-import.server.ts'
import { uploadFile } from '../../app/commands/upload-file.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import { CITY_FILE_TOTAL, DEMO_FILE_NAME, DEMO_NOTE } from '../../catalog/demo/city-file.ts'
import { cityMapping } from '../../catalog/demo/city-mapping.ts'
import { SURVEY_FILE_NAMES, SURVEY_TOTALS, SURVEYS, type Survey } from '../../catalog/demo/survey-files.ts'
import { surveyMapping } from '../../catalog/demo/survey-mapping.ts'
import { withEntity } from '../../db/client.ts'
import { idOf } from '../../db/ids.ts'
import { findImport } from '../../db/imports.ts'
import { sniffFile } from '../../db/ingest/sniff.ts'
import { listSources } from '../../db/sources.ts'
import type { Mapping, SniffedFile } from '../../domain/sources.ts'
import { writeCityFile } from '../generate-city-file.ts'
import { writeSurveyFile } from '../generate-survey-file.ts'
import * as acts from './acts.ts'

interface Place {
  entityId: string
  cycleId: string
  vigencia: number
}

interface DemoFile {
  /** Makes the source's id, so that a demonstration taken up again finds it. */
  key: string[]
  name: string
  legalBasis: string
  sensitivity: 'publica' | 'sensible'
  fileName: string
  write: (file: string, rows: number) => Promise<unknown>
  mapping: (file: SniffedFile) => Mapping
}

const PETITIONS =
  'Ley 1755 de 2015 (peticiones) y Ley 1581 de 2012, artículo 10, literal a: información en ejercicio de funciones legales.'
const PERCEPTION = 'Decreto 1499 de 2017 (MIPG) y Ley 1712 de 2014: medición de la satisfacción con encuestas anónimas.'

const FILES: Record<'city' | Survey, DemoFile> = {
  city: {
    key: [],
    name: 'Comunicaciones recibidas 2024',
    ...{ legalBasis: PETITIONS, sensitivity: 'sensible', fileName: DEMO_FILE_NAME, mapping: cityMapping },
    write: (file, rows) => writeCityFile(file, { rows }),
  },
  atencion: surveyFile('atencion', 'Encuestas de atención por canal 2024'),
  satisfaccion: surveyFile('satisfaccion', 'Encuestas de satisfacción con los trámites 2024'),
}

/** Whole where the communications are, else with as many records as those. */
function surveyFile(survey: Survey, name: string): DemoFile {
  return {
    ...{ key: [survey], name, legalBasis: PERCEPTION, sensitivity: 'publica' },
    ...{ fileName: SURVEY_FILE_NAMES[survey], mapping: surveyMapping },
    write: (file, rows) =>
      writeSurveyFile(file, survey, { rows: rows === CITY_FILE_TOTAL ? SURVEY_TOTALS[survey] : rows }),
  }
}

interface Attached {
  source: string
  surveys: Record<Survey, string>
}

/** Ids of what stands attached with its snapshot; empty where nothing does yet. */
export async function attachedFiles(context: AppContext, { entityId, cycleId }: Place): Promise<Attached> {
  const sources = await withEntity(context.db, entityId, (trx) => listSources(trx, cycleId))
  const idOfFile = ({ name }: DemoFile) =>
    sources.find((source) => source.name === name && source.snapshotHash)?.id ?? ''
  const surveys = { atencion: idOfFile(FILES.atencion), satisfaccion: idOfFile(FILES.satisfaccion) }
  return { source: idOfFile(FILES.city), surveys }
}

/** The communications of the year with this many records and, where the exercise uses them, both survey files. */
export async function attachFiles(context: AppContext, place: Place, rows: number, withSurveys = false): Promise<void> {
  const { source, surveys } = await attachedFiles(context, place)
  if (source === '') await attach(context, place, FILES.city, rows)
  const missing = SURVEYS.filter((survey) => withSurveys && surveys[survey] === '')
  for (const survey of missing) await attach(context, place, FILES[survey], rows)
}

async function attach(context: AppContext, place: Place, file: DemoFile, rows: number): Promise<void> {
  const { entityId, cycleId } = place
  const tic = await acts.actorOf(context, entityId, 'profesional_tic')
  const formKey = idOf('demo-source', cycleId, ...file.key)
  const contract = await contractOf(context, place, file)
  const sourceId = await attachSource(context, tic, { cycleId, formKey, contract })
  const folder = await mkdtemp(path.join(tmpdir(), 'caracteriza-demo-'))
  try {
    const written = path.join(folder, file.fileName)
    await file.write(written, rows)
    const uploaded = await uploadFile(context, tic, await asUpload(written), { cycleId, sourceId })
    if (uploaded.outcome === 'refused') throw new Error(`the demonstration file was refused: ${uploaded.refusal.code}`)
    const seen = await sniffFile(written)
    if (!seen.ok) throw new Error(`the demonstration file was refused: ${seen.refusal.code}`)
    const { importId } = uploaded
    await requestImport(context, tic, { cycleId, sourceId, importId, mapping: file.mapping(seen.file) })
    await untilImported(context, entityId, importId)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function contractOf(context: AppContext, { entityId, vigencia }: Place, file: DemoFile) {
  const agency = await withEntity(context.db, entityId, (trx) =>
    trx.selectFrom('agency').select('id').where('code', '=', 'atencion-ciudadano').executeTakeFirstOrThrow(),
  )
  return {
    ...{ name: file.name, ownerAgency: agency.id, legalBasis: file.legalBasis, sensitivity: file.sensitivity },
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
