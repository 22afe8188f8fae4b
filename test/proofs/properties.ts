/** Tests of `npm test` with cases that no run of it has seen: properties, and strings of any kind. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runVisibly } from '../../scripts/test-runners.ts'
import { root } from '../../scripts/web-build.ts'

/** Every property of pure rules. */
export const PROPERTIES = globSync('test/{domain,documents}/**/*.test.ts', { cwd: root }).filter((file) =>
  readFileSync(join(root, file), 'utf8').includes("from 'fast-check'"),
)

/** What types strings of any kind: into forms, files, commands and the columns behind them. */
export const STRINGS = [
  ...['test/domain/naughty-strings.test.ts', 'test/documents/open-data-files.test.ts', 'test/documents/report.test.ts'],
  ...['test/app/comments.test.ts', 'test/app/commands-events.test.ts'],
]

/** Throws at the first seed whose cases fail; the output above it has the smallest counterexample. */
export async function proveAnew(files: readonly string[], runs: number, seed: number, from: number): Promise<void> {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  for (let run = from; run < runs; run++) {
    const env = { PROPERTY_SEED: String(seed + run) }
    const code = await runVisibly(vitest, ['run', '--reporter=dot', ...files], env)
    if (code !== 0) throw new Error(`run ${run} of ${runs} failed; --seed ${seed} --from ${run} repeats it`)
  }
}
