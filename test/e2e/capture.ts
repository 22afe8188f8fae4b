/** A citizen captured in a browser without JavaScript, with a mistake on the way (experience 12 to 16, 20). */
import type { Browser, Page } from '@playwright/test'
import { DEMO_CITIZENS } from '../../catalog/demo/citizens.ts'
import { expect } from './people.ts'

const NUMBER = '1082777001'
/** Of the first page: how it is captured, and what the person authorises. */
const BEGINNING = [
  ['mode', 'online'],
  ['network', 'remi'],
  ['caracterizacion', 'si'],
  ['sensibles', 'no'],
  ['contacto', 'no'],
  ['channel', 'oral'],
] as const

/** As the person whose session `page` holds; answers the address of the record. */
export async function captureWithoutScript(browser: Browser, page: Page): Promise<string> {
  const storageState = await page.context().storageState()
  const context = await browser.newContext({ javaScriptEnabled: false, storageState })
  const desk = await context.newPage()
  await desk.goto('/captura')
  await desk.locator('a[href^="/captura/persona-natural?"]').first().click()
  await desk.getByRole('button', { name: 'Continuar' }).click()
  await expect(desk.getByRole('link', { name: 'Elija cómo autorizó la persona.' })).toBeVisible()
  for (const [name, value] of BEGINNING) await choose(desk, name, value)
  await desk.getByRole('button', { name: 'Continuar' }).click()
  await answer(desk)
  await expect(desk.getByRole('heading', { level: 1 })).toHaveText(/Revise sus respuestas$/)
  await desk.getByRole('button', { name: 'Registrar' }).click()
  await expect(desk.getByRole('heading', { level: 1 })).toHaveText('Constancia de registro')
  const record = desk.url().replace(/\/constancia$/, '')
  await desk.goto(record)
  await expect(desk.getByText(NUMBER)).toHaveCount(0)
  await desk.getByLabel('¿Para qué necesita verlos?').selectOption('attention')
  await desk.getByRole('button', { name: 'Ver los datos' }).click()
  await expect(desk.getByText(NUMBER)).toBeVisible()
  await context.close()
  return record
}

/** Every page as an invented citizen answers it, the document wrong at first. */
async function answer(desk: Page): Promise<void> {
  for (const [page, answers] of Object.entries(DEMO_CITIZENS[1]?.answers ?? {})) {
    for (const [field, value] of Object.entries(answers)) await put(desk, `${page}.${field}`, [value].flat())
    if (page === 'identificacion') {
      await desk.getByLabel('Número de documento').fill('12')
      await desk.getByRole('button', { name: 'Guardar y continuar' }).click()
      await expect(desk.getByRole('link', { name: /^Revise «Número de documento»/ })).toBeVisible()
      await desk.getByLabel('Número de documento').fill(NUMBER)
    }
    await desk.getByRole('button', { name: 'Guardar y continuar' }).click()
  }
}

/** Text, list or choice; what a person does not want to answer is a box of its own beside a text. */
async function put(desk: Page, name: string, values: string[]): Promise<void> {
  const first = desk.locator(`[name="${name}"]`).first()
  const kind = await first.evaluate((one) => (one instanceof HTMLInputElement ? one.type : 'select'))
  for (const value of values) {
    if (kind === 'select') await first.selectOption(value)
    else if (kind !== 'text') await choose(desk, name, value)
    else if (value === 'no_responde') await desk.locator(`[name="${name}.no"]`).check()
    else await first.fill(value)
  }
}

const choose = (desk: Page, name: string, value: string) => desk.locator(`[name="${name}"][value="${value}"]`).check()
