/** What was told to people of a procedure under way, as it is told afterwards. */
import type { SubjectKind } from './timeline.ts'

/** Of what there are notices. */
export const NOTICE_SUBJECTS = ['cycle', 'grant', 'campaign', 'run'] as const satisfies readonly SubjectKind[]
export type NoticeSubject = (typeof NOTICE_SUBJECTS)[number]

/** What became of it. `kept`: there is no mail server. `nobody`: no one was there to write to. */
export const NOTICE_OUTCOMES = ['planned', 'attempted', 'sent', 'kept', 'failed', 'nobody'] as const
export type NoticeOutcome = (typeof NOTICE_OUTCOMES)[number]
