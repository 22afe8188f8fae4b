import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Bench, openBench } from '../faults/bench.ts'
import { nameOf, runCase, someCases } from '../faults/kill-points.ts'
import { chanceOf } from '../faults/random.ts'

/** All 192 cases run in `npm run faults -- --long`; here as many of this seed's as a minute holds. */
const SEED = 7
const ENOUGH_MS = 60_000
const AT_LEAST = 3

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
}, 180_000)
afterAll(async () => await bench.close(), 60_000)

it('an act interrupted anywhere on its way is made once or not at all, and only the courier acts afterwards', async () => {
  const start = performance.now()
  let made = 0
  for (const one of someCases(chanceOf(SEED), 20)) {
    if (made >= AT_LEAST && performance.now() - start > ENOUGH_MS) break
    await runCase(bench, one).catch((error: Error) => expect.fail(`${nameOf(one)}: ${error.message}`))
    made += 1
  }
  expect(made).toBeGreaterThanOrEqual(AT_LEAST)
}, 600_000)
