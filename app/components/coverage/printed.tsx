import { BodyLong, Heading, VStack } from '@navikt/ds-react'
import type { CoveragePage } from '../../pages/coverage.server.ts'
import { coverageText } from '../../text/coverage.ts'

export function Sentences({ id, title, sentences }: { id: string; title: string; sentences: string[] }) {
  return (
    <section aria-labelledby={id}>
      <Heading level="2" size="small" id={id} spacing>
        {title}
      </Heading>
      <ul className="reading">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  )
}

/** What the report will say by itself, word for word. */
export function Printed({ paragraph, caveats }: Pick<CoveragePage, 'paragraph' | 'caveats'>) {
  return (
    <section className="card" aria-labelledby="parrafo">
      <VStack gap="space-16">
        <Heading level="2" size="small" id="parrafo">
          {coverageText.paragraph}
        </Heading>
        <BodyLong className="reading">{paragraph}</BodyLong>
        <BodyLong className="quiet reading">{coverageText.paragraphWhy}</BodyLong>
        {caveats.length > 0 ? (
          <Sentences id="advertencias" title={coverageText.caveats} sentences={caveats} />
        ) : (
          <BodyLong className="quiet">{coverageText.noCaveats}</BodyLong>
        )}
      </VStack>
    </section>
  )
}
