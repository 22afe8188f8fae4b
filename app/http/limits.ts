import type { RequestHandler } from 'express'
import { rateLimit } from 'express-rate-limit'
import { serverText } from '../text/server.ts'

const MINUTE_MS = 60_000

/** Coarse limit per network address; sign-in is limited per account beside it (`session.server.ts`). */
function perAddress(limit: number): RequestHandler {
  return rateLimit({
    windowMs: MINUTE_MS,
    limit,
    standardHeaders: 'draft-7',
    legacyHeaders: false,
    message: serverText.tooManyRequests,
  })
}

/** Entering and proving again: an office shares an address, so the limit is generous. */
export const limitEntering: RequestHandler = onlyPosts(perAddress(300))

/** Pages open to anyone. */
export const limitPublic: RequestHandler = perAddress(1_200)

/** A page that goes wrong goes wrong for everyone in the office at once. */
export const limitReports: RequestHandler = perAddress(60)

function onlyPosts(limit: RequestHandler): RequestHandler {
  return (request, response, next) => (request.method === 'POST' ? limit(request, response, next) : next())
}
