/** A delegated access in the browser, from the head of an organismo to its end, with a mistake on the way of each person. */
import type { Page } from '@playwright/test'
import { DEMO_PASSWORD } from '../../catalog/demo-users.ts'
import { picture } from './acts.ts'
import { reviewInBrowser } from './campaign.ts'
import { captureWithoutScript } from './capture.ts'
import { expect, test } from './people.ts'

const WAITING = 'Accesos que esperan por usted'
const REASON = 'Atiende los martes en la ventanilla.'

test('an access is asked for, accepted, approved, used and revoked in the browser', async ({ browser, signInAs }) => {
  const head = await signInAs('dependencia')
  await askWithoutRadicado(head)
  await head.getByLabel('Radicado de la comunicación interna').fill('202641730100001504')
  await head.getByLabel('Fecha de la comunicación').fill(today())
  await head.getByRole('button', { name: 'Pedir el acceso' }).click()
  await expect(head.getByText('La solicitud quedó registrada.')).toBeVisible()

  const clerk = await signInAs('atencion')
  await openWaiting(clerk)
  await clerk.getByRole('button', { name: 'Aceptar el compromiso' }).click()
  await expect(clerk.getByRole('link', { name: 'Marque que leyó y acepta el compromiso.' })).toBeVisible()
  await clerk.getByRole('checkbox', { name: 'Leí y acepto este compromiso' }).check()
  await clerk.getByRole('button', { name: 'Aceptar el compromiso' }).click()
  await expect(clerk.getByText('Aceptó el compromiso. Se avisó a quien decide.')).toBeVisible()

  const lead = await signInAs('jefatura_ogac')
  await openWaiting(lead)
  await expect(lead.getByText(/^Aceptado el .* para toda la vigencia\. Comprobante /)).toBeVisible()
  await lead.getByRole('button', { name: 'Negar', exact: true }).click()
  await expect(lead.getByRole('link', { name: 'Escriba el motivo (al menos 10 letras).' })).toBeVisible()
  await prove(lead)
  await lead.getByRole('button', { name: 'Aprobar el acceso' }).click()
  await expect(lead.getByText('El acceso quedó aprobado.')).toBeVisible()

  const record = await captureWithoutScript(browser, clerk)
  await clerk.goto(record)
  await clerk.getByLabel('¿Para qué necesita verlos?').selectOption('attention')

  await head.reload()
  await head.getByRole('button', { name: 'Revocar ahora' }).click()
  await expect(head.getByRole('link', { name: 'Escriba el motivo (al menos 10 letras).' })).toBeVisible()
  await head.getByRole('radio', { name: 'Traslado o retiro de la persona' }).check()
  await head.getByLabel('Explíquelo').fill('La persona cambia de punto de atención.')
  await prove(head)
  await head.getByRole('button', { name: 'Revocar ahora' }).click()
  await expect(head.getByText('El acceso quedó revocado.')).toBeVisible()
  await expect(head.getByText('Aprobó el acceso')).toBeVisible()
  await picture(head, 'acceso')

  await clerk.getByRole('button', { name: 'Ver los datos' }).click()
  await expect(clerk.getByRole('heading', { level: 1 })).toHaveText('No encontramos esta página')
  await clerk.goto('/captura')
  await expect(clerk.locator('a[href^="/captura/persona-natural?"]')).toHaveCount(0)
})

// In this file because it takes in every access of the municipality.
test('a review confirms, retires and, where nobody answers, ends accesses, and one is asked for again', async ({
  signInAs,
}) => await reviewInBrowser(signInAs))

/** Everything but the communication; what was typed stays, and the sentence stands at its field. */
async function askWithoutRadicado(head: Page): Promise<void> {
  await head.goto('/accesos')
  await head.getByRole('button', { name: 'Pedir un acceso' }).click()
  await head.getByLabel('Nombre de la persona').fill('auxiliar')
  await head.getByRole('button', { name: 'Buscar', exact: true }).click()
  await head.getByRole('link', { name: 'Elegir a Auxiliar de ventanilla de Salud' }).click()
  await head.getByLabel('Punto de atención').selectOption({ index: 1 })
  await head.getByRole('radio', { name: /^Persona natural/ }).check()
  await head.getByLabel('Para qué necesita el acceso').fill(REASON)
  await head.getByRole('button', { name: 'Pedir el acceso' }).click()
  const radicado = head.getByLabel('Radicado de la comunicación interna')
  await expect(radicado).toHaveAccessibleDescription(/sin radicado no se da acceso\.$/)
  await expect(radicado).toHaveAttribute('aria-invalid', 'true')
  await expect(head.getByLabel('Para qué necesita el acceso')).toHaveValue(REASON)
}

async function openWaiting(page: Page): Promise<void> {
  await expect(async () => {
    await page.goto('/bandeja')
    await expect(page.getByRole('region', { name: WAITING })).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 30_000 })
  await page.getByRole('region', { name: WAITING }).getByRole('link').first().click()
  await expect(page.getByRole('heading', { level: 1, name: /^Acceso AD-/ })).toBeFocused()
}

/** More than five minutes after the last proof the form asks for the password. */
async function prove(page: Page): Promise<void> {
  const password = page.getByLabel('Su contraseña').first()
  if (await password.isVisible()) await password.fill(DEMO_PASSWORD)
}

const today = () => new Date().toLocaleDateString('sv', { timeZone: 'America/Bogota' })
