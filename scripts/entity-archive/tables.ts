/** Which rows are an entity's: the catalogue of the database says it, so that no table can be forgotten (decision 0065). */
import { sql } from 'kysely'
import type { Trx } from '../../db/client.ts'
import type { TableName } from '../../db/traced-tables.ts'

const SECRETS = 'secretos de quien entra: en la otra instalación cada persona recibe un enlace nuevo'
const TEMPORAL = 'lo que se leyó del Temporal de esta instalación, que no viaja'

/** Tables with rows of the entity that stay, each with why, as the archive says it. */
export const LEFT_OUT: Partial<Record<TableName, string>> = {
  account_factor: SECRETS,
  account_recovery_code: SECRETS,
  presence: 'quién tiene una página abierta en este momento',
  row_write: 'las marcas con que esta base de datos vigila sus propias escrituras; la otra pone las suyas',
  workflow_reading: TEMPORAL,
  workflow_update: TEMPORAL,
}

/** Tables without rows of an entity: of the installation, or of whoever signs in to it. */
export const OF_INSTALLATION: readonly string[] = [
  ...['account_credential', 'auth_rate_limit', 'auth_verification', 'session', 'setup_link'],
  ...['kysely_migration', 'kysely_migration_lock', 'permission_rules', 'setting'],
]

/** Migrations that the database has, in order. */
export async function listMigrations(trx: Trx): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(trx)
  return rows.map(({ name }) => name)
}

export interface ArchivedTable {
  name: string
  /** Those that are written: neither computed ones nor numbers that each database gives by itself. */
  columns: string[]
  /** Columns in whose order the rows stand. */
  order: string[]
  /** Tables its rows name, itself among them where they name each other. */
  parents: { table: string; constraint: string }[]
}

/** Every table of an entity that travels, those first that others name. */
export async function listArchived(trx: Trx): Promise<ArchivedTable[]> {
  const { rows } = await sql<ArchivedTable>`
    select c.relname as name,
      (select array_agg(a.attname::text order by a.attnum) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0
        and not a.attisdropped and a.attgenerated = '' and a.attidentity = '') as columns,
      (select array_agg(a.attname::text order by k.n) from pg_index i cross join unnest(i.indkey) with ordinality k(attnum, n)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum where i.indrelid = c.oid and i.indisprimary) as "order",
      (select coalesce(jsonb_agg(jsonb_build_object('table', p.relname, 'constraint', f.conname) order by p.relname, f.conname), '[]')
        from pg_constraint f join pg_class p on p.oid = f.confrelid where f.conrelid = c.oid and f.contype = 'f') as parents
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and (c.relname = 'entity' or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'entity_id' and not a.attisdropped))
    order by c.relname`.execute(trx)
  return inOrder(rows.filter(({ name }) => !(name in LEFT_OUT)))
}

/** Where tables name each other in a ring, one of them goes first. */
function inOrder(tables: ArchivedTable[]): ArchivedTable[] {
  const [left, done] = [[...tables], [] as ArchivedTable[]]
  const waitsFor = (table: ArchivedTable) =>
    table.parents.filter((parent) => parent.table !== table.name && left.some((one) => one.name === parent.table))
  while (left.length > 0) {
    const next = left.reduce((best, one) => (waitsFor(one).length < waitsFor(best).length ? one : best))
    left.splice(left.indexOf(next), 1)
    done.push(next)
  }
  return done
}

/** Foreign keys whose rows come later than those that name them. */
export function lateKeys(tables: readonly ArchivedTable[]): { table: string; constraint: string }[] {
  const places = new Map(tables.map(({ name }, place) => [name, place]))
  return tables.flatMap(({ name, parents }, place) =>
    parents
      .filter((parent) => (places.get(parent.table) ?? -1) >= place)
      .map(({ constraint }) => ({ table: name, constraint })),
  )
}
