/**
 * A second cycle (a journey of cali.spec.ts), on files as they come: a register in Windows-1252 under titles, its successor with renamed columns, a
 * workbook with two rows of header, rejects put right, the same file again; analysed, published, downloaded. What stands
 * in the forms of the steps is written behind the scenes (journey.spec.ts fills them in); the rest is done in the browser.
 */
import { readFileSync } from 'node:fs'
import type { Browser, Locator, Page } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import { submitStep } from '../../app/commands/submit-step.server.ts'
import { demoEntityId } from '../../db/seed.ts'
import type { StepCode } from '../../domain/procedures.ts'
import * as acts from '../../scripts/demonstration/acts.ts'
import { openCycle, type Product, untilOpen } from '../support/lived-in.ts'
import { openFromInbox, picture, sendStep } from './acts.ts'
import { DATASET, type Place, type Sources, writeDraft } from './messy-answers.ts'
import {
  CHANNELS,
  correctedRejects,
  REGISTER_BAD,
  REGISTER_ROWS,
  register,
  SURVEY_ROWS,
  surveyBook,
} from './messy-files.ts'
import { expect, type SignInAs, test, watch } from './people.ts'

const SLUG = 'cali'
const TWO_WAY = 'Canal según la zona'
const THREE_WAY = 'Canal según la zona y la edad'
const SEGMENT = 'Rural que usa la página'
const spanish = (n: number) => n.toLocaleString('es-CO')

interface People {
  browser: Browser
  signInAs: SignInAs
  complaints: string[]
}

/** The cycle worked on, in the product that runs. */
interface Work extends Place, Pick<Product, 'context'> {}

