import { BodyLong, Heading, VStack } from '@navikt/ds-react'
import type { ReactNode } from 'react'

interface Props {
  /** What this is and that there is none. */
  title: string
  /** Why it is empty and what happens next. */
  children: ReactNode
  /** First action this role may take, if any. */
  action?: ReactNode
}

export function EmptyState({ title, children, action }: Props) {
  return (
    <section className="empty">
      <VStack gap="space-12">
        <Heading level="2" size="small">
          {title}
        </Heading>
        <BodyLong className="reading">{children}</BodyLong>
        {action && <div>{action}</div>}
      </VStack>
    </section>
  )
}
