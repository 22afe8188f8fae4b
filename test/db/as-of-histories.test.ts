import { describe, expect, it } from 'vitest'
import { proveHistories } from '../proofs/histories.ts'

describe('random histories', () => {
  it('are answered of each day as the product said that day, whatever was recorded after it', async () => {
    const found = await proveHistories(2, 11, 12)
    expect(found.days).toBe(24)
    expect(found.changes).toBeGreaterThan(60)
    expect(found.answers).toBeGreaterThan(30)
  })
})
