import { Alert, BodyLong, Heading, VStack } from '@navikt/ds-react'
import type { ReactNode } from 'react'
import { partsText } from '../../text/parts.ts'
import { variablesText } from '../../text/variables.ts'

const words = variablesText.evolution

interface Props {
  title: string
  /** Null where there is nothing to draw, since every number is hidden. */
  chart: { svg: string; alt: string } | null
  hiddenWhy: string | null
  caption: ReactNode
  /** Its tables, run by run. */
  children: ReactNode
}

/** A series as a drawing, in words and in tables, with where it comes from. */
export function DrawnSeries({ title, chart, hiddenWhy, caption, children }: Props) {
  return (
    <figure className="figure" aria-label={title}>
      {chart && (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
          <section className="scroll-region" aria-label={partsText.scrollHint(title)} tabIndex={0}>
            {/* biome-ignore lint/security/noDangerouslySetInnerHtml: drawn by our own server, labels escaped */}
            <div className="figure__chart" dangerouslySetInnerHTML={{ __html: chart.svg }} />
          </section>
          <details>
            <summary>{words.asText}</summary>
            <p className="reading">{chart.alt}</p>
          </details>
        </>
      )}
      <VStack gap="space-16">{children}</VStack>
      {hiddenWhy && <p className="quiet reading">{hiddenWhy}</p>}
      {caption}
    </figure>
  )
}

interface Framed {
  run: {
    /** Why it does not go on from the run before; null for the first. */
    stop: { title: string; why: string } | null
    /** Printed where a table of correspondence joined it. */
    notes: string[]
  }
  children: ReactNode
}

/** The table of a run, after the reason it stands apart and before the notes it was joined with. */
export function RunFrame({ run: { stop, notes }, children }: Framed) {
  return (
    <>
      {stop && (
        <Alert variant="warning" className="reading">
          <Heading level="3" size="xsmall" spacing>
            {stop.title}
          </Heading>
          {stop.why}
        </Alert>
      )}
      {children}
      {notes.map((note) => (
        <BodyLong key={note} className="reading">
          {note}
        </BodyLong>
      ))}
    </>
  )
}
