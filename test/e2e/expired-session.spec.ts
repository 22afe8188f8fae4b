/** A session that ends while somebody writes: the form they sent comes back as they left it, to them and to nobody else. */
import type { Page } from '@playwright/test'
import { emailOf, expect, test } from './people.ts'

const ACT = 'Resolución 977 de 2026, artículo segundo'
const notice = (page: Page) => page.getByText(/Su sesión había terminado cuando envió este formulario/)

/** Writes an absence and sends it with a session that is no more; the browser stands at the page to sign in. */
async function sendTooLate(page: Page): Promise<void> {
  await page.goto('/ausencias/nueva')
  await page.getByLabel('Situación administrativa').selectOption('Permiso')
  await page.getByLabel('Acto que la concede').fill(ACT)
  await page.context().clearCookies()
  await page.getByRole('button', { name: 'Ver qué podrá hacer' }).click()
  await expect(page).toHaveURL(/\/ingresar\?volver=%2Fausencias%2Fnueva$/)
}

async function comeBack(page: Page, duty: string): Promise<void> {
  await page.getByLabel('Correo electrónico').fill(emailOf(duty))
  await page.getByLabel('Contraseña', { exact: true }).fill('Caracteriza-2026')
  await page.getByRole('button', { name: 'Ingresar', exact: true }).click()
  await expect(page).toHaveURL(/\/ausencias\/nueva$/)
}

test('what was sent with a session that had ended is in its form again after signing in', async ({ signInAs }) => {
  const page = await signInAs('direccion_tic')
  await sendTooLate(page)
  // A wrong password on the way loses nothing either.
  await page.getByLabel('Correo electrónico').fill(emailOf('direccion_tic'))
  await page.getByLabel('Contraseña', { exact: true }).fill('no-es-esta')
  await page.getByRole('button', { name: 'Ingresar', exact: true }).click()
  await expect(page.getByRole('link', { name: /contraseña/ })).toBeVisible()
  await comeBack(page, 'direccion_tic')
  await expect(notice(page)).toBeVisible()
  await expect(page.getByLabel('Acto que la concede')).toHaveValue(ACT)
  await expect(page.getByLabel('Situación administrativa')).toHaveValue('permission')
  // Once only: opened again, the form is empty.
  await page.reload()
  await expect(page.getByLabel('Acto que la concede')).toHaveValue('')
  await expect(notice(page)).toHaveCount(0)
})

test('whoever else signs in there finds nothing of it, and neither does the first afterwards', async ({ signInAs }) => {
  const page = await signInAs('profesional_sig')
  await sendTooLate(page)
  await comeBack(page, 'profesional_tic')
  await expect(page.getByLabel('Acto que la concede')).toHaveValue('')
  await expect(notice(page)).toHaveCount(0)
  expect(await page.evaluate(() => JSON.stringify(window.sessionStorage))).not.toContain(ACT)
})
