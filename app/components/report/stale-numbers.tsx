import { Alert, Button, Heading } from '@navikt/ds-react'
import { Form, useSubmit } from '@remix-run/react'
import type { FormEvent, MutableRefObject } from 'react'
import { reportText as text } from '../../text/report.ts'
import type { OpenSection } from './section-editor.tsx'

interface Props {
  page: {
    base: string
    value: string
    whyNot: string | null
    stale: { ref: string; title: string; before: string; now: string | null }[]
  }
  open: MutableRefObject<OpenSection | null>
}

/** Numbers that moved since they were written. With script what was typed a moment ago is saved first, and brought up to date as well. */
export function StaleNumbers({ page: { stale, base, value, whyNot }, open }: Props) {
  const submit = useSubmit()
  if (stale.length === 0) return null
  const refresh = async (event: FormEvent) => {
    const editing = open.current
    if (!editing) return
    event.preventDefault()
    if (!(await editing.flush())) return
    const { base, documento } = editing.now()
    submit({ intent: 'actualizar', base, guardado: documento }, { method: 'post' })
  }
  return (
    <Alert variant="warning">
      <Heading level="2" size="xsmall">
        {text.staleTitle(stale.length)}
      </Heading>
      <ul>
        {stale.map(({ ref, title, before, now }) => (
          <li key={ref}>{text.staleLine(title, before, now)}</li>
        ))}
      </ul>
      {!whyNot && stale.some(({ now }) => now !== null) && (
        <Form method="post" onSubmit={refresh}>
          <input type="hidden" name="base" value={base} />
          <input type="hidden" name="guardado" value={value} />
          <Button type="submit" size="small" name="intent" value="actualizar">
            {text.refresh}
          </Button>
        </Form>
      )}
    </Alert>
  )
}
