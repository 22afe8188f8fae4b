import { Link } from '@remix-run/react'
import type { ReviewerLine } from '../../../db/campaign-pages.ts'
import { formatNumber } from '../../text/format.ts'
import { campaignText as words } from '../../text/reviews.ts'
import { type Column, DataTable } from '../data-table.tsx'

/** How far each reviewer of a review is. */
export function ProgressTable({ lines }: { lines: ReviewerLine[] }) {
  return (
    <DataTable caption={words.progressCaption} hideCaption columns={COLUMNS} rows={lines} rowKey={(line) => line.id} />
  )
}

const count = (key: 'cases' | 'confirmed' | 'modified' | 'retired' | 'unanswered'): Column<ReviewerLine> => ({
  ...{ key, header: words.columns[key], numeric: true, cell: (line) => formatNumber(line[key]) },
})

const COLUMNS: Column<ReviewerLine>[] = [
  {
    key: 'reviewer',
    header: words.columns.reviewer,
    rowHeader: true,
    cell: ({ id, agencyName, reviewers }) => (
      <>
        <Link
          className="row-link"
          to={`/accesos/revision/${id}`}
          aria-label={words.openList(agencyName ?? words.leads)}
        >
          {agencyName ?? words.leads}
        </Link>
        <span className="quiet block">{reviewers.join(' · ') || words.vacant}</span>
      </>
    ),
  },
  ...[count('cases'), count('confirmed'), count('modified'), count('retired'), count('unanswered')],
  {
    key: 'heard',
    header: words.columns.heard,
    cell: ({ toldAt, readAt }) => (
      <>
        <span className="block">{words.told(toldAt)}</span>
        <span className="quiet block">{words.read(readAt)}</span>
      </>
    ),
  },
]
