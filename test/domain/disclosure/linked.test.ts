import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadSolver } from '../../../db/solver.ts'
import { boundsOf } from '../../../domain/disclosure/attack.ts'
import { isWide } from '../../../domain/disclosure/cube.ts'
import { keyOf } from '../../../domain/disclosure/linked-cells.ts'
import { linkTables } from '../../../domain/disclosure/linked-tables.ts'
import type { OpenProgram } from '../../../domain/disclosure/program.ts'
import { protect } from '../../../domain/disclosure/protect.ts'
import type { Dependency, LinkedTable } from '../../../domain/disclosure/tables.ts'
import { readings, withSums } from './readings.ts'

let open: OpenProgram
beforeAll(async () => {
  open = await loadSolver()
})

type Person = Record<string, string>

/** A table over records that name a value for every variable. */
function tableOf(
  id: string,
  records: Person[],
  sides: Record<string, string[]>,
  more: Partial<LinkedTable> = {},
): LinkedTable {
  const names = Object.keys(sides)
  const within = records.filter((record) =>
    (more.filter ?? []).every(({ variable, values }) => values.includes(record[variable] ?? '')),
  )
  const inner = new Array<number>(names.reduce((n, name) => n * (sides[name] as string[]).length, 1)).fill(0)
  for (const record of within) {
    const place = names.reduce(
      (at, name) => at * (sides[name] as string[]).length + (sides[name] as string[]).indexOf(record[name] as string),
      0,
    )
    inner[place] = (inner[place] as number) + 1
  }
  return {
    ...{ id, population: 'corte', filter: [], sensitiveFilter: false },
    sides: names.map((variable) => ({ variable, values: sides[variable] as string[], sensitive: false })),
    counts: withSums(
      names.map((name) => (sides[name] as string[]).length),
      inner,
    ),
    ...more,
  }
}

function solved(tables: LinkedTable[], dependencies: Dependency[] = [], threshold = 5) {
  const set = linkTables(tables, dependencies)
  const done = protect(set, { threshold, changed: new Set(), isLate: () => false }, open)
  const hiddenIn = (id: string) => (set.places.get(id) ?? []).filter((i) => i !== null && done.reasons[i]).length
  const at = (conditions: Record<string, string[]>) =>
    set.cells.findIndex(
      (cell) => keyOf(cell.population, cell.conditions) === keyOf('corte', new Map(Object.entries(conditions))),
    )
  return { set, done, hiddenIn, at }
}

const ages = (count: (age: number) => number) =>
  Array.from({ length: 40 }, (_, age) => Array.from({ length: count(age) }, () => ({ edad: age }))).flat()

