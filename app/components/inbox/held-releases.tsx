import { Link } from '@remix-run/react'
import type { First } from '../../pages/first-of.ts'
import { heldToPrepareText as words } from '../../text/corrections.ts'
import { WaitingCard } from './waiting-card.tsx'

/** Of `heldToPrepare`. */
interface Line {
  id: string
  title: string
  version: number
  heldAt: Date | string
}

/** Signed releases that were held when they were to go out, which this person prepares again. */
export function HeldReleases({ rows, more }: First<Line>) {
  return (
    <WaitingCard
      id="retenidas"
      title={words.title}
      more={more}
      lines={rows.map(({ id, title, version, heldAt }) => (
        <li key={id}>
          <span>{words.line(title, version, heldAt)}</span>
          <Link to={`/publicaciones/${id}`} aria-label={words.openOf(title)}>
            {words.open}
          </Link>
        </li>
      ))}
    />
  )
}
