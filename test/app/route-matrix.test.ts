/** Every route of the build × everybody: who may open it, what the others are told, and that nothing crosses (promises G9, G23, G24). */
import { createHash } from 'node:crypto'
import { type IncomingHttpHeaders, request as send } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LIST_ADDRESSES } from '../../app/text/lists.ts'
import { DEMO_ENTITIES, DEMO_PASSWORD } from '../../catalog/demo-users.ts'
import { LIST_CODES } from '../../domain/lists.ts'
import { type Asked, askAs, search } from '../support/asking.ts'
import { everyRoute, type Known, knownOf, randomAsk } from '../support/auditor-fuzz.ts'
import { addressWith, builtRoutes, dataAddress } from '../support/build-routes.ts'
import { CITIZEN, lookingFor } from '../support/canaries.ts'
import { rowsOf } from '../support/database.ts'
import { openProduct, type Product } from '../support/lived-in.ts'
import { plantCitizen } from '../support/planted-citizens.ts'
import { type System, startSystem } from '../support/system.ts'
import { addressOf, livedIn, type Objects, paramsOf } from './route-addresses.ts'
import { DUTIES, type Expected, ROUTES, type Row } from './route-table.ts'

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

let system: System
let product: Product
let own: Objects
let other: Objects
const cookies = new Map<string, string>()

beforeAll(async () => {
  system = await startSystem({ env: { LOG_LEVEL: 'error' } })
  product = openProduct(system)
  own = await livedIn(product, 'santamarta')
  other = await livedIn(product, 'cali')
  for (const duty of DUTIES) cookies.set(duty, await signIn(duty))
}, 400_000)
afterAll(async () => {
  await product?.close()
  await system?.stop()
}, 60_000)

const rows = <T>(query: string, values: unknown[] = []) => rowsOf<T>(system.superuserUrl, query, values)

interface Ask {
  method?: string
  cookie?: string
  headers?: Record<string, string>
  body?: string
}

/** Plain HTTP, so that every header is what the test says. */
function ask(path: string, { method = 'GET', cookie, headers = {}, body }: Ask = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const all = {
      ...(cookie && { cookie }),
      ...headers,
      ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
    }
    const request = send(`${system.url}${path}`, { method, headers: all }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      )
      response.on('error', reject)
    })
    request.on('error', reject)
    request.end(body)
  })
}

function post(path: string, row: NonNullable<Row['post']>, cookie?: string): Promise<Answer> {
  const boundary = 'limite'
  const body = row.multipart ? `--${boundary}--\r\n` : new URLSearchParams(row.body).toString()
  const type = row.multipart ? `multipart/form-data; boundary=${boundary}` : 'application/x-www-form-urlencoded'
  return ask(path, { method: 'POST', cookie, headers: { origin: system.url, 'content-type': type }, body })
}

async function signIn(duty: string): Promise<string> {
  const user = DEMO_ENTITIES[0]?.users.find((one) => one.duty === duty)
  const body = { correo: user?.email ?? '', clave: DEMO_PASSWORD, volver: '/inicio' }
  const answer = await post('/ingresar', { own: 302, anonymous: 302, body })
  expect(answer.status).toBe(302)
  return (answer.headers['set-cookie'] ?? []).map((one) => one.split(';')[0]).join('; ')
}

/** Routes with an address; each must have its row. */
const routes = () => builtRoutes().flatMap((route) => (route.path === null ? [] : [{ ...route, path: route.path }]))

function expectedFor(expected: Expected, duty: string): number {
  if (typeof expected === 'number') return expected
  return expected.duties.includes(duty) ? expected.then : expected.otherwise
}

/** The first position of each answer the table gives: what another entity has is hidden by the entity, not by the position. */
function oneOfEach(expected: Expected): string[] {
  const first = new Map(DUTIES.toReversed().map((duty) => [expectedFor(expected, duty), duty]))
  return [...first.values()]
}

/** Several at a time: the answers do not depend on each other. */
async function each<T>(items: T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items]
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: 8 }, worker))
}

