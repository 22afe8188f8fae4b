import { Link } from '@remix-run/react'
import type { CorrectionToSign } from '../../../db/corrections.ts'
import { correctionsToSignText as words } from '../../text/corrections.ts'
import { WaitingCard } from './waiting-card.tsx'

type Line = Omit<CorrectionToSign, 'submittedAt'> & { submittedAt: Date | string }

/** Corrections of what is published that wait for this person's signature. */
export function CorrectionsToSign({ corrections }: { corrections: Line[] }) {
  return (
    <WaitingCard
      id="correcciones"
      title={words.title}
      lines={corrections.map(({ releaseId, title, version, submittedAt }) => (
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
