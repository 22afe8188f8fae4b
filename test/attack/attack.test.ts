import { beforeAll, describe, expect, test } from 'vitest'
import { loadSolver } from '../../db/solver.ts'
import type { OpenProgram } from '../../domain/disclosure/program.ts'
import { attackPlan } from './attack-plan.ts'
import { planFrom } from './random-release.ts'

let open: OpenProgram
beforeAll(async () => {
  open = await loadSolver()
})

describe('an outsider with every published file and a linear solver', () => {
  // In 1525 the second release hides its zeros, some of which follow from those the first one shows; in 1372 it keeps zeros
  // hidden that the first one hid.
  test.each([2, 11, 1372, 1525])(
    'works out no hidden count of two releases of one population: seed %i',
    async (seed) => {
      const found = await attackPlan(planFrom(seed, { people: 160, tables: 3, variables: 3 }), open)
      expect(found.hidden).toBeGreaterThan(0)
      expect(found).toMatchObject({ exact: [], narrow: [], small: [], said: [] })
    },
  )
})
