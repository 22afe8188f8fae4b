import { Link } from '@remix-run/react'
import type { RecordLine } from '../../../db/capture-pages.ts'
import { modeText, recordsText as words } from '../../text/capture.ts'
import { formatInstant } from '../../text/format.ts'
import { type Column, DataTable } from '../data-table.tsx'

/** Records without anything of the citizens. */
export function RecordTable({ caption, rows }: { caption: string; rows: RecordLine[] }) {
  return <DataTable caption={caption} columns={COLUMNS} rows={rows} rowKey={({ id }) => id} />
}

const COLUMNS: Column<RecordLine>[] = [
  {
    key: 'code',
    header: words.columns.code,
    rowHeader: true,
    cell: ({ id, code, isCorrected }) => (
      <>
        <Link className="row-link nowrap" to={`/captura/registros/${id}`} aria-label={words.open(code)}>
          {code}
        </Link>
        {isCorrected && <span className="quiet block">{words.corrected}</span>}
      </>
    ),
  },
  { key: 'point', header: words.columns.point, cell: ({ pointName }) => pointName },
  { key: 'when', header: words.columns.when, cell: ({ capturedAt }) => formatInstant(capturedAt) },
  { key: 'who', header: words.columns.who, cell: ({ capturedBy }) => capturedBy },
  { key: 'mode', header: words.columns.mode, cell: ({ mode }) => modeText[mode] },
]
