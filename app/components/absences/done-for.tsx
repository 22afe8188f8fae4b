import { BodyLong } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import type { DoneFor as Done } from '../../../db/absence-pages.ts'
import { absenceText as words } from '../../text/absences.ts'
import { formatInstant } from '../../text/format.ts'
import { Section } from '../section.tsx'

/** What was done in the name of the absent person, for them to read when they return. */
export function DoneFor({ done }: { done: (Omit<Done, 'at'> & { at: Date | string })[] }) {
  return (
    <Section id="hecho" title={words.doneTitle}>
      {done.length === 0 && <BodyLong>{words.doneNothing}</BodyLong>}
      <ul className="plain-list">
        {done.map((one) => (
          <li key={one.id}>
            {one.cycleId ? (
              <Link to={`/ejercicios/${one.cycleId}/actos/${one.id}`}>{words.doneLine(one)}</Link>
            ) : (
              <Link to={`/accesos/${one.grantId}`}>{words.doneLine(one)}</Link>
            )}
            <span className="quiet block">
              {one.by} · {formatInstant(one.at)}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
