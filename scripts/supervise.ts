/** `npm start`: brings up database, Temporal, worker and web in order, keeps them up, and stops them in reverse. */
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseStartConfig, type StartConfig } from '../domain/config.ts'
import { type Environment, migrate, startOurs, untilReady } from './application.ts'
import { printWelcome } from './demonstration/welcome.ts'
import { keepRunning } from './keep-running.ts'
import { query, startPostgres } from './postgres.ts'
import { clearPid, Explained, lastLines, livePid, portFault, stopOrphan, writePid } from './processes.ts'
import { fail, say, step } from './progress.ts'
import { installationSecret } from './secret.ts'
import { ensureNamespace, startTemporal } from './temporal.ts'
import { findTemporal } from './temporal-programs.ts'
import { RESTORING } from './unprivileged.ts'
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

/** Known from the moment it begins to start: a Ctrl-C in the middle of that waits for it, stops it and goes no further. */
async function keep<T extends { stop: () => Promise<void> }>(name: string, start: () => Promise<T>): Promise<T> {
  const starting = start()
  const stop = async () => (await starting.catch(() => undefined))?.stop()
  stops.push({ name, stop })
  const kept = await starting
  return stopping ? await new Promise<never>(() => undefined) : kept
}

async function prepare(config: StartConfig, dataDir: string): Promise<void> {
  if (existsSync(join(dataDir, RESTORING)))
    throw new Explained(`La restauración en ${dataDir} no terminó: vacíe esa carpeta y restaure la copia de nuevo.`)
  const runDir = join(dataDir, 'run')
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o711 })
    mkdirSync(runDir, { recursive: true, mode: 0o700 })
    accessSync(runDir, constants.W_OK)
  } catch (error) {
    throw new Explained(
      `No se puede escribir en la carpeta de datos ${dataDir} (${(error as NodeJS.ErrnoException).code}): ` +
        'corrija sus permisos o elija otra con DATA_DIR.',
    )
  }
  const other = livePid(runDir, 'supervisor')
  if (other)
    throw new Explained(
      `Caracteriza ya está en marcha con los datos de ${dataDir} (proceso ${other}): deténgalo con Ctrl-C en su terminal.`,
    )
  writePid(runDir, 'supervisor')
  for (const name of ['demonstration', 'web', 'worker', 'temporal']) {
    if (await stopOrphan(runDir, name)) say(`  ${name}: quedaba en marcha de un cierre brusco, detenido`)
  }
  const fault = (await portFault(config.PORT, '0.0.0.0')) ?? (await portFault(config.PORT))
  if (fault === 'EACCES')
    throw new Explained(
      `El puerto ${config.PORT} está reservado al sistema: elija otro, por ejemplo PORT=3000 npm start.`,
    )
  if (fault)
    throw new Explained(
      `El puerto ${config.PORT} está ocupado por otro programa: ciérrelo o elija otro, por ejemplo PORT=${config.PORT + 1} npm start.`,
    )
}

/** Starts what DATABASE_URL and TEMPORAL_ADDRESS do not replace, and answers where both are. */
async function startStores(config: StartConfig, dataDir: string, secret: string) {
  const { DATABASE_URL: database, TEMPORAL_ADDRESS: temporal } = config
  if (database) await step('Base de datos', () => reachDatabase(database))
  if (temporal) await step('Temporal', () => reachTemporal(temporal, config.TEMPORAL_NAMESPACE))
  const needsPostgres = !database || !temporal
  const postgres = needsPostgres
    ? await step('PostgreSQL', () =>
        keep('PostgreSQL', () => keepRunning('PostgreSQL', () => startPostgres({ dataDir, secret }))),
      )
    : undefined
  const address =
    temporal ??
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
      return (await keep('Temporal', () => keepRunning('Temporal', start))).current().address
    }))
  return { databaseUrl: database ?? postgres?.current().ownerUrl() ?? '', temporalAddress: address }
}

const OLDEST_POSTGRES = 15

async function reachDatabase(url: string): Promise<void> {
  const { host, pathname } = new URL(url)
  const asked = query<{ version: number }>(url, `select current_setting('server_version_num')::int / 10000 as version`)
  const [answer] = await asked.catch((error: Error) => {
    throw new Explained(`La base de datos de DATABASE_URL (${host}${pathname}) no atendió: ${error.message}`)
  })
  if ((answer?.version ?? 0) < OLDEST_POSTGRES)
    throw new Explained(`DATABASE_URL lleva a PostgreSQL ${answer?.version}: hace falta ${OLDEST_POSTGRES} o superior.`)
}

async function reachTemporal(address: string, namespace: string): Promise<void> {
  await ensureNamespace(address, namespace).catch((error: Error) => {
    throw new Explained(`El servidor de Temporal de TEMPORAL_ADDRESS (${address}) no atendió: ${error.message}`)
  })
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
  const ours = (name: string, file: string) => () => startOurs(name, file, env, dataDir)
  const worker = ours('worker', 'activities/worker.ts')
  await step('Trabajador', () => keep('Trabajador', () => keepRunning('Trabajador', worker)))
  await step('Servidor web', async (note) => {
    const web = await keep('Servidor web', () => keepRunning('Servidor web', ours('web', 'app/server.ts')))
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
  if (config.INSTALLATION !== 'demo') return
  const demonstration = ours('demonstration', 'scripts/demonstration/run.ts')
  await keep('Demostración', () => keepRunning('Demostración', demonstration, (exit) => exit.code === 0))
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
