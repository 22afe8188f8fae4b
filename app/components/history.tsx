import { Alert, BodyShort } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import type { TimelineFilters } from '../../domain/event-kinds.ts'
import type { TimelineSubject } from '../../domain/timeline.ts'
import { momentsText } from '../text/moments.ts'
import {
  HISTORY_CURSOR,
  HISTORY_SECTION,
  SUBJECT_NAMES,
  type TimelineChoices,
  timelineText as words,
} from '../text/timeline.ts'
import { HistoryLinks } from './history-links.tsx'
import { ListFiles } from './list-files.tsx'
import { Pagination } from './pagination.tsx'
import { Timeline, type TimelineLine } from './timeline.tsx'
import { TimelineFilterForm } from './timeline-filters.tsx'

interface Props {
  history: {
    subject: TimelineSubject
    filters: TimelineFilters
    choices: TimelineChoices
    lines: TimelineLine[]
    next: string | null
    hasSteps: boolean
    /** Whether this person reads what Temporal keeps of it too. */
    mayReadWorkflows: boolean
    /** The first of two moments to compare. */
    chosen: { words: string; forget: string } | null
  }
  /** Absent where what happens is about no step. */
  steps?: readonly string[]
}

/** All that happened to what a page is of: by day, kind and person, page by page, and as a file (A11, experience 30). */
export function History({ history, steps }: Props) {
  const { subject, filters, choices, lines, next, chosen, hasSteps, mayReadWorkflows } = history
  return (
    <>
      <TimelineFilterForm
        filters={filters}
        kinds={choices.kinds}
        actors={choices}
        section={HISTORY_SECTION}
        cursor={HISTORY_CURSOR}
        {...(steps && { steps })}
      />
      {chosen && (
        <Alert variant="info" size="small">
          {momentsText.chosen(chosen.words)} <Link to={chosen.forget}>{momentsText.forget}</Link>
        </Alert>
      )}
      {lines.length === 0 && (
        <BodyShort>{Object.keys(filters).length > 0 ? words.nothing : words.nothingYet}</BodyShort>
      )}
      <Timeline lines={lines} />
      <Pagination next={next} name={HISTORY_CURSOR} section={HISTORY_SECTION} />
      <HistoryLinks subject={subject} hasSteps={hasSteps} mayReadWorkflows={mayReadWorkflows} />
      <ListFiles list="timeline" of={{ [SUBJECT_NAMES[subject.kind]]: subject.id }} />
    </>
  )
}
