import { PassThrough } from 'node:stream'
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
        const body = new PassThrough()
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
    setTimeout(abort, RENDER_DEADLINE_MS).unref()
  })
}

/** Loaders and actions are wrapped where the server starts; what still arrives here is logged with the number on screen. */
export const handleError: HandleErrorFunction = (error, { request, context }) => {
  if (request.signal.aborted) return
  context.log.error({ err: error, requestId: context.requestId }, 'request failed')
}
