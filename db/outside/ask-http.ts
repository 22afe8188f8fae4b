/** One request to somebody else's HTTP server: its address is judged first, and only the judged one connected to (E1, K4). */
import { type IncomingMessage, type OutgoingHttpHeaders, request as plain } from 'node:http'
import { type RequestOptions, request as secure } from 'node:https'
import { isIPv6, type LookupFunction } from 'node:net'
import { permittedAddress } from './address.ts'
import { networkFailure, OutsideFailed } from './failed.ts'
import { within } from './patience.ts'
import type { Target } from './target.ts'

export interface Answer {
  message: IncomingMessage
  /** More came behind what was announced. */
  hasMore(): boolean
}

interface Asked {
  /** The address the target names, and no other it was led to: there the secret is sent and its authority trusted. */
  isOwn: boolean
  method?: 'GET' | 'POST'
  headers: OutgoingHttpHeaders
  body?: Buffer
}

/** Throws `OutsideFailed` where nobody answers; whatever the answer says, its status too, is for the caller to judge. */
export async function askHttp(
  target: Target,
  url: URL,
  { isOwn, method = 'GET', headers, body }: Asked,
): Promise<Answer> {
  const { place, secret, allowedHosts, patience } = target
  const isSecure = url.protocol === 'https:'
  const port = Number(url.port) || (isSecure ? 443 : 80)
  const address = await permittedAddress({ kind: 'http', host: url.hostname, port }, allowedHosts, patience)
  const value = 'url' in secret ? secret.headerValue : null
  const isCarried = isOwn && place.headerName !== null && value !== null
  const options: RequestOptions = {
    agent: false,
    method,
    lookup: only(address),
    ...(isOwn && place.authority !== null && { ca: place.authority }),
    headers: {
      'User-Agent': 'Caracteriza',
      ...headers,
      ...(isCarried && { [place.headerName as string]: value }),
    },
  }
  const request = (isSecure ? secure : plain)(url, options)
  let hasMore = false
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve)
    request.on('error', (error: NodeJS.ErrnoException) => {
      hasMore ||= error.code?.startsWith('HPE_') ?? false
      reject(error)
    })
  })
  request.end(body)
  try {
    const message = await within(patience, 'timed_out', answered, () => request.destroy())
    return { message, hasMore: () => hasMore }
  } catch (error) {
    request.destroy()
    throw failureOf(error)
  }
}

/** The judged address whatever the name says now: a name that changes its mind in between leads nowhere else. */
function only(address: string): LookupFunction {
  const family = isIPv6(address) ? 6 : 4
  return (_host, options, done) => {
    if (options.all) done(null, [{ address, family }])
    else done(null, address, family)
  }
}

/** What went wrong on the way. */
export function failureOf(error: unknown): OutsideFailed {
  const known = networkFailure(error)
  if (known) return known
  const { code = '' } = error as { code?: string }
  if (/^Z_|^ERR_BROTLI|^ERR__ERROR/.test(code)) return new OutsideFailed('unknown_encoding')
  return new OutsideFailed(code.startsWith('HPE_') ? 'not_that_kind' : 'lost')
}
