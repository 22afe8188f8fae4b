/** Releases of open data: prepared as a draft in step 7, approved with their file hashes, published by the worker. */
import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { sql } from 'kysely'
import { FREQUENCIES, LICENCES, TRANSPARENCY_MENU } from '../catalog/forms/choices.ts'
import {
  type DatasetMetadata,
  openDataCsv,
  openDataDictionary,
  openDataJson,
  type ReleasedTable,
} from '../documents/open-data.ts'
import type { Answers } from '../domain/forms.ts'
import { answerText, rowsOf, textOf } from '../domain/forms.ts'
import { Refused } from '../domain/refusals.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { appToday } from './clock.ts'
import { demoNoteOf } from './documents.ts'
import { openFile, storeFile } from './files.ts'
import { newId } from './ids.ts'
import { emitPublicFigures, findFigureGrounds } from './public-figures.ts'
import { slugOf } from './slugs.ts'

/** Who does something to a release, and where the request came from. */
export interface ReleaseActor {
  entityId: string
  personId: string
  positionId: string
  requestId: string | null
}

/** What the public page says of a release: the words approved in step 7. */
export interface ReleaseMetadata {
  title: string
  description: string
  licence: { code: string; label: string }
  periodFrom: string
  periodTo: string
  frequency: string
  agency: string
  email: string
  keywords: string[]
  menu: string
  tables: { id: string; figure: string; title: string }[]
  /** Hash of the answers the files were made from. */
  answersHash: string
}

export interface DraftRelease {
  id: string
  version: number
  slug: string
  releaseHash: string
  metadata: ReleaseMetadata
  files: ReleaseFile[]
}

export interface ReleaseFile {
  name: string
  kind: 'csv' | 'json' | 'dictionary' | 'pdf'
  mediaType: string
  bytes: number
  sha256: string
}

const labelOf = (choices: readonly { code: string; label: string }[], code: string) =>
  choices.find((choice) => choice.code === code)?.label ?? code

/** The part of step 7's answers that the files are made of. */
export function releaseAnswersHash(answers: Answers): string {
  const { conjunto, archivos } = answers
  return sha256(canonicalize({ conjunto, archivos }) ?? '')
}

export function metadataOf(answers: Answers): ReleaseMetadata {
  const text = (field: string) => answerText(answers, 'conjunto', field).trim()
  const licence = text('licencia')
  const keywords = text('etiquetas').split(',')
  return {
    title: text('titulo'),
    description: text('descripcion'),
    licence: { code: licence, label: labelOf(LICENCES, licence) },
    periodFrom: text('desde'),
    periodTo: text('hasta'),
    frequency: labelOf(FREQUENCIES, text('frecuencia')),
    agency: text('area'),
    email: text('correo'),
    keywords: keywords.map((word) => word.trim()).filter(Boolean),
    menu: labelOf(TRANSPARENCY_MENU, text('menu')),
    tables: rowsOf(answers, 'archivos', 'lista').map((row, i) => ({
      id: `tabla-${i + 1}`,
      figure: textOf(row.figura),
      title: textOf(row.titulo),
    })),
    answersHash: releaseAnswersHash(answers),
  }
}

/**
 * Makes, or makes anew, the draft release of a cycle from step 7's draft answers: tables at level `publico`, dictionary
 * and the signed report. Throws `Refused('incomplete')` while title, tables, their figures or the report are missing.
 */
export async function prepareRelease(
  trx: Trx,
  dataDir: string,
  actor: ReleaseActor,
  input: { cycleId: string; answers: Answers },
): Promise<DraftRelease> {
  const metadata = metadataOf(input.answers)
  const report = await latestReport(trx, input.cycleId)
  if (!metadata.title || metadata.tables.length === 0 || !report) throw new Refused('incomplete')
  const tables = await releasedTables(trx, dataDir, input.cycleId, metadata)
  const draft = await placeDraft(trx, actor.entityId, input.cycleId, metadata)
  const entity = await trx
    .selectFrom('entity')
    .select('name')
    .where('id', '=', actor.entityId)
    .executeTakeFirstOrThrow()
  const files = await writeFiles(dataDir, { ...draft, entity: entity.name, metadata, tables, report })
  const releaseHash = hashOfRelease(files, metadata)
  await saveDraft(trx, actor, { ...input, ...draft, metadata, tables, files, releaseHash })
  return { id: draft.id, version: draft.version, slug: draft.slug, releaseHash, metadata, files }
}

