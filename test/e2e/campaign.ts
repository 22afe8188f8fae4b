/** A whole review of accesses in the browser: one is confirmed, one retired, one answered by silence and asked for again. */
import type { Page } from '@playwright/test'
import { Client, Connection } from '@temporalio/client'
import { DEMO_PASSWORD } from '../../catalog/demo-users.ts'
import { demoEntityId } from '../../db/seed.ts'
import * as story from '../../scripts/demonstration/acts.ts'
import { reviewListWorkflowId } from '../../workflows/messages.ts'
import { grantedAccess } from '../support/accesses.ts'
import { e2eState } from '../support/e2e-state.ts'
import { openProduct } from '../support/lived-in.ts'
import { fastForward } from '../support/temporal.ts'
import { picture } from './acts.ts'
import { expect, type SignInAs } from './people.ts'

/** More than the term of a review. */
const SECONDS = 30 * 86_400

/** Two of one clerk, by whose name they come first, and one of somebody else; answers the id of the last. */
export async function threeAccesses(): Promise<string> {
  const product = openProduct(e2eState())
  try {
    const { context } = product
    const actorOf = (duty: string) => story.actorOf(context, demoEntityId('santamarta'), duty)
    const [head, lead, clerk, other] = await Promise.all(
      ['dependencia', 'jefatura_ogac', 'atencion', 'profesional_sig'].map(actorOf),
    )
    if (!head || !lead || !clerk || !other) throw new Error('a position is vacant')
    await grantedAccess(context, { head, lead, grantee: clerk }, 'F004')
    await grantedAccess(context, { head, lead, grantee: clerk }, 'F006')
    return await grantedAccess(context, { head, lead, grantee: other }, 'F004')
  } finally {
    await product.close()
  }
}

/** Two tabs change the calendar of reviews: the later one is told, keeps what it typed, and goes on from what is in force. */
async function changeCalendarTwice(lead: Page): Promise<void> {
  const change = async (page: Page, day: string) => {
    await page.getByLabel('Día', { exact: true }).fill(day)
    await page.getByLabel('Por qué cambia').fill(`Para que se abra el día ${day}.`)
    await page.getByRole('button', { name: 'Guardar la apertura automática' }).click()
  }
  const other = await lead.context().newPage()
  for (const page of [lead, other]) {
    await page.goto('/accesos/campanas')
    await page.getByText('Cambiar la apertura automática').click()
  }
  await change(other, '6')
  await expect(other.getByText('quedó como usted dijo')).toBeVisible()
  await other.close()
  await change(lead, '20')
  await expect(lead.getByText(/después de que usted abrió la página/).first()).toBeVisible()
  await expect(lead.getByText('6 de enero de')).toBeVisible()
  await expect(lead.getByLabel('Día', { exact: true })).toHaveValue('20')
  await lead.getByRole('button', { name: 'Guardar la apertura automática' }).click()
  await expect(lead.getByText('quedó como usted dijo')).toBeVisible()
  await expect(lead.getByRole('region', { name: /Cómo estaba antes/ })).toContainText('Para que se abra el día 6.')
}

/** Opens the review of the vigencia; answers its id. */
export async function openReview(lead: Page): Promise<string> {
  await changeCalendarTwice(lead)
  await lead.goto('/accesos/campanas')
  await lead.getByText('Cambiar la apertura automática').click()
  await picture(lead, 'revisiones')
  const password = lead.getByLabel('Su contraseña').first()
  if (await password.isVisible()) await password.fill(DEMO_PASSWORD)
  await lead.getByRole('button', { name: 'Abrir la revisión' }).click()
  await expect(lead.getByText('La revisión quedó abierta.')).toBeVisible()
  return new URL(lead.url()).pathname.split('/').at(-1) ?? ''
}

/** Answers the first two cards without the mouse; answers the id of the list. */
export async function answerByKeyboard(head: Page): Promise<string> {
  await expect(async () => {
    await head.goto('/bandeja')
    await expect(head.getByRole('region', { name: 'Accesos por revisar' })).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 30_000 })
  await head.getByRole('region', { name: 'Accesos por revisar' }).getByRole('link').first().press('Enter')
  await expect(head.getByRole('heading', { level: 1, name: /^Revisar accesos de / })).toBeFocused()
  for (const key of ['j', '1', 'j', '3']) await head.keyboard.press(key)
  await expect(head.getByRole('radio', { name: 'Confirmar' }).first()).toBeChecked()
  await expect(head.getByRole('radio', { name: 'Retirar' }).nth(1)).toBeChecked()
  await picture(head, 'revision-lista')
  await head.getByRole('button', { name: 'Enviar respuestas' }).press('Enter')
  await expect(head.getByRole('button', { name: 'Enviar las 2 respuestas' })).toBeFocused()
  await head.keyboard.press('Enter')
  await expect(head.getByText('Quedaron registradas 2 respuestas.')).toBeVisible()
  return new URL(head.url()).pathname.split('/').at(-1) ?? ''
}

/** The term of the review passes for its list. */
export async function passTerm(campaignId: string, listId: string): Promise<void> {
  const { temporalAddress: address, namespace } = e2eState()
  const connection = await Connection.connect({ address })
  try {
    await fastForward(new Client({ connection, namespace }), reviewListWorkflowId(campaignId, listId), SECONDS)
  } finally {
    await connection.close()
  }
}

/** Asks again for what silence ended, on one screen. */
export async function restore(head: Page, grantId: string): Promise<void> {
  await head.goto(`/accesos/${grantId}`)
  await head.getByRole('button', { name: 'Pedir que se restablezca' }).click()
  await expect(head.getByRole('heading', { level: 1, name: 'Restablecer un acceso' })).toBeFocused()
  await head.getByRole('button', { name: 'Pedir que se restablezca' }).click()
  const reason = head.getByLabel('Por qué debe seguir')
  await expect(reason).toHaveAttribute('aria-invalid', 'true')
  await reason.fill('Sigue atendiendo en la ventanilla.')
  await picture(head, 'restablecer')
  await head.getByRole('button', { name: 'Pedir que se restablezca' }).click()
  await expect(head.getByText('La solicitud quedó registrada.')).toBeVisible()
}

export async function reviewInBrowser(signInAs: SignInAs): Promise<void> {
  const silent = await threeAccesses()
  const lead = await signInAs('jefatura_ogac')
  const campaignId = await openReview(lead)
  const head = await signInAs('dependencia')
  const listId = await answerByKeyboard(head)
  await passTerm(campaignId, listId)
  await expect(async () => {
    await lead.goto(`/accesos/campanas/${campaignId}`)
    await expect(lead.getByText(/^Está ejecutada: terminaron 2 accesos\./)).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 30_000 })
  const cases = lead.getByRole('region', { name: 'Accesos, antes y después' }).getByRole('row')
  await expect(cases.filter({ hasText: 'Nadie respondió' }).filter({ hasText: 'Retirado' })).toHaveCount(1)
  await expect(cases.filter({ hasText: 'Por la respuesta' })).toHaveCount(2)
  await picture(lead, 'revision-cerrada')
  await restore(head, silent)
}
