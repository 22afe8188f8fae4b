import { Link } from '@remix-run/react'
import type { RightsLine } from '../../../db/rights-pages.ts'
import { kindOf } from '../../../domain/rights.ts'
import type { First } from '../../pages/first-of.ts'
import { waitingRightsText as words } from '../../text/rights.ts'
import { TermChip } from '../state-chip.tsx'
import { WaitingCard } from './waiting-card.tsx'

/** Citizens' requests about their data that wait for whoever answers, the first due first. */
export function WaitingRights({ rows, more }: First<RightsLine & { isOverdue: boolean }>) {
  return (
    <WaitingCard
      id="derechos"
      title={words.title}
      more={more}
      lines={rows.map(({ id, number, aim, dueOn, isOverdue }) => (
        <li key={id}>
          <span>
            {words.line(number, kindOf(aim), dueOn)} {isOverdue && <TermChip state="overdue" />}
          </span>
          <Link to={`/derechos/${id}`} aria-label={words.openOf(number)}>
            {words.open}
          </Link>
        </li>
      ))}
    />
  )
}
