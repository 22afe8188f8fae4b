import { Heading } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import type { CorrectionToSign } from '../../../db/corrections.ts'
import { correctionsToSignText as words } from '../../text/corrections.ts'

type Line = Omit<CorrectionToSign, 'submittedAt'> & { submittedAt: Date | string }

/** Corrections of what is published that wait for this person's signature. */
export function CorrectionsToSign({ corrections }: { corrections: Line[] }) {
  if (corrections.length === 0) return null
  return (
    <section className="card" aria-labelledby="correcciones">
      <Heading level="2" size="small" id="correcciones" spacing>
        {words.title}
      </Heading>
      <ul className="mention-lines">
        {corrections.map(({ releaseId, title, version, submittedAt }) => (
          <li key={releaseId}>
            <span>{words.line(title, version, submittedAt)}</span>
            <Link to={`/publicaciones/${releaseId}/correccion`} aria-label={words.signOf(title)}>
              {words.sign}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
