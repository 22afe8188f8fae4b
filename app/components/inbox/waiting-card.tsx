import { Heading } from '@navikt/ds-react'
import type { ReactNode } from 'react'
import { inboxText } from '../../text/inbox.ts'

interface Props {
  id: string
  title: string
  /** One line each, keyed. */
  lines: ReactNode[]
  /** Whether there are others than these lines. */
  more?: boolean
  /** Where all of them are; otherwise they come up as these are attended to. */
  all?: ReactNode
}

/** What waits for this person and is no task of an exercise; no card where there is nothing. */
export function WaitingCard({ id, title, lines, more = false, all }: Props) {
  if (lines.length === 0) return null
  return (
    <section className="card" aria-labelledby={id}>
      <Heading level="2" size="small" id={id} spacing>
        {title}
      </Heading>
      <ul className="mention-lines">{lines}</ul>
      {more && (all ?? <p className="quiet">{inboxText.moreWaits}</p>)}
    </section>
  )
}
