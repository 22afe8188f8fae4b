/** Filters on numbers and days beside classes and months of the same: what they share is one group of people. */
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { classLabels, NO_DATA } from '../../../catalog/value-words.ts'
import { loadSolver } from '../../../db/solver.ts'
import type { Condition, MeasureKind } from '../../../domain/aggregates.ts'
import { disclosedTable } from '../../../domain/disclosed-table.ts'
import { linkTables } from '../../../domain/disclosure/linked-tables.ts'
import { linkedTable } from '../../../domain/disclosure/marked-table.ts'
import type { OpenProgram } from '../../../domain/disclosure/program.ts'
import { protect } from '../../../domain/disclosure/protect.ts'
import { boundsOf, RANGE_OPERATORS } from '../../../domain/ranges.ts'
import { matchesRule } from '../../../domain/rules.ts'

let open: OpenProgram
beforeAll(async () => {
  open = await loadSolver()
})

/** A person's number or day as a file writes it; empty where it is not known. */
type People = string[]

const places = (labels: string[], people: People, labelOf: (value: string) => string) =>
  labels.map((label) => [people.filter((value) => labelOf(value) === label).length])

function counted(
  id: string,
  variable: string,
  values: string[],
  cells: number[][],
  filter: Condition[] = [],
  measures?: Record<string, MeasureKind>,
) {
  const rows = { variable, label: variable, sensitive: false, values }
  const table = disclosedTable('interno', {
    ...{ kind: 'count', rows, columns: null, layers: null, cells, filter, sensitive: false },
    ...{ threshold: 5, snapshotHash: 'corte', notice: null, ...(measures && { measures }) },
  })
  return linkedTable(id, table)
}

/** How many persons meet a condition on `edad`, as one number. */
function filtered(id: string, people: People, condition: Condition, measure: MeasureKind) {
  const size = people.filter((edad) => matchesRule({ all: [condition] }, { edad })).length
  return counted(id, 'todos', ['sí'], [[size]], [condition], { edad: measure })
}

function hidden(tables: ReturnType<typeof counted>[]) {
  const set = linkTables(tables)
  const { reasons, exposed } = protect(set, { threshold: 5, changed: new Set(), isLate: () => false }, open)
  return { hidden: reasons.filter(Boolean).length, exposed }
}

const from = (edad: string): Condition => ({ variable: 'edad', op: 'gte', values: [edad] })

