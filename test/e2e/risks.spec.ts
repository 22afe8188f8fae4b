/**
 * The risk map in the browser, by each of its people: the worked example of the guide (domain.md §2) rated and controlled, a run
 * executed and checked by somebody else, internal audit that reads and reports, and an acceptance signed without a pointer.
 */
import type { Page } from '@playwright/test'
import { DEMO_PASSWORD } from '../../catalog/demo-users.ts'
import { picture } from './acts.ts'
import { load, tabTo } from './keys.ts'
import { expect, type SignInAs, test } from './people.ts'
import { addControl, choose, chooseKind, describeRisk, registerRisk } from './risk-forms.ts'

const OWNER = 'jefatura_ogac'
const EXECUTOR = 'direccion_tic'
const SECOND_LINE = 'profesional_sig'
const THIRD_LINE = 'control_interno'
const COMMITTEE = 'alcaldia'

/** 60 % × 80 %, a preventive manual control of 40 % and a detective manual one of 30 %. */
test('the worked example of the guide is rated and controlled by its owner', async ({ signInAs }) => {
  const owner = await signInAs(OWNER)
  await chooseKind(owner)
  await describeRisk(owner, { rootCause: '', times: '200', reputational: 'Mayor' })
  await owner.getByRole('button', { name: 'Revisar' }).click()
  await expect(owner.getByLabel('Causa raíz')).toHaveAttribute('aria-invalid', 'true')
  await expect(owner.getByLabel('Veces al año que se hace la actividad')).toHaveValue('200')
  await owner.getByLabel('Causa raíz').fill('la falta de un responsable')
  await owner.getByRole('button', { name: 'Revisar' }).click()
  await expect(owner.getByLabel('Redacción del riesgo')).toHaveValue(/debido a la falta de un responsable$/)
  await expect(owner.getByText('Supera el apetito de riesgo')).toBeVisible()
  await picture(owner, 'riesgo-por-registrar')
  // The way back of the browser leads to the fields as they were, and so does loading them again.
  await owner.goBack()
  for (const isLoaded of [false, true]) {
    if (isLoaded) await owner.reload()
    await expect(owner.getByLabel('Causa raíz')).toHaveValue('la falta de un responsable')
    await expect(owner.getByLabel('Impacto reputacional', { exact: true })).toHaveValue('mayor')
    await expect(owner.getByLabel('Cargo que responde por el riesgo')).not.toHaveValue('')
  }
  await owner.getByRole('button', { name: 'Revisar' }).click()
  await expect(owner.getByLabel('Redacción del riesgo')).toHaveValue(/debido a la falta de un responsable$/)
  await owner.getByRole('button', { name: 'Volver y corregir' }).click()
  await expect(owner.getByLabel('Veces al año que se hace la actividad')).toHaveValue('200')
  await owner.getByLabel('Causa raíz').fill('la falta de un responsable de los retiros')
  await owner.getByRole('button', { name: 'Revisar' }).click()
  await expect(owner.getByLabel('Redacción del riesgo')).toHaveValue(
    /debido a la falta de un responsable de los retiros$/,
  )
  const matrix = owner.getByRole('region', { name: /^Dónde queda en la matriz/ })
  await expect(matrix.getByText('Aquí: Alto')).toBeVisible()
  const size = owner.viewportSize()
  await owner.setViewportSize({ width: 360, height: 740 })
  expect(await matrix.evaluate(brokenWords)).toEqual([])
  expect(await matrix.evaluate((one) => one.scrollWidth - one.clientWidth)).toBeLessThanOrEqual(1)
  if (size) await owner.setViewportSize(size)
  await owner.getByRole('button', { name: 'Registrar el riesgo' }).click()
  await expect(owner.getByText('El riesgo quedó registrado.')).toBeVisible()
  await expect(placeOf(owner, 'Antes de los controles')).toContainText('60 %')
  await expect(placeOf(owner, 'Antes de los controles')).toContainText('80 %')
  await expect(placeOf(owner, 'Antes de los controles')).toContainText('Alto')

  await addControl(owner, { action: 'Verifica las novedades de personal', type: /^Preventivo/ })
  await addControl(owner, { action: 'Coteja el listado de accesos', type: /^Detectivo/ })
  const trace = owner.getByRole('table', { name: 'Cada control se aplica sobre lo que queda del anterior' })
  await expect(trace).toContainText('60 % − (60 % × 40 %) = 36 %')
  await expect(trace).toContainText('36 % − (36 % × 30 %) = 25,2 %')
  const declared = placeOf(owner, 'Residual declarado')
  await expect(declared).toContainText('Baja')
  await expect(declared).toContainText('25,2 %')
  await expect(declared).toContainText('Mayor')
  await expect(declared).toContainText('Alto')
  await expect(placeOf(owner, 'Residual demostrado')).toContainText('60 %')
  await picture(owner, 'riesgo')

  await owner.getByRole('link', { name: 'Ver y decidir el tratamiento' }).click()
  await expect(owner.getByText(/zona Alto no se acepta|no se acepta/).first()).toBeVisible()
})

