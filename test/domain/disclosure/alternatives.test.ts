/** Conditions joined by «o»: what a rule with them adds to the tables beside it (promises G29). */
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { classLabels, NO_DATA } from '../../../catalog/value-words.ts'
import { loadSolver } from '../../../db/solver.ts'
import type { AggregateTable } from '../../../domain/aggregates.ts'
import { disclosedTable } from '../../../domain/disclosed-table.ts'
import { asOne } from '../../../domain/disclosure/alternatives.ts'
import { cellsOf } from '../../../domain/disclosure/marked-table.ts'
import type { OpenProgram } from '../../../domain/disclosure/program.ts'
import { protectTogether } from '../../../domain/disclosure/together.ts'
import { boundsOf, RANGE_OPERATORS } from '../../../domain/ranges.ts'
import { type Condition, conditionsIn, matchesRule, ruleFrom, type SegmentRule } from '../../../domain/rules.ts'

let open: OpenProgram
beforeAll(async () => {
  open = await loadSolver()
})

interface Person {
  comuna: string
  edad: string
}

interface Asked {
  kind: 'count' | 'segment'
  by: keyof typeof LABELS
  rule: SegmentRule
}

const COMMUNES = ['1', '2', '3']
const EDGES = [18, 60]
const AGE_LABELS = classLabels(EDGES, true)
const ageLabel = ({ edad }: Person) =>
  edad === '' ? NO_DATA : (AGE_LABELS[EDGES.filter((edge) => Number(edad) >= edge).length] as string)

const LABELS = {
  comuna: { values: COMMUNES, of: (person: Person) => person.comuna },
  edad: { values: [...AGE_LABELS, NO_DATA], of: ageLabel },
}

/** The lines of a table with who stands in them; of a segment, who is in and who is not. */
function linesOf({ kind, by, rule }: Asked): { label: string; has: (person: Person) => boolean }[] {
  const isIn = (person: Person) => matchesRule(rule, { ...person })
  if (kind === 'segment')
    return [
      { label: 'Sí', has: isIn },
      { label: 'No', has: (person) => !isIn(person) },
    ]
  const { values, of } = LABELS[by]
  return values.map((label) => ({ label, has: (person) => isIn(person) && of(person) === label }))
}

function exactTable(asked: Asked, people: Person[]): AggregateTable {
  const lines = linesOf(asked)
  const variable = asked.kind === 'segment' ? 'segmento' : asked.by
  const cells = lines.map(({ has }) => [people.filter(has).length])
  const measures = conditionsIn(asked.rule).some((one) => one.variable === 'edad') && { edad: 'integer' as const }
  return disclosedTable('interno', {
    ...{ kind: asked.kind, columns: null, layers: null, cells, sensitive: false, threshold: 5, notice: null },
    rows: { variable, label: variable, sensitive: false, values: lines.map(({ label }) => label) },
    ...{ filter: asked.rule.all, ...(asked.rule.any && { filterAny: asked.rule.any }), ...(measures && { measures }) },
    snapshotHash: 'corte',
  })
}

const NEVER = { protecting: () => false, attacking: () => false }

/** Counts as the public gets them, by table: its lines and their sum, null where hidden. */
function published(all: Asked[], people: Person[]) {
  const tables = all.map((asked, i) => ({ id: `f${i}`, table: exactTable(asked, people) }))
  const made = protectTogether({ tables, same: [], others: [], threshold: 5, earlier: [] }, open, NEVER)
  return { report: made.report, tables: tables.map(({ id }) => made.tables.get(id) as AggregateTable) }
}

const of = (...groups: Condition[][]): SegmentRule => ruleFrom(groups)
const is = (comuna: string): Condition => ({ variable: 'comuna', op: 'eq', values: [comuna] })
const upTo = (edad: string): Condition => ({ variable: 'edad', op: 'lte', values: [edad] })
const from = (edad: string): Condition => ({ variable: 'edad', op: 'gte', values: [edad] })
const all = (by: Asked['by'], rule: SegmentRule = { all: [] }): Asked => ({ kind: 'count', by, rule })
const segment = (rule: SegmentRule): Asked => ({ kind: 'segment', by: 'comuna', rule })
const people = (n: number, comuna: string, edad: string): Person[] =>
  Array.from({ length: n }, () => ({ comuna, edad }))
const isWithheld = (table: AggregateTable) => table.filterAny && table.cells.every(([cell]) => cell?.value === null)
const totalOf = (table: AggregateTable | undefined) => table?.total.value ?? null
const sizeIn = (table: AggregateTable | undefined) => table?.cells[0]?.[0]?.value ?? null

