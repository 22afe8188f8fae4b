import { Link } from '@remix-run/react'
import type { WaitingRun } from '../../../db/control-waiting.ts'
import type { First } from '../../pages/first-of.ts'
import { period, waitingRunsText as words } from '../../text/control-runs.ts'
import { formatDay } from '../../text/format.ts'
import { riseText } from '../../text/standing-moves.ts'
import { TermChip } from '../state-chip.tsx'
import { WaitingCard } from './waiting-card.tsx'

/** Runs of controls that wait for whoever executes or checks them, the first due first. */
export function WaitingRuns({ rows, more }: First<WaitingRun & { isOverdue: boolean }>) {
  return (
    <WaitingCard
      id="controles"
      title={words.title}
      more={more}
      lines={rows.map(({ control, risk, action, riskWords, task, dueOn, start, end, isOverdue }) => (
        <li key={`${control} ${start}`}>
          <span>
            {task === 'check' ? words.check(control, risk) : words.execute(control, risk, formatDay(dueOn))}{' '}
            {isOverdue && <TermChip state="overdue" />}
          </span>
          <span className="clamped typed">{action}</span>
          <span className="quiet clamped">{words.risk(riskWords)}</span>
          {task === 'execute' && <span className="quiet">{words.bring(period({ start, end }))}</span>}
          <Link
            to={`/riesgos/${risk}/controles/${control}/ejecuciones/${start}`}
            aria-label={words.openOf(control, period({ start, end }))}
          >
            {words.open}
          </Link>
        </li>
      ))}
    />
  )
}

interface ShownAlert {
  id: string
  risk: string
  line: string
}

/** Risks whose demonstrated residual rose, for whoever answers for them. */
export function WaitingAlerts({ rows, more }: First<ShownAlert>) {
  return (
    <WaitingCard
      id="residuales"
      title={riseText.title}
      more={more}
      lines={rows.map(({ id, risk, line }) => (
        <li key={id}>
          <span>{line}</span>
          <Link to={`/riesgos/${risk}/respuesta`} aria-label={riseText.openOf(risk)}>
            {riseText.open}
          </Link>
        </li>
      ))}
    />
  )
}
