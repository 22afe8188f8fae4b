/** How a "no" leaves a workflow: its type is the reason code. */
import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow'
import type { RefusalCode } from '../domain/refusals.ts'

export function refusal(code: RefusalCode): ApplicationFailure {
  return ApplicationFailure.nonRetryable(code, code)
}

/** In handlers only an ApplicationFailure answers the caller; anything else would fail the workflow task. */
export function asRefusal(failure: unknown): unknown {
  if (failure instanceof ActivityFailure && failure.cause instanceof ApplicationFailure) {
    return ApplicationFailure.nonRetryable(failure.cause.message, failure.cause.type)
  }
  return failure
}
