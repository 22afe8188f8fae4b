/**
 * One municipality takes one cycle from objectives to published open data, in the browser and nowhere else: one context
 * per person, nothing written to database or workflow. `FULL=1` uploads the whole file of 338,142 records.
 */
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import { extractText, getDocumentProxy } from 'unpdf'
import { completeAnswers } from '../../catalog/demo/answers.ts'
import { CHANNELS, CITY_FILE_TOTAL, DEMO_FILE_NAME } from '../../catalog/demo/city-file.ts'
import { DEMO_PASSWORD } from '../../catalog/demo-users.ts'
import type { StepCode } from '../../domain/procedures.ts'
import { writeCityFile } from '../../scripts/generate-city-file.ts'
import { expectReceipt, openFromInbox, picture, sendStep, sign, type VERDICTS } from './acts.ts'
import { laterWeb } from './later-web.ts'
import { expect, test, watch } from './people.ts'
import { fillStep, type RowIds } from './step-form.ts'

const ROWS = process.env.FULL === '1' ? CITY_FILE_TOTAL : 5_000
const BAD = process.env.FULL === '1' ? 2_029 : 30
const spanish = (n: number) => n.toLocaleString('es-CO')

/** Who signs each step after its author, in the order of the procedure (MM-GAC-P-008 v2, responsables). */
const SIGNERS: Record<StepCode, [duty: string, verdict: keyof typeof VERDICTS][]> = {
  '1': [],
  '2': [
    ['profesional_sig', 'review'],
    ['jefatura_ogac', 'approve'],
  ],
  '3': [
    ['profesional_sig', 'review'],
    ['direccion_tic', 'approve'],
    ['jefatura_ogac', 'approve'],
  ],
  '4': [
    ['profesional_sig', 'review'],
    ['jefatura_ogac', 'approve'],
  ],
  '5': [
    ['profesional_sig', 'review'],
    ['direccion_tic', 'consent'],
    ['jefatura_comunicaciones', 'consent'],
    ['jefatura_ogac', 'approve'],
  ],
  // Profesional SIG reviews it after a break, with the password.
  '6': [
    ['jefatura_ogac', 'approve'],
    ['secretaria_general', 'approve'],
  ],
  '7': [
    ['profesional_sig', 'review'],
    ['direccion_tic', 'review'],
    ['jefatura_ogac', 'approve'],
    ['secretaria_general', 'approve'],
  ],
}

