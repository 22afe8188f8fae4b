import type { AppLoadContext } from '@remix-run/node'
import { STEP_CODES, type StepCode } from '../domain/procedures.ts'
import { notFound } from './answer.server.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export function isId(value: string | undefined): value is string {
  return value !== undefined && UUID.test(value)
}

/** An id in an address; anything that cannot be one is a page that is not there. */
export function requireId(value: string | undefined, context: AppLoadContext): string {
  if (!isId(value)) throw notFound(context.requestId)
  return value
}

export function requireStepCode(value: string | undefined, context: AppLoadContext): StepCode {
  const code = STEP_CODES.find((known) => known === value)
  if (!code) throw notFound(context.requestId)
  return code
}
