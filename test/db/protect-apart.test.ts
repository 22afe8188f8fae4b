import { expect, test } from 'vitest'
import { protectApart } from '../../db/protect-apart.ts'
import { exactTable, planFrom } from '../attack/random-release.ts'

const LIMITS = { protecting: 30_000, attacking: 45_000 }
const plan = planFrom(6, { people: 160, tables: 3, variables: 3 })
const asked = {
  tables: plan.tables.map((one, i) => ({ id: `f${i}`, table: exactTable(plan, one, 5) })),
  ...{ same: [], others: [], threshold: 5, earlier: [] },
}

test('while tables are protected, this process goes on with its other work', async () => {
  let ticks = 0
  const timer = setInterval(() => ticks++, 5)
  const [first, second] = await Promise.all([protectApart(asked, LIMITS), protectApart(asked, LIMITS)])
  clearInterval(timer)
  expect(first.report.attack).toMatchObject({ exact: 0, narrow: 0 })
  expect(second).toEqual(first)
  expect(ticks).toBeGreaterThan(10)
})

test('a question that cannot be answered is a failure of its own, and the next one is answered', async () => {
  const broken = { ...asked, tables: [{ id: 'x', table: null as never }] }
  await expect(protectApart(broken, LIMITS)).rejects.toThrow()
  expect((await protectApart(asked, LIMITS)).tables.size).toBe(plan.tables.length)
})