/** What two pages must agree on: everything but numbers of the request, nonces and the ids asked for. */
function withoutIds(body: string): string {
  return body
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'ID')
    .replaceAll(/nonce="[^"]*"/g, 'nonce')
}

/** What a data address answers, in the status its page would have: a redirect comes as 202 with where to go in its body. */
const statusOf = ({ status }: Answer) => (status === 202 ? 302 : status)

const toSignIn = (answer: Answer) => answer.status === 302 && answer.headers.location?.startsWith('/ingresar') === true

describe('the routes of the build', () => {
  it('each have a row in the table, and each row a route', () => {
    expect(Object.keys(ROUTES).sort()).toEqual(
      routes()
        .map((route) => route.id)
        .sort(),
    )
    const acting = routes().filter((route) => route.hasAction && route.id !== 'routes/person/sign-out')
    expect(acting.filter((route) => !ROUTES[route.id]?.post).map((route) => route.id)).toEqual([])
  })

  it('answer each position as the table says', async () => {
    const wrong: string[] = []
    const pages = new Set<string>()
    const asks = async ({ id, path }: { id: string; path: string }, duty: string, whole: boolean) => {
      const row = ROUTES[id] as Row
      const address = addressOf(id, path, row, own, own)
      const answer = await ask(whole ? address : dataAddress(address), { cookie: cookies.get(duty) })
      if (answer.headers['content-type']?.startsWith('text/html')) pages.add(id)
      const expected = expectedFor(row.own, duty)
      const status = whole ? answer.status : statusOf(answer)
      if (status !== expected) wrong.push(`GET ${id} ${duty}: ${status}, not ${expected}`)
    }
    // One position of each answer sees the page; for the others its data say the same in a fraction of the time.
    const all = routes().map((route) => ({ route, drawn: oneOfEach((ROUTES[route.id] as Row).own) }))
    await each(
      all.flatMap(({ route, drawn }) => drawn.map((duty) => ({ route, duty }))),
      ({ route, duty }) => asks(route, duty, true),
    )
    await each(
      all.flatMap(({ route, drawn }) =>
        DUTIES.filter((duty) => !drawn.includes(duty)).map((duty) => ({ route, duty })),
      ),
      ({ route, duty }) => asks(route, duty, !pages.has(route.id)),
    )
    expect(wrong).toEqual([])
  }, 300_000)

  it('send a visitor who must sign in to sign in', async () => {
    const wrong: string[] = []
    await each(routes(), async ({ id, path }) => {
      const row = ROUTES[id] as Row
      const answer = await ask(addressOf(id, path, row, own, own))
      const good = row.anonymous === 'sign in' ? toSignIn(answer) : answer.status === row.anonymous
      if (!good) wrong.push(`GET ${id}: ${answer.status} ${answer.headers.location ?? ''}, not ${row.anonymous}`)
    })
    expect(wrong).toEqual([])
  }, 120_000)

  it('show the objects of another entity to nobody: exactly as if they were not there', async () => {
    const leaks: string[] = []
    const asked = routes().filter((route) => ROUTES[route.id]?.other !== undefined)
    await each(
      asked.flatMap((route) => oneOfEach((ROUTES[route.id] as Row).own).map((duty) => ({ ...route, duty }))),
      async ({ id, path, duty }) => {
        const row = ROUTES[id] as Row
        const cookie = cookies.get(duty)
        const theirs = await ask(addressOf(id, path, row, other, own), { cookie })
        const absent = await ask(addressOf(id, path, row, null, own), { cookie })
        if (theirs.status !== absent.status || withoutIds(theirs.body) !== withoutIds(absent.body)) {
          leaks.push(`GET ${id} ${duty}: ${theirs.status} is not as absent (${absent.status})`)
        }
        const expected = expectedFor(row.other as Expected, duty)
        if (theirs.status !== expected) leaks.push(`GET ${id} ${duty}: ${theirs.status}, not ${expected}`)
      },
    )
    expect(leaks).toEqual([])
  }, 300_000)

  it('show an object of another entity to nobody under a cycle of their own', async () => {
    const leaks: string[] = []
    const inner = ['fuente', 'importacion', 'acto', 'version', 'archivo']
    const nested = routes().filter(({ id, path }) => {
      const names = path.split('/').flatMap((part) => (part.startsWith(':') ? [part.slice(1)] : []))
      return names.includes('ejercicio') && names.some((name) => inner.includes(name)) && ROUTES[id]?.other === 404
    })
    expect(nested.length).toBeGreaterThan(5)
    await each(nested, async ({ id, path }) => {
      const row = ROUTES[id] as Row
      const params = { ...paramsOf(row, other), ejercicio: paramsOf(row, own).ejercicio ?? '' }
      const { status } = await ask(addressWith(path, params), { cookie: cookies.get('profesional_ogac') })
      if (status !== 404) leaks.push(`GET ${id}: ${status}`)
    })
    expect(leaks).toEqual([])
  }, 60_000)

  it('take a form from whom the table says, and from nobody for another entity', async () => {
    const wrong: string[] = []
    const acting = routes().filter((route) => ROUTES[route.id]?.post)
    await each(
      acting.flatMap((route) => [...DUTIES, null].map((duty) => ({ ...route, duty }))),
      async ({ id, path, duty }) => {
        const row = ROUTES[id] as Row
        const form = row.post as NonNullable<Row['post']>
        const cookie = duty === null ? undefined : cookies.get(duty)
        const address = addressOf(id, path, row, own, own)
        // Signing in leads on whoever is in already, which its page does and its data leave to the browser.
        const isDrawn = id === 'routes/public/sign-in' || (duty !== null && oneOfEach(form.own).includes(duty))
        if (duty !== null && !isDrawn) {
          const status = statusOf(await post(dataAddress(address), form, cookie))
          const expected = expectedFor(form.own, duty)
          if (status !== expected) wrong.push(`POST ${id} ${duty}: ${status}, not ${expected}`)
          return
        }
        const answer = await post(address, form, cookie)
        if (duty === null) {
          const good = form.anonymous === 'sign in' ? toSignIn(answer) : answer.status === form.anonymous
          if (!good) wrong.push(`POST ${id} anonymous: ${answer.status}, not ${form.anonymous}`)
          return
        }
        const expected = expectedFor(form.own, duty)
        if (answer.status !== expected) wrong.push(`POST ${id} ${duty}: ${answer.status}, not ${expected}`)
        if (row.other === undefined) return
        const theirs = await post(addressOf(id, path, row, other, own), form, cookie)
        const absent = await post(addressOf(id, path, row, null, own), form, cookie)
        const isSame = theirs.status === absent.status && withoutIds(theirs.body) === withoutIds(absent.body)
        if (!isSame)
          wrong.push(`POST ${id} ${duty} of another entity: ${theirs.status} is not as absent (${absent.status})`)
        if (theirs.status < 400 || theirs.status >= 500)
          wrong.push(`POST ${id} ${duty} of another entity: ${theirs.status}`)
      },
    )
    expect(wrong).toEqual([])
  }, 300_000)
})

