import { BodyShort, Button, Heading, Tag } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import type { InboxCounts } from '../../../db/inbox.ts'
import { groupInbox, type InboxFilters } from '../../../domain/inbox.ts'
import type { ShownLine } from '../../pages/inbox-line.server.ts'
import { inboxText } from '../../text/inbox.ts'
import { isNarrowed } from '../../text/inbox-address.ts'
import { EmptyState } from '../empty-state.tsx'
import { StepChip } from '../state-chip.tsx'
import { InboxTable } from './inbox-table.tsx'
import { Claim, Due, placeOf } from './line-parts.tsx'
import { Pick } from './pick-bar.tsx'

interface Reader {
  position: string
  personId: string
}

interface Props {
  lines: ShownLine[]
  filters: InboxFilters
  counts: InboxCounts
  /** Civil date in Bogotá. */
  today: string
  reader: Reader
}

/** By due date the lines stand under their group; in another order they are one list. */
export function InboxLines({ lines, filters, counts, today, reader }: Props) {
  if (lines.length === 0) return <Nothing isFiltered={isNarrowed(filters) || filters.group !== undefined} />
  const { order = 'due', layout } = filters
  if (layout === 'table') return <InboxTable lines={lines} reader={reader} />
  if (order !== 'due') {
    return (
      <section aria-labelledby="en-orden">
        <Heading level="2" size="small" id="en-orden" spacing>
          {inboxText.filters.orders[order]}
        </Heading>
        <List lines={lines} reader={reader} />
      </section>
    )
  }
  return groupInbox(lines, today).map(
    ({ group, lines: inside }) =>
      inside.length > 0 && (
        <section key={group} aria-labelledby={`grupo-${group}`}>
          <Heading level="2" size="small" id={`grupo-${group}`} spacing>
            {inboxText.heading(inboxText.group(group), counts[group])}
          </Heading>
          <List lines={inside} reader={reader} />
        </section>
      ),
  )
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) return <BodyShort>{inboxText.nothingMatches}</BodyShort>
  return (
    <EmptyState
      title={inboxText.empty.title}
      action={
        <Button as={Link} to="/ejercicios" variant="secondary">
          {inboxText.empty.action}
        </Button>
      }
    >
      {inboxText.empty.message}
    </EmptyState>
  )
}

function List({ lines, reader }: { lines: ShownLine[]; reader: Reader }) {
  return (
    <ul className="inbox">
      {lines.map((line) => (
        <Row key={line.id} line={line} reader={reader} />
      ))}
    </ul>
  )
}

function Row({ line, reader }: { line: ShownLine; reader: Reader }) {
  const name = inboxText.line(line.kind, line.stepCode, line.cycleName)
  return (
    <li className="inbox__line">
      <div className="inbox__what">
        <span className="inbox__name">
          <Pick line={line} name={name} />
          <Link to={placeOf(line)} id={`tarea-${line.id}`}>
            {name}
          </Link>
        </span>
        <span className="quiet">{inboxText.why(line.why, reader.position)}</span>
        <span className="inbox__chips">
          <StepChip status={line.state} />
          {line.priority !== 'normal' && (
            <Tag size="small" data-color={line.priority === 'high' ? 'danger' : 'neutral'}>
              {inboxText.priority(line.priority)}
            </Tag>
          )}
        </span>
      </div>
      <div className="inbox__due">
        <Due line={line} />
      </div>
      <Claim line={line} personId={reader.personId} />
    </li>
  )
}
