/** A methodology of the entity's own: copied, changed and published by one person, chosen by another; a risk moves to it, and its old map stays as it was. */
import type { Page } from '@playwright/test'
import { picture } from './acts.ts'
import { expect, test } from './people.ts'
import { addControl, chooseKind, describeRisk, registerRisk } from './risk-forms.ts'

/** Of a kind that no other journey rates: what is chosen here is chosen for it alone. */
const KIND = 'guia_7:fiscal'
const COPY = 'Guía adaptada por la Alcaldía'
const ZONE = 'Alto, según la Alcaldía'

test('a copy with another weight is published and chosen, and a risk moves to it while its old map stays', async ({
  signInAs,
}) => {
  const keeper = await signInAs('jefatura_ogac')
  await chooseKind(keeper, KIND)
  await describeRisk(keeper, { rootCause: 'la falta de conciliación', times: '200', reputational: 'Mayor' })
  await registerRisk(keeper)
  const address = new URL(keeper.url()).pathname
  await addControl(keeper, { action: 'Concilia los pagos', type: /^Preventivo/ })
  await expect(traceOf(keeper)).toContainText('60 % − (60 % × 40 %) = 36 %')
  const before = await mapOf(keeper, `${address}/valoraciones/1`)
  expect(before).toContain('Alto')

  await publish(await signInAs('profesional_sig'))
  await chooseIt(keeper)
  await move(keeper, address)

  await keeper.goto(address)
  await expect(keeper.getByText(COPY).first()).toBeVisible()
  // Half instead of a quarter for being preventive, and fifteen for being done by hand: 65 %.
  await expect(traceOf(keeper)).toContainText('60 % − (60 % × 65 %) = 21 %')
  expect(await mapOf(keeper, `${address}/valoraciones/2`)).toContain(ZONE)
  await picture(keeper, 'valoracion-en-otra-metodologia')
  expect(await mapOf(keeper, `${address}/valoraciones/1`)).toBe(before)
})

const traceOf = (keeper: Page) =>
  keeper.getByRole('table', { name: 'Cada control se aplica sobre lo que queda del anterior' })

async function publish(keeper: Page): Promise<void> {
  await keeper.goto('/riesgos/metodologias')
  await keeper.getByRole('link', { name: 'Guía de riesgos, versión 7', exact: true }).first().click()
  await keeper.getByRole('button', { name: 'Hacer una copia para adaptarla' }).click()
  await expect(keeper.getByText('La copia está lista para adaptarla.')).toBeVisible()
  await keeper.getByLabel('Nombre de la metodología').fill(COPY)
  await keeper.getByRole('group', { name: 'Zona Alto' }).getByLabel('Nombre').fill(ZONE)
  const weight = keeper.getByLabel('Peso de Preventivo (%)')
  await weight.fill('150')
  await keeper.getByRole('button', { name: 'Guardar la copia' }).click()
  await expect(weight).toHaveAttribute('aria-invalid', 'true')
  await expect(keeper.getByRole('link', { name: /^Peso de Preventivo \(%\): Escriba un número entero/ })).toBeVisible()
  await expect(keeper.getByText('La copia está lista para adaptarla.')).toBeHidden()
  await expect(keeper.getByLabel('Nombre de la metodología')).toHaveValue(COPY)
  await weight.fill('50')
  await keeper.getByRole('button', { name: 'Guardar la copia' }).click()
  await expect(keeper.getByText('La copia quedó guardada.')).toBeVisible()
  await keeper.getByLabel('Por qué adapta la entidad esta metodología').fill('Prevenir vale más en esta entidad.')
  await keeper.getByRole('button', { name: 'Publicar la versión' }).click()
  await expect(keeper.getByText(/^La versión quedó publicada\..* no puede elegirla quien la publicó\.$/)).toBeVisible()
}

async function chooseIt(keeper: Page): Promise<void> {
  await keeper.goto('/riesgos/metodologias')
  await keeper.getByLabel('Tipología', { exact: true }).selectOption({ label: 'Fiscal' })
  const option = keeper.getByLabel('Metodología', { exact: true }).locator('option', { hasText: COPY }).first()
  await keeper.getByLabel('Metodología', { exact: true }).selectOption((await option.getAttribute('value')) ?? '')
  await keeper.getByLabel('Motivo').fill('La entidad la adaptó para los riesgos fiscales.')
  await keeper.getByRole('button', { name: 'Elegir', exact: true }).click()
  await expect(keeper.getByText('La elección quedó registrada.')).toBeVisible()
}

async function move(keeper: Page, address: string): Promise<void> {
  await keeper.goto(address)
  await keeper.getByRole('button', { name: 'Pasar a otra metodología' }).first().click()
  await keeper.getByLabel('Por qué se pasa a otra metodología').fill('La entidad eligió su propia versión.')
  await keeper.getByRole('button', { name: 'Pasar el riesgo' }).click()
  const confirmation = keeper.getByRole('group', { name: 'Confirmación de la tabla' })
  await expect(confirmation).toContainText('Marque que revisó la tabla y está de acuerdo con cada equivalencia.')
  await keeper.getByRole('checkbox').check()
  await keeper.getByRole('button', { name: 'Pasar el riesgo' }).click()
  await expect(keeper).toHaveURL(new RegExp(`${address}(\\?|$)`))
}

/** The map of an assessment as it stands on its page, in words. */
async function mapOf(keeper: Page, address: string): Promise<string> {
  await keeper.goto(address)
  const map = keeper.getByRole('region', { name: /^Matriz de / })
  await expect(map).toBeVisible()
  return (await map.textContent()) ?? ''
}
