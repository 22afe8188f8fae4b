import type { ReactNode } from 'react'

interface Props {
  title: string
  /** One sentence under the title. */
  intro?: string
  children: ReactNode
}

/** A part of a long form, under its title. */
export function FormPart({ title, intro, children }: Props) {
  return (
    <fieldset className="form-part">
      <legend className="form-part__title">{title}</legend>
      {intro && <p className="form-part__intro">{intro}</p>}
      {children}
    </fieldset>
  )
}
