/** What is told of a judgement of figures that failed: it is made again, or never. */
import { Refused } from '../domain/refusals.ts'

/** Each takes as long as the judgement is given (db/protected-tables.ts): somewhat over a minute. */
const TRIES = 5

/**
 * The code of what is settled: figures that would show a few people, or of which it could not be told in `TRIES` tries. Null
 * where it is tried again.
 */
export function settledCode(failure: unknown, attempt: () => number): 'release_unsafe' | 'release_unproven' | null {
  if (!(failure instanceof Refused)) return null
  const { code } = failure
  if (code === 'release_unsafe') return code
  return code === 'release_unproven' && attempt() >= TRIES ? code : null
}
