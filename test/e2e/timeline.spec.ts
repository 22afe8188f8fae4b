/** Control interno reads how an exercise went: what happened, what changed between two moments, by when it had to be and who was told. */
import type { Page } from '@playwright/test'
import { withEntity } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { toldBeside, writeMail } from '../../db/mail.ts'
import { demoEntityId } from '../../db/seed.ts'
import { actorOf } from '../../scripts/demonstration/acts.ts'
import { live } from '../../scripts/demonstration/stories.ts'
import { rowsOf } from '../support/database.ts'
import { e2eState } from '../support/e2e-state.ts'
import { openProduct } from '../support/lived-in.ts'
import { picture } from './acts.ts'
import { expect, test } from './people.ts'

const SLUG = 'cali'
const entityId = demoEntityId(SLUG)
let cycleId = ''

/** The first step of an exercise, approved, and somebody told of it. */
test.beforeAll(async () => {
  test.setTimeout(240_000)
  const { context, close } = openProduct(e2eState())
  try {
    const story = { entityId, slug: SLUG, municipality: 'Cali', vigencia: 2026, approved: 1, rows: 100 }
    await live(context, { ...story, radicado: 'historia-1', next: 'open' }, async () => undefined)
    const [cycle] = await rowsOf<{ id: string }>(
      e2eState().ownerUrl,
      `select id from cycle where entity_id = $1 and radicado = 'historia-1'`,
      [entityId],
    )
    cycleId = cycle?.id ?? ''
    const { personId } = await actorOf(context, entityId, 'profesional_sig')
    await withEntity(context.db, entityId, (trx) =>
      writeMail(trx, {
        ...{ id: newId(), entityId, noticeId: null, personId, subject: 'Lo mencionan en un comentario', body: 'x' },
        ...toldBeside(e2eState().url, `/ejercicios/${cycleId}/pasos/1`),
      }),
    )
  } finally {
    await close()
  }
})

/** Without a pointer. */
async function follow(page: Page, name: string): Promise<void> {
  const link = page.getByRole('link', { name, exact: true }).first()
  await link.focus()
  await page.keyboard.press('Enter')
}

const title = (page: Page) => page.getByRole('heading', { level: 1 })

test('an auditor filters a history, compares two moments of it and opens the content that was approved', async ({
  signInAs,
}) => {
  const page = await signInAs('control_interno', SLUG)
  await page.goto(`/ejercicios/${cycleId}`)
  await page.getByText(/^Filtrar la historia/).click()
  await page.getByLabel('Clase de hecho').selectOption({ label: 'Envíos y decisiones' })
  await page.getByRole('button', { name: 'Filtrar', exact: true }).click()
  await expect(page).toHaveURL(/clase=decisiones/)
  await expect(page.getByText('Se abrió el paso 2.')).toBeVisible()

  await page.getByRole('link', { name: 'Comparar desde este momento' }).last().click()
  await expect(page.getByText(/Eligió comparar desde este momento/)).toBeVisible()
  await page.getByRole('link', { name: 'Comparar con el momento elegido' }).first().click()
  await expect(title(page)).toHaveText('Qué cambió entre dos momentos')
  await expect(page.getByText(/Entre los dos momentos (cambió|cambiaron)/)).toBeVisible()

  await page.goto(`/ejercicios/${cycleId}?clase=decisiones`)
  await page.getByRole('link', { name: 'Ver el contenido' }).first().click()
  await expect(page).toHaveURL(/\/versiones\//)
})

test('and, without a mouse, reads the terms with their arithmetic, the notices, the map and the technical history', async ({
  signInAs,
}) => {
  const page = await signInAs('control_interno', SLUG)
  await page.goto(`/ejercicios/${cycleId}`)
  await follow(page, 'Plazos, con su cuenta')
  await expect(title(page)).toHaveText('Plazos')
  await expect(page.getByText('Corre todavía')).toBeVisible()
  await expect(page.getByText(/^Se cumplió el/)).toBeVisible()
  const how = page.getByText('¿Cómo se calcula?').first()
  await how.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('cell', { name: 'día hábil 1', exact: true }).first()).toBeVisible()
  await picture(page, 'plazos')

  await page.goBack()
  await follow(page, 'Avisos enviados')
  await expect(title(page)).toHaveText('Avisos enviados')
  const told = page.getByRole('row', { name: /Lo mencionan en un comentario/ })
  await expect(told).toContainText('Profesional')
  await expect(page.locator('main')).not.toContainText('@')
  await picture(page, 'avisos')

  await page.goBack()
  await follow(page, 'Recorrido en un mapa')
  await expect(title(page)).toHaveText('Recorrido del ejercicio')
  await expect(page.getByRole('img', { name: /1 aprobados; va por el paso 2/ })).toBeVisible()
  await expect(page.getByRole('row', { name: /^2\. .*Paso actual/ })).toBeVisible()
  await picture(page, 'recorrido')

  await page.goBack()
  await follow(page, 'Historia técnica')
  await expect(title(page)).toHaveText('Historia técnica')
  await expect(page.getByText('Comenzó el flujo')).toBeVisible()
})
