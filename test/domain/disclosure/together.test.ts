import { beforeAll, expect, test } from 'vitest'
import { loadSolver } from '../../../db/solver.ts'
import { cellsOf, linkedTable } from '../../../domain/disclosure/marked-table.ts'
import type { OpenProgram } from '../../../domain/disclosure/program.ts'
import { isUnsafe, unsafeCells } from '../../../domain/disclosure/report.ts'
import { protectTogether } from '../../../domain/disclosure/together.ts'
import { exactTable, type Plan } from '../../attack/random-release.ts'

let open: OpenProgram
beforeAll(async () => {
  open = await loadSolver()
})

const variables = { zona: ['urbana', 'rural'], canal: ['web', 'voz', 'sede'] }
const people = Array.from({ length: 240 }, (_, i) => ({
  zona: variables.zona[i % 2] as string,
  canal: variables.canal[i % 3] as string,
}))
const asked = { sides: ['zona', 'canal'] }
const planOf = (who: Plan['people']): Plan => ({
  ...{ variables, sensitive: [], groups: [], people: who, tables: [asked] },
})
const never = { protecting: () => false, attacking: () => false }

/** What a second release answers after a first of the same question on another snapshot. */
function after(first: Plan['people'], second: Plan['people']) {
  const before = exactTable(planOf(first), asked, 5)
  const known = linkedTable(
    'antes',
    { ...before, snapshotHash: 'cd'.repeat(32) },
    cellsOf(before).map(() => true),
  )
  const tables = [{ id: 'f', table: exactTable(planOf(second), asked, 5) }]
  return protectTogether({ tables, same: [], others: [[known]], threshold: 5, earlier: [] }, open, never)
}

test('a second release that differs by one person is blocked and names the cells', () => {
  const { report } = after(people, [...people, { zona: 'rural', canal: 'web' }])
  expect(isUnsafe(report)).toBe(true)
  const named = unsafeCells(report).map((where) => where.map(({ value }) => value).join(' '))
  expect(named.sort()).toEqual(['', 'rural', 'rural web', 'web'])
})

test('one person who moved from one cell to another blocks it too', () => {
  const moved = people.map((person, i) => (i === 0 ? { ...person, canal: 'sede' } : person))
  expect(isUnsafe(after(people, moved).report)).toBe(true)
})

test('the same people give the same release, and a few more of some beside many of others hide the few', () => {
  expect(after(people, people).report).toMatchObject({ blocked: [], hidden: [] })
  const more = [
    ...Array.from({ length: 12 }, () => ({ zona: 'urbana', canal: 'voz' })),
    { zona: 'rural', canal: 'web' },
    { zona: 'rural', canal: 'sede' },
  ]
  const { report } = after(people, [...people, ...more])
  expect(report.blocked).toEqual([])
  expect(report.hidden.filter(({ reason }) => reason === 'earlier').length).toBeGreaterThan(1)
  expect(isUnsafe(report)).toBe(false)
})

test('other people are no earlier version of these', () => {
  expect(after(people, [...people, ...people]).report).toMatchObject({ blocked: [], hidden: [] })
})
