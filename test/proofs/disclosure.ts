/** G27 to G29: releases of random people, attacked through their files by another solver. */
import { loadSolver } from '../../db/solver.ts'
import { attackPlan } from '../attack/attack-plan.ts'
import { planFrom } from '../attack/random-release.ts'

/** Small tables are the hard ones: most of their counts are below the threshold. */
const SIZE = { people: 160, tables: 3, variables: 3 }
const TOLD_EVERY = 20

export interface Attacked {
  hidden: number
  /** Bound by what an earlier release shows, or to less than a threshold. */
  narrow: number
  /** Snapshots in which one variable follows from another, which the attacker knows. */
  related: number
}

/** Plans `seed + from` up to `seed + runs`; throws at the first whose files give a hidden count away. */
export async function proveDisclosure(
  runs: number,
  seed: number,
  from: number,
  tell: (done: number, so: Attacked) => void,
): Promise<Attacked> {
  const open = await loadSolver()
  const so: Attacked = { hidden: 0, narrow: 0, related: 0 }
  for (let run = from; run < runs; run++) {
    const plan = planFrom(seed + run, SIZE)
    const found = await attackPlan(plan, open)
    so.hidden += found.hidden
    so.narrow += found.narrow.length
    so.related += plan.groups.length
    const wrong = found.exact.length + found.small.length + found.said.length
    if (wrong > 0) throw new Error(`plan ${seed + run}: ${wrong} counts, ${JSON.stringify(found).slice(0, 600)}`)
    if ((run + 1) % TOLD_EVERY === 0) tell(run + 1, so)
  }
  return so
}
