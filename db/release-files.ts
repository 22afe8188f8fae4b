/** Files of a release: made from its tables, stored by their hashes, listed in the order of the public page. */
import {
  type DatasetMetadata,
  dictionaryRows,
  openDataCsv,
  openDataDictionary,
  openDataJson,
  type ReleasedTable,
} from '../documents/open-data.ts'
import { openDataWorkbook } from '../documents/open-data-workbook.ts'
import type { Trx } from './client.ts'
import { appToday } from './clock.ts'
import { openFile, storeFile } from './files.ts'
import { openDataParquet } from './release-parquet.ts'
import type { ReleaseMetadata } from './releases.ts'

/** Data first, then what explains them. */
export const FILE_KINDS = ['csv', 'json', 'parquet', 'xlsx', 'dictionary', 'pdf', 'docx', 'html'] as const

export interface ReleaseFile {
  name: string
  kind: (typeof FILE_KINDS)[number]
  mediaType: string
  bytes: number
  sha256: string
}

export interface ReleaseContent {
  slug: string
  version: number
  entity: string
  metadata: ReleaseMetadata
  tables: ReleasedTable[]
  /** The signed report of step 6, which is a file already. */
  report: { sha256: string; bytes: number; otherForms: { format: 'docx' | 'html'; sha256: string; bytes: number }[] }
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Writes the tables and their dictionary; answers all the files of the release, the signed report among them. */
export async function writeReleaseFiles(dataDir: string, content: ReleaseContent): Promise<ReleaseFile[]> {
  const { slug, version, tables, report } = content
  const described = describedBy(content)
  const name = (end: string) => `${slug}-v${version}${end}`
  const store = async (kind: ReleaseFile['kind'], end: string, mediaType: string, content: string | Buffer) => ({
    ...{ name: name(end), kind, mediaType },
    ...(await storeFile(dataDir, typeof content === 'string' ? Buffer.from(content, 'utf8') : content)),
  })
  return [
    await store('csv', '.csv', 'text/csv; charset=utf-8', openDataCsv(tables)),
    await store('json', '.json', 'application/json', openDataJson(described, tables)),
    await store('parquet', '.parquet', 'application/vnd.apache.parquet', await openDataParquet(tables)),
    await store('xlsx', '.xlsx', XLSX, await openDataWorkbook(tables, dictionaryRows(described, tables))),
    await store('dictionary', '-diccionario.csv', 'text/csv; charset=utf-8', openDataDictionary(described, tables)),
    {
      name: name('-informe.pdf'),
      kind: 'pdf',
      mediaType: 'application/pdf',
      sha256: report.sha256,
      bytes: report.bytes,
    },
    ...report.otherForms.map(({ format, ...file }) => ({
      ...{ name: name(`-informe.${format}`), kind: format, mediaType: REPORT_TYPES[format] },
      ...file,
    })),
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

const REPORT_TYPES = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  html: 'text/html; charset=utf-8',
}

/** In the order of their kinds. */
export async function listReleaseFiles(trx: Trx, releaseId: string): Promise<ReleaseFile[]> {
  const rows = await trx
    .selectFrom('release_file')
    .select(['name', 'kind', 'media_type as mediaType', 'bytes', 'sha256'])
    .where('release_id', '=', releaseId)
    .execute()
  const files = rows.map((row) => ({ ...row, kind: row.kind as ReleaseFile['kind'], bytes: Number(row.bytes) }))
  return files.sort((a, b) => FILE_KINDS.indexOf(a.kind) - FILE_KINDS.indexOf(b.kind))
}

/** True when every file of the release is stored whole; said before publishing, so that no link is born dead. */
export async function filesAreStored(dataDir: string, files: { sha256: string; bytes: number }[]): Promise<boolean> {
  for (const file of files) {
    const stored = await openFile(dataDir, file.sha256)
    if (stored?.bytes !== file.bytes) return false
  }
  return true
}
