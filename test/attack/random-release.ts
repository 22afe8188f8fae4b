/** Random people, counted in random tables, protected and written as the files of two releases. */

import { NO_DATA } from '../../catalog/value-words.ts'
import { altText, figureOf, tableTwin } from '../../documents/figures.ts'
import { openDataCsv, openDataJson } from '../../documents/open-data.ts'
import type { AggregateTable, Axis } from '../../domain/aggregates.ts'
import { disclosedTable } from '../../domain/disclosed-table.ts'
import { cellsOf, linkedTable } from '../../domain/disclosure/marked-table.ts'
import type { OpenProgram } from '../../domain/disclosure/program.ts'
import type { Dependency } from '../../domain/disclosure/tables.ts'
import { protectTogether } from '../../domain/disclosure/together.ts'
import { matchesRule, type SegmentRule, variablesIn } from '../../domain/rules.ts'

export type Person = Record<string, string>

/** `trimestre` by `mes`: the values of `by` that each value of `variable` gathers. */
export type Grouping = Omit<Dependency, 'population'>

export interface Plan {
  /** Values of each variable; of a measure, its classes. */
  variables: Record<string, string[]>
  /** Whole numbers and the edges of their classes; empty for who has none. */
  measures: Record<string, number[]>
  sensitive: string[]
  /** Variables that gather the values of another, which everybody knows. */
  groups: Grouping[]
  people: Person[]
  tables: AskedOfPlan[]
}

/** One to three sides and a filter; of a segment no side, and its rule. */
export interface AskedOfPlan {
  sides: string[]
  rule: SegmentRule
}

/** From a seed, always the same. */
export function planFrom(seed: number, size: { people: number; tables: number; variables: number }): Plan {
  const next = randomFrom(seed)
  const pick = <T>(list: readonly T[]) => list[Math.floor(next() * list.length)] as T
  const names = Array.from({ length: size.variables }, (_, v) => `v${v}`)
  const variables = Object.fromEntries(
    names.map((name) => [name, Array.from({ length: 2 + Math.floor(next() * 5) }, (_, i) => `${name}-${i}`)]),
  )
  const groups = next() < 0.5 ? [groupingOf('v0', variables.v0 as string[])] : []
  const people = Array.from({ length: 10 + Math.floor(next() * size.people) }, () => {
    const values = names.map((name) => {
      const list = variables[name] as string[]
      return [name, list[Math.floor(list.length * next() ** 2)] as string] as const
    })
    return gathered(Object.fromEntries(values), groups)
  })
  for (const { variable, values } of groups) {
    variables[variable] = Object.keys(values)
    names.push(variable)
  }
  const tables = Array.from({ length: size.tables }, () => {
    const sides = [...names].sort(() => next() - 0.5).slice(0, pick([1, 2, 2, 2, 3]))
    const left = names.filter((name) => !sides.includes(name))
    const by = left.length > 0 && next() < 0.25 ? pick(left) : null
    const all = by ? [{ variable: by, op: 'eq' as const, values: [pick(variables[by] as string[])] }] : []
    return { sides, rule: { all } }
  })
  return { variables, measures: {}, sensitive: next() < 0.3 ? [pick(names)] : [], groups, people, tables }
}

/** The odd values and the even ones. */
export function groupingOf(by: string, all: string[]): Grouping {
  const half = (odd: number) => all.filter((_, i) => i % 2 === odd)
  return { variable: 'g0', by, values: { 'g0-par': half(0), 'g0-impar': half(1) } }
}

function gathered(person: Person, groups: Grouping[]): Person {
  for (const { variable, by, values } of groups)
    person[variable] = Object.keys(values).find((value) => values[value]?.includes(person[by] as string)) as string
  return person
}

