/** What bad input gets: never a fault of ours, never a loss, never a word of what was typed in the log (issue §5, promises §4.9, G24, G26). */
import { readdirSync, readFileSync } from 'node:fs'
import { type IncomingHttpHeaders, request as send } from 'node:http'
import { join } from 'node:path'
import { Client, Connection } from '@temporalio/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEMO_ENTITIES, DEMO_PASSWORD } from '../../catalog/demo-users.ts'
import { formDefinition } from '../../catalog/forms/index.ts'
import * as acts from '../../scripts/demonstration/acts.ts'
import { addressWith, builtRoutes, dataAddress } from '../support/build-routes.ts'
import { rowsOf } from '../support/database.ts'
import { formsIn, type PageForm, plain, textOf } from '../support/html-forms.ts'
import { type Entries, signIn, type Visitor } from '../support/http.ts'
import { textsWith } from '../support/kept-texts.ts'
import { cookieOf, type Life, liveIn, openCycle, openProduct, openStep, type Product } from '../support/lived-in.ts'
import { TEST_SECRET } from '../support/services.ts'
import { type System, startSystem } from '../support/system.ts'
import { NOBODY, ROUTES } from './route-table.ts'

let system: System
let product: Product
let life: Life
const people = new Map<string, Visitor>()
const ROLES = ['profesional_ogac', 'jefatura_ogac', 'direccion_tic', 'profesional_tic', 'administracion'] as const

beforeAll(async () => {
  system = await startSystem({ env: { UPLOAD_SILENCE_SECONDS: '2' } })
  product = openProduct(system)
  life = await liveIn(product, 'santamarta')
  for (const duty of ROLES) people.set(duty, await signIn(system.url, emailOf(duty)))
}, 400_000)
afterAll(async () => {
  await product?.close()
  await system?.stop()
}, 60_000)

function emailOf(duty: string): string {
  return DEMO_ENTITIES[0]?.users.find((one) => one.duty === duty)?.email ?? ''
}

function visitor(duty: (typeof ROLES)[number]): Visitor {
  const found = people.get(duty)
  if (!found) throw new Error(`${duty} has not signed in`)
  return found
}

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

