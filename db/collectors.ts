/** Collectors outside of an entity's sealed events (K4): what pages list of them, and the one way to what opens one. */
import { sql } from 'kysely'
import type { ConnectionPlace, ConnectionSecret } from '../domain/connections.ts'
import type { ForwardingFailure } from '../domain/forwarding.ts'
import type { Trx } from './client.ts'
import { type SecretFor, unsealSecret } from './connection-secrets.ts'

export interface CollectorRow extends ConnectionPlace {
  id: string
  entityId: string
  name: string
  /** Scheme, host and path; what stands behind `?` may be a key and is sealed. */
  address: string
  addedBy: string
  addedAt: Date
  pausedAt: Date | null
  /** Sequence of the last event it took; 0 before the first. */
  confirmed: number
  confirmedAt: Date | null
  /** Failures in a row since it last took a batch. */
  failures: number
  failing: (ForwardingFailure & { since: Date }) | null
  /** It refused for good: a person has to change something and go on. */
  stoppedAt: Date | null
}

/** A collector and what opens it as both stood at one instant: the secret is sealed to the place, and a person may change both. */
export interface OpenedCollector {
  collector: CollectorRow
  /** Undefined when it cannot be opened any more: the installation's secret changed. */
  opening: ConnectionSecret | undefined
  /** What `opening` came out of; it is another one after every change of a person, and gone from a collector that was removed. */
  sealed: Buffer
}

/** No column of these rows holds what opens the collector. */
const collectorRows = (trx: Trx) =>
  trx
    .selectFrom('collector as c')
    .innerJoin('person', 'person.id', 'c.added_by')
    .select(['c.id', 'c.entity_id', 'c.name', 'c.host', 'c.port', 'c.tls', 'c.authority', 'c.address', 'c.header_name'])
    .select(['c.added_at', 'c.paused_at', 'c.confirmed', 'c.confirmed_at', 'c.failures', 'c.failing_since'])
    .select(['c.failed_code', 'c.failed_status', 'c.stopped_at', 'person.display_name as added_by'])
    .where('c.removed_at', 'is', null)

type RawCollector = Awaited<ReturnType<ReturnType<typeof collectorRows>['execute']>>[number]

/** By name; removed ones are left out. */
export async function listCollectors(trx: Trx, entityId: string): Promise<CollectorRow[]> {
  const rows = await collectorRows(trx).where('c.entity_id', '=', entityId).orderBy(sql`lower(c.name)`).execute()
  return rows.map(collectorOf)
}

/** Undefined when it is not visible or was removed. */
export async function findCollector(trx: Trx, id: string): Promise<CollectorRow | undefined> {
  const row = await collectorRows(trx).where('c.id', '=', id).executeTakeFirst()
  return row && collectorOf(row)
}

/** As `findCollector`, held until the transaction ends: what is judged of it still holds when it is written. */
export async function lockCollector(trx: Trx, id: string): Promise<CollectorRow | undefined> {
  const row = await collectorRows(trx).where('c.id', '=', id).forUpdate('c').executeTakeFirst()
  return row && collectorOf(row)
}

function collectorOf(row: RawCollector): CollectorRow {
  const failing = row.failing_since && {
    since: row.failing_since,
    code: row.failed_code as ForwardingFailure['code'],
    status: row.failed_status,
  }
  return {
    ...{ id: row.id, entityId: row.entity_id, name: row.name, kind: 'http', host: row.host, port: row.port },
    ...{ tls: row.tls as CollectorRow['tls'], authority: row.authority, database: null, user: null },
    ...{ address: row.address, headerName: row.header_name, addedBy: row.added_by, addedAt: row.added_at },
    ...{ pausedAt: row.paused_at, confirmed: Number(row.confirmed), confirmedAt: row.confirmed_at },
    ...{ failures: row.failures, failing, stoppedAt: row.stopped_at },
  }
}

/** What a collector's secret is sealed to: as a connection's, so that one sealed for a place opens for no other. */
export function collectorPlace(place: Omit<SecretFor, 'connectionId' | 'kind'> & { id: string }): SecretFor {
  const { id, entityId, host, port, tls, authority } = place
  return { entityId, connectionId: id, kind: 'http', host, port, tls, authority }
}

/** Undefined when it is not visible or was removed. Hand what opens it to nothing but the sender. */
export async function findOpenedCollector(trx: Trx, secret: string, id: string): Promise<OpenedCollector | undefined> {
  const row = await collectorRows(trx).select(['c.secret', 'c.secret_key_id']).where('c.id', '=', id).executeTakeFirst()
  if (!row?.secret || row.secret_key_id === null) return undefined
  const collector = collectorOf(row)
  const sealed = { sealed: row.secret, keyId: row.secret_key_id }
  return { collector, opening: unsealSecret(secret, collectorPlace(collector), sealed), sealed: row.secret }
}

/** How many sealed events a collector has not taken, and when the oldest of them was recorded. */
export async function findLag(
  trx: Trx,
  { entityId, confirmed }: Pick<CollectorRow, 'entityId' | 'confirmed'>,
): Promise<{ events: number; since: Date | null }> {
  const { rows } = await sql<{ events: string; since: Date | null }>`
    select greatest(0, coalesce((select n + 1 from log_leaf where entity_id = ${entityId} order by n desc limit 1), 0)
        - ${confirmed}::bigint) as events,
      (select e.at from log_leaf l join event e on e.id = l.event_id where l.entity_id = ${entityId} and l.n = ${confirmed}) as since`.execute(
    trx,
  )
  const [lag] = rows
  return { events: Number(lag?.events ?? 0), since: lag?.since ?? null }
}
