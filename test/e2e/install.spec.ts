/**
 * A real entity from its one-time link: an administrator builds it in the browser until its own people approve step 1;
 * then somebody leaves and whoever is named for the position finds the open task. No demonstration data, nothing written
 * to database or workflow.
 */
import { type Browser, expect, type Page, test } from '@playwright/test'
import { completeAnswers } from '../../catalog/demo/answers.ts'
import { appNow } from '../../db/clock.ts'
import { codeAt } from '../../db/totp.ts'
import { addDays } from '../../domain/civil-dates.ts'
import { stepAt } from '../../domain/second-factor.ts'
import { migrate } from '../../scripts/application.ts'
import { type System, startSystem } from '../support/system.ts'
import { expectReceipt, openFromInbox, sendStep, sign } from './acts.ts'
import { watch } from './people.ts'
import { fillStep } from './step-form.ts'

const PASSWORD = 'una frase larga y propia'
const ADMINISTRATOR = 'administracion@municipio.gov.co'

let system: System
const complaints: string[] = []

test.beforeAll(async () => {
  test.setTimeout(300_000)
  system = await startSystem({ env: { INSTALLATION: 'production' } })
})
test.afterAll(async () => await system?.stop())

test('an entity is built in the browser from its link, and an encargado takes over an open task', async ({
  browser,
}) => {
  test.setTimeout(300_000)
  const admin = await personAt(browser, 'administración')
  await test.step('the link makes the entity once', () => install(admin))
  const today = await test.step('the administrator builds agencies and positions', () => buildPosts(admin))
  const people = await test.step('people get tenures and accounts', () => bringPeople(browser, admin))
  await test.step('its own people approve step 1', () => approveStepOne(people))
  await test.step('who leaves is followed by an encargado', () => handOver(browser, admin, people.author, today))
  expect(complaints).toEqual([])
})

async function personAt(browser: Browser, who: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: system.url })
  const page = await context.newPage()
  watch(page, who, complaints)
  return page
}

