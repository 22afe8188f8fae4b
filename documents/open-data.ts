/** Released tables as open data: CSV, JSON and dictionary (domain.md §3.7), with what was hidden marked as such. */
import { filterInSpanish } from '../catalog/figure-titles.ts'
import {
  BASE_WORDS,
  codeSentence,
  DICTIONARY_COLUMNS,
  hiddenSentence,
  METHOD_SENTENCES,
  periodWords,
  TOTAL,
  VARIABLE_KINDS,
} from '../catalog/open-data-words.ts'
import type { AggregateTable, Axis, Cell, Slice } from '../domain/aggregates.ts'
import { csvText } from '../domain/csv-cells.ts'
import { type Base, perCentOf, shareOf, wholeOf } from '../domain/shares.ts'
import { spacedCode } from '../domain/verification-codes.ts'

/**
 * What stands in a cell instead of a hidden count; explained in the dictionary. One mark for all, for a mark that told
 * small cells from their companions would bound them (promises G28).
 */
export const HIDDEN = '*'

export interface DatasetMetadata {
  title: string
  description: string
  entity: string
  agency: string
  /** For example `CC BY 4.0`. */
  licence: string
  /** Civil dates `YYYY-MM-DD`. */
  periodFrom: string
  periodTo: string
  /** One of the values of datos.gov.co, for example `anual`. */
  frequency: string
  contact: string
  version: number
  issued: string
}

export interface ReleasedTable {
  /** Stable within the dataset, for example `tabla-1`. */
  id: string
  title: string
  /** What its percentages are of; null where it gives counts alone. */
  base?: Base | null
  /** Under which anyone finds where the table comes from. */
  code?: string
  table: AggregateTable
}

/** A released table must have been emitted for the public: anything else is a programming error. */
function requirePublic({ id, table }: ReleasedTable) {
  if (table.level !== 'publico') throw new Error(`Table ${id} was not emitted for the public`)
}

const shown = ({ value, mark }: Cell): number | string => (mark === null && value !== null ? value : HIDDEN)

interface Line {
  tabla: string
  titulo: string
  variable_fila: string
  fila: string
  variable_columna: string
  columna: string
  /** Third variable and its value; empty without one. */
  variable_capa: string
  capa: string
  registros: number | string
  /** Per cent with two decimals, or the mark of its count; empty where the figure has none. */
  porcentaje: string
  base_porcentaje: string
  /** Code of the table at `/verificar`. */
  codigo: string
  /** What the table counts, in words; empty where it counts all records. */
  filtro: string
}

/** One line per cell and total, so that every table of a dataset fits one file. */
export function linesOf(released: ReleasedTable): Line[] {
  requirePublic(released)
  const { table } = released
  const { layers } = table
  const slices = layers?.values.map((value, l) => sliceLines(released, table.slices[l] as Slice, value))
  return [...(slices?.flat() ?? []), ...sliceLines(released, table, layers ? TOTAL : '')]
}

function sliceLines({ id, title, base, code, table }: ReleasedTable, slice: Slice, layer: string): Line[] {
  const { rows, columns, layers } = table
  const named = { tabla: id, titulo: title, variable_fila: rows.label, variable_columna: columns?.label ?? '' }
  const at = columns && base ? wholeOf(base, slice, table.total) : null
  const line = (fila: string, columna: string, cell: Cell = UNKNOWN, whole?: Cell): Line => ({
    ...named,
    ...{ fila, columna, variable_capa: layers?.label ?? '', capa: layer, registros: shown(cell) },
    porcentaje: whole ? perCent(shareOf(cell, whole)) : '',
    base_porcentaje: whole && base ? BASE_WORDS[base] : '',
    codigo: code ? spacedCode(code) : '',
    filtro: filterInSpanish(table) ?? '',
  })
  const across = columns?.values ?? ['']
  return [
    ...rows.values.flatMap((row, r) => [
      ...across.map((column, c) => line(row, column, slice.cells[r]?.[c], at?.(r, c))),
      ...(columns ? [line(row, TOTAL, slice.rowTotals[r], at?.(r, null))] : []),
    ]),
    ...(columns ? across.map((column, c) => line(TOTAL, column, slice.columnTotals[c], at?.(null, c))) : []),
    line(TOTAL, columns ? TOTAL : '', slice.total, at?.(null, null)),
  ]
}

const UNKNOWN: Cell = { value: null, mark: 'complementary' }

const twoDecimals = new Intl.NumberFormat('en', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
  useGrouping: false,
})

/** Rounded, never cut; hidden where its count or its whole is. */
function perCent({ value, mark }: Cell): string {
  return mark ? HIDDEN : value === null ? '' : twoDecimals.format(perCentOf(value))
}

const COLUMNS = [
  ...(['tabla', 'titulo', 'variable_fila', 'fila', 'variable_columna', 'columna', 'registros'] as const),
  ...(['variable_capa', 'capa', 'porcentaje', 'base_porcentaje', 'codigo', 'filtro'] as const),
]