describe('conditions joined by «o»', () => {
  const city = [...people(100, '1', '70'), ...people(3, '2', '10'), ...people(60, '3', '30')]

  test('on one variable are one group of it: 103 in comuna 1 or 2 beside 100 in comuna 1 gives the 3 of comuna 2', () => {
    const { tables } = published([all('comuna'), all('comuna', of([is('1'), is('2')]))], city)
    const [whole, both] = tables.map((table) => cellsOf(table).map(({ value }) => value))
    expect(whole?.[1]).toBeNull()
    expect(whole?.[0] !== null && both?.at(-1) !== null).toBe(false)
  })

  test('on one measure are one group of it: 103 of 60 or more or of 17 or less beside 100 of 60 or more', () => {
    const asked = [all('comuna', of([from('60')])), all('comuna', of([from('60'), upTo('17')]))]
    const { tables } = published(asked, city)
    expect(tables.map(totalOf)).not.toEqual([100, 103])
  })

  test('in the rule of a segment are the same group', () => {
    const { tables } = published([all('comuna'), segment(of([is('1'), is('2')]))], city)
    expect([tables[0]?.cells[0]?.[0]?.value, sizeIn(tables[1])]).not.toEqual([100, 103])
    const alone = published([segment(of([is('1'), is('3')]))], [...city, ...people(9, '2', '40')])
    expect(sizeIn(alone.tables[0])).toBe(160)
  })

  test('on several variables are never published, and cost no other table its counts', () => {
    const wide = [...city, ...people(20, '2', '10')]
    const across = of([is('1'), upTo('17')])
    const { tables, report } = published([all('comuna'), segment(across), all('comuna', across)], wide)
    expect(tables.map((table) => cellsOf(table).map(({ value }) => value))).toEqual([
      [100, 23, 60, 183],
      [null, null, 183],
      [null, null, null, null],
    ])
    expect(report.attack).toMatchObject({ exact: 0, already: 0 })
  })

  test('with something else leave a group of the whole they are part of: comuna 1 or 3, without the adults', () => {
    const ofAges = [...people(100, '1', '30'), ...people(50, '2', '30'), ...people(58, '3', '30')]
    const plan = [all('comuna'), all('edad', of([is('1'), is('3')], [from('18')]))]
    const { tables } = published(plan, [...ofAges, ...people(2, '3', '10')])
    const outsider = attackerOf(plan, tables)
    expect(outsider(({ comuna, edad }) => comuna !== '2' && Number(edad) < 18)).toBe('in doubt')
  })

  test('nor does a range that leaves out nobody, as the ages beside it show', () => {
    const adults = [...people(20, '1', '22'), ...people(10, '3', '22'), ...people(1, '2', '18')]
    const plan = [all('comuna'), all('edad'), all('comuna', of([is('1'), is('2')], [from('17')]))]
    const outsider = attackerOf(plan, published(plan, adults).tables)
    expect(outsider(({ comuna }) => comuna === '2')).toBe('in doubt')
  })

  const AGES = ['10', '17', '18', '19', '22', '28', '40', '60', '70', '']
  const KINDS = COMMUNES.flatMap((comuna) => AGES.map((edad): Person => ({ comuna, edad })))
  const bounds = ['17', '18', '19', '28', '60']
  const ofComuna = fc
    .record({
      op: fc.constantFrom('eq' as const, 'in' as const, 'neq' as const),
      values: fc.subarray(COMMUNES, { minLength: 1, maxLength: 2 }),
    })
    .map(({ op, values }): Condition => ({ variable: 'comuna', op, values: op === 'eq' ? values.slice(0, 1) : values }))
  const ofAge = fc
    .record({ op: fc.constantFrom(...RANGE_OPERATORS), ends: fc.subarray(bounds, { minLength: 2, maxLength: 2 }) })
    .map(({ op, ends }): Condition => ({ variable: 'edad', op, values: ends.slice(0, boundsOf(op)) }))
  const group = fc.oneof(
    ...[ofComuna, ofAge, fc.oneof(ofComuna, ofAge)].map((one) => fc.array(one, { minLength: 1, maxLength: 3 })),
  )
  const rule = fc.array(group, { minLength: 1, maxLength: 2 }).map(ruleFrom)
  /** Many of few kinds, and one or a few of each of the others: a group without anybody is told of by itself. */
  const many = fc.record({ comuna: fc.constantFrom('1', '3'), edad: fc.constantFrom('22', '40', '70') })
  const few = fc.record({ comuna: fc.constantFrom(...COMMUNES), edad: fc.constantFrom(...AGES) })
  const crowd = fc
    .tuple(fc.array(many, { minLength: 30, maxLength: 90 }), fc.array(few, { maxLength: 6 }))
    .map((both): Person[] => [...KINDS, ...both.flat()])

  test('on one list of values say the same as the one condition', () => {
    fc.assert(
      fc.property(fc.array(ofComuna, { minLength: 1, maxLength: 3 }), (joined) => {
        const one = asOne(joined)
        for (const comuna of [...COMMUNES, '4', ''])
          expect(one ? matchesRule({ all: [one] }, { comuna }) : comuna !== '').toBe(
            matchesRule({ all: [], any: [joined] }, { comuna }),
          )
      }),
    )
  })

  test('beside plain counts and each other give no hidden count away, nor the size of a condition', () => {
    let hidden = 0
    let joined = 0
    const asked = fc.array(fc.record({ kind: fc.constantFrom('count' as const, 'segment' as const), rule }), {
      ...{ minLength: 1, maxLength: 3 },
    })
    const sides = fc.constantFrom('comuna' as const, 'edad' as const)
    fc.assert(
      fc.property(crowd, asked, sides, (persons, more, by) => {
        const plan = [all('comuna'), all('edad'), ...more.map((one) => ({ ...one, by }))]
        const { tables, report } = published(plan, persons)
        // Nothing is released then.
        if (report.attack.exact > 0 || report.attack.already > 0) return
        const outsider = attackerOf(plan, tables)
        for (const [t, table] of tables.entries())
          for (const { label, has } of linesOf(plan[t] as Asked)) {
            const shown = table.cells[table.rows.values.indexOf(label)]?.[0]?.value
            // Of what is withheld nothing was printed: where it follows, it follows from the other tables alone.
            if (shown !== null || isWithheld(table)) continue
            hidden += 1
            expect(outsider(has)).toBe('in doubt')
          }
        joined += tables.filter((table) => table.filterAny && table.total.value !== null).length
        for (const condition of plan.flatMap(({ rule }) => conditionsIn(rule))) {
          const has = (person: Person) => matchesRule({ all: [condition] }, { ...person })
          const size = persons.filter(has).length
          if (size > 0 && size < 5) expect(outsider(has)).toBe('in doubt')
        }
      }),
      { numRuns: 40 },
    )
    expect(hidden).toBeGreaterThan(20)
    expect(joined).toBeGreaterThan(5)
  })

  /**
   * Somebody with every published table and a linear solver, who thinks of the people of each comuna and age one by one: of
   * any group, whether its size can be worked out.
   */
  function attackerOf(plan: Asked[], tables: AggregateTable[]) {
    const most = 1e5
    const rows = tables.flatMap((table, t) => {
      const lines = linesOf(plan[t] as Asked)
      const least = table.method.includes('zero_hidden') ? 0 : 1
      const row = (has: (person: Person) => boolean, value: number | null) => {
        const columns = KINDS.flatMap((kind, k) => (has(kind) ? [k] : []))
        return { low: value ?? least, high: value ?? most, columns, values: columns.map(() => 1) }
      }
      const shown = table.rows.values.map((label, r) => {
        const line = lines.find((one) => one.label === label) as (typeof lines)[number]
        return row(line.has, table.cells[r]?.[0]?.value ?? null)
      })
      // A line "Sin dato" stands only where somebody lacks the value.
      const missing = lines.filter(({ label }) => !table.rows.values.includes(label)).map(({ has }) => row(has, 0))
      return [...shown, ...missing, row((person) => lines.some(({ has }) => has(person)), table.total.value)]
    })
    return (has: (person: Person) => boolean) => {
      const extreme = (sign: 1 | -1) => {
        const columns = KINDS.map((kind) => ({ cost: has(kind) ? sign : 0, low: 0, high: most }))
        const session = open({ columns, rows: rows.filter((row) => row.columns.length > 0) })
        const found = session.solve()
        session.close()
        if (!found) throw new Error('what was published fits no people')
        return KINDS.reduce((sum, kind, k) => sum + (has(kind) ? (found[k] as number) : 0), 0)
      }
      return extreme(-1) - extreme(1) < 1 - 1e-6 ? 'worked out' : 'in doubt'
    }
  }
})
