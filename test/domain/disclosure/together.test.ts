import { beforeAll, describe, expect, test } from 'vitest'
import { refusalSentence } from '../../../app/text/refusals.ts'
import { requireSafe } from '../../../db/release-protection.ts'
import { loadSolver } from '../../../db/solver.ts'
import { cellsOf, linkedTable } from '../../../domain/disclosure/marked-table.ts'
import type { OpenProgram } from '../../../domain/disclosure/program.ts'
import { isProvedSafe, isUnsafe, unprovenIn, unsafeCells } from '../../../domain/disclosure/report.ts'
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
const asked = { sides: ['zona', 'canal'], rule: { all: [] } }
const planOf = (who: Plan['people']): Plan => ({
  ...{ variables, measures: {}, sensitive: [], groups: [], people: who, tables: [asked] },
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

describe('a clock that runs out', () => {
  const few = [...people, ...Array.from({ length: 2 }, () => ({ zona: 'rural', canal: 'correo' }))]
  const plan: Plan = { ...planOf(few), variables: { ...variables, canal: [...variables.canal, 'correo'] } }
  const tables = [{ id: 'f', table: exactTable(plan, asked, 5) }]
  const reportAt = (protecting: boolean, attacking: boolean) =>
    protectTogether({ tables, same: [], others: [], threshold: 5, earlier: [] }, open, {
      protecting: () => protecting,
      attacking: () => attacking,
    }).report

  test('while protecting and attacking leaves cells that nothing proved, and they count as unproven', () => {
    const report = reportAt(true, true)
    expect(report.attack.asked).toBeGreaterThan(0)
    expect(unprovenIn(report)).toBe(report.attack.asked)
    expect(isProvedSafe(report)).toBe(false)
    const { asked: n } = report.attack
    expect(() => requireSafe(report)).toThrow(expect.objectContaining({ code: 'release_unproven', facts: { n } }))
    expect(refusalSentence('release_unproven', { n })).toMatch(/sin comprobar .*: vuelva a preparar/)
    const bounds = report.hidden.map(({ low, high, isUnproven }) => [low, high, isUnproven])
    expect(bounds).toEqual(report.hidden.map(() => [0, null, true]))
  })

  test('while protecting alone leaves none, for the attack says what each cell may be', () => {
    const report = reportAt(true, false)
    expect([report.ranOut, unprovenIn(report), isProvedSafe(report)]).toEqual([true, 0, true])
  })

  test('while attacking alone leaves none, for protecting proved each cell in doubt', () => {
    const report = reportAt(false, true)
    expect([report.ranOut, unprovenIn(report), isProvedSafe(report)]).toEqual([false, 0, true])
    expect(report.hidden.length).toBeGreaterThan(0)
  })
})
