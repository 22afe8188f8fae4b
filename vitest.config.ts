import { globSync, readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import { SlowFirst } from './test/support/sequencer.ts'

/** Files that put other modules in the place of ours: what was loaded with them, or before them, is for nobody else. */
const REPLACING = globSync('test/**/*.test.ts').filter((file) =>
  /^vi\.(do)?[mM]ock\(/m.test(readFileSync(file, 'utf8')),
)

const NOT_HERE = ['test/e2e/**', 'node_modules/**']

/** Vitest's own configuration: the Remix plugin of vite.config.ts must not load here. */
export default defineConfig({
  test: {
    setupFiles: ['test/support/fixed-cases.ts'],
    testTimeout: 90_000,
    hookTimeout: 180_000,
    // More than two cores have: database and workflow tests wait for PostgreSQL, Temporal and each other much of the time.
    maxWorkers: 4,
    sequence: { sequencer: SlowFirst },
    // Pages as they were built are loaded as Node loads them.
    server: { deps: { external: [/\/build\/server\//] } },
    pool: 'forks',
    projects: [
      {
        extends: true,
        // Each file has a database of its own; the modules, a third of the time of all files, are loaded once for each worker.
        test: {
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: [...NOT_HERE, ...REPLACING],
          isolate: false,
        },
      },
      { extends: true, test: { name: 'apart', include: REPLACING, isolate: true } },
    ],
  },
})
