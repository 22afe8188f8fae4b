import { BodyShort } from '@navikt/ds-react'
import type { ReactNode } from 'react'
import type { CountedDay } from '../../domain/calendar.ts'
import { formatDay } from '../text/format.ts'
import { termBoxText as words } from '../text/steps.ts'

interface Props {
  days: readonly CountedDay[]
  calendarVersion: string
  /** The rule in a sentence. */
  children?: ReactNode
}

/** How a term is counted, day by day. */
export function TermArithmetic({ days, calendarVersion, children }: Props) {
  return (
    <details className="arithmetic">
      <summary>{words.how}</summary>
      {children && <BodyShort size="small">{children}</BodyShort>}
      <table>
        <caption className="aksel-sr-only">{words.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.day}</th>
            <th scope="col">{words.counts}</th>
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <tr key={day.date} className={day.counts ? undefined : 'arithmetic__off'}>
              <th scope="row">{formatDay(day.date)}</th>
              <td>{day.counts ? words.counted(day.n ?? 0) : words.notCounted(day.reason ?? '')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <BodyShort size="small" className="quiet">
        {words.calendar(calendarVersion)}
      </BodyShort>
    </details>
  )
}
