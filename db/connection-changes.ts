/** A connection from its definition to its removal, each change with its event (E1). Secrets are sealed before a row is written. */
import { sql } from 'kysely'
import type { ConnectionInput, ConnectionSecret } from '../domain/connections.ts'
import type { FieldChange } from '../domain/events.ts'
import { type ActingPerson, changesBetween, eventBy, refuse, type Saved } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { type SealedSecret, sealSecret } from './connection-secrets.ts'
import { type ConnectionRow, findConnection, findConnectionSecret, secretPlace } from './connections.ts'
import { fingerprintsOf, httpOpeningOf, httpPlaceOf, isElsewhere, isHttpSecretTyped } from './http-opening.ts'
import { newId } from './ids.ts'

type Place = Pick<
  ConnectionRow,
  'name' | 'kind' | 'host' | 'port' | 'tls' | 'authority' | 'database' | 'user' | 'address' | 'headerName'
>

/** Adds a connection; what opens it is asked for. */
export async function addConnection(
  trx: Trx,
  actor: ActingPerson,
  secret: string,
  input: ConnectionInput,
): Promise<Saved> {
  const place = placeOf(input, undefined)
  if (fingerprintsOf(place.authority) === undefined) return refuse('authority', 'not_a_certificate')
  const opening = openingOf(input, place, undefined)
  if ('needed' in opening) return refuse(opening.needed, 'missing')
  if (await isNameTaken(trx, place.name, null)) return refuse('name', 'name_taken')
  const [id, { entityId, personId }] = [newId(), actor]
  const sealed = sealSecret(secret, secretPlace({ ...place, id, entityId }), opening)
  await trx
    .insertInto('connection')
    .values({ id, entity_id: entityId, added_by: personId, kind: place.kind, ...columnsOf(place), ...sealedIn(sealed) })
    .execute()
  const changes = changesBetween({}, shownOf(place), BY_NAME_ONLY)
  await recordEvent(trx, { ...eventBy(actor), type: 'connection.added', objectId: id, changes })
  return { id }
}

/** Writes a connection anew. What is sealed stays unless it is typed, and has to be typed when it would go elsewhere. */
export async function changeConnection(
  trx: Trx,
  actor: ActingPerson,
  secret: string,
  { id, input }: { id: string; input: ConnectionInput },
): Promise<Saved> {
  const before = await findConnection(trx, id)
  if (before?.kind !== input.kind) return refuse('name', 'not_found')
  const place = placeOf(input, before)
  if (fingerprintsOf(place.authority) === undefined) return refuse('authority', 'not_a_certificate')
  const standing = await findConnectionSecret(trx, secret, before)
  const opening = openingOf(input, place, { ...before, opening: standing })
  if ('needed' in opening) return refuse(opening.needed, 'secret_needed')
  if (await isNameTaken(trx, place.name, id)) return refuse('name', 'name_taken')
  const changes = changesBetween(shownOf(before), shownOf(place), BY_NAME_ONLY)
  // That it changed is known; what it was and is, nobody reads.
  if (isSecretTyped(input)) changes.push({ field: 'secret', before: null, after: null })
  if (changes.length === 0) return { id }
  const sealed = sealSecret(secret, secretPlace({ ...before, ...place }), opening)
  await trx
    .updateTable('connection')
    .set({ ...columnsOf(place), ...sealedIn(sealed) })
    .where('id', '=', id)
    .execute()
  await recordEvent(trx, { ...eventBy(actor), type: 'connection.changed', objectId: id, changes })
  return { id }
}

/** Removes a connection and destroys its secret; sources keep what they fetched, and its name. */
export async function removeConnection(trx: Trx, actor: ActingPerson, { id }: { id: string }): Promise<Saved> {
  const before = await findConnection(trx, id)
  if (!before) return refuse('name', 'not_found')
  await trx
    .updateTable('connection')
    .set({ removed_at: sql<Date>`app_now()`, removed_by: actor.personId, secret: null, secret_key_id: null })
    .where('id', '=', id)
    .execute()
  const changes: FieldChange[] = [{ field: 'name', before: before.name, after: null }]
  await recordEvent(trx, { ...eventBy(actor), type: 'connection.removed', objectId: id, changes })
  return { id }
}

/** Notes how a trial went: `ok`, or why not. */
export async function noteTest(trx: Trx, actor: ActingPerson, id: string, code: string): Promise<void> {
  await trx
    .updateTable('connection')
    .set({ tested_at: sql<Date>`app_now()`, test_code: code })
    .where('id', '=', id)
    .execute()
  const changes: FieldChange[] = [{ field: 'outcome', before: null, after: code }]
  await recordEvent(trx, { ...eventBy(actor), type: 'connection.tested', objectId: id, changes })
}

async function isNameTaken(trx: Trx, name: string, except: string | null): Promise<boolean> {
  let query = trx
    .selectFrom('connection')
    .select('id')
    .where('removed_at', 'is', null)
    .where(sql<boolean>`lower(name) = lower(${name})`)
  if (except !== null) query = query.where('id', '<>', except)
  return (await query.executeTakeFirst()) !== undefined
}

function placeOf(input: ConnectionInput, before: ConnectionRow | undefined): Place {
  if (input.kind !== 'http') {
    const { name, kind, host, port, tls, database, user } = input
    const authority = tls === 'verified' ? input.authority : null
    return { name, kind, host, port, tls, authority, database, user, address: null, headerName: null }
  }
  return { ...httpPlaceOf(input, before), kind: 'http', database: null, user: null }
}

type Standing = ConnectionRow & { opening: ConnectionSecret | undefined }

/** What opens it after this form, or the field that has to be typed. */
function openingOf(
  input: ConnectionInput,
  place: Place,
  before: Standing | undefined,
): ConnectionSecret | { needed: string } {
  const standing = isElsewhere(place, before) ? undefined : before?.opening
  if (input.kind === 'http') return httpOpeningOf(input, standing)
  if (input.password !== '') return { password: input.password }
  return standing ?? { needed: 'password' }
}

const isSecretTyped = (input: ConnectionInput) =>
  input.kind === 'http' ? isHttpSecretTyped(input) : input.password !== ''

const sealedIn = ({ sealed, keyId }: SealedSecret) => ({ secret: sealed, secret_key_id: keyId })

function columnsOf({ name, host, port, tls, authority, database, user, address, headerName }: Place) {
  const where = { name, host, port, tls, authority, address }
  return { ...where, database_name: database, user_name: user, header_name: headerName }
}

/** What an event says of it. */
function shownOf({ name, kind, host, port, tls, authority, database, user, address, headerName }: Place): Shown {
  const trust = { tls, authority: fingerprintsOf(authority) ?? null }
  if (kind === 'http') return { name, kind, address, header_name: headerName, ...trust }
  return { name, kind, host, port, database_name: database, user_name: user, ...trust }
}

/** Half of what opens it. */
const BY_NAME_ONLY = ['user_name']

type Shown = Record<string, string | number | null>
