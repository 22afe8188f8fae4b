import { Link } from '@remix-run/react'
import { INBOX_COLUMNS } from '../../../domain/inbox.ts'
import type { ShownLine } from '../../pages/inbox-line.server.ts'
import { inboxText } from '../../text/inbox.ts'
import type { Column } from '../data-table.tsx'
import { StepChip } from '../state-chip.tsx'
import { WorkTable } from '../work-table.tsx'
import { Claim, Due, placeOf } from './line-parts.tsx'
import { Pick } from './pick-bar.tsx'

interface Props {
  lines: ShownLine[]
  reader: { position: string; personId: string }
}

/** The same lines as a table, in the order asked; its columns are part of a saved view. */
export function InboxTable({ lines, reader }: Props) {
  const cells = cellsFor(reader)
  const columns = INBOX_COLUMNS.map(
    (key): Column<ShownLine> => ({
      ...{ key, header: inboxText.columns[key], rowHeader: key === 'tarea' },
      cell: cells[key],
    }),
  )
  return (
    <WorkTable caption={inboxText.tableCaption} hideCaption rows={lines} rowKey={({ id }) => id} columns={columns} />
  )
}

function cellsFor({
  position,
  personId,
}: Props['reader']): Record<(typeof INBOX_COLUMNS)[number], Column<ShownLine>['cell']> {
  return {
    tarea: (line) => <Name line={line} />,
    vence: (line) => (
      <span className="inbox__due">
        <Due line={line} />
      </span>
    ),
    estado: ({ state }) => <StepChip status={state} />,
    prioridad: ({ priority }) => inboxText.priority(priority),
    vigencia: ({ vigencia }) => vigencia,
    porque: ({ why }) => <span className="phrase">{inboxText.why(why, position)}</span>,
    asignacion: (line) => <Claim line={line} personId={personId} />,
  }
}

function Name({ line }: { line: ShownLine }) {
  const name = inboxText.line(line.kind, line.stepCode, line.cycleName)
  return (
    <span className="inbox__name">
      <Pick line={line} name={name} />
      <Link to={placeOf(line)} id={`tarea-${line.id}`}>
        {name}
      </Link>
    </span>
  )
}