async function install(page: Page): Promise<void> {
  const said = await migrate(system.env)
  const path = /\/instalar\/[\w-]{43}/.exec(said)?.[0] ?? ''
  expect(path, said).not.toBe('')
  expect((await page.request.get('/instalar/inventado')).status()).toBe(404)
  await page.goto(path)
  await page.getByRole('button', { name: 'Crear la entidad' }).click()
  await expect(page.getByText('Corrija lo siguiente para continuar:')).toBeVisible()
  const typed: [string, string][] = [
    ['Nombre oficial', 'Alcaldía Municipal de Prueba'],
    ['Nombre corto', 'Prueba'],
    ['NIT', '800197268-5'],
    ['Código DIVIPOLA', '08758'],
    ['Nombre completo', 'Administración del sistema'],
    ['Número de documento', '1.082.000.001'],
    ['Dependencia a la que pertenece', 'Oficina de Sistemas'],
    ['Acto que lo dispone', 'Decreto 1 de 2026'],
    ['Correo con el que entrará', ADMINISTRATOR],
    ['Contraseña', PASSWORD],
    ['Escríbala de nuevo', PASSWORD],
  ]
  for (const [label, value] of typed) await page.getByLabel(label, { exact: true }).fill(value)
  await page.getByRole('button', { name: 'Crear la entidad' }).click()
  // The check digit is wrong; nothing typed is lost but the password.
  await expect(page.getByRole('link', { name: /dígito de verificación/ })).toBeVisible()
  await expect(page.getByLabel('Nombre oficial', { exact: true })).toHaveValue('Alcaldía Municipal de Prueba')
  await page.getByLabel('NIT', { exact: true }).fill('800197268-4')
  await page.getByLabel('Contraseña', { exact: true }).fill(PASSWORD)
  await page.getByLabel('Escríbala de nuevo', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Crear la entidad' }).click()
  await enter(page, ADMINISTRATOR)
  expect((await page.request.get(path)).status()).toBe(404)
  expect(await migrate(system.env)).not.toContain('/instalar/')
}

async function enter(page: Page, email: string): Promise<void> {
  await expect(page).toHaveURL(/\/ingresar/)
  await page.getByLabel('Correo electrónico').fill(email)
  await page.getByLabel('Contraseña', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Ingresar', exact: true }).click()
  await expect(page).toHaveURL(/\/inicio$/)
  await setUpFactor(page)
}

/** A real entity asks it of whoever signs or administers, from the first day. */
async function setUpFactor(page: Page): Promise<void> {
  await page.goto('/cuenta')
  await page.getByRole('link', { name: 'Activar el segundo factor' }).click()
  await page.getByRole('button', { name: 'Empezar' }).click()
  await expect(page.getByRole('img', { name: 'Código QR con la clave de su segundo factor' })).toBeVisible()
  const key = ((await page.locator('code.breakable').textContent()) ?? '').replaceAll(' ', '')
  await page.getByLabel('Código de seis dígitos').fill(codeAt(bytesOf(key), stepAt(appNow())))
  await page.getByRole('button', { name: 'Confirmar' }).click()
  await expect(page.getByRole('heading', { name: 'Guarde sus códigos de recuperación' })).toBeVisible()
  await page.getByRole('button', { name: 'Ya los guardé' }).click()
  await expect(page.getByText('Le quedan 10 códigos de recuperación sin usar.')).toBeVisible()
  await page.goto('/inicio')
}

/** What base32 says. */
function bytesOf(key: string): Buffer {
  const bits = [...key]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

const POSTS = {
  author: { position: 'Profesional OGAC', duty: 'profesional_ogac', heads: false },
  head: { position: 'Jefatura OGAC', duty: 'jefatura_ogac', heads: true },
  reviewer: { position: 'Profesional SIG', duty: 'profesional_sig', heads: false },
} as const

async function buildPosts(admin: Page): Promise<string> {
  await admin.goto('/administracion/dependencias/nueva')
  await admin.getByLabel('Nombre de la dependencia').fill('Oficina de Atención al Ciudadano')
  await admin.getByLabel('Código (opcional)').fill('ogac')
  await admin.getByRole('button', { name: 'Registrar dependencia' }).click()
  await expect(admin.getByText('La dependencia quedó registrada.')).toBeVisible()
  for (const { position, duty, heads } of Object.values(POSTS)) {
    await admin.goto('/administracion/cargos/nuevo')
    await admin.getByLabel('Nombre del cargo').fill(position)
    await admin.getByLabel('Dependencia', { exact: true }).selectOption({ label: 'Oficina de Atención al Ciudadano' })
    await admin.getByLabel('Función').selectOption(duty)
    if (heads) await admin.getByLabel('Dirige la dependencia').check()
    await admin.getByRole('button', { name: 'Registrar cargo' }).click()
    await expect(admin.getByText('El cargo quedó registrado.')).toBeVisible()
  }
  await admin.goto('/administracion/cargos/nuevo')
  await admin.getByLabel('Nombre del cargo').fill('Profesional SIG')
  await admin.getByLabel('Dependencia', { exact: true }).selectOption({ label: 'Oficina de Atención al Ciudadano' })
  await admin.getByRole('button', { name: 'Registrar cargo' }).click()
  await expect(admin.getByText('Ya existe otro registro con este nombre.').first()).toBeVisible()
  await expect(admin.getByLabel('Nombre del cargo')).toHaveValue('Profesional SIG')
  await admin.goto('/administracion/vinculaciones/nueva')
  return await admin.getByLabel('Desde').inputValue()
}

type People = Record<keyof typeof POSTS, Page>

async function bringPeople(browser: Browser, admin: Page): Promise<People> {
  const pages = {} as People
  for (const [i, [role, { position }]] of Object.entries(POSTS).entries()) {
    const email = `${role}@municipio.gov.co`
    pages[role as keyof People] = await bringPerson(browser, admin, { position, email, document: `10820001${i}` })
    await vinculate(admin, { person: position, position, from: '2026-01-15' })
  }
  return pages
}

interface Someone {
  position: string
  email: string
  document: string
}

/** Registered by the administrator; the password is chosen with the link that is shown once. */
async function bringPerson(browser: Browser, admin: Page, { position, email, document }: Someone): Promise<Page> {
  await admin.goto('/administracion/personas/nueva')
  await admin.getByLabel('Nombre completo').fill(position)
  await admin.getByLabel('Número de documento').fill(document)
  await admin.getByLabel('Correo para avisos (opcional)').fill(email)
  await admin.getByRole('button', { name: 'Registrar persona' }).click()
  await expect(admin.getByText('La persona quedó registrada.')).toBeVisible()
  await admin.getByRole('button', { name: 'Abrir cuenta y hacer el enlace' }).click()
  const link = (await admin.getByTestId('enlace').textContent()) ?? ''
  await admin.goto(admin.url())
  await expect(admin.getByTestId('enlace')).toHaveCount(0)
  const page = await personAt(browser, position)
  await page.goto(link)
  await page.getByLabel('Contraseña nueva').fill(PASSWORD)
  await page.getByLabel('Escríbala de nuevo').fill(PASSWORD)
  await page.getByRole('button', { name: 'Guardar la contraseña' }).click()
  await expect(page).toHaveURL(/\/ingresar/)
  return page
}

interface Tenure {
  person: string
  position: string
  from: string
  /** An encargo until that day. */
  to?: string
}

async function vinculate(admin: Page, { person, position, from, to }: Tenure): Promise<void> {
  await admin.goto('/administracion/vinculaciones/nueva')
  await admin.getByLabel('Persona', { exact: true }).selectOption({ label: person })
  const option = admin.getByLabel('Cargo', { exact: true }).locator('option', { hasText: new RegExp(`^${position} ·`) })
  await admin.getByLabel('Cargo', { exact: true }).selectOption((await option.getAttribute('value')) ?? '')
  if (to) await admin.getByLabel('Encargo').check()
  await admin.getByLabel('Desde').fill(from)
  if (to) await admin.getByLabel('Hasta (opcional)').fill(to)
  await admin.getByLabel('Acto administrativo').fill('Resolución 10 de 2026')
  await admin.getByRole('button', { name: 'Registrar', exact: true }).click()
  await expect(admin.getByText('La vinculación quedó registrada.')).toBeVisible()
}

async function approveStepOne({ author, head, reviewer }: People): Promise<void> {
  await enter(author, 'author@municipio.gov.co')
  await enter(head, 'head@municipio.gov.co')
  await enter(reviewer, 'reviewer@municipio.gov.co')
  await head.goto('/ejercicios/nuevo')
  await head.getByLabel('Nombre del ejercicio').fill('Caracterización de ciudadanos 2026')
  await head.getByLabel('Número de radicado').fill('202608758000000001')
  await head.getByLabel('Serie documental (TRD)').fill('100.10.2')
  await head.getByRole('button', { name: 'Iniciar el ejercicio' }).click()
  await expectReceipt(head, 'Se inició el ejercicio.')
  await openFromInbox(author, 'Elaborar paso 1')
  await fillStep(author, '1', completeAnswers('1'), new Map())
  await sendStep(author, '1')
  await sign(reviewer, '1', 'review')
  await sign(head, '1', 'approve')
}

async function handOver(browser: Browser, admin: Page, leaving: Page, today: string): Promise<void> {
  await openFromInbox(leaving, 'Elaborar paso 2')
  await admin.goto('/administracion/vinculaciones')
  await admin.getByRole('link', { name: 'Profesional OGAC' }).click()
  await expect(admin.getByRole('link', { name: 'Elaborar el paso 2' })).toBeVisible()
  await expect(admin.getByText('Si hay tareas abiertas se avisa por correo a Jefatura OGAC.')).toBeVisible()
  await admin.getByLabel('Último día').fill(addDays(today, -1))
  await admin.getByLabel('Acto administrativo').fill('Resolución 20 de 2026')
  await admin.getByRole('button', { name: 'Registrar el fin' }).click()
  await expect(admin.getByText('El fin quedó registrado.')).toBeVisible()
  expect((await leaving.goto('/bandeja'))?.status()).toBe(403)
  await admin.goto('/administracion/correo')
  await expect(admin.getByText(/Profesional OGAC queda sin quien la ejerza/)).toBeVisible()

  const someone = { position: 'Persona encargada', email: 'encargo@municipio.gov.co', document: '1082000199' }
  const successor = await bringPerson(browser, admin, someone)
  const term = { from: today, to: addDays(today, 30) }
  await vinculate(admin, { person: 'Persona encargada', position: 'Profesional OGAC', ...term })
  await enter(successor, someone.email)
  await openFromInbox(successor, 'Elaborar paso 2')
  await expect(successor.getByRole('button', { name: 'Revisar y enviar' })).toBeVisible()
}
