import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureRoles, RUNTIME_ROLES, type RuntimeRole, roleName, roleUrl } from '../../db/roles.ts'
import { demoEntityId } from '../../db/seed.ts'
import { demonstrationDatabase, type FreshDatabase } from '../support/database.ts'

let database: FreshDatabase
let superuser: pg.Client
const clients: pg.Client[] = []

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  clients.push(client)
  return client
}

const as = (role: RuntimeRole) => connect(roleUrl(database.ownerUrl, database.secret, role))

beforeAll(async () => {
  database = await demonstrationDatabase()
  superuser = await connect(database.superuserUrl)
}, 120_000)
afterAll(async () => {
  await Promise.all(clients.map((client) => client.end()))
  await database.drop()
})

/** Tables of an entity, as the catalogue knows them. */
async function entityTables(): Promise<string[]> {
  const { rows } = await superuser.query(
    `select table_name from information_schema.columns where table_schema = 'public' and column_name = 'entity_id'
     and table_name not in ('account', 'session') order by 1`,
  )
  return rows.map((row) => row.table_name as string)
}

describe('row-level security', () => {
  it('is enabled and forced on every table of an entity', async () => {
    const { rows } = await superuser.query(
      `select relname from pg_class where relname = any($1) and relkind = 'r' and not (relrowsecurity and relforcerowsecurity)`,
      [[...(await entityTables()), 'entity']],
    )
    expect(rows).toEqual([])
  })

  it('is not evaded by a role: none owns a table, is superuser or may bypass it', async () => {
    const { rows } = await superuser.query(
      `select rolname, rolsuper, rolbypassrls, (select count(*)::int from pg_class where relowner = pg_roles.oid) as owned
       from pg_roles where rolname = any($1)`,
      [RUNTIME_ROLES.map(roleName)],
    )
    expect(rows).toHaveLength(RUNTIME_ROLES.length)
    for (const row of rows) expect(row).toMatchObject({ rolsuper: false, rolbypassrls: false, owned: 0 })
  })

  it('is not evaded by a table of one’s own: none makes one, nor has its writes kept as those of a table of the record', async () => {
    // What a database says of itself is not copied from the template.
    await ensureRoles(database.ownerUrl, database.secret)
    await superuser.query('create schema corner')
    for (const role of RUNTIME_ROLES) {
      const client = await as(role)
      await expect(client.query('create temporary table risk (id uuid)'), role).rejects.toThrow('permission denied')
      await superuser.query(`grant all on schema corner to ${roleName(role)}`)
      await client.query('create table corner.risk (id uuid, entity_id uuid)')
      for (const kept of ['keep_row_write', 'keep_fact_version'])
        await expect(
          client.query(`create trigger t after insert on corner.risk for each row execute function ${kept}('id')`),
        ).rejects.toThrow(`permission denied for function ${kept}`)
      await client.query('drop table corner.risk')
    }
    await superuser.query('drop schema corner cascade')
  })

  it('shows no row of another municipality, and none at all without saying whose', async () => {
    const web = await as('web')
    const [here, there] = [demoEntityId('santamarta'), demoEntityId('cali')]
    for (const table of await entityTables()) {
      const { rows: granted } = await web.query(`select has_table_privilege(current_user, $1, 'select') as may`, [
        table,
      ])
      if (!granted[0]?.may) continue
      await web.query('begin')
      const { rows: unsaid } = await web.query(`select count(*)::int as n from ${table}`)
      await web.query(`select set_config('app.entity', $1, true)`, [here])
      const { rows: foreign } = await web.query(`select count(*)::int as n from ${table} where entity_id = $1`, [there])
      await web.query('rollback')
      expect([table, unsaid[0]?.n, foreign[0]?.n]).toEqual([table, 0, 0])
    }
  })

  it('does not let a person write into another municipality', async () => {
    const web = await as('web')
    await web.query('begin')
    await web.query(`select set_config('app.entity', $1, true)`, [demoEntityId('santamarta')])
    const insert = web.query(`insert into agency (id, entity_id, name) values (gen_random_uuid(), $1, 'Ajena')`, [
      demoEntityId('cali'),
    ])
    await expect(insert).rejects.toMatchObject({ code: '42501' })
    await web.query('rollback')
  })
})

describe('the record of events', () => {
  for (const role of RUNTIME_ROLES) {
    for (const change of ["update event set type = 'x'", 'delete from event', 'truncate event']) {
      it(`refuses "${change}" to the ${role} role`, async () => {
        const client = await as(role)
        await expect(client.query(change)).rejects.toMatchObject({ code: '42501' })
      })
    }
  }

  it('and the frozen versions and signatures cannot be changed by the web or the worker', async () => {
    for (const role of ['web', 'worker'] as const) {
      const client = await as(role)
      for (const table of ['step_version', 'signature']) {
        await expect(client.query(`update ${table} set id = id`)).rejects.toMatchObject({ code: '42501' })
        await expect(client.query(`delete from ${table}`)).rejects.toMatchObject({ code: '42501' })
      }
    }
  })

  it('never lets the web role write what only a recorded act may: steps, signatures, tasks', async () => {
    const web = await as('web')
    for (const table of ['step', 'signature', 'task', 'reopening', 'attempt']) {
      await expect(web.query(`insert into ${table} default values`)).rejects.toMatchObject({ code: '42501' })
    }
  })
})

describe('the public role', () => {
  it('reads no person, no draft and no event', async () => {
    const visitor = await as('public')
    for (const table of ['person', 'event', 'step_draft', 'step_version', 'signature', 'act', 'mail']) {
      await expect(visitor.query(`select 1 from ${table}`)).rejects.toMatchObject({ code: '42501' })
    }
  })
})
