/** What a data source promises (E1), how its columns are read, and why a file or a record is refused. */

import { z } from 'zod'
import { findVariable } from '../catalog/variables.ts'
import type { Reading } from './file-readings.ts'
import { folded } from './folded.ts'
import { PERIODICITIES, type Periodicity } from './freshness.ts'
import { isStorable } from './storable.ts'

export const SENSITIVITIES = ['publica', 'semiprivada', 'privada', 'sensible'] as const
export const COLUMN_TYPES = ['text', 'category', 'date', 'integer', 'decimal', 'boolean'] as const
export const COLUMN_ROLES = ['variable', 'direct_identifier', 'person_key', 'ignore'] as const
export type ColumnType = (typeof COLUMN_TYPES)[number]
export type ColumnRole = (typeof COLUMN_ROLES)[number]

/** Of one file of a source, uploaded or fetched (issue 4 part 1). */
export const MAX_FILE_BYTES = 2_000_000_000

const civilDate = z.iso.date()
const text = (min: number, max: number) => z.string().trim().min(min).max(max).refine(isStorable)

/** Contract of a source: who answers for it, why it may be used, and for which period. */
export const SourceContract = z
  .object({
    name: text(3, 200),
    ownerAgency: text(2, 200),
    legalBasis: text(3, 2000),
    sensitivity: z.enum(SENSITIVITIES),
    periodFrom: civilDate,
    periodTo: civilDate,
    personKey: text(1, 200).optional(),
    /** How often newer data are expected; absent where they are not. */
    periodicity: z.enum(Object.keys(PERIODICITIES) as [Periodicity, ...Periodicity[]]).optional(),
  })
  .refine((contract) => contract.periodFrom <= contract.periodTo, {
    path: ['periodTo'],
    message: 'period_reversed',
  })
export type SourceContract = z.infer<typeof SourceContract>

export const MappedColumn = z.object({
  /** Name in the file's header. */
  column: z.string().min(1),
  code: z.string().regex(/^[a-z][a-z0-9_]{0,62}$/),
  label: text(1, 200),
  type: z.enum(COLUMN_TYPES),
  role: z.enum(COLUMN_ROLES),
  sensitive: z.boolean().default(false),
  /** The only values accepted; their order is the order of tables and charts. */
  allowed: z.array(z.string().min(1).refine(isStorable)).max(500).optional(),
  required: z.boolean().default(false),
  /** A value met before makes the record a duplicate. */
  unique: z.boolean().default(false),
  dateFormat: z.enum(['iso', 'dmy']).default('iso'),
  decimalMark: z.enum([',', '.']).default(','),
})
export type MappedColumn = z.infer<typeof MappedColumn>

export const Mapping = z
  .array(MappedColumn)
  .min(1)
  .max(500)
  .superRefine((columns, context) => {
    const repeated = (values: string[]) => values.find((value, i) => values.indexOf(value) !== i)
    const issue = (message: string) => context.addIssue({ code: 'custom', message })
    if (repeated(columns.map((column) => column.code))) issue('repeated_code')
    if (repeated(columns.map((column) => column.column))) issue('repeated_column')
    if (columns.filter((column) => column.role === 'person_key').length > 1) issue('several_person_keys')
    if (!columns.some((column) => column.role === 'variable')) issue('no_variable')
  })
export type Mapping = z.infer<typeof Mapping>

export interface SniffedFile extends Reading {
  /** Names of the workbook's sheets that may be read; empty in a CSV. */
  sheets: string[]
  header: string[]
  /** At most 50 records, as text; they may hold personal data and are never logged. */
  sampleRows: string[][]
  columns: number
  /** Guessed from the beginning of the file: for the progress bar, and for how much room to make. */
  estimatedRecords?: number
  bytes: number
  sha256: string
}

/** Why a whole file is refused; sentences in `app/text/sources.ts`. */
export const FILE_REFUSALS = [
  'empty_file',
  'wrong_type',
  'old_excel',
  'encrypted',
  'macros',
  'external_links',
  'unsafe_zip',
  'zip_bomb',
  'damaged_workbook',
  'xml_entities',
  'no_sheet',
  'too_slow',
  'nul_byte',
  'undecodable',
  'line_too_long',
  'ragged_header',
  'empty_header_name',
  'duplicate_header_name',
  'too_many_columns',
  'too_wide',
  'no_records',
  'unclosed_quote',
  'too_many_values',
  'categories_too_large',
  'missing_column',
  'file_changed',
  'cancelled',
  'no_file',
  'too_large',
  'disk_full',
  'not_a_correction',
  'not_rejected',
  'too_many_corrections',
] as const
export type FileRefusalCode = (typeof FILE_REFUSALS)[number]

/** Why an import ended that lay outside the file, by the refusals a reading may end with. */
const OUTSIDE_THE_FILE: readonly string[] = ['cancelled', 'disk_full'] satisfies FileRefusalCode[]

/** Whether the same file, read in the same way, may end otherwise than with this failure. */
export function mayEndOtherwise(failureCode: string | null): boolean {
  const isOfTheFile = FILE_REFUSALS.some((code) => code === failureCode)
  return !isOfTheFile || OUTSIDE_THE_FILE.includes(failureCode ?? '')
}

