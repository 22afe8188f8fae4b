/** `npm start`: brings up database, Temporal, worker and web in order, keeps them up, and stops them in reverse. */
import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseStartConfig, type StartConfig } from '../domain/config.ts'
import { type Environment, migrate, startOurs, untilReady } from './application.ts'
import { printWelcome } from './demonstration/welcome.ts'
import { keepRunning } from './keep-running.ts'
import { startPostgres } from './postgres.ts'
import { clearPid, Explained, isPortFree, lastLines, livePid, stopOrphan, writePid } from './processes.ts'
import { fail, say, step } from './progress.ts'
import { installationSecret } from './secret.ts'
import { ensureNamespace, startTemporal } from './temporal.ts'
import { findTemporal } from './temporal-programs.ts'
import { buildWeb, root } from './web-build.ts'

const stops: { name: string; stop: () => Promise<void> }[] = []
let stopping: Promise<void> | undefined

/** In the reverse order of starting: web, worker, Temporal, PostgreSQL. */
function stopAll(): Promise<void> {
  stopping ??= (async () => {
    if (stops.length > 0) say('\nDeteniendo …')
    for (const { name, stop } of stops.splice(0).reverse()) {
      await stop().catch((error: Error) => say(`  ${name}: ${error.message}`))
      say(`  ${name} detenido`)
    }
  })()
  return stopping
}

async function keep<T extends Parameters<typeof register>[1]>(name: string, kept: Promise<T>): Promise<T> {
  return register(name, await kept)
}

function register<T extends { stop: () => Promise<void> }>(name: string, kept: T): T {
  stops.push({ name, stop: kept.stop })
  return kept
}

async function prepare(config: StartConfig, dataDir: string): Promise<void> {
  mkdirSync(dataDir, { recursive: true, mode: 0o711 })
  const runDir = join(dataDir, 'run')
  const other = livePid(runDir, 'supervisor')
  if (other)
    throw new Explained(
      `Caracteriza ya está en marcha con los datos de ${dataDir} (proceso ${other}): deténgalo con Ctrl-C en su terminal.`,
    )
  writePid(runDir, 'supervisor')
  for (const name of ['demonstration', 'web', 'worker', 'temporal']) {
    if (await stopOrphan(runDir, name)) say(`  ${name}: quedaba en marcha de un cierre brusco, detenido`)
  }
  const isFree = (await isPortFree(config.PORT, '0.0.0.0')) && (await isPortFree(config.PORT, '127.0.0.1'))
  if (!isFree)
    throw new Explained(
      `El puerto ${config.PORT} está ocupado por otro programa: ciérrelo o elija otro, por ejemplo PORT=${config.PORT + 1} npm start.`,
    )
}

/** Starts what DATABASE_URL and TEMPORAL_ADDRESS do not replace, and answers where both are. */
async function startStores(config: StartConfig, dataDir: string, secret: string) {
  const needsPostgres = !config.DATABASE_URL || !config.TEMPORAL_ADDRESS
  const postgres = needsPostgres
    ? await step('PostgreSQL', () =>
        keep(
          'PostgreSQL',
          keepRunning('PostgreSQL', () => startPostgres({ dataDir, secret })),
        ),
      )
    : undefined
  const address =
    config.TEMPORAL_ADDRESS ??
    (await step('Temporal', async (note) => {
      const programs = await findTemporal(note)
      const start = () => {
        if (!postgres) throw new Error('the embedded Temporal needs the embedded PostgreSQL')
        return startTemporal({
          dataDir,
          programs,
          postgres: postgres.current().temporal,
          historyShards: 32,
          namespace: config.TEMPORAL_NAMESPACE,
        })
      }
      return (await keep('Temporal', keepRunning('Temporal', start))).current().address
    }))
  if (config.TEMPORAL_ADDRESS) await step('Temporal', () => ensureNamespace(address, config.TEMPORAL_NAMESPACE))
  return { databaseUrl: config.DATABASE_URL ?? postgres?.current().ownerUrl() ?? '', temporalAddress: address }
}

async function main(): Promise<void> {
  if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'))
  const config = parseStartConfig(process.env)
  const dataDir = resolve(root, config.DATA_DIR)
  const begun = performance.now()
  say(`Caracteriza, datos en ${dataDir}`)
  await prepare(config, dataDir)
  const secret = installationSecret(dataDir, config.APP_SECRET)
  const { databaseUrl, temporalAddress } = await startStores(config, dataDir, secret)
  const env: Environment = {
    ...Object.fromEntries(
      Object.entries(config).map(([name, value]) => [name, value === undefined ? undefined : String(value)]),
    ),
    DATA_DIR: dataDir,
    APP_SECRET: secret,
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
  }
  await step('Migraciones', async (note) => note(await migrate(env)))
  await step('Aplicación web', async (note) => note((await buildWeb()) ? 'compilada' : 'sin cambios'))
  const ours = (name: string, file: string) => keepRunning(name, () => startOurs(name, file, env, dataDir))
  await step('Trabajador', () => keep('Trabajador', ours('worker', 'activities/worker.ts')))
  await step('Servidor web', async (note) => {
    const web = await keep('Servidor web', ours('web', 'app/server.ts'))
    const log = join(dataDir, 'logs', 'web.log')
    const giveUp = () =>
      web.current().started.child.exitCode
        ? `El servidor web terminó. Últimas líneas de ${log}:\n${lastLines(log)}`
        : undefined
    await untilReady(config.PORT, 180, note, giveUp).catch((error: Error) => {
      const workerLog = join(dataDir, 'logs', 'worker.log')
      throw new Explained(`${error.message}\nÚltimas líneas de ${workerLog}:\n${lastLines(workerLog)}`)
    })
  })
  printWelcome(config, (performance.now() - begun) / 1000)
  if (config.INSTALLATION === 'demo')
    await keep('Demostración', startOurs('demonstration', 'scripts/demonstration/run.ts', env, dataDir))
}

async function end(code: number): Promise<void> {
  const { DATA_DIR } = process.env
  await stopAll()
  const runDir = join(resolve(root, DATA_DIR || '.data'), 'run')
  if (livePid(runDir, 'supervisor') === process.pid) clearPid(runDir, 'supervisor')
  process.exit(code)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0))

main().catch(async (error) => {
  // A part that is stopped on purpose while it starts fails; that is no fault to report.
  if (stopping) return
  await stopAll()
  fail(error)
})
