/** Rows of an entity as lines of JSON, out of the database and into it. */
import { type RawBuilder, sql } from 'kysely'
import type { Trx } from '../../db/client.ts'
import { LINE_COLUMNS, type LineRow, lineOf } from '../../db/log-lines.ts'
import { type ArchivedTable, lateKeys } from './tables.ts'

const BATCH = 2_000
/** Of one statement, in characters; a row that is longer goes alone. */
const MOST_CHARACTERS = 4_000_000

/** Every row of the entity, a line each. Of events the line is the one that was sealed, in the order of the log. */
export async function* linesOfTable(trx: Trx, table: ArchivedTable, entityId: string): AsyncGenerator<string> {
  if (table.name === 'event') return yield* linesOfLog(trx, entityId)
  const of = table.name === 'entity' ? sql.ref('id') : sql.ref('entity_id')
  const order = table.name === 'log_leaf' ? ['n'] : table.order
  await sql`declare rows_of_table no scroll cursor for
    select row_to_json(r)::text as line from (select ${columnsOf(table)} from ${sql.table(table.name)} where ${of} = ${sql.lit(entityId)}
      order by ${sql.join(order.map((column) => sql.ref(column)))}) r`.execute(trx)
  for (;;) {
    const { rows } = await sql<{ line: string }>`fetch ${sql.lit(BATCH)} from rows_of_table`.execute(trx)
    for (const { line } of rows) yield `${line}\n`
    if (rows.length < BATCH) break
  }
  await sql`close rows_of_table`.execute(trx)
}

async function* linesOfLog(trx: Trx, entityId: string): AsyncGenerator<string> {
  for (let from = 0; ; from += BATCH) {
    const { rows } = await sql<LineRow>`
      select ${LINE_COLUMNS} from log_leaf l join event e on e.id = l.event_id
      where l.entity_id = ${entityId} and l.n >= ${from} and l.n < ${from + BATCH} order by l.n`.execute(trx)
    for (const row of rows) yield `${lineOf(row)}\n`
    if (rows.length < BATCH) return
  }
}

const columnsOf = ({ columns }: ArchivedTable): RawBuilder<unknown> =>
  sql.join(columns.map((column) => sql.ref(column)))

/** Puts lines into a table. Whose rows they are was looked at before. Answers how many. */
export async function insertLines(
  trx: Trx,
  table: ArchivedTable,
  lines: Iterable<string | undefined>,
): Promise<number> {
  let [batch, characters, inserted] = [[] as string[], 0, 0]
  const flush = async () => {
    if (batch.length === 0) return
    await sql`insert into ${sql.table(table.name)} (${columnsOf(table)})
      select ${columnsOf(table)} from jsonb_populate_recordset(null::${sql.table(table.name)}, ${`[${batch.join(',')}]`}::jsonb)`.execute(
      trx,
    )
    inserted += batch.length
    ;[batch, characters] = [[], 0]
  }
  for (const line of lines) {
    if (line === undefined) throw new Error(`a line of ${table.name} is cut`)
    if (characters + line.length > MOST_CHARACTERS || batch.length === BATCH) await flush()
    batch.push(line)
    characters += line.length
  }
  await flush()
  return inserted
}

/**
 * Rows as they were elsewhere are no acts of today: while they come in, triggers that guard acts do not run, and rows may name some that
 * come later. All of it ends with the transaction, which leaves everything as it found it. What keeps each write is never off.
 */
export async function withoutGuards<T>(trx: Trx, tables: readonly ArchivedTable[], work: () => Promise<T>): Promise<T> {
  const guards = await listGuards(trx, tables)
  const late = lateKeys(tables)
  const constraint = ({ table, constraint: name }: { table: string; constraint: string }) =>
    sql`alter table ${sql.table(table)} alter constraint ${sql.ref(name)}`
  for (const { table, name } of guards)
    await sql`alter table ${sql.table(table)} disable trigger ${sql.ref(name)}`.execute(trx)
  for (const key of late) await sql`${constraint(key)} deferrable initially deferred`.execute(trx)
  const result = await work()
  await sql`set constraints all immediate`.execute(trx)
  for (const key of late) await sql`${constraint(key)} not deferrable`.execute(trx)
  for (const { table, name } of guards)
    await sql`alter table ${sql.table(table)} enable trigger ${sql.ref(name)}`.execute(trx)
  return result
}

async function listGuards(trx: Trx, tables: readonly ArchivedTable[]): Promise<{ table: string; name: string }[]> {
  const { rows } = await sql<{ table: string; name: string }>`
    select c.relname as "table", t.tgname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where not t.tgisinternal and t.tgenabled = 'O' and c.relname = any(${tables.map(({ name }) => name)}::text[])
    order by 1, 2`.execute(trx)
  return rows
}
