/** A row of any table, written as nobody may: no trigger but those that always run, no foreign key and no check is asked. */
import type pg from 'pg'
import { newId } from '../../db/ids.ts'

interface ColumnKind {
  name: string
  type: string
  filled: boolean
}

/** Takes the checks of every table away: what is planted is a row, not a sensible one. */
export async function withoutChecks(client: pg.Client): Promise<void> {
  await client.query('set session_replication_role = replica')
  const { rows } = await client.query<{ drop: string }>(
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop from pg_constraint
      where contype = 'c' and connamespace = 'public'::regnamespace`,
  )
  for (const { drop } of rows) await client.query(drop)
}

/** Every column that has to have a value, whatever it is. */
export async function plantRow(client: pg.Client, table: string, entityId: string): Promise<void> {
  const { rows: columns } = await client.query<ColumnKind>(
    `select column_name as name, coalesce(nullif(data_type, 'USER-DEFINED'), udt_name) as type,
        is_nullable = 'YES' or column_default is not null or is_identity = 'YES' or is_generated = 'ALWAYS' as filled
      from information_schema.columns where table_schema = 'public' and table_name = $1`,
    [table],
  )
  const own = table === 'entity' ? 'id' : 'entity_id'
  const needed = columns.filter(({ name, filled }) => !filled || name === own)
  const values = needed.map(({ name, type }) => (name === own ? entityId : anyValue(type)))
  const names = needed.map(({ name }) => `"${name}"`).join(', ')
  const places = needed.map((_, i) => `$${i + 1}`).join(', ')
  await client.query(`insert into "${table}" (${names}) values (${places})`, values)
}

function anyValue(type: string): unknown {
  if (type === 'uuid') return newId()
  if (type === 'boolean') return true
  if (type === 'date') return '2026-11-27'
  if (type === 'jsonb') return '{}'
  if (type === 'bytea') return Buffer.from('x')
  if (type === 'ARRAY') return '{}'
  if (type === 'character') return 'x'
  if (type.startsWith('timestamp')) return '2026-11-27T10:00:00Z'
  if (/int|numeric|double|real/.test(type)) return 7
  return newId()
}