/** SHA-256 over the sorted hashes of the files and the words of the public page. */
export function hashOfRelease(files: { sha256: string }[], metadata: ReleaseMetadata): string {
  return sha256(canonicalize({ files: files.map((file) => file.sha256).sort(), metadata }) ?? '')
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

interface Report {
  sha256: string
  bytes: number
}

/** The report of the version of step 6 that stands approved. */
async function latestReport(trx: Trx, cycleId: string): Promise<Report | undefined> {
  const row = await trx
    .selectFrom('document')
    .innerJoin('step', 'step.version_id', 'document.step_version_id')
    .select(['document.sha256', 'document.bytes'])
    .where('document.cycle_id', '=', cycleId)
    .where('step.status', '=', 'approved')
    .executeTakeFirst()
  return row && { sha256: row.sha256, bytes: Number(row.bytes) }
}

async function releasedTables(trx: Trx, dataDir: string, cycleId: string, metadata: ReleaseMetadata) {
  const figures = await emitPublicFigures(dataDir, await findFigureGrounds(trx, cycleId))
  return metadata.tables.map(({ id, figure, title }): ReleasedTable => {
    const found = figures.find((one) => one.id === figure)
    if (!found?.table) throw new Refused('incomplete')
    return { id, title: title || found.title, table: found.table }
  })
}

interface DraftPlace {
  id: string
  datasetId: string
  slug: string
  version: number
}

/** The draft's row, dataset and version: those it has already while its title still names the same dataset. */
async function placeDraft(trx: Trx, entityId: string, cycleId: string, metadata: ReleaseMetadata): Promise<DraftPlace> {
  const draft = await trx
    .selectFrom('release')
    .select(['id', 'dataset_id'])
    .where('cycle_id', '=', cycleId)
    .where('status', '=', 'draft')
    .forUpdate()
    .executeTakeFirst()
  const dataset = await ensureDataset(trx, entityId, metadata.title)
  const id = draft?.id ?? newId()
  const { last } = await trx
    .selectFrom('release')
    .select(({ fn }) => fn.max('version').as('last'))
    .where('dataset_id', '=', dataset.id)
    .where('id', '!=', id)
    .executeTakeFirstOrThrow()
  return { id, datasetId: dataset.id, slug: dataset.slug, version: (last ?? 0) + 1 }
}

/** The entity's dataset of that title, new or known; its slug is the only one of its kind in the installation. */
async function ensureDataset(trx: Trx, entityId: string, title: string): Promise<{ id: string; slug: string }> {
  const known = await trx
    .selectFrom('dataset')
    .select(['id', 'slug', 'title'])
    .where('entity_id', '=', entityId)
    .execute()
  const same = known.find((dataset) => slugOf(dataset.title) === slugOf(title))
  if (same) return same
  const { short_name } = await trx
    .selectFrom('entity')
    .select('short_name')
    .where('id', '=', entityId)
    .executeTakeFirstOrThrow()
  const base = slugOf(`${short_name} ${title}`)
  for (let n = 1; ; n++) {
    // Another entity's dataset is invisible here, yet its slug is taken: only the insert can tell.
    const added = await trx
      .insertInto('dataset')
      .values({ id: newId(), entity_id: entityId, slug: n === 1 ? base : `${base}-${n}`, title })
      .onConflict((oc) => oc.doNothing())
      .returning(['id', 'slug'])
      .executeTakeFirst()
    if (added) return added
  }
}

interface ReleaseContent extends DraftPlace {
  entity: string
  metadata: ReleaseMetadata
  tables: ReleasedTable[]
  report: Report
}

async function writeFiles(dataDir: string, content: ReleaseContent): Promise<ReleaseFile[]> {
  const { slug, version, tables, report } = content
  const described = describedBy(content)
  const name = (end: string) => `${slug}-v${version}${end}`
  const store = async (kind: ReleaseFile['kind'], end: string, mediaType: string, text: string) => ({
    ...{ name: name(end), kind, mediaType },
    ...(await storeFile(dataDir, Buffer.from(text, 'utf8'))),
  })
  return [
    await store('csv', '.csv', 'text/csv; charset=utf-8', openDataCsv(tables)),
    await store('json', '.json', 'application/json', openDataJson(described, tables)),
    await store('dictionary', '-diccionario.csv', 'text/csv; charset=utf-8', openDataDictionary(described, tables)),
    { name: name('-informe.pdf'), kind: 'pdf', mediaType: 'application/pdf', ...report },
  ]
}

function describedBy({ entity, metadata, version }: ReleaseContent): DatasetMetadata {
  const { title, description, agency, licence, periodFrom, periodTo, frequency } = metadata
  return {
    ...{ title, description, entity, agency, periodFrom, periodTo, frequency, version },
    licence: licence.label,
    contact: metadata.email,
    issued: appToday(),
  }
}

type SavedDraft = DraftPlace &
  Omit<DraftRelease, 'slug'> & { cycleId: string; answers: Answers; tables: ReleasedTable[] }

async function saveDraft(trx: Trx, actor: ReleaseActor, draft: SavedDraft): Promise<void> {
  const { id, cycleId, datasetId, version, metadata, tables, files, releaseHash } = draft
  const changing = {
    dataset_id: datasetId,
    version,
    metadata: JSON.stringify(metadata),
    change_note: answerText(draft.answers, 'cambios', 'nota'),
    snapshot_hash: tables[0]?.table.snapshotHash ?? '',
    release_hash: releaseHash,
    demo_note: (await demoNoteOf(trx, cycleId)) ?? tables[0]?.table.notice ?? null,
  }
  await trx
    .insertInto('release')
    .values({ id, entity_id: actor.entityId, cycle_id: cycleId, status: 'draft', ...changing })
    .onConflict((oc) => oc.column('id').doUpdateSet(changing))
    .execute()
  await trx.deleteFrom('release_file').where('release_id', '=', id).execute()
  await trx
    .insertInto('release_file')
    .values(
      files.map(({ name, kind, mediaType, bytes, sha256 }) => ({
        ...{ id: newId(), entity_id: actor.entityId, release_id: id, name, kind, bytes, sha256 },
        media_type: mediaType,
      })),
    )
    .execute()
  await dropEmptyDatasets(trx, actor.entityId)
  await recordEvent(trx, {
    ...{ entityId: actor.entityId, type: 'release.drafted', objectId: id, objectVersion: String(version), cycleId },
    ...{ contentHash: releaseHash, stepCode: '7', origin: 'web', requestId: actor.requestId },
    ...{ actorPerson: actor.personId, actorPosition: actor.positionId },
  })
}

/** A draft that changed its title leaves behind a dataset nobody ever published. */
async function dropEmptyDatasets(trx: Trx, entityId: string): Promise<void> {
  await trx
    .deleteFrom('dataset')
    .where('entity_id', '=', entityId)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('release').select('release.id').whereRef('release.dataset_id', '=', 'dataset.id'))),
    )
    .execute()
}

