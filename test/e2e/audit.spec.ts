/** An auditor reads the history, takes the proof of one event away, and checks it where there is nothing but Node. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { appToday } from '../../db/clock.ts'
import { demoEntityId } from '../../db/seed.ts'
import { rowsOf } from '../support/database.ts'
import { e2eState } from '../support/e2e-state.ts'
import { expect, test } from './people.ts'

/** The first event of the entity: the first checkpoint covers it. */
async function firstEvent(): Promise<string> {
  const { ownerUrl } = e2eState()
  const read = () =>
    rowsOf<{ id: string }>(
      ownerUrl,
      `select event_id as id from log_leaf join log_checkpoint using (entity_id) where n = 0 and entity_id = $1 limit 1`,
      [demoEntityId('santamarta')],
    )
  await expect.poll(async () => (await read()).length, { timeout: 60_000 }).toBe(1)
  return (await read())[0]?.id ?? ''
}

async function taken(page: Page, name: string, folder: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByText(name, { exact: true }).click()])
  const file = join(folder, download.suggestedFilename())
  await download.saveAs(file)
  return file
}

test('the proof of an event holds outside, and not with one letter changed', async ({ signInAs }) => {
  const folder = mkdtempSync(join(tmpdir(), 'caracteriza-auditor-'))
  const page = await signInAs('control_interno')
  await page.getByRole('link', { name: 'Auditoría' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Auditoría')
  await expect(page.getByText(/hechos sellados/)).toBeVisible()
  await page.getByText('Filtrar la historia').click()
  await page.getByLabel('Clase de hecho').selectOption({ label: 'Personas, cargos y accesos' })
  await page.getByRole('button', { name: 'Filtrar', exact: true }).click()
  await expect(page).toHaveURL(/clase=personas/)

  await page.goto(`/auditoria/hechos/${await firstEvent()}`)
  await expect(page.getByText('Hecho 1', { exact: true })).toBeVisible()
  const proof = await taken(page, 'Descargar comprobante', folder)
  await page.goto('/auditoria/verificacion')
  const key = (await page.locator('#llaves ~ ul code').first().textContent()) ?? ''
  const program = await taken(page, 'Descargar el programa verificador', folder)
  const check = () => spawnSync(process.execPath, [program, '--llave', key, proof], { cwd: folder, encoding: 'utf8' })
  expect(check()).toMatchObject({ status: 0 })
  writeFileSync(
    proof,
    readFileSync(proof, 'utf8').replace('\\"web\\"', '\\"web_\\"').replace('\\"system\\"', '\\"sistema\\"'),
  )
  expect(check()).toMatchObject({ status: 1, stdout: expect.stringMatching(/^NO VÁLIDO/) })
  rmSync(folder, { recursive: true, force: true })
})

test('somebody who does not audit finds neither the menu nor the page', async ({ signInAs }) => {
  const page = await signInAs('profesional_tic')
  await expect(page.getByRole('link', { name: 'Auditoría' })).toHaveCount(0)
  expect((await page.request.get('/auditoria')).status()).toBe(403)
})

test('days in the wrong order are told as such, and what was asked stays', async ({ signInAs }) => {
  const page = await signInAs('control_interno')
  await page.goto('/auditoria?del=2026-12-01&al=2026-01-01')
  await expect(page.getByText(/es posterior a «Hasta el día»/)).toBeVisible()
  await expect(page.getByLabel('Desde el día')).toHaveValue('2026-12-01')
})

test('an auditor asks who could do what on a date, and opens the act behind it', async ({ signInAs }) => {
  const page = await signInAs('control_interno')
  await page.goto('/auditoria')
  await page.getByRole('button', { name: 'Quién podía qué, a una fecha' }).click()
  await page.getByLabel('Persona').fill('Dirección TIC')
  await page.getByLabel('Sobre qué').selectOption({ label: 'El área de Conexiones' })
  await page.getByLabel('Fecha', { exact: true }).fill(appToday())
  await page.getByRole('button', { name: 'Responder' }).click()
  await expect(page.getByRole('status')).toHaveText(
    /Sí: .*, Dirección TIC podía abrir el área de Conexiones, por la función de su cargo «Dirección TIC»\.$/,
  )
  await page.getByRole('link', { name: 'ver hecho y comprobante' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hecho de la bitácora')
})
