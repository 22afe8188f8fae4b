import type { Decision } from '../domain/decisions.ts'

/** What made the state change: a person's decision, or the workflow itself (opening the next step). */
export interface Cause {
  decision: Decision | null
  origin: 'workflow' | 'courier'
  workflowId: string
  /** Instant on the workflow's clock: terms start on its civil date in Bogotá. */
  now: Date
  requestId: string | null
  /** Hash of what the person sent, the typed reason or observations included: the text itself is never in an event. */
  bodyHash: string | null
}
