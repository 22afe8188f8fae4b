/** Protecting a release of thirty linked tables after five earlier ones, and what an outsider makes of the files. */
import { loadSolver } from '../../db/solver.ts'
import { attack } from '../attack/attacker.ts'
import { type Plan, planFrom, releasesOf } from '../attack/random-release.ts'
import { type BenchRow, below } from './figures.ts'

const EARLIER = 5
const TABLES = 30
/** Few enough that many counts are below the threshold: where nothing is hidden nothing is measured. */
const PEOPLE = 300

export async function disclose(): Promise<BenchRow[]> {
  const open = await loadSolver()
  const base = planFrom(5, { people: PEOPLE, tables: 0, variables: 10 })
  // A variable beside the one it gathers has lines that are 0 to everybody.
  const gathers = (row: string, column: string) =>
    base.groups.some(({ variable, by }) => [variable, by].every((name) => name === row || name === column))
  const tables: Plan['tables'] = Object.keys(base.variables).flatMap((row, r, all) =>
    all.slice(r + 1).flatMap((column) => (gathers(row, column) ? [] : [{ sides: [row, column], rule: { all: [] } }])),
  )
  // Five releases of three tables each, and the thirty.
  const early = tables.slice(TABLES, TABLES + 3 * EARLIER)
  const before = releasesOf({ ...base, tables: early }, EARLIER, 5, open)
  const start = performance.now()
  const last = releasesOf({ ...base, tables: tables.slice(0, TABLES) }, 1, 5, open, before).slice(EARLIER)
  const seconds = (performance.now() - start) / 1000
  const found = await attack([...before, ...last].map(({ json }) => json))
  if (found.length === 0) throw new Error('nothing was hidden: the release is too easy')
  const exact = found.filter(({ low, high }) => high - low < 1 - 1e-6).length
  return [
    below(`disclose: ${TABLES} tables after ${EARLIER} releases`, seconds, 's', 60),
    below(`disclose: of ${found.length} hidden counts, worked out`, exact, 'counts', 1),
  ]
}
