import type { ReactNode } from 'react'

export type Fact = [label: string, value: ReactNode]

interface Props {
  facts: Fact[]
  /** Class of the list, where the page does not set one pair a line. */
  layout?: 'pairs' | 'facts' | 'fact-grid' | 'described'
}

/** Names beside their values. */
export function Facts({ facts, layout = 'pairs' }: Props) {
  return (
    <dl className={layout}>
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
