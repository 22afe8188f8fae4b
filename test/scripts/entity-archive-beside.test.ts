/** An entity comes where another already is: no row of that one is touched, and both logs hold (feature J5, decision 0065). */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase, withEntity } from '../../db/client.ts'
import { auditLog } from '../../db/log-audit.ts'
import { demoEntityId } from '../../db/seed.ts'
import { exportEntity } from '../../scripts/entity-archive/export.ts'
import { importEntity } from '../../scripts/entity-archive/import.ts'
import { demonstrationDatabase, rowsOf } from '../support/database.ts'
import { type OtherInstallation, otherInstallation } from '../support/installations.ts'
import { TEST_SECRET as secret } from '../support/services.ts'
import { builtVerifier } from '../support/verifier.ts'

const first = { id: demoEntityId('santamarta'), name: 'Santa Marta' }
const second = { id: demoEntityId('cali'), name: 'Santiago de Cali' }
const folder = mkdtempSync(join(tmpdir(), 'caracteriza-beside-'))
const fileOf = ({ name }: typeof first) => join(folder, `${name}.zip`)
let other: OtherInstallation
let alone: Map<string, string[]>

beforeAll(async () => {
  await builtVerifier()
  const from = await demonstrationDatabase()
  try {
    for (const entity of [first, second]) {
      const dataDir = mkdtempSync(join(folder, 'data-'))
      await exportEntity({ databaseUrl: from.ownerUrl, secret, dataDir, entity, file: fileOf(entity) })
    }
  } finally {
    await from.drop()
  }
  other = await otherInstallation('vecina')
  await importEntity({ ...other, file: fileOf(first), keyFile: `${fileOf(first)}.llave`, isProduction: false })
  alone = await everyRow()
  await importEntity({ ...other, file: fileOf(second), keyFile: `${fileOf(second)}.llave`, isProduction: false })
}, 240_000)
afterAll(async () => {
  await other?.close()
  rmSync(folder, { recursive: true, force: true })
}, 60_000)

/** Everything the database holds, by its tables. */
async function everyRow(): Promise<Map<string, string[]>> {
  const tables = await rowsOf<{ name: string }>(
    other.superuserUrl,
    `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  )
  const found = new Map<string, string[]>()
  for (const { name } of tables) {
    const rows = await rowsOf<{ line: string }>(
      other.superuserUrl,
      `select to_jsonb(t)::text as line from "${name}" t order by 1`,
    )
    found.set(
      name,
      rows.map(({ line }) => line),
    )
  }
  return found
}

test('every row of whoever was there stands as it stood, and every row that came is of whoever came', async () => {
  const both = await everyRow()
  const accounts = (both.get('account') ?? []).map((line) => JSON.parse(line))
  const entityOf = new Map(accounts.map(({ id, entity_id: of }) => [id, of]))
  let came = 0
  for (const [table, lines] of both) {
    const held = new Set(alone.get(table))
    const added = lines.filter((line) => !held.delete(line))
    expect([...held], `${table} lost or changed rows`).toEqual([])
    for (const line of added) {
      const row = JSON.parse(line)
      // A link to set a password names the account it is for.
      const [, account] = /^password:(.*)/.exec(row.identifier) ?? []
      const of = table === 'entity' ? row.id : (row.entity_id ?? entityOf.get(account ?? ''))
      expect(of, `${table}: ${line}`).toBe(second.id)
    }
    came += added.length
  }
  expect(came).toBeGreaterThan(500)
})

test('both logs hold', async () => {
  const owner = openDatabase(other.databaseUrl, { max: 1 })
  try {
    for (const { id } of [first, second]) {
      const { faults, size } = await withEntity(owner, id, (trx) => auditLog(trx, id))
      expect(faults).toEqual([])
      expect(Number(size)).toBeGreaterThan(0)
    }
  } finally {
    await owner.close()
  }
})
