import { BodyLong } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import type { ShownAction } from '../../pages/improvement.server.ts'
import { findingText } from '../../text/findings.ts'
import { formatDate } from '../../text/format.ts'
import { improvementText } from '../../text/improvement.ts'
import { type Column, DataTable } from '../data-table.tsx'
import { ActionChip, TermChip } from '../state-chip.tsx'

const { actionColumns: words } = findingText

/** The actions of a plan, each with its page of evidence and checks. */
export function PlannedActions({ actions }: { actions: ShownAction[] }) {
  if (actions.length === 0) return <BodyLong className="reading">{findingText.noActions}</BodyLong>
  return (
    <DataTable
      caption={findingText.actionsCaption}
      hideCaption
      columns={COLUMNS}
      rows={actions}
      rowKey={(row) => row.code}
    />
  )
}

const COLUMNS: Column<ShownAction>[] = [
  {
    key: 'code',
    header: words.code,
    rowHeader: true,
    cell: ({ code }) => (
      <Link className="row-link nowrap" to={`/mejora/${code}`} aria-label={improvementText.open(code)}>
        {code}
      </Link>
    ),
  },
  { key: 'what', header: words.what, cell: ({ what }) => <span className="clamped">{what}</span> },
  { key: 'owner', header: words.owner, cell: ({ owner }) => owner },
  {
    key: 'day',
    header: words.day,
    cell: ({ day, chip }) => (
      <>
        <span className="nowrap block">{day ? formatDate(day) : improvementText.noDay}</span>
        {chip && chip !== 'on_time' && <TermChip state={chip} />}
      </>
    ),
  },
  { key: 'status', header: words.status, cell: ({ status }) => <ActionChip status={status} /> },
]
