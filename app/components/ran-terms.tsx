import { Heading } from '@navikt/ds-react'
import type { CountedDay } from '../../domain/calendar.ts'
import type { TermResult } from '../../domain/ran-terms.ts'
import { ranTermsText as words } from '../text/ran-terms.ts'
import { type Fact, Facts } from './facts.tsx'
import { TermResultChip } from './state-chip.tsx'
import { TermArithmetic } from './term-arithmetic.tsx'

interface ToldTerm {
  id: string
  what: string
  code: TermResult['code']
  result: string
  start: string
  count: string
  /** Null where every day counts. */
  out: string | null
  due: string
  days: CountedDay[]
  calendarVersion: string
  isRecounted: boolean
}

/** Each term with how it was counted and what became of it, the newest first. */
export function RanTerms({ terms }: { terms: ToldTerm[] }) {
  return (
    <ol className="ran-terms">
      {terms.map((term) => (
        <li key={term.id} className="card">
          <Heading level="2" size="xsmall" spacing>
            {term.what}
          </Heading>
          <TermResultChip code={term.code} />
          <Facts facts={factsOf(term)} layout="described" />
          {term.days.length > 0 && (
            <TermArithmetic days={term.days} calendarVersion={term.calendarVersion}>
              {term.isRecounted && words.recounted}
            </TermArithmetic>
          )}
        </li>
      ))}
    </ol>
  )
}

function factsOf({ start, count, out, due, result }: ToldTerm): Fact[] {
  return [
    [words.facts.start, start],
    [words.facts.count, count],
    ...(out === null ? [] : [[words.facts.out, out] satisfies Fact]),
    [words.facts.due, due],
    [words.facts.result, result],
  ]
}
