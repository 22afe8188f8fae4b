import { BodyLong } from '@navikt/ds-react'
import type { Overlap } from '../../pages/segment-views.server.ts'
import { segmentsText } from '../../text/segments.ts'
import { DataTable } from '../data-table.tsx'
import { Section } from '../section.tsx'
import { SuppressedCell } from '../suppressed-cell.tsx'

/** Records that each two segments share, with the names of both as headers. */
export function OverlapTable({ overlap: { names, cells, isCut } }: { overlap: Overlap }) {
  const rows = names.map((name, r) => ({ id: String(r), name, shared: cells[r] ?? [] }))
  return (
    <Section id="comun" title={segmentsText.overlap}>
      <BodyLong className="reading quiet">
        {segmentsText.overlapWhy} {isCut && segmentsText.overlapLimit(names.length)}
      </BodyLong>
      <DataTable
        caption={segmentsText.overlapCaption}
        hideCaption
        rows={rows}
        rowKey={(row) => row.id}
        columns={[
          { key: 'name', header: segmentsText.segment, rowHeader: true, cell: (row) => row.name },
          ...names.map((name, c) => ({
            ...{ key: String(c), header: name, numeric: true },
            cell: (row: (typeof rows)[number]) => <SuppressedCell value={row.shared[c] ?? null} />,
          })),
        ]}
      />
    </Section>
  )
}
