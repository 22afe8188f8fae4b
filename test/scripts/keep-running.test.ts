import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { keepRunning } from '../../scripts/keep-running.ts'
import { isAlive, livePid, startProgram, stopOrphan, stopProgram, writePid } from '../../scripts/processes.ts'

const folder = mkdtempSync(join(tmpdir(), 'caracteriza-keep-'))
const log = join(folder, 'log')

function forever() {
  const started = startProgram(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], log)
  return { started, stop: () => stopProgram(started, 'SIGTERM') }
}

afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a component that is killed is started again, and not after it was asked to stop', async () => {
  const kept = await keepRunning('prueba', async () => forever())
  const first = kept.current().started.child.pid ?? 0
  process.kill(first, 'SIGKILL')
  while (kept.current().started.child.pid === first) await sleep(50)
  const second = kept.current().started.child.pid ?? 0
  expect(isAlive(second)).toBe(true)
  await kept.stop()
  expect(isAlive(second)).toBe(false)
})

test('a component that came to its proper end is not started again', async () => {
  let starts = 0
  const once = async () => {
    starts += 1
    const started = startProgram(process.execPath, ['-e', `process.exit(${starts === 1 ? 3 : 0})`], log)
    return { started, stop: () => stopProgram(started, 'SIGTERM') }
  }
  const kept = await keepRunning('prueba', once, (exit) => exit.code === 0)
  while (starts < 2) await sleep(50)
  await kept.current().started.exited
  await sleep(2_500)
  expect(starts).toBe(2)
  await kept.stop()
})

test('stopping while a restart is awaited does not start it once more', async () => {
  let starts = 0
  const kept = await keepRunning('prueba', async () => {
    starts += 1
    return forever()
  })
  kept.current().started.child.kill('SIGKILL')
  await kept.current().started.exited
  await kept.stop()
  await sleep(1_500)
  expect(starts).toBe(1)
})

test('an orphan is ended by its pid file, a later process with the same number is not', async () => {
  const { started } = forever()
  const pid = started.child.pid ?? 0
  writePid(folder, 'worker', pid)
  expect(livePid(folder, 'worker')).toBe(pid)
  expect(await stopOrphan(folder, 'worker')).toBe(true)
  expect(isAlive(pid)).toBe(false)
  writePid(folder, 'worker')
  const file = readFileSync(join(folder, 'worker.pid'), 'utf8')
  const { writeFileSync } = await import('node:fs')
  writeFileSync(join(folder, 'worker.pid'), JSON.stringify({ ...JSON.parse(file), birth: 'another' }))
  expect(await stopOrphan(folder, 'worker')).toBe(false)
})
