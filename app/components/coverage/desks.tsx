import { BodyLong } from '@navikt/ds-react'
import type { CoveragePage } from '../../pages/coverage.server.ts'
import { formName } from '../../text/capture.ts'
import { coverageText } from '../../text/coverage.ts'
import { formatNumber, formatShare } from '../../text/format.ts'
import { DataTable } from '../data-table.tsx'
import { Section } from '../section.tsx'

const { columns, desks } = coverageText

/** What the points of attention captured themselves, of those who were asked there: counts of the desk, month by month (E10). */
export function Desks({ lines }: { lines: CoveragePage['desks'] }) {
  return (
    <Section id="puntos" title={desks.title}>
      <BodyLong className="reading" spacing>
        {desks.intro}
      </BodyLong>
      <DataTable
        caption={desks.title}
        hideCaption
        rows={lines}
        rowKey={(row) => `${row.pointName} ${row.form} ${row.month}`}
        columns={[
          { key: 'point', header: columns.point, rowHeader: true, cell: (row) => row.pointName },
          { key: 'form', header: desks.form, cell: (row) => formName[row.form] },
          { key: 'month', header: columns.period, cell: (row) => row.month },
          {
            ...{ key: 'attended', header: desks.attended, numeric: true },
            cell: (row) => formatNumber(row.captured + row.declined),
          },
          { key: 'captured', header: desks.captured, numeric: true, cell: (row) => formatNumber(row.captured) },
          { key: 'declined', header: desks.declined, numeric: true, cell: (row) => formatNumber(row.declined) },
          {
            ...{ key: 'share', header: columns.share, numeric: true },
            cell: (row) => formatShare(row.captured / (row.captured + row.declined)),
          },
        ]}
      />
    </Section>
  )
}
