import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase, withActor, withEntity } from '../../db/client.ts'
import { findRulesAt, keepPermissionRules } from '../../db/permission-rules.ts'
import { endTenure } from '../../db/tenure-changes.ts'
import { PERMISSION_RULES } from '../../domain/permission-rules.ts'
import { asOwner, smallTown, type Town } from '../support/town.ts'

let town: Town
beforeAll(async () => {
  town = await smallTown()
})
afterAll(() => town.close())

interface Version {
  body: Record<string, unknown> | null
  recorded_at: Date
  xid: string
}

const versionsOf = (rowId: string) =>
  asOwner(town, (owner) =>
    withEntity(owner, town.entityId, async (trx) => {
      const found = await sql<Version>`select body, recorded_at, xid::text as xid from fact_version
        where row_id = ${rowId} order by seq`.execute(trx)
      return found.rows
    }),
  )

async function tenureOf(duty: string): Promise<string> {
  const { id } = await withActor(town.web, town.admin, (trx) =>
    trx
      .selectFrom('tenure')
      .select('id')
      .where('person_id', '=', town.holders[duty]?.personId ?? '')
      .executeTakeFirstOrThrow(),
  )
  return id
}

describe('the versions of a fact', () => {
  it('are kept as it is added and as it changes, each with the transaction of its event', async () => {
    const id = await tenureOf('profesional_tic')
    await withActor(town.web, town.admin, (trx) =>
      endTenure(trx, town.admin, { id, on: '2026-05-01', actReference: 'Decreto 9', handTo: null } as never),
    )
    const versions = await versionsOf(id)
    expect(versions.map(({ body }) => body?.to_date)).toEqual([null, '2026-05-01'])
    const events = await withActor(town.web, town.admin, (trx) =>
      sql<{
        type: string
        xid: string
      }>`select type, xid::text as xid from event where object_id = ${id} order by at`.execute(trx),
    )
    expect(events.rows.map(({ type, xid }) => [type, xid])).toEqual([
      ['tenure.added', versions[0]?.xid],
      ['tenure.ended', versions[1]?.xid],
    ])
  })

  it('is not made by a change of what no right hangs on, and holds no name of a person', async () => {
    const { personId } = town.holders.profesional_sig ?? { personId: '' }
    await withActor(town.web, town.admin, (trx) =>
      trx.updateTable('person').set({ display_name: 'Otro nombre' }).where('id', '=', personId).execute(),
    )
    expect((await versionsOf(personId)).map(({ body }) => body)).toEqual([{ ended_on: null }])
  })

  it('says that a row is gone, whoever deleted it', async () => {
    const id = await tenureOf('profesional_comunicaciones')
    await asOwner(town, (owner) =>
      withEntity(owner, town.entityId, (trx) => trx.deleteFrom('tenure').where('id', '=', id).execute()),
    )
    expect((await versionsOf(id)).at(-1)?.body).toBeNull()
  })

  it('is written by nobody at run time', async () => {
    const row = { entity_id: town.entityId, fact: 'tenure', row_id: town.entityId, recorded_at: '2026-01-01T00:00:00Z' }
    for (const database of [town.web, town.worker])
      await expect(
        withEntity(database, town.entityId, (trx) => trx.insertInto('fact_version').values(row).execute()),
      ).rejects.toThrow(/permission denied/)
  })
})

describe('the rules', () => {
  it('are kept when they change and not otherwise, and each instant has its own', async () => {
    const pool = new pg.Pool({ connectionString: town.database.ownerUrl, max: 1 })
    const owner = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
    const reader = openDatabase(town.database.ownerUrl, { max: 1 })
    try {
      expect(await keepPermissionRules(owner)).toBe(false)
      const before = new Date().toISOString()
      const changed = { ...PERMISSION_RULES, closedAreas: { ...PERMISSION_RULES.closedAreas, risks: ['alcaldia'] } }
      expect(await keepPermissionRules(owner, changed)).toBe(true)
      const at = (instant: string) => withEntity(reader, town.entityId, (trx) => findRulesAt(trx, instant))
      const [old, first, last] = [await at('2001-01-01T00:00:00Z'), await at(before), await at('2100-01-01T00:00:00Z')]
      expect([old.n, old.wasKept, first.n, first.wasKept]).toEqual([first.n, false, first.n, true])
      expect(last.n).toBeGreaterThan(first.n)
      expect(first.content).toEqual(PERMISSION_RULES)
      expect(last.content.closedAreas.risks).toEqual(['alcaldia'])
    } finally {
      await Promise.all([owner.destroy(), reader.close()])
    }
  })
})
