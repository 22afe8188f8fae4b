import { Transform } from 'node:stream'
import type { AppLoadContext, EntryContext, HandleErrorFunction } from '@remix-run/node'
import { createReadableStreamFromReadable } from '@remix-run/node'
import { RemixServer } from '@remix-run/react'
import { renderToPipeableStream } from 'react-dom/server'
import { NonceProvider } from './nonce.ts'

const RENDER_DEADLINE_MS = 10_000

export const streamTimeout = RENDER_DEADLINE_MS

export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  context: AppLoadContext,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const page = (
      <NonceProvider value={context.nonce}>
        <RemixServer context={remixContext} url={request.url} nonce={context.nonce} />
      </NonceProvider>
    )
    let renderStatus = status
    const { pipe, abort } = renderToPipeableStream(page, {
      nonce: context.nonce,
      // No page streams parts of itself, so waiting for all of it gives the right status code.
      onAllReady() {
        clearTimeout(deadline)
        const body = withoutFiller()
        headers.set('Content-Type', 'text/html; charset=utf-8')
        resolve(new Response(createReadableStreamFromReadable(body), { headers, status: renderStatus }))
        pipe(body)
      },
      onShellError: reject,
      onError(error) {
        renderStatus = 500
        context.log.error({ err: error, requestId: context.requestId }, 'page could not be rendered')
      },
    })
    const deadline = setTimeout(abort, RENDER_DEADLINE_MS).unref()
  })
}

/**
 * React 18 fills its 2048-byte view up with zero bytes where a letter of two or more bytes does not fit at the end
 * (facebook/react 26228). A browser shows each as a broken character; no page of ours holds one, so all of them go.
 */
function withoutFiller(): Transform {
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) =>
      done(null, chunk.includes(0) ? chunk.filter((byte) => byte !== 0) : chunk),
  })
}

/** Loaders and actions are wrapped where the server starts; what still arrives here is logged with the number on screen. */
export const handleError: HandleErrorFunction = (error, { request, context }) => {
  if (request.signal.aborted) return
  context.log.error({ err: error, requestId: context.requestId }, 'request failed')
}