describe('a range of a filter', () => {
  test('from 18 on are 41 and from 19 on 40: together they would show the only person of 18', () => {
    const people = [...Array.from({ length: 40 }, () => '30'), '18', ...Array.from({ length: 9 }, () => '10')]
    const [wide, narrow] = [filtered('a', people, from('18'), 'integer'), filtered('b', people, from('19'), 'integer')]
    expect(hidden([wide]).hidden).toBe(0)
    const both = hidden([wide, narrow])
    expect(both.hidden).toBeGreaterThan(0)
    expect(both.exposed).toEqual([])
  })

  test('is the class with the same edges, and the days of a month are that month', () => {
    const people = [...Array.from({ length: 20 }, () => '30'), ...Array.from({ length: 30 }, () => '70')]
    const labels = classLabels([60], true)
    const classes = counted('c', 'edad', labels, [[20], [30]])
    const same = linkTables([classes, filtered('f', people, from('60'), 'integer')])
    expect(same.places.get('f')?.[0]).toBe(same.places.get('c')?.[1])

    const days = [...Array.from({ length: 8 }, () => '2026-01-31'), ...Array.from({ length: 9 }, () => '2026-02-01')]
    const january: Condition = { variable: 'edad', op: 'between', values: ['2026-01-01', '2026-01-31'] }
    const months = counted('m', 'edad', ['2026-01', '2026-02'], [[8], [9]])
    const dated = linkTables([months, filtered('f', days, january, 'date')])
    expect(dated.places.get('f')?.[0]).toBe(dated.places.get('m')?.[0])
  })

  test('never tells, beside another, of a few people between the two', () => {
    const ages = ['0', '17', '18', '19', '28', '60']
    const range = fc
      .record({ op: fc.constantFrom(...RANGE_OPERATORS), bounds: fc.subarray(ages, { minLength: 2, maxLength: 2 }) })
      .map(({ op, bounds }): Condition => ({ variable: 'edad', op, values: bounds.slice(0, boundsOf(op)) }))
    const sizes = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: ages.length, maxLength: ages.length })
    let tried = 0
    fc.assert(
      fc.property(sizes, fc.array(range, { minLength: 2, maxLength: 4 }), (counts, asked) => {
        const people = counts.flatMap((n, i) => Array.from({ length: n }, () => ages[i] as string))
        const tables = asked.map((one, i) => filtered(`f${i}`, people, one, 'integer'))
        const set = linkTables(tables)
        const { reasons } = protect(set, { threshold: 5, changed: new Set(), isLate: () => false }, open)
        const shown = asked.flatMap((one, i) => {
          const place = set.places.get(`f${i}`)?.[0] ?? null
          return place === null || reasons[place] ? [] : [reach(one)]
        })
        tried += shown.length
        const size = (reached: number[]) => people.filter((age) => reached.includes(Number(age))).length
        for (const wide of shown)
          for (const narrow of shown)
            if (narrow.every((age) => wide.includes(age))) {
              const between = size(wide) - size(narrow)
              expect(between === 0 || between >= 5).toBe(true)
            }
      }),
      { numRuns: 40 },
    )
    expect(tried).toBeGreaterThan(20)
  })

  test('leaves groups whose sizes are those of a plain count, whatever stands beside it', () => {
    const ages = ['0', '17', '18', '19', '28', '60', '']
    const condition = fc.oneof(
      fc
        .record({
          op: fc.constantFrom(...RANGE_OPERATORS),
          bounds: fc.subarray(ages.slice(0, -1), { minLength: 2, maxLength: 2 }),
        })
        .map(({ op, bounds }): Condition => ({ variable: 'edad', op, values: bounds.slice(0, boundsOf(op)) })),
      fc
        .record({ op: fc.constantFrom('eq' as const, 'neq' as const), value: fc.constantFrom(...ages.slice(0, -1)) })
        .map(({ op, value }): Condition => ({ variable: 'edad', op, values: [value] })),
    )
    const edges = fc.subarray([17, 18, 28], { minLength: 1 })
    const people = fc.array(fc.constantFrom(...ages), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(people, fc.array(condition, { minLength: 1, maxLength: 3 }), fc.option(edges), (all, asked, cut) => {
        const tables = asked.map((one, i) => filtered(`f${i}`, all, one, 'integer'))
        if (cut) {
          const labels = [...classLabels(cut, true), NO_DATA]
          const classOf = (age: string) =>
            age === '' ? NO_DATA : (labels[cut.filter((edge) => Number(age) >= edge).length] as string)
          tables.push(counted('c', 'edad', labels, places(labels, all, classOf)))
        }
        const { cells, sums } = linkTables(tables)
        const size = (conditions: Map<string, string[]>) =>
          all.filter((age) => (conditions.get('edad') ?? [ANY]).some((part) => isIn(age, part))).length
        for (const { count, conditions } of cells) expect(count ?? size(conditions)).toBe(size(conditions))
        for (const { whole, parts } of sums) {
          const of = (i: number) => size(cells[i]?.conditions ?? new Map())
          expect(parts.reduce((sum, part) => sum + of(part), 0)).toBe(of(whole))
        }
      }),
      { numRuns: 80 },
    )
  })
})

/** Every number there may be that meets a condition: nothing says that an age is not below 0. */
const reach = (condition: Condition) =>
  Array.from({ length: 120 }, (_, i) => i - 5).filter((age) => matchesRule({ all: [condition] }, { edad: String(age) }))

const ANY = 'any'

/** Whether an age is in a part of the line, or lacks where the part says so. */
function isIn(age: string, part: string): boolean {
  if (part === ANY || age === '') return part === ANY || part === NO_DATA
  const [low = Number.NaN, high = Number.NaN] = part.split('…').map(Number)
  return Number(age) >= low && Number(age) < high
}
