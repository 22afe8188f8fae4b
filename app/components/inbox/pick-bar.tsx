import { Button, Checkbox } from '@navikt/ds-react'
import { Form, Link } from '@remix-run/react'
import { useEffect, useState } from 'react'
import type { InboxFilters } from '../../../domain/inbox.ts'
import { asksForVerdict } from '../../../domain/together.ts'
import type { ShownLine } from '../../pages/inbox-line.server.ts'
import { searchOf } from '../../text/inbox-address.ts'
import { togetherText as words } from '../../text/together.ts'

/** The form that the marks of the lines belong to; a line has a form of its own inside. */
export const PICK_FORM = 'decidir-varias'

/** Lines that ask for a verdict on what was submitted. */
export const isPickable = ({ kind, versionId }: Pick<ShownLine, 'kind' | 'versionId'>) =>
  versionId !== null && asksForVerdict(kind)

/** Decides several lines at once: those marked, or all that the filters leave (experience 24). */
export function PickBar({ lines, filters }: { lines: ShownLine[]; filters: InboxFilters }) {
  if (!lines.some(isPickable)) return null
  return (
    <Form id={PICK_FORM} method="get" action="/bandeja/decidir" className="pick-bar no-print" aria-label={words.bar}>
      <PickAll />
      <Button type="submit" variant="secondary" size="small">
        {words.decideChosen}
      </Button>
      <Link to={`/bandeja/decidir?todas=si&${searchOf(filters)}`} className="chip-note">
        {words.decideAll}
      </Link>
    </Form>
  )
}

/** Only where there is script: without it each line is marked by itself. */
function PickAll() {
  const [isReady, setReady] = useState(false)
  useEffect(() => setReady(true), [])
  if (!isReady) return null
  return (
    <Checkbox
      onChange={({ target }) => {
        for (const box of document.querySelectorAll<HTMLInputElement>(`input[form="${PICK_FORM}"]`))
          box.checked = target.checked
      }}
    >
      {words.pickAll}
    </Checkbox>
  )
}

/** The mark of one line: its task, and the version it shows. */
export function Pick({ line, name }: { line: ShownLine; name: string }) {
  if (!isPickable(line)) return null
  return (
    <Checkbox className="inbox__pick" hideLabel name="tarea" value={`${line.id}.${line.versionId}`} form={PICK_FORM}>
      {words.pick(name)}
    </Checkbox>
  )
}
