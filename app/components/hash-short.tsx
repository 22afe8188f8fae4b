import { CopyButton } from '@navikt/ds-react'
import { partsText } from '../text/parts.ts'

interface Props {
  /** SHA-256 in hexadecimal. */
  hash: string
  /** What the hash is of. */
  purpose?: string
  /** With a button that copies all of it. */
  copy?: boolean
}

/** «7f3a…91c2»; all of it in the title and on the clipboard. */
export function HashShort({ hash, purpose = partsText.hashPurpose, copy }: Props) {
  return (
    <span className="hash">
      <code title={`${partsText.hash(purpose)} ${hash}`}>
        {hash.slice(0, 4)}…{hash.slice(-4)}
      </code>
      {copy && <CopyButton copyText={hash} size="small" title={partsText.copyHash} />}
    </span>
  )
}
