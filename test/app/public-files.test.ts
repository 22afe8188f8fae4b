import { createHash } from 'node:crypto'
import type { AppLoadContext } from '@remix-run/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishRelease } from '../../activities/publish-release.ts'
import { loader as datasetPage } from '../../app/routes/public/dataset.tsx'
import { loader as releaseFile } from '../../app/routes/public/release-file.ts'
import { withActor } from '../../db/client.ts'
import { withdrawRelease } from '../../db/releases.ts'
import { approveFiles, preparedCycle, publisherOf } from '../support/open-data.ts'
import { openSignedWorld, type SignedCycle, type SignedWorld } from '../support/signed-cycle.ts'

let world: SignedWorld
let context: AppLoadContext
beforeAll(async () => {
  world = await openSignedWorld()
  const config = { DATA_DIR: world.dataDir, PUBLIC_URL: 'http://localhost:3000' }
  context = { publicDb: world.open, config, requestId: 'prueba' } as unknown as AppLoadContext
}, 180_000)
afterAll(() => world?.close())

const publish = async (cycle: SignedCycle) => publishRelease(world.tools, await approveFiles(world, cycle))

/** What anyone gets at an address of open data. */
async function get(conjunto: string, version?: string, archivo?: string, headers: Record<string, string> = {}) {
  const url = ['http://localhost:3000/datos-abiertos', conjunto, version, archivo].filter(Boolean).join('/')
  const args = { request: new Request(url, { headers }), params: { conjunto, version, archivo }, context }
  try {
    if (archivo !== undefined) return await releaseFile(args)
    return Response.json(await datasetPage(args))
  } catch (thrown) {
    if (thrown instanceof Response) return thrown
    throw thrown
  }
}

const statusOf = async (...address: Parameters<typeof get>) => (await get(...address)).status

test('a draft answers 404 under every address, guessed ones included; published, withdrawn and corrected as they must', async () => {
  const first = await preparedCycle(world)
  const { slug, files } = first.draft
  const names = files.map((file) => file.name)
  const guesses = [...names, ...files.map((file) => file.sha256), '../../files', `${names[0]}%00`, '']
  for (const version of ['1', '0', '01', '2', '-1', '1e0', 'ultima', first.draft.id]) {
    expect(await statusOf(slug, version)).toBe(404)
    for (const name of guesses)
      expect([version, name, await statusOf(slug, version, name)]).toEqual([version, name, 404])
  }
  expect(await statusOf(slug)).toBe(404)

  await publish(first.cycle)
  expect(await statusOf(slug)).toBe(200)
  for (const { name, sha256, bytes } of files) {
    const answer = await get(slug, '1', name)
    const body = Buffer.from(await answer.arrayBuffer())
    expect([body.length, createHash('sha256').update(body).digest('hex')]).toEqual([bytes, sha256])
    expect(answer.headers.get('Cache-Control')).toBe('public, no-cache')
    expect(await statusOf(slug, '1', name, { 'If-None-Match': `"${sha256}"` })).toBe(304)
  }

  const second = await preparedCycle(world)
  expect([second.draft.slug, second.draft.version]).toEqual([slug, 2])
  expect(await statusOf(slug, '2')).toBe(404)
  for (const { name } of second.draft.files) expect(await statusOf(slug, '2', name)).toBe(404)
  await publish(second.cycle)
  expect(await (await get(slug, '1')).json()).toMatchObject({ release: { status: 'corrected' } })
  expect(await statusOf(slug, '1', names[0])).toBe(200)

  const reason = 'Se publicó con un periodo equivocado.'
  const actor = publisherOf(world)
  await withActor(world.web, actor, (trx) => withdrawRelease(trx, actor, { releaseId: second.draft.id, reason }))
  const page = await get(slug, '2')
  expect(page.status).toBe(200)
  expect(await page.json()).toMatchObject({
    release: { status: 'withdrawn', withdrawnReason: reason, files: [] },
    preview: null,
  })
  for (const { name, sha256 } of second.draft.files)
    expect(await statusOf(slug, '2', name, { 'If-None-Match': `"${sha256}"` })).toBe(410)
  expect(await statusOf(slug, '1', names[0])).toBe(200)
}, 180_000)
