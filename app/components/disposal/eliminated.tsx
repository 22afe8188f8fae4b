import { Alert } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import type { shownEliminated } from '../../pages/disposals.server.ts'
import { disposalText as words } from '../../text/disposal.ts'

/** That the content of a cycle is not there any more, and by which act. */
export function Eliminated({ gone }: { gone: Awaited<ReturnType<typeof shownEliminated>> }) {
  if (!gone) return null
  return (
    <Alert variant="info">
      {words.cycleNotice(gone.minutes, gone.on)} {gone.to && <Link to={gone.to}>{words.cycleLink}</Link>}
    </Alert>
  )
}
