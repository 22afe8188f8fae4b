/**
 * Santiago de Cali runs two exercises to their end. One file, so one after the other: once the report of the earlier
 * vigencia is issued, the later one's may not be approved before somebody says what became of its recommendations (N15).
 */
import { e2eState } from '../support/e2e-state.ts'
import { openProduct, type Product } from '../support/lived-in.ts'
import { publishByKeys } from './keyboard-journey.ts'
import { publishMessyFiles } from './messy-journey.ts'
import { test } from './people.ts'

let product: Product
test.beforeAll(() => {
  product = openProduct(e2eState())
})
test.afterAll(async () => await product.close())

test('the seven steps are filled in, sent, signed and published by keyboard', async ({ browser, complaints }) => {
  test.setTimeout(600_000)
  await publishByKeys(product, { browser, complaints })
})

test('a municipality publishes from files as they come', async ({ browser, signInAs, complaints }) => {
  test.setTimeout(600_000)
  await publishMessyFiles(product, { browser, signInAs, complaints })
})
