/** The door of a delegated access and what stands behind it over real HTTP: the same middleware, sessions and loaders. */
import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { LoaderFunctionArgs } from '@remix-run/node'
import express from 'express'
import type { AppContext } from '../../app/context.server.ts'
import { answersProbes } from '../../app/http/probes.ts'
import { formAt, loadBeginning, loadRecord } from '../../app/pages/capture.server.ts'
import { loader as enter } from '../../app/routes/access/entry.ts'
import { loader as exported } from '../../app/routes/person/list-file.ts'
import { requireActor } from '../../app/session.server.ts'
import { Refused } from '../../domain/refusals.ts'
import { TEST_SECRET } from './services.ts'

/** As the routes of the same addresses: whoever asks is found, then the page is loaded. */
const ROUTES: [string, (args: LoaderFunctionArgs) => Promise<unknown>][] = [
  ['/accesos/:acceso/entrada', enter],
  ['/listados/:lista/:formato', exported],
  [
    '/captura/registros/:registro',
    async ({ request, params, context }) =>
      await loadRecord(context, await requireActor(request, context), params.registro ?? ''),
  ],
  [
    '/captura/:formulario',
    async ({ request, params, context }) =>
      await loadBeginning(request, context, await requireActor(request, context), formAt(params.formulario, context)),
  ],
]

export interface Door {
  url: string
  /** From now on it answers from this database. */
  serve: (context: AppContext) => void
  close: () => Promise<void>
}

export async function openDoor(): Promise<Door> {
  let context: AppContext | undefined
  const app = express()
  app.use(answersProbes(TEST_SECRET))
  for (const [path, loader] of ROUTES)
    app.get(path, async (request, response) => {
      if (!context) return void response.sendStatus(503)
      const headers = new Headers(request.headers as Record<string, string>)
      const asked = new Request(`http://localhost${request.originalUrl}`, { headers })
      const params = request.params as Record<string, string>
      const args = { request: asked, params, context: { ...context, requestId: randomUUID() } }
      response.sendStatus(await statusOf(() => loader(args)))
    })
  const server = app.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve: (next) => {
      context = next
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

async function statusOf(load: () => Promise<unknown>): Promise<number> {
  try {
    const loaded = await load()
    return loaded instanceof Response ? loaded.status : 200
  } catch (thrown) {
    if (thrown instanceof Response) return thrown.status
    if (thrown instanceof Refused) return thrown.status
    throw thrown
  }
}
