import { Link } from '@remix-run/react'
import { TERM_SUBJECTS } from '../../domain/ran-terms.ts'
import { NOTICE_SUBJECTS } from '../../domain/sent-notices.ts'
import type { TimelineSubject } from '../../domain/timeline.ts'
import { cycleMapText } from '../text/cycle-map.ts'
import { ranTermsText } from '../text/ran-terms.ts'
import { sentNoticesText } from '../text/sent-notices.ts'
import { SUBJECT_NAMES, timelineText } from '../text/timeline.ts'
import { workflowHistoryText } from '../text/workflow-history.ts'

/** What else there is to read of a subject beside its timeline. */
export function HistoryLinks({ subject, mayReadWorkflows }: { subject: TimelineSubject; mayReadWorkflows: boolean }) {
  const query = `?${SUBJECT_NAMES[subject.kind]}=${subject.id}`
  const links = [
    ...(subject.kind === 'cycle' ? [{ to: `/ejercicios/${subject.id}/recorrido`, label: cycleMapText.link }] : []),
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
