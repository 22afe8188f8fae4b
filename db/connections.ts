/** Connections of an entity (E1): what pages list of them, and the one way to what opens one. */
import { sql } from 'kysely'
import type { ConnectionPlace, ConnectionSecret, OutsideFailureCode } from '../domain/connections.ts'
import type { Trx } from './client.ts'
import { type SealedSecret, type SecretFor, unsealSecret } from './connection-secrets.ts'

export interface ConnectionRow extends ConnectionPlace {
  id: string
  entityId: string
  name: string
  /** Scheme, host and path of an HTTP connection; null of a database. */
  address: string | null
  /** The last time somebody tried it; `testCode` is `ok` or why not. */
  testedAt: Date | null
  testCode: OutsideFailureCode | 'ok' | null
  addedBy: string
  addedAt: Date
}

const COLUMNS = [
  ...(['connection.id', 'connection.entity_id', 'connection.name', 'connection.kind', 'connection.host'] as const),
  ...(['connection.port', 'connection.tls', 'connection.database_name', 'connection.user_name'] as const),
  ...([
    'connection.address',
    'connection.authority',
    'connection.header_name',
    'connection.tested_at',
    'connection.test_code',
  ] as const),
  'connection.added_at',
] as const

/** By name; removed ones are left out. */
export async function listConnections(trx: Trx): Promise<ConnectionRow[]> {
  const rows = await connectionRows(trx).orderBy(sql`lower(connection.name)`).execute()
  return rows.map(connectionOf)
}

/** Undefined when it is not visible or was removed. */
export async function findConnection(trx: Trx, id: string): Promise<ConnectionRow | undefined> {
  const row = await connectionRows(trx).where('connection.id', '=', id).executeTakeFirst()
  return row && connectionOf(row)
}

/** No column of these rows holds what opens the connection. */
const connectionRows = (trx: Trx) =>
  trx
    .selectFrom('connection')
    .innerJoin('person', 'person.id', 'connection.added_by')
    .select([...COLUMNS, 'person.display_name as added_by'])
    .where('connection.removed_at', 'is', null)

type RawConnection = Awaited<ReturnType<ReturnType<typeof connectionRows>['execute']>>[number]

function connectionOf(row: RawConnection): ConnectionRow {
  return {
    ...{ id: row.id, entityId: row.entity_id, name: row.name, kind: row.kind as ConnectionRow['kind'] },
    ...{ host: row.host, port: row.port, tls: row.tls as ConnectionRow['tls'], authority: row.authority },
    ...{ database: row.database_name, user: row.user_name, address: row.address, headerName: row.header_name },
    ...{ testedAt: row.tested_at, testCode: row.test_code as ConnectionRow['testCode'] },
    ...{ addedBy: row.added_by, addedAt: row.added_at },
  }
}

/** What a connection's secret is sealed to. */
export function secretPlace({
  id,
  entityId,
  kind,
  host,
  port,
  tls,
  authority,
}: Pick<ConnectionRow, 'id' | 'entityId' | 'kind' | 'host' | 'port' | 'tls' | 'authority'>): SecretFor {
  return { entityId, connectionId: id, kind, host, port, tls, authority }
}

/** Undefined when it cannot be opened any more: the installation's secret changed. Hand it to nothing but the reader. */
export async function findConnectionSecret(
  trx: Trx,
  secret: string,
  connection: ConnectionRow,
): Promise<ConnectionSecret | undefined> {
  const row = await trx
    .selectFrom('connection')
    .select(['secret', 'secret_key_id'])
    .where('id', '=', connection.id)
    .executeTakeFirst()
  if (!row?.secret || row.secret_key_id === null) return undefined
  const sealed: SealedSecret = { sealed: row.secret, keyId: row.secret_key_id }
  return unsealSecret(secret, secretPlace(connection), sealed)
}

/** Sources in use that are fetched through it, over all cycles. */
export async function countSourcesOf(trx: Trx, connectionId: string): Promise<number> {
  const row = await trx
    .selectFrom('source')
    .select(sql<string>`count(*)`.as('count'))
    .where('connection_id', '=', connectionId)
    .where('detached_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}
