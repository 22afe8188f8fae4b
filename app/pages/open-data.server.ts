import type { AppLoadContext } from '@remix-run/node'
import { openFile } from '../../db/files.ts'
import type { PublicRelease } from '../../db/public-releases.ts'
import type { Correspondence } from '../../domain/crosswalks.ts'

export interface PreviewTable {
  title: string
  header: string[]
  /** Null stands for a hidden count. */
  rows: { label: string; cells: (number | null)[] }[]
  /** Rows of the whole table. */
  total: number
}

export interface DictionaryLine {
  variable: string
  code: string
  values: string[]
}

interface JsonAxis {
  variable: string
  etiqueta: string
  valores: string[]
}
interface JsonCell {
  registros: number | null
}
interface JsonTable {
  titulo: string
  filas: JsonAxis
  columnas: JsonAxis | null
  capas?: JsonAxis
  celdas: JsonCell[][]
  totales_fila: JsonCell[]
  total: JsonCell
}

const PREVIEW_ROWS = 12

/** First table and dictionary of a release, read from the very file people download. */
export async function readPreview(context: AppLoadContext, release: PublicRelease) {
  const json = release.files.find((file) => file.kind === 'json')
  const stored = json && (await openFile(context.config.DATA_DIR, json.sha256))
  if (!stored) return { preview: null, dictionary: [] }
  const chunks: Buffer[] = []
  for await (const chunk of stored.stream()) chunks.push(chunk as Buffer)
  const { tablas } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { tablas: JsonTable[] }
  const [first] = tablas
  return { preview: first ? previewOf(first) : null, dictionary: dictionaryOf(tablas) }
}

function previewOf({ titulo, filas, columnas, celdas, totales_fila }: JsonTable): PreviewTable {
  const rows = filas.valores.slice(0, PREVIEW_ROWS).map((label, r) => ({
    label,
    cells: [...(celdas[r] ?? []), ...(columnas ? [totales_fila[r] ?? { registros: null }] : [])].map(
      (cell) => cell.registros,
    ),
  }))
  return { title: titulo, header: [filas.etiqueta, ...(columnas?.valores ?? [])], rows, total: filas.valores.length }
}

function dictionaryOf(tables: JsonTable[]): DictionaryLine[] {
  const axes = tables.flatMap(({ filas, columnas, capas }) => [filas, columnas, capas].filter((axis) => axis != null))
  const byCode = new Map(axes.map((axis) => [axis.variable, axis]))
  return [...byCode.values()].map(({ variable, etiqueta, valores }) => ({
    variable: etiqueta,
    code: variable,
    values: valores,
  }))
}

/** Where exactly this version stays for ever. */
export function permanentAddress(
  publicUrl: string,
  { slug, version }: Pick<PublicRelease, 'slug' | 'version'>,
): string {
  return new URL(`/datos-abiertos/${slug}/${version}`, publicUrl).href
}

/** Variables that have a table of correspondence, each once, as they are called now. */
export const correspondedNames = (all: readonly Correspondence[]): string[] => [
  ...new Map(all.map(({ code, after }) => [code, after.name])).values(),
]