/** From the sources to what anyone downloads. */
export async function publishMessyFiles(
  { context }: Product,
  { browser, signInAs, complaints }: People,
): Promise<void> {
  const entityId = demoEntityId(SLUG)
  const cycleId = await openCycle(context, SLUG, 'cali-archivos', 2021)
  const [work, cycle] = [{ context, entityId, cycleId }, `/ejercicios/${cycleId}`]
  const sources: Sources = { register: '', survey: '' }
  const author = await signInAs('profesional_ogac', SLUG)
  const tic = await signInAs('profesional_tic', SLUG)
  let records = 0

  for (const code of ['1', '2'] as const) await behind(work, code, sources)
  await untilOpen(context, entityId, cycleId, '3')

  await test.step('the register is read as it is written, under its titles', async () => {
    sources.register = await attach(tic, cycle, 'Registro de atención 2024')
    await upload(tic, 'registro-2024.csv', register('first'))
    await expect(tic.getByLabel('Codificación')).toHaveValue('windows-1252')
    await expect(tic.getByLabel('Línea del encabezado')).toHaveValue('3')
    await expect(tic.getByRole('columnheader', { name: 'Tipo de comunicación' })).toBeVisible()
    await nameColumns(tic)
    await importAll(tic, REGISTER_ROWS, REGISTER_BAD)
  })

  await test.step('its successor has renamed columns: a task, and the proposal accepted', async () => {
    await upload(tic, 'registro-2024-corte-final.csv', register('next'))
    await expect(tic.getByRole('button', { name: 'Importar el archivo' })).toBeVisible()
    await openFromInbox(tic, 'Confirmar las columnas que cambiaron')
    await tic.getByRole('link', { name: 'Ver las columnas que cambiaron' }).click()
    await expect(tic.getByText('Antes se llamaba «Canal de atención» (el nombre es casi igual).')).toBeVisible()
    await expect(tic.getByText('Antes se llamaba «Grupo de edad» (trae los mismos valores).')).toBeVisible()
    await picture(tic, 'columnas-cambiadas')
    await importAll(tic, REGISTER_ROWS, REGISTER_BAD)
  })

  await test.step('rejects are put right and loaded again; the same file again adds nothing', async () => {
    const file = tic.waitForEvent('download')
    await tic.getByRole('button', { name: 'Descargar los rechazados (XLSX)' }).click()
    const { book, corrected } = await correctedRejects(await (await file).path())
    await upload(tic, 'rechazados-corregidos.xlsx', book, 'corregidos')
    records = REGISTER_ROWS + corrected
    await expectResult(tic, records, REGISTER_BAD - corrected)
    await picture(tic, 'fuente-corregida')
    await upload(tic, 'registro-2024-corte-final.csv', register('next'))
    await expect(tic.getByText('Ese mismo archivo ya está cargado en esta fuente. No se agregó nada.')).toBeVisible()
    await expectResult(tic, records, REGISTER_BAD - corrected)
  })

  await test.step('the profile says what each column holds; a personal one is shown against a reason', async () => {
    await tic.getByRole('link', { name: 'Ver el perfil de cada columna' }).click()
    await expect(tic.getByRole('heading', { level: 1, name: 'Perfil de la fuente' })).toBeVisible()
    await expect(tic.getByText('Personal: oculta').first()).toBeVisible()
    await tic.getByLabel('Columna', { exact: true }).selectOption({ index: 1 })
    await tic.getByLabel('Finalidad').selectOption({ index: 1 })
    await tic.getByLabel('Motivo').fill('Comprobar que el documento se leyó sin puntos.')
    await tic.getByRole('button', { name: 'Ver la muestra' }).click()
    await expect(tic.getByText(/^Muestra de «/)).toBeVisible()
  })

  await test.step('the survey is a workbook with two rows of header under a title', async () => {
    sources.survey = await attach(tic, cycle, 'Encuesta de salida 2024')
    await upload(tic, 'encuesta-de-salida.xlsx', surveyBook())
    await expect(tic.getByLabel('Fila del encabezado')).toHaveValue('2')
    await expect(tic.getByLabel('El encabezado ocupa')).toHaveValue('2')
    await more(tic, 'Experiencia · Calificación', 'Código', 'calificacion')
    await importAll(tic, SURVEY_ROWS, 0)
  })

  await complete(author, work, '3', sources)

  await test.step('two crosses become figures and a group becomes a segment', async () => {
    await untilOpen(context, entityId, cycleId, '4')
    await writeDraft(context, work, '4', sources)
    await settled(author, `${cycle}/analisis`)
    await cross(author, { Variable: 'Canal de atención', 'Cruzar con': 'Zona' })
    await cross(author, { Porcentajes: 'De cada columna' })
    await saveFigure(author, TWO_WAY)
    await cross(author, { 'Y según': 'Grupo de edad' })
    await saveFigure(author, THREE_WAY)
    await picture(author, 'analisis')
    await saveSegment(author, cycle)
  })

  await test.step('step 4 is completed with what only a person knows, and sent', async () => {
    await settled(author, `${cycle}/pasos/4`)
    const box = author.locator('section[id="segmentos"]').getByRole('group', { name: 'Segmento 4', exact: true })
    await box.getByLabel('Necesidades y expectativas').fill('Trámites completos en línea con poca señal.')
    await box.getByRole('checkbox', { name: 'Virtual' }).check()
    await sendStep(author, '4')
    await acts.signAll(context, entityId, cycleId, '4')
  })

  await behind(work, '5', sources)
  await complete(author, work, '6', sources)
  await complete(author, work, '7', sources, async () => {
    await settled(author, `${cycle}/divulgacion`)
    await author.getByRole('button', { name: 'Preparar archivos' }).click()
    await expect(author.getByText('Los archivos quedaron preparados.')).toBeVisible({ timeout: 60_000 })
  })

  await test.step('anyone downloads what was published', async () => {
    const anyone = await (await browser.newContext()).newPage()
    watch(anyone, 'anyone', complaints)
    await readRelease(anyone, records)
    await anyone.context().close()
  })
}

/** Opens a page and waits until React has taken it over. */
async function settled(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.waitForLoadState('networkidle')
}

