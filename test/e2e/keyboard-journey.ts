/** The work of the seven steps with the keyboard alone: no pointer touches a page here (a journey of cali.spec.ts). */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, expect, type FileChooser, type Page } from '@playwright/test'
import { completeAnswers } from '../../catalog/demo/answers.ts'
import { DEMO_FILE_NAME } from '../../catalog/demo/city-file.ts'
import { DEMO_PASSWORD } from '../../catalog/demo-users.ts'
import { PROCEDURES } from '../../catalog/index.ts'
import { STEP_CODES, type StepCode, stepTemplate } from '../../domain/procedures.ts'
import { writeCityFile } from '../../scripts/generate-city-file.ts'
import { openCycle, type Product } from '../support/lived-in.ts'
import { VERDICTS } from './acts.ts'
import { answerByKeys, fillByKeys, focused, load, tabTo, type } from './keys.ts'
import { emailOf, test, watch } from './people.ts'
import type { RowIds } from './step-form.ts'

const SLUG = 'cali'
const ROWS = 2_000

/** From an empty page to the start page; the skip link comes first and leads past the menus. */
async function signInByKeys(page: Page, duty: string): Promise<void> {
  await load(page, '/ingresar')
  await page.keyboard.press('Tab')
  expect((await focused(page)).text).toBe('Saltar al contenido')
  await expect(page.getByRole('link', { name: 'Saltar al contenido' })).toBeInViewport()
  await page.keyboard.press('Enter')
  await tabTo(page, { name: 'correo' })
  await page.keyboard.insertText(emailOf(duty, SLUG))
  await tabTo(page, { name: 'clave' })
  await page.keyboard.insertText(DEMO_PASSWORD)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/inicio$/)
}

async function openTaskByKeys(page: Page, address: string): Promise<void> {
  await tabTo(page, { text: 'Mi bandeja' })
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: /Mi bandeja/ })).toBeFocused()
  // The next task appears when the workflow has opened it, a moment after the act before.
  await expect(async () => {
    if ((await page.locator(`a[href="${address}"]`).count()) === 0) await load(page)
    await expect(page.locator(`a[href="${address}"]`)).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 30_000 })
  await tabTo(page, { href: address })
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`${address}$`))
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
}

async function press(page: Page, text: string): Promise<void> {
  await tabTo(page, { text })
  await page.keyboard.press('Enter')
}

/** Reviewers, then approvers in their order (MM-GAC-P-008 v2, responsables). */
function signersOf(code: StepCode): [duty: string, button: string][] {
  const [procedure] = PROCEDURES
  if (!procedure) throw new Error('no procedure')
  const { reviewers, approvers } = stepTemplate(procedure, code)
  return [
    ...reviewers.map((duty): [string, string] => [duty, VERDICTS.review.button]),
    ...approvers.map(({ duty, role }): [string, string] => [
      duty,
      VERDICTS[role === 'consent' ? 'consent' : 'approve'].button,
    ]),
  ]
}

interface At {
  browser: Browser
  complaints: string[]
}

