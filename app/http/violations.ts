import express, { type RequestHandler, Router } from 'express'
import type { Logger } from 'pino'

/** Where browsers say that a page tried what its policy forbids. */
export const VIOLATIONS_PATH = '/informes/csp'

/** Written down without the address of the page or a sample of the script: both may name people (promises §4.9). */
export function violations(log: Logger, limit: RequestHandler): Router {
  const read = express.json({ type: ['application/csp-report', 'application/json'], limit: '10kb' })
  const router = Router()
  router.post(VIOLATIONS_PATH, limit, read, (request, response) => {
    const report = request.body?.['csp-report'] ?? {}
    const facts = { directive: wordOf(report['effective-directive']), blocked: originOf(report['blocked-uri']) }
    log.warn({ requestId: request.id, ...facts }, 'content security policy was violated')
    response.sendStatus(204)
  })
  return router
}

function wordOf(value: unknown): string {
  return typeof value === 'string' && /^[a-z-]{1,40}$/.test(value) ? value : 'unknown'
}

/** `inline`, `eval` or the like; of an address its origin only. */
function originOf(value: unknown): string {
  if (typeof value !== 'string' || !URL.canParse(value)) return wordOf(value)
  return new URL(value).origin
}
