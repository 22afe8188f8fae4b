import { sql } from 'kysely'
import type { Trx } from './client.ts'
import { countOrphans } from './handover.ts'

/** What an administrator watches, counted over the own entity. */
export interface SystemCounts {
  actsUnderWay: number
  incidents: number
  /** Planned and their moment has passed. */
  noticesLate: number
  noticesFailed: number
  mailWaiting: number
  mailFailed: number
  importsRunning: number
  /** Work nobody answers for (features J3). */
  orphans: number
}

export async function countSystem(trx: Trx, entityId: string): Promise<SystemCounts> {
  const found = await sql<Omit<SystemCounts, 'orphans'>>`
    select
      (select count(*)::int from act where entity_id = ${entityId} and status = 'stored') as "actsUnderWay",
      (select count(*)::int from incident where entity_id = ${entityId} and closed_at is null) as incidents,
      (select count(*)::int from notice where entity_id = ${entityId} and status = 'planned'
        and planned_at < app_now() - interval '5 minutes') as "noticesLate",
      (select count(*)::int from notice where entity_id = ${entityId} and status in ('failed', 'attempted')) as "noticesFailed",
      (select count(*)::int from mail where entity_id = ${entityId} and status = 'planned') as "mailWaiting",
      (select count(*)::int from mail where entity_id = ${entityId} and status in ('failed', 'attempted')) as "mailFailed",
      (select count(*)::int from source_import where entity_id = ${entityId} and status in ('received', 'running'))
        as "importsRunning"`.execute(trx)
  const row = found.rows[0]
  if (!row) throw new Error('counting answered nothing')
  return { ...row, orphans: await countOrphans(trx, entityId) }
}

/** Throws where the database does not answer. */
export async function answersAtAll(trx: Trx): Promise<void> {
  await sql`select 1`.execute(trx)
}

/** Names of the migrations this database holds; `knownMigrations` has those the build knows. */
export async function listAppliedMigrations(trx: Trx): Promise<string[]> {
  const applied = await sql<{ name: string }>`select name from kysely_migration`.execute(trx)
  return applied.rows.map((row) => row.name)
}

/** Of these names of pools (`Database.name`), those that have a session on this database at this moment. */
export async function listConnected(trx: Trx, names: string[]): Promise<string[]> {
  const found = await sql<{ name: string }>`
    select distinct application_name as name from pg_stat_activity
    where datname = current_database() and application_name = any(${names})`.execute(trx)
  return found.rows.map((row) => row.name)
}
