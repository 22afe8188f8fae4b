import { Tag } from '@navikt/ds-react'
import type { ImportRow } from '../../../db/imports.ts'
import { formatInstant, formatNumber } from '../../text/format.ts'
import { importStateText, sourceText } from '../../text/sources.ts'
import { DataTable } from '../data-table.tsx'
import { Section } from '../section.tsx'

/** Every file the source had, once there is more than the one shown above. */
export function FileHistory({ files }: { files: ImportRow[] }) {
  const { historyColumns } = sourceText
  if (files.length < 2) return null
  return (
    <Section id="archivos" title={sourceText.history}>
      <DataTable
        caption={sourceText.history}
        hideCaption
        rows={files}
        rowKey={(row) => row.id}
        columns={[
          { key: 'file', header: historyColumns.file, rowHeader: true, cell: (row) => row.fileName },
          {
            key: 'state',
            header: historyColumns.state,
            cell: (row) => (
              <Tag size="small" data-color={row.status === 'failed' ? 'danger' : 'neutral'}>
                {importStateText[row.status === 'received' && row.isAsked ? 'asked' : row.status]}
              </Tag>
            ),
          },
          { key: 'by', header: historyColumns.by, cell: (row) => row.requestedBy },
          { key: 'at', header: historyColumns.at, cell: (row) => formatInstant(row.requestedAt) },
          {
            key: 'rows',
            header: historyColumns.rows,
            numeric: true,
            cell: (row) => (row.rows === null ? '' : formatNumber(row.rows)),
          },
        ]}
      />
    </Section>
  )
}
