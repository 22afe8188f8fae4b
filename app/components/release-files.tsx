import { releaseText as words } from '../text/publications.ts'
import { type Column, DataTable } from './data-table.tsx'
import { HashShort } from './hash-short.tsx'

export interface FileLine {
  name: string
  kind: string
  bytes: number
  sha256: string
}

/** The exact files of a release: name, what it holds, size and hash, which is copied whole. */
export function ReleaseFiles({ files, address }: { files: FileLine[]; address?: (name: string) => string }) {
  const columns: Column<FileLine>[] = [
    {
      key: 'name',
      header: words.file,
      rowHeader: true,
      cell: (file) =>
        address ? (
          <a className="row-link breakable" href={address(file.name)} download>
            {file.name}
          </a>
        ) : (
          <span className="breakable">{file.name}</span>
        ),
    },
    { key: 'kind', header: words.kind, cell: (file) => words.kinds[file.kind] },
    { key: 'size', header: words.size, numeric: true, cell: (file) => words.bytes(file.bytes) },
    { key: 'hash', header: words.hash, cell: (file) => <HashShort hash={file.sha256} purpose={file.name} copy /> },
  ]
  return (
    <DataTable caption={words.filesCaption} hideCaption columns={columns} rows={files} rowKey={(file) => file.name} />
  )
}
