import { sourceText } from '../../text/sources.ts'
import { DataTable } from '../data-table.tsx'

interface Props {
  header: string[]
  /** Null: a personal datum, masked before it left the server. */
  rows: (string | null)[][]
}

interface Line {
  line: number
  cells: (string | null)[]
}

export function PreviewTable({ header, rows }: Props) {
  const numbered = rows.map((cells, i) => ({ line: i + 2, cells }))
  return (
    <div className="preview">
      <DataTable<Line>
        caption={`${sourceText.preview(rows.length)}. ${sourceText.previewMasked}`}
        rows={numbered}
        rowKey={(row) => String(row.line)}
        columns={header.map((name, i) => ({
          key: name,
          header: name,
          cell: (row) => {
            const cell = row.cells[i]
            return cell === null || cell === undefined ? <span className="quiet">{sourceText.masked}</span> : cell
          },
        }))}
      />
    </div>
  )
}
