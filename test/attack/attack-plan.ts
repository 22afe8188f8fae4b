/** Releases a plan, reads its files back as an outsider would, and says what is wrong with them. */
import type { OpenProgram } from '../../domain/disclosure/program.ts'
import { attack, type Recovered } from './attacker.ts'
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
  const releases = releasesOf(plan, 2, threshold, open)
  const found = await attack(
    releases.map(({ json }) => json),
    plan.groups,
  )
  const isWide = ({ low, high }: Recovered) =>
    high - low > threshold - 1e-6 && (low < 1e-6 || high > 2 * threshold - 1e-6)
  return {
    hidden: found.length,
    exact: found.filter(({ low, high }) => high - low < 1 - 1e-6),
    narrow: found.filter((one) => !isWide(one)),
    small: releases.flatMap((release) => countsIn(release.csv)).filter((count) => count > 0 && count < threshold),
    said: releases.flatMap(unfounded),
  }
}

/** The counts of a CSV, wherever its column of counts stands. */
function countsIn(csv: string): number[] {
  const [head = '', ...lines] = csv.replace('\uFEFF', '').trim().split('\r\n')
  const column = head.split(',').indexOf('registros')
  return lines.map((line) => Number(line.split(',')[column])).filter(Number.isFinite)
}

const integer = new Intl.NumberFormat('es-CO')
const percent = new Intl.NumberFormat('es-CO', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** Every number said beside a figure is a published count, or the share of one in another. */
function unfounded({ csv, said }: Released): string[] {
  const counts = [...new Set([...countsIn(csv), 0])]
  const known = new Set(counts.map((count) => integer.format(count)))
  for (const part of counts) for (const whole of counts) if (whole > 0) known.add(percent.format((100 * part) / whole))
  const numbers = said.flatMap((text) => text.replaceAll(/v\d-\d|v\d|Tabla \d+/g, '').match(/\d[\d.]*(?:,\d+)?/g) ?? [])
  return numbers.map((number) => number.replace(/\.$/, '')).filter((number) => !known.has(number))
}