test('a risk of corruption is rated without script, and rated anew by keys alone', async ({ browser, signInAs }) => {
  const owner = await signInAs(OWNER)
  const storageState = await owner.context().storageState()
  const viewport = { width: 360, height: 740 }
  const plain = await (await browser.newContext({ storageState, viewport, javaScriptEnabled: false })).newPage()
  const page = await corruptionRisk(plain)
  await page.getByRole('radio', { name: 'No', exact: true }).last().check()
  await page.getByRole('button', { name: 'Revisar' }).click()
  await expect(page.getByText(/^Sin esta parte no es un riesgo de corrupción/).last()).toBeVisible()
  await expect(page.getByText(/^Marque al menos una pregunta/).last()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Pasarlo a Gestión' })).toBeVisible()
  // Enter in a field reads it over, and takes it to no other kind.
  const sent = page.waitForRequest((one) => one.method() === 'POST')
  await page.getByLabel('Causa raíz').press('Enter')
  expect(new URL((await sent).url()).searchParams.get('tipo')).toBe('corrupcion:corrupcion')
  await expect(page.getByRole('button', { name: 'Pasarlo a Gestión' })).toBeVisible()
  await page.getByRole('radio', { name: 'Sí', exact: true }).last().check()
  await page.getByLabel('¿Dar lugar a procesos penales?').check()
  await page.getByRole('button', { name: 'Revisar' }).click()
  await expect(page.getByText('La entidad no tolera riesgos de esta tipología en ninguna zona')).toBeVisible()
  // On a telephone the wording is read whole.
  const wording = page.getByLabel('Redacción del riesgo')
  expect(await wording.evaluate((one) => one.scrollHeight - one.clientHeight)).toBeLessThanOrEqual(1)
  await page.getByRole('button', { name: 'Registrar el riesgo' }).click()
  await expect(page.getByText('El riesgo quedó registrado.')).toBeVisible()
  const address = new URL(page.url()).pathname

  await load(owner, `${address}/valoracion`)
  await tabTo(owner, { name: 'reason' })
  await owner.keyboard.type('Se presentó una vez este año.')
  await tabTo(owner, { text: 'Revisar' })
  await owner.keyboard.press('Enter')
  await expect(owner.getByRole('heading', { level: 1, name: /^Revise la valoración del riesgo/ })).toBeVisible()
  await tabTo(owner, { text: 'Registrar la valoración' })
  await owner.keyboard.press('Enter')
  await expect(owner.getByText('La nueva valoración quedó registrada.')).toBeVisible()
  await plain.context().close()
})

/** Words that stand on more than one line. */
function brokenWords(region: Element): string[] {
  const texts = document.createTreeWalker(region, NodeFilter.SHOW_TEXT)
  const broken: string[] = []
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    for (const { 0: word, index } of (text.textContent ?? '').matchAll(/\p{L}+/gu)) {
      const range = document.createRange()
      range.setStart(text, index)
      range.setEnd(text, index + word.length)
      if (range.getClientRects().length > 1) broken.push(word)
    }
  }
  return broken
}

