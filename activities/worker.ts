import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client, Connection } from '@temporalio/client'
import { TemporalFailure } from '@temporalio/common'
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker'
import pino from 'pino'
import { adoptKeysFrom } from '../db/adopted-keys.ts'
import { type Database, openDatabase } from '../db/client.ts'
import { moveClock } from '../db/clock.ts'
import { armFault } from '../db/fault-points.ts'
import { roleUrl } from '../db/roles.ts'
import { type Config, parseConfig } from '../domain/config.ts'
import { recordableFailure } from '../domain/failures.ts'
import { FORWARDING_QUEUE, TASK_QUEUE } from '../workflows/messages.ts'
import { adoptEarlier, followEarlier } from './adopt-earlier.ts'
import { bundledWorkflows } from './bundle-workflows.ts'
import { startCourier } from './courier.ts'
import { startMailer } from './deliver-mail.ts'
import { startDropping } from './drop-drafts.ts'
import { startFollowing } from './follow-collectors.ts'
import { createActivities } from './index.ts'
import { startCalendars } from './keep-calendars.ts'
import { startSealer } from './seal-log.ts'
import type { Tools } from './tools.ts'

/** The worker process: workflows, activities, and beside them the courier and the mailer. Ends on SIGTERM or SIGINT. */
export async function runWorker(config: Config): Promise<void> {
  const log = pino({ level: config.LOG_LEVEL, name: 'worker', serializers: { err: recordableFailure } })
  Runtime.install({
    logger: new DefaultLogger('WARN', ({ level, message, meta: { error, ...meta } = {} }) =>
      log.warn({ level, meta, err: error }, message),
    ),
  })
  adoptKeysFrom(config.DATA_DIR, config.APP_SECRET)
  const database = openDatabase(roleUrl(config.DATABASE_URL, config.APP_SECRET, 'worker'), { max: 12 })
  const sealing = openDatabase(roleUrl(config.DATABASE_URL, config.APP_SECRET, 'sealer'), { max: 2 })
  const connection = await NativeConnection.connect({ address: config.TEMPORAL_ADDRESS })
  const client = new Client({
    connection: await Connection.connect({ address: config.TEMPORAL_ADDRESS }),
    namespace: config.TEMPORAL_NAMESPACE,
  })
  const tools = toolsOf(config, database)
  const workers = [
    await createWorker(connection, config.TEMPORAL_NAMESPACE, tools),
    await createForwarder(connection, config.TEMPORAL_NAMESPACE, tools),
  ]
  const courier = startCourier(database, client, (error) => log.error({ err: error }, 'courier'))
  const mailer = startMailer(tools, (error) => log.error({ err: error }, 'mailer'))
  const dropping = startDropping(database, (error) => log.error({ err: error }, 'unfinished records'))
  const calendars = startCalendars(database, client, (error) => log.error({ err: error }, 'calendars of reviews'))
  const sealer = startSealer(sealing, tools.dataDir, (error) => log.error({ err: error }, 'sealer'))
  const following = startFollowing(database, client, (error) => log.error({ err: error }, 'collectors'))
  const adopting = adoptEarlier(database)
    .then(() => followEarlier(database, tools.dataDir))
    .catch((error) => log.error({ err: error }, 'catalogue of variables'))
  try {
    await runTogether(workers)
  } finally {
    await Promise.all([
      courier.stop(),
      mailer.stop(),
      dropping.stop(),
      calendars.stop(),
      sealer.stop(),
      following.stop(),
      adopting,
    ])
    await client.connection.close()
    await connection.close()
    await Promise.all([database.close(), sealing.close()])
  }
}

/** Limits sized for two cores (temporal.md §3.14). Temporal knows it by the name PostgreSQL does, see `listConnected`. */
export async function createWorker(connection: NativeConnection, namespace: string, tools: Tools): Promise<Worker> {
  return await Worker.create({
    connection,
    namespace,
    identity: tools.database.name,
    taskQueue: TASK_QUEUE,
    workflowBundle: await bundledWorkflows(),
    activities: createActivities(tools),
    interceptors: INTERCEPTORS,
    workflowThreadPoolSize: 1,
    // Every cycle that is open at once; one that was dropped costs a replay (25 ms) with its next act.
    maxCachedWorkflows: 400,
    maxConcurrentWorkflowTaskExecutions: 20,
    maxConcurrentActivityTaskExecutions: 10,
    maxConcurrentLocalActivityExecutions: 10,
    shutdownGraceTime: '20s',
    shutdownForceTime: '30s',
  })
}

/** Of what waits for other people's servers; it lets go at once when the process ends, and another goes on from the row. */
export async function createForwarder(connection: NativeConnection, namespace: string, tools: Tools): Promise<Worker> {
  return await Worker.create({
    ...{ connection, namespace, identity: tools.database.name, taskQueue: FORWARDING_QUEUE },
    activities: createActivities(tools),
    interceptors: INTERCEPTORS,
    maxConcurrentActivityTaskExecutions: 100,
  })
}

/** Until the process is asked to end; where one of them fails, the others end too. */
async function runTogether(workers: Worker[]): Promise<void> {
  const ending = () => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown()
  }
  const runs = workers.map((worker) => worker.run().finally(ending))
  await Promise.allSettled(runs)
  await Promise.all(runs)
}

const INTERCEPTORS = { activity: [() => ({ inbound: { execute: failingWithoutQuotes } })] }

/** Why an activity failed stands in the history for years: what the error quotes of a file or a person does not. */
async function failingWithoutQuotes<I, O>(input: I, next: (input: I) => Promise<O>): Promise<O> {
  try {
    return await next(input)
  } catch (error) {
    // Ours say a reason code, and a cancellation is told by its class.
    if (error instanceof TemporalFailure || (error instanceof Error && error.name === 'AbortError')) throw error
    const { type, message, stack } = recordableFailure(error)
    throw Object.assign(new Error(message), { name: type, stack: `${type}: ${message}\n${stack}` })
  }
}

export function toolsOf(config: Config, database: Database): Tools {
  return {
    database,
    dataDir: path.resolve(config.DATA_DIR),
    secret: config.APP_SECRET,
    publicUrl: config.PUBLIC_URL,
    webUrl: config.WEB_URL,
    smtpUrl: config.SMTP_URL,
    mailFrom: config.MAIL_FROM,
    connectionHosts: config.CONNECTION_HOSTS,
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const config = parseConfig(process.env)
  if (config.TEST_CLOCK !== undefined) moveClock(config.TEST_CLOCK)
  armFault(config.TEST_FAULT)
  await runWorker(config)
}