describe('a list as a file', () => {
  const files = (whose: Objects, format = 'csv') =>
    LIST_CODES.map((list) => ({
      list,
      path: `/listados/${LIST_ADDRESSES[list]}/${format}?ejercicio=${list === 'inventory' ? whose.disposable : whose.published.cycle}&eliminacion=${whose.disposal}&campana=${whose.campaign}&autocontrol=avisos-enviados&muestra=${whose.sample}`,
    }))
  const ADMINISTERED = [
    ...['people', 'tenures', 'positions', 'agencies', 'mail', 'changes', 'incidents', 'own_days', 'procedures'],
  ]
  const OF_A_CYCLE = ['timeline', 'ran_terms', 'sent_notices', 'sources', 'agencies_answers', 'tracking']
  const answerTo = (list: string, duty: string) => {
    if (ADMINISTERED.includes(list)) return duty === 'administracion' ? 200 : 403
    if (['campaigns', 'review_cases'].includes(list)) return duty === 'direccion_tic' ? 404 : 200
    // Of one list of requests, which only whoever sent it opens.
    if (list === 'access_list_rows') return 404
    if (['trail', 'checkpoints', 'samples', 'sample_items'].includes(list))
      return duty === 'control_interno' ? 200 : 403
    if (['ended_cycles', 'disposals', 'disposal_items', 'retention_rules'].includes(list))
      return duty === 'direccion_tic' ? 403 : 200
    if (list === 'inventory') return duty === 'administracion' ? 200 : 403
    if (['access_indicators', 'personal_readings', 'unusual_readings'].includes(list))
      return duty === 'direccion_tic' ? 403 : 200
    if (list === 'connections') return duty === 'direccion_tic' ? 200 : 403
    return list === 'tracking' && duty === 'administracion' ? 404 : 200
  }

  it('goes to whoever opens its page, and to nobody else', async () => {
    const wrong: string[] = []
    const asked = files(own).flatMap((file) =>
      ['jefatura_ogac', 'direccion_tic', 'administracion', 'control_interno'].map((duty) => ({ ...file, duty })),
    )
    await each(asked, async ({ list, path, duty }) => {
      const { status, headers } = await ask(path, { cookie: cookies.get(duty) })
      if (status !== answerTo(list, duty)) wrong.push(`${list} ${duty}: ${status}`)
      if (status === 200 && !/^attachment;/.test(headers['content-disposition'] ?? ''))
        wrong.push(`${list}: no download`)
    })
    for (const { list, path } of files(other).filter((file) => OF_A_CYCLE.includes(file.list))) {
      const { status } = await ask(path, { cookie: cookies.get('jefatura_ogac') })
      if (status !== 404) wrong.push(`${list} of another entity: ${status}`)
    }
    const absent = await ask('/listados/elementos-de-muestra/csv?muestra=M-2026-999', {
      cookie: cookies.get('control_interno'),
    })
    if (absent.status !== 404) wrong.push(`a sample that is not there: ${absent.status}`)
    expect(wrong).toEqual([])
  })

  it('of what happened to an access or a review goes to whoever opens its page', async () => {
    const answers = async (whose: Objects, duty: string) => {
      const asked = [
        `acceso=${whose.access}`,
        `campana=${whose.campaign}`,
        `ejecucion=${whose.access}`,
        `publicacion=${whose.published.release}`,
      ]
      const cookie = cookies.get(duty)
      const found = await Promise.all(asked.map((query) => ask(`/listados/historia/csv?${query}`, { cookie })))
      return found.map(({ status, body }) => (status === 200 ? body.trimEnd().split('\r\n').length > 1 : status))
    }
    expect(await answers(own, 'control_interno')).toEqual([true, true, 404, true])
    expect(await answers(own, 'direccion_tic')).toEqual([404, 404, 404, true])
    expect(await answers(other, 'control_interno')).toEqual([404, 404, 404, 404])
  })

  it('has exactly the rows its filters leave, and the record tells who took how many', async () => {
    const cycle = own.published.cycle
    const cookie = cookies.get('secretaria_general')
    const [{ n, id } = { n: 0, id: '' }] = await rows<{ n: number; id: string }>(
      `select count(*)::int as n, max(actor_person::text) as id from event where cycle_id = $1 and step_code = '2'
        and actor_person = (select actor_person from event where cycle_id = $1 and type = 'step.submitted' limit 1)`,
      [cycle],
    )
    const { body } = await ask(`/listados/historia/csv?ejercicio=${cycle}&paso=2&persona=${id}`, { cookie })
    expect(n).toBeGreaterThan(1)
    expect(body.trimEnd().split('\r\n')).toHaveLength(n + 1)
    const [event] = await rows<{ changes: unknown; content_hash: string }>(
      `select changes, content_hash from event where type = 'export.made' and cycle_id = $1 order by at desc limit 1`,
      [cycle],
    )
    const facts = { list: 'timeline', format: 'csv', rows: n, narrowed: true }
    expect(event?.changes).toEqual(Object.entries(facts).map(([field, after]) => ({ field, before: null, after })))
    expect(event?.content_hash).toBe(createHash('sha256').update(body).digest('hex'))
  })
})

