import { BodyLong, Heading, VStack } from '@navikt/ds-react'
import type { FigureView } from '../../pages/figure-view.server.ts'
import { figureText } from '../../text/figures.ts'
import { FigureBlock } from '../figure-block.tsx'

/** The figures a step is about, each with its chart, table twin and snapshot, as the public will see them. */
export function StepFigures({ figures }: { figures: FigureView[] }) {
  if (figures.length === 0) return null
  return (
    <section aria-labelledby="graficas">
      <VStack gap="space-24">
        <div>
          <Heading level="2" size="medium" id="graficas">
            {figureText.ofStep}
          </Heading>
          <BodyLong className="quiet reading">{figureText.ofStepWhy}</BodyLong>
        </div>
        {figures.map((figure) => (
          <FigureBlock key={figure.id} figure={figure} level="3" foldTable />
        ))}
      </VStack>
    </section>
  )
}
