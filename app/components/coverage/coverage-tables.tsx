import { shareCovered } from '../../../domain/coverage.ts'
import type { CoveragePage } from '../../pages/coverage.server.ts'
import { coverageText } from '../../text/coverage.ts'
import { formatNumber, formatShare } from '../../text/format.ts'
import { type Column, DataTable } from '../data-table.tsx'
import { SuppressedCell } from '../suppressed-cell.tsx'

type Coverage = NonNullable<CoveragePage['coverage']>
type Covered = Pick<Coverage['total'], 'captured' | 'attended' | 'refused'>

const { columns } = coverageText

/** What was captured of those attended, in one row of any table. */
const figures: Column<Covered>[] = [
  { key: 'attended', header: columns.attended, numeric: true, cell: (row) => formatNumber(row.attended) },
  { key: 'captured', header: columns.captured, numeric: true, cell: (row) => <SuppressedCell value={row.captured} /> },
  {
    ...{ key: 'refused', header: columns.refused, numeric: true },
    cell: (row) => (row.refused === null ? coverageText.notCounted : formatNumber(row.refused)),
  },
  { key: 'share', header: columns.share, numeric: true, cell: (row) => shareWords(row) },
]

function shareWords(row: Covered): string {
  const share = shareCovered(row)
  return share === null ? '' : formatShare(share)
}

/** Point by point, and all of them together. */
export function Points({ coverage: { points, total } }: { coverage: Coverage }) {
  const rows = [...points, { ...total, point: coverageText.total, isUnder: null }]
  return (
    <DataTable
      caption={coverageText.points}
      rows={rows}
      rowKey={(row) => row.point}
      columns={[
        { key: 'point', header: columns.point, rowHeader: true, cell: (row) => row.point },
        ...figures,
        {
          ...{ key: 'state', header: columns.state },
          cell: (row) => (row.isUnder === null ? '' : row.isUnder ? coverageText.under : coverageText.enough),
        },
      ]}
    />
  )
}

/** The same by point and period. */
export function Lines({ coverage: { lines } }: { coverage: Coverage }) {
  return (
    <details>
      <summary>{coverageText.lines}</summary>
      <DataTable
        caption={coverageText.lines}
        hideCaption
        rows={lines}
        rowKey={(row) => `${row.point} ${row.period}`}
        columns={[
          { key: 'point', header: columns.point, rowHeader: true, cell: (row) => row.point },
          { key: 'period', header: columns.period, cell: (row) => row.period },
          ...figures,
        ]}
      />
    </details>
  )
}
