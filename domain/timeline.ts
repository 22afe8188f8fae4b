/** Of what a timeline tells: every event of one procedure under way, of one risk, of one collector outside, or of one release. */
import type { EventType } from './events.ts'

export const TIMELINE_SUBJECTS = ['cycle', 'grant', 'campaign', 'run', 'risk', 'collector', 'release'] as const
export type SubjectKind = (typeof TIMELINE_SUBJECTS)[number]

export interface TimelineSubject {
  kind: SubjectKind
  id: string
}

/** What moves a step or its content: between two of these something may have changed. */
export const MOMENT_EVENTS = [
  ...(['cycle.started', 'cycle.closed', 'cycle.cancelled', 'step.opened', 'step.submitted', 'step.reviewed'] as const),
  ...(['step.signed', 'step.approved', 'step.returned', 'step.withdrawn', 'step.lapsed', 'step.restored'] as const),
  ...(['reopening.granted'] as const),
]

/** Events that are a person's act itself, each with its receipt; what an act set off has none of its own. */
export const ACT_EVENTS: readonly EventType[] = [
  ...(['cycle.started', 'cycle.cancelled', 'step.submitted', 'step.reviewed', 'step.signed'] as const),
  ...(['step.returned', 'step.withdrawn'] as const),
  ...(['reopening.asked', 'reopening.granted', 'reopening.declined'] as const),
]
