import type { RiskReceipt } from '../../../db/risk-treatment-pages.ts'
import { formatInstant } from '../../text/format.ts'
import { riskReceiptText as words } from '../../text/risk-treatment.ts'
import { Facts } from '../facts.tsx'

/** What anyone may know of a decision on a risk: that it is, and nothing of the risk. */
export function RiskReceiptFacts({ receipt }: { receipt: RiskReceipt }) {
  const { entity, kind, position, at, method } = receipt
  return (
    <Facts
      facts={[
        [words.facts.entity, entity],
        [words.facts.act, words.acts[kind]],
        [words.facts.by, position],
        [words.facts.at, formatInstant(at)],
        [words.facts.method, method],
      ]}
    />
  )
}
