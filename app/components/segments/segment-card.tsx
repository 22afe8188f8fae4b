import { BodyShort, Heading, HStack, VStack } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import type { ShownSegment } from '../../pages/segment-views.server.ts'
import { segmentsText } from '../../text/segments.ts'
import { Facts } from '../facts.tsx'

interface Props {
  segment: ShownSegment
  mayChange: boolean
}

/** A segment with its rule in words, its size, and what is known of it. */
export function SegmentCard({ segment, mayChange }: Props) {
  const { id, name, words, size, unpublished, problem, needs, channels, stability, edit } = segment
  return (
    <section className="card" aria-labelledby={`segmento-${id}`}>
      <VStack gap="space-16">
        <HStack justify="space-between" gap="space-16" wrap>
          <Heading level="2" size="small" id={`segmento-${id}`}>
            {name}
          </Heading>
          {mayChange && edit && (
            <Link to={`${edit}#definir`} aria-label={`${segmentsText.change}: ${name}`}>
              {segmentsText.change}
            </Link>
          )}
        </HStack>
        <BodyShort className="reading">
          {words}: <strong>{size ? segmentsText.size(size.value ?? 0, size.total.value ?? 0) : problem}</strong>
          {unpublished && ` ${unpublished}`}
        </BodyShort>
        <Facts
          facts={[
            [segmentsText.needs, needs || segmentsText.noNeeds],
            [
              channels?.isSeen ? segmentsText.channelsSeen : segmentsText.channels,
              channels?.words ?? segmentsText.noChannels,
            ],
            ...(stability ? [[segmentsText.stability, stability] as [string, string]] : []),
            [segmentsText.uses, <Uses key="uses" uses={segment.uses} />],
          ]}
        />
        <Versions versions={segment.versions} />
      </VStack>
    </section>
  )
}

function Uses({ uses }: Pick<ShownSegment, 'uses'>) {
  if (uses.length === 0) return <>{segmentsText.noUses}</>
  return (
    <ul className="plain-list">
      {uses.map((use) => (
        <li key={use}>{use}</li>
      ))}
    </ul>
  )
}

function Versions({ versions }: Pick<ShownSegment, 'versions'>) {
  if (versions.length === 0) return null
  return (
    <details>
      <summary>{`${segmentsText.history} (${versions.length})`}</summary>
      <ol className="reading" reversed>
        {[...versions].reverse().map((version) => (
          <li key={version.n} value={version.n}>
            {version.words}.{' '}
            <span className="quiet">{segmentsText.versionOf(version.at, version.by, version.stepVersion)}</span>
          </li>
        ))}
      </ol>
    </details>
  )
}
