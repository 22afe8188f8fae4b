import { Heading } from '@navikt/ds-react'
import type { ReactNode } from 'react'

/** A titled part of a page; its address is `#id`. */
export function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id}>
      <Heading level="2" size="medium" spacing id={id}>
        {title}
      </Heading>
      {children}
    </section>
  )
}
