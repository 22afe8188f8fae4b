import { timingSafeEqual } from 'node:crypto'
import { type Request, type RequestHandler, Router } from 'express'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

/** Prometheus metrics: to a caller on this machine, or to one with the token. */
export function metrics(token: string | undefined): { router: Router; measure: RequestHandler } {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const duration = new Histogram({
    name: 'caracteriza_http_request_seconds',
    help: 'Time to answer a request, by method and class of status',
    labelNames: ['method', 'status'],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  })
  const measure: RequestHandler = (request, response, next) => {
    const end = duration.startTimer({ method: request.method })
    response.on('finish', () => end({ status: `${Math.floor(response.statusCode / 100)}xx` }))
    next()
  }
  const router = Router()
  router.get('/metrics', async (request, response) => {
    if (!mayRead(request, token)) return void response.sendStatus(404)
    response.type(registry.contentType).send(await registry.metrics())
  })
  return { router, measure }
}

/** With a token configured only the token counts: behind a proxy on this machine everybody would be local. */
function mayRead(request: Request, token: string | undefined): boolean {
  if (token === undefined) return isLoopback(request.socket.remoteAddress) && !request.get('X-Forwarded-For')
  const given = Buffer.from(request.get('Authorization') ?? '')
  const wanted = Buffer.from(`Bearer ${token}`)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

function isLoopback(address: string | undefined): boolean {
  return address === '::1' || address === '127.0.0.1' || address === '::ffff:127.0.0.1'
}
