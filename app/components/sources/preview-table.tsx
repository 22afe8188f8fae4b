import { sourceText } from '../../text/sources.ts'
import { DataTable } from '../data-table.tsx'

interface Props {
  header: string[]
  /** Null: a personal datum, masked before it left the server. */
  rows: (string | null)[][]
  /** Line of the file, or row of the sheet, of each record. */
  lines: number[]
}

interface Line {
  line: number
  cells: (string | null)[]
}

export function PreviewTable({ header, rows, lines }: Props) {
  const numbered = rows.map((cells, i) => ({ line: lines[i] ?? i, cells }))
  return (
    <div className="preview">
      <DataTable<Line>
        caption={`${sourceText.preview(rows.length)}. ${sourceText.previewMasked}`}
        rows={numbered}
        rowKey={(row) => String(row.line)}
        columns={[
          { key: '\u0000', header: sourceText.line, rowHeader: true, cell: (row) => String(row.line) },
          ...header.map((name, i) => ({ key: name, header: name, cell: (row: Line) => shown(row.cells[i]) })),
        ]}
      />
    </div>
  )
}

function shown(cell: string | null | undefined) {
  return cell === null || cell === undefined ? <span className="quiet">{sourceText.masked}</span> : cell
}
