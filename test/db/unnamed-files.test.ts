import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, renameSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { filePath, storeFile } from '../../db/files.ts'
import { removeUnnamed } from '../../db/unnamed-files.ts'

const BYTES = Buffer.from('Lo mismo, de dos personas.')
const LONG_AGO = new Date('2024-03-01')
const HOUR_MS = 3_600_000

const folders: string[] = []
let dataDir: string
let file: string
let stored: { store: 'files'; sha256: string }
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'caracteriza-unnamed-'))
  folders.push(dataDir)
  stored = { store: 'files', sha256: (await storeFile(dataDir, BYTES)).sha256 }
  file = filePath(dataDir, stored.sha256)
  utimesSync(file, LONG_AGO, LONG_AGO)
})
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
})

/** `isNamed` as the rows answer, one time after the other, the last answer from then on. */
function removing(answers: (() => boolean | Promise<boolean>)[], restMs = HOUR_MS) {
  let asked = 0
  const isNamed = async () => await (answers[Math.min(asked++, answers.length - 1)] ?? (() => false))()
  return removeUnnamed({ dataDir, secret: 'secreto', entityId: randomUUID() }, stored, { isNamed, restMs })
}
const no = () => false
const isThere = () => existsSync(file) && readFileSync(file).equals(BYTES) && !existsSync(`${file}.going`)

it('a file goes once no row names it and it was stored a while ago', async () => {
  expect([await removing([() => true]), isThere()]).toEqual(['named', true])
  expect([await removing([no]), existsSync(file), existsSync(`${file}.going`)]).toEqual(['gone', false, false])
  expect(await removing([no])).toBe('gone')
  await storeFile(dataDir, BYTES)
  expect([await removing([no]), isThere()]).toEqual(['fresh', true])
})

it('the same content stored while it is being removed stays, whenever that happens', async () => {
  // After it was looked at and before it is put aside.
  const storing = async () => {
    await storeFile(dataDir, BYTES)
    return false
  }
  expect([await removing([storing, no]), isThere()]).toEqual(['fresh', true])
  // However young a file may be, as an erasure removes its own.
  utimesSync(file, LONG_AGO, LONG_AGO)
  expect([await removing([storing, no], 0), isThere()]).toEqual(['fresh', true])
  // After it was put aside: its place is free, and what takes it is another file.
  utimesSync(file, LONG_AGO, LONG_AGO)
  expect([await removing([no, storing]), isThere()]).toEqual(['gone', true])
  // And a row that names it by then has it put back.
  utimesSync(file, LONG_AGO, LONG_AGO)
  expect([await removing([no, () => true]), isThere()]).toEqual(['named', true])
})

it('what a process that died had put aside is put back, or gives way to what was stored since', async () => {
  renameSync(file, `${file}.going`)
  expect([await removing([() => true]), isThere()]).toEqual(['named', true])
  renameSync(file, `${file}.going`)
  await storeFile(dataDir, BYTES)
  expect([await removing([() => true]), isThere()]).toEqual(['named', true])
  utimesSync(file, LONG_AGO, LONG_AGO)
  renameSync(file, `${file}.going`)
  expect([await removing([no]), existsSync(file), existsSync(`${file}.going`)]).toEqual(['gone', false, false])
})

it('of a snapshot its profile goes too, and a name that leads to another file goes without that one', async () => {
  const dir = path.join(dataDir, 'snapshots')
  await mkdir(dir)
  const [name, made] = [path.join(dir, `${stored.sha256}.parquet`), path.join(dir, `${'0'.repeat(64)}.parquet`)]
  const profile = name.replace('.parquet', '.profile.json')
  for (const one of [made, profile]) writeFileSync(one, '')
  symlinkSync(path.basename(made), name)
  const keeper = { dataDir, secret: 'secreto', entityId: randomUUID() }
  const rules = { isNamed: async () => false, restMs: 0 }
  expect(await removeUnnamed(keeper, { ...stored, store: 'snapshots' }, rules)).toBe('gone')
  expect([existsSync(profile), existsSync(made), isThere()]).toEqual([false, true, true])
  expect(() => readFileSync(name)).toThrow('ENOENT')
})
