import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { type Logger, pino } from 'pino'
import { pinoHttp } from 'pino-http'

export function createLog(level: string): Logger {
  return pino({
    level,
    base: { process: 'web' },
    redact: ['req.headers', 'res.headers', '*.password', '*.token', '*.email', '*.document'],
  })
}

/** One line per request: no query strings, headers or addresses, which may name people. */
export function requestLog(log: Logger) {
  return pinoHttp({
    logger: log,
    genReqId: (_request, response) => {
      const id = randomUUID()
      response.setHeader('X-Request-Id', id)
      return id
    },
    serializers: {
      req: (request: { id: unknown; method: string; url: string }) => ({
        id: request.id,
        method: request.method,
        path: request.url.split('?')[0],
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
    },
    customLogLevel: (_request, response, error) => (error || response.statusCode >= 500 ? 'error' : 'info'),
    autoLogging: { ignore: isUninteresting },
  })
}

function isUninteresting(request: IncomingMessage): boolean {
  return /^\/(assets|salud|listo|metrics)/.test(request.url ?? '')
}