test('a municipality goes from objectives to published open data in the browser', async ({
  signInAs,
  browser,
  complaints,
}) => {
  test.setTimeout(process.env.FULL === '1' ? 1_200_000 : 600_000)
  const ids: RowIds = new Map()
  const author = await signInAs('profesional_ogac')
  const head = await signInAs('jefatura_ogac')
  let cycle = ''
  let source = ''

  const elaborate = async (code: StepCode) => {
    await openFromInbox(author, `Elaborar paso ${code}`)
    await fillStep(author, code, completeAnswers(code, { source }), ids)
    if (code === '1' || code === '4') await picture(author, `paso-${code}`)
  }
  const signAll = async (code: StepCode) => {
    for (const [duty, verdict] of SIGNERS[code]) await sign(await signInAs(duty), code, verdict)
  }

  await test.step('the head of the office starts a cycle', async () => {
    await picture(head, 'inicio')
    await head.goto('/ejercicios')
    await expect(head.getByText('Todavía no hay ejercicios')).toBeVisible()
    await head.getByRole('button', { name: 'Iniciar un ejercicio' }).first().click()
    await head.getByLabel('Nombre del ejercicio').fill('Caracterización de ciudadanos 2026')
    await head.getByLabel('Número de radicado').fill('202641730100009001')
    await head.getByLabel('Serie documental (TRD)').fill('4173.010.22.2.')
    await head.getByRole('button', { name: 'Iniciar el ejercicio' }).click()
    await expectReceipt(head, 'Se inició el ejercicio.')
    cycle = head.url().replace(/\/actos\/.*$/, '')
  })

  await test.step('step 1 is sent back once, and once taken back while somebody reads it', async () => {
    await elaborate('1')
    await sendStep(author, '1')
    await sendBack(await signInAs('profesional_sig'))
    await openFromInbox(author, 'Elaborar paso 1')
    await expect(author.getByText('Devuelto con observaciones').first()).toBeVisible()
    await expect(author.getByText('Diga para qué se usará cada resultado.').first()).toBeVisible()
    await author
      .getByLabel('Objetivo general')
      .fill('Identificar las características de quienes se comunican con la Alcaldía.')
    await sendStep(author, '1')
    await sign(await signInAs('profesional_sig'), '1', 'review')
    await approveStalePage(head, author, await signInAs('profesional_sig'), cycle)
  })

  await test.step('step 2: variables', async () => {
    await elaborate('2')
    await sendStep(author, '2')
    await signAll('2')
  })

  await test.step('step 3: Profesional TIC uploads the file and says what each column is', async () => {
    const tic = await signInAs('profesional_tic')
    await openFromInbox(author, 'Elaborar paso 3')
    source = await attachSource(tic, cycle)
    await elaborate('3')
    await sendStep(author, '3')
    await signAll('3')
  })

  for (const code of ['4', '5', '6'] as const) {
    await test.step(`step ${code}`, async () => {
      await elaborate(code)
      await sendStep(author, code)
      if (code === '6') await reviewLater(await signInAs('profesional_sig'), cycle)
      await signAll(code)
    })
  }

  await test.step('step 7: the exact files are prepared, signed and published', async () => {
    await elaborate('7')
    await author.getByRole('button', { name: 'Guardar borrador', exact: true }).last().click()
    await expect(author.getByText(/^Guardado/).first()).toBeVisible()
    await author.goto(`${cycle}/divulgacion`)
    await author.getByRole('button', { name: 'Preparar archivos' }).click()
    await expect(author.getByText('Los archivos quedaron preparados.')).toBeVisible({ timeout: 60_000 })
    await picture(author, 'divulgacion')
    await author.goto(`${cycle}/pasos/7`)
    await sendStep(author, '7')
    await signAll('7')
    await head.goto(cycle)
    await expect(head.getByText('El ejercicio terminó')).toBeVisible({ timeout: 30_000 })
    const consents = 'Aprobado por Jefatura OGAC, con visto bueno de Dirección TIC y Jefatura de Comunicaciones, el '
    await expect(head.getByText(consents)).toBeVisible()
    // Whoever opens the receipt of somebody else is not told that they signed.
    const line = head.getByRole('listitem').filter({ hasText: 'Secretaría General aprobó el paso 7' })
    await line.getByRole('link', { name: 'Comprobante' }).click()
    await expectReceipt(head, 'El paso 7 quedó con esta firma.')
    await head.goto(cycle)
    await picture(head, 'ejercicio')
  })

  await test.step('anyone reads the open data and checks the report, without signing in', async () => {
    const context = await browser.newContext()
    const anyone = await context.newPage()
    watch(anyone, 'anyone', complaints)
    const report = await readOpenData(anyone)
    await verifyReport(anyone, report)
    await context.close()
  })
})

async function sendBack(page: Page): Promise<void> {
  await openFromInbox(page, 'Revisar paso 1')
  await page.getByText('Observaciones por grupo').click()
  await page.getByRole('button', { name: 'Devolver con observaciones' }).click()
  await expect(page.getByText('Escriba al menos una observación para devolver el paso.').first()).toBeVisible()
  await page.getByLabel(/^Sobre «.*bjetivos/).fill('Diga para qué se usará cada resultado.')
  await picture(page, 'decision')
  await page.getByRole('button', { name: 'Devolver con observaciones' }).click()
  await expectReceipt(page, 'El paso 1 fue devuelto con observaciones.')
  await expect(page.getByText('Diga para qué se usará cada resultado.')).toBeVisible()
}