export interface FileRefusal {
  code: FileRefusalCode
  /** 1-based, as a text editor counts them. */
  line?: number
  column?: number
  /** Detected type, header name or the like; never a cell of a record. */
  detail?: string
}

/** Why one record is rejected; the record's other columns are still checked. */
export const REJECT_REASONS = [
  'wrong_column_count',
  'required_missing',
  'not_allowed',
  'not_a_date',
  'not_an_integer',
  'not_a_number',
  'not_a_boolean',
  'duplicate',
  'broken_quotes',
  'formula_without_value',
  'cell_error',
] as const
export type RejectReason = (typeof REJECT_REASONS)[number]

export interface SnapshotCounts {
  /** Records read, accepted or not; blank lines are no records. */
  records: number
  accepted: number
  rejected: number
  /** Reasons, not records: one record may have several. */
  byReason: Partial<Record<RejectReason, number>>
}

const IDENTIFIERS: [RegExp, ColumnRole][] = [
  [
    /^(numero|num|nro|no)_?(de_)?(documento|identificacion|cedula)|^(documento|cedula|identificacion|nit)$/,
    'person_key',
  ],
  [/^(nombres?|apellidos?|(primer|segundo)_(nombre|apellido)|razon_social|nombre_completo)/, 'direct_identifier'],
  [
    /correo|e_?mail|telefono|celular|movil|direccion(_residencia)?$|placa|radicado|latitud|longitud/,
    'direct_identifier',
  ],
]
const SENSITIVE =
  /discapacidad|etnia|etnic|poblacional|salud|religi|politic|sindical|orientacion|identidad_genero|biometr/

/** Code of a column: its header without accents, in lower case, words joined by `_`. */
export function codeOf(header: string): string {
  const plain = folded(header)
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
  return (/^[a-z]/.test(plain) ? plain : `v_${plain}`).slice(0, 60)
}

/** First proposal for the person to correct: identifiers by the column's name, types by the sample. */
export function proposeMapping(header: string[], sample: string[][]): Mapping {
  const used = new Set<string>()
  let hasPersonKey = false
  return header.map((column, i) => {
    const values = sample.map((row) => (row[i] ?? '').trim()).filter((value) => value !== '')
    let code = codeOf(column)
    for (let n = 2; used.has(code); n++) code = `${codeOf(column)}_${n}`
    used.add(code)
    const role = proposedRole(code, hasPersonKey)
    hasPersonKey ||= role === 'person_key'
    return {
      column,
      code,
      label: labelOf(column),
      ...(role === 'variable' ? proposedType(values) : { type: 'text' as const }),
      role,
      sensitive: SENSITIVE.test(code),
      required: false,
      unique: /^(numero_)?radicado$/.test(code),
      ...proposedFormat(values),
    }
  })
}

function proposedRole(code: string, hasPersonKey: boolean): ColumnRole {
  const role = IDENTIFIERS.find(([pattern]) => pattern.test(code))?.[1] ?? 'variable'
  return role === 'person_key' && hasPersonKey ? 'direct_identifier' : role
}

/** A column that is called by the code of a variable of the catalogue is shown as that one is. */
const labelOf = (column: string) => {
  const known = column.includes('_') ? findVariable(column)?.label : undefined
  if (known) return known
  return wordsOfCode(column)
}

/** The code of a variable of one's own, or the name of a column, as words: «tipo_de_via» is «Tipo de via». */
export function wordsOfCode(code: string): string {
  const words = code.replace(/_+/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** With or without the time of day, which a date does not keep. */
const ISO_DATE = /^\d{4}-\d{2}-\d{2}([ T]\d{1,2}:\d{2}(:\d{2})?)?$/
const WRITTEN_DATE = /^\d{1,2}\/\d{1,2}\/\d{4}( \d{1,2}:\d{2}(:\d{2})?)?$/

function proposedType(values: string[]): { type: ColumnType } {
  const every = (pattern: RegExp) => values.length > 0 && values.every((value) => pattern.test(value))
  if (every(ISO_DATE) || every(WRITTEN_DATE)) return { type: 'date' }
  if (every(/^(s[ií]|no|verdadero|falso|true|false)$/i)) return { type: 'boolean' }
  // A handful of different whole numbers is a list of codes (estrato, año), not a measure.
  if (every(/^-?\d+$/)) return { type: new Set(values).size <= 12 ? 'category' : 'integer' }
  if (every(/^-?\d+([.,]\d+)?\s?%?$/)) return { type: 'decimal' }
  const repeated = new Set(values).size <= Math.max(12, values.length * 0.6)
  return { type: repeated || values.every((value) => value.length <= 60) ? 'category' : 'text' }
}

function proposedFormat(values: string[]): Pick<MappedColumn, 'dateFormat' | 'decimalMark'> {
  const isDmy = values.some((value) => value.includes('/'))
  const isPoint = values.some((value) => /^-?\d+\.\d+$/.test(value)) && !values.some((value) => value.includes(','))
  return { dateFormat: isDmy ? 'dmy' : 'iso', decimalMark: isPoint ? '.' : ',' }
}
