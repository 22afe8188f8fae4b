/** A revoked delegate is out at once, and what proves it can be used for nothing else (promises G13; C10, N2). */
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { finished } from 'node:stream/promises'
import { writeReadableStreamToWritable } from '@remix-run/node'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { probeAccess } from '../../activities/probe-access.ts'
import type { Tools } from '../../activities/tools.ts'
import { whileInForce } from '../../app/running-export.server.ts'
import { findSession, requireActor } from '../../app/session.server.ts'
import { openDatabase, type Trx, withEntity } from '../../db/client.ts'
import { holdGrant } from '../../db/grants.ts'
import { cookieOf, probeMark } from '../../db/probe-marks.ts'
import { openProbe, type ProbeSession } from '../../db/probes.ts'
import { roleUrl } from '../../db/roles.ts'
import { PROBE_HEADER } from '../../domain/probes.ts'
import { type Delegate, decide, delegates, openScene, proveIn, type Scene } from '../proofs/revocation.ts'
import { proveSilent } from '../proofs/silence.ts'
import { TEST_SECRET } from '../support/services.ts'

const HOME = 'http://localhost:3000'

let scene: Scene
let one: Delegate
let other: Delegate
let tools: Tools
beforeAll(async () => {
  scene = await openScene()
  const [first, second] = await delegates(scene, 2)
  one = first as Delegate
  other = second as Delegate
  const database = openDatabase(roleUrl(scene.world.ownerUrl, TEST_SECRET, 'worker'), { max: 2 })
  tools = {
    database,
    dataDir: '',
    secret: TEST_SECRET,
    publicUrl: HOME,
    webUrl: scene.door.url,
    mailFrom: 'x@localhost',
  }
}, 120_000)
afterAll(async () => {
  await tools?.database.close()
  await scene?.close()
}, 60_000)

const inside = <T>(work: Parameters<typeof withEntity<T>>[2]) => withEntity(tools.database, scene.world.entityId, work)
const open = async () =>
  (await inside(async (trx) => await openProbe(trx, await holdGrant(trx, one.grantId)))).session as ProbeSession
const incidents = () => inside((trx) => trx.selectFrom('incident').select(['kind', 'object_id']).execute())

/** Whether somebody who sends this is anybody to the product. */
async function isSomebody(session: ProbeSession, path: string, change: { mark?: string; method?: string } = {}) {
  const { mark = probeMark(TEST_SECRET, session.id, path), method = 'GET' } = change
  const headers = { cookie: cookieOf(HOME, TEST_SECRET, session.token), [PROBE_HEADER]: mark }
  const request = new Request(`${HOME}${path}`, { method, headers })
  return (await findSession(request, { ...scene.product.context })) !== null
}

describe('G13: a delegate whose access is revoked', () => {
  it('is refused at the next request, while the others are let in and nothing is dated after the end', async () => {
    const found = await proveIn(scene, 4, 25, 13, 8)
    expect(found).toMatchObject({ revoked: 2, untouched: 2, races: 25 })
    expect(found.written).toBeGreaterThan(0)
    expect(found.slowestMs).toBeLessThan(5_000)
    expect(await incidents()).toEqual([])
  })
})

describe('the session of a probe', () => {
  it('is good for the one path it is marked for, and for reading', async () => {
    const session = await open()
    const path = `/accesos/${one.grantId}/entrada`
    expect(await isSomebody(session, path)).toBe(true)
    expect(await isSomebody(session, path, { method: 'POST' })).toBe(false)
    expect(await isSomebody(session, '/accesos', { mark: probeMark(TEST_SECRET, session.id, path) })).toBe(false)
    expect(await isSomebody(session, path, { mark: '' })).toBe(false)
    expect(await isSomebody(session, path, { mark: probeMark('otro secreto', session.id, path) })).toBe(false)
  })

  it('cannot be one of a person: the worker opens none that lasts or is of another kind', async () => {
    const insert = (kind: string, seconds: number) =>
      inside(async (trx) => {
        const { id } = await trx.selectFrom('account').select('id').limit(1).executeTakeFirstOrThrow()
        const expires_at = new Date(performance.timeOrigin + performance.now() + seconds * 1000)
        const row = { id, token: `${kind}${seconds}`, account_id: id, expires_at, kind }
        await trx.insertInto('session').values(row).execute()
      })
    await expect(insert('person', 30)).rejects.toThrow(/row-level security/)
    await expect(insert('probe', 3_600)).rejects.toThrow(/session_probe_short/)
  })
})

