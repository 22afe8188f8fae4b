import { BodyLong, Heading } from '@navikt/ds-react'
import type { ReactNode } from 'react'

interface Props {
  title: string
  /** One sentence of state: what is going on, who acts next, until when. */
  state?: ReactNode
  /** The one primary action. */
  action?: ReactNode
  /** Chips beside the title. */
  chips?: ReactNode
}

export function PageHeader({ title, state, action, chips }: Props) {
  return (
    <div className="page-header">
      <div className="page-header__words">
        <Heading level="1" size="large">
          {title}
        </Heading>
        {chips && <div className="page-header__chips">{chips}</div>}
        {state && <BodyLong className="reading">{state}</BodyLong>}
      </div>
      {action && <div className="page-header__action">{action}</div>}
    </div>
  )
}
