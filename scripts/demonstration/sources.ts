/** Profesional TIC attaches the demonstration's files, uploads them as a browser would, and has them imported. */
import { openAsBlob } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
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
import { withActor, withEntity } from '../../db/client.ts'
import { listEarlierSources } from '../../db/earlier-sources.ts'
import { idOf } from '../../db/ids.ts'
import { findImport } from '../../db/imports.ts'
import { sniffFile } from '../../db/ingest/sniff.ts'
import { listSources } from '../../db/sources.ts'
import { likelyContinued } from '../../domain/continuity.ts'
import type { Mapping, SniffedFile } from '../../domain/sources.ts'
import { MARGINS_YEAR } from '../city-file/draws.ts'
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
  /** With the year of its data, as its file. */
  name: string
  legalBasis: string
  sensitivity: 'publica' | 'sensible'
  fileName: string
  write: (file: string, rows: number, year: number) => Promise<unknown>
  mapping: (file: SniffedFile) => Mapping
}

const PETITIONS =
  'Ley 1755 de 2015 (peticiones) y Ley 1581 de 2012, artículo 10, literal a: información en ejercicio de funciones legales.'
const PERCEPTION = 'Decreto 1499 de 2017 (MIPG) y Ley 1712 de 2014: medición de la satisfacción con encuestas anónimas.'

const FILES: Record<'city' | Survey, DemoFile> = {
  city: {
    key: [],
    name: `Comunicaciones recibidas ${MARGINS_YEAR}`,
    ...{ legalBasis: PETITIONS, sensitivity: 'sensible', fileName: DEMO_FILE_NAME, mapping: cityMapping },
    // Another year has other margins and other people, so that something changes from one to the next.
    write: (file, rows, year) =>
      writeCityFile(file, { rows, year, ...(year !== MARGINS_YEAR && { variant: 2, seed: year }) }),
  },
  atencion: surveyFile('atencion', `Encuestas de atención por canal ${MARGINS_YEAR}`),
  satisfaccion: surveyFile('satisfaccion', `Encuestas de satisfacción con los trámites ${MARGINS_YEAR}`),
}

/** Whole where the communications are, else with as many records as those. */
function surveyFile(survey: Survey, name: string): DemoFile {
  return {
    ...{ key: [survey], name, legalBasis: PERCEPTION, sensitivity: 'publica' },
    ...{ fileName: SURVEY_FILE_NAMES[survey], mapping: (file) => renamed(file, surveyMapping(asBefore(file))) },
    write: async (file, rows, year) => {
      const all = rows === CITY_FILE_TOTAL ? SURVEY_TOTALS[survey] : rows
      await writeSurveyFile(file, survey, { rows: all, year, seed: year })
      if (year !== MARGINS_YEAR) await rename(file)
    },
  }
}

/** What one office calls a column of its file since the year after the first: somebody has to confirm that it is the same. */
const RENAMED = { from: 'modalidad', to: 'modalidad_del_tramite' }

async function rename(file: string): Promise<void> {
  const [header = '', ...lines] = (await readFile(file, 'utf8')).split('\n')
  await writeFile(file, [header.replace(RENAMED.from, RENAMED.to), ...lines].join('\n'))
}

const asBefore = ({ header, ...file }: SniffedFile): SniffedFile => ({
  ...file,
  header: header.map((name) => (name === RENAMED.to ? RENAMED.from : name)),
})

const renamed = ({ header }: SniffedFile, mapping: Mapping): Mapping =>
  mapping.map((one) => (header.includes(one.column) ? one : { ...one, column: RENAMED.to }))

/** The same words of the data of another vigencia, which are those of the year before it. */
export const inYear = (text: string, vigencia: number) => text.replaceAll(String(MARGINS_YEAR), String(vigencia - 1))

/** Communications of another year than the published one have margins that nobody published, and say so. */
const isInvented = (file: DemoFile, vigencia: number) => file === FILES.city && vigencia - 1 !== MARGINS_YEAR
const INVENTED_NOTE = 'Datos de demostración con márgenes inventados.'

interface Attached {
  source: string
  surveys: Record<Survey, string>
}

/** Ids of what stands attached with its snapshot; empty where nothing does yet. */
export async function attachedFiles(context: AppContext, { entityId, cycleId, vigencia }: Place): Promise<Attached> {
  const sources = await withEntity(context.db, entityId, (trx) => listSources(trx, cycleId))
  const idOfFile = ({ name }: DemoFile) =>
    sources.find((source) => source.name === inYear(name, vigencia) && source.snapshotHash)?.id ?? ''
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
  const { entityId, cycleId, vigencia } = place
  const tic = await acts.actorOf(context, entityId, 'profesional_tic')
  const formKey = idOf('demo-source', cycleId, ...file.key)
  const contract = await contractOf(context, place, file)
  const earlier = await withActor(context.db, tic, (trx) => listEarlierSources(trx, cycleId))
  const continuesId = likelyContinued({ ...contract, ownerAgencyId: contract.ownerAgency }, earlier)?.source.id ?? null
  const sourceId = await attachSource(context, tic, { cycleId, formKey, contract, continuesId })
  const folder = await mkdtemp(path.join(tmpdir(), 'caracteriza-demo-'))
  try {
    const named = isInvented(file, vigencia)
      ? file.fileName.replace(/margenes-.*(?=\.csv)/, 'margenes-inventados')
      : file.fileName
    const written = path.join(folder, inYear(named, vigencia))
    await file.write(written, rows, vigencia - 1)
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
    ...{ name: inYear(file.name, vigencia), ownerAgency: agency.id, legalBasis: file.legalBasis },
    ...{ sensitivity: file.sensitivity, periodFrom: `${vigencia - 1}-01-01`, periodTo: `${vigencia - 1}-12-31` },
    periodicity: 'anual' as const,
    demoNote: `${isInvented(file, vigencia) ? INVENTED_NOTE : DEMO_NOTE} Vigencia ${vigencia}.`,
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
