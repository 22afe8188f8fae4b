/** Somebody else's servers, on this machine: what a source is fetched from in the tests. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer as httpServer, type RequestListener } from 'node:http'
import type { AddressInfo, Server, Socket } from 'node:net'
import pg from 'pg'
import { testServices } from './services.ts'

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
