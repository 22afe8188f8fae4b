import { BodyLong, VStack } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import type { OwnFigure, OwnLine, OwnNumber } from '../../../domain/own-figures.ts'
import type { Summary } from '../../../domain/summaries.ts'
import { formatShare } from '../../text/format.ts'
import { summaryText as words } from '../../text/results.ts'
import { type Column, DataTable } from '../data-table.tsx'
import { Section } from '../section.tsx'
import { SuppressedCell } from '../suppressed-cell.tsx'

/** The dependencia's part of what the signed report prints, beside the whole entity. */
export function OwnFigures({ content: { figures, inData } }: { content: Pick<Summary, 'figures' | 'inData'> }) {
  const isHidden = figures.some(({ lines, total }) => [...lines, total].some(({ own }) => own === null))
  return (
    <Section id="cifras" title={words.figures}>
      <VStack gap="space-24">
        <BodyLong className="reading">
          {inData === null ? words.notInData : words.inData(inData)} {inData && figures.length === 0 && words.noFigures}
        </BodyLong>
        {figures.map((figure) => (
          <Figure key={figure.code} figure={figure} />
        ))}
        {isHidden && <p className="quiet">{words.hidden}</p>}
      </VStack>
    </Section>
  )
}

function Figure({ figure }: { figure: OwnFigure }) {
  const { code, title, heading, lines, total } = figure
  const hasWhole = [...lines, total].some(({ whole }) => whole !== null)
  return (
    <div>
      <DataTable
        caption={title}
        columns={columnsOf(heading || words.line, hasWhole)}
        rows={[...lines, { label: words.total, ...total }]}
        rowKey={(row) => row.label}
      />
      <Link className="row-link" to={`/cifras/${code}`} aria-label={words.whereFromLabel(title)}>
        {words.whereFrom}
      </Link>
    </div>
  )
}

function columnsOf(heading: string, hasWhole: boolean): Column<OwnLine>[] {
  const own: Column<OwnLine>[] = [
    { key: 'label', header: heading, rowHeader: true, cell: ({ label }) => label },
    { key: 'own', header: words.own, numeric: true, cell: (row) => <SuppressedCell value={row.own} /> },
  ]
  if (!hasWhole) return own
  return [
    ...own,
    { key: 'whole', header: words.whole, numeric: true, cell: (row) => <SuppressedCell value={row.whole} /> },
    { key: 'share', header: words.share, numeric: true, cell: shareOf },
  ]
}

function shareOf({ own, whole }: OwnNumber): string {
  return own === null || !whole ? '' : formatShare(own / whole)
}
