/** Nothing happens without its record (promises G18), with a small budget; at full size by `npm run proofs -- --only halves`. */
import { expect, it } from 'vitest'
import { proveNoHalves } from '../proofs/halves.ts'

it('leaves no row without its event and no event without its row, wherever a write is interrupted', async () => {
  const found = await proveNoHalves(40, 7)
  expect(found.kills).toBeGreaterThanOrEqual(40)
  expect(found.undone).toBeGreaterThan(0)
}, 120_000)
