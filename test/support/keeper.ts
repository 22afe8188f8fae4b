/** Keeps the shared test services up while tests come and go; ends them after a quarter of an hour without any. */
import { mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { clearPid, writePid } from '../../scripts/processes.ts'
import { startTestServices } from '../../scripts/services.ts'
import { heartbeatFile, sharedFile, sharedFolder, TEST_SECRET } from './services.ts'

const IDLE_MS = 15 * 60_000

mkdirSync(sharedFolder, { recursive: true })
writePid(sharedFolder, 'keeper')
rmSync(join(sharedFolder, 'starting'), { recursive: true, force: true })

const services = await startTestServices(sharedFolder, TEST_SECRET, (sentence) => process.stdout.write(`${sentence}\n`))
writeFileSync(
  `${sharedFile}.new`,
  JSON.stringify({ postgresUrl: services.postgres.superuserUrl(), temporalAddress: services.temporal.address }),
)
renameSync(`${sharedFile}.new`, sharedFile)

let asked = false
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => (asked = true))
const ended = { postgres: false, temporal: false }
void services.postgres.started.exited.then(() => (ended.postgres = true))
void services.temporal.started.exited.then(() => (ended.temporal = true))

const idle = () =>
  performance.timeOrigin + performance.now() - (statSync(heartbeatFile, { throwIfNoEntry: false })?.mtimeMs ?? 0)
while (!asked && !ended.postgres && !ended.temporal && idle() < IDLE_MS) await sleep(1_000)

rmSync(sharedFile, { force: true })
await services.stop()
clearPid(sharedFolder, 'keeper')
// Databases of past tests are worth nothing; the next keeper begins with an empty folder.
rmSync(sharedFolder, { recursive: true, force: true })
