import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tracedName } from '../../app/text/traced-tables.ts'
import { EXAMINATIONS } from '../../db/automatic-checks/index.ts'
import { withEntity } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import type { DB } from '../../db/schema.ts'
import { LEFT_OUT, TRACED_TABLES, type TracedTable } from '../../db/traced-tables.ts'
import { plantRow, withoutChecks } from '../support/any-row.ts'
import { rowsOf } from '../support/database.ts'
import { openCycle, smallTown, type Town } from '../support/town.ts'

const TABLES = Object.keys(TRACED_TABLES) as TracedTable[]
const said = TRACED_TABLES as Record<string, { key?: readonly string[]; without?: Record<string, string> }>

let town: Town
let intruder: pg.Client
let cycleId: string
beforeAll(async () => {
  town = await smallTown()
  cycleId = await openCycle(town, '2026-11-27T10:00:00Z')
  intruder = new pg.Client({ connectionString: town.database.superuserUrl })
  await intruder.connect()
}, 60_000)
afterAll(async () => {
  await intruder?.end()
  await town?.close()
})

const examine = (entityId = town.entityId) =>
  withEntity(town.worker, entityId, (trx) => EXAMINATIONS.write_without_event(trx, { entityId, dataDir: 'unused' }))

/** All of them, however many a run keeps. */
async function foundIn(entityId: string): Promise<Map<string, string>> {
  const { rows } = await intruder.query<{ table_name: string; reason: string }>(
    `select table_name, reason from untraced_rows($1)`,
    [entityId],
  )
  return new Map(rows.map(({ table_name, reason }) => [table_name, reason]))
}

describe('the list of tables', () => {
  it('says of every table whether it has legal effect, and calls each that has by a name', async () => {
    const rows = await rowsOf<{ name: string }>(
      town.database.superuserUrl,
      `select relname as name from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
        and relname not like 'kysely_%'`,
    )
    expect([...TABLES, ...Object.keys(LEFT_OUT)].toSorted()).toEqual(rows.map(({ name }) => name).toSorted())
    expect(TABLES.filter((table) => tracedName(table) === 'Fila')).toEqual([])
  })

  it('is what the triggers of the database keep, and its keys are those of the tables', async () => {
    const rows = await rowsOf<{ table_name: keyof DB; key: string; without: string[]; primary: string }>(
      town.database.superuserUrl,
      `select t.*, (select string_agg(a.attname, ',' order by k.n) from pg_index i, unnest(i.indkey) with ordinality k(c, n)
          join pg_attribute a on a.attnum = k.c where i.indrelid = t.table_name::regclass and i.indisprimary and a.attrelid = i.indrelid) as primary
        from traced_tables() t`,
    )
    const kept = Object.fromEntries(rows.map(({ table_name, key, without }) => [table_name, { key, without }]))
    expect(kept).toEqual(
      Object.fromEntries(
        Object.entries(said).map(([table, { key = ['id'], without = {} }]) => [
          table,
          { key: key.join(','), without: Object.keys(without) },
        ]),
      ),
    )
    for (const { key, primary } of rows) expect(key).toBe(primary)
  })
})

describe('a write behind the log', () => {
  it('is none of what the product did', async () => {
    expect(await examine()).toMatchObject({ found: 0, violations: [] })
    expect((await examine()).lookedAt).toBeGreaterThan(40)
  })

  it('is found and named with its page, when and by which role, and stays found once it is undone', async () => {
    const name = (await rowsOf<{ name: string }>(town.database.superuserUrl, `select name from cycle`))[0]?.name
    await intruder.query(`update cycle set name = 'Otro' where id = $1`, [cycleId])
    expect((await examine()).violations).toEqual([
      expect.objectContaining({
        ...{ kind: 'cycle', id: cycleId, label: 'Otro', reason: 'row_changed' },
        facts: expect.objectContaining({ table: 'cycle', writer: 'postgres' }),
      }),
    ])
    await intruder.query(`update cycle set name = $2 where id = $1`, [cycleId, name])
    expect(await examine()).toMatchObject({ found: 2 })
  })
})

