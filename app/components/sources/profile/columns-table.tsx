import type { ProfiledColumn } from '../../../pages/profile.server.ts'
import { formatNumber } from '../../../text/format.ts'
import { profileText } from '../../../text/profile.ts'
import { columnTypeNames } from '../../../text/sources.ts'
import { DataTable } from '../../data-table.tsx'

/** One line per column; a link leads to its distribution where it has one. */
export function ColumnsTable({ columns }: { columns: ProfiledColumn[] }) {
  return (
    <DataTable
      caption={profileText.summary}
      hideCaption
      rows={columns}
      rowKey={(column) => column.code}
      columns={[
        { key: 'column', header: profileText.column, rowHeader: true, cell: nameOf },
        { key: 'type', header: profileText.type, cell: typeOf },
        { key: 'empty', header: profileText.empty, numeric: true, cell: ({ empty }) => formatNumber(empty) },
        {
          key: 'distinct',
          header: profileText.distinct,
          numeric: true,
          cell: ({ distinct }) => formatNumber(distinct),
        },
        { key: 'min', header: profileText.min, numeric: true, cell: ({ type, min }) => profileText.end(type, min) },
        { key: 'max', header: profileText.max, numeric: true, cell: ({ type, max }) => profileText.end(type, max) },
        {
          key: 'invalid',
          header: profileText.invalid,
          numeric: true,
          cell: (column) => formatNumber(invalidOf(column)),
        },
      ]}
    />
  )
}

export const invalidOf = ({ invalid }: ProfiledColumn) => Object.values(invalid).reduce((sum, n) => sum + n, 0)

function nameOf({ code, label, bars }: ProfiledColumn) {
  return bars.length > 0 ? <a href={`#columna-${code}`}>{label}</a> : label
}

function typeOf({ type, isMasked, role }: ProfiledColumn) {
  if (!isMasked) return columnTypeNames[type]
  return <span className="quiet">{role === 'variable' ? profileText.freeText : profileText.masked}</span>
}
