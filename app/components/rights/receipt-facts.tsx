import type { RightsReceipt } from '../../../db/rights-pages.ts'
import { kindOf } from '../../../domain/rights.ts'
import { formatInstant } from '../../text/format.ts'
import { rightsReceiptText as words } from '../../text/my-rights.ts'
import { rightsKindText, rightsStateText } from '../../text/rights.ts'
import { type Fact, Facts } from '../facts.tsx'

/** What anyone may know of a request or of a decision on it: that it is, and nothing of anybody. */
export function RightsReceiptFacts({ receipt }: { receipt: RightsReceipt }) {
  const { entity, aim, filedAt, status, act } = receipt
  const decided: Fact[] = act
    ? [
        [words.facts.act, words.acts[act.kind]],
        [words.facts.by, act.position],
        [words.facts.at, formatInstant(act.at)],
        [words.facts.method, act.method],
      ]
    : []
  return (
    <Facts
      facts={[
        [words.facts.entity, entity],
        [words.facts.kind, rightsKindText[kindOf(aim)]],
        [words.facts.filed, formatInstant(filedAt)],
        [words.facts.state, rightsStateText[status]],
        ...decided,
      ]}
    />
  )
}
