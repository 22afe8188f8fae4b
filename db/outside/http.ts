/** What an HTTP address answers, piece by piece. Every address on the way is judged before it is connected to (E1). */
import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { type Answer, askHttp, failureOf } from './ask-http.ts'
import { OutsideFailed } from './failed.ts'
import { eachWithin } from './patience.ts'
import type { Target } from './target.ts'

const MAX_REDIRECTS = 5
const HEADERS = { Accept: 'text/csv, text/plain;q=0.9, */*;q=0.5', 'Accept-Encoding': 'identity' }

/** Throws `OutsideFailed` when it does not answer 200, falls silent, or sends another length than it announced. */
export async function* openHttp(target: Target): AsyncGenerator<Buffer> {
  const answer = await follow(target)
  const announced = lengthOf(answer.message)
  let received = 0
  const giveUp = () => answer.message.destroy()
  try {
    for await (const piece of eachWithin(target.patience, decoded(answer.message), { giveUp })) {
      received += piece.length
      yield piece
    }
  } catch (error) {
    const isShort = announced !== null && received < announced && !(error instanceof OutsideFailed)
    throw isShort ? new OutsideFailed('length_differs') : failureOf(error)
  }
  if (answer.hasMore() || (announced !== null && received !== announced)) throw new OutsideFailed('length_differs')
}

/**
 * The first answer that is no redirection. The header with the secret goes to where it was
 * meant for and nowhere else; there, and nowhere else, the connection's own authority is trusted. */
async function follow(target: Target): Promise<Answer> {
  if (!('url' in target.secret)) throw new OutsideFailed('secret_unreadable')
  const first = new URL(target.secret.url)
  let url = first
  for (let hops = 0; ; hops++) {
    const answer = await askHttp(target, url, { isOwn: url.origin === first.origin, headers: HEADERS })
    const { statusCode: status = 0, headers } = answer.message
    if (status === 200) return answer
    answer.message.destroy()
    if (status >= 300 && status < 400 && headers.location !== undefined) {
      if (hops === MAX_REDIRECTS) throw new OutsideFailed('redirect_barred')
      url = nextOf(headers.location, url)
      continue
    }
    throw new OutsideFailed(...refusalOf(status))
  }
}

function refusalOf(status: number): ConstructorParameters<typeof OutsideFailed> {
  if (status === 401 || status === 403) return ['http_denied', { status }]
  return status === 404 || status === 410 ? ['http_missing', { status }] : ['http_status', { status }]
}

/** Never from an encrypted address to one that is not. */
function nextOf(location: string, from: URL): URL {
  const url = URL.canParse(location, from.href) ? new URL(location, from.href) : undefined
  const isHttp = url?.protocol === 'https:' || (url?.protocol === 'http:' && from.protocol === 'http:')
  if (!url || !isHttp || url.username !== '' || url.password !== '') throw new OutsideFailed('redirect_barred')
  return url
}

/** Null of answers in pieces, and of packed ones, whose length says nothing of what is in them. */
function lengthOf({ headers }: IncomingMessage): number | null {
  const typed = headers['content-length']
  return typed !== undefined && isPlain(headers) ? Number(typed) : null
}

const isPlain = (headers: IncomingMessage['headers']) => (headers['content-encoding'] ?? 'identity') === 'identity'

/** Asked for plain; some servers pack it all the same. */
const UNPACK = { gzip: createGunzip, 'x-gzip': createGunzip, deflate: createInflate, br: createBrotliDecompress }

function decoded(message: IncomingMessage): Readable {
  if (isPlain(message.headers)) return message
  const encoding = message.headers['content-encoding']?.toLowerCase() ?? ''
  const unpack = Object.hasOwn(UNPACK, encoding) ? UNPACK[encoding as keyof typeof UNPACK]() : undefined
  if (!unpack) throw new OutsideFailed('unknown_encoding')
  message.on('error', (error) => unpack.destroy(error))
  return message.pipe(unpack)
}
