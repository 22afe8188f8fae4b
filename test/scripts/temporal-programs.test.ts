import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { cacheFolder, findTemporal } from '../../scripts/temporal-programs.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'caracteriza-programs-'))
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
  rmSync(folder, { recursive: true, force: true })
})

function programsIn(place: string, version: string): void {
  mkdirSync(place, { recursive: true })
  for (const name of ['temporal-server', 'temporal-sql-tool']) {
    writeFileSync(join(place, name), `#!/bin/sh\necho ${name} version ${version}\n`)
    chmodSync(join(place, name), 0o755)
  }
}

const env = (path: string) => ({ XDG_CACHE_HOME: join(folder, 'cache'), PATH: path, NODE_ENV: 'test' as const })

test('what the cache folder of the user holds comes first', async () => {
  const cache = cacheFolder(env(''))
  programsIn(cache, '1.32.0')
  const found = await findTemporal(() => undefined, env(''))
  expect(found.server).toBe(join(cache, 'temporal-server'))
})

test('a server on PATH is used when its version fits', async () => {
  programsIn(join(folder, 'old'), '1.29.1')
  programsIn(join(folder, 'fitting'), '1.32.4')
  const found = await findTemporal(() => undefined, env(`${join(folder, 'old')}:${join(folder, 'fitting')}`))
  expect(found.server).toBe(join(folder, 'fitting', 'temporal-server'))
})

test('without a network that answers, and without Go, one sentence names the ways out within ten seconds', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const never = (_url: string, { signal }: RequestInit) =>
    new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
  vi.stubGlobal('fetch', never)
  const found = findTemporal(() => undefined, env(join(folder, 'empty'))).catch((error: Error) => error)
  await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(0))
  await vi.advanceTimersByTimeAsync(10_000)
  const said = String(await found)
  for (const words of ['no respondió', 'no hay Go', 'conecte la red', 'TEMPORAL_ADDRESS']) expect(said).toContain(words)
  expect(readdirSync(join(folder, 'cache', 'caracteriza', 'temporal'))).toEqual([])
})

test('a build half-way that was killed is neither used nor kept for ever', async () => {
  const parent = join(cacheFolder(env('')), '..')
  const abandoned = join(parent, 'partial-abandoned')
  programsIn(abandoned, '1.32.0')
  utimesSync(abandoned, 0, 0)
  vi.stubGlobal('fetch', () => Promise.reject(new Error('sin red')))
  await expect(findTemporal(() => undefined, env(join(folder, 'empty')))).rejects.toThrow('No hay servidor de Temporal')
  expect(existsSync(abandoned)).toBe(false)
})
