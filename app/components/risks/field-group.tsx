import type { ReactNode } from 'react'

/** Fields of one thing, under its name. */
export function FieldGroup({ legend, children }: { legend: string; children: ReactNode }) {
  return (
    <fieldset className="plain-group">
      <legend className="plain-group__legend">{legend}</legend>
      <div className="plain-group__fields">{children}</div>
    </fieldset>
  )
}
