import { Table } from '@navikt/ds-react'
import { type ReactNode, useId } from 'react'
import { partsText } from '../text/parts.ts'
import type { ColumnFilter } from './column-filters.tsx'

export interface Column<R> {
  /** In the address too, where the columns of the table can be arranged. */
  key: string
  header: string
  cell: (row: R) => ReactNode
  /** Figures: right-aligned, tabular numerals. */
  numeric?: boolean
  /** The cell that names the row. */
  rowHeader?: boolean
  /** What its cells can be narrowed to; the loader reads it from the address. */
  filter?: ColumnFilter
}

export interface TableProps<R> {
  /** Says what the table holds; read aloud and shown above it unless hidden. */
  caption: string
  hideCaption?: boolean
  columns: Column<R>[]
  rows: R[]
  rowKey: (row: R) => string
  /** What stands under the header of each column, where a table is filtered by them. */
  filterCell?: (column: Column<R>) => ReactNode
}

/** A table in its own labelled region: where it does not fit, the region scrolls and the page does not. */
export function DataTable<R>({ caption, hideCaption, columns, rows, rowKey, filterCell }: TableProps<R>) {
  const captionId = useId()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="scroll-region" aria-label={partsText.scrollHint(caption)} tabIndex={0}>
      <Table size="small" aria-labelledby={captionId}>
        <caption id={captionId} className={hideCaption ? 'aksel-sr-only' : 'caption'}>
          {caption}
        </caption>
        <Table.Header>
          <Table.Row>
            {columns.map((column) => (
              <Table.HeaderCell key={column.key} scope="col" className={column.numeric ? 'numeric' : undefined}>
                {column.header}
              </Table.HeaderCell>
            ))}
          </Table.Row>
          {filterCell && (
            <Table.Row className="no-print">
              {columns.map((column) => (
                <Table.DataCell key={column.key}>{filterCell(column)}</Table.DataCell>
              ))}
            </Table.Row>
          )}
        </Table.Header>
        <Table.Body>
          {rows.map((row) => (
            <Table.Row key={rowKey(row)}>
              {columns.map((column) => (
                <Cell key={column.key} column={column} row={row} />
              ))}
            </Table.Row>
          ))}
        </Table.Body>
      </Table>
    </section>
  )
}

function Cell<R>({ column, row }: { column: Column<R>; row: R }) {
  const content = column.cell(row)
  if (column.rowHeader) return <Table.HeaderCell scope="row">{content}</Table.HeaderCell>
  return <Table.DataCell className={column.numeric ? 'numeric' : undefined}>{content}</Table.DataCell>
}