/** Exactly these headers and bytes, as no browser would send them. */
function raw(path: string, headers: Record<string, string>, body?: string, method = 'POST'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = send(`${system.url}`, { path, method, headers: { origin: system.url, ...headers } }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      )
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const sized = (body: string) => ({ ...FORM, 'content-length': String(Buffer.byteLength(body)) })
const entering = (returnTo: string) =>
  new URLSearchParams({ correo: emailOf('alcaldia'), clave: DEMO_PASSWORD, volver: returnTo }).toString()

describe('signing in', () => {
  it('never leads out of the site', async () => {
    const out = [
      ...['//malo.example', '/\\malo.example', '/\t/malo.example', '/\n/malo.example', '/\r\n/malo.example'],
      ...['/.//malo.example', '/..//malo.example', '/%09/malo.example', 'https://malo.example', 'javascript:alert(1)'],
      ...['/\u0000/malo.example', '/😀', ' //malo.example', '/@malo.example', '///malo.example', '/x/..//malo.example'],
    ]
    for (const returnTo of out) {
      const body = entering(returnTo)
      const { status, headers } = await raw('/ingresar', sized(body), body)
      const location = headers.location ?? ''
      expect([returnTo, status]).toEqual([returnTo, 302])
      expect([returnTo, new URL(location, system.url).origin]).toEqual([returnTo, system.url])
      expect([returnTo, /[\t\n\r\\]|^\/\//.test(location)]).toEqual([returnTo, false])
    }
  })

  it('goes back to the page that was asked for', async () => {
    const body = entering('/bandeja?paso=1#ayuda')
    expect((await raw('/ingresar', sized(body), body)).headers.location).toBe('/bandeja?paso=1#ayuda')
  })

  it('works behind a proxy that calls us by another name', async () => {
    const body = entering('/inicio')
    const answer = await raw('/ingresar', { ...sized(body), host: 'interno.local:8080' }, body)
    expect([answer.status, answer.headers.location]).toEqual([302, '/inicio'])
  })

  it('gives every session a token nobody knew before, and ends the one the browser had', async () => {
    const body = entering('/inicio')
    const known = 'caracteriza=conocida.deantemano'
    const [first = ''] = (await raw('/ingresar', { ...sized(body), cookie: known }, body)).headers['set-cookie'] ?? []
    expect(first).not.toContain('conocida')
    const cookie = first.split(';')[0] ?? ''
    await raw('/ingresar', { ...sized(body), cookie }, body)
    expect((await raw('/inicio', { cookie }, undefined, 'GET')).headers.location).toMatch(/^\/ingresar/)
  })

  it('is counted by network address under every name of the page', async () => {
    for (const path of ['/ingresar', '/ingresar.data', '/INGRESAR', '/%69ngresar', '/crear-clave/x'])
      expect([path, (await raw(path, sized('a=1'), 'a=1')).headers.ratelimit]).toEqual([path, expect.any(String)])
    for (const path of ['/datos-abiertos', '/DATOS-abiertos.data', '/verificar/x'])
      expect([path, (await raw(path, {}, undefined, 'GET')).headers.ratelimit]).toEqual([path, expect.any(String)])
  })

  it('has no other door', async () => {
    for (const path of [
      'ok',
      'error',
      'get-session',
      'callback/x',
      'reset-password/x',
      'sign-in/email',
      'sign-up/email',
    ])
      expect([path, (await raw(`/api/auth/${path}`, {}, undefined, 'GET')).status]).toEqual([path, 404])
  })
})

describe('a request that is no form of ours', () => {
  const cookie = () => ({ referer: 'no es una dirección' })

  it('is refused before anything reads it', async () => {
    const broken = '--x\r\nContent-Disposition: form-da'
    const attempts: [number[], Record<string, string>, string][] = [
      [[415], { 'content-type': 'application/json' }, '{"correo":"x"}'],
      [[415], { 'content-type': 'text/plain' }, 'correo=x'],
      [[415], {}, 'correo=x'],
      [[400, 422], { 'content-type': 'multipart/form-data; boundary=x' }, broken],
      [[400, 422], { 'content-type': 'multipart/form-data' }, broken],
      [[411], { ...FORM, 'transfer-encoding': 'chunked' }, 'correo=x'],
      [[413], FORM, `correo=${'a'.repeat(9_000_000)}`],
      [[422], FORM, 'correo=a%00%40b.co&clave=x'],
    ]
    for (const [expected, headers, body] of attempts) {
      const length: Record<string, string> = headers['transfer-encoding']
        ? {}
        : { 'content-length': String(Buffer.byteLength(body)) }
      const { status } = await raw('/ingresar', { ...headers, ...length }, body)
      expect([JSON.stringify(headers), body.slice(0, 30), expected.includes(status), status]).toEqual([
        ...[JSON.stringify(headers), body.slice(0, 30), true],
        status,
      ])
    }
    const empty = await raw('/ejercicios/nuevo', { ...sized('a=1'), ...cookie() }, 'a=1')
    expect(empty.status).toBe(302)
  })

  it('nor is an address with what no address holds', async () => {
    const wrong: string[] = []
    for (const { path } of builtRoutes()) {
      if (!path) continue
      let isPage = false
      for (const bad of [
        'a\u0000b',
        '\r\nset-cookie:x=1',
        '😀',
        '../../etc/passwd',
        '__proto__',
        '-'.repeat(36),
        '1e400',
      ]) {
        const names = path
          .split('/')
          .flatMap((part) => (part === '*' ? ['*'] : part.startsWith(':') ? [part.slice(1)] : []))
        const address = addressWith(path, Object.fromEntries(names.map((name) => [name, bad])))
        const query = `?${new URLSearchParams({ hecho: bad, desde: bad, persona: bad, vigencia: bad, asignacion: bad })}`
        const duty = path.startsWith('/administracion') ? 'administracion' : 'profesional_ogac'
        const whole = address + (names.length === 0 ? query : '')
        // Once a page was drawn, what reads the next address decides; the drawing is the same.
        const { status, body } = await visitor(duty).get(isPage ? dataAddress(whole) : whole)
        isPage ||= body.startsWith('<!DOCTYPE html>')
        if (status >= 500 || /root:x?:0:|\.ts:\d+/.test(body)) wrong.push(`${status} ${address}${query}`)
      }
    }
    expect(wrong).toEqual([])
  }, 120_000)
})

const CANARY = 'CANARIO-9137 observado por María'

describe('an act with words in it', () => {
  it('is registered', async () => {
    const page = `/ejercicios/${life.waiting}/pasos/1/reabrir`
    const asked = await visitor('profesional_ogac').fillIn(page, 'motivo', { verdict: 'ask', motivo: CANARY })
    expect([asked.status, asked.location]).toEqual([302, expect.stringContaining('/actos/')])
  })
})

describe('a page that is no longer up to date', () => {
  const step = { cycle: '', page: '' }
  beforeAll(async () => {
    step.cycle = await openCycle(product.context, 'santamarta', 'santamarta-dos-pestanas', 2028)
    step.page = `/ejercicios/${step.cycle}/pasos/1`
  }, 60_000)

  it('saves a draft once: the second tab is told who and when, and keeps what was typed in it', async () => {
    const author = visitor('profesional_ogac')
    const [first, second] = [
      await author.prepare(step.page, 'rev', {
        intent: 'guardar',
        'objetivos.general': 'Escrito en la primera pestaña',
      }),
      await author.prepare(step.page, 'rev', {
        intent: 'guardar',
        'objetivos.general': 'Escrito en la <segunda> pestaña',
      }),
    ]
    expect((await author.post(first.path, first.entries)).status).toBe(302)
    const late = await author.post(second.path, second.entries)
    expect(late.status).toBe(409)
    const words = textOf(late.body)
    expect(words).toMatch(/Profesional OGAC guardó este borrador el \S+/)
    expect(words).toContain('Escrito en la primera pestaña')
    expect(words).toContain('Escrito en la <segunda> pestaña')
    expect(await saved()).toBe('Escrito en la primera pestaña')
  })

  it('does not submit a draft that changed meanwhile, and names who changed it', async () => {
    const author = visitor('profesional_ogac')
    const late = await author.post(`${step.page}/revise`, [['rev', '0']])
    expect(late.status).toBe(409)
    expect(textOf(late.body)).toMatch(/Profesional OGAC cambió este borrador el \S+/)
  })

  it('gives a field that is wrong back with its sentence and everything else as it was typed', async () => {
    const author = visitor('profesional_ogac')
    const wrong = await author.fillIn(step.page, 'rev', {
      intent: 'guardar',
      'alcance.desde': 'ayer',
      'objetivos.general': 'Un objetivo <que> no se pierde',
    })
    expect(wrong.status).toBe(422)
    expect(textOf(wrong.body)).toContain('Escriba una fecha válida')
    const form = formsIn(wrong.body).find(({ entries }) => entries.some(([name]) => name === 'rev'))
    expect(new Map(form?.entries).get('objetivos.general')).toBe('Un objetivo <que> no se pierde')
    expect(new Map(form?.entries).get('alcance.desde')).toBe('ayer')
  })

  it('decides on no content but the one that was read: 409 with who, when and the difference', async () => {
    const [{ context }, { cycle, page }] = [product, step]
    await acts.elaborate(context, life.entityId, cycle, '1')
    await acts.review(context, life.entityId, cycle, '1')
    const read = await visitor('jefatura_ogac').prepare(`${page}/revision`, 'version', { verdict: 'approve' })
    const author = visitor('profesional_ogac')
    const typing = await readOnlySince(author, page)
    const withdrawn = await author.fillIn(`${page}/retirar`, 'version', {
      motivo: 'Falta precisar el objetivo general.',
    })
    expect(withdrawn.status).toBe(302)
    expect(typing.status).toBe(409)
    await acts.elaborate(context, life.entityId, cycle, '1', {}, (answers) => ({
      ...answers,
      objetivos: { ...answers.objetivos, general: 'Un objetivo general que nadie ha leído todavía' },
    }))
    const late = await visitor('jefatura_ogac').post(read.path, read.entries)
    expect(late.status).toBe(409)
    const words = textOf(late.body)
    expect(words).toMatch(/Profesional OGAC cambió este contenido el \S+/)
    expect(words).toContain('Un objetivo general que nadie ha leído todavía')
    expect(await rows('select 1 from signature where cycle_id = $1 and role = $2', [cycle, 'approver'])).toEqual([])
  })

  it('takes the same form twice as one act with one receipt', async () => {
    await acts.review(product.context, life.entityId, step.cycle, '1')
    const approver = visitor('jefatura_ogac')
    const form = await approver.prepare(`${step.page}/revision`, 'version', { verdict: 'approve' })
    const answers = await Promise.all([1, 2, 3].map(() => approver.post(form.path, form.entries)))
    answers.push(await approver.post(form.path, form.entries))
    expect(answers.map(({ status }) => status)).toEqual([302, 302, 302, 302])
    expect(new Set(answers.map(({ location }) => location)).size).toBe(1)
    const signed = await rows('select 1 from signature where cycle_id = $1 and role = $2', [step.cycle, 'approver'])
    expect(signed).toHaveLength(1)
  })

  async function saved(): Promise<unknown> {
    const [row] = await rows<{ general: string }>(
      `select answers #>> '{objetivos,general}' as general from step_draft join step on step.id = step_id
       where cycle_id = $1 and code = '1'`,
      [step.cycle],
    )
    return row?.general
  }

  /** Sent by somebody whose page still showed the form, after the step was handed in. */
  async function readOnlySince(author: Visitor, page: string) {
    const answer = await author.post(page, [
      ['intent', 'guardar'],
      ['rev', '1'],
      ['objetivos.general', 'Escrito demasiado tarde'],
    ])
    expect(textOf(answer.body)).toContain('Escrito demasiado tarde')
    return answer
  }
})

describe('what is sent twice', () => {
  it('is one comment and one file', async () => {
    const author = visitor('profesional_ogac')
    const page = `/ejercicios/${life.open}/pasos/1`
    const form = await author.prepare(page, 'comentario', { intent: 'comentar', comentario: 'Dicho una sola vez' })
    const content = new TextEncoder().encode('un soporte')
    const answers = [
      ...(await Promise.all([1, 2].map(() => author.post(form.path, form.entries)))),
      await author.post(form.path, form.entries),
      await author.upload(page, 'soporte.txt', content),
      await author.upload(page, 'soporte.txt', content),
    ]
    expect(answers.map(({ status }) => status)).toEqual([302, 302, 302, 302, 302])
    const [{ comments, files } = {}] = await rows<{ comments: number; files: number }>(
      `select (select count(*)::int from comment where cycle_id = $1 and body = 'Dicho una sola vez') as comments,
        (select count(*)::int from attachment where cycle_id = $1 and name = 'soporte.txt') as files`,
      [life.open],
    )
    expect([comments, files]).toEqual([1, 1])
  })

  /** Where a file of the source that the next test adds is sent. */
  let upload = ''

  it('is no source with another contract: what was typed comes back with the reason', async () => {
    const tic = visitor('profesional_tic')
    const again = { radicado: 'santamarta-fuentes', vigencia: 2029, code: '3' } as const
    const cycle = await openStep(product, 'santamarta', again)
    const page = `/ejercicios/${cycle}/fuentes/nueva`
    const contract = {
      name: 'Fuente de prueba',
      ownerAgency: life.agency,
      legalBasis: 'Ley 1712 de 2014',
      sensitivity: 'publica',
    }
    const form = await tic.prepare(page, 'formKey', { ...contract, periodFrom: '2024-01-01', periodTo: '2024-12-31' })
    const [once, twice] = [await tic.post(form.path, form.entries), await tic.post(form.path, form.entries)]
    expect([once.status, twice.status, twice.location]).toEqual([302, 302, once.location])
    const changed = form.entries.map(([name, value]): [string, string] => [
      name,
      name === 'name' ? 'Otra fuente' : value,
    ])
    const other = await tic.post(form.path, changed)
    expect(other.status).toBe(422)
    expect(textOf(other.body)).toContain('ya se envió con otro contenido')
    const back = formsIn(other.body).find(({ entries }) => entries.some(([name]) => name === 'formKey'))
    expect(new Map(back?.entries).get('name')).toBe('Otra fuente')
    upload = `${once.location}/archivo`
  })

  it('is broken off once it falls silent, leaves nothing half received, and is no word in the log', async () => {
    const cookie = await cookieOf(product.context, 'profesional_tic')
    const headers = { 'content-type': 'multipart/form-data; boundary=x', 'content-length': '1000000', cookie }
    const head = '--x\r\nContent-Disposition: form-data; name="archivo"; filename="silencio-7461.csv"\r\n\r\nbarrio\n'
    const arrived = () => readdirSync(join(system.dataDir, 'uploads'))
    const ended = new Promise<Error>((resolve) => {
      const sending = send(`${system.url}${upload}`, { method: 'POST', headers: { origin: system.url, ...headers } })
      sending.on('error', resolve).write(head)
    })
    await expect.poll(arrived, { interval: 20, timeout: 5_000 }).toHaveLength(1)
    expect(await ended).toMatchObject({ code: 'ECONNRESET' })
    await expect.poll(arrived, { interval: 20, timeout: 5_000 }).toEqual([])
    const said = () => logOf('web')
    await expect.poll(said, { interval: 20, timeout: 5_000 }).toContain('fell silent and was broken off')
    expect(logOf('web')).not.toContain('silencio-7461')
    expect(await rows(`select 1 from source_import where source_id = $1`, [upload.split('/').at(-2)])).toEqual([])
  })
})

interface FoundForm {
  duty: (typeof ROLES)[number]
  page: string
  form: PageForm
}

/** Forms of the pages this person opens. */
async function formsOf(duty: (typeof ROLES)[number], pages: string[]): Promise<FoundForm[]> {
  const found: FoundForm[] = []
  for (const page of pages) {
    const { body } = await visitor(duty).get(page)
    for (const form of formsIn(body))
      if (form.entries.length > 0 && form.action !== '/salir') found.push({ duty, page, form })
  }
  return found
}

/** The same fields, sent to the same page of another exercise or by somebody else, are the same form. */
function shapeOf({ page, form }: FoundForm): string {
  const address = (form.action ?? page).replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')
  const fields = form.entries.map(([name, value]) => (KEPT.test(name) ? `${name}=${value}` : name))
  return [address, ...new Set(fields)].join(' ')
}

async function everyForm(): Promise<FoundForm[]> {
  const step = (cycle: string, code: number) => `/ejercicios/${cycle}/pasos/${code}`
  const work = [life.open, life.waiting].flatMap((cycle) => [
    ...[1, 3].flatMap((code) =>
      ['', '/revise', '/revision', '/reabrir', '/retirar'].map((end) => step(cycle, code) + end),
    ),
    ...[`/ejercicios/${cycle}/cancelar`, `/ejercicios/${cycle}/fuentes/nueva`],
  ])
  const administration = [
    ...[
      'personas/nueva',
      `personas/${life.person}`,
      'cargos/nuevo',
      `cargos/${life.position}`,
      'calendario',
      'entidad',
    ],
    ...['dependencias/nueva', `dependencias/${life.agency}`, 'vinculaciones/nueva', `vinculaciones/${life.tenure}`],
  ].map((end) => `/administracion/${end}`)
  const all = [
    ...(await formsOf('profesional_ogac', ['/bandeja', '/ejercicios/nuevo', ...work])),
    ...(await formsOf('jefatura_ogac', work)),
    ...(await formsOf('profesional_tic', [`/ejercicios/${life.waiting}/fuentes/${life.source}`, ...work])),
    ...(await formsOf('direccion_tic', work)),
    ...(await formsOf('administracion', administration)),
  ]
  return [...new Map(all.map((one) => [shapeOf(one), one])).values()]
}

/** Which form of a page it is stays as it was; everything else is spoilt. */
const KEPT = /^(formulario|accion|intent)$/
/** Words of a library, never ours. */
const ENGLISH = /\b(Invalid (input|string|option|UUID)|Too (big|small)|expected (string|number))\b/

describe('every form of every page', () => {
  const SPOILT: Record<string, (entries: [string, string][]) => Entries> = {
    'with U+0000': (entries) =>
      entries.map(([name, value]) => [name, KEPT.test(name) ? value : 'ab\u0000cdefghijklmn']),
    'much too long': (entries) => entries.map(([name, value]) => [name, KEPT.test(name) ? value : 'x'.repeat(30_000)]),
    'with numbers no column holds': (entries) =>
      entries.map(([name, value]) => [name, KEPT.test(name) ? value : '9'.repeat(25)]),
    'with names of the language': (entries) => entries.map(([name]) => [name, '__proto__']),
    empty: () => [],
    'sent twice over in one': (entries) => [...entries, ...entries],
    'with more than it has': (entries) => [
      ...entries,
      ...(['__proto__', '__proto__.polluted', 'constructor', 'status', 'entityId', 'personId'] as const).map(
        (name) => [name, 'approved'] as const,
      ),
    ],
  }

  it('answers what is wrong in Spanish, and never breaks', async () => {
    const wrong: string[] = []
    const forms = await everyForm()
    expect(forms.length).toBeGreaterThan(30)
    for (const { duty, page, form } of forms) {
      for (const [how, spoil] of Object.entries(SPOILT)) {
        const answer = await visitor(duty).post(form.action ?? page, spoil(form.entries))
        const words = textOf(answer.body)
        if (answer.status >= 500 || ENGLISH.test(words))
          wrong.push(`${answer.status} ${duty} ${page} ${how} ${ENGLISH.exec(words)?.[0]}`)
      }
    }
    expect(wrong).toEqual([])
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  }, 300_000)
})

describe('every text a page asks for', () => {
  const MARK = 'hostil'
  /** Short enough for the shortest field, and of its own for each. */
  const hostile = (n: number) => `${MARK}${n} "'<b>&lt; \\ %_ 👩‍👧 م \u202Eb\u202C Z\u0351.`

  it('is kept as it was typed, or comes back beside its sentence as it was typed', async () => {
    const changed: string[] = []
    const ran: string[] = []
    const typed = new Map<string, string>()
    let returned = 0
    for (const { duty, page, form } of await everyForm()) {
      const filled = form.entries.map(([name, value]): [string, string] => {
        if (!form.texts.includes(name)) return [name, name === 'clave' ? DEMO_PASSWORD : value]
        const text = hostile(typed.size)
        typed.set(text, `${page} ${name}`)
        return [name, text]
      })
      const answer = await visitor(duty).post(form.action ?? page, filled)
      const shown = answer.status === 302 ? await visitor(duty).get(answer.location ?? '/inicio') : answer
      if (/<b>&(amp;)?lt;/.test(shown.body)) ran.push(`${page} ${shown.status}`)
      if (answer.status !== 422) continue
      // Two forms of a page may ask for a `name`: the same form is meant.
      const codeOf = (entries: [string, string][]) => entries.find(([name]) => name === 'formulario')?.[1]
      const same = formsIn(answer.body).filter(({ entries }) => codeOf(entries) === codeOf(filled))
      const back = new Map(same.flatMap(({ entries }) => entries))
      // A step that another of these forms took back meanwhile is no longer asked about.
      const asked = filled.filter(([name]) => form.texts.includes(name) && back.has(name))
      returned += asked.length
      for (const [name, text] of asked) if (back.get(name) !== text) changed.push(`${page} ${name}: ${back.get(name)}`)
    }
    expect(typed.size).toBeGreaterThan(40)
    expect(returned).toBeGreaterThan(15)
    expect([changed, ran]).toEqual([[], []])
    const kept = [...(await textsWith(system.superuserUrl, MARK))]
    const wrong = kept.flatMap(([column, texts]) =>
      [...texts]
        .filter((text) => ![...typed.keys()].some((one) => plain(text).includes(one) || text.includes(one)))
        .map((text) => [column, text]),
    )
    expect(wrong).toEqual([])
    expect(kept.map(([column]) => column)).toEqual(expect.arrayContaining(['step_draft.answers', 'observation.body']))
  }, 120_000)

  it('is found by a search as it is written', async () => {
    const name = `${MARK}o <i>100%_\\ de "María" 👩‍👧 م`
    const asked = await visitor('administracion').fillIn('/administracion/personas/nueva', 'displayName', {
      ...{ displayName: name, documentNumber: '10829990' },
    })
    expect(asked.status).toBe(302)
    for (const part of [name, '<i>100%_', '_\\', '👩‍👧']) {
      const { body } = await visitor('administracion').get(
        `/administracion/personas?${new URLSearchParams({ nombre: part })}`,
      )
      expect([part, textOf(body).includes(name)]).toEqual([part, true])
    }
    const other = await visitor('administracion').get(
      `/administracion/personas?${new URLSearchParams({ nombre: '100__' })}`,
    )
    expect(textOf(other.body)).not.toContain(name)
  })
})

/** Scripts, joined emoji, text from right to left, marks that pile up, and what other languages would run. */
const NAUGHTY = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "Robert'); DROP TABLE person;--",
  '𝒞𝒶𝓇𝒶𝒸𝓉𝑒𝓇𝒾𝓏𝒶 👩‍👩‍👧‍👦 🇨🇴',
  'مرحبا \u202Etxt.exe\u202C שלום',
  'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘',
  '{{7*7}} <%= 7*7 %> #{7*7}',
  '&lt;b&gt; &amp; &#39;',
  '=cmd|calc!A1',
  '  espacios   dobles  ',
  '\u00a0\u200b\ufeff\u2028línea',
]

describe('text of any kind', () => {
  it('makes pages without a byte that is none of ours, wherever a letter falls', async () => {
    for (const path of [
      '/inicio',
      '/bandeja',
      '/ejercicios',
      `/ejercicios/${life.waiting}`,
      `/ejercicios/${life.open}/pasos/1`,
    ]) {
      const { body } = await visitor('profesional_ogac').get(path)
      expect([path, body.includes('\u0000'), body.includes('\ufffd')]).toEqual([path, false, false])
    }
  })

  it('is stored as typed and shown as text, never run', async () => {
    const author = visitor('profesional_ogac')
    const page = `/ejercicios/${life.open}/pasos/1`
    for (const text of NAUGHTY) {
      const sent = await author.post(page, [
        ['intent', 'comentar'],
        ['comentario', text],
      ])
      expect([text, sent.status]).toEqual([text, 302])
    }
    const bodies = (await rows<{ body: string }>('select body from comment where cycle_id = $1', [life.open])).map(
      (row) => row.body,
    )
    for (const text of NAUGHTY) expect(bodies).toContain(text)
    const { body } = await author.get(page)
    expect(body).not.toContain('<script>alert(1)</script>')
    expect(body).not.toMatch(/<img[^>]+onerror/)
    expect(body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  })
})

describe('every text of a form', () => {
  it('comes back from the draft exactly as it was typed', async () => {
    const author = visitor('profesional_ogac')
    const cycle = await openCycle(product.context, 'santamarta', 'santamarta-textos', 2030)
    const page = `/ejercicios/${cycle}/pasos/1`
    const fields = formDefinition('1').groups.flatMap((group) =>
      group.fields.flatMap((field) => {
        const isText = (field.kind === 'text' || field.kind === 'longtext') && !field.format
        return isText ? [`${group.code}.${field.code}`] : []
      }),
    )
    expect(fields.length).toBeGreaterThan(5)
    for (let from = 0; from < NAUGHTY.length; from += 3) {
      const typed = Object.fromEntries(fields.map((name, i) => [name, NAUGHTY[(from + i) % NAUGHTY.length] ?? '']))
      const saved = await author.fillIn(page, 'rev', { ...typed, intent: 'guardar' })
      expect(saved.status).toBe(302)
      const [row] = await rows<{ answers: Record<string, Record<string, string>> }>(
        `select answers from step_draft join step on step.id = step_id where cycle_id = $1 and code = '1'`,
        [cycle],
      )
      for (const [name, text] of Object.entries(typed)) {
        const [group = '', field = ''] = name.split('.')
        expect([name, row?.answers[group]?.[field]]).toEqual([name, text])
      }
      const { body } = await author.get(page)
      const shown = new Map(formsIn(body).flatMap(({ entries }) => entries))
      for (const [name, text] of Object.entries(typed)) expect([name, shown.get(name)]).toEqual([name, text])
    }
  }, 60_000)
})

const rows = <T>(query: string, values: unknown[] = []) => rowsOf<T>(system.superuserUrl, query, values)

function logOf(part: 'web' | 'worker'): string {
  return readFileSync(join(system.dataDir, 'logs', `${part}.log`), 'utf8')
}

describe('a fault of ours', () => {
  it('shows a number that stands in the log, and neither tells what was typed nor where it broke', async () => {
    const canary = 'CANARIO-7461 maria.canario@correo.test 1082999777'
    await rows('alter table comment rename to comment_away')
    const answer = await visitor('profesional_ogac')
      .post(`/ejercicios/${life.open}/pasos/1`, [
        ['intent', 'comentar'],
        ['comentario', canary],
      ])
      .finally(() => rows('alter table comment_away rename to comment'))
    expect(answer.status).toBe(500)
    expect(answer.body).not.toMatch(/\.ts:\d+|\bat \w+ \(|node_modules|comment_away/)
    const [number] = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(textOf(answer.body)) ?? []
    expect(number).toBeDefined()
    const lines = logOf('web')
      .split('\n')
      .filter((line) => line.includes(number ?? '?'))
    expect(lines.some((line) => line.includes('"stack"'))).toBe(true)
    expect(logOf('web')).not.toMatch(/CANARIO-7461|maria\.canario|1082999777/)
  })
})

describe('a session that is over', () => {
  /** Pages for people who signed in, none of them of anybody's. */
  const addresses = () =>
    builtRoutes().flatMap(({ id, path }) => {
      const row = ROUTES[id]
      if (!path || row?.anonymous !== 'sign in') return []
      const names = path.split('/').flatMap((part) => (part.startsWith(':') ? [part.slice(1)] : []))
      const params = Object.fromEntries(names.map((name) => [name, name === 'paso' ? '1' : NOBODY]))
      return [{ id, address: addressWith(path, params), post: row.post }]
    })

  const ENDS: [
    how: string,
    duty: string,
    sql: string,
    good: (answer: { status: number; location: string | null }) => boolean,
  ][] = [
    [
      'idle for half an hour',
      'alcaldia',
      `update session set seen_at = seen_at - interval '31 minutes'`,
      isSentToSignIn,
    ],
    ['ten hours old', 'control_interno', `update session set expires_at = now() - interval '1 second'`, isSentToSignIn],
    ['of a closed account', 'secretaria_general', 'update account set disabled_at = now()', isSentToSignIn],
    [
      ...(['of somebody whose tenure ended', 'jefatura_comunicaciones'] as const),
      'update tenure set to_date = current_date - 2, from_date = least(from_date, current_date - 3)',
      ({ status }) => status === 403,
    ],
  ]

  it.each(ENDS)(
    'and is %s opens nothing and takes nothing',
    async (_how, duty, sql, good) => {
      const person = await signIn(system.url, emailOf(duty))
      expect((await person.get('/inicio')).status).toBe(200)
      const whose: Record<string, string> = {
        session: 'account_id = (select id from account where email = $1)',
        account: 'email = $1',
        tenure: 'person_id = (select person_id from account where email = $1)',
      }
      const [, table = ''] = /^update (\w+)/.exec(sql) ?? []
      await rows(`${sql} where ${whose[table]}`, [emailOf(duty)])
      const wrong: string[] = []
      for (const { id, address, post } of addresses()) {
        // Of whoever has given the password and not the code yet: a whole session is nobody there.
        const isGood = id === 'routes/public/second-step' ? isSentToSignIn : good
        if (!isGood(await person.get(address))) wrong.push(`GET ${id}`)
        if (post && !isGood(await person.post(address, Object.entries(post.body ?? { a: '1' }))))
          wrong.push(`POST ${id}`)
      }
      expect(wrong).toEqual([])
    },
    120_000,
  )
})

function isSentToSignIn({ status, location }: { status: number; location: string | null }): boolean {
  return status === 302 && location?.startsWith('/ingresar') === true
}

describe('what outlives a person', () => {
  it('holds no text anybody typed, no name and no address: logs and workflow histories', async () => {
    const names = await rows<{ display_name: string; email: string }>(
      'select display_name, email from person where email is not null',
    )
    const secrets = [
      CANARY,
      'CANARIO',
      DEMO_PASSWORD,
      TEST_SECRET,
      new URL(system.ownerUrl).password,
      ...names.flatMap((one) => [one.email]),
      ...names.map((one) => one.display_name),
    ]
    const kept = [logOf('web'), logOf('worker'), await histories()]
    for (const secret of secrets)
      for (const text of kept) expect([secret, text.includes(secret)]).toEqual([secret, false])
  }, 60_000)

  it('nor do the links with which a password is chosen stand in the log', async () => {
    const administration = visitor('administracion')
    await administration.get('/crear-clave/secreto-de-un-solo-uso')
    await administration.get('/instalar/otro-secreto-de-una-vez')
    expect(logOf('web')).not.toMatch(/secreto-de-un-solo-uso|otro-secreto-de-una-vez/)
  })
})

/** Every event of every workflow, payloads decoded. */
async function histories(): Promise<string> {
  const connection = await Connection.connect({ address: system.temporalAddress })
  const client = new Client({ connection, namespace: system.namespace })
  const texts: string[] = []
  for await (const { workflowId, runId } of client.workflow.list()) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory()
    texts.push(
      JSON.stringify(history, (_key, value) => {
        const isBytes = value?.type === 'Buffer' || value instanceof Uint8Array
        return isBytes ? Buffer.from(value.data ?? value).toString('utf8') : value
      }),
    )
  }
  await connection.close()
  expect(texts.length).toBeGreaterThan(1)
  return texts.join('\n')
}
