import { Link } from '@remix-run/react'
import type { First } from '../../pages/first-of.ts'
import { ownSummariesText as words } from '../../text/results.ts'
import { WaitingCard } from './waiting-card.tsx'

export interface ShownSummary {
  id: string
  cycleId: string
  agencyId: string
  agencyName: string
  vigencia: number
  dueDate: string
  daysLeft: number
  isRead: boolean
}

/** Results that wait for whoever heads the dependencia, until it has answered. */
export function OwnSummaries({ rows, more }: First<ShownSummary>) {
  return (
    <WaitingCard
      id="resultados"
      title={words.title}
      more={more}
      lines={rows.map(({ id, cycleId, agencyId, agencyName, vigencia, dueDate, daysLeft, isRead }) => (
        <li key={id}>
          <span>{words.line(agencyName, vigencia, dueDate, daysLeft)}</span>
          <Link to={`/resultados/${cycleId}/${agencyId}`}>{isRead ? words.read : words.unread}</Link>
        </li>
      ))}
    />
  )
}
