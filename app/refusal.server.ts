import type { Refused } from '../domain/refusals.ts'
import { refusalSentence } from './text/refusals.ts'

export interface ShownRefusal {
  code: string
  status: number
  sentence: string
}

/** A "no" a page shows beside the form that was sent, with everything typed still in it; anything else is thrown on. */
export function shownRefusal(failure: unknown): ShownRefusal {
  const isRefusal = failure instanceof Error && failure.name === 'Refused'
  const { code, status, facts } = failure as Refused
  if (!isRefusal || status === 404) throw failure
  return { code, status, sentence: refusalSentence(code, facts) }
}
