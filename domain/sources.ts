/** What a data source promises (E1), how its columns are read, and why a file or a record is refused. */
import { z } from 'zod'
import type { Reading } from './file-readings.ts'
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
