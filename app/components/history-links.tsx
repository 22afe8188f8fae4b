import { Link } from '@remix-run/react'
import { TERM_SUBJECTS } from '../../domain/ran-terms.ts'
import { NOTICE_SUBJECTS } from '../../domain/sent-notices.ts'
import type { TimelineSubject } from '../../domain/timeline.ts'
import { cycleMapText } from '../text/cycle-map.ts'
import { momentsText } from '../text/moments.ts'
import { ranTermsText } from '../text/ran-terms.ts'
import { sentNoticesText } from '../text/sent-notices.ts'
import { SUBJECT_NAMES, timelineText } from '../text/timeline.ts'
import { workflowHistoryText } from '../text/workflow-history.ts'

interface Props {
  subject: TimelineSubject
  /** Of an exercise that has begun: there is a way to draw, and there are moments to compare. */
  hasSteps: boolean
  mayReadWorkflows: boolean
}

/** What else there is to read of a subject beside its timeline. */
export function HistoryLinks({ subject, hasSteps, mayReadWorkflows }: Props) {
  const query = `?${SUBJECT_NAMES[subject.kind]}=${subject.id}`
  const links = [
    ...(hasSteps
      ? [
          { to: `/ejercicios/${subject.id}/recorrido`, label: cycleMapText.link },
          { to: `/ejercicios/${subject.id}/momentos`, label: momentsText.link },
        ]
      : []),
    ...(TERM_SUBJECTS.some((kind) => kind === subject.kind)
      ? [{ to: `/historia/plazos${query}`, label: ranTermsText.link }]
      : []),
    ...(NOTICE_SUBJECTS.some((kind) => kind === subject.kind)
      ? [{ to: `/historia/avisos${query}`, label: sentNoticesText.link }]
      : []),
    ...(mayReadWorkflows ? [{ to: `/auditoria/historia-tecnica${query}`, label: workflowHistoryText.link }] : []),
  ]
  if (links.length === 0) return null
  return (
    <nav className="no-print" aria-label={timelineText.beside}>
      <ul className="links">
        {links.map(({ to, label }) => (
          <li key={to}>
            <Link to={to}>{label}</Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
