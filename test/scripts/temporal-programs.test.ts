import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { cacheFolder, findTemporal } from '../../scripts/temporal-programs.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'caracteriza-programs-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

function programsIn(place: string, version: string): void {
  mkdirSync(place, { recursive: true })
  for (const name of ['temporal-server', 'temporal-sql-tool']) {
    writeFileSync(join(place, name), `#!/bin/sh\necho ${name} version ${version}\n`)
    chmodSync(join(place, name), 0o755)
  }
}

/** The network is shut by a proxy variable nobody listens on; no Go is on this PATH. */
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
