import { type RequestHandler, Router } from 'express'
import { withoutEntity } from '../../db/client.ts'
import { appNow } from '../../db/clock.ts'
import { knownMigrations } from '../../db/migrate.ts'
import { answersAtAll, listAppliedMigrations, listConnected } from '../../db/system-state.ts'
import type { SharedContext } from '../context.server.ts'
import { listWorkers } from '../temporal.server.ts'
import { serverText } from '../text/server.ts'

export interface Check {
  ok: boolean
  detail: string
}

export type Readiness = Record<'postgres' | 'temporal' | 'worker' | 'migrations', Check>

/** A worker asks for work at least once a minute (long poll); older means it is gone. */
const WORKER_SILENCE_SECONDS = 75
const CHECK_DEADLINE_MS = 4_000

export function health(context: SharedContext): Router {
  const router = Router()
  router.get('/salud', (_request, response) => void response.json({ ok: true }))
  router.get('/listo', listo(context))
  return router
}

function listo(context: SharedContext): RequestHandler {
  return async (_request, response) => {
    const checks = await readiness(context)
    const ok = Object.values(checks).every((check) => check.ok)
    response.status(ok ? 200 : 503).json({ ok, ...checks })
  }
}

/** The four parts a page needs, each asked with a deadline of its own. */
export async function readiness(context: SharedContext): Promise<Readiness> {
  // Temporal's own time stamps are real time, so the real clock is asked, not the application's.
  const polling = listWorkers(context.temporal, appNow(), WORKER_SILENCE_SECONDS)
  const [postgres, temporal, worker, migrations] = await Promise.all([
    check(() => postgresAnswers(context)),
    check(() => polling.then(() => ({ ok: true, detail: serverText.ready }))),
    check(async () => oneIsConnected(context, await polling)),
    check(() => migrationsAreApplied(context)),
  ])
  return { postgres, temporal, worker, migrations }
}

async function check(ask: () => Promise<Check>): Promise<Check> {
  const silent: Check = { ok: false, detail: serverText.noAnswer }
  const deadline = new Promise<Check>((resolve) => setTimeout(resolve, CHECK_DEADLINE_MS, silent).unref())
  return Promise.race([ask().catch(() => silent), deadline])
}

async function postgresAnswers(context: SharedContext): Promise<Check> {
  await withoutEntity(context.db, answersAtAll)
  return { ok: true, detail: serverText.ready }
}

async function migrationsAreApplied(context: SharedContext): Promise<Check> {
  const known = await knownMigrations()
  const applied = await withoutEntity(context.db, listAppliedMigrations)
  const missing = known.filter((name) => !applied.includes(name))
  return missing.length === 0
    ? { ok: true, detail: serverText.migrations(known.length) }
    : { ok: false, detail: serverText.migrationsMissing(missing.length) }
}

/**
 * Temporal remembers a worker for a minute after its death, PostgreSQL not a moment: of those that asked for work, one
 * with a session is alive. A worker whose machine fell silent is told by the minute.
 */
async function oneIsConnected(context: SharedContext, names: string[]): Promise<Check> {
  const connected = await withoutEntity(context.db, (trx) => listConnected(trx, names))
  return connected.length > 0 ? { ok: true, detail: serverText.ready } : { ok: false, detail: serverText.noWorker }
}
