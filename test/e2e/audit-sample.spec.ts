/** Control interno draws twenty decisions with a seed, writes what they found, and a finding comes of it. */

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { cancelCycle } from '../../app/commands/cancel-cycle.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import { demoEntityId } from '../../db/seed.ts'
import { actorOf } from '../../scripts/demonstration/acts.ts'
import { live } from '../../scripts/demonstration/stories.ts'
import { rowsOf } from '../support/database.ts'
import { e2eState } from '../support/e2e-state.ts'
import { openProduct } from '../support/lived-in.ts'
import { expect, test } from './people.ts'

const SLUG = 'cali'
const SEED = 'Plan de auditoría 2026, prueba 4'
const entityId = demoEntityId(SLUG)

/** The first step of twelve exercises, reviewed and approved: an approved second one would leave the city its variables. */
test.beforeAll(async () => {
  test.setTimeout(180_000)
  const { context, close } = openProduct(e2eState())
  const story = { entityId, slug: SLUG, municipality: 'Cali', vigencia: 2026, approved: 1, rows: 100 }
  try {
    for (let n = 1; n <= 12; n++) {
      const radicado = `muestra-${n}`
      await live(context, { ...story, radicado, next: 'open' }, async () => undefined)
      await cancelled(context, radicado)
    }
  } finally {
    await close()
  }
})

/** What was decided stays on record, and nobody else's inbox holds the rest. */
async function cancelled(context: AppContext, radicado: string): Promise<void> {
  const [cycle] = await rowsOf<{ id: string }>(
    e2eState().ownerUrl,
    `select id from cycle where entity_id = $1 and radicado = $2 and status = 'active'`,
    [entityId, radicado],
  )
  if (!cycle) return
  const head = await actorOf(context, entityId, 'jefatura_ogac')
  await cancelCycle(context, head, { cycleId: cycle.id, reason: 'Solo era para su primer paso.' })
}

/** The evidence of the exercise of the first element, checked with the program that is handed out, in an empty folder. */
async function exportsPack(page: Page): Promise<void> {
  const [cycle] = await rowsOf<{ id: string; radicado: string }>(
    e2eState().ownerUrl,
    `select c.id, c.radicado from audit_sample_item i join event e on e.id = i.event_id join cycle c on c.id = e.cycle_id
     where i.entity_id = $1 and i.ordinal = 1 order by i.sample_id desc limit 1`,
    [entityId],
  )
  const folder = mkdtempSync(join(tmpdir(), 'ajeno-'))
  try {
    await page.goto('/auditoria/verificacion')
    const key =
      (await page.getByRole('region', { name: 'Llaves públicas' }).getByRole('listitem').first().textContent()) ?? ''
    const program = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Descargar el programa verificador' }).click()
    await (await program).saveAs(join(folder, 'caracteriza-verificador.mjs'))
    await page.getByLabel('Ejercicio', { exact: true }).selectOption(cycle?.id ?? '')
    const pack = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Exportar paquete de evidencia' }).click()
    expect((await pack).suggestedFilename()).toBe(`paquete-de-evidencia-${cycle?.radicado}.zip`)
    await (await pack).saveAs(join(folder, 'paquete.zip'))
    const args = ['caracteriza-verificador.mjs', '--llave', key.trim(), 'paquete.zip']
    const run = spawnSync(process.execPath, args, { cwd: folder, env: { NODE_ENV: 'production' }, encoding: 'utf8' })
    expect([run.status, run.stderr]).toEqual([0, ''])
    expect(run.stdout).toContain('VÁLIDO: el paquete está completo y es el que se selló.')
  } finally {
    rmSync(folder, { recursive: true })
  }
  await page.goto('/auditoria')
  await expect(page.getByText(/exportó el paquete de evidencia de un ejercicio/).first()).toBeVisible()
  await page.goto(`/auditoria/a-la-fecha/ejercicios/${cycle?.id}`)
  await expect(page.getByRole('button', { name: 'Exportar paquete de evidencia' })).toBeVisible()
}

