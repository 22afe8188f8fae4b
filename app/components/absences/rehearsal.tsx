import { CheckmarkCircleFillIcon, ExclamationmarkTriangleFillIcon } from '@navikt/aksel-icons'
import { BodyLong, Heading } from '@navikt/ds-react'
import type { Rehearsal } from '../../../db/rehearsal.ts'
import type { RehearsedLine } from '../../../domain/rehearsal.ts'
import type { SubstitutionScope } from '../../../domain/substitutions.ts'
import { absencesText, rehearsalText as words } from '../../text/absences.ts'

interface Props {
  name: string
  scope: SubstitutionScope
  rehearsal: Rehearsal
}

/** What a substitute could open of what waits, in one sentence and line by line; what comes later stands folded. */
export function RehearsalOf({ name, scope, rehearsal: { lines, load } }: Props) {
  const open = lines.filter(({ isOpen }) => isOpen)
  const later = lines.filter(({ isOpen }) => !isOpen)
  return (
    <section className="card" aria-label={absencesText.reaches(name, scope)}>
      <Heading level="3" size="xsmall" spacing>
        {absencesText.reaches(name, scope)}
      </Heading>
      <BodyLong spacing>{words.sentence(open)}</BodyLong>
      <Lines lines={open} />
      {later.length > 0 && (
        <details>
          <summary>{words.later(later)}</summary>
          <Lines lines={later} />
        </details>
      )}
      <BodyLong className="quiet">{words.load(load)}</BodyLong>
    </section>
  )
}

function Lines({ lines }: { lines: RehearsedLine[] }) {
  if (lines.length === 0) return null
  return (
    <ul className="checklist">
      {lines.map((line) => (
        <li key={`${line.id} ${line.about === 'cycle' ? `${line.stepCode} ${line.kind}` : line.about}`}>
          {line.against ? (
            <ExclamationmarkTriangleFillIcon title={words.blocked} />
          ) : (
            <CheckmarkCircleFillIcon className="checklist__done" title={words.free} />
          )}
          <div>
            {words.line(line)}
            {line.against && <span className="quiet block">{words.because(line.against)}</span>}
          </div>
        </li>
      ))}
    </ul>
  )
}
