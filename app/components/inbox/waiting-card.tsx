import { Heading } from '@navikt/ds-react'
import type { ReactNode } from 'react'

interface Props {
  id: string
  title: string
  /** One line each, keyed. */
  lines: ReactNode[]
  /** Below the lines, where they are not all. */
  more?: ReactNode
}

/** What waits for this person and is no task of an exercise; no card where there is nothing. */
export function WaitingCard({ id, title, lines, more }: Props) {
  if (lines.length === 0) return null
  return (
    <section className="card" aria-labelledby={id}>
      <Heading level="2" size="small" id={id} spacing>
        {title}
      </Heading>
      <ul className="mention-lines">{lines}</ul>
      {more}
    </section>
  )
}