describe('several tables of one population', () => {
  test('0 to 17 is 42 and 0 to 18 is 43: together they would show the only person of 18', () => {
    const people = ages((age) => (age < 18 ? (age < 6 ? 3 : 2) : age === 18 ? 1 : 4)).map(({ edad }) => edad)
    const cut = (edge: number) => people.filter((age) => age < edge).length
    expect([cut(18), cut(19)]).toEqual([42, 43])
    const table = (id: string, edge: number): LinkedTable => ({
      ...{ id, population: 'corte', filter: [], sensitiveFilter: false },
      sides: [{ variable: 'edad', values: [`Menos de ${edge}`, `${edge} o más`], sensitive: false }],
      counts: withSums([2], [cut(edge), people.length - cut(edge)]),
    })
    expect(solved([table('a', 18)]).hiddenIn('a')).toBe(0)
    const both = solved([{ ...table('a', 18), shown: [true, true, true] }, table('b', 19)])
    expect(both.hiddenIn('b')).toBe(2)
    expect(both.done.exposed).toEqual([])
  })

  test('a filter beside the table it filters hides what their difference would show', () => {
    const records = Array.from({ length: 60 }, (_, i) => ({
      zona: i < 58 ? 'urbana' : 'rural',
      canal: i % 2 ? 'web' : 'voz',
    }))
    const sides = { canal: ['web', 'voz'] }
    const whole = tableOf('todo', records, sides)
    const urban = tableOf('urbana', records, sides, { filter: [{ variable: 'zona', op: 'eq', values: ['urbana'] }] })
    expect(solved([whole]).hiddenIn('todo')).toBe(0)
    const { done, hiddenIn } = solved([whole, urban])
    expect(hiddenIn('todo') + hiddenIn('urbana')).toBeGreaterThan(1)
    expect(done.exposed).toEqual([])
  })

  test('what follows from another variable is no other cell: S1 is T1 and T2', () => {
    const records = Array.from({ length: 80 }, (_, i) => {
      const t = ['T1', 'T2', 'T3', 'T4'][i % 4] as string
      return { trimestre: t, semestre: t < 'T3' ? 'S1' : 'S2' }
    })
    const values = { S1: ['T1', 'T2'], S2: ['T3', 'T4'] }
    const rule = { population: 'corte', variable: 'semestre', by: 'trimestre', values }
    const tables = [
      tableOf('t', [...records, { trimestre: 'T1', semestre: 'S1' }], { trimestre: ['T1', 'T2', 'T3', 'T4'] }),
      tableOf('s', [...records, { trimestre: 'T1', semestre: 'S1' }], { semestre: ['S1', 'S2'] }),
    ]
    const { set, at } = solved(tables, [rule])
    expect(set.sums.some(({ whole, parts }) => whole === at({ trimestre: ['T1', 'T2'] }) && parts.length === 2)).toBe(
      true,
    )
  })

  test('against every reading of two tables with a common side, tried one by one, nothing is worked out', () => {
    const value = fc.integer({ min: 0, max: 2 })
    const persons = fc.array(fc.record({ a: value, b: value, c: value }), { minLength: 6, maxLength: 30 })
    let tried = 0
    fc.assert(
      fc.property(persons, (rows) => {
        const records = rows.map((row) => Object.fromEntries(Object.entries(row).map(([k, v]) => [k, `${k}${v}`])))
        const side = (name: string) => [`${name}0`, `${name}1`, `${name}2`]
        const tables = [
          tableOf('ab', records, { a: side('a'), b: side('b') }),
          tableOf('ac', records, { a: side('a'), c: side('c') }),
        ]
        const { set, done } = solved(tables, [], 2)
        const cells = set.cells.map(({ count = 0 }, i) => ({
          shown: done.reasons[i] ? undefined : count,
          ...{ low: count === 0 ? 0 : 1, high: count + 4 },
        }))
        const seen = readings(cells, set.sums, 3_000)
        if (!seen || !done.reasons.some(Boolean)) return
        tried += 1
        for (const [i, reason] of done.reasons.entries())
          if (reason && !done.exposed.includes(i)) expect(isWide(seen[i]?.low ?? 0, seen[i]?.high ?? 0, 2)).toBe(true)
      }),
      { numRuns: 25, seed: 3 },
    )
    expect(tried).toBeGreaterThan(2)
  })

  test('the bounds of the attack are those of every reading', () => {
    const table = tableOf('ab', [], { a: ['x', 'y', 'z'], b: ['p', 'q', 'r'] })
    const counts = withSums([3, 3], [3, 12, 30, 14, 25, 16, 27, 38, 19])
    const { set, done } = solved([{ ...table, counts }])
    const bounds = boundsOf(set, done, open, () => false)
    const cells = set.cells.map(({ count = 0 }, i) => ({
      shown: done.reasons[i] ? undefined : count,
      low: 1,
      high: 120,
    }))
    const seen = readings(cells, set.sums) ?? []
    expect(bounds.length).toBe(4)
    expect(bounds.map(({ low, high }) => ({ low, high }))).toEqual(bounds.map(({ cell }) => seen[cell]))
  })

  test('out of time, more is hidden and the release says so', () => {
    const records = Array.from({ length: 61 }, (_, i) => ({ a: `a${i % 3}`, b: i === 0 ? 'b1' : `b${(i % 2) * 2}` }))
    const set = linkTables([tableOf('ab', records, { a: ['a0', 'a1', 'a2'], b: ['b0', 'b1', 'b2'] })])
    const late = protect(set, { threshold: 5, changed: new Set(), isLate: () => true }, open)
    expect(late.ranOut).toBe(true)
    expect(late.reasons.filter(Boolean).length).toBeGreaterThan(8)
  })
})