/** A linear congruential generator, 0 up to 1. */
export function randomFrom(seed: number): () => number {
  let state = (seed * 2_654_435_761) % 4_294_967_296
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

const POPULATION = 'ab'.repeat(32)

const labelOf = ({ measures, variables }: Plan, variable: string, person: Person): string => {
  const [edges, value = ''] = [measures[variable], person[variable]]
  if (!edges) return value
  if (value === '') return NO_DATA
  return variables[variable]?.[edges.filter((edge) => Number(value) >= edge).length] as string
}

function segmentTable(plan: Plan, rule: SegmentRule, threshold: number): AggregateTable {
  const size = plan.people.filter((person) => matchesRule(rule, person)).length
  return disclosedTable('interno', {
    ...{ kind: 'segment', columns: null, layers: null, cells: [[size], [plan.people.length - size]], threshold },
    rows: { variable: 'segmento', label: 'segmento', sensitive: false, values: ['Sí', 'No'] },
    ...askedBy(plan, rule),
    sensitive: variablesIn(rule).some((variable) => plan.sensitive.includes(variable)),
  })
}

/** What a table says of its filter or its rule. */
function askedBy({ measures }: Plan, rule: SegmentRule) {
  const measured = variablesIn(rule).filter((variable) => measures[variable])
  return {
    ...{ filter: rule.all, ...(rule.any && { filterAny: rule.any }), snapshotHash: POPULATION, notice: null },
    ...(measured.length > 0 && { measures: Object.fromEntries(measured.map((one) => [one, 'integer' as const])) }),
  }
}

export function exactTable(plan: Plan, { sides, rule }: AskedOfPlan, threshold: number): AggregateTable {
  if (sides.length === 0) return segmentTable(plan, rule, threshold)
  const within = plan.people.filter((person) => matchesRule(rule, person))
  const axis = (name: string | undefined): Axis | null =>
    name
      ? {
          variable: name,
          label: name,
          sensitive: plan.sensitive.includes(name),
          values: [...(plan.variables[name] as string[]), ...(plan.measures[name] ? [NO_DATA] : [])],
        }
      : null
  const [rows, columns, layers] = [axis(sides[0]) as Axis, axis(sides[1]), axis(sides[2])]
  const isIn = (one: Person, side: Axis, value: string) => labelOf(plan, side.variable, one) === value
  const grid = (people: Person[]) =>
    rows.values.map((row) =>
      (columns?.values ?? ['']).map(
        (column) => people.filter((one) => isIn(one, rows, row) && (!columns || isIn(one, columns, column))).length,
      ),
    )
  return disclosedTable('interno', {
    ...{ kind: columns ? 'cross' : 'count', rows, columns, layers, cells: grid(within), threshold },
    ...(layers && {
      slices: layers.values.map((value) => ({ cells: grid(within.filter((one) => isIn(one, layers, value))) })),
    }),
    ...askedBy(plan, rule),
    sensitive: [...sides, ...variablesIn(rule)].some((name) => plan.sensitive.includes(name)),
  })
}

const METADATA = {
  ...{
    title: 't',
    description: 'd',
    entity: 'e',
    agency: 'a',
    licence: 'l',
    periodFrom: '2024-01-01',
    periodTo: '2024-12-31',
  },
  ...{ frequency: 'anual', contact: 'c', version: 1, issued: '2025-01-01' },
}

export interface Released {
  json: string
  csv: string
  tables: AggregateTable[]
  exact: AggregateTable[]
  /** What is said of each table beside its chart, and the table twin. */
  said: string[]
  report: ReturnType<typeof protectTogether>['report']
}

/** The releases of the plan in turn, each knowing those before it; after those of another plan for the same people. */
export function releasesOf(
  plan: Plan,
  count: number,
  threshold: number,
  open: OpenProgram,
  before: Released[] = [],
): Released[] {
  const done = [...before]
  const share = Math.ceil(plan.tables.length / count)
  for (let r = 0; r < count; r++) {
    const exact = plan.tables.slice(r * share, (r + 1) * share).map((asked) => exactTable(plan, asked, threshold))
    const same = done.flatMap((earlier, b) =>
      earlier.tables.map((table, i) =>
        linkedTable(
          `${b} ${i}`,
          { ...(earlier.exact[i] as AggregateTable), method: table.method },
          cellsOf(table).map(({ value }) => value !== null),
        ),
      ),
    )
    const tables = exact.map((table, i) => ({ id: `f${i}`, table }))
    const never = { protecting: () => false, attacking: () => false }
    const dependencies = plan.groups.map((group) => ({ ...group, population: POPULATION }))
    const made = protectTogether({ tables, same, others: [], dependencies, threshold, earlier: [] }, open, never)
    const shown = exact.map((_, i) => made.tables.get(`f${i}`) as AggregateTable)
    const files = shown.map((table, i) => ({ id: `tabla-${i}`, title: `Tabla ${i}`, base: null, code: '', table }))
    const figures = shown.map((table, i) => figureOf(`f${i}`, `Tabla ${i}`, table))
    done.push({
      ...{ json: openDataJson(METADATA, files), csv: openDataCsv(files), tables: shown, exact, report: made.report },
      said: figures.map((figure) => `${altText(figure, 'bar')} ${tableTwin(figure).rows.flat().join(' ; ')}`),
    })
  }
  return done
}
