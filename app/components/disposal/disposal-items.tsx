import { contentKindTitle, disposalText as words } from '../../text/disposal.ts'
import { formatBytes } from '../../text/format.ts'
import { type Column, DataTable } from '../data-table.tsx'
import { HashShort } from '../hash-short.tsx'

export interface ShownItem {
  n: number
  kind: string
  place: string
  sha256: string
  bytes: number
  isFileKept: boolean
  removedAt: string | Date | null
}

/** The inventory of a disposal: each content by its hash, never by what anybody called it. */
export function DisposalItems({ items }: { items: ShownItem[] }) {
  return (
    <DataTable
      caption={words.inventoryCaption}
      hideCaption
      columns={COLUMNS}
      rows={items}
      rowKey={({ n }) => String(n)}
    />
  )
}

const COLUMNS: Column<ShownItem>[] = [
  { key: 'n', header: words.item.n, cell: ({ n }) => n },
  {
    key: 'what',
    header: words.item.what,
    rowHeader: true,
    cell: ({ kind, place }) => `${contentKindTitle(kind)}${words.place(place)}`,
  },
  { key: 'hash', header: words.item.hash, cell: ({ sha256 }) => <HashShort hash={sha256} copy /> },
  { key: 'bytes', header: words.item.bytes, cell: ({ bytes }) => (bytes === 0 ? '' : formatBytes(bytes)) },
  { key: 'file', header: words.item.file, cell: ({ isFileKept, removedAt }) => becomes(isFileKept, removedAt) },
]

function becomes(isFileKept: boolean, removedAt: string | Date | null): string {
  if (removedAt) return isFileKept ? words.keptGone(removedAt) : words.gone(removedAt)
  return isFileKept ? words.kept : words.goes
}