/** What the head is reading is taken back, changed and sent again: the approval of the old content is refused, with the difference. */
async function approveStalePage(head: Page, author: Page, reviewer: Page, cycle: string): Promise<void> {
  await openFromInbox(head, 'Aprobar paso 1')
  const signed = head.getByRole('region', { name: 'Firmas' }).getByRole('listitem')
  await expect(signed.filter({ hasText: 'Revisó' })).toContainText('Profesional SIG')
  await expect(signed.filter({ hasText: 'Aprobó' })).toContainText('Falta Jefatura OGAC')
  await author.goto(`${cycle}/pasos/1`)
  await author.getByRole('button', { name: 'Retirar el envío' }).click()
  await author.getByLabel('Motivo').fill('Falta precisar a quién se refiere el objetivo.')
  await author.getByRole('button', { name: 'Retirar el envío' }).click()
  await expectReceipt(author, 'Se retiró el envío del paso 1.')
  await expect(author.getByText('Falta precisar a quién se refiere el objetivo.')).toBeVisible()
  await expect(author.getByText('Contenido firmado')).toHaveCount(0)
  await openFromInbox(author, 'Elaborar paso 1')
  await author
    .getByLabel('Objetivo general')
    .fill('Identificar las características de las personas naturales y jurídicas.')
  await sendStep(author, '1')
  await sign(reviewer, '1', 'review')
  const answer = head.waitForResponse((response) => response.request().method() === 'POST')
  await head.getByRole('button', { name: 'Aprobar', exact: true }).click()
  expect((await answer).status()).toBe(409)
  const difference = head.getByRole('alert')
  await expect(difference.getByText('las personas naturales y jurídicas').first()).toBeVisible()
  // The page has read what stands now: whoever decides again here decides on that.
  await expect(head.getByText('Versión 3, enviada por Profesional OGAC')).toBeVisible()
  await picture(head, 'contenido-cambiado')
  await head.getByRole('button', { name: 'Aprobar', exact: true }).click()
  await expectReceipt(head, 'Usted firmó el paso 1.')
}

/** Contract, upload in the browser, columns, import; answers the source's id. */
async function attachSource(page: Page, cycle: string): Promise<string> {
  await page.goto(`${cycle}/fuentes`)
  await page.getByRole('button', { name: 'Adjuntar una fuente' }).first().click()
  await page.getByLabel('Nombre de la fuente').fill('Comunicaciones recibidas 2024')
  await page
    .getByLabel('Organismo responsable de los datos')
    .selectOption({ label: 'Oficina de Gestión para la Atención al Ciudadano' })
  await page
    .getByLabel('Base legal que permite usarlos')
    .fill('Ley 1755 de 2015 y Ley 1581 de 2012, artículo 10, literal a.')
  await page.getByLabel('Clasificación de los datos').selectOption('sensible')
  await page.getByLabel('Periodo desde').fill('2024-01-01')
  await page.getByLabel('Periodo hasta').fill('2024-12-31')
  await page.getByRole('button', { name: 'Guardar y continuar con el archivo' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Comunicaciones recibidas 2024' })).toBeVisible()
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  const folder = await mkdtemp(join(tmpdir(), 'caracteriza-file-'))
  try {
    const file = join(folder, DEMO_FILE_NAME)
    await writeCityFile(file, { rows: ROWS })
    await page.getByLabel('Archivo CSV').setInputFiles(file)
    await page.getByRole('button', { name: 'Cargar archivo' }).click()
    await importAs(page)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return id
}

async function importAs(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'Importar el archivo' })).toBeVisible({ timeout: 120_000 })
  const column = (name: string) => page.getByRole('group', { name: new RegExp(`^${name}\\b`) })
  for (const name of ['canal', 'organismo', 'fecha_radicacion']) {
    await column(name).getByText('Más opciones').click()
    await column(name).getByRole('checkbox', { name: 'Obligatoria' }).check()
  }
  await column('canal')
    .getByLabel('Valores permitidos, uno por línea')
    .fill(CHANNELS.map(([value]) => value).join('\n'))
  await picture(page, 'columnas')
  await page.getByRole('button', { name: 'Importar el archivo' }).click()
  await expect(page.getByText('Registros en el corte')).toBeVisible({ timeout: 300_000 })
  const fact = (term: string) => page.locator('dl > div', { hasText: term }).first().getByRole('definition')
  await expect(fact('Registros en el corte')).toHaveText(spanish(ROWS))
  await expect(fact('Registros rechazados')).toHaveText(spanish(BAD))
  await picture(page, 'fuente')
}

