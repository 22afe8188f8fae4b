import { actionText as words } from '../../text/improvement.ts'
import { HashShort } from '../hash-short.tsx'

export interface EvidenceFile {
  id: string
  name: string
  sha256: string
  bytes: number
}

/** Files that show what was said of an action, each under its hash. */
export function EvidenceFiles({ files, filesAt }: { files: EvidenceFile[]; filesAt: string }) {
  if (files.length === 0) return null
  return (
    <ul className="files">
      {files.map(({ id, name, sha256, bytes }) => (
        <li key={id}>
          <div>
            <a href={`${filesAt}/${id}`}>{name}</a>
            <p className="quiet">{words.fileSize(bytes)}</p>
            <HashShort hash={sha256} purpose={words.fileHash} />
          </div>
        </li>
      ))}
    </ul>
  )
}
