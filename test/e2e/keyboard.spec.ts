/** The work of the seven steps with the keyboard alone: no pointer touches a page here. */
import { expect, type Page } from '@playwright/test'
import { completeAnswers } from '../../catalog/demo/answers.ts'
import { DEMO_PASSWORD } from '../../catalog/demo-users.ts'
import type { StepCode } from '../../domain/procedures.ts'
import { e2eState } from '../support/e2e-state.ts'
import { openCycle, openProduct, openStep, type Product } from '../support/lived-in.ts'
import { fillByKeys, focused, tabTo } from './keys.ts'
import { emailOf, test, watch } from './people.ts'

const SLUG = 'cali'
const CYCLE = { radicado: 'cali-teclado', vigencia: 2024 }

let product: Product
test.beforeAll(() => {
  product = openProduct(e2eState())
})
test.afterAll(async () => await product.close())

/** From an empty page to the start page; the skip link comes first and leads past the menus. */
async function signInByKeys(page: Page, duty: string): Promise<void> {
  await page.goto('/ingresar')
  // React 18 may give up hydrating when a key arrives in the middle of it, and says so on the console.
  await page.waitForLoadState('networkidle')
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
  await tabTo(page, { href: address })
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`${address}$`))
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
}

async function press(page: Page, text: string): Promise<void> {
  await tabTo(page, { text })
  await page.keyboard.press('Enter')
}

test('step 1 is filled in, sent, reviewed and approved by keyboard', async ({ browser, complaints }) => {
  test.setTimeout(300_000)
  // A cycle of its own: rows typed at the keyboard get ids that the later steps' ready answers do not name.
  const cycle = await openCycle(product.context, SLUG, `${CYCLE.radicado}-1`, CYCLE.vigencia)
  const step = `/ejercicios/${cycle}/pasos/1`
  const person = async (duty: string) => {
    const page = await (await browser.newContext()).newPage()
    watch(page, duty, complaints)
    await signInByKeys(page, duty)
    return page
  }

  const author = await person('profesional_ogac')
  await openTaskByKeys(author, step)
  await author.goBack()
  await expect(author.locator(`a[href="${step}"]`), 'going back leads to the line that was opened').toBeFocused()
  await author.keyboard.press('Enter')
  await expect(author.getByRole('heading', { level: 1 })).toBeFocused()
  const hidden = await fillByKeys(author, '1', completeAnswers('1'))
  expect(hidden, 'controls that do not show that they have the focus').toEqual([])
  await press(author, 'Agregar objetivo específico')
  await press(author, 'Quitar')
  expect((await focused(author)).text, 'the focus returns to where it came from').toContain('Agregar')
  await press(author, 'Revisar y enviar')
  await expect(author.getByRole('heading', { level: 1, name: 'Revise sus respuestas' })).toBeFocused()
  await press(author, 'Enviar a revisión')
  await expect(author.getByText('El paso 1 fue enviado a revisión.')).toBeVisible({ timeout: 30_000 })

  for (const [duty, verdict] of [
    ['profesional_sig', 'Revisado: cumple'],
    ['jefatura_ogac', 'Aprobar'],
  ] as const) {
    const page = await person(duty)
    await openTaskByKeys(page, `${step}/revision`)
    await press(page, verdict)
    await expect(page.getByText('Usted firmó el paso 1.')).toBeVisible({ timeout: 30_000 })
    await page.context().close()
  }
  await author.context().close()
})

for (const code of ['2', '3', '4', '5', '6', '7'] satisfies StepCode[]) {
  test(`every control of step ${code} is reached in order, and left again`, async ({ signInAs }) => {
    test.setTimeout(180_000)
    const cycle = await openStep(product, SLUG, { ...CYCLE, code })
    const page = await signInAs('profesional_ogac', SLUG)
    await page.goto(`/ejercicios/${cycle}/pasos/${code}`)
    const form = page.getByRole('form', { name: `Paso ${code}`, exact: true })
    await expect(form).toBeVisible()
    await expect(form.getByRole('button', { name: 'Revisar y enviar' })).toBeEnabled()
    expect(await notReached(page, code)).toEqual([])
  })
}

/** Tabs through the page once; answers the controls of the form that never had the focus, and whether the end was reached. */
async function notReached(page: Page, code: string): Promise<string[]> {
  const count = await page.evaluate((name) => {
    const form = document.querySelector(`form[aria-label="${name}"]`)
    const controls = [
      ...(form?.querySelectorAll<HTMLElement>('input, textarea, select, button, a[href], summary') ?? []),
    ]
    const stops = controls.filter((one) => {
      if (one.tabIndex < 0 || one.hasAttribute('disabled') || !one.checkVisibility({ visibilityProperty: true }))
        return false
      // Of a group of radio buttons only one is a stop of the Tab key.
      if (!(one instanceof HTMLInputElement) || one.type !== 'radio') return true
      const group = [
        ...(form?.querySelectorAll<HTMLInputElement>(`input[type=radio][name="${CSS.escape(one.name)}"]`) ?? []),
      ]
      return one.checked || (!group.some((other) => other.checked) && group[0] === one)
    })
    for (const stop of stops) stop.dataset.stop = 'waiting'
    document.addEventListener('focusin', (event) => {
      if (event.target instanceof HTMLElement) delete event.target.dataset.stop
    })
    return stops.length
  }, `Paso ${code}`)
  expect(count).toBeGreaterThan(5)
  let atEnd = false
  // A date has three parts, each a stop.
  for (let i = 0; i < count * 3 + 100 && !atEnd; i++) {
    await page.keyboard.press('Tab')
    atEnd =
      i > 5 &&
      (await page.evaluate(
        () => document.activeElement === document.body || document.activeElement?.className === 'skip-link',
      ))
  }
  const left = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-stop]')].map(
      (one) => one.getAttribute('name') ?? one.textContent ?? '',
    ),
  )
  return atEnd ? left : ['the end of the page', ...left]
}