/** One hash over every table: equal before and after when nothing was done. What was done before may be sealed meanwhile. */
async function fingerprint(): Promise<Record<string, string>> {
  const tables = await rows<{ name: string }>(
    `select tablename as name from pg_tables
     where schemaname = 'public' and tablename not like 'kysely%' and tablename not like 'log\\_%' order by 1`,
  )
  const parts = tables.map(
    ({ name }) =>
      `select '${name}' as name, count(*)::text || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as h from "${name}" t`,
  )
  const read = await rows<{ name: string; h: string }>(parts.join(' union all '))
  return Object.fromEntries(read.map(({ name, h }) => [name, h]))
}

describe('a request from another site', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const attempts: [name: string, headers: () => Record<string, string>, change?: (path: string) => string][] = [
    ['no origin', () => form],
    ['an origin called null', () => ({ ...form, origin: 'null' })],
    ['another site', () => ({ ...form, origin: 'https://malo.example' })],
    ['a subdomain of ours', () => ({ ...form, origin: system.url.replace('localhost', 'sub.localhost') })],
    ['the other scheme', () => ({ ...form, origin: system.url.replace('http:', 'https:') })],
    ['a forged host', () => ({ ...form, origin: 'http://malo.example', 'x-forwarded-host': 'malo.example' })],
    [
      'a forged host without origin',
      () => ({ ...form, 'x-forwarded-host': 'malo.example', 'x-forwarded-proto': 'http' }),
    ],
    ['a browser that says cross-site', () => ({ ...form, origin: system.url, 'sec-fetch-site': 'cross-site' })],
    ['a browser that says same-site', () => ({ ...form, origin: system.url, 'sec-fetch-site': 'same-site' })],
    ['plain text', () => ({ 'content-type': 'text/plain', origin: 'https://malo.example' })],
    [
      'the data address',
      () => ({ ...form, origin: 'https://malo.example' }),
      (path) => `${path === '/' ? '/_root' : path}.data`,
    ],
    ['the data parameter', () => ({ ...form, origin: 'https://malo.example' }), (path) => `${path}?_data=root`],
    [
      'another method in the form',
      () => ({ ...form, origin: 'https://malo.example' }),
      (path) => `${path}?_method=DELETE`,
    ],
  ]

  it('is refused on every route, whatever it says of itself, and leaves nothing behind', async () => {
    const cookie = cookies.get('administracion')
    const author = cookies.get('profesional_ogac')
    const before = await fingerprint()
    const passed: string[] = []
    const addresses = routes().map(({ id, path }) => addressOf(id, path, ROUTES[id] as Row, own, own))
    await each([...addresses, '/api/auth/sign-in/email', '/listo', '/salud'], async (address) => {
      for (const [name, headers, change] of attempts) {
        const path = change ? change(address) : address
        const session = address.startsWith('/administracion') ? cookie : author
        const body = '_method=DELETE&formulario=datos&intent=guardar&verdict=approve'
        const { status } = await ask(path, { method: 'POST', cookie: session, headers: headers(), body })
        if (status !== 403) passed.push(`POST ${path} from ${name}: ${status}`)
      }
      for (const method of ['PUT', 'PATCH', 'DELETE']) {
        const { status } = await ask(address, { method, cookie: author, headers: { origin: 'https://malo.example' } })
        if (status !== 403) passed.push(`${method} ${address}: ${status}`)
      }
    })
    expect(passed).toEqual([])
    expect(await fingerprint()).toEqual(before)
  }, 300_000)
})

