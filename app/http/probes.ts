import type { RequestHandler } from 'express'
import { answerMark, markedSession } from '../../db/probe-marks.ts'
import { PROBE_HEADER } from '../../domain/probes.ts'

/** Tells a genuine probe that it is the product that answers; what it may see is judged as for anybody (C10). */
export function answersProbes(secret: string): RequestHandler {
  return (request, response, next) => {
    const mark = request.get(PROBE_HEADER)
    if (mark && markedSession(secret, mark, request.path)) response.setHeader(PROBE_HEADER, answerMark(secret, mark))
    next()
  }
}
