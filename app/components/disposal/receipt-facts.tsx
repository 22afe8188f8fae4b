import type { DisposalReceipt } from '../../../db/disposal-receipts.ts'
import { disposalReceiptText as words } from '../../text/disposal.ts'
import { formatInstant } from '../../text/format.ts'
import { Facts } from '../facts.tsx'

type Shown = Omit<DisposalReceipt, 'at'> & { at: Date | string }

/** What anyone may know of a verdict on a disposal: that it is, and the hash of what was signed. */
export function DisposalReceiptFacts({ receipt }: { receipt: Shown }) {
  const { entity, kind, position, at, method, contentHash } = receipt
  return (
    <Facts
      facts={[
        [words.facts.entity, entity],
        [words.facts.act, words.acts[kind]],
        [words.facts.by, position ?? words.unknownPosition],
        [words.facts.at, formatInstant(at)],
        [words.facts.method, method],
        [
          words.facts.hash,
          <code key="hash" className="breakable">
            {contentHash}
          </code>,
        ],
      ]}
    />
  )
}
