/** A person at a browser without script: signs in, opens pages, fills in their forms and sends them. */
import { DEMO_PASSWORD } from '../../catalog/demo-users.ts'
import { formsIn, type PageForm } from './html-forms.ts'

const PATIENCE_MS = 60_000

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

function visitorOf(url: string, email: string, password: string): Visitor {
  const cookies = new Map<string, string>()
  const send = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const headers = { ...init.headers, cookie: [...cookies].map((pair) => pair.join('=')).join('; ') }
    const signal = AbortSignal.timeout(PATIENCE_MS)
    const response = await fetch(new URL(path, url), { ...init, headers, signal, redirect: 'manual' })
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=')
      cookies.set(name, value)
    }
    return { status: response.status, location: response.headers.get('location'), body: await response.text() }
  }
  const post = (path: string, entries: Entries) =>
    send(path, {
      method: 'POST',
      headers: { origin: new URL(url).origin },
      body: new URLSearchParams(entries.map(([name, value]) => [name, value])),
    })
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
    fillIn: async (path, having, filled, more) => {
      const form = await prepare(path, having, filled, more)
      return await post(form.path, form.entries)
    },
  }
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
