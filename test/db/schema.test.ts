import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

let database: FreshDatabase
let superuser: pg.Client
beforeAll(async () => {
  database = await freshDatabase()
  superuser = new pg.Client({ connectionString: database.superuserUrl })
  await superuser.connect()
})
afterAll(async () => {
  await superuser.end()
  await database.drop()
})

async function found(query: string): Promise<unknown[]> {
  return (await superuser.query(query)).rows
}

/** What kysely-codegen makes of the migrated database, with the options db/schema.ts is made with. */
async function generated(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'caracteriza-schema-'))
  const file = join(folder, 'schema.ts')
  const options = ['--dialect', 'postgres', '--date-parser', 'string', '--exclude-pattern', 'kysely_*']
  const program = join(root, 'node_modules/kysely-codegen/dist/cli/bin.js')
  try {
    await promisify(execFile)(process.execPath, [program, ...options, '--out-file', file], {
      env: { ...process.env, DATABASE_URL: database.ownerUrl },
    })
    return readFileSync(file, 'utf8')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

describe('the types of the tables', () => {
  it('are those of the migrated database', async () => {
    expect(readFileSync(join(root, 'db/schema.ts'), 'utf8')).toBe(await generated())
  })
})

const OURS = `n.nspname = 'public'`

describe('the schema', () => {
  it('has no table without row-level security but those that belong to no entity', async () => {
    const open = await found(
      `select relname from pg_class c join pg_namespace n on n.oid = relnamespace
       where ${OURS} and relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity) order by 1`,
    )
    expect(open.map((row) => (row as { relname: string }).relname)).toEqual([
      'auth_rate_limit',
      'kysely_migration',
      'kysely_migration_lock',
      'setting',
      'setup_link',
    ])
  })

  it('gives the tables without row-level security to the one role that needs them', async () => {
    const granted = await found(
      `select distinct grantee, table_name from information_schema.role_table_grants
       where table_schema = 'public' and grantee in ('caracteriza_public', 'caracteriza_auditor', 'caracteriza_sealer')
       and table_name in ('account', 'account_credential', 'auth_rate_limit', 'auth_verification', 'password_link', 'session', 'setup_link')`,
    )
    expect(granted).toEqual([])
  })

  it('keys every policy on the entity by the function that knows the empty string, never by a bare cast', async () => {
    const bare = await found(
      `select tablename, policyname from pg_policies where schemaname = 'public'
       and (coalesce(qual, '') || coalesce(with_check, '')) ~ 'current_setting'
       and (coalesce(qual, '') || coalesce(with_check, '')) !~* 'nullif'`,
    )
    expect(bare).toEqual([])
  })

  it('has no policy open to everybody', async () => {
    expect(
      await found(`select policyname from pg_policies where schemaname = 'public' and 'public' = any(roles)`),
    ).toEqual([])
  })

  it('has no view that reads with its owner’s eyes', async () => {
    const views = await found(
      `select relname from pg_class c join pg_namespace n on n.oid = relnamespace where ${OURS}
       and (relkind = 'm' or relkind = 'v' and not coalesce('security_invoker=true' = any(reloptions), false))`,
    )
    expect(views).toEqual([])
  })

  it('has no function that runs as its owner on somebody else’s search path', async () => {
    const functions = await found(
      `select proname from pg_proc p join pg_namespace n on n.oid = pronamespace where ${OURS} and prosecdef
       and not exists (select 1 from unnest(coalesce(proconfig, '{}')) c where c like 'search_path=%')`,
    )
    expect(functions).toEqual([])
  })

  it('lets nobody but the owner make anything in it', async () => {
    const makers = await found(
      `select rolname from pg_roles where rolname like 'caracteriza%' and rolname <> 'caracteriza_owner'
       and (has_schema_privilege(rolname, 'public', 'create'))`,
    )
    expect(makers).toEqual([])
  })

  it('keeps events whole: nobody at run time may change, delete or truncate one', async () => {
    const privileges = await found(
      `select grantee, privilege_type from information_schema.role_table_grants where table_name = 'event'
       and privilege_type not in ('SELECT', 'INSERT') and grantee <> 'caracteriza_owner'`,
    )
    const columns = await found(
      `select grantee from information_schema.column_privileges where table_name = 'event'
       and privilege_type = 'UPDATE' and grantee <> 'caracteriza_owner'`,
    )
    expect([privileges, columns]).toEqual([[], []])
  })

  it('keeps no document number, and free text only where it is meant to stand', async () => {
    const columns = (await found(
      `select table_name || '.' || column_name as name from information_schema.columns
       where table_schema = 'public' and column_name ~* '(document_number|cedula|numero_documento|birth|phone|telefono)'`,
    )) as { name: string }[]
    expect(columns).toEqual([])
    const jsonb = (await found(
      `select column_name as name from information_schema.columns where table_name = 'event' and data_type = 'jsonb'`,
    )) as { name: string }[]
    expect(jsonb).toEqual([{ name: 'changes' }])
  })
})
