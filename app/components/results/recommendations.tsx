import { BodyLong, VStack } from '@navikt/ds-react'
import type { OwnRecommendation } from '../../../domain/summaries.ts'
import { reportWords } from '../../text/documents.ts'
import { formatDay } from '../../text/format.ts'
import { summaryText as words } from '../../text/results.ts'
import { type Fact, Facts } from '../facts.tsx'
import { Section } from '../section.tsx'

/** What the signed report recommends to the dependencia. */
export function Recommendations({ recommendations }: { recommendations: OwnRecommendation[] }) {
  return (
    <Section id="recomendaciones" title={words.recommendations}>
      {recommendations.length === 0 ? (
        <BodyLong className="reading">{words.noRecommendations}</BodyLong>
      ) : (
        <VStack gap="space-16">
          {recommendations.map((one) => (
            <article key={one.id} className="card reading">
              <BodyLong spacing className="typed">
                {one.text}
              </BodyLong>
              <Facts facts={factsOf(one)} />
            </article>
          ))}
        </VStack>
      )}
    </Section>
  )
}

function factsOf({ actionLine, segment, owner, indicator, due, priority }: OwnRecommendation): Fact[] {
  const names = words.recommendation
  const facts: Fact[] = [
    [names.line, actionLine],
    [names.segment, segment],
    [names.owner, owner],
    [names.indicator, indicator],
    [names.due, due && formatDay(due)],
    [names.priority, reportWords.priorities[priority] ?? ''],
  ]
  return facts.filter(([, value]) => value !== '')
}
