/** Whoever holds a session asks for many addresses, and everything that comes back is searched. */
import { request as send } from 'node:http'
import { formsIn, type PageForm } from './html-forms.ts'
import { readable } from './readable.ts'

export interface Asked {
  address: string
  form?: [string, string][]
  /** Of the page that answers, what is sent next. */
  press?: (forms: PageForm[]) => Asked | null
}

export interface Told {
  status: number
  headers: string
  body: Buffer
}

/** One request of whoever holds the cookie; of nobody where it is empty. */
export function askAs(url: string, cookie: string, { address, form }: Asked): Promise<Told> {
  const body = form && new URLSearchParams(form).toString()
  const sent = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body ?? '') }
  const options = { method: form ? 'POST' : 'GET', headers: { cookie, origin: url, ...(form && sent) } }
  return new Promise((resolve, reject) => {
    const asked = send(`${url}${address}`, options, (response) => {
      const pieces: Buffer[] = []
      response.on('data', (piece) => pieces.push(piece))
      response.on('end', () => {
        const headers = JSON.stringify(response.headers)
        resolve({ status: response.statusCode ?? 0, headers, body: Buffer.concat(pieces) })
      })
      response.on('error', reject)
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

export interface Found {
  /** Where something was found, and what. */
  leaks: string[]
  /** What was answered by a 500. */
  broken: string[]
  /** How many answers there were of each status. */
  statuses: Map<number, number>
}

const AT_ONCE = 6

/** Asks for all of them, follows what they press, and searches every answer. */
export async function search(
  asks: readonly Asked[],
  ask: (asked: Asked) => Promise<Told>,
  find: (text: string) => string[],
): Promise<Found> {
  const [leaks, broken]: [string[], string[]] = [[], []]
  const [statuses, waiting]: [Map<number, number>, Asked[]] = [new Map(), [...asks]]
  const one = async (asked: Asked): Promise<void> => {
    const { status, headers, body } = await ask(asked)
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
    const found = find(`${headers}\n${await readable(body)}`)
    const what = `${status} ${asked.address}${asked.form ? ` ${JSON.stringify(asked.form)}` : ''}`
    if (found.length > 0) leaks.push(`${what}: ${found.join(', ')}`)
    if (status === 500) broken.push(what)
    const next = asked.press?.(formsIn(body.toString('utf8')))
    if (next) await one(next)
  }
  const worker = async () => {
    for (let asked = waiting.shift(); asked !== undefined; asked = waiting.shift()) await one(asked)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return { leaks, broken, statuses }
}
