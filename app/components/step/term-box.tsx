import { BodyShort, Heading } from '@navikt/ds-react'
import type { CountedDay } from '../../../domain/calendar.ts'
import type { TermChip as TermCode } from '../../../domain/terms.ts'
import { formatDay } from '../../text/format.ts'
import { termBoxText } from '../../text/steps.ts'
import { TermChip } from '../state-chip.tsx'

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
      <details className="arithmetic">
        <summary>{termBoxText.how}</summary>
        <BodyShort size="small">{termBoxText.explanation(term.startDate, term.workingDays)}</BodyShort>
        <table>
          <caption className="aksel-sr-only">{termBoxText.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{termBoxText.day}</th>
              <th scope="col">{termBoxText.counts}</th>
            </tr>
          </thead>
          <tbody>
            {term.days.map((day) => (
              <tr key={day.date} className={day.counts ? undefined : 'arithmetic__off'}>
                <th scope="row">{formatDay(day.date)}</th>
                <td>{day.counts ? termBoxText.counted(day.n ?? 0) : termBoxText.notCounted(day.reason ?? '')}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <BodyShort size="small" className="quiet">
          {termBoxText.calendar(term.calendarVersion)}
        </BodyShort>
      </details>
    </>
  )
}