describe('the headers of every answer', () => {
  it('let nothing run that is not ours, with a new nonce each time', async () => {
    const wrong: string[] = []
    const nonces: string[] = []
    await each(routes(), async ({ id, path }) => {
      for (const cookie of [undefined, cookies.get('administracion'), cookies.get('profesional_ogac')]) {
        const { headers, status } = await ask(addressOf(id, path, ROUTES[id] as Row, own, own), { cookie })
        const policy = String(headers['content-security-policy'])
        const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? ''
        const nonce = /'nonce-([^']{20,})'/.exec(scripts)?.[1]
        if (nonce) nonces.push(nonce)
        const faults = [
          !nonce && 'no nonce',
          /unsafe|\*|https?:/.test(scripts) && 'script-src lets in more',
          !policy.includes("object-src 'none'") && 'object-src',
          !policy.includes("base-uri 'none'") && 'base-uri',
          !policy.includes("frame-ancestors 'none'") && 'frame-ancestors',
          headers['content-security-policy-report-only'] && 'report only',
          headers['x-content-type-options'] !== 'nosniff' && 'nosniff',
          headers['cross-origin-opener-policy'] !== 'same-origin' && 'opener policy',
          !/max-age=(31536000|[4-9]\d{7})/.test(String(headers['strict-transport-security'])) && 'transport security',
          headers['x-powered-by'] && 'x-powered-by',
          cookie &&
            id !== 'routes/public/release-file' &&
            headers['cache-control'] !== 'no-store' &&
            `cache-control ${headers['cache-control']}`,
        ].filter(Boolean)
        if (faults.length > 0) wrong.push(`${id} ${status}: ${faults.join(', ')}`)
      }
    })
    expect(wrong).toEqual([])
    expect(new Set(nonces).size).toBe(nonces.length)
  }, 120_000)

  it('keep the session from scripts and other sites', async () => {
    const user = DEMO_ENTITIES[0]?.users[0]
    const body = { correo: user?.email ?? '', clave: DEMO_PASSWORD, volver: 'https://malo.example/' }
    const answer = await post('/ingresar', { own: 302, anonymous: 302, body })
    expect(answer.headers.location).toBe('/inicio')
    for (const cookie of answer.headers['set-cookie'] ?? []) {
      expect(cookie).toMatch(/HttpOnly/i)
      expect(cookie).toMatch(/SameSite=Lax/i)
      expect(cookie).toMatch(/Path=\//i)
    }
  })

  it('end a session on leaving, for every later request', async () => {
    const cookie = await signIn('alcaldia')
    expect((await ask('/inicio', { cookie })).status).toBe(200)
    expect((await post('/salir', { own: 302, anonymous: 302 }, cookie)).status).toBe(302)
    expect(toSignIn(await ask('/inicio', { cookie }))).toBe(true)
  })
})

