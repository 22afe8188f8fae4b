import { Link } from '@remix-run/react'
import { type FollowUpKind, placeOf } from '../../../domain/follow-ups.ts'
import type { TermChip as Chip } from '../../../domain/terms.ts'
import { followUpText as words } from '../../text/follow-ups.ts'
import { TermChip } from '../state-chip.tsx'
import { WaitingCard } from './waiting-card.tsx'

interface Props {
  rows: { id: string; kind: FollowUpKind; code: string; dueOn: string; chip: Chip }[]
  more: boolean
}

/** What this person has to do by a day about a finding or a risk. */
export function FollowUps({ rows, more }: Props) {
  return (
    <WaitingCard
      id="seguimientos"
      title={words.title}
      more={more}
      lines={rows.map(({ id, kind, code, dueOn, chip }) => (
        <li key={id}>
          <span>{words.asked[kind](code)}</span>
          <span className="quiet">{words.until(dueOn)}</span>
          {chip !== 'on_time' && <TermChip state={chip} />}
          <Link className="row-link" to={placeOf(kind, code)} aria-label={`${words.open[kind]}: ${code}`}>
            {words.open[kind]}
          </Link>
        </li>
      ))}
    />
  )
}
