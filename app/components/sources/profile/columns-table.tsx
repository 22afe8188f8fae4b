import { Tag } from '@navikt/ds-react'
import { useSearchParams } from '@remix-run/react'
import { folded } from '../../../../domain/folded.ts'
import { COLUMN_TYPES } from '../../../../domain/sources.ts'
import type { ProfiledColumn } from '../../../pages/profile.server.ts'
import { formatNumber } from '../../../text/format.ts'
import { COLUMN_STATES, type ColumnState, profileText } from '../../../text/profile.ts'
import { columnTypeNames } from '../../../text/sources.ts'
import type { Column } from '../../data-table.tsx'
import { WorkTable } from '../../work-table.tsx'

/** One line per column, with its state; a link leads to its distribution where it has one. */
export function ColumnsTable({ columns }: { columns: ProfiledColumn[] }) {
  const [search] = useSearchParams()
  return (
    <WorkTable
      caption={profileText.summary}
      hideCaption
      rows={columns.filter((column) => isAsked(column, search))}
      rowKey={(column) => column.code}
      columns={COLUMNS}
    />
  )
}

/** Whether the filters in the address leave this column. */
function isAsked(column: ProfiledColumn, search: URLSearchParams): boolean {
  const [name, type, state] = ['nombre', 'tipo', 'estado'].map((one) => search.get(one) ?? '')
  if (name && !folded(column.label).includes(folded(name))) return false
  return (!type || type === column.type) && (!state || state === stateOf(column))
}

export const invalidOf = ({ invalid }: ProfiledColumn) => Object.values(invalid).reduce((sum, n) => sum + n, 0)

/** What its validation found: cells that broke a rule weigh more than empty ones. */
function stateOf(column: ProfiledColumn): ColumnState {
  if (invalidOf(column) > 0) return 'no-validas'
  return column.empty > 0 ? 'con-vacias' : 'completa'
}

const COLORS = { 'no-validas': 'danger', 'con-vacias': 'warning', completa: 'success' } as const

/** Keys are what the address calls the columns. */
const COLUMNS: Column<ProfiledColumn>[] = [
  { key: 'columna', header: profileText.column, rowHeader: true, cell: nameOf, filter: { name: 'nombre' } },
  {
    key: 'tipo',
    header: profileText.type,
    cell: typeOf,
    filter: { name: 'tipo', options: COLUMN_TYPES.map((type) => [type, columnTypeNames[type]]) },
  },
  {
    key: 'estado',
    header: profileText.state_,
    filter: { name: 'estado', options: Object.entries(COLUMN_STATES) },
    cell: (column) => (
      <Tag size="small" data-color={COLORS[stateOf(column)]}>
        {COLUMN_STATES[stateOf(column)]}
      </Tag>
    ),
  },
  { key: 'vacias', header: profileText.empty, numeric: true, cell: ({ empty }) => formatNumber(empty) },
  { key: 'distintos', header: profileText.distinct, numeric: true, cell: ({ distinct }) => formatNumber(distinct) },
  { key: 'minimo', header: profileText.min, numeric: true, cell: ({ type, min }) => profileText.end(type, min) },
  { key: 'maximo', header: profileText.max, numeric: true, cell: ({ type, max }) => profileText.end(type, max) },
  { key: 'invalidas', header: profileText.invalid, numeric: true, cell: (column) => formatNumber(invalidOf(column)) },
]

function nameOf({ code, label, bars }: ProfiledColumn) {
  return bars.length > 0 ? <a href={`#columna-${code}`}>{label}</a> : label
}

function typeOf({ type, isMasked, role }: ProfiledColumn) {
  if (!isMasked) return columnTypeNames[type]
  return <span className="quiet">{role === 'variable' ? profileText.freeText : profileText.masked}</span>
}
