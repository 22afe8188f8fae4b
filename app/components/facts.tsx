import type { ReactNode } from 'react'

export type Fact = [label: string, value: ReactNode]

/** Names beside their values, one pair a line. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <dl className="pairs">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
