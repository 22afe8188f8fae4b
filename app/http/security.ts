import { randomBytes } from 'node:crypto'
import type { ErrorRequestHandler, RequestHandler } from 'express'
import helmet from 'helmet'
import type { Logger } from 'pino'
import { serverText } from '../text/server.ts'
import { VIOLATIONS_PATH } from './violations.ts'

const YEAR_SECONDS = 365 * 24 * 3600
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])
const KNOWN_METHODS = new Set([...SAFE_METHODS, 'POST', 'PUT', 'PATCH', 'DELETE'])

/** A new nonce for every response. */
export const giveNonce: RequestHandler = (_request, response, next) => {
  response.locals.nonce = randomBytes(18).toString('base64')
  next()
}

/** Security headers (promises G24). Scripts run only with the response's nonce; nothing is loaded from elsewhere. */
export function securityHeaders(publicUrl: string): RequestHandler {
  const nonce = (_request: unknown, response: unknown) =>
    `'nonce-${(response as { locals: { nonce: string } }).locals.nonce}'`
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", nonce],
        scriptSrcAttr: ["'none'"],
        styleSrc: ["'self'", nonce],
        // The component library sets its spacing through style attributes; no style element or sheet is let in by this.
        styleSrcAttr: ["'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        reportUri: [VIOLATIONS_PATH],
        ...(publicUrl.startsWith('https://') ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    // `no-referrer` would make browsers send `Origin: null` with plain forms, which every check then has to refuse.
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: { maxAge: YEAR_SECONDS, includeSubDomains: true },
    frameguard: { action: 'deny' },
  })
}

/**
 * Refuses unsafe requests that do not come from our own pages, on every path (promises §4.9). The public address is
 * the configured one, never what the request says about itself.
 */
export function sameOriginOnly(publicUrl: string): RequestHandler {
  const origin = new URL(publicUrl).origin
  return (request, response, next) => {
    if (!KNOWN_METHODS.has(request.method)) return void response.sendStatus(405)
    if (SAFE_METHODS.has(request.method)) return next()
    const site = request.get('Sec-Fetch-Site')
    const ours = site === undefined ? request.get('Origin') === origin : site === 'same-origin'
    if (ours) return next()
    response.status(403).type('text/plain').send(serverText.crossSite)
  }
}

/** One file of one published version: its bytes never change, and its route says how long it may be kept. */
const RELEASED_FILE = /^\/datos-abiertos\/[^/]+\/\d+\/(?!diccionario$)[^/]+$/

/** Pages are never kept by a shared computer's browser once somebody has signed in. */
export const keepOutOfCaches: RequestHandler = (request, response, next) => {
  if (RELEASED_FILE.test(request.path)) return next()
  const signedIn = request.headers.cookie?.includes('caracteriza=') ?? false
  response.setHeader('Cache-Control', signedIn || !SAFE_METHODS.has(request.method) ? 'no-store' : 'no-cache')
  next()
}

/** What no page answered: a broken address, a missing file, a fault outside the pages. Never a stack. */
export function lastResort(log: Logger): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (response.headersSent) return next(error)
    const status = error.status >= 400 && error.status < 500 ? error.status : 500
    if (status === 500) log.error({ err: error, requestId: request.id }, 'request failed')
    response
      .status(status)
      .type('text/plain')
      .send(serverText.lastResort(status, String(request.id)))
  }
}