/** A step written, sent and signed through the product's commands alone. */
async function behind(work: Work, code: StepCode, sources: Sources): Promise<void> {
  const { context, entityId, cycleId } = work
  await untilOpen(context, entityId, cycleId, code)
  const { rev } = await writeDraft(context, work, code, sources)
  const author = await acts.actorOf(context, entityId, 'profesional_ogac')
  await submitStep(context, author, { cycleId, stepCode: code, draftRev: rev })
  await acts.signAll(context, entityId, cycleId, code)
}

/** A step written behind the scenes, sent in the browser, and signed by everyone. */
async function complete(
  page: Page,
  work: Work,
  code: StepCode,
  sources: Sources,
  before: () => Promise<void> = async () => undefined,
): Promise<void> {
  await test.step(`step ${code} is sent and signed`, async () => {
    const { context, entityId, cycleId } = work
    await untilOpen(context, entityId, cycleId, code)
    await writeDraft(context, work, code, sources)
    await before()
    await settled(page, `/ejercicios/${cycleId}/pasos/${code}`)
    await sendStep(page, code)
    await acts.signAll(context, entityId, cycleId, code)
  })
}

/** The contract of a source; answers its id. */
async function attach(page: Page, cycle: string, name: string): Promise<string> {
  await settled(page, `${cycle}/fuentes/nueva`)
  await page.getByLabel('Nombre de la fuente').fill(name)
  await page.getByLabel('Organismo responsable de los datos').selectOption({ index: 1 })
  await page.getByLabel('Base legal que permite usarlos').fill('Ley 1755 de 2015.')
  await page.getByLabel('Clasificación de los datos').selectOption('semiprivada')
  await page.getByLabel('Periodo desde').fill('2024-01-01')
  await page.getByLabel('Periodo hasta').fill('2024-12-31')
  await page.getByRole('button', { name: 'Guardar y continuar con el archivo' }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  return new URL(page.url()).pathname.split('/').at(-1) ?? ''
}

async function upload(page: Page, name: string, buffer: Buffer, what: 'archivo' | 'corregidos' = 'archivo') {
  const [label, button] =
    what === 'archivo'
      ? ['Archivo CSV o XLSX', 'Cargar archivo']
      : ['Archivo corregido, XLSX o CSV', 'Cargar los corregidos']
  await page.getByLabel(label, { exact: true }).setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
  await page.getByRole('button', { name: button }).click()
}

const column = (page: Page, name: string) =>
  page.getByRole('group').filter({ has: page.locator(`legend code:text-is("${name}")`) })

/** Opens what stands behind «Más opciones» of a column and writes one of its fields. */
async function more(page: Page, name: string, label: string, value: string): Promise<void> {
  const fields = column(page, name)
  if (!(await fields.getByLabel(label, { exact: true }).isVisible())) await fields.getByText('Más opciones').click()
  await fields.getByLabel(label, { exact: true }).fill(value)
}

/** The codes of step 2 for the columns of the register, which channels there are, and what may not be missing. */
async function nameColumns(page: Page): Promise<void> {
  await more(page, 'Canal de atención', 'Código', 'canal')
  await more(page, 'Canal de atención', 'Valores permitidos, uno por línea', CHANNELS.join('\n'))
  await more(page, 'Tipo de comunicación', 'Código', 'tipo_comunicacion')
  await more(page, 'Grupo de edad', 'Código', 'grupo_etario')
  await more(page, 'Zona', 'Código', 'zona')
  await column(page, 'Zona').getByRole('checkbox', { name: 'Obligatoria' }).check()
  await column(page, 'Observación').getByLabel('Uso').selectOption({ label: 'No se importa' })
}

async function importAll(page: Page, rows: number, rejects: number): Promise<void> {
  await page.getByRole('button', { name: 'Importar el archivo' }).click()
  await expectResult(page, rows, rejects)
}

async function expectResult(page: Page, rows: number, rejects: number): Promise<void> {
  const fact = (term: string) => page.locator('dl > div', { hasText: term }).first().getByRole('definition')
  await expect(fact('Registros en el corte')).toHaveText(spanish(rows), { timeout: 60_000 })
  await expect(fact('Registros rechazados')).toHaveText(spanish(rejects))
}

async function cross(page: Page, choices: Record<string, string>): Promise<void> {
  for (const [label, option] of Object.entries(choices))
    await page.getByLabel(label, { exact: true }).selectOption({ label: option })
  await show(page)
}

const show = (page: Page) => asked(page, page.getByRole('button', { name: 'Ver resultado' }))

/** Sends a form that says everything in its address: the page is drawn anew once the address has changed. */
async function asked(page: Page, button: Locator): Promise<void> {
  const before = page.url()
  await button.click()
  await expect(page).not.toHaveURL(before)
}

async function saveFigure(page: Page, name: string): Promise<void> {
  await page.getByLabel('Nombre de la figura').fill(name)
  await page.getByRole('button', { name: 'Guardar como figura' }).click()
  await expect(page.getByText('La figura quedó en el borrador del paso 4.')).toBeVisible()
}

/** Zone and channel, one after the other, then its name. */
async function saveSegment(page: Page, cycle: string): Promise<void> {
  await settled(page, `${cycle}/segmentos`)
  const rule = page.locator('section[aria-labelledby="definir"]')
  const press = (name: string) => asked(page, rule.getByRole('button', { name }))
  await rule.getByLabel('Variable de la condición', { exact: true }).selectOption({ label: 'Zona' })
  await press('Ver tamaño')
  await rule.getByRole('checkbox', { name: 'Rural' }).check()
  await press('Agregar «y»')
  const conditions = rule.getByLabel('Variable de la condición', { exact: true })
  await expect(conditions).toHaveCount(2)
  await conditions.last().selectOption({ label: 'Canal de atención' })
  await press('Ver tamaño')
  await rule.getByRole('checkbox', { name: 'Web' }).check()
  await press('Ver tamaño')
  await expect(rule.getByRole('status')).toContainText('del total')
  await rule.getByLabel('Nombre del segmento').fill(SEGMENT)
  await rule.getByLabel('Sector al que pertenece').selectOption({ index: 1 })
  await picture(page, 'segmentos')
  await rule.getByRole('button', { name: 'Guardar segmento' }).click()
  await expect(page.getByText('El segmento quedó en el borrador del paso 4.')).toBeVisible()
}

interface Line {
  titulo: string
  fila: string
  columna: string
  registros: string
}

/** Every file is there; the CSV has the crosses as they were called, over all the records of the last snapshot. */
async function readRelease(page: Page, records: number): Promise<void> {
  await expect(async () => {
    await page.goto('/datos-abiertos')
    await expect(page.getByRole('link', { name: DATASET }).first()).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 60_000 })
  await page.getByRole('link', { name: DATASET }).first().click()
  await expect(page.getByRole('heading', { name: 'Archivos para descargar' })).toBeVisible()
  // The third variable of a cross is explained like the other two.
  await expect(page.getByRole('rowheader', { name: 'Grupo de edad' })).toBeVisible()
  const links = page.getByRole('link', { name: /^(Tablas|Diccionario|Informe)/ })
  expect(await links.count()).toBeGreaterThanOrEqual(8)
  for (const link of await links.all()) {
    const answer = await page.request.get((await link.getAttribute('href')) ?? '')
    expect([await link.textContent(), answer.status(), (await answer.body()).length > 500]).toEqual([
      expect.any(String),
      200,
      true,
    ])
  }
  const file = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Tablas en CSV', exact: true }).click()
  const csv = readFileSync(await (await file).path(), 'utf8')
  const lines: Line[] = parse(csv, {
    columns: true,
    bom: true,
    delimiter: csv.split('\n', 1)[0]?.includes(';') ? ';' : ',',
  })
  expect([...new Set(lines.map(({ titulo }) => titulo))]).toEqual(['Registros por canal', TWO_WAY, THREE_WAY])
  const whole = lines.filter((line) => line.titulo === TWO_WAY && line.fila === 'Total' && line.columna === 'Total')
  expect(whole.map(({ registros }) => registros)).toEqual([String(records)])
}