describe('of every table with legal effect', () => {
  const entityId = newId()
  const own = (table: TracedTable) => (table === 'entity' ? 'id' : 'entity_id')
  const changes = new Map<TracedTable, string>()
  beforeAll(async () => {
    await withoutChecks(intruder)
    const { rows } = await intruder.query<{ table: TracedTable; column: string; type: string }>(
      `select table_name as "table", column_name as "column", data_type as type from information_schema.columns
        where table_schema = 'public' and is_generated = 'NEVER' order by ordinal_position`,
    )
    for (const { table, column, type } of rows) {
      const traced = said[table]
      const other = OTHER[type]
      if (!traced || !other || changes.has(table) || column === own(table)) continue
      if ((traced.key ?? ['id']).includes(column) || column in (traced.without ?? {})) continue
      changes.set(table, `update "${table}" set "${column}" = ${other} where ${own(table)} = '${entityId}'`)
    }
  })

  /** Each write in a transaction of its own, as a hand at a console makes it. */
  async function everywhere(statement: (table: TracedTable) => string | null): Promise<TracedTable[]> {
    const done: TracedTable[] = []
    for (const table of TABLES) {
      const query = statement(table)
      if (query === null) continue
      const { rowCount } = await intruder.query(query)
      if (rowCount) done.push(table)
    }
    return done
  }
  const reasons = async (reason: string) => {
    const { rows } = await intruder.query<{ name: string }>(
      `select distinct w.table_name as name from row_write w where w.entity_id = $1 and case $2 when 'row_removed' then w.digest is null
        when 'row_added' then w.seq = (select min(seq) from row_write b where b.table_name = w.table_name and b.row_id = w.row_id)
        else w.digest is not null and w.seq > (select min(seq) from row_write b where b.table_name = w.table_name and b.row_id = w.row_id) end`,
      [entityId, reason],
    )
    return rows.map(({ name }) => name).toSorted()
  }

  it('a row that is planted, changed and deleted is found each time, though triggers are off for the session', async () => {
    for (const table of TABLES) await plantRow(intruder, table, entityId)
    expect(await reasons('row_added')).toEqual(TABLES.toSorted())
    const changed = await everywhere((table) => changes.get(table) ?? null)
    expect(await reasons('row_changed')).toEqual(changed.toSorted())
    const before = await examine(entityId)
    const gone = await everywhere((table) => `delete from "${table}" where ${own(table)} = '${entityId}'`)
    expect(gone.toSorted()).toEqual(TABLES.toSorted())
    expect(await reasons('row_removed')).toEqual(TABLES.toSorted())
    const after = await examine(entityId)
    expect(after.found).toBe(before.found + TABLES.length)
    expect(after.violations).toHaveLength(50)
  })

  it('a row that is written while its trigger is switched off is found by what it says now, and so is the switch', async () => {
    const other = newId()
    const id = newId()
    await intruder.query(
      `insert into risk (id, entity_id, n, code, owner_position, created_by) values ($1, $2, 1, 'R-1', $1, $1)`,
      [id, other],
    )
    await intruder.query('alter table risk disable trigger keeps_writes')
    await intruder.query(`update risk set code = 'R-2' where id = $1`, [id])
    const { violations } = await examine(other)
    expect(violations.map(({ reason, facts }) => [reason, facts?.table])).toEqual([
      ['not_watched', 'risk'],
      ['row_added', 'risk'],
    ])
    await intruder.query('alter table risk enable always trigger keeps_writes')
    expect(await foundIn(other)).toEqual(new Map([['risk', 'row_changed']]))
    await intruder.query('alter table risk disable trigger keeps_writes')
    await intruder.query(`delete from risk where id = $1`, [id])
    await intruder.query(
      `insert into risk (id, entity_id, n, code, owner_position, created_by) values ($1, $2, 2, 'R-3', $1, $1)`,
      [newId(), other],
    )
    await intruder.query('alter table risk enable always trigger keeps_writes')
    const { rows } = await intruder.query<{ reason: string }>(`select reason from untraced_rows($1) order by 1`, [
      other,
    ])
    expect(rows.map(({ reason }) => reason)).toEqual(['row_added', 'row_removed'])
  })

  it('leaves alone the columns that move without an event', async () => {
    const before = (await examine(entityId)).found
    await plantRow(intruder, 'cycle', entityId)
    expect((await examine(entityId)).found).toBe(before + 1)
    await intruder.query(`update cycle set refresh_wanted = not refresh_wanted where entity_id = $1`, [entityId])
    expect((await examine(entityId)).found).toBe(before + 1)
  })
})

const OTHER: Record<string, string> = {
  text: `'otro'`,
  uuid: 'gen_random_uuid()',
  integer: '8',
  bigint: '8',
  date: `'2026-11-28'`,
  'timestamp with time zone': `'2026-11-28T10:00:00Z'`,
}

describe('the page of what is found', () => {
  const written = async (statement: string, values: unknown[]) => {
    await intruder.query(statement, values)
    const { rows } = await intruder.query<{ name: string }>(
      `select 'transaction ' || xid as name from row_write order by seq desc limit 1`,
    )
    return (await examine()).violations.find(({ facts }) => facts?.difference === rows[0]?.name)
  }

  it('is that of the request of a citizen, of the person or of the position that it is about', async () => {
    const { personId, positionId } = town.holders.profesional_tic ?? { personId: '', positionId: '' }
    await withoutChecks(intruder)
    expect(await written(`update person set display_name = 'X' where id = $1`, [personId])).toMatchObject({
      ...{ kind: 'person', id: personId, label: '' },
    })
    expect(await written(`update tenure set act_reference = 'X' where person_id = $1`, [personId])).toMatchObject({
      ...{ kind: 'position', id: positionId },
    })
    await plantRow(intruder, 'rights_request', town.entityId)
    const [request] = await rowsOf<{ id: string }>(town.database.superuserUrl, 'select id from rights_request')
    const about = { kind: 'rights', id: request?.id }
    expect(await written(`update rights_request set aim = 'x' || aim where id = $1`, [request?.id])).toMatchObject(
      about,
    )
    await plantRow(intruder, 'rights_signature', town.entityId)
    expect(
      await written('update rights_signature set request_id = $1 where entity_id = $2', [request?.id, town.entityId]),
    ).toMatchObject(about)
  })
})
