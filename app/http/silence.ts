import type { RequestHandler } from 'express'
import type { Logger } from 'pino'

/**
 * Breaks off whoever began to send and then sends nothing for `silenceMs`, so that nobody holds a connection for hours with
 * half a file. Who sends slowly goes on, and what has arrived whole is worked at for as long as that takes.
 */
export function breaksOffSilence(log: Logger, silenceMs: number): RequestHandler {
  return (request, response, next) => {
    const { headers } = request
    if (!Number(headers['content-length']) && !headers['transfer-encoding']) return next()
    response.setTimeout(silenceMs, () => {
      if (request.complete) return
      log.warn({ requestId: request.id }, 'what was being sent fell silent and was broken off')
      request.destroy()
    })
    next()
  }
}
