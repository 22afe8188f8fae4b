import type { ConnectionPlace, ConnectionSecret, OutsideTable } from '../../domain/connections.ts'
import type { ColumnType } from '../../domain/sources.ts'
import type { Patience } from './patience.ts'

/** Where it leads, what opens it, and the rules of this installation. */
export interface Target {
  place: ConnectionPlace
  secret: ConnectionSecret
  /** `CONNECTION_HOSTS` of the installation. */
  allowedHosts: string
  patience: Patience
}

export interface OutsideColumn {
  name: string
  /** As its database declares it, where that says what it holds. */
  type: ColumnType
}

/** Tables after the last one shown, in the order of their names. */
export interface TableSearch {
  search: string
  after: OutsideTable | null
  limit: number
}

/** Every function throws `OutsideFailed`; `close` never does. */
export interface OutsideDatabase {
  /** Throws `no_tables` when there is nothing this user may read. */
  test(): Promise<void>
  tables(search: TableSearch): Promise<OutsideTable[]>
  /** Columns that can be brought: binary ones are left out. Throws `table_missing`. */
  columns(table: OutsideTable): Promise<OutsideColumn[]>
  /**
   * The whole table as CSV in UTF-8 with commas: the same rows in the same order each time, that of its key or, without
   * one, an order of the server's own making. With `limit` the first records, which without a key are any.
   */
  read(table: OutsideTable, limit?: number): AsyncIterable<Buffer>
  close(): Promise<void>
}
