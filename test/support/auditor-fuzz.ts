/** The account of control interno turned against citizens' data: every route, file and form, with values real, foreign and hostile. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FORMAT_ADDRESSES, LIST_ADDRESSES } from '../../app/text/lists.ts'
import { SUBJECT_NAMES } from '../../app/text/timeline.ts'
import { LIST_CODES, LIST_FORMATS, type ListCode, type ListFormat } from '../../domain/lists.ts'
import { root } from '../../scripts/web-build.ts'
import { addressOf, type Objects, paramsOf } from '../app/route-addresses.ts'
import { NOBODY, ROUTES, type Row } from '../app/route-table.ts'
import type { Asked } from './asking.ts'
import { addressWith, builtRoutes, dataAddress } from './build-routes.ts'
import { rowsOf } from './database.ts'
import type { PageForm } from './html-forms.ts'
import type { Planted } from './planted-citizens.ts'
import { randomOf } from './random.ts'

const routes = () => builtRoutes().flatMap((route) => (route.path === null ? [] : [{ ...route, path: route.path }]))

/** Routes that end the session, or are somebody else's way in: they are asked by other tests. */
const LEFT_OUT = ['routes/person/sign-out', 'routes/person/switch-position']

/** What was lived in both entities, and what was planted in the auditor's own. */
export interface Known {
  own: Objects
  other: Objects
  planted: Planted
  /** Events that tell of what was planted. */
  events: string[]
  /** Of anything in the database. */
  ids: string[]
  /** Names of fields that mean something to a page. */
  names: string[]
}

/** Every route once, as page or as data, every list in one of its formats, packs, proofs and technical histories. */
export function everyRoute(known: Known, seed: number): Asked[] {
  const { own, planted, events } = known
  const random = randomOf(seed)
  const oneOf = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const cycles = [own.waiting, own.published.cycle]
  const subjects = Object.values(SUBJECT_NAMES).map(
    (name, i) => `${name}=${[...cycles, own.access, own.campaign][i % 4]}`,
  )
  return [
    ...askedRoutes(known).map(({ address }) => (random() < 0.5 ? address : dataAddress(address))),
    ...LIST_CODES.map((list) => listAddress(known, list, oneOf(LIST_FORMATS))),
    ...cycles.map((id) => `/auditoria/paquete?ejercicio=${id}`),
    ...[own.recorded, ...events].flatMap((id) => [`/auditoria/hechos/${id}`, `/auditoria/hechos/${id}/comprobante`]),
    ...subjects.map((subject) => `/auditoria/historia-tecnica?${subject}`),
    ...[`/captura/registros/${planted.record}`, `/derechos/${planted.request}`],
  ].map((address) => ({ address }))
}

/** Every route as page and as data and with ids of the other entity, every form as the table sends it, every list in every format. */
export function everyWay(known: Known): Asked[] {
  const asked = askedRoutes(known).flatMap(({ id, path, row, address, hasAction }) => {
    const theirs = addressOf(id, path, row, known.other, known.own)
    const { post } = row
    const form = hasAction && post && !post.multipart ? [{ address, form: Object.entries(post.body ?? {}) }] : []
    return [{ address }, { address: dataAddress(address) }, { address: theirs }, ...form]
  })
  const lists = LIST_CODES.flatMap((list) => LIST_FORMATS.map((format) => listAddress(known, list, format)))
  const { waiting, published } = known.other
  const packs = [waiting, published.cycle].map((id) => `/auditoria/paquete?ejercicio=${id}`)
  return [...asked, ...[...lists, ...packs].map((address) => ({ address }))]
}

function askedRoutes(known: Known) {
  const { own, planted } = known
  const objects = { ...own, record: planted.record, rights: { ...own.rights, id: planted.request } }
  return routes().flatMap((route) => {
    if (LEFT_OUT.includes(route.id)) return []
    const row = ROUTES[route.id] as Row
    return [{ ...route, row, address: addressOf(route.id, route.path, row, objects, own) }]
  })
}

function listAddress({ own }: Known, list: ListCode, format: ListFormat): string {
  const scope = `ejercicio=${own.published.cycle}&campana=${own.campaign}&muestra=${own.sample}&lista=${own.accessList}`
  return `/listados/${LIST_ADDRESSES[list]}/${FORMAT_ADDRESSES[format]}?autocontrol=avisos-enviados&${scope}`
}

/** Looks up what is not known from having lived. */
export async function knownOf(superuserUrl: string, lived: Pick<Known, 'own' | 'other' | 'planted'>): Promise<Known> {
  const { record, request } = lived.planted
  const told = await rowsOf<{ id: string }>(superuserUrl, 'select id from event where object_id = any($1)', [
    [record, request],
  ])
  const events = told.map(({ id }) => id)
  const ids = [record, request, ...(await idsOfEverything(superuserUrl))]
  return { ...lived, events, ids, names: namesRead() }
}

