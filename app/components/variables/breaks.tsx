import { BodyLong, Heading, VStack } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import { variablesText } from '../../text/variables.ts'
import { Section } from '../section.tsx'

interface Break {
  from: number
  to: number
  changes: string[]
  /** Where it stands: not bridged, proposed, bridged or given back. */
  state: string
  /** What this person may do about it; null where there is nothing to open. */
  link: string | null
}

const words = variablesText.breaks

/** Every change that interrupts the series, before and after, and the way to join it again. */
export function Breaks({ code, breaks }: { code: string; breaks: Break[] }) {
  return (
    <Section id="rupturas" title={words.title}>
      {breaks.length === 0 && <BodyLong className="reading">{words.none}</BodyLong>}
      <VStack gap="space-16">
        {breaks.map(({ from, to, changes, state, link }) => (
          <article key={to} className="card reading" aria-labelledby={`ruptura-${to}`}>
            <Heading level="3" size="small" id={`ruptura-${to}`} spacing>
              {words.heading(from, to)}
            </Heading>
            <ul>
              {changes.map((change) => (
                <li key={change}>{change}</li>
              ))}
            </ul>
            <BodyLong weight="semibold">{state}</BodyLong>
            {link && <Link to={`/variables/${code}/correspondencia/${to}`}>{link}</Link>}
          </article>
        ))}
      </VStack>
    </Section>
  )
}
