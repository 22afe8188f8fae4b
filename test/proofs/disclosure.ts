/** G27 to G29: releases of random people, attacked through their files by another solver. */
import { loadSolver } from '../../db/solver.ts'
import { attackPlan, attackWidePlan, type Found } from '../attack/attack-plan.ts'
import { planFrom } from '../attack/random-release.ts'
import { widePlanFrom } from '../attack/wide-plan.ts'

/** Small tables are the hard ones: most of their counts are below the threshold. */
const SIZE = { people: 160, tables: 3, variables: 3 }
const THRESHOLD = 5
const TOLD_EVERY = 20

export interface Attacked {
  hidden: number
  /** Of them, in tables that ask for classes, ranges and «o». */
  ranged: number
  /** Bound a threshold wide or more, but to neither 0 nor twice a threshold. */
  narrow: number
  /** Snapshots in which one variable follows from another, which the attacker knows. */
  related: number
}

/**
 * Plans `seed + from` up to `seed + runs`, each without and with ranges and «o»; throws at the first whose files give a hidden
 * count away.
 */
export async function proveDisclosure(
  runs: number,
  seed: number,
  from: number,
  tell: (done: number, so: Attacked) => void,
): Promise<Attacked> {
  const open = await loadSolver()
  const so: Attacked = { hidden: 0, ranged: 0, narrow: 0, related: 0 }
  const count = (name: string, found: Found) => {
    so.hidden += found.hidden
    so.narrow += found.narrow.length
    for (const { cell, low, high } of found.narrow)
      console.error(`disclosure: ${name} bounds ${cell} narrowly, ${low} to ${high}`)
    // Whoever thinks of the people one by one may find a hidden count that is no 0 and less than twice a threshold.
    const tight = found.narrow.filter(({ low, high }) => high - low < THRESHOLD - 1e-6)
    const wrong = found.exact.length + tight.length + found.small.length + found.said.length
    if (wrong > 0) throw new Error(`${name}: ${wrong} counts, ${JSON.stringify(found).slice(0, 600)}`)
  }
  for (let run = from; run < runs; run++) {
    const plan = planFrom(seed + run, SIZE)
    so.related += plan.groups.length
    count(`plan ${seed + run}`, await attackPlan(plan, open))
    const before = so.hidden
    count(`wide plan ${seed + run}`, attackWidePlan(widePlanFrom(seed + run), open))
    so.ranged += so.hidden - before
    if ((run + 1) % TOLD_EVERY === 0) tell(run + 1, so)
  }
  return so
}
