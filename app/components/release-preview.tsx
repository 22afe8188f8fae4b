import { BodyLong, Heading, VStack } from '@navikt/ds-react'
import { releaseText, disclosureText as words } from '../text/publications.ts'
import { DataTable } from './data-table.tsx'
import { type Fact, Facts } from './facts.tsx'

interface Props {
  metadata: {
    title: string
    description: string
    periodFrom: string
    periodTo: string
    licence: { label: string }
    agency: string
    email: string
  }
  tables: {
    id: string
    title: string
    twin: { caption: string; header: string[]; rows: string[][]; note: string | null } | null
  }[]
}

/** Words and tables as the public page will show them: figures of the public level only. */
export function ReleasePreview({ metadata, tables }: Props) {
  return (
    <section aria-labelledby="publico">
      <VStack gap="space-24">
        <Heading level="2" size="medium" id="publico">
          {words.previewTitle}
        </Heading>
        {metadata.title && <Description metadata={metadata} />}
        <BodyLong>{tables.length === 0 ? words.previewNone : words.previewIntro}</BodyLong>
        {tables.map(({ id, title, twin }) =>
          twin ? (
            <div key={id}>
              <Twin twin={twin} />
              {twin.note && <p className="quiet">{twin.note}</p>}
            </div>
          ) : (
            <div key={id}>
              <Heading level="3" size="xsmall">
                {title}
              </Heading>
              <BodyLong>{words.missingFigure}</BodyLong>
            </div>
          ),
        )}
      </VStack>
    </section>
  )
}

function Description({ metadata }: { metadata: Props['metadata'] }) {
  const facts: Fact[] = [
    [words.description, metadata.description],
    [
      releaseText.period,
      metadata.periodFrom && metadata.periodTo ? releaseText.periodOf(metadata.periodFrom, metadata.periodTo) : '',
    ],
    [releaseText.licence, metadata.licence.label],
    [releaseText.contact, [metadata.agency, metadata.email].filter(Boolean).join(', ')],
  ]
  return (
    <div className="card">
      <Heading level="3" size="small" spacing>
        {metadata.title}
      </Heading>
      <Facts facts={facts.filter(([, value]) => value !== '')} />
    </div>
  )
}

function Twin({ twin }: { twin: { caption: string; header: string[]; rows: string[][] } }) {
  return (
    <DataTable
      caption={twin.caption}
      columns={twin.header.map((header, i) => ({
        key: `${i} ${header}`,
        header,
        rowHeader: i === 0,
        numeric: i > 0,
        cell: (row: string[]) => row[i] ?? '',
      }))}
      rows={twin.rows}
      rowKey={(row) => row.join('|')}
    />
  )
}