const HOSTILE = [
  ...["' or 1=1 --", '../../../etc/passwd', '%00', '{{7*7}}', '<img src=x onerror=alert(1)>', '*', '%', '_', '-1', '0'],
  ...['9'.repeat(30), 'ñ'.repeat(300), '1e309', 'null', 'undefined', '__proto__', 'true', '2026-13-40', '\u202e', '😀'],
]

/** Names that pages read of an address or of a form, as their code has them. */
function namesRead(): string[] {
  const files = readdirSync(join(root, 'app'), { recursive: true, withFileTypes: true })
  const read = files.flatMap((file) => {
    if (!/\.tsx?$/.test(file.name)) return []
    const text = readFileSync(join(file.parentPath, file.name), 'utf8')
    return [...text.matchAll(/\.(?:get|getAll|has)\('([a-z]+)'\)/g)].flatMap(([, name]) => name ?? [])
  })
  return [...new Set(read)].sort()
}

const TELLING_COLUMNS = ['code', 'number', 'receipt_code', 'sha256', 'hash', 'content_hash', 'slug']

/** Ids, codes and hashes of every table, some of each: what an auditor could guess, be told or find in the log. */
async function idsOfEverything(superuserUrl: string): Promise<string[]> {
  const columns = await rowsOf<{ table: string; column: string }>(
    superuserUrl,
    `select quote_ident(c.relname) as table, quote_ident(a.attname) as column
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
       and ((a.attname = 'id' and a.atttypid = 'uuid'::regtype) or (a.attname = any($1) and a.atttypid = 'text'::regtype))`,
    [TELLING_COLUMNS],
  )
  const each = columns.map(
    ({ table, column }) => `(select ${column}::text as id from ${table} where ${column} is not null limit 25)`,
  )
  const rows = await rowsOf<{ id: string }>(superuserUrl, each.join(' union '))
  return rows.map(({ id }) => id).sort()
}

/** What is asked n-th under a seed: an address nobody thought of, and of the page that answers perhaps one of its forms. */
export function randomAsk(n: number, seed: number, { own, other, ids, names }: Known): Asked {
  const random = randomOf(seed * 1_000_003 + n)
  const oneOf = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const guess = () => (random() < 0.6 ? oneOf(ids) : oneOf(HOSTILE))
  const { id, path, hasAction } = oneOf(routes().filter((route) => !LEFT_OUT.includes(route.id)))
  const row = ROUTES[id] as Row
  const real = { ...paramsOf(row, own), ...row.params }
  const theirs = { ...paramsOf(row, other), ...row.params }
  const value = (name: string) => {
    const kind = random()
    if (kind < 0.45) return real[name] ?? oneOf(ids)
    return kind < 0.6 ? (theirs[name] ?? NOBODY) : guess()
  }
  const params = path.split('/').flatMap((part) => (part === '*' ? ['*'] : part.startsWith(':') ? [part.slice(1)] : []))
  const query = Array.from({ length: Math.floor(random() * 4) }, (): [string, string] => [oneOf(names), guess()])
  const place = addressWith(path, Object.fromEntries(params.map((name) => [name, value(name)])))
  const address = place + (query.length > 0 ? `?${new URLSearchParams(query)}` : '')
  if (hasAction && random() < 0.2) {
    const typed = Object.entries(row.post?.body ?? {}).map(([name, one]): [string, string] => [
      name,
      random() < 0.7 ? one : guess(),
    ])
    return { address, form: [...typed, [oneOf(names), guess()]] }
  }
  if (random() < 0.4) return { address: dataAddress(address) }
  return { address, press: (forms) => pressed(forms, address, { oneOf, guess }) }
}

/** One form of a page as it stands there, its texts filled in, sent by one of its buttons. */
function pressed(
  forms: readonly PageForm[],
  page: string,
  { oneOf, guess }: { oneOf: <T>(list: readonly T[]) => T; guess: () => string },
): Asked | null {
  const ours = forms.filter(({ action }) => !['/salir', '/posicion', '/cuenta'].includes(action ?? page))
  if (ours.length === 0) return null
  const { action, entries, texts, buttons, isSearch } = oneOf(ours)
  const typed = entries.map(([name, value]): [string, string] => [name, texts.includes(name) ? guess() : value])
  const form = [...typed, ...(buttons.length > 0 ? [oneOf(buttons)] : [])]
  const to = action ?? page
  return isSearch ? { address: `${to.split('?')[0]}?${new URLSearchParams(form)}` } : { address: to, form }
}
