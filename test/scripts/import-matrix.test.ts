import { expect, test } from 'vitest'
import { faultsOf } from '../../scripts/import-matrix.ts'

const refused: [string, string][] = [
  ['domain/cycles.ts', `import { sql } from 'kysely'`],
  ['domain/cycles.ts', `import { readFileSync } from 'node:fs'`],
  ['domain/cycles.ts', `import { openDatabase } from '../db/client.ts'`],
  ['db/cycles.ts', `import { worker } from '../activities/worker.ts'`],
  ['workflows/cycle.ts', `import { record } from '../activities/record.ts'`],
  ['workflows/cycle.ts', `import {\n  a,\n  b,\n} from '../db/client.ts'`],
  ['app/routes/home.tsx', `import { cycle } from '../../workflows/cycle.ts'`],
  ['app/components/table.tsx', `import { openDatabase } from '../../db/client.ts'`],
  ['app/pages/cycle.server.ts', `import { CYCLES } from '../components/cycles.tsx'`],
  ['app/commands/decide.server.ts', `const at = new Date()`],
  ['db/tasks.ts', 'sql`select now()`'],
  ['activities/record-act.ts', `trx.selectFrom('act')`],
  ['app/http/health.ts', 'sql<{ n: number }>`select 1`'],
]

const accepted: [string, string][] = [
  ['domain/cycles.ts', `import { z } from 'zod'`],
  ['db/cycles.ts', `import { stepTemplate } from '../domain/procedures.ts'`],
  ['workflows/cycle.ts', `import type { Activities } from '../activities/index.ts'`],
  ['workflows/cycle.ts', `const at = Date.now()`],
  ['app/routes/home.tsx', `import { approve } from '../../workflows/messages.ts'`],
  ['app/pages/cycle.server.ts', `import type { Crumb } from '../components/cycles.tsx'`],
  ['db/tasks.ts', 'sql`select app_now()`'],
  ['db/clock.ts', `return new Date(Date.now() + offset)`],
]

test.each(refused)('%s may not hold: %s', (path, text) => {
  expect(faultsOf(path, text)).toHaveLength(1)
})

test.each(accepted)('%s may hold: %s', (path, text) => {
  expect(faultsOf(path, text)).toEqual([])
})
