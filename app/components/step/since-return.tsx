import { BodyLong, Heading, VStack } from '@navikt/ds-react'
import type { Change } from '../../../domain/forms.ts'
import { decisionText } from '../../text/decisions.ts'
import { ChangesTable } from './changes-table.tsx'

interface Props {
  returned: { observations: { section: string; body: string }[]; changes: Change[] }
  groups: { code: string; title: string }[]
}

/** What was observed when the step was last returned, and what its authors changed since. */
export function SinceReturn({ returned, groups }: Props) {
  const titleOf = (section: string) => groups.find((group) => group.code === section)?.title ?? section
  return (
    <section className="card" aria-labelledby="cambios">
      <VStack gap="space-16">
        <Heading level="2" size="small" id="cambios">
          {decisionText.changesTitle(returned.changes.length)}
        </Heading>
        <div>
          <BodyLong weight="semibold">{decisionText.lastObservations}</BodyLong>
          <ul className="observations">
            {returned.observations.map((one) => (
              <li key={`${one.section} ${one.body}`}>
                <strong>{titleOf(one.section)}</strong>
                <p className="typed">{one.body}</p>
              </li>
            ))}
          </ul>
        </div>
        {returned.changes.length === 0 ? (
          <BodyLong>{decisionText.changesSame}</BodyLong>
        ) : (
          <ChangesTable caption={decisionText.changesCaption} changes={returned.changes} />
        )}
      </VStack>
    </section>
  )
}
