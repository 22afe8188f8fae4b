/** What in a snapshot follows from what: `semestre` from `trimestre`, `zona` from `barrio` (features N5). No counts are read. */
import {
  type Combinations,
  dependenciesOf,
  type Family,
  type Follows,
  familiesOf,
} from '../../domain/disclosure/families.ts'
import type { Dependency } from '../../domain/disclosure/tables.ts'
import { recent } from '../recent.ts'
import { type Dimension, dimensionOf, placeOn } from './dimensions.ts'
import type { Opened } from './opened.ts'
import { offeredVariables } from './variables.ts'

/** Records looked at to leave out what surely does not follow. */
const SAMPLE = 5_000
/** A variable of more values than this, or of fewer records for each, tells records apart rather than kinds of them. */
const MOST_VALUES = 1_000
const RECORDS_A_VALUE = 5
/** Where the roots of a family meet in more ways, each stays by itself. */
const MOST_COMBINATIONS = 3_000

const known = recent<Dependency[]>(100)

/** Among these variables, those the snapshot does not offer left out. */
export function dependenciesAmong(
  from: Opened,
  population: string,
  variables: readonly string[],
): Promise<Dependency[]> {
  const offered = offeredVariables(from.metadata).map(({ code }) => code)
  const codes = offered.filter((code) => variables.includes(code)).sort()
  return known(JSON.stringify([from.from, codes]), () => findAfresh(from, population, codes))
}

async function findAfresh(from: Opened, population: string, codes: string[]): Promise<Dependency[]> {
  const sides: Dimension[] = []
  for (const code of codes) sides.push(await dimensionOf(from, code))
  const found: Follows[] = []
  const sample = await combinationsOf(from, sides, SAMPLE)
  for (const [a, one] of sides.entries())
    for (const other of sides.slice(a + 1)) {
      if (!follows(sample, one, other) && !follows(sample, other, one)) continue
      const met = await combinationsOf(from, [one, other])
      if (follows(met, one, other)) found.push({ variable: other.axis.variable, by: one.axis.variable })
      if (follows(met, other, one)) found.push({ variable: one.axis.variable, by: other.axis.variable })
    }
  const dependencies: Dependency[] = []
  for (const family of familiesOf(found)) dependencies.push(...(await rulesOf(from, population, family, sides)))
  return dependencies
}

/** Whether `other` follows from `one`. A sensitive variable that follows from another kind is a finding, no rule everybody knows. */
function follows({ variables, values, records }: Met, { axis: one }: Dimension, { axis: other }: Dimension): boolean {
  if (other.sensitive && !one.sensitive) return false
  const [by, of] = [variables.indexOf(one.variable), variables.indexOf(other.variable)]
  const decided = new Map<string, string>()
  for (const combination of values) {
    const [value, result] = [combination[by] as string, combination[of] as string]
    if ((decided.get(value) ?? result) !== result) return false
    decided.set(value, result)
  }
  const isKind = decided.size <= MOST_VALUES && decided.size * RECORDS_A_VALUE <= records
  return isKind && new Set(decided.values()).size > 1
}

async function rulesOf(from: Opened, population: string, family: Family, sides: Dimension[]): Promise<Dependency[]> {
  const names = [...family.roots, ...family.members.map(({ variable }) => variable)]
  const met = await combinationsOf(
    from,
    names.flatMap((name) => sides.find(({ axis }) => axis.variable === name) ?? []),
  )
  if (family.roots.length === 1 || met.values.length <= MOST_COMBINATIONS)
    return dependenciesOf(population, family, met)
  return family.roots.flatMap((root) => {
    const members = family.members.filter(({ by }) => by === root)
    return dependenciesOf(population, { roots: [root], members }, met)
  })
}

interface Met extends Combinations {
  /** In the whole snapshot, or looked at. */
  records: number
}

async function combinationsOf(from: Opened, sides: Dimension[], sample?: number): Promise<Met> {
  if (sides.length === 0) return { variables: [], values: [], records: 0 }
  const names = sides.map((_, i) => `s${i}`)
  const columns = sides.map(({ expression }, i) => `${expression} AS s${i}`)
  const records = sample ? `(SELECT * FROM ${from.from} LIMIT ${sample})` : from.from
  const rows = await from.database.rows(
    `SELECT ${names.join(', ')}, count(*) FROM (SELECT ${columns.join(', ')} FROM ${records}) GROUP BY ${names.join(', ')}`,
  )
  return {
    variables: sides.map(({ axis }) => axis.variable),
    values: rows.map((row) => sides.map((side, i) => side.axis.values[placeOn(side, row[i])] as string)),
    records: rows.reduce((sum, row) => sum + Number(row[sides.length]), 0),
  }
}
