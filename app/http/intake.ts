import type { Request, RequestHandler } from 'express'
import { serverText } from '../text/server.ts'

/** What is taken in at all, before any page reads it. */

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])
/** The longest step form fits many times; whatever is larger carries a file. */
const FORM_BYTES = 8_000_000
/** A file of 50 MB with its form; the pages that take files say the exact limit. */
const FILE_BYTES = 60_000_000
const TAKES_FILES = /^\/(ejercicios|verificar|administracion\/entidad)(\/|\.|$)/
/** Streamed to disk and counted there (`received-files.server.ts`). */
const TAKES_SOURCES = /^\/ejercicios\/[^/]+\/fuentes\/[^/]+/

/** U+0000 stands in no address of ours and no database keeps it. */
export const addressesOnly: RequestHandler = (request, response, next) => {
  if (!/%00|\0/.test(request.url)) return next()
  response
    .status(404)
    .type('text/plain')
    .send(serverText.lastResort(404, String(request.id)))
}

/** Unsafe requests carry forms of a known length, or nothing. */
export const formsOnly: RequestHandler = (request, response, next) => {
  const isEmpty = Number(request.get('Content-Length') ?? 0) === 0 && !request.get('Transfer-Encoding')
  if (SAFE_METHODS.has(request.method) || isEmpty) return next()
  const refuse = (status: number, sentence: string) => void response.status(status).type('text/plain').send(sentence)
  if (!request.is(['application/x-www-form-urlencoded', 'multipart/form-data'])) return refuse(415, serverText.notAForm)
  if (request.get('Transfer-Encoding')) return refuse(411, serverText.notAForm)
  if (Number(request.get('Content-Length')) > limitOf(request)) return refuse(413, serverText.tooLarge)
  next()
}

function limitOf(request: Request): number {
  if (!request.is('multipart/form-data') || !TAKES_FILES.test(request.path)) return FORM_BYTES
  return TAKES_SOURCES.test(request.path) ? Number.POSITIVE_INFINITY : FILE_BYTES
}
