/** The property tests of `npm test`, with cases that no run of it has seen. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runVisibly } from '../../scripts/test-runners.ts'
import { root } from '../../scripts/web-build.ts'

/** Throws at the first seed whose cases fail; the output above it has the smallest counterexample. */
export async function proveProperties(runs: number, seed: number, from: number): Promise<{ files: number }> {
  const files = globSync('test/{domain,documents}/**/*.test.ts', { cwd: root }).filter((file) =>
    readFileSync(join(root, file), 'utf8').includes("from 'fast-check'"),
  )
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  for (let run = from; run < runs; run++) {
    const env = { PROPERTY_SEED: String(seed + run) }
    const code = await runVisibly(vitest, ['run', '--reporter=dot', ...files], env)
    if (code !== 0) throw new Error(`run ${run} of ${runs} failed; --seed ${seed} --from ${run} repeats it`)
  }
  return { files: files.length }
}
