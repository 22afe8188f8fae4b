import { useSearchParams } from '@remix-run/react'
import { useId } from 'react'
import { arrangementOf } from '../../domain/table-columns.ts'
import { COLUMNS_NAME, columnsText } from '../text/parts.ts'
import { ColumnChoice } from './column-choice.tsx'
import { FilterCell, TableFilters } from './column-filters.tsx'
import { type Column, DataTable, type TableProps } from './data-table.tsx'

/**
 * A table to work through many rows with (experience 47): the first column stays in sight, the others are picked, ordered
 * and filtered, all of it in the address.
 */
export function WorkTable<R>({ columns, ...props }: TableProps<R>) {
  const formId = useId()
  const [search] = useSearchParams()
  const usual = columns.map(({ key }) => key)
  const arrangement = arrangementOf(usual, search.get(COLUMNS_NAME))
  const byKey = new Map(columns.map((column) => [column.key, column]))
  const shown = arrangement.shown.flatMap((key) => byKey.get(key) ?? [])
  const filters = columns.flatMap(({ filter }) => filter ?? [])
  const isFiltering = filters.length > 0
  return (
    <div className="work-table">
      <ColumnChoice usual={usual} arrangement={arrangement} headerOf={(key) => byKey.get(key)?.header ?? key} />
      {isFiltering && (
        <TableFilters formId={formId} filters={filters} shown={shown.flatMap(({ filter }) => filter ?? [])} />
      )}
      <DataTable
        {...props}
        columns={shown}
        {...(isFiltering && { filterCell: (column: Column<R>) => <FilterCell formId={formId} column={column} /> })}
      />
      {isFiltering && props.rows.length === 0 && <p>{columnsText.nothing}</p>}
    </div>
  )
}
