import { Alert, Heading, VStack } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import type { ColumnChange } from '../../../domain/drift.ts'
import { driftText } from '../../text/drift.ts'
import { DataTable } from '../data-table.tsx'

interface Props {
  changes: ColumnChange[]
  /** The source of an earlier exercise it is compared with; null where a file of its own is in use. */
  against: { name: string; vigencia: number } | null
}

/** What changed in the columns of a new file, and what is proposed; the form below it is the proposal. */
export function ColumnsChanged({ changes, against }: Props) {
  if (changes.length === 0) return null
  return (
    <VStack gap="space-16" className="columns-changed">
      <Alert variant="warning">
        <Heading level="3" size="small" spacing>
          {driftText.title}
        </Heading>
        <p>{against ? driftText.whyEarlier(against.name, against.vigencia) : driftText.why}</p>
      </Alert>
      <DataTable
        caption={driftText.title}
        hideCaption
        rows={changes}
        rowKey={(change) => `${change.kind} ${change.column}`}
        columns={[
          { key: 'column', header: driftText.column, rowHeader: true, cell: (change) => change.column },
          { key: 'change', header: driftText.change, cell: driftText.changeOf },
          { key: 'proposal', header: driftText.proposal, cell: driftText.proposalOf },
        ]}
      />
    </VStack>
  )
}

interface Waiting {
  sourceId: string
  sourceName: string
  fileName: string
  hasSnapshot: boolean
}

/** Where figures of a source are used: they are of the earlier snapshot, or there are none, while a new file waits for its columns. */
export function EarlierSnapshot({ cycleId, waiting }: { cycleId: string; waiting: Waiting[] }) {
  if (waiting.length === 0) return null
  return (
    <Alert variant="warning">
      {waiting.map(({ sourceId, sourceName, fileName, hasSnapshot }) => (
        <p key={sourceId}>
          {(hasSnapshot ? driftText.earlier : driftText.noSnapshot)(sourceName, fileName)}{' '}
          <Link to={`/ejercicios/${cycleId}/fuentes/${sourceId}`}>{driftText.seeSource}</Link>
        </p>
      ))}
    </Alert>
  )
}
