import type { GrantVerdict } from '../../../domain/grants.ts'
import { accessReceiptText as words } from '../../text/access.ts'
import { formatInstant } from '../../text/format.ts'
import { Facts } from '../facts.tsx'

interface Props {
  receipt: {
    kind: GrantVerdict | 'ask'
    receiptCode: string
    agency: string
    access: string
    vigencia: number
    position: string
    isForAnother: boolean
    at: Date | string
    method: string
    contentHash: string
  }
}

/** What was said of a delegated access, for whoever holds the receipt. */
export function AccessReceiptFacts({ receipt }: Props) {
  const { kind, receiptCode, agency, access, vigencia, position, isForAnother, at, method, contentHash } = receipt
  return (
    <Facts
      layout="facts"
      facts={[
        [words.code, <code key="code">{receiptCode}</code>],
        [words.what, words.said[kind]],
        [words.access, words.accessOf(access, vigencia)],
        [words.agency, agency],
        [words.position, isForAnother ? words.forAnother(position) : position],
        [words.when, formatInstant(at)],
        [words.method, method],
        [
          words.content,
          <code key="hash" className="breakable">
            {contentHash}
          </code>,
        ],
      ]}
    />
  )
}