/** The seven steps filled in, sent, signed and published. */
export async function publishByKeys(product: Product, { browser, complaints }: At): Promise<void> {
  const cycle = `/ejercicios/${await openCycle(product.context, SLUG, 'cali-teclado', 2024)}`
  const pages = new Map<string, Page>()
  const person = async (duty: string) => {
    const known = pages.get(duty)
    if (known) return known
    const page = await (await browser.newContext()).newPage()
    watch(page, duty, complaints)
    await signInByKeys(page, duty)
    pages.set(duty, page)
    return page
  }
  const author = await person('profesional_ogac')
  const ids: RowIds = new Map()
  let source = ''
  for (const code of STEP_CODES) {
    const step = `${cycle}/pasos/${code}`
    if (code === '3') source = await attachByKeys(await person('profesional_tic'), cycle)
    await test.step(`step ${code} is filled in and sent`, async () => {
      await openTaskByKeys(author, step)
      if (code === '1') await comeBackToTheLine(author, step)
      await rememberFocus(author)
      const hidden = await fillByKeys(author, code, completeAnswers(code, { source }), ids)
      expect(hidden, 'controls that do not show that they have the focus').toEqual([])
      if (code === '1') await addAndRemoveARow(author)
      await saved(author)
      if (code === '1') await comeBackToTheForm(author)
      expect(await notReached(author, code)).toEqual([])
      if (code === '7') await prepareByKeys(author, cycle)
      await press(author, 'Revisar y enviar')
      await expect(author.getByRole('heading', { level: 1, name: 'Revise sus respuestas' })).toBeFocused()
      await press(author, 'Enviar a revisión')
      await expect(author.getByText(`El paso ${code} fue enviado a revisión.`)).toBeVisible({ timeout: 30_000 })
    })
    await test.step(`step ${code} is signed`, async () => {
      for (const [duty, button] of signersOf(code)) {
        const page = await person(duty)
        await openTaskByKeys(page, `${step}/revision`)
        if (await page.locator('input[name="digitadas"]').count()) {
          await tabTo(page, { name: 'digitadas' })
          await page.keyboard.press('Space')
        }
        // More than five minutes after the last proof the form asks for the password, or says so where they pass meanwhile.
        if (await page.locator('input[name="clave"]').count()) await typePassword(page)
        await press(page, button)
        const signed = page.getByText(`Usted firmó el paso ${code}.`)
        const asked = page.getByRole('link', { name: 'Escriba su contraseña para firmar.' })
        await expect(signed.or(asked)).toBeVisible({ timeout: 30_000 })
        if (await asked.isVisible()) {
          await typePassword(page)
          await press(page, button)
        }
        await expect(signed).toBeVisible({ timeout: 30_000 })
      }
    })
  }
  await author.goto(cycle)
  await expect(author.getByText('El ejercicio terminó')).toBeVisible({ timeout: 30_000 })
  for (const page of pages.values()) await page.context().close()
}

async function comeBackToTheLine(page: Page, step: string): Promise<void> {
  await page.goBack()
  await expect(page.locator(`a[href="${step}"]`), 'going back leads to the line that was opened').toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
}

async function addAndRemoveARow(page: Page): Promise<void> {
  await press(page, 'Agregar objetivo específico')
  await press(page, 'Quitar')
  expect((await focused(page)).text, 'the focus returns to where it came from').toContain('Agregar')
}

async function saved(page: Page): Promise<void> {
  await expect(page.getByText(/^Guardado/).first()).toBeVisible()
}