describe('whoever audits', () => {
  const SEED = 20261128
  const find = lookingFor(CITIZEN)
  let known: Known
  beforeAll(async () => {
    known = await knownOf(system.superuserUrl, { own, other, planted: await plantCitizen(product, own) })
  })
  const asked = (duty: string, asks: Asked[]) =>
    search(asks, (one) => askAs(system.url, cookies.get(duty) ?? '', one), find)

  it('is shown no value of a citizen on any page, in any file and in any error; the clerk who recorded it is', async () => {
    const form: [string, string][] = [['purpose', 'attention']]
    const { leaks: read } = await asked('atencion', [{ address: `/captura/registros/${known.planted.record}`, form }])
    expect(read).toEqual([expect.stringContaining('name, document')])
    const { leaks, broken, statuses } = await asked('control_interno', everyRoute(known, SEED))
    expect({ seed: SEED, leaks, broken }).toEqual({ seed: SEED, leaks: [], broken: [] })
    expect(statuses.get(200)).toBeGreaterThan(80)
    expect(statuses.get(403)).toBeGreaterThan(10)
  }, 120_000)

  it('is shown none at addresses and by forms that nobody thought of', async () => {
    const { leaks, broken } = await asked(
      'control_interno',
      Array.from({ length: 60 }, (_, n) => randomAsk(n, SEED, known)),
    )
    expect({ seed: SEED, leaks, broken }).toEqual({ seed: SEED, leaks: [], broken: [] })
  }, 120_000)
})

describe('a worker that is killed', () => {
  it('is missed by /listo at once, and found again when it is back', async () => {
    const listo = async () => {
      const answer = await fetch(`${system.url}/listo`)
      const { worker, temporal } = (await answer.json()) as Record<string, { ok: boolean }>
      return [answer.status, worker?.ok, temporal?.ok]
    }
    expect(await listo()).toEqual([200, true, true])
    await system.kill('worker')
    await expect.poll(listo, { timeout: 3_000 }).toEqual([503, false, true])
    await system.start('worker')
    await system.untilReady()
  }, 60_000)
})
