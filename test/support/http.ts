/** A person at a browser without script: signs in, opens pages, fills in their forms and sends them. */
import { Agent, type OutgoingHttpHeaders, request } from 'node:http'
import { DEMO_PASSWORD } from '../../catalog/demo-users.ts'
import { formsIn, type PageForm } from './html-forms.ts'

const PATIENCE_MS = 120_000

export interface Answer {
  status: number
  /** Where a redirect leads: path and query. */
  location: string | null
  body: string
}

export type Entries = readonly (readonly [string, string])[]

export interface Visitor {
  email: string
  get: (path: string) => Promise<Answer>
  post: (path: string, entries: Entries) => Promise<Answer>
  /** Sends one file in the field `archivo`. */
  upload: (path: string, name: string, content: Uint8Array<ArrayBuffer>) => Promise<Answer>
  /** Opens a page and sends the form on it that has an input `having`, with these entries instead of its own. */
  fillIn: (path: string, having: string, filled: Record<string, string>, more?: Entries) => Promise<Answer>
  /** The same without sending it yet. */
  prepare: (path: string, having: string, filled: Record<string, string>, more?: Entries) => Promise<PreparedForm>
}

export interface PreparedForm {
  path: string
  entries: [string, string][]
}

/** Signs in through /ingresar; throws when the page does not let them in. */
export async function signIn(url: string, email: string, password = DEMO_PASSWORD): Promise<Visitor> {
  const visitor = visitorOf(url, email, password)
  const entered = await visitor.post('/ingresar', [
    ['correo', email],
    ['clave', password],
    ['volver', '/inicio'],
  ])
  if (entered.status !== 302) throw new Error(`${email} could not sign in: ${entered.status}`)
  return visitor
}

/** Somebody who has not signed in. */
export function stranger(url: string): Visitor {
  return visitorOf(url, '', '')
}

function visitorOf(url: string, email: string, password: string): Visitor {
  const cookies = new Map<string, string>()
  const send = async (path: string, body?: string | Buffer, type = FORM): Promise<Answer> => {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ')
    const sent: OutgoingHttpHeaders = { cookie, ...(body === undefined ? {} : formHeaders(url, body, type)) }
    const { setCookies, ...answer } = await exchange(new URL(path, url), sent, body)
    for (const one of setCookies) {
      const [name = '', value = ''] = (one.split(';')[0] ?? '').split('=')
      cookies.set(name, value)
    }
    return answer
  }
  const post = (path: string, entries: Entries) =>
    send(path, new URLSearchParams(entries.map(([name, value]) => [name, value])).toString())
  const prepare: Visitor['prepare'] = async (path, having, filled, more = []) => {
    const page = await send(path)
    const form = formsIn(page.body).find(({ entries }) => entries.some(([name]) => name === having))
    if (!form) throw new NoForm(path, having, page.status)
    return { path: form.action ?? path, entries: [...replaced(form, filled, password), ...more.map(copied)] }
  }
  return {
    email,
    get: (path) => send(path),
    post,
    prepare,
    upload: async (path, name, content) => {
      const form = new FormData()
      form.append('archivo', new Blob([content]), name)
      const body = new Response(form)
      return await send(path, Buffer.from(await body.arrayBuffer()), body.headers.get('content-type') ?? FORM)
    },
    fillIn: async (path, having, filled, more) => {
      const form = await prepare(path, having, filled, more)
      return await post(form.path, form.entries)
    },
  }
}

const FORM = 'application/x-www-form-urlencoded'

function formHeaders(url: string, body: string | Buffer, type: string): OutgoingHttpHeaders {
  return {
    origin: new URL(url).origin,
    'content-type': type,
    'content-length': Buffer.byteLength(body),
  }
}

// Not `fetch`: it gives up connecting after ten seconds, and a thousand people at once may have to wait longer.
const agent = new Agent({ keepAlive: false })

function exchange(
  url: URL,
  headers: OutgoingHttpHeaders,
  body?: string | Buffer,
): Promise<Answer & { setCookies: string[] }> {
  const signal = AbortSignal.timeout(PATIENCE_MS)
  return new Promise((resolve, reject) => {
    const sending = request(
      url,
      { method: body === undefined ? 'GET' : 'POST', headers, agent, signal },
      (response) => {
        const chunks: Buffer[] = []
        response.on('error', reject).on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => {
          const { location = null, 'set-cookie': setCookies = [] } = response.headers
          resolve({ status: response.statusCode ?? 0, location, body: Buffer.concat(chunks).toString(), setCookies })
        })
      },
    )
    sending.on('error', reject).end(body)
  })
}

/** The page does not offer this form to this person now. */
export class NoForm extends Error {
  constructor(path: string, having: string, status: number) {
    super(`${path} answered ${status} without a form that has ${having}`)
    this.name = 'NoForm'
  }
}

const copied = ([name, value]: readonly [string, string]): [string, string] => [name, value]

/** Types into the inputs that are there, adds the button pressed, and gives the password where the form asks again. */
function replaced({ entries }: PageForm, filled: Record<string, string>, password: string): [string, string][] {
  const typed = entries.map(([name, value]): [string, string] => {
    if (name === 'clave' && value === '') return [name, password]
    return [name, filled[name] ?? value]
  })
  const pressed = Object.entries(filled).filter(([name]) => !entries.some(([known]) => known === name))
  return [...typed, ...pressed]
}
