/** Forwarding of sealed events to a collector outside (features K4): what a person types, and what an answer means. */
import { z } from 'zod'
import { httpFields, type OutsideFailureCode } from './connections.ts'

/** Where a new collector begins: with the first event of the log, or with what is sealed from now on. */
export const BEGINNINGS = ['everything', 'from_now'] as const

export const newCollectorInput = z.object({
  ...httpFields,
  url: httpFields.url.min(1, 'missing'),
  beginning: z.enum(BEGINNINGS, 'not_a_choice'),
})
export const collectorInput = z.object(httpFields)
export type CollectorInput = z.output<typeof collectorInput>

export const aboutCollector = z.object({ id: z.uuid('not_found') })
/** `from`: sequence of the first event to be sent again. */
export const rewoundCollector = aboutCollector.extend({
  from: z
    .string('missing')
    .trim()
    .min(1, 'missing')
    .regex(/^[1-9]\d{0,14}$/, 'not_a_sequence')
    .transform(Number),
})

/** Why a batch was not taken, or why there is none: an event that was sealed is gone, and none is skipped. */
export interface ForwardingFailure {
  code: OutsideFailureCode | 'seal_broken'
  status: number | null
}

export type CollectorState = 'sending' | 'trying' | 'stopped' | 'paused'

/** How a collector stands: what a person decided comes before what happened to it. */
export function collectorState(collector: {
  pausedAt: Date | null
  stoppedAt: Date | null
  failing: ForwardingFailure | null
}): CollectorState {
  if (collector.pausedAt) return 'paused'
  if (collector.stoppedAt) return 'stopped'
  return collector.failing ? 'trying' : 'sending'
}

/** What the collector may take later, by itself: too many requests, or not yet. */
const PASSING_STATUSES = [408, 425, 429]
/** Nothing a collector does by itself changes these: somebody has to. */
const FINAL_CODES: readonly ForwardingFailure['code'][] = [
  'address_barred',
  'redirect_barred',
  'http_denied',
  'http_missing',
  'secret_unreadable',
  'seal_broken',
]
/** So many at once were too much for it. */
const TOO_LARGE = 413

/** Whether sending again would only be refused again: then it stops and a person is told. */
export function isFinal({ code, status }: ForwardingFailure): boolean {
  if (FINAL_CODES.includes(code)) return true
  return status !== null && status >= 400 && status < 500 && !PASSING_STATUSES.includes(status)
}

/** How many events to send it next where so many were too many; null where sending fewer is no answer to what it said. */
export function fewerAfter({ status }: ForwardingFailure, events: number): number | null {
  return status === TOO_LARGE && events > 1 ? Math.ceil(events / 2) : null
}

/** What a status other than success means. */
export function failureOfStatus(status: number): ForwardingFailure {
  if (status >= 300 && status < 400) return { code: 'redirect_barred', status }
  if (status === 401 || status === 403) return { code: 'http_denied', status }
  return { code: status === 404 || status === 410 ? 'http_missing' : 'http_status', status }
}

const LONGEST_MS = 5 * 60_000

/** How long to wait after so many failures in a row: twice as long each time, five minutes at most. */
export function waitAfter(failures: number): number {
  return Math.min(LONGEST_MS, 1_000 * 2 ** Math.min(Math.max(failures - 1, 0), 20))
}
