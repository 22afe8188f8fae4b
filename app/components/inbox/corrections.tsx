import { Link } from '@remix-run/react'
import type { CorrectionToSign } from '../../../db/corrections.ts'
import type { First } from '../../pages/first-of.ts'
import { correctionsToSignText as words } from '../../text/corrections.ts'
import { WaitingCard } from './waiting-card.tsx'

type Line = Omit<CorrectionToSign, 'submittedAt'> & { submittedAt: Date | string }

/** Corrections of what is published that wait for this person's signature. */
export function CorrectionsToSign({ rows, more }: First<Line>) {
  return (
    <WaitingCard
      id="correcciones"
      title={words.title}
      more={more}
      lines={rows.map(({ releaseId, title, version, submittedAt }) => (
        <li key={releaseId}>
          <span>{words.line(title, version, submittedAt)}</span>
          <Link to={`/publicaciones/${releaseId}/correccion`} aria-label={words.signOf(title)}>
            {words.sign}
          </Link>
        </li>
      ))}
    />
  )
}
