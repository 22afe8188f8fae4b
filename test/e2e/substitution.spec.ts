/** An approval by whoever substitutes, in the browser: planned after a rehearsal, signed by delegation, and over when cancelled. */

import { demoEntityId } from '../../db/seed.ts'
import * as story from '../../scripts/demonstration/acts.ts'
import { e2eState } from '../support/e2e-state.ts'
import { openCycle, openProduct, type Product } from '../support/lived-in.ts'
import { expectReceipt, picture } from './acts.ts'
import { expect, test } from './people.ts'

let product: Product
let cycleId: string
const entityId = demoEntityId('santamarta')

test.beforeAll(async () => {
  product = openProduct(e2eState())
  cycleId = await openCycle(product.context, 'santamarta', 'santamarta-reemplazo', 2022)
  await story.elaborate(product.context, entityId, cycleId, '1')
  await story.review(product.context, entityId, cycleId, '1')
})
test.afterAll(() => product?.close())

test('a substitute approves by delegation of who is absent, and no longer once it is cancelled', async ({
  signInAs,
}) => {
  const head = await signInAs('jefatura_ogac')
  await head.locator('details.person summary').click()
  await head.getByRole('link', { name: 'Mis ausencias y reemplazos' }).click()
  await head.getByRole('button', { name: 'Planear una ausencia' }).click()
  await head.getByLabel('Último día').fill(await head.getByLabel('Primer día').inputValue())
  await head.getByRole('button', { name: 'Ver qué podrá hacer' }).click()
  await expect(head.getByRole('link', { name: 'Elija la situación administrativa.' })).toBeVisible()
  await head.getByLabel('Situación administrativa').selectOption('Permiso')
  await head.getByLabel('Acto que la concede').fill('Resolución 214 de 2026')
  await head.getByLabel('Todo el trabajo del cargo').selectOption({ label: 'Jefatura de Comunicaciones' })
  await head.getByRole('button', { name: 'Ver qué podrá hacer' }).click()
  await expect(head.getByText(/^Puede abrir \d+ de \d+ tareas? pendientes?/)).toBeVisible()
  await head.getByRole('button', { name: 'Planear la ausencia' }).click()
  await expect(head.getByText('La ausencia quedó planeada.')).toBeVisible()
  await picture(head, 'ausencia')

  const deputy = await signInAs('jefatura_comunicaciones')
  await deputy.locator('details.person summary').click()
  await deputy.getByRole('button', { name: 'Actuar como Jefatura OGAC, por delegación de Jefatura OGAC' }).click()
  await expect(deputy.locator('.person__for')).toHaveText('por delegación de Jefatura OGAC')
  await deputy.goto(`/ejercicios/${cycleId}/pasos/1/revision`)
  await deputy.getByRole('button', { name: 'Aprobar', exact: true }).click()
  await expectReceipt(deputy, 'Usted firmó el paso 1.')
  await expect(deputy.getByRole('definition').filter({ hasText: 'por delegación de Jefatura OGAC' })).toBeVisible()

  await head.reload()
  await expect(head.getByRole('link', { name: /^Firmar el paso 1/ })).toBeVisible()
  await head.getByRole('button', { name: 'Cancelar la ausencia' }).click()
  await expect(head.getByText(/^La ausencia se canceló/)).toBeVisible()
  await deputy.goto('/bandeja')
  await expect(deputy.locator('.person__for')).toHaveCount(0)
})
