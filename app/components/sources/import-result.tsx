import { Button, HStack, VStack } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import type { RejectReason } from '../../../domain/sources.ts'
import { formatNumber } from '../../text/format.ts'
import { rejectedText, rejectReasonNames, sourceText } from '../../text/sources.ts'
import { DataTable } from '../data-table.tsx'
import { type Fact, Facts } from '../facts.tsx'
import { HashShort } from '../hash-short.tsx'

interface Props {
  rows: number
  rejects: number
  byReason: Partial<Record<RejectReason, number>>
  columns: number
  snapshotHash: string
  fileHash: string
  /** Absent where the reader may not download the rejected records. */
  rejectsTo?: string
}

/** What an import left: the snapshot with its hash, and what was rejected and why. */
export function ImportResult({ rows, rejects, byReason, columns, snapshotHash, fileHash, rejectsTo }: Props) {
  const reasons = Object.entries(byReason).map(([reason, count]) => ({ reason: reason as RejectReason, count }))
  const facts: Fact[] = [
    [sourceText.resultRows, formatNumber(rows)],
    [sourceText.resultRejects, formatNumber(rejects)],
    [sourceText.resultColumns, formatNumber(columns)],
    [sourceText.snapshot, <HashShort key="snapshot" hash={snapshotHash} purpose={sourceText.snapshot} copy />],
    [sourceText.fileHash, <HashShort key="file" hash={fileHash} purpose={sourceText.fileHash} />],
  ]
  return (
    <VStack gap="space-24">
      <Facts facts={facts} layout="fact-grid" />
      {reasons.length > 0 && (
        <div className="reading">
          <DataTable
            caption={sourceText.rejectsCaption}
            rows={reasons.sort((a, b) => b.count - a.count)}
            rowKey={(row) => row.reason}
            columns={[
              {
                key: 'reason',
                header: sourceText.reason,
                rowHeader: true,
                cell: (row) => rejectReasonNames[row.reason],
              },
              {
                key: 'count',
                header: sourceText.resultRejects,
                numeric: true,
                cell: (row) => formatNumber(row.count),
              },
            ]}
          />
          <p className="quiet">{sourceText.rejectsNote}</p>
        </div>
      )}
      {rejectsTo && rejects > 0 && (
        <HStack gap="space-16" align="center" wrap>
          <Button as={Link} to={`${rejectsTo}/filas`} variant="secondary">
            {rejectedText.see}
          </Button>
          <Button as="a" href={`${rejectsTo}?formato=xlsx`} variant="secondary" download>
            {sourceText.download}
          </Button>
          <Button as="a" href={rejectsTo} variant="tertiary" download>
            {sourceText.downloadCsv}
          </Button>
        </HStack>
      )}
    </VStack>
  )
}
