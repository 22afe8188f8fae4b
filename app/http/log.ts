import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { type DestinationStream, type Logger, pino } from 'pino'
import { pinoHttp } from 'pino-http'
import { recordableFailure } from '../../domain/failures.ts'

/** Into standard output where nothing else is named. */
export function createLog(level: string, into?: DestinationStream): Logger {
  const options = {
    level,
    base: { process: 'web' },
    serializers: { err: recordableFailure },
    redact: ['req.headers', 'res.headers', '*.password', '*.token', '*.email', '*.document'],
  }
  return into ? pino(options, into) : pino(options)
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
    wrapSerializers: false,
    serializers: {
      req: (request: IncomingMessage & { originalUrl?: string }) => ({
        id: request.id,
        method: request.method,
        path: loggedPath(request.originalUrl ?? request.url ?? ''),
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
      err: recordableFailure,
    },
    customLogLevel: (_request, response, error) => (error || response.statusCode >= 500 ? 'error' : 'info'),
    autoLogging: { ignore: isUninteresting },
  })
}

/** One-time links are secrets: whoever reads the log must not be able to use them. */
function loggedPath(url: string): string {
  return (url.split('?')[0] ?? '').replace(/^\/(crear-clave|instalar)\/[^/.]+/, '/$1/…')
}

function isUninteresting(request: IncomingMessage): boolean {
  return /^\/(assets|salud|listo|metrics)/.test(request.url ?? '')
}
