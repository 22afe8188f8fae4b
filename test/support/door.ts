/** The door of a delegated access over real HTTP, without the rest of the web: the same middleware, session and loader. */
import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import express from 'express'
import type { AppContext } from '../../app/context.server.ts'
import { answersProbes } from '../../app/http/probes.ts'
import { loader } from '../../app/routes/access/entry.ts'
import { Refused } from '../../domain/refusals.ts'
import { TEST_SECRET } from './services.ts'

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
  app.get('/accesos/:acceso/entrada', async (request, response) => {
    if (!context) return void response.sendStatus(503)
    const headers = new Headers(request.headers as Record<string, string>)
    const asked = new Request(`http://localhost${request.originalUrl}`, { headers })
    response.sendStatus(await statusOf(asked, request.params.acceso, { ...context, requestId: randomUUID() }))
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

async function statusOf(request: Request, acceso: string, context: AppContext): Promise<number> {
  try {
    return (await loader({ request, params: { acceso }, context: { ...context } })).status
  } catch (thrown) {
    if (thrown instanceof Response) return thrown.status
    if (thrown instanceof Refused) return thrown.status
    throw thrown
  }
}
