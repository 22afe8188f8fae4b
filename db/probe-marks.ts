/** What makes a probe one: only who knows the secret of the installation can send it, and only the product can answer it. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { sessionCookie } from '../domain/probes.ts'

const mac = (secret: string, text: string) =>
  createHmac('sha256', createHmac('sha256', secret).update('caracteriza:probe').digest())
    .update(text)
    .digest('base64url')

/** Mark of one request: good for this session and this path, and for nothing else. */
export function probeMark(secret: string, sessionId: string, path: string): string {
  return `${sessionId}.${mac(secret, `ask\n${sessionId}\n${path}`)}`
}

/** Id of the session whose probe asks for this path; undefined where the mark is not genuine. */
export function markedSession(secret: string, mark: string | null | undefined, path: string): string | undefined {
  const [sessionId = ''] = mark?.split('.') ?? []
  const genuine = Buffer.from(probeMark(secret, sessionId, path))
  const given = Buffer.from(mark ?? '')
  return given.length === genuine.length && timingSafeEqual(given, genuine) ? sessionId : undefined
}

/** What the web says to a genuine mark: another server that answers in its place proves nothing. */
export function answerMark(secret: string, mark: string): string {
  return mac(secret, `answer\n${mark}`)
}

/** The token a cookie carries; undefined where there is none, or not one that was signed here. */
export function tokenIn(cookies: string | null, publicUrl: string, secret: string): string | undefined {
  const start = `${sessionCookie(publicUrl)}=`
  for (const one of (cookies ?? '').split(';')) {
    const cookie = one.trim()
    if (!cookie.startsWith(start)) continue
    const token = decoded(cookie.slice(start.length)).replace(/\.[^.]*$/, '')
    const genuine = Buffer.from(cookieOf(publicUrl, secret, token))
    const given = Buffer.from(start + encodeURIComponent(decoded(cookie.slice(start.length))))
    if (given.length === genuine.length && timingSafeEqual(given, genuine)) return token
  }
  return undefined
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return ''
  }
}

/** Kept instead of the token itself (0005). */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** `Cookie` of a session, signed as better-auth signs it: base64 of HMAC-SHA256 under the secret of the installation. */
export function cookieOf(publicUrl: string, secret: string, token: string): string {
  const signature = createHmac('sha256', secret).update(token).digest('base64')
  return `${sessionCookie(publicUrl)}=${encodeURIComponent(`${token}.${signature}`)}`
}