/** UTF-8 with byte-order mark, commas, CRLF (RFC 4180); text that a spreadsheet would run gets an apostrophe. */
export function openDataCsv(tables: ReleasedTable[]): string {
  return csvText([[...COLUMNS, 'corte_sha256', 'aviso'], ...tables.flatMap(csvRows)], ',')
}

const csvRows = (released: ReleasedTable) =>
  linesOf(released).map((line) => [
    ...COLUMNS.map((column) => line[column]),
    released.table.snapshotHash,
    released.table.notice ?? '',
  ])

/** The same figures for programs, with the metadata of the dataset; a hidden count is null and says why. */
export function openDataJson(metadata: DatasetMetadata, tables: ReleasedTable[]): string {
  const [first] = tables
  const body = {
    titulo: metadata.title,
    descripcion: metadata.description,
    entidad: metadata.entity,
    dependencia: metadata.agency,
    licencia: metadata.licence,
    periodo: { desde: metadata.periodFrom, hasta: metadata.periodTo },
    frecuencia: metadata.frequency,
    contacto: metadata.contact,
    version: metadata.version,
    emitido: metadata.issued,
    idioma: 'es',
    corte_sha256: first?.table.snapshotHash ?? null,
    aviso: first?.table.notice ?? null,
    tablas: tables.map(jsonTable),
  }
  return `${JSON.stringify(body, null, 2)}\n`
}

function jsonTable(released: ReleasedTable) {
  requirePublic(released)
  const { table } = released
  const cell = ({ value, mark }: Cell) => ({
    registros: mark ? null : value,
    ...(mark ? { oculto: true } : {}),
  })
  const axis = ({ variable, label, values }: Axis) => ({ variable, etiqueta: label, valores: values })
  return {
    id: released.id,
    codigo: released.code ? spacedCode(released.code) : null,
    titulo: released.title,
    filas: axis(table.rows),
    columnas: table.columns && axis(table.columns),
    ...jsonSlice(table, table, cell),
    ...(table.layers && {
      capas: axis(table.layers),
      porCapa: table.slices.map((slice) => jsonSlice(table, slice, cell)),
    }),
    ...(released.base && { porcentajes: BASE_WORDS[released.base] }),
    filtro: table.filter,
    ...(table.filterAny && { filtro_alguna: table.filterAny }),
    ...(table.measures && { filtro_tipos: table.measures }),
    umbral: table.threshold,
    metodo: table.method.map((code) => METHOD_SENTENCES[code]),
    version: { reglas: table.version.rules, calculo: table.version.code },
    corte_sha256: table.snapshotHash,
  }
}

function jsonSlice<T>({ columns }: AggregateTable, slice: Slice, cell: (one: Cell) => T) {
  return {
    celdas: slice.cells.map((row) => row.map(cell)),
    totales_fila: columns ? slice.rowTotals.map(cell) : [],
    totales_columna: slice.columnTotals.map(cell),
    total: cell(slice.total),
  }
}

/** Dictionary of the CSV: each column, the marks, then each variable with its values. */
export function openDataDictionary(metadata: DatasetMetadata, tables: ReleasedTable[]): string {
  return csvText(dictionaryRows(metadata, tables), ',')
}

/** The same as rows of text, heading first. */
export function dictionaryRows(metadata: DatasetMetadata, tables: ReleasedTable[]): string[][] {
  const thresholds = [...new Set(tables.map(({ table }) => table.threshold))]
  return [
    ['elemento', 'nombre', 'tipo', 'descripcion'],
    ...generalRows(metadata, tables),
    ...DICTIONARY_COLUMNS.map(([name, type, description]) => ['columna', name, type, description]),
    ...thresholds.map((threshold) => ['marca', HIDDEN, 'texto', hiddenSentence(threshold)]),
    ...variableRows(tables),
  ]
}

function generalRows(metadata: DatasetMetadata, tables: ReleasedTable[]): string[][] {
  const notice = tables[0]?.table.notice
  const hashes = [...new Set(tables.map(({ table }) => table.snapshotHash))]
  return [
    ['conjunto', 'titulo', 'texto', metadata.title],
    ['conjunto', 'entidad', 'texto', metadata.entity],
    ['conjunto', 'licencia', 'texto', metadata.licence],
    ['conjunto', 'periodo', 'texto', periodWords(metadata.periodFrom, metadata.periodTo)],
    ['conjunto', 'frecuencia', 'texto', metadata.frequency],
    ...hashes.map((hash) => ['conjunto', 'corte_sha256', 'texto', hash]),
    ...(notice ? [['conjunto', 'aviso', 'texto', notice]] : []),
  ]
}

function variableRows(tables: ReleasedTable[]): string[][] {
  const axes = tables.flatMap(({ table }) => [table.rows, table.columns, table.layers].filter((axis) => axis !== null))
  const byCode = new Map(axes.map((axis) => [axis.variable, axis]))
  return [...byCode.values()].flatMap((axis) => [
    [
      'variable',
      axis.label,
      axis.sensitive ? VARIABLE_KINDS.sensitive : VARIABLE_KINDS.category,
      codeSentence(axis.variable),
    ],
    ...axis.values.map((value) => ['valor', value, 'texto', axis.label]),
  ])
}
