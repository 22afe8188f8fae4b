import { Heading } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import type { ShownAction } from '../../pages/improvement.server.ts'
import { dueActionsText as words } from '../../text/improvement.ts'
import { ActionChip, TermChip } from '../state-chip.tsx'

/** Improvement actions that wait for this person: to be reported on, or their effect checked. */
export function DueActions({ rows, more }: { rows: ShownAction[]; more: boolean }) {
  if (rows.length === 0) return null
  return (
    <section className="card" aria-labelledby="acciones">
      <Heading level="2" size="small" id="acciones" spacing>
        {words.title}
      </Heading>
      <ul className="mention-lines">
        {rows.map(({ code, what, day, status, chip }) => (
          <li key={code}>
            <span className="clamped">{what}</span>
            <span className="quiet">
              {code}
              {day && `, ${words.until(day)}`}
            </span>
            {chip && chip !== 'on_time' && <TermChip state={chip} />}
            <ActionChip status={status} />
            <Link
              className="row-link"
              to={`/mejora/${code}`}
              aria-label={`${status === 'done' ? words.check : words.report}: ${code}`}
            >
              {status === 'done' ? words.check : words.report}
            </Link>
          </li>
        ))}
      </ul>
      {more && (
        <Link className="row-link" to="/mejora?de=mias">
          {words.more}
        </Link>
      )}
    </section>
  )
}
