/** Of what a timeline tells: every event of one procedure under way, or of one risk. */

export const TIMELINE_SUBJECTS = ['cycle', 'grant', 'campaign', 'run', 'risk'] as const
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
