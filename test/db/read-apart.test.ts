import { spawn } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BuildOptions, buildSnapshot, type Progress } from '../../db/ingest.ts'
import { readApart } from '../../db/read-apart.ts'
import { writeCityFile } from '../../scripts/generate-city-file.ts'
import { isAlive } from '../../scripts/processes.ts'
import { root } from '../../scripts/web-build.ts'
import { readersOf, readOr } from '../support/process-tree.ts'
import { cityMapping, ENTITY_KEY, requireBuilt, requireSniffed, temporaryFolder } from './city-snapshot.ts'

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let task: Omit<BuildOptions, 'outDir'>
beforeAll(async () => {
  folder = await temporaryFolder()
  const file = join(folder.dir, 'ciudad.csv')
  await writeCityFile(file, { rows: 60_000 })
  const sniff = await requireSniffed(file)
  task = { file, sniff, mapping: cityMapping(sniff), secretKey: ENTITY_KEY }
})
afterAll(() => folder.remove())

/** Reads the file and hands the reader's process over once it has told something. */
async function readingAnd(outDir: string, once: (reader: number, abort: () => void) => void) {
  const asked = new AbortController()
  let reader: number | undefined
  const onProgress = () => {
    if (reader !== undefined) return
    reader = readersOf(process.pid)[0] as number
    once(reader, () => asked.abort())
  }
  const reading = readApart({ ...task, outDir: join(folder.dir, outDir), signal: asked.signal, onProgress })
  return await reading.finally(() => expect(isAlive(reader as number)).toBe(false))
}

const snapshotsIn = async (outDir: string) =>
  (await readdir(join(folder.dir, outDir))).filter((name) => /^[0-9a-f]{64}/.test(name))

test('a reader makes what reading here makes, and tells bytes and records as it goes', async () => {
  const here = requireBuilt(await buildSnapshot({ ...task, outDir: join(folder.dir, 'aqui') }))
  const told: Progress[] = []
  const onProgress = (progress: Progress) => told.push(progress)
  const apart = requireBuilt(await readApart({ ...task, outDir: join(folder.dir, 'aparte'), onProgress }))
  expect(apart).toEqual({
    ...here,
    path: apart.path,
    rejects: apart.rejects && { ...here.rejects, path: apart.rejects.path },
  })
  expect(told.length).toBeGreaterThan(10)
  expect(told.map(({ bytes }) => bytes)).toEqual(told.map(({ bytes }) => bytes).sort((a, b) => a - b))
  expect(told.at(-1)).toMatchObject({ bytes: task.sniff.bytes, records: here.counts.records })
  expect(readersOf(process.pid)).toEqual([])
})

test('what it refuses is an answer with its place', async () => {
  const mapping = task.mapping.map((column, i) => (i === 0 ? { ...column, column: 'otra' } : column))
  const outDir = join(folder.dir, 'rehusado')
  expect(await readApart({ ...task, mapping, outDir })).toEqual({
    ok: false,
    refusal: { code: 'missing_column', line: 1, detail: 'otra' },
  })
  expect(await readdir(outDir)).toEqual([])
})

test('what breaks in it is thrown here', async () => {
  await expect(readApart({ ...task, file: join(folder.dir, 'no-esta.csv'), outDir: folder.dir })).rejects.toThrow(
    'ENOENT',
  )
})

test('cancelled, it ends at once and there is no snapshot', async () => {
  expect(await readingAnd('cancelado', (_, abort) => abort())).toEqual({ ok: false, refusal: { code: 'cancelled' } })
  expect(await snapshotsIn('cancelado')).toEqual([])
  expect(await readApart({ ...task, outDir: folder.dir, signal: AbortSignal.abort() })).toMatchObject({ ok: false })
})

test('killed, it is an error, and there is no snapshot', async () => {
  const killed = readingAnd('matado', (reader) => process.kill(reader, 'SIGKILL'))
  await expect(killed).rejects.toThrow('SIGKILL')
  expect(await snapshotsIn('matado')).toEqual([])
})

test('neither its arguments nor its environment hold a key', async () => {
  let seen = ''
  process.env.APP_SECRET = 'secreto-a-la-vista'
  await readingAnd('llave', (reader) => {
    seen = readOr(`/proc/${reader}/cmdline`) + readOr(`/proc/${reader}/environ`)
  })
  delete process.env.APP_SECRET
  expect(seen).toContain('reader-process')
  expect(seen).not.toMatch(new RegExp(`APP_SECRET|a-la-vista|${ENTITY_KEY.toString('latin1')}`))
})

test('it is gone when whoever started it was killed', async () => {
  const url = JSON.stringify(pathToFileURL(join(root, 'db/read-apart.ts')).href)
  const key = '{ secretKey: Buffer.alloc(32, 7), onProgress: () => console.log() }'
  const given = JSON.stringify({ ...task, secretKey: undefined, outDir: join(folder.dir, 'huerfano') })
  const script = `const { readApart } = await import(${url}); await readApart({ ...${given}, ...${key} })`
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const reader = await new Promise<number | undefined>((resolve) =>
    parent.stdout.once('data', () => resolve(readersOf(parent.pid as number)[0])),
  )
  expect(reader).toBeDefined()
  parent.kill('SIGKILL')
  await expect.poll(() => isAlive(reader as number), { timeout: 5_000 }).toBe(false)
  expect(await snapshotsIn('huerfano')).toEqual([])
})
