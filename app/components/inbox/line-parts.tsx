import { Button } from '@navikt/ds-react'
import { Form, useLocation, useNavigation } from '@remix-run/react'
import type { ShownLine } from '../../pages/inbox-line.server.ts'
import { formatDay, formatDaysLeft } from '../../text/format.ts'
import { inboxText } from '../../text/inbox.ts'
import { TermChip } from '../state-chip.tsx'

/** Until when, with its chip. */
export function Due({ line: { chip, dueDate, daysLeft } }: { line: ShownLine }) {
  return (
    <>
      {chip && <TermChip state={chip} />}
      <span>
        {dueDate && daysLeft !== null ? `${formatDay(dueDate)} · ${formatDaysLeft(daysLeft)}` : inboxText.noTerm}
      </span>
    </>
  )
}

/** Where the work of a line is done. */
export function placeOf({ kind, cycleId, stepCode }: ShownLine): string {
  const step = `/ejercicios/${cycleId}/pasos/${stepCode}`
  if (kind === 'elaborate') return step
  if (kind === 'confirm_columns') return `/ejercicios/${cycleId}/fuentes`
  return kind === 'decide_reopening' ? `${step}/reabrir` : `${step}/revision`
}

/** Takes a line or lets it go; says whose it is. */
export function Claim({ line, personId }: { line: ShownLine; personId: string }) {
  const { search } = useLocation()
  const busy = useNavigation().formData?.get('tarea') === line.id
  const isMine = line.claimedById === personId
  if (line.claimedById && !isMine)
    return <span className="inbox__claim quiet">{inboxText.claimedBy(line.claimedBy ?? '')}</span>
  const name = inboxText.line(line.kind, line.stepCode, line.cycleName)
  const words = isMine ? inboxText.release : inboxText.claim
  return (
    <Form method="post" action={`/bandeja${search}`} className="inbox__claim" preventScrollReset>
      <input type="hidden" name="tarea" value={line.id} />
      <Button
        type="submit"
        name="intent"
        value={isMine ? 'liberar' : 'asignar'}
        variant="tertiary"
        size="small"
        loading={busy}
        aria-label={`${words}: ${name}`}
      >
        {words}
      </Button>
    </Form>
  )
}
