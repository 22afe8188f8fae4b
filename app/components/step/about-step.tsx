import { BodyLong } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import { changesText } from '../../text/changes.ts'
import { stepText } from '../../text/steps.ts'

interface Props {
  about: { description: readonly string[]; registers: readonly string[] }
  versions: { id: string; n: number; frozenBy: string; frozenAt: Date }[]
  base: string
}

/** What the procedure says of the step, and every version of it that was ever frozen. */
export function AboutStep({ about, versions, base }: Props) {
  return (
    <section className="card">
      <details>
        <summary>{stepText.about}</summary>
        {about.description.map((paragraph) => (
          <BodyLong key={paragraph} size="small" spacing>
            {paragraph}
          </BodyLong>
        ))}
        {about.registers.length > 0 && (
          <BodyLong size="small">
            {stepText.registers}: {about.registers.join('; ')}
          </BodyLong>
        )}
      </details>
      {versions.length > 0 && (
        <details>
          <summary>{stepText.versions}</summary>
          <ul className="versions">
            {versions.map((version) => (
              <li key={version.id}>
                <Link to={`${base}/versiones/${version.id}`}>{stepText.version(version.n)}</Link>,{' '}
                {stepText.versionLine(version.frozenBy, version.frozenAt)}
              </li>
            ))}
          </ul>
          <p className="links">
            <Link to={`${base}/cambios`}>{changesText.link}</Link>
          </p>
        </details>
      )}
    </section>
  )
}