describe('a file of captured records', () => {
  const scopeOf = async (trx: Trx, grantId: string) =>
    (
      await sql<{
        scope: string
      }>`select scope_of(point_id, form, vigencia) as scope from access_grant where id = ${grantId}`.execute(trx)
    ).rows[0]?.scope ?? ''
  const file = async (search = '') =>
    (await fetch(`${scene.door.url}/listados/captura/csv${search}`, { headers: { cookie: other.cookie } })).status

  it('breaks off on its way to whoever reads slowly, once the access is revoked, and is given no more', async () => {
    const { product, world } = scene
    const scope = await withEntity(world.owner, world.entityId, (trx) => scopeOf(trx, other.grantId))
    const link = `?${new URLSearchParams({ acceso: scope })}`
    expect([await file(), await file(link), await file('?acceso=otro')]).toEqual([200, 200, 403])
    const context = { ...product.context, requestId: randomUUID() }
    const actor = await requireActor(new Request(HOME, { headers: { cookie: other.cookie } }), context)
    const content = Buffer.alloc(48 * 1024 * 1024, 'x')
    const server = createServer((_request, response) => {
      const unsent = () => response.writableLength
      const body = whileInForce({ ...context, unsent }, actor, { content, scopes: [scope] })
      void writeReadableStreamToWritable(body, response).catch(() => {})
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const reading = get(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    const [answer] = (await once(reading, 'response')) as [IncomingMessage]
    await decide(scene, other.grantId, 'revoke', scene.head)
    let taken = 0
    answer.on('data', (chunk: Buffer) => {
      taken += chunk.length
      answer.pause()
      setTimeout(() => answer.resume(), 5)
    })
    await expect(finished(answer)).rejects.toThrow()
    server.close()
    expect(taken).toBeLessThan(content.length)
    expect([await file(), await file(link)]).toEqual([200, 403])
    const refused = (trx: Trx) =>
      trx.selectFrom('event').select('reason_code').where('request_id', '=', context.requestId).execute()
    expect(await withEntity(world.owner, world.entityId, refused)).toEqual([{ reason_code: 'no_access_in_force' }])
  })
})

describe('the proof of an end', () => {
  it('is taken from nobody but the product, and opens an incident where the access still opens', async () => {
    const { entityId } = scene.world
    const stranger = createServer((_request, response) => response.writeHead(403).end()).listen(0, '127.0.0.1')
    await new Promise((resolve) => stranger.once('listening', resolve))
    const webUrl = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`
    const input = { entityId, grantId: one.grantId, moment: 'after' } as const
    await expect(probeAccess({ ...tools, webUrl }, input)).rejects.toThrow('no answer')
    await new Promise((resolve) => stranger.close(resolve))
    // Nobody revoked it: this is what a revocation that had no effect looks like.
    expect(await probeAccess(tools, input)).toBe('allowed')
    expect(await incidents()).toEqual([{ kind: 'ending_unproven', object_id: one.grantId }])
    // Answered once is answered: asking again changes nothing.
    await decide(scene, one.grantId, 'revoke', scene.head)
    expect(await probeAccess(tools, input)).toBe('allowed')
  })
})

describe('G14: accesses that are kept without a thought', () => {
  it('go on and are told to an operator, while those nobody may review end all the same', async () => {
    expect(await proveSilent(scene, 'confirmed', 8)).toEqual({ kept: 7, ended: 1, alone: 1 })
  }, 120_000)
})
