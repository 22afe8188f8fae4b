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

/** Entering: an office shares an address, so the limit is generous. */
export const limitEntering: RequestHandler = under(['ingresar', 'crear-clave', 'instalar'], onlyPosts(perAddress(300)))

/** Pages open to anyone. */
export const limitPublic: RequestHandler = under(
  ['datos-abiertos', 'verificar', 'cifras', 'mis-derechos'],
  perAddress(1_200),
)

/** A page that goes wrong goes wrong for everyone in the office at once. */
export const limitReports: RequestHandler = perAddress(60)

function onlyPosts(limit: RequestHandler): RequestHandler {
  return (request, response, next) => (request.method === 'POST' ? limit(request, response, next) : next())
}

/** Addresses as the pages read them: decoded, in capitals too, and with `.data` for the page's data alone. */
function under(names: string[], limit: RequestHandler): RequestHandler {
  const address = new RegExp(`^/(${names.join('|')})(?=[/.]|$)`, 'i')
  return (request, response, next) => (address.test(decoded(request.path)) ? limit(request, response, next) : next())
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
