/** A draft outlives its tab, and two tabs of one draft lose nothing of each other (experience.md 17 and 18). */
import type { Page } from '@playwright/test'
import pg from 'pg'
import { demoEntityId } from '../../db/seed.ts'
import { liveAccesses } from '../../scripts/demonstration/access.ts'
import { liveCaptures } from '../../scripts/demonstration/capture.ts'
import { e2eState } from '../support/e2e-state.ts'
import { openCycle, openProduct, type Product } from '../support/lived-in.ts'
import { expect, signIn, test, watch } from './people.ts'

const SLUG = 'cali'

let product: Product
test.beforeAll(() => {
  product = openProduct(e2eState())
})
test.afterAll(async () => await product.close())

/** Holds a row, named by its id, until what is answered is called. */
async function holding(query: string, id: string): Promise<() => Promise<void>> {
  const other = new pg.Client({ connectionString: e2eState().superuserUrl })
  await other.connect()
  await other.query('begin')
  await other.query(query, [id])
  return async () => {
    await other.query('commit')
    await other.end()
  }
}

test('what was typed is there again after the tab was closed, and nobody writes over it', async ({
  browser,
  complaints,
}) => {
  const cycle = await openCycle(product.context, SLUG, 'cali-dos-pestanas', 2023)
  const step = `/ejercicios/${cycle}/pasos/1`
  const context = await browser.newContext()
  const first = await context.newPage()
  watch(first, 'profesional_ogac', complaints)
  await signIn(first, 'profesional_ogac', SLUG)
  await first.goto(step)
  const goal = (page: Page) => page.getByRole('textbox', { name: 'Objetivo general' })
  await goal(first).fill('Conocer a quienes escriben a la Alcaldía.')
  // Two seconds after the last key at most (experience.md 17).
  await expect(first.getByText(/^Guardado/).first()).toBeVisible({ timeout: 2_000 })
  // Closed in the middle of a word: the page sends its last one.
  await goal(first).fill('Conocer a quienes escriben a la Alcaldía y por qué.')
  // The browser asks whether to leave what is not saved yet; whoever is in a hurry says yes.
  first.on('dialog', (dialog) => dialog.accept())
  await Promise.all([first.waitForEvent('close'), first.close({ runBeforeUnload: true })])
  const second = await context.newPage()
  const third = await context.newPage()
  for (const page of [second, third]) {
    watch(page, 'profesional_ogac', complaints)
    // What a closing page sends arrives a moment after it is gone.
    await expect(async () => {
      await page.goto(step)
      await expect(goal(page)).toHaveValue('Conocer a quienes escriben a la Alcaldía y por qué.', { timeout: 1_000 })
    }).toPass({ timeout: 15_000 })
  }
  await goal(second).fill('Lo que escribió quien llegó primero.')
  await expect(second.getByText(/^Guardado/).first()).toBeVisible()
  await goal(third).fill('Lo que escribió quien llegó después.')
  await expect(third.getByText('Lo que escribió quien llegó primero.').first()).toBeVisible()
  await expect(goal(third)).toHaveValue('Lo que escribió quien llegó después.')
  await second.reload()
  await expect(goal(second)).toHaveValue('Lo que escribió quien llegó primero.')
  await context.close()
})

test('a save that was on its way when the tab closed does not lose what was typed after it', async ({
  browser,
  complaints,
}) => {
  const cycle = await openCycle(product.context, SLUG, 'cali-en-camino', 2021)
  const step = `/ejercicios/${cycle}/pasos/1`
  const context = await browser.newContext()
  const page = await context.newPage()
  watch(page, 'profesional_ogac', complaints)
  await signIn(page, 'profesional_ogac', SLUG)
  await page.goto(step)
  const goal = page.getByRole('textbox', { name: 'Objetivo general' })
  await goal.fill('Conocer a quienes escriben.')
  await expect(page.getByText(/^Guardado/).first()).toBeVisible()
  // The save that follows waits for the draft's row.
  const release = await holding(
    'select 1 from step_draft join step on step.id = step_draft.step_id where step.cycle_id = $1 for update of step_draft',
    cycle,
  )
  await goal.fill('Conocer a quienes escriben a la Alcaldía.')
  await expect(page.getByText('Guardando…').first()).toBeVisible()
  await goal.fill('Conocer a quienes escriben a la Alcaldía y por qué.')
  page.on('dialog', (dialog) => dialog.accept())
  await Promise.all([page.waitForEvent('close'), page.close({ runBeforeUnload: true })])
  await release()
  const again = await context.newPage()
  await expect(async () => {
    await again.goto(step)
    await expect(again.getByRole('textbox', { name: 'Objetivo general' })).toHaveValue(
      'Conocer a quienes escriben a la Alcaldía y por qué.',
      { timeout: 1_000 },
    )
  }).toPass({ timeout: 15_000 })
  await context.close()
})

