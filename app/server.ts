import { existsSync } from 'node:fs'
import type { Server } from 'node:http'
import { fileURLToPath } from 'node:url'
import { createRequestHandler } from '@remix-run/express'
import type { AppLoadContext, ServerBuild } from '@remix-run/node'
import compression from 'compression'
import express, { type Express, type Request, type Response } from 'express'
import { moveClock } from '../db/clock.ts'
import { armFault } from '../db/fault-points.ts'
import { type Config, parseConfig } from '../domain/config.ts'
import { answeringErrors } from './answer.server.ts'
import { closeContext, openContext, type SharedContext } from './context.server.ts'
import { health } from './http/health.ts'
import { addressesOnly, formsOnly } from './http/intake.ts'
import { limitEntering, limitPublic, limitReports } from './http/limits.ts'
import { createLog, requestLog } from './http/log.ts'
import { metrics } from './http/metrics.ts'
import { answersPages } from './http/pages.ts'
import { answersProbes } from './http/probes.ts'
import { giveNonce, keepOutOfCaches, lastResort, sameOriginOnly, securityHeaders } from './http/security.ts'
import { breaksOffSilence } from './http/silence.ts'
import { violations } from './http/violations.ts'

const buildFolder = fileURLToPath(new URL('../build', import.meta.url))
const STOP_DEADLINE_MS = 10_000
/** 2 GB at 1 Mbit/s; who sends slowly holds a connection, never a worker. */
const SLOWEST_REQUEST_MS = 5 * 3_600_000

async function start(config: Config): Promise<void> {
  if (config.TEST_CLOCK !== undefined) moveClock(config.TEST_CLOCK)
  armFault(config.TEST_FAULT)
  // The page renderer is loaded after this line and takes its production or development form from it.
  process.env.NODE_ENV = config.NODE_ENV
  const log = createLog(config.LOG_LEVEL)
  const context = openContext(config, log)
  const server = createApp(context, await loadPages()).listen(config.PORT, () => {
    log.info({ port: config.PORT }, 'web is listening')
  })
  server.requestTimeout = SLOWEST_REQUEST_MS
  server.on('error', (error) => {
    log.fatal({ err: error }, 'web cannot listen')
    process.exit(1)
  })
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop(server, context))
}

function createApp(context: SharedContext, pages: ServerBuild): Express {
  const { config, log } = context
  const app = express()
  const { router: metricsRouter, measure } = metrics(config.METRICS_TOKEN)
  app.disable('x-powered-by')
  trustOneProxy(app, config.PUBLIC_URL)
  app.use(
    requestLog(log),
    breaksOffSilence(log, config.UPLOAD_SILENCE_SECONDS * 1_000),
    giveNonce,
    securityHeaders(config.PUBLIC_URL),
  )
  app.use(health(context), metricsRouter, answersProbes(config.APP_SECRET))
  app.use(measure, compression({ filter: isCompressible }), sameOriginOnly(config.PUBLIC_URL))
  app.use(violations(log, limitReports), addressesOnly, formsOnly)
  app.use(
    '/assets',
    express.static(`${buildFolder}/client/assets`, { immutable: true, maxAge: '1y', fallthrough: false }),
  )
  app.use(express.static(`${buildFolder}/client`, { maxAge: '1h', index: false }))
  app.use(keepOutOfCaches)
  app.use(limitEntering, limitPublic)
  app.use(namesCaller)
  const [mode, getLoadContext] = [config.NODE_ENV, contextOf(context)]
  app.use(answersPages(pages, (build) => createRequestHandler({ build, mode, getLoadContext })))
  app.use(lastResort(log))
  return app
}

/**
 * Only the proxy in front of an https installation may say who the caller is, from a private address and for one hop:
 * what it was told itself is anybody's word (promises §4.10).
 */
function trustOneProxy(app: Express, publicUrl: string): void {
  app.set('trust proxy', publicUrl.startsWith('https://') ? ['loopback', 'uniquelocal'] : false)
  const isNear: (address: string, hop: number) => boolean = app.get('trust proxy fn')
  app.set('trust proxy', (address: string, hop: number) => hop === 0 && isNear(address, hop))
}

/**
 * better-auth reads the caller's address from a header; this one is always ours. `Origin` has been judged by then: the
 * pages would compare it once more, with a host that a proxy may have rewritten.
 */
function namesCaller(request: Request, _response: Response, next: () => void): void {
  request.headers['x-client-address'] = request.ip ?? ''
  delete request.headers['x-forwarded-host']
  delete request.headers.origin
  next()
}

function contextOf(shared: SharedContext): (request: Request, response: Response) => AppLoadContext {
  return (request, response) => ({
    ...{ ...shared, nonce: response.locals.nonce, requestId: String(request.id) },
    unsent: () => response.writableLength,
  })
}

async function loadPages(): Promise<ServerBuild> {
  const file = `${buildFolder}/server/index.js`
  if (!existsSync(file)) throw new Error('the pages are not built yet: run `npx remix vite:build` first')
  return answeringErrors(await import(file))
}

function isCompressible(request: Request, response: Response): boolean {
  return response.getHeader('Content-Type') !== 'text/event-stream' && compression.filter(request, response)
}

/** Lets what is under way finish, then closes the pools. */
function stop(server: Server, context: SharedContext): void {
  setTimeout(() => process.exit(0), STOP_DEADLINE_MS).unref()
  server.closeIdleConnections()
  server.close(() => {
    closeContext(context).then(
      () => process.exit(0),
      () => process.exit(1),
    )
  })
}

await start(parseConfig(process.env))
