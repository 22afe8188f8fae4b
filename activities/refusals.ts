/** How a "no" that only the record transaction knew leaves an activity: a failure whose type is the reason code. */
import { ApplicationFailure } from '@temporalio/common'
import { isRefusalCode, Refused } from '../domain/refusals.ts'

export function refusalOf(code: string | null): Refused {
  return new Refused(code !== null && isRefusalCode(code) ? code : 'already_decided')
}

/** SQL's own guards of the two duties speak the same reason codes. */
const GUARDS: Record<string, 'own_work' | 'reviewer_approves'> = { CZ001: 'own_work', CZ002: 'reviewer_approves' }

export async function refusalsAsFailures<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (failure) {
    const guard = GUARDS[(failure as { code?: string }).code ?? '']
    const code = failure instanceof Refused ? failure.code : guard
    if (!code) throw failure
    throw ApplicationFailure.nonRetryable(code, code)
  }
}