test('the same twenty decisions come of the same seed, and what is wrong becomes a finding', async ({ signInAs }) => {
  test.setTimeout(180_000)
  const page = await signInAs('control_interno', SLUG)
  await page.getByRole('link', { name: 'Auditoría' }).click()
  await page.getByRole('button', { name: 'Muestras y papeles de trabajo' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Muestras')
  await page.getByRole('button', { name: 'Sacar una muestra' }).click()

  await page.getByLabel('Decisiones de los pasos').check()
  await page.getByLabel('Cuántos elementos').fill('400')
  await page.getByLabel('Semilla').fill(SEED)
  await page.getByRole('button', { name: 'Sacar la muestra' }).click()
  await expect(page.getByText(/Pide 400 y solo hay \d+ de donde sacarlos/).first()).toBeVisible()
  await expect(page.getByLabel('Semilla')).toHaveValue(SEED)
  await page.getByLabel('Cuántos elementos').fill('20')
  await page.getByRole('button', { name: 'Sacar la muestra' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Muestra MA-\d{4}-\d{3}$/)
  const code = ((await page.getByRole('heading', { level: 1 }).textContent()) ?? '').replace('Muestra ', '')
  await expect(page.getByRole('link', { name: /^Elemento \d+$/ })).toHaveCount(20)

  // What a stranger needs no product for: the file, its hash, the order.
  const download = page.waitForEvent('download')
  await page.getByText('Descargar la población', { exact: true }).click()
  const text = readFileSync(await (await download).path(), 'utf8')
  const sha256 = (words: string) => createHash('sha256').update(words).digest('hex')
  const [kept] = await rowsOf<{ hash: string; events: string[] }>(
    e2eState().ownerUrl,
    `select population_hash as hash, array(select event_id::text from audit_sample_item i where i.sample_id = s.id order by ordinal) as events
     from audit_sample s where entity_id = $1 and code = $2`,
    [entityId, code],
  )
  expect(sha256(text)).toBe(kept?.hash)
  const ids = text
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t')[0] ?? '')
  const ranked = ids.map((id) => [sha256(`${SEED}\n${id}`), id]).sort(([a = ''], [b = '']) => (a < b ? -1 : 1))
  expect(ranked.slice(0, 20).map(([, id]) => id)).toEqual(kept?.events)
  await page.getByRole('button', { name: 'Repetirla ahora' }).click()
  await expect(page.getByText('La población es la misma y la selección también.')).toBeVisible()

  await page.goto(`/auditoria/muestras/${code}/1`)
  await page.getByLabel('Prueba que hizo').fill('Se comparó la firma con la versión que se aprobó.')
  await page.getByLabel('No conforme').check()
  await page.getByLabel('Evidencia').fill('Expediente 2026')
  await page.getByRole('button', { name: 'Guardar el papel' }).click()
  await expect(page.getByText('Escriba su conclusión (al menos 10 letras).').first()).toBeVisible()
  await page.getByLabel('Conclusión').fill('Se aprobó sin el soporte que pide el procedimiento.')
  await page.getByRole('button', { name: 'Guardar el papel' }).click()
  await expect(page.getByText('El papel de trabajo quedó guardado.')).toBeVisible()

  await page.getByRole('button', { name: 'Registrar un hallazgo' }).click()
  await expect(page.getByLabel('Documento o hecho')).toHaveValue(`Muestra de auditoría ${code}, elemento 1`)
  await expect(page.getByLabel('Qué lo mostró')).toHaveValue('audit')
  await page.getByLabel('Fecha del documento').fill('2026-01-05')
  await page.locator('#hallazgo-criterion').fill('El procedimiento pide el soporte.')
  await page.locator('#hallazgo-cause').fill('No se revisó la lista de verificación.')
  await page.locator('#hallazgo-effect').fill('La decisión no se puede explicar.')
  await page.locator('#hallazgo-positionId').selectOption({ index: 1 })
  await page.getByRole('button', { name: 'Registrar' }).click()
  await expect(page).toHaveURL(/\/mejora\/hallazgos\/H-\d{4}-\d{3}/)
  const finding = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  await page.getByRole('link', { name: `Papel de trabajo de la muestra ${code}, elemento 1` }).click()
  await expect(page.getByRole('link', { name: `Hallazgo ${finding}` })).toBeVisible()
  await page.goto('/auditoria/muestras')
  await expect(page.getByText('1 de 20, 1 no conforme')).toBeVisible()

  await exportsPack(page)

  const reader = await signInAs('alcaldia', SLUG)
  await reader.goto(`/auditoria/muestras/${code}/1`)
  await expect(reader.getByText('Se aprobó sin el soporte que pide el procedimiento.')).toBeVisible()
  await expect(reader.getByRole('button', { name: 'Guardar el papel' })).toHaveCount(0)
  expect((await reader.request.get(`/auditoria/muestras/${code}/21`)).status()).toBe(404)
})
