import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Trx, withActor } from '../../db/client.ts'
import { listInbox } from '../../db/inbox.ts'
import { type AskedRules, rulesToCondition } from '../../db/permit.ts'
import { abilityFor, may } from '../../domain/permissions.ts'
import { disagreements, provePermissions, ROWS } from '../proofs/permissions.ts'
import { openCycle, smallTown, type Town } from '../support/town.ts'

let town: Town
beforeAll(async () => {
  town = await smallTown()
})
afterAll(() => town.close())

const probing = <T>(work: (trx: Trx) => Promise<T>) => withActor(town.web, town.admin, work)

describe('the rule in the page and the rule in the list', () => {
  it('say the same of every row, whatever the rules and whatever is NULL', async () => {
    await probing((trx) => provePermissions(trx, 300))
  })

  it('agree on the cases that are known traps', async () => {
    await probing(async (trx) => {
      for (const rules of [
        [{ duty: { $ne: 'x' } }],
        [{ duty: { $nin: ['x', null] } }],
        [{ duty: { $nin: ['x'] } }],
        [{ duty: { $in: [] } }],
        [{ duty: { $nin: [] } }],
        [{ duty: null }],
        [{ duty: { $in: [null] } }],
        [{ open: { $ne: null } }],
      ])
        expect(await disagreements(trx, rules), JSON.stringify(rules)).toEqual([])
    })
  })

  it('let nothing through where no rule grants anything', async () => {
    await probing(async (trx) => {
      expect(await disagreements(trx, [])).toEqual([])
    })
    expect(ROWS.length).toBeGreaterThan(100)
  })
})

describe('a rule that could grant too much', () => {
  const of = (conditions: unknown, more: object = {}): AskedRules => ({
    rulesFor: () => [{ inverted: false, conditions, ...more }],
  })
  const columns = { entity: sql.ref('entity') }
  const refused: [string, AskedRules][] = [
    ['has no conditions', of(undefined)],
    ['has empty conditions', of({})],
    ['compares with undefined', of({ entity: undefined })],
    ['compares with undefined in a list', of({ entity: { $in: [undefined] } })],
    ['names an unknown operator', of({ entity: { $regex: 'a' } })],
    ['negates', of({ $not: { entity: 'a' } })],
    ['names a field without column', of({ organismo: 'a' })],
    ['has an empty operator object', of({ entity: {} })],
    ['compares with a list', of({ entity: ['a'] })],
    ['takes away', of({ entity: 'a' }, { inverted: true })],
    ['is about fields', of({ entity: 'a' }, { fields: ['nota'] })],
  ]
  for (const [name, rules] of refused)
    it(`and ${name} is an error, never a condition`, () => {
      expect(() => rulesToCondition(rules, 'read', 'Probe', columns)).toThrow()
    })
})

describe('"Mi bandeja"', () => {
  it('lists exactly the open lines the rule lets this person read', async () => {
    const { entityId } = town
    await openCycle(town, '2026-03-02T17:00:00.000Z')
    const lines = await probing((trx) =>
      trx.selectFrom('task').select(['id', 'entity_id', 'duty', 'kind']).where('status', '=', 'open').execute(),
    )
    expect(lines.length).toBeGreaterThan(0)
    for (const holder of Object.values(town.holders)) {
      const actor = { entityId, ...holder }
      const ability = abilityFor(actor)
      const allowed = lines.filter((line) =>
        may(ability, 'read', 'Task', { entityId: line.entity_id, duty: line.duty, kind: line.kind }),
      )
      const listed = await withActor(town.web, actor, (trx) => listInbox(trx, actor))
      expect(listed.rows.map((row) => row.id).sort()).toEqual(allowed.map((line) => line.id).sort())
    }
  })
})