/** All of it filled in, but that one part of its definition and every question are not answered with a yes. */
async function corruptionRisk(page: Page): Promise<Page> {
  await page.goto('/riesgos/nuevo?tipo=corrupcion:corrupcion')
  for (const yes of await page.getByRole('radio', { name: 'Sí', exact: true }).all()) await yes.check()
  await page.getByLabel('Proceso', { exact: true }).fill('Contratación')
  await page.getByLabel('Objetivo del proceso').fill('Contratar con transparencia los operativos.')
  await choose(page, 'Cargo que responde por el riesgo', /^Jefatura OGAC/)
  await page.getByLabel('Qué se vería afectado').selectOption({ label: 'Afectación económica' })
  await page.getByLabel('Causa inmediata').fill('pliegos hechos para un proponente')
  await page.getByLabel('Causa raíz').fill('la falta de revisión de los pliegos')
  await page.getByLabel('Clasificación').selectOption({ index: 1 })
  await page.getByLabel('Factor').selectOption({ index: 1 })
  await page.getByLabel('Consecuencias').fill('Investigaciones')
  await page.getByLabel('Cada cuánto se ha presentado').selectOption('posible')
  return page
}

test('a run is executed, checked and counted, and internal audit reads it and reports', async ({ signInAs }) => {
  const { address, control } = await moderateRisk(signInAs)
  const executor = await signInAs(EXECUTOR)
  await openRun(executor, `${address}/controles/${control}`)
  await executor.getByRole('button', { name: 'Registrar la ejecución' }).click()
  await expect(executor.getByLabel('Archivo', { exact: true })).toHaveAttribute('aria-invalid', 'true')
  await executor.getByLabel('Archivo', { exact: true }).setInputFiles({
    ...{ name: 'novedades.txt', mimeType: 'text/plain' },
    buffer: Buffer.from('Novedades de personal revisadas en el período.'),
  })
  await executor.getByRole('button', { name: 'Registrar la ejecución' }).click()
  await expect(executor.getByText('La ejecución quedó registrada y espera verificación.')).toBeVisible()
  await expect(executor.getByRole('button', { name: 'Verificar la evidencia' })).toHaveCount(0)
  await picture(executor, 'ejecucion')

  const checker = await signInAs(SECOND_LINE)
  await openWaiting(checker, control)
  const late = await checker.context().newPage()
  await load(late, checker.url())
  await late.getByLabel('Motivo').fill('No se ve quién lo revisó.')
  await load(checker, checker.url())
  await tabTo(checker, { text: 'Verificar la evidencia' })
  await checker.keyboard.press('Enter')
  await expect(checker.getByText(/^La verificación quedó registrada/)).toBeVisible()
  // Sent too late: the page shows the run of now, and gives back what was written.
  await late.getByRole('button', { name: 'Devolver con el motivo' }).click()
  await expect(late.getByRole('alert')).toContainText('No se ve quién lo revisó.')
  await expect(late.getByText('Verificado').first()).toBeVisible()
  await expect(late.getByRole('button', { name: 'Devolver con el motivo' })).toHaveCount(0)
  await late.close()

  const auditor = await signInAs(THIRD_LINE)
  await auditor.goto(address)
  await expect(auditor.getByText('Evidencia vigente').first()).toBeVisible()
  for (const name of ['Agregar un control', 'Valorar de nuevo'])
    await expect(auditor.getByRole('button', { name })).toHaveCount(0)
  await expect(auditor.getByRole('button', { name: 'Retirar el control' })).toHaveCount(0)
  await report(auditor)

  const owner = await signInAs(OWNER)
  await owner.goto(`${address}/tratamiento`)
  await owner.getByLabel('Por qué se puede asumir').fill('El control funciona y reducirlo más cuesta más que el daño.')
  await owner.getByRole('button', { name: 'Pedir la aceptación' }).click()
  await expect(owner.getByLabel('Aceptar hasta el')).toHaveAttribute('aria-invalid', 'true')
  await owner.getByLabel('Aceptar hasta el').fill(inTwoMonths())
  await owner.getByRole('button', { name: 'Pedir la aceptación' }).click()
  await expect(owner.getByText(/^La aceptación quedó pedida\./)).toBeVisible()
  await expect(owner.getByRole('button', { name: 'Firmar y aceptar' })).toHaveCount(0)

  const mayor = await signInAs(COMMITTEE)
  await acceptByKeys(mayor, `${address}/tratamiento`)
  await picture(mayor, 'aceptacion')
})

