import type { Change } from '../../../domain/forms.ts'
import { decisionText } from '../../text/decisions.ts'
import { DataTable } from '../data-table.tsx'

interface Props {
  caption: string
  changes: Change[]
  words?: { field: string; before: string; after: string }
  /** Two versions side by side, neither of which replaced the other. */
  plain?: boolean
}

/** What differs, field by field: taken out and put in are marked in the text and by element, not by colour alone. */
export function ChangesTable({ caption, changes, words = decisionText, plain }: Props) {
  return (
    <DataTable
      caption={caption}
      rows={changes}
      rowKey={(change) => `${change.path} ${change.before} ${change.after}`}
      columns={[
        { key: 'field', header: words.field, rowHeader: true, cell: (change) => `${change.group}: ${change.label}` },
        {
          key: 'before',
          header: words.before,
          cell: (change) => <Value text={change.before} mark={plain ? null : 'del'} />,
        },
        {
          key: 'after',
          header: words.after,
          cell: (change) => <Value text={change.after} mark={plain ? null : 'ins'} />,
        },
      ]}
    />
  )
}

function Value({ text, mark: Mark }: { text: string; mark: 'ins' | 'del' | null }) {
  if (text === '') return <span className="quiet">{decisionText.empty}</span>
  return <span className="typed">{Mark ? <Mark>{text}</Mark> : text}</span>
}
