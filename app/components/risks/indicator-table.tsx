import { Link } from '@remix-run/react'
import type { FollowSummary } from '../../pages/risk-follow-summary.server.ts'
import { indicatorText, riskFollowText as words } from '../../text/risk-follow.ts'
import { type Column, DataTable } from '../data-table.tsx'
import { LevelChip } from './level-chip.tsx'

type Row = FollowSummary['indicators'][number]

/** The indicators of a risk with what they measured last. */
export function IndicatorTable({ indicators }: { indicators: Row[] }) {
  if (indicators.length === 0) return <p>{words.noIndicators}</p>
  return <DataTable caption={words.indicatorsCaption} columns={COLUMNS} rows={indicators} rowKey={(row) => row.code} />
}

const { indicatorColumns: columns } = words

const COLUMNS: Column<Row>[] = [
  {
    key: 'code',
    header: columns.code,
    rowHeader: true,
    cell: ({ code }) => (
      <Link className="row-link nowrap" to={`/riesgos/indicadores/${code}`} aria-label={indicatorText.title(code)}>
        {code}
      </Link>
    ),
  },
  {
    key: 'name',
    header: columns.name,
    cell: ({ name, retired }) => (retired ? `${name} ${indicatorText.retiredMark}` : name),
  },
  { key: 'owner', header: columns.owner, cell: ({ owner }) => owner },
  {
    key: 'value',
    header: columns.value,
    numeric: true,
    cell: ({ value, unit }) => (value === null ? '—' : indicatorText.value(value, unit)),
  },
  { key: 'level', header: columns.level, cell: ({ level }) => level && <LevelChip level={level} /> },
]