/** Hashes of the draft's files, sorted: they enter step 7's content hash, so an approval signs these exact files. */
export async function releaseInputHashes(trx: Trx, cycleId: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('release_file')
    .innerJoin('release', 'release.id', 'release_file.release_id')
    .select('release_file.sha256')
    .where('release.cycle_id', '=', cycleId)
    .where('release.status', '=', 'draft')
    .execute()
  return [...new Set(rows.map((row) => row.sha256))].sort()
}

/** The draft of a cycle, and whether it was made from these very answers and the report in force; undefined before it is prepared. */
export async function findDraftRelease(
  trx: Trx,
  cycleId: string,
  answers: Answers,
): Promise<(DraftRelease & { isCurrent: boolean }) | undefined> {
  const row = await trx
    .selectFrom('release')
    .innerJoin('dataset', 'dataset.id', 'release.dataset_id')
    .select(['release.id', 'release.version', 'release.release_hash', 'release.metadata', 'dataset.slug'])
    .where('release.cycle_id', '=', cycleId)
    .where('release.status', '=', 'draft')
    .executeTakeFirst()
  if (!row) return undefined
  const metadata = row.metadata as unknown as ReleaseMetadata
  const files = await listReleaseFiles(trx, row.id)
  const report = await latestReport(trx, cycleId)
  const carriesReport = files.some((file) => file.kind === 'pdf' && file.sha256 === report?.sha256)
  return {
    ...{ id: row.id, version: row.version, slug: row.slug, releaseHash: row.release_hash, metadata, files },
    isCurrent: carriesReport && metadata.answersHash === releaseAnswersHash(answers),
  }
}

const KINDS = ['csv', 'json', 'dictionary', 'pdf']

export async function listReleaseFiles(trx: Trx, releaseId: string): Promise<ReleaseFile[]> {
  const rows = await trx
    .selectFrom('release_file')
    .select(['name', 'kind', 'media_type as mediaType', 'bytes', 'sha256'])
    .where('release_id', '=', releaseId)
    .execute()
  const files = rows.map((row) => ({ ...row, kind: row.kind as ReleaseFile['kind'], bytes: Number(row.bytes) }))
  return files.sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind))
}

/**
 * Withdraws a published or corrected release: its page says why from then on, its files answer 410 (model.md §8).
 * Throws `Refused('out_of_date')` when it is not public or was withdrawn before.
 */
export async function withdrawRelease(
  trx: Trx,
  actor: ReleaseActor,
  input: { releaseId: string; reason: string },
): Promise<void> {
  const row = await trx
    .updateTable('release')
    .set({ status: 'withdrawn', withdrawn_at: sql<Date>`app_now()`, withdrawn_reason: input.reason })
    .where('id', '=', input.releaseId)
    .where('status', 'in', ['published', 'corrected'])
    .returning(['cycle_id', 'version', 'release_hash'])
    .executeTakeFirst()
  if (!row) throw new Refused('out_of_date')
  await recordEvent(trx, {
    ...{ entityId: actor.entityId, type: 'release.withdrawn', objectId: input.releaseId, cycleId: row.cycle_id },
    ...{ objectVersion: String(row.version), contentHash: row.release_hash, origin: 'web', requestId: actor.requestId },
    ...{ actorPerson: actor.personId, actorPosition: actor.positionId },
    // The reason is free text: it stands in the release's row and the event holds its hash.
    changes: [{ field: 'withdrawn_reason', before: null, after: sha256(input.reason) }],
  })
}

/** True when every file of the release is stored whole; said before publishing, so that no link is born dead. */
export async function filesAreStored(dataDir: string, files: { sha256: string; bytes: number }[]): Promise<boolean> {
  for (const file of files) {
    const stored = await openFile(dataDir, file.sha256)
    if (stored?.bytes !== file.bytes) return false
  }
  return true
}
