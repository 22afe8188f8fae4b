import { formatInstant } from '../../text/format.ts'
import { receiptText as words } from '../../text/results.ts'
import { Facts } from '../facts.tsx'

interface Props {
  receipt: {
    kind: 'reading' | 'answer'
    receiptCode: string
    agency: string
    cycle: string
    vigencia: number
    position: string
    at: Date | string
    contentHash: string
  }
}

/** What a dependencia confirmed or answered, for whoever holds the receipt. */
export function ReceiptFacts({ receipt }: Props) {
  const { kind, receiptCode, agency, cycle, vigencia, position, at, contentHash } = receipt
  return (
    <Facts
      layout="facts"
      facts={[
        [words.code, <code key="code">{receiptCode}</code>],
        [words.what, words.confirmed[kind]],
        [words.agency, agency],
        [words.ofCycle, words.cycle(cycle, vigencia)],
        [words.position, position],
        [words.when, formatInstant(at)],
        [
          words.content[kind],
          <code key="hash" className="breakable">
            {contentHash}
          </code>,
        ],
      ]}
    />
  )
}
