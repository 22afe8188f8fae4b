import type { TableWarning } from '../../../../domain/table-warnings.ts'
import { tableWarningsText } from '../../../text/table-warnings.ts'
import { DataTable } from '../../data-table.tsx'
import { Section } from '../../section.tsx'

/** Figures of a published table that do not agree, with the text as it is written. */
export function TableWarnings({ warnings }: { warnings: TableWarning[] }) {
  if (warnings.length === 0) return null
  const numbered = warnings.map((warning, n) => ({ ...warning, n }))
  return (
    <Section id="advertencias" title={tableWarningsText.title}>
      <p className="reading">{tableWarningsText.why}</p>
      <DataTable
        caption={tableWarningsText.title}
        hideCaption
        rows={numbered}
        rowKey={({ n }) => String(n)}
        columns={[
          { key: 'line', header: tableWarningsText.line, numeric: true, rowHeader: true, cell: ({ line }) => line },
          {
            key: 'column',
            header: tableWarningsText.column,
            cell: (warning) => ('column' in warning ? warning.column : tableWarningsText.whole),
          },
          { key: 'literal', header: tableWarningsText.literal, cell: ({ literal }) => literal },
          { key: 'warning', header: tableWarningsText.warning, cell: tableWarningsText.sentence },
        ]}
      />
    </Section>
  )
}
