/** Somebody else's servers, on this machine: what a source is fetched from in the tests. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer as httpServer, type RequestListener } from 'node:http'
import { createServer as httpsServer } from 'node:https'
import type { AddressInfo, Server, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { query, rolePassword, startPostgres } from '../../scripts/postgres.ts'
import { clusterFolder, unprivilegedOwner } from '../../scripts/unprivileged.ts'
import { LOCALHOST } from './certificates.ts'
import { TEST_SECRET, testServices } from './services.ts'

/** A password nobody may ever meet anywhere. */
export const CANARY = 'Canario-Secreto-91c2'

export interface Listening {
  port: number
  close(): Promise<void>
}

/** Closing it ends what is still connected. */
export async function listening(server: Server): Promise<Listening> {
  const open = new Set<Socket>()
  server.on('connection', (socket) => open.add(socket.on('error', () => undefined)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = async () => {
    for (const socket of open) socket.destroy()
    server.close()
  }
  return { port: (server.address() as AddressInfo).port, close }
}

export const webServer = (answer: RequestListener) => listening(httpServer(answer))

export const secureWebServer = (answer: RequestListener) =>
  listening(httpsServer({ cert: LOCALHOST.certificate, key: LOCALHOST.key }, answer))

/** A PostgreSQL of its own that offers encryption as `localhost`, with one table. */
export async function encryptedPostgres() {
  const dataDir = await mkdtemp(join(tmpdir(), 'caracteriza-tls-'))
  const owner = unprivilegedOwner()
  const reachable = dirname(clusterFolder(dataDir, owner))
  const [ssl_cert_file, ssl_key_file] = [join(reachable, 'server.pem'), join(reachable, 'server.key')]
  await writeFile(ssl_cert_file, LOCALHOST.certificate)
  await writeFile(ssl_key_file, LOCALHOST.key)
  await chmod(ssl_key_file, 0o600)
  for (const file of owner ? [ssl_cert_file, ssl_key_file] : []) await chown(file, owner?.uid ?? 0, owner?.gid ?? 0)
  const settings = { fsync: 'off', listen_addresses: 'localhost', ssl: 'on', ssl_cert_file, ssl_key_file }
  const { port, superuserUrl, stop } = await startPostgres({ dataDir, secret: TEST_SECRET, settings })
  await query(superuserUrl(), 'create table atenciones (n integer primary key)')
  const close = async () => {
    await stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  return { port, database: 'postgres', user: 'postgres', password: rolePassword(TEST_SECRET, 'postgres'), close }
}

export interface OtherDatabase {
  host: string
  port: number
  database: string
  /** May read what `script` grants it, with the canary as password. */
  user: string
  /** Of its owner. */
  client: pg.Client
  drop(): Promise<void>
}

/** A database of somebody else on the tests' PostgreSQL, made by a script that may name the reader. */
export async function otherDatabase(script: (user: string) => string): Promise<OtherDatabase> {
  const { postgresUrl } = await testServices()
  const [database, user] = [`outside_${randomBytes(4).toString('hex')}`, `reader_${randomBytes(4).toString('hex')}`]
  const superuser = new pg.Client({ connectionString: postgresUrl })
  await superuser.connect()
  await superuser.query(`create database ${database}`)
  await superuser.query(`create role ${user} login password '${CANARY}'`)
  const url = new URL(postgresUrl)
  url.pathname = `/${database}`
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  await client.query(script(user))
  const drop = async () => {
    await client.end()
    await superuser.query(`drop database if exists ${database} with (force)`)
    await superuser.query(`drop role if exists ${user}`)
    await superuser.end()
  }
  return { host: url.hostname, port: Number(url.port), database, user, client, drop }
}
