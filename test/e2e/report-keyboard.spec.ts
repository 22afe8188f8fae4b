/** A whole report written with the keyboard alone; only signing in, which keyboard-journey.ts shows by keys, uses a pointer. */
import { expect, type Page } from '@playwright/test'
import { REPORT_SECTIONS } from '../../catalog/forms/step-6.ts'
import { violationsOf } from '../accessibility/axe.ts'
import { e2eState } from '../support/e2e-state.ts'
import { openProduct, openStep, type Product } from '../support/lived-in.ts'
import { focused, load, tabTo } from './keys.ts'
import { test } from './people.ts'

const SLUG = 'cali'

let product: Product
test.beforeAll(() => {
  product = openProduct(e2eState())
})
test.afterAll(async () => await product.close())

/** Presses Tab until what has the focus matches. */
async function reach(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 200; presses++) {
    await page.keyboard.press('Tab')
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return
  }
  throw new Error(`the Tab key does not lead to ${selector}`)
}

async function open(page: Page, wanted: Parameters<typeof tabTo>[1], title: string | RegExp): Promise<void> {
  await tabTo(page, wanted)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeFocused()
}

/** From the text to the bar, along it to the tool, and back in the text. */
async function tool(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Alt+F10')
  for (let i = 0; i < 20 && (await focused(page)).text !== name; i++) await page.keyboard.press('ArrowRight')
  expect((await focused(page)).text).toBe(name)
  await page.keyboard.press('Enter')
  await expect(page.locator('#texto')).toBeFocused()
}

async function line(page: Page, words: string): Promise<void> {
  await page.keyboard.insertText(words)
  await page.keyboard.press('Enter')
}

/** From the text to what is inserted by reference, and back with it. */
async function insert(page: Page, title: string, choose: () => Promise<void>): Promise<void> {
  await page.keyboard.press('Alt+F10')
  await tabTo(page, { text: title })
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await choose()
  await tabTo(page, { text: 'Insertar' })
  await page.keyboard.press('Enter')
  await expect(page.locator('#texto')).toBeFocused()
}

async function leaveSaved(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  expect((await focused(page)).text).toBe('Guardar')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/^Guardado \d/)).toBeVisible()
}

async function writeFirstSection(page: Page): Promise<void> {
  const text = page.locator('#texto')
  await reach(page, '#texto')
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('Delete')
  await tool(page, 'Título')
  await line(page, 'Para qué se hizo')
  await tool(page, 'Negrita')
  await page.keyboard.insertText('Objetivo.')
  await tool(page, 'Negrita')
  await line(page, ' Conocer a quienes escriben a la Alcaldía.')
  await tool(page, 'Viñetas')
  await line(page, 'Qué canal usan.')
  await line(page, 'Dónde viven.')
  await page.keyboard.press('Enter')
  await tool(page, 'Tabla')
  for (const cell of ['Canal', 'Uso', 'Presencial', 'Alto', 'Virtual', 'Medio']) {
    await page.keyboard.insertText(cell)
    if (cell !== 'Medio') await page.keyboard.press('Tab')
  }
  await page.keyboard.press('ArrowDown')
  await page.keyboard.insertText('De todas las comunicaciones, ')
  await insert(page, 'Insertar una cifra', async () => {
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowDown')
  })
  await line(page, 'corresponden a la primera fila.')
  await insert(page, 'Insertar una figura', async () => await page.keyboard.press('ArrowDown'))
  await page.keyboard.insertText('La figura lo muestra.')
  await leaveSaved(page)
  await expect(text.getByRole('heading', { level: 3, name: 'Para qué se hizo' })).toBeVisible()
  await expect(text.locator('strong', { hasText: /^Objetivo\.$/ })).toBeVisible()
  await expect(text.getByRole('listitem')).toHaveText(['Qué canal usan.', 'Dónde viven.'])
  await expect(text.getByRole('row')).toHaveText(['CanalUso', 'PresencialAlto', 'VirtualMedio'])
  await expect(text.locator('p', { hasText: /^De todas las comunicaciones, [\d.]+ corresponden/ })).toBeVisible()
  await expect(text.locator('.report-figure + p')).toHaveText('La figura lo muestra.')
}

/** Without network what is typed stays on the page, and is saved when the network is back. */
async function writeThroughOutage(page: Page, complaints: string[]): Promise<void> {
  const before = complaints.length
  await page.context().setOffline(true)
  await page.locator('#texto').press('ControlOrMeta+End')
  await page.keyboard.insertText(' Escrito sin red.')
  await expect(page.getByText(/^Sin conexión\. Lo que escribe sigue en esta página/)).toBeVisible()
  await page.context().setOffline(false)
  await expect(page.getByText(/^Guardado \d/)).toBeVisible()
  // The browser itself says that there was no network.
  complaints.splice(before)
  await page.reload()
  await expect(page.locator('#texto')).toContainText('La figura lo muestra. Escrito sin red.')
}

async function assignByKeys(page: Page): Promise<void> {
  await tabTo(page, { name: 'cargo' })
  await page.keyboard.type('Profesional TIC')
  await tabTo(page, { text: 'Encargar' })
  await page.keyboard.press('Enter')
  await expect(page.getByText('La escribe Profesional TIC.')).toBeVisible()
}

