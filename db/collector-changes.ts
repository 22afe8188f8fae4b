/** A collector from its definition to its removal, each change with its event (K4). Secrets are sealed before a row is written. */
import { sql, type UpdateObject } from 'kysely'
import type { EventType, FieldChange } from '../domain/events.ts'
import type { BEGINNINGS, CollectorInput } from '../domain/forwarding.ts'
import { type ActingPerson, changesBetween, eventBy, refuse, type Saved } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { type CollectorRow, collectorPlace, findOpenedCollector, lockCollector } from './collectors.ts'
import { sealSecret } from './connection-secrets.ts'
import {
  fingerprintsOf,
  type HttpPlace,
  httpOpeningOf,
  httpPlaceOf,
  isElsewhere,
  isHttpSecretTyped,
} from './http-opening.ts'
import { newId } from './ids.ts'
import type { DB } from './schema.ts'
import { findLastSealed } from './sealed-log.ts'

/** Adds a collector; its workflow is told by the courier. */
export async function addCollector(
  trx: Trx,
  actor: ActingPerson,
  secret: string,
  input: CollectorInput & { beginning: (typeof BEGINNINGS)[number] },
): Promise<Saved> {
  const place = placeOf(input, undefined)
  if (fingerprintsOf(place.authority) === undefined) return refuse('authority', 'not_a_certificate')
  const opening = httpOpeningOf(input, undefined)
  if ('needed' in opening) return refuse(opening.needed, 'missing')
  if (await isNameTaken(trx, actor.entityId, place.name, null)) return refuse('name', 'name_taken')
  const [id, { entityId, personId }] = [newId(), actor]
  const { sealed, keyId } = sealSecret(secret, collectorPlace({ ...place, id, entityId }), opening)
  const last = input.beginning === 'from_now' ? await findLastSealed(trx, entityId) : undefined
  const confirmed = last ? Number(last.n) + 1 : 0
  await trx
    .insertInto('collector')
    .values({
      ...{ id, entity_id: entityId, added_by: personId, confirmed: String(confirmed), ...columnsOf(place) },
      ...{ secret: sealed, secret_key_id: keyId },
    })
    .execute()
  const changes = changesBetween({}, { ...shownOf(place), from: confirmed + 1 })
  await recordEvent(trx, { ...eventBy(actor), type: 'collector.added', objectId: id, changes })
  return { id }
}

/** Writes a collector anew. What is sealed stays unless it is typed, and has to be typed when it would go elsewhere. */
export async function changeCollector(
  trx: Trx,
  actor: ActingPerson,
  secret: string,
  { id, input }: { id: string; input: CollectorInput },
): Promise<Saved> {
  const before = await lockCollector(trx, id)
  if (!before) return refuse('name', 'not_found')
  const place = placeOf(input, before)
  if (fingerprintsOf(place.authority) === undefined) return refuse('authority', 'not_a_certificate')
  const standing = isElsewhere(place, before) ? undefined : await findOpenedCollector(trx, secret, id)
  const opening = httpOpeningOf(input, standing?.opening)
  if ('needed' in opening) return refuse(opening.needed, 'secret_needed')
  if (await isNameTaken(trx, before.entityId, place.name, id)) return refuse('name', 'name_taken')
  const changes = changesBetween(shownOf(before), shownOf(place))
  // That it changed is known; what it was and is, nobody reads.
  if (isHttpSecretTyped(input)) changes.push({ field: 'secret', before: null, after: null })
  if (changes.length === 0) return { id }
  const { sealed, keyId } = sealSecret(secret, collectorPlace({ ...before, ...place }), opening)
  await move(trx, id, { ...columnsOf(place), secret: sealed, secret_key_id: keyId })
  await record(trx, actor, 'collector.changed', id, changes)
  return { id }
}

/** Sends it nothing until it is resumed. */
export async function pauseCollector(trx: Trx, actor: ActingPerson, { id }: { id: string }): Promise<Saved> {
  const before = await lockCollector(trx, id)
  if (!before) return refuse('id', 'not_found')
  if (before.pausedAt) return { id }
  await move(trx, id, { paused_at: sql<Date>`app_now()` })
  await record(trx, actor, 'collector.paused', id)
  return { id }
}

/** Goes on where it was, paused or stopped; at once, whatever it had been waiting for. */
export async function resumeCollector(trx: Trx, actor: ActingPerson, { id }: { id: string }): Promise<Saved> {
  const before = await lockCollector(trx, id)
  if (!before) return refuse('id', 'not_found')
  await move(trx, id, { paused_at: null, ...UNTROUBLED })
  await record(trx, actor, 'collector.resumed', id)
  return { id }
}

/** Sends again from an event it took already: at least once is what a receiver is promised. */
export async function rewindCollector(
  trx: Trx,
  actor: ActingPerson,
  { id, from }: { id: string; from: number },
): Promise<Saved> {
  const before = await lockCollector(trx, id)
  if (!before) return refuse('id', 'not_found')
  if (from > before.confirmed) return refuse('from', 'not_confirmed_yet')
  await move(trx, id, { confirmed: String(from - 1) })
  await record(trx, actor, 'collector.rewound', id, [{ field: 'from', before: before.confirmed + 1, after: from }])
  return { id }
}

/** Removes a collector and destroys its secret. */
export async function removeCollector(trx: Trx, actor: ActingPerson, { id }: { id: string }): Promise<Saved> {
  const before = await lockCollector(trx, id)
  if (!before) return refuse('id', 'not_found')
  const removed = { removed_at: sql<Date>`app_now()`, removed_by: actor.personId }
  await move(trx, id, { ...removed, secret: null, secret_key_id: null })
  await record(trx, actor, 'collector.removed', id, [{ field: 'name', before: before.name, after: null }])
  return { id }
}

const UNTROUBLED = { failures: 0, failing_since: null, failed_code: null, failed_status: null, stopped_at: null }

/** Every change of a person is told to its workflow. */
async function move(trx: Trx, id: string, columns: UpdateObject<DB, 'collector'>): Promise<void> {
  await trx
    .updateTable('collector')
    .set({ ...columns, is_moved: true })
    .where('id', '=', id)
    .execute()
}

async function record(trx: Trx, actor: ActingPerson, type: EventType, objectId: string, changes: FieldChange[] = []) {
  await recordEvent(trx, { ...eventBy(actor), type, objectId, changes })
}

async function isNameTaken(trx: Trx, entityId: string, name: string, except: string | null): Promise<boolean> {
  const taken = await trx
    .selectFrom('collector')
    .select('id')
    .where('entity_id', '=', entityId)
    .where('removed_at', 'is', null)
    .where(sql<boolean>`lower(name) = lower(${name})`)
    .$if(except !== null, (query) => query.where('id', '<>', except))
    .executeTakeFirst()
  return taken !== undefined
}

/** The address of a collector is always one of HTTP. */
type Place = HttpPlace & { address: string }
const placeOf = (input: CollectorInput, before: CollectorRow | undefined) => httpPlaceOf(input, before) as Place

const columnsOf = ({ name, host, port, tls, authority, address, headerName }: Place) => ({
  ...{ name, host, port, tls, authority, address },
  header_name: headerName,
})

/** What an event says of it. */
const shownOf = ({ name, tls, authority, address, headerName }: Place) => ({
  ...{ name, address, header_name: headerName, tls },
  authority: fingerprintsOf(authority) ?? null,
})
