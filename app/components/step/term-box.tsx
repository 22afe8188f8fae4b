import { BodyShort, Heading } from '@navikt/ds-react'
import type { CountedDay } from '../../../domain/calendar.ts'
import type { TermChip as TermCode } from '../../../domain/terms.ts'
import { termBoxText } from '../../text/steps.ts'
import { TermChip } from '../state-chip.tsx'
import { TermArithmetic } from '../term-arithmetic.tsx'

export interface ShownTerm {
  startDate: string
  workingDays: number
  dueDate: string
  calendarVersion: string
  days: CountedDay[]
  /** Null once it no longer runs. */
  chip: TermCode | null
  daysLeft: number | null
}

/** The deadline with its arithmetic, day by day. */
export function TermBox({ term }: { term: ShownTerm | null }) {
  return (
    <section className="card" aria-labelledby="plazo">
      <Heading level="2" size="xsmall" id="plazo" spacing>
        {termBoxText.title}
      </Heading>
      {term ? <Running term={term} /> : <BodyShort className="quiet">{termBoxText.none}</BodyShort>}
    </section>
  )
}

/** The term's chip beside the state's, and the way to its arithmetic. */
export function TermMark({ term }: { term: ShownTerm | null }) {
  if (!term?.chip) return null
  return (
    <>
      <TermChip state={term.chip} />
      <a className="chip-note" href="#plazo">
        {termBoxText.how}
      </a>
    </>
  )
}

function Running({ term }: { term: ShownTerm }) {
  return (
    <>
      {term.chip === null || term.daysLeft === null ? (
        <BodyShort>{termBoxText.ended(term.dueDate)}</BodyShort>
      ) : (
        <>
          <TermChip state={term.chip} />
          <BodyShort>
            {termBoxText.due(term.dueDate)}; {termBoxText.left(term.daysLeft)}
          </BodyShort>
        </>
      )}
      <TermArithmetic days={term.days} calendarVersion={term.calendarVersion}>
        {termBoxText.explanation(term.startDate, term.workingDays)}
      </TermArithmetic>
    </>
  )
}
