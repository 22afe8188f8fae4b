/** A citizen asks about their data without an account and without JavaScript, and somebody of the entity takes it up. */
import type { Browser, Page } from '@playwright/test'
import { expect, test } from './people.ts'

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const CODE = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/g
const FACTS = 'Mi barrio está mal escrito en sus registros.'

/** Files a claim on the public form; what is wrong is said beside its field and nothing typed is lost. */
async function fileClaim(browser: Browser) {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 800 } })
  const page = await context.newPage()
  await page.goto('/mis-derechos/nueva')
  await press(page, 'Continuar')
  await expect(page.getByRole('link', { name: 'Elija qué quiere pedir.' })).toBeVisible()
  await page.getByRole('radio', { name: 'Alcaldía Distrital de Santa Marta' }).check()
  await page.getByRole('radio', { name: /^Corregir o actualizar mis datos/ }).check()
  await press(page, 'Continuar')
  await page.getByRole('radio', { name: 'Míos' }).check()
  await page.getByLabel('Nombre completo de la persona de quien son los datos').fill('Persona Que Pregunta')
  await page.getByLabel('Tipo de documento').selectOption('Cédula de ciudadanía')
  await page.getByLabel('Número de documento').fill('10A82')
  await press(page, 'Continuar')
  await expect(page.getByRole('link', { name: /^Este número no corresponde al tipo de documento/ })).toBeVisible()
  await expect(page.getByLabel('Número de documento')).toHaveValue('10A82')
  await page.getByLabel('Número de documento').fill('1.082.345.600')
  await press(page, 'Continuar')
  await page.getByLabel('Teléfono').fill('3001234567')
  await press(page, 'Continuar')
  await page.getByLabel('Qué pasó y qué pide').fill(FACTS)
  await press(page, 'Continuar')
  await press(page, 'Enviar la solicitud')
  const said = (await page.getByRole('main').textContent()) ?? ''
  const [code = '', secret = ''] = said.match(CODE) ?? []
  const number = said.match(/DT-\d{4}-\d{4}/)?.[0] ?? ''
  // Loaded again, the form is sent again, and it is the same request.
  await page.reload()
  await expect(page.getByRole('main')).toHaveText(said)
  return { page, number, code, secret }
}

test('a claim filed without an account is followed by its secret and taken up once', async ({ browser, signInAs }) => {
  const { page, number, code, secret } = await fileClaim(browser)
  await page.goto(`/mis-derechos?codigo=${code.toLowerCase()}`)
  await page.getByLabel('Clave').fill('AAAA-BBBB-CCCC')
  await press(page, 'Ver cómo va')
  await expect(page.getByRole('link', { name: /^La clave no corresponde a esta solicitud/ })).toBeVisible()
  await page.getByLabel('Clave').fill(secret)
  await press(page, 'Ver cómo va')
  await expect(page.getByText(number)).toBeVisible()
  await expect(page.getByText('Persona Que Pregunta')).toHaveCount(0)

  const head = await signInAs('jefatura_ogac')
  await head.goto('/derechos')
  await head.getByRole('link', { name: number }).click()
  await expect(head).toHaveURL(/\/derechos\/[0-9a-f-]{36}$/)
  const second = await head.context().newPage()
  await second.goto(head.url())
  await expect(head.getByText(FACTS)).toHaveCount(0)
  await press(head, 'Ver los datos')
  await expect(head.getByText(FACTS)).toBeVisible()
  await press(head, 'Registrar la identidad')
  await expect(head.getByRole('link', { name: 'Elija cómo comprobó la identidad.' })).toBeVisible()
  await expect(head.getByText(FACTS), 'what was opened stays while the answer is put right').toBeVisible()
  await identify(head, 'Vi la cédula original en la ventanilla.')
  await expect(head.getByText('La identidad quedó registrada.')).toBeVisible()
  await expect(head.getByText(FACTS)).toHaveCount(0)

  // In the other tab nothing has happened yet: it says what did, and keeps what was written there.
  await identify(second, 'Texto escrito en la otra pestaña.')
  await expect(second.getByText('La identidad de quien presentó la solicitud ya se comprobó.')).toBeVisible()
  await expect(second.getByLabel('Qué vio o con quién habló')).toHaveValue('Texto escrito en la otra pestaña.')
  await page.context().close()
})

async function identify(page: Page, text: string): Promise<void> {
  await page.getByRole('radio', { name: 'Mostró su documento de identidad' }).check()
  await page.getByLabel('Qué vio o con quién habló').fill(text)
  await press(page, 'Registrar la identidad')
}
