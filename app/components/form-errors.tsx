import { ErrorSummary } from '@navikt/ds-react'
import { useEffect, useRef } from 'react'

export interface ShownError {
  /** `id` of the field the entry leads to. */
  field: string
  message: string
}

/** Summary above a form that was sent back: focused, each entry leads to its field. */
export function FormErrors({ errors }: { errors: ShownError[] | undefined }) {
  const summary = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (errors?.length) summary.current?.focus()
  }, [errors])
  if (!errors?.length) return null
  return (
    <ErrorSummary ref={summary} headingTag="h2">
      {errors.map((error) => (
        <ErrorSummary.Item key={`${error.field} ${error.message}`} href={`#${error.field}`}>
          {error.message}
        </ErrorSummary.Item>
      ))}
    </ErrorSummary>
  )
}

/** The message beside one field. */
export function errorOf(errors: ShownError[] | undefined, field: string): string | undefined {
  return errors?.find((error) => error.field === field)?.message
}
