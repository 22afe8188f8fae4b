import { Button, VStack } from '@navikt/ds-react'
import type { RejectReason } from '../../../domain/sources.ts'
import { formatNumber } from '../../text/format.ts'
import { rejectReasonNames, sourceText } from '../../text/sources.ts'
import { DataTable } from '../data-table.tsx'
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
  return (
    <VStack gap="space-24">
      <dl className="fact-grid">
        <Fact term={sourceText.resultRows}>{formatNumber(rows)}</Fact>
        <Fact term={sourceText.resultRejects}>{formatNumber(rejects)}</Fact>
        <Fact term={sourceText.resultColumns}>{formatNumber(columns)}</Fact>
        <Fact term={sourceText.snapshot}>
          <HashShort hash={snapshotHash} purpose={sourceText.snapshot} copy />
        </Fact>
        <Fact term={sourceText.fileHash}>
          <HashShort hash={fileHash} purpose={sourceText.fileHash} />
        </Fact>
      </dl>
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
        <div>
          <Button as="a" href={rejectsTo} variant="secondary" download>
            {sourceText.download}
          </Button>
        </div>
      )}
    </VStack>
  )
}

export function Fact({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}