test('what is typed on a page of a capture is there again after the tab was closed, and two tabs write nothing over', async ({
  browser,
  complaints,
}) => {
  const entityId = demoEntityId(SLUG)
  const { granted } = await liveAccesses(product.context, entityId)
  const { unfinished } = await liveCaptures(product.context, entityId, granted)
  const address = `/captura/persona-natural/${unfinished}/identificacion`
  const context = await browser.newContext()
  const number = (page: Page) => page.getByRole('textbox', { name: 'Número de documento' })
  const opened = async () => {
    const page = await context.newPage()
    watch(page, 'atencion', complaints)
    return page
  }
  const first = await opened()
  await signIn(first, 'atencion', SLUG)
  await first.goto(address)
  // Neither complete nor right: it is kept as it is, and only going on asks for more.
  await number(first).fill('10')
  await expect(first.getByText(/^Guardado \d/).first()).toBeVisible({ timeout: 2_000 })
  // The save that follows waits for the draft's row; the last word comes after it.
  const release = await holding('select 1 from capture_draft where id = $1 for update', unfinished)
  await number(first).fill('108')
  await expect(first.getByText('Guardando…').first()).toBeVisible()
  await number(first).fill('1082')
  first.on('dialog', (dialog) => dialog.accept())
  await Promise.all([first.waitForEvent('close'), first.close({ runBeforeUnload: true })])
  await release()
  const second = await opened()
  await expect(async () => {
    await second.goto(address)
    await expect(number(second)).toHaveValue('1082', { timeout: 1_000 })
  }).toPass({ timeout: 15_000 })

  const third = await opened()
  await third.goto(address)
  await number(second).fill('10827')
  await expect(second.getByText(/^Guardado \d/).first()).toBeVisible()
  await number(third).fill('99')
  await expect(third.getByText(/^Esta página se guardó también desde otra pestaña/)).toBeVisible()
  await second.reload()
  await expect(number(second)).toHaveValue('10827')
  // Leaving inside the product saves first.
  await number(second).fill('1082777')
  await second.getByRole('link', { name: 'Captura' }).first().click()
  await expect(second.getByRole('heading', { level: 1 })).not.toHaveText(/Identificación/)
  await second.goto(address)
  await expect(number(second)).toHaveValue('1082777')
  await context.close()
})

test('two people at one draft see each other, and the second one joins what both wrote', async ({
  browser,
  complaints,
}) => {
  const cycle = await openCycle(product.context, SLUG, 'cali-dos-personas', 2022)
  const step = `/ejercicios/${cycle}/pasos/1`
  const contexts = [await browser.newContext(), await browser.newContext()]
  const [first, second] = await Promise.all(contexts.map((context) => context.newPage()))
  if (!first || !second) throw new Error('two pages')
  for (const page of [first, second]) {
    watch(page, 'profesional_ogac', complaints)
    await signIn(page, 'profesional_ogac', SLUG)
    await page.goto(step)
  }
  const goal = (page: Page) => page.getByRole('textbox', { name: 'Objetivo general' })
  const people = (page: Page) => page.getByRole('textbox', { name: 'Población' })
  await goal(first).fill('Lo del primero.')
  await expect(first.getByText(/^Guardado/).first()).toBeVisible()
  await people(second).fill('Toda la ciudadanía.')
  await goal(second).fill('Lo del segundo.')
  await expect(second.getByRole('heading', { name: 'Hay dos versiones de este borrador' })).toBeVisible()
  // What only one of them changed is chosen already; the keyboard chooses the rest.
  const both = second.getByRole('radio', { name: /Lo que usted escribió\s*Lo del segundo/ })
  await both.focus()
  await second.keyboard.press('ArrowDown')
  await second.keyboard.press('ArrowDown')
  await second.getByRole('button', { name: 'Guardar con lo elegido' }).click()
  await expect(goal(second)).toHaveValue('Lo del primero.\nLo del segundo.')
  await expect(people(second)).toHaveValue('Toda la ciudadanía.')
  for (const context of contexts) await context.close()
})
