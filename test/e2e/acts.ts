/** What people do with a step at the browser: open it from the inbox, send it, decide it. */
import { mkdirSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'
import { DEMO_PASSWORD } from '../../catalog/demo-users.ts'

export async function openFromInbox(page: Page, words: string): Promise<void> {
  // The next task appears when the workflow has opened it, a moment after the act before.
  await expect(async () => {
    await page.goto('/bandeja')
    await expect(page.getByRole('link', { name: words }).first()).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 30_000 })
  await page.getByRole('link', { name: words }).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
}

/** From the form to the receipt: «Revisar y enviar», «Enviar a revisión». */
export async function sendStep(page: Page, code: string): Promise<void> {
  await page.getByRole('button', { name: 'Revisar y enviar' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Revise sus respuestas' })).toBeVisible()
  await page.getByRole('button', { name: 'Enviar a revisión' }).click()
  await expectReceipt(page, `El paso ${code} fue enviado a revisión.`)
}

export async function expectReceipt(page: Page, sentence: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: 'Comprobante' })).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText(sentence)).toBeVisible()
}

export const VERDICTS = {
  review: { task: 'Revisar', button: 'Revisado: cumple' },
  approve: { task: 'Aprobar', button: 'Aprobar' },
  consent: { task: 'Dar visto bueno al', button: 'Dar visto bueno' },
} as const

export async function sign(page: Page, code: string, verdict: keyof typeof VERDICTS): Promise<void> {
  const { task, button } = VERDICTS[verdict]
  await openFromInbox(page, `${task} paso ${code}`)
  const decide = page.getByRole('button', { name: button, exact: true })
  await expect(decide).toBeVisible()
  // More than five minutes after the last proof the form asks for the password.
  const password = page.getByLabel('Su contraseña')
  if (await password.isVisible()) await password.fill(DEMO_PASSWORD)
  const typed = page.getByRole('checkbox', { name: 'Leí la lista de cifras digitadas' })
  if (await typed.isVisible()) await typed.check()
  await decide.click()
  await expectReceipt(page, `Usted firmó el paso ${code}.`)
}

/** Pictures of the main screens, wide and on a phone, for whoever wants to look. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = 'test-results/pantallas'
  mkdirSync(folder, { recursive: true })
  const before = page.viewportSize()
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 })
    await page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true })
  }
  if (before) await page.setViewportSize(before)
}
