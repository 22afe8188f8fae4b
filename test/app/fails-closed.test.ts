/** A fault of ours in every loader and action of the build, one at a time: it says a number and nothing else (promises G26). */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { createRequestHandler, type ServerBuild } from '@remix-run/node'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { answeringErrors } from '../../app/answer.server.ts'
import { createLog } from '../../app/http/log.ts'
import { errorText } from '../../app/text/errors.ts'
import { buildWeb, root } from '../../scripts/web-build.ts'
import { addressWith, builtRoutes, dataAddress } from '../support/build-routes.ts'
import { textOf } from '../support/html-forms.ts'
import { cookieOf, type SeededProduct, seededProduct } from '../support/lived-in.ts'
import { QUOTED, quotingFault } from '../support/quoting-fault.ts'
import { NOBODY } from './route-table.ts'

const INSIDE = /\.[jt]sx?:\d+|\bat \w+ \(|node_modules|DatabaseError|duplicate key/

let product: SeededProduct
let build: ServerBuild
/** Frames lead away whoever may not enter them. */
let cookies: { office: string; administration: string }
beforeAll(async () => {
  await buildWeb()
  product = await seededProduct()
  cookies = {
    office: await cookieOf(product.context, 'jefatura_ogac'),
    administration: await cookieOf(product.context, 'administracion'),
  }
  build = await import(join(root, 'build', 'server', 'index.js'))
}, 400_000)
afterAll(() => product?.close())

type Work = 'loader' | 'action'
interface Place {
  id: string
  work: Work
  address: string
}

/** The address of a route, or of the first page within a frame that has none. */
function placesOf(work: Work): Place[] {
  const routes = builtRoutes()
  const addresses = new Map(routes.flatMap(({ id, path }) => (path === null ? [] : [[id, path] as const])))
  return Object.values(build.routes).flatMap((route) => {
    if (!route?.module[work]) return []
    const within = Object.values(build.routes).find((one) => one?.parentId === route.id && addresses.has(one.id))
    const path = addresses.get(route.id) ?? (route.id === 'root' ? '/' : addresses.get(within?.id ?? '')) ?? ''
    const names = path
      .split('/')
      .flatMap((part) => (part === '*' || part.startsWith(':') ? [part.replace(':', '')] : []))
    return [{ id: route.id, work, address: addressWith(path, Object.fromEntries(names.map((name) => [name, NOBODY]))) }]
  })
}

/** The product with a fault in one place, as a request gets it, and what it wrote to its log meanwhile. */
async function ask({ id, work }: Place, address: string, form?: URLSearchParams) {
  const lines: string[] = []
  const log = createLog('info', { write: (line: string) => void lines.push(line) })
  const route = build.routes[id]
  if (!route) throw new Error(`${id} is not in the build`)
  const broken = { ...route, module: { ...route.module, [work]: () => Promise.reject(quotingFault()) } }
  const handle = createRequestHandler(answeringErrors({ ...build, routes: { ...build.routes, [id]: broken } }))
  const requestId = randomUUID()
  const cookie = address.startsWith('/administracion') ? cookies.administration : cookies.office
  const request = new Request(`http://localhost:3000${address}`, {
    headers: { cookie },
    ...(form && { method: 'POST', body: form }),
  })
  const answer = await handle(request, { ...product.context, log, requestId })
  return { status: answer.status, body: await answer.text(), log: lines.join(''), requestId }
}

type Answer = Awaited<ReturnType<typeof ask>>

function wrongWith({ status, body, log, requestId }: Answer): string[] {
  const logged = log.split('\n').some((line) => line.includes(requestId) && line.includes('"level":50'))
  return [
    ...(status === 500 ? [] : [`status ${status}`]),
    ...(QUOTED.test(body) || INSIDE.test(textOf(body)) ? ['says what broke'] : []),
    ...(body.includes(requestId) && textOf(body).includes(errorText.broken.message)
      ? []
      : ['no number or no sentence']),
    ...(QUOTED.test(log) ? ['the log quotes'] : []),
    ...(logged ? [] : ['not in the log']),
  ]
}

it('is a number, a sentence and a line in the log, whichever loader or action breaks', {
  timeout: 300_000,
}, async () => {
  const wrong: string[] = []
  const tell = (place: Place, address: string, answer: Answer) => {
    for (const why of wrongWith(answer)) wrong.push(`${place.work} of ${place.id} at ${address}: ${why}`)
  }
  const loaders = placesOf('loader')
  const actions = placesOf('action')
  const typed = new URLSearchParams({ texto: 'CANARIO 7461', correo: 'maria.canario@correo.test' })
  for (const place of [...loaders, ...actions]) {
    const form = place.work === 'action' ? typed : undefined
    for (const address of [place.address, dataAddress(place.address)])
      tell(place, address, await ask(place, address, form))
  }
  expect(wrong).toEqual([])
  expect(loaders.length).toBeGreaterThan(150)
  expect(actions.length).toBeGreaterThan(80)
})
