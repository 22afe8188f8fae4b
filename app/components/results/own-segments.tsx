import { BodyLong, Heading, VStack } from '@navikt/ds-react'
import { CHANNELS } from '../../../catalog/forms/choices.ts'
import type { OwnSegment, Summary } from '../../../domain/summaries.ts'
import { caveatSentence } from '../../text/coverage.ts'
import { formatNumber } from '../../text/format.ts'
import { summaryText as words } from '../../text/results.ts'
import { type Fact, Facts } from '../facts.tsx'
import { Section } from '../section.tsx'
import { SuppressedCell } from '../suppressed-cell.tsx'

/** The segments that concern the dependencia, each with why it does. */
export function OwnSegments({ content }: { content: Pick<Summary, 'segments' | 'minimumBase'> }) {
  const { segments, minimumBase } = content
  return (
    <Section id="segmentos" title={words.segments}>
      {segments.length === 0 ? (
        <BodyLong className="reading">{words.noSegments}</BodyLong>
      ) : (
        <VStack gap="space-16">
          {segments.map((segment) => (
            <Segment key={segment.id} segment={segment} minimumBase={minimumBase} />
          ))}
        </VStack>
      )}
    </Section>
  )
}

function Segment({ segment, minimumBase }: { segment: OwnSegment; minimumBase: number }) {
  const { id, name, rule, because, size, whole, needs, channels, caveat } = segment
  const shown =
    size === null || whole === null ? (
      <SuppressedCell value={null} />
    ) : (
      words.sizeOf(formatNumber(size), formatNumber(whole))
    )
  const facts: Fact[] = [
    [words.rule, rule],
    [words.size, shown],
    [words.needs, needs],
    [words.channels, channels.map(channelName).join(', ')],
  ]
  return (
    <article className="card reading" aria-labelledby={`segmento-${id}`}>
      <Heading level="3" size="small" spacing id={`segmento-${id}`}>
        {name}
      </Heading>
      {caveat && <BodyLong spacing>{caveatSentence({ ...caveat, segmentId: id, name }, minimumBase)}</BodyLong>}
      <Facts facts={facts.filter(([, value]) => value !== '')} />
      <p className="quiet">{words.because[because]}</p>
    </article>
  )
}

function channelName(code: string): string {
  return CHANNELS.find((one) => one.code === code)?.label ?? code
}
