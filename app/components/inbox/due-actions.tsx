import { Link } from '@remix-run/react'
import { type ActionStatus, askedBy } from '../../../domain/improvement.ts'
import type { ShownAction } from '../../pages/improvement.server.ts'
import { dueActionsText as words } from '../../text/improvement.ts'
import { ActionChip, TermChip } from '../state-chip.tsx'
import { WaitingCard } from './waiting-card.tsx'

/** Improvement actions that wait for this person: to be reported on, or their effect checked. */
export function DueActions({ rows, more }: { rows: ShownAction[]; more: boolean }) {
  return (
    <WaitingCard
      id="acciones"
      title={words.title}
      lines={rows.map(({ code, what, day, status, chip }) => (
        <li key={code}>
          <span className="clamped">{what}</span>
          <span className="quiet">
            {code}
            {day && `, ${words.until(day)}`}
          </span>
          {chip && chip !== 'on_time' && <TermChip state={chip} />}
          <ActionChip status={status} />
          <Link className="row-link" to={`/mejora/${code}`} aria-label={`${wordOf(status)}: ${code}`}>
            {wordOf(status)}
          </Link>
        </li>
      ))}
      more={more}
      all={
        <Link className="row-link" to="/mejora?de=mias">
          {words.more}
        </Link>
      }
    />
  )
}

function wordOf(status: ActionStatus): string {
  const asks = askedBy(status)
  return asks === null || asks === 'carry_out' ? words.report : words[asks]
}