/** Ten minutes after signing in, the password is asked for again inside the form that signs. */
async function reviewLater(page: Page, cycle: string): Promise<void> {
  const later = await laterWeb(10)
  try {
    const { pathname } = new URL(cycle)
    await page.goto(`${later.url}${pathname}/pasos/6/revision`)
    const password = page.getByLabel('Su contraseña')
    const typed = page.getByRole('checkbox', { name: 'Leí la lista de cifras digitadas' })
    if (await typed.isVisible()) await typed.check()
    await page.getByRole('button', { name: 'Revisado: cumple' }).click()
    await expect(page.getByText('Escriba su contraseña para firmar.').first()).toBeVisible()
    await password.fill(DEMO_PASSWORD)
    await page.getByRole('button', { name: 'Revisado: cumple' }).click()
    await expectReceipt(page, 'Usted firmó el paso 6.')
  } finally {
    await later.stop()
  }
}

interface Report {
  bytes: Buffer
  code: string
  address: string
}

/** The tables add up to the accepted records, less what is hidden; answers the report as downloaded. */
async function readOpenData(page: Page): Promise<Report> {
  await expect(async () => {
    await page.goto('/datos-abiertos')
    await expect(page.getByRole('link', { name: /Santa Marta/ }).first()).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 60_000 })
  await picture(page, 'datos-abiertos')
  await page
    .getByRole('link', { name: /Santa Marta/ })
    .first()
    .click()
  await expect(page.getByRole('heading', { name: 'Archivos para descargar' })).toBeVisible()
  await picture(page, 'conjunto')
  expectTotals((await download(page, 'Tablas en CSV')).toString('utf8'))
  const json = JSON.parse((await download(page, 'Tablas en JSON, con los metadatos')).toString('utf8'))
  expect(JSON.stringify(json)).toContain(String(ROWS))
  const bytes = await download(page, 'Informe firmado en PDF')
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true })
  for (const position of ['Profesional OGAC', 'Profesional SIG', 'Jefatura OGAC', 'Secretaría General']) {
    expect(text).toContain(position)
  }
  const address = /https?:\/\/\S*\/verificar\/[A-Z0-9-]+/.exec(text)?.[0] ?? ''
  expect(address).not.toBe('')
  return { bytes, address, code: address.split('/').at(-1) ?? '' }
}

async function download(page: Page, name: string): Promise<Buffer> {
  const file = page.waitForEvent('download')
  await page.getByRole('link', { name, exact: true }).click()
  return readFileSync(await (await file).path())
}

interface Line {
  tabla: string
  variable_columna: string
  fila: string
  columna: string
  registros: string
}

function expectTotals(csv: string): void {
  const lines: Line[] = parse(csv, {
    columns: true,
    bom: true,
    delimiter: csv.split('\n', 1)[0]?.includes(';') ? ';' : ',',
  })
  const tables = [...new Set(lines.map((line) => line.tabla))]
  expect(tables.length).toBe(6)
  for (const table of tables) {
    const own = lines.filter((line) => line.tabla === table)
    const isTotal = (line: Line) => line.fila === 'Total' || line.columna === 'Total'
    const grand = own.find(
      (line) => line.fila === 'Total' && (line.columna === 'Total' || line.variable_columna === ''),
    )
    const cells = own.filter((line) => !isTotal(line))
    const shown = cells.filter((line) => /^\d+$/.test(line.registros))
    const sum = shown.reduce((total, line) => total + Number(line.registros), 0)
    expect(grand?.registros, table).toBe(String(ROWS))
    if (shown.length === cells.length) expect(sum, table).toBe(ROWS)
    else expect(sum, table).toBeLessThan(ROWS)
  }
}

/** The printed code names who signed; the same bytes are the document, any other are not. */
async function verifyReport(page: Page, { bytes, address }: Report): Promise<void> {
  await page.goto(new URL(address).pathname)
  for (const position of ['Profesional OGAC', 'Profesional SIG', 'Jefatura OGAC', 'Secretaría General']) {
    await expect(page.getByRole('table').getByText(position).first()).toBeVisible()
  }
  const compare = async (buffer: Buffer) => {
    await page.getByLabel('Archivo PDF').setInputFiles({ name: 'informe.pdf', mimeType: 'application/pdf', buffer })
    await page.getByRole('button', { name: 'Comparar' }).click()
  }
  await compare(bytes)
  await expect(page.getByText('Sí, es el documento')).toBeVisible()
  await compare(Buffer.concat([bytes, Buffer.from('\n')]))
  await expect(page.getByText('No: este archivo no es el documento firmado')).toBeVisible()
  await picture(page, 'verificar')
}