/** A risk that may be accepted once its control is shown to work; answers its address and the code of the control. */
async function moderateRisk(signInAs: SignInAs): Promise<{ address: string; control: string }> {
  const owner = await signInAs(OWNER)
  await chooseKind(owner)
  await describeRisk(owner, { rootCause: 'la falta de un responsable', times: '2', reputational: 'Moderado' })
  await registerRisk(owner)
  await addControl(owner, { action: 'Verifica las novedades de personal', type: /^Preventivo/, every: /^Anual/ })
  const link = owner.getByRole('link', { name: /^Abrir el control C-/ })
  return { address: new URL(owner.url()).pathname, control: (await link.textContent()) ?? '' }
}

const placeOf = (page: Page, place: string) => page.getByRole('row', { name: new RegExp(`^${place}`) })

/** From its control: it waits in the inbox from the first working day, which may be after the day of this test. */
async function openRun(page: Page, control: string): Promise<void> {
  const link = page.getByRole('link', { name: /^Abrir la ejecución/ })
  await expect(async () => {
    await page.goto(control)
    await expect(link.first()).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 60_000 })
  await link.first().click()
  await expect(page.getByRole('heading', { level: 1, name: /^Ejecución de/ })).toBeVisible()
}

async function openWaiting(page: Page, control: string): Promise<void> {
  const waiting = page.getByRole('region', { name: 'Controles por ejecutar o verificar' })
  const link = waiting.getByRole('link', { name: new RegExp(control) })
  await expect(async () => {
    await page.goto('/bandeja')
    await expect(link.first()).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 60_000 })
  await link.first().click()
  await expect(page.getByRole('heading', { level: 1, name: /^Ejecución de/ })).toBeVisible()
}

function inTwoMonths(): string {
  return new Date(Date.now() + 60 * 86_400_000).toLocaleDateString('sv', { timeZone: 'America/Bogota' })
}

async function report(auditor: Page): Promise<void> {
  await auditor.goto('/mejora/hallazgos')
  await auditor.getByRole('button', { name: 'Registrar un hallazgo' }).first().click()
  await auditor.getByLabel('Qué lo mostró').selectOption('audit')
  await auditor.getByLabel('Documento o hecho').fill('Informe de auditoría interna 09 de 2026')
  await auditor.getByLabel('Fecha del documento').fill('2026-03-02')
  await auditor.getByLabel('Criterio').fill('Los accesos se retiran cuando termina la vinculación.')
  await auditor.getByLabel('Condición').fill('Un acceso siguió activo después del traslado.')
  await auditor.getByLabel('Causa', { exact: true }).fill('La novedad no llegó a tiempo.')
  await auditor.getByLabel('Efecto').fill('Se pudieron consultar datos sin delegación.')
  await choose(auditor, 'Cargo que responde por el plan', /^Dirección TIC/)
  await auditor.getByRole('button', { name: 'Registrar el hallazgo' }).click()
  await expect(auditor.getByRole('heading', { level: 1, name: /^Hallazgo H/ })).toBeVisible()
}

/** Tab, letters and Enter alone. */
async function acceptByKeys(mayor: Page, address: string): Promise<void> {
  await load(mayor, address)
  await tabTo(mayor, { name: 'observation' })
  await mayor.keyboard.type('Se acepta hasta su próxima revisión.')
  if (await mayor.getByLabel('Su contraseña').first().isVisible()) {
    await mayor.keyboard.press('Tab')
    await mayor.keyboard.type(DEMO_PASSWORD)
  }
  await tabTo(mayor, { text: 'Firmar y aceptar' })
  await mayor.keyboard.press('Enter')
  await expect(mayor.getByText('El riesgo quedó aceptado y firmado.')).toBeVisible({ timeout: 30_000 })
  await expect(mayor.getByRole('link', { name: /^Comprobante / })).toBeVisible()
}
