/** Before the pages are looked at, side by side: one municipality in which each of them has something to show. */
import { test } from '@playwright/test'
import { e2eState } from '../support/e2e-state.ts'
import { heldRelease } from '../support/held-release.ts'
import { liveIn, liveToPublication, openProduct } from '../support/lived-in.ts'

// As in axe.spec.ts, which finds what was made here.
const SLUG = 'cali'

test('a municipality has exercises under way and one published', async () => {
  test.setTimeout(300_000)
  const product = openProduct(e2eState())
  try {
    await liveIn(product, SLUG)
    const { release } = await liveToPublication(product, SLUG)
    await heldRelease(product, SLUG, release)
  } finally {
    await product.close()
  }
})
