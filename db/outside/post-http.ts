/** Hands something to an HTTP address (K4). What it answers beyond its status is not read: it may be anything. */
import type { OutgoingHttpHeaders } from 'node:http'
import { askHttp } from './ask-http.ts'
import { OutsideFailed } from './failed.ts'
import type { Target } from './target.ts'

/** The status of the answer; a redirection is an answer like any other and is not followed. Throws `OutsideFailed` where none comes. */
export async function postHttp(
  target: Target,
  { headers, body }: { headers: OutgoingHttpHeaders; body: Buffer },
): Promise<number> {
  if (!('url' in target.secret)) throw new OutsideFailed('secret_unreadable')
  const { message } = await askHttp(target, new URL(target.secret.url), {
    ...{ isOwn: true, method: 'POST', body },
    headers: { ...headers, 'Content-Length': body.length },
  })
  message.destroy()
  return message.statusCode ?? 0
}
