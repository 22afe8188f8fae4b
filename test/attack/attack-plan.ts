/** Releases a plan, reads its files back as an outsider would, and says what is wrong with them. */
import type { OpenProgram } from '../../domain/disclosure/program.ts'
import { isUnsafe } from '../../domain/disclosure/report.ts'
import { conditionsIn, matchesRule } from '../../domain/rules.ts'
import { attack, type Recovered } from './attacker.ts'
import { attackPeople } from './people-attacker.ts'
import { type Plan, type Released, releasesOf } from './random-release.ts'

export interface Found {
  hidden: number
  /** Hidden counts worked out exactly. */
  exact: Recovered[]
  /** Narrowed to less than a threshold, or to neither 0 nor twice the threshold. */
  narrow: Recovered[]
  /** Counts below the threshold that stand in a file. */
  small: number[]
  /** Numbers beside charts and tables that follow from no published count. */
  said: string[]
}

export async function attackPlan(plan: Plan, open: OpenProgram, threshold = 5): Promise<Found> {
  const releases = releasedOf(plan, threshold, open)
  const found = await attack(
    releases.map(({ json }) => json),
    plan.groups,
  )
  return { ...judged(found, threshold), ...told(releases, threshold) }
}

/** The same of a plan with ranges and «o», by somebody who thinks of the people one by one. */
export function attackWidePlan(plan: Plan, open: OpenProgram, threshold = 5): Found {
  const releases = releasedOf(plan, threshold, open)
  const { hidden, isWorkedOut } = attackPeople(
    releases.map(({ json }) => json),
    plan.groups,
    open,
  )
  const asked = plan.tables.slice(
    0,
    releases.reduce((n, { tables }) => n + tables.length, 0),
  )
  const few = asked
    .flatMap(({ rule }) => conditionsIn(rule))
    .filter((condition) => {
      const size = plan.people.filter((person) => matchesRule({ all: [condition] }, person)).length
      return size > 0 && size < threshold && isWorkedOut(condition)
    })
  const known = few.map((condition) => ({ cell: JSON.stringify(condition), low: 0, high: 0 }))
  const found = judged(hidden, threshold)
  return { ...found, exact: [...found.exact, ...known], ...told(releases, threshold) }
}

/** Two releases, without the first that the product would refuse and what would come after it. */
function releasedOf(plan: Plan, threshold: number, open: OpenProgram): Released[] {
  const made = releasesOf(plan, 2, threshold, open)
  const held = made.findIndex(({ report }) => isUnsafe(report))
  return held < 0 ? made : made.slice(0, held)
}

function judged(found: Recovered[], threshold: number): Pick<Found, 'hidden' | 'exact' | 'narrow'> {
  const isWide = ({ low, high }: Recovered) =>
    high - low > threshold - 1e-6 && (low < 1e-6 || high > 2 * threshold - 1e-6)
  return {
    hidden: found.length,
    exact: found.filter(({ low, high }) => high - low < 1 - 1e-6),
    narrow: found.filter((one) => !isWide(one)),
  }
}

const told = (releases: Released[], threshold: number): Pick<Found, 'small' | 'said'> => ({
  small: releases.flatMap((release) => countsIn(release.csv)).filter((count) => count > 0 && count < threshold),
  said: releases.flatMap(unfounded),
})

/** The counts of a CSV, wherever its column of counts stands. */
function countsIn(csv: string): number[] {
  const [head = '', ...lines] = csv.replace('\uFEFF', '').trim().split('\r\n')
  const column = head.split(',').indexOf('registros')
  return lines.map((line) => Number(line.split(',')[column])).filter(Number.isFinite)
}

const integer = new Intl.NumberFormat('es-CO')
const percent = new Intl.NumberFormat('es-CO', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** Every number said beside a figure is a published count, or the share of one in another. */
function unfounded({ csv, said, tables }: Released): string[] {
  const classes = tables.flatMap(({ rows, columns, layers }) =>
    [rows, columns, layers].flatMap((side) => side?.values ?? []),
  )
  const named = [...new Set(classes)].filter((label) => /\d/.test(label)).sort((a, b) => b.length - a.length)
  const counts = [...new Set([...countsIn(csv), 0])]
  const known = new Set(counts.map((count) => integer.format(count)))
  for (const part of counts) for (const whole of counts) if (whole > 0) known.add(percent.format((100 * part) / whole))
  const unnamed = (text: string) => named.reduce((left, label) => left.replaceAll(label, ''), text)
  const numbers = said.flatMap(
    (text) =>
      unnamed(text)
        .replaceAll(/[vgn]\d|Tabla \d+/g, '')
        .match(/\d[\d.]*(?:,\d+)?/g) ?? [],
  )
  return numbers.map((number) => number.replace(/\.$/, '')).filter((number) => !known.has(number))
}
