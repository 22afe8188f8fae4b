import { Link } from '@remix-run/react'
import type { WaitingReview } from '../../../db/review-pages.ts'
import type { First } from '../../pages/first-of.ts'
import { waitingReviewText as words } from '../../text/reviews.ts'
import { WaitingCard } from './waiting-card.tsx'

/** Accesses that wait for the answer of whoever heads their organismo. */
export function WaitingReviews({ rows, more }: First<WaitingReview & { daysLeft: number }>) {
  return (
    <WaitingCard
      id="revisiones"
      title={words.title}
      more={more}
      lines={rows.map(({ id, code, agencyName, dueOn, people, daysLeft }) => (
        <li key={id}>
          <span>{words.line(people, code, agencyName, dueOn, daysLeft)}</span>
          <Link to={`/accesos/revision/${id}?estado=pendientes`} aria-label={words.openOf(code)}>
            {words.open}
          </Link>
        </li>
      ))}
    />
  )
}