/** The contract, the file through the browser's own chooser, and what the page proposes for each column. */
async function attachByKeys(page: Page, cycle: string): Promise<string> {
  await load(page, `${cycle}/fuentes`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await press(page, 'Adjuntar una fuente')
  await expect(page).toHaveURL(/fuentes\/nueva$/)
  const contract = {
    ...{
      name: 'Comunicaciones recibidas 2024',
      ownerAgency: '',
      legalBasis: 'Ley 1755 de 2015',
      sensitivity: 'sensible',
    },
    ...{ periodFrom: '2024-01-01', periodTo: '2024-12-31' },
  }
  for (const [name, value] of Object.entries(contract)) {
    await tabTo(page, { name })
    if (name === 'ownerAgency') await page.keyboard.press('ArrowDown')
    else await answerByKeys(page, await focused(page), [value])
  }
  await press(page, 'Guardar y continuar con el archivo')
  await expect(page.getByRole('heading', { level: 1, name: contract.name })).toBeFocused()
  const folder = await mkdtemp(join(tmpdir(), 'caracteriza-file-'))
  try {
    const file = join(folder, DEMO_FILE_NAME)
    await writeCityFile(file, { rows: ROWS })
    await tabTo(page, { name: 'archivo' })
    await (await openChooser(page)).setFiles(file)
    await press(page, 'Cargar archivo')
    await expect(page.getByRole('button', { name: 'Importar el archivo' })).toBeVisible({ timeout: 60_000 })
    await press(page, 'Importar el archivo')
    await expect(page.getByText('Registros en el corte')).toBeVisible({ timeout: 60_000 })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return new URL(page.url()).pathname.split('/').at(-1) ?? ''
}

/** The browser opens its file dialog for the window in front only, and not while the page is still being drawn. */
async function openChooser(page: Page): Promise<FileChooser> {
  for (let tries = 0; ; tries++) {
    await page.bringToFront()
    const chooser = page.waitForEvent('filechooser', { timeout: 3_000 }).catch(() => null)
    await page.keyboard.press(tries % 2 === 0 ? 'Enter' : 'Space')
    const opened = await chooser
    if (opened) return opened
    if (tries === 4) throw new Error('no key opens the file dialog')
  }
}

async function prepareByKeys(page: Page, cycle: string): Promise<void> {
  await load(page, `${cycle}/divulgacion`)
  await press(page, 'Preparar archivos')
  await expect(page.getByText('Los archivos quedaron preparados.')).toBeVisible({ timeout: 60_000 })
  await load(page, `${cycle}/pasos/7`)
  await expect(page.getByRole('button', { name: 'Revisar y enviar' })).toBeEnabled()
}

/** A page loaded anew has had its focus nowhere: it is gone through to its end. */
async function comeBackToTheForm(page: Page): Promise<void> {
  await load(page)
  await expect(page.getByRole('button', { name: 'Revisar y enviar' })).toBeEnabled()
  await rememberFocus(page)
}

/** From now on every control that gets the focus is marked. */
async function rememberFocus(page: Page): Promise<void> {
  await page.evaluate(() =>
    document.addEventListener('focusin', ({ target }) => {
      if (target instanceof HTMLElement) target.dataset.reached = 'yes'
    }),
  )
}

/** The controls of the form that never had the focus; where there are some, the keys first go on to the end of the page. */
async function notReached(page: Page, code: string): Promise<string[]> {
  const stops = () =>
    page.evaluate((name) => {
      const form = document.querySelector(`form[aria-label="${name}"]`)
      const controls = [
        ...(form?.querySelectorAll<HTMLElement>('input, textarea, select, button, a[href], summary') ?? []),
      ]
      const all = controls.filter((one) => {
        if (one.tabIndex < 0 || one.hasAttribute('disabled') || !one.checkVisibility({ visibilityProperty: true }))
          return false
        // Of a group of radio buttons only one is a stop of the Tab key.
        if (!(one instanceof HTMLInputElement) || one.type !== 'radio') return true
        const group = [
          ...(form?.querySelectorAll<HTMLInputElement>(`input[type=radio][name="${CSS.escape(one.name)}"]`) ?? []),
        ]
        return one.checked || (!group.some((other) => other.checked) && group[0] === one)
      })
      const left = all.filter((one) => !one.dataset.reached)
      return { count: all.length, left: left.map((one) => one.getAttribute('name') ?? one.textContent ?? '') }
    }, `Paso ${code}`)
  const { count, left } = await stops()
  expect(count).toBeGreaterThan(5)
  if (left.length === 0) return []
  // A date has three parts, each a stop.
  for (let i = 0; i < count * 3 + 100; i++) {
    await page.keyboard.press('Tab')
    const isEnd = await page.evaluate(
      () => document.activeElement === document.body || document.activeElement?.className === 'skip-link',
    )
    if (isEnd && i > 5) return (await stops()).left
  }
  return ['the end of the page', ...(await stops()).left]
}

async function typePassword(page: Page): Promise<void> {
  await tabTo(page, { name: 'clave' })
  await type(page, DEMO_PASSWORD)
}
