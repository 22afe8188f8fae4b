import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Bench, openBench } from '../faults/bench.ts'
import { nameOf, runCase, someCases } from '../faults/kill-points.ts'
import { chanceOf } from '../faults/random.ts'

/** All 264 cases run in `npm run faults -- --long`; here as many as there are points, each once. */
const SEED = 7
const CASES = 6

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
}, 180_000)
afterAll(async () => await bench.close(), 60_000)

it('an act interrupted anywhere on its way is made once or not at all, and only the courier acts afterwards', async () => {
  for (const one of someCases(chanceOf(SEED), CASES))
    await runCase(bench, one).catch((error: Error) => expect.fail(`${nameOf(one)}: ${error.message}`))
}, 600_000)
