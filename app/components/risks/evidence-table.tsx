import { period, controlText as words } from '../../text/control-runs.ts'
import { formatBytes, formatDate, formatInstant } from '../../text/format.ts'
import { type Column, DataTable } from '../data-table.tsx'
import { HashShort } from '../hash-short.tsx'

export interface EvidenceLine {
  id: string
  n: number
  name: string
  sha256: string
  bytes: number
  from: string
  to: string
  validUntil: string
  uploadedAt: string
  attestedBy: string
  position: string
  run: string
  controls: string[]
}

/** What was shown of a control: the file, the period it covers beside the day it was brought, and who answers for it. */
export function EvidenceTable({ caption, rows }: { caption: string; rows: EvidenceLine[] }) {
  return <DataTable caption={caption} columns={COLUMNS} rows={rows} rowKey={(row) => `${row.id} ${row.run}`} />
}

const COLUMNS: Column<EvidenceLine>[] = [
  {
    key: 'file',
    header: words.evidenceColumns.file,
    rowHeader: true,
    cell: ({ id, name, n, bytes, sha256 }) => (
      <>
        <a href={`/riesgos/evidencias/${id}`} download>
          {name}
        </a>{' '}
        <span className="quiet block">
          {words.revision(n)} · {formatBytes(bytes)} · <HashShort hash={sha256} />
        </span>
      </>
    ),
  },
  { key: 'covers', header: words.evidenceColumns.covers, cell: ({ from, to }) => period({ start: from, end: to }) },
  { key: 'until', header: words.evidenceColumns.until, cell: ({ validUntil }) => formatDate(validUntil) },
  {
    key: 'attested',
    header: words.evidenceColumns.attested,
    cell: ({ attestedBy, position }) => (
      <>
        {attestedBy} <span className="quiet block">{position}</span>
      </>
    ),
  },
  { key: 'uploaded', header: words.evidenceColumns.uploaded, cell: ({ uploadedAt }) => formatInstant(uploadedAt) },
  { key: 'controls', header: words.evidenceColumns.controls, cell: ({ controls }) => controls.join(', ') },
]
