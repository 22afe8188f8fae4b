import { ErrorSummary } from '@navikt/ds-react'
import { type MouseEvent, useEffect, useRef } from 'react'
import { formErrorsText } from '../text/parts.ts'

export interface ShownError {
  /** `id` of the field the entry leads to. */
  field: string
  message: string
  /** Said before the message in the summary: many fields of a long form have the same label. */
  place?: string
}

/** Summary above a form that was sent back: focused and named in the title, each entry leads to its field. */
export function FormErrors({ errors }: { errors: ShownError[] | undefined }) {
  const summary = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!errors?.length) return
    summary.current?.focus()
    const title = document.title
    document.title = formErrorsText.title(title)
    return () => {
      if (document.title === formErrorsText.title(title)) document.title = title
    }
  }, [errors])
  if (!errors?.length) return null
  return (
    <ErrorSummary ref={summary} headingTag="h2">
      {errors.map((error) => (
        <ErrorSummary.Item key={`${error.field} ${error.message}`} href={`#${error.field}`} onClick={focusField}>
          {error.place ? `${error.place}: ${error.message}` : error.message}
        </ErrorSummary.Item>
      ))}
    </ErrorSummary>
  )
}

/** Without leaving the answer behind: for the router a change of the address's hash is another page. */
function focusField(event: MouseEvent<HTMLAnchorElement>) {
  const field = document.getElementById(event.currentTarget.hash.slice(1))
  if (!field) return
  event.preventDefault()
  field.focus()
}

/** The message beside one field. */
export function errorOf(errors: ShownError[] | undefined, field: string): string | undefined {
  return errors?.find((error) => error.field === field)?.message
}
