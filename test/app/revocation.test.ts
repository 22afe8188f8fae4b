/** A revoked delegate is out at once, and what proves it can be used for nothing else (promises G13; C10, N2). */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { probeAccess } from '../../activities/probe-access.ts'
import type { Tools } from '../../activities/tools.ts'
import { findSession } from '../../app/session.server.ts'
import { openDatabase, withEntity } from '../../db/client.ts'
import { holdGrant } from '../../db/grants.ts'
import { cookieOf, probeMark } from '../../db/probe-marks.ts'
import { openProbe, type ProbeSession } from '../../db/probes.ts'
import { roleUrl } from '../../db/roles.ts'
import { PROBE_HEADER } from '../../domain/probes.ts'
import { type Delegate, decide, delegates, openScene, proveIn, type Scene } from '../proofs/revocation.ts'
import { TEST_SECRET } from '../support/services.ts'

const HOME = 'http://localhost:3000'

let scene: Scene
let one: Delegate
let tools: Tools
beforeAll(async () => {
  scene = await openScene()
  const [first] = await delegates(scene, 1)
  one = first as Delegate
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
    const found = await proveIn(scene, 4, 25, 13)
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