/** Whoever was charged with the section opens it; both pages say so, and neither takes the focus from where it is. */
async function seeEachOther(author: Page, charged: Page): Promise<void> {
  await load(charged, new URL(author.url()).pathname)
  await expect(
    charged.locator('p', { hasText: /^Profesional de Caracterización tiene abierta esta sección .+; lo último/ }),
  ).toBeVisible()
  const before = await focused(author)
  // As when the window comes to the front: the page asks at once.
  await author.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await expect(
    author.locator('p', { hasText: /^Profesional TIC tiene abierta esta sección .+; todavía/ }),
  ).toBeVisible()
  expect(await focused(author)).toEqual(before)
}

async function commentByKeys(page: Page): Promise<void> {
  await tabTo(page, { name: 'comentario' })
  await page.keyboard.type('@profesional s')
  // With all that opens on this page open: the bar within a table, the pickers, who else is here, whom to mention.
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('Enter')
  await page.keyboard.insertText('¿Está completo?')
  await tabTo(page, { text: 'Comentar' })
  await page.keyboard.press('Enter')
  await expect(page.locator('.typed', { hasText: '@Profesional SIG ¿Está completo?' })).toBeVisible()
}

async function answerByKeys(page: Page, section: string): Promise<void> {
  await load(page, '/bandeja')
  await tabTo(page, { text: 'Leer y responder' })
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: section })).toBeVisible()
  await tabTo(page, { text: 'Responder' })
  await page.keyboard.press('Enter')
  await tabTo(page, { name: 'comentario' })
  await page.keyboard.insertText('Sí, está completo.')
  await tabTo(page, { text: 'Responder' })
  await page.keyboard.press('Enter')
  await expect(page.locator('.typed', { hasText: 'Sí, está completo.' })).toBeVisible()
}

/** Its reviewer says how a section should read, and the author takes it over. */
async function proposeByKeys(reviewer: Page, author: Page, section: string): Promise<void> {
  await load(reviewer, section)
  await tabTo(reviewer, { text: 'Proponer un cambio' })
  await reviewer.keyboard.press('Enter')
  await expect(reviewer.getByRole('heading', { level: 1, name: /^Proponer un cambio/ })).toBeVisible()
  await reach(reviewer, '#texto[role=textbox]')
  await reviewer.keyboard.press('ControlOrMeta+End')
  await reviewer.keyboard.insertText(' Propuesto con el teclado.')
  expect(await violationsOf(reviewer)).toEqual([])
  await tabTo(reviewer, { name: 'motivo' })
  await reviewer.keyboard.insertText('Para que se entienda mejor.')
  await tabTo(reviewer, { text: 'Proponer el cambio' })
  await reviewer.keyboard.press('Enter')
  await expect(reviewer.getByText('Un cambio propuesto sin responder.')).toBeVisible()
  await load(author, section)
  await expect(author.locator('.proposal ins')).toContainText('Propuesto con el teclado.')
  expect(await violationsOf(author)).toEqual([])
  await tabTo(author, { text: 'Aceptar y guardar en la sección' })
  await author.keyboard.press('Enter')
  await expect(author.locator('#texto')).toContainText('Propuesto con el teclado.')
}

test('a whole report is written, discussed and sent by keyboard', async ({ signInAs, complaints }) => {
  test.setTimeout(300_000)
  const cycleId = await openStep(product, SLUG, { radicado: 'cali-informe-teclado', vigencia: 2020, code: '6' })
  const report = `/ejercicios/${cycleId}/informe`
  const author = await signInAs('profesional_ogac', SLUG)
  const [first, ...others] = REPORT_SECTIONS
  await load(author, report)
  await open(author, { href: `${report}/secciones/${first.code}` }, first.title)
  await writeFirstSection(author)
  await writeThroughOutage(author, complaints)
  await assignByKeys(author)
  await seeEachOther(author, await signInAs('profesional_tic', SLUG))
  await commentByKeys(author)
  const reviewer = await signInAs('profesional_sig', SLUG)
  await answerByKeys(reviewer, first.title)
  await proposeByKeys(reviewer, author, `${report}/secciones/${first.code}`)
  for (const { code, title } of others) {
    await open(author, { href: `${report}/secciones/${code}` }, title)
    await reach(author, '#texto[role=textbox]')
    await author.keyboard.press('ControlOrMeta+End')
    await author.keyboard.press('Enter')
    await author.keyboard.insertText(`Escrito con el teclado: ${code}.`)
    await expect(author.locator('#texto')).toContainText(`Escrito con el teclado: ${code}.`)
    // Going on saves what was typed a moment ago.
  }
  await open(author, { text: 'Informe' }, 'Informe de caracterización')
  await open(author, { text: 'Ver cómo queda' }, /^Informe de caracterización de ciudadanos/)
  for (const { code } of others) await expect(author.getByText(`Escrito con el teclado: ${code}.`)).toBeVisible()
  await expect(author.getByRole('heading', { name: 'Para qué se hizo' })).toBeVisible()
  await open(author, { text: 'Volver al informe' }, 'Informe de caracterización')
  await open(author, { text: 'Ir al paso 6' }, /^Paso 6/)
  await open(author, { text: 'Revisar y enviar' }, 'Revise sus respuestas')
  await tabTo(author, { text: 'Enviar a revisión' })
  await author.keyboard.press('Enter')
  await expect(author.getByText('El paso 6 fue enviado a revisión.')).toBeVisible({ timeout: 30_000 })
})
