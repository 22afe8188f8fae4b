/** What a source's file turned out to hold, column by column; of personal columns only how many values there are. */
import { plainWords } from './folded.ts'
import type { ColumnRole, ColumnType, MappedColumn, RejectReason } from './sources.ts'

/** Facts about one column of a snapshot, over its accepted records. */
export interface ColumnFacts {
  code: string
  empty: number
  /** Different values, empty ones aside. */
  distinct: number
  /** Least and greatest value as text (dates `YYYY-MM-DD`); null where they have no order, or are personal. */
  min: string | null
  max: string | null
  /** Rejected cells by the rule they broke. */
  invalid: Partial<Record<RejectReason, number>>
}

/** Computed once for each snapshot and kept beside it. */
export interface SnapshotProfile {
  schema: 1
  snapshotHash: string
  rows: number
  columns: ColumnFacts[]
}

export const isPersonal = ({ role }: { role: ColumnRole }) => role === 'direct_identifier' || role === 'person_key'

/** Free text may name people, so its values are not shown either. */
export const isMasked = (column: MappedColumn) => isPersonal(column) || column.type === 'text'

const ORDERED: ColumnType[] = ['date', 'integer', 'decimal']
export const hasOrder = (column: MappedColumn) => !isMasked(column) && ORDERED.includes(column.type)

/** Why a person may look at cells of a personal column (Ley 1581 de 2012, artículo 4, literal b: finalidad). */
export const REVEAL_PURPOSES = [
  'verificar_correspondencia',
  'corregir_rechazos',
  'depurar_duplicados',
  'atender_titular',
] as const
export type RevealPurpose = (typeof REVEAL_PURPOSES)[number]

/** Cells shown of a personal column. */
const REVEALED_CELLS = 5

/** The first cells of a column that hold something; never kept. */
export function sampleOf(header: string[], records: string[][], column: string): string[] {
  const at = header.indexOf(column)
  const cells = records.map((record) => (record[at] ?? '').trim())
  return at < 0 ? [] : cells.filter((cell) => cell !== '').slice(0, REVEALED_CELLS)
}

/**
 * Values that differ only in capitals, accents, spaces or marks, each group in the order given: probably one value that was
 * written in several ways. They are said, never joined (domain.md §8).
 */
export function writtenAlike(values: readonly string[]): string[][] {
  // What holds no word is like nothing else.
  const groups = Map.groupBy(values, (value) => plainWords(value) || value)
  return [...groups.values()].filter((group) => group.length > 1)
}
