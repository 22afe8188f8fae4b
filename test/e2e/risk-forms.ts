/** The forms of a risk and of its controls, filled in as their owner does. */
import type { Page } from '@playwright/test'
import { expect } from './people.ts'

/** From the menu to the form of a risk of a kind, by the methodology that rates it. */
export async function chooseKind(owner: Page, kind = 'guia_7:gestion'): Promise<void> {
  await owner.goto('/inicio')
  await owner.getByRole('navigation').getByRole('link', { name: 'Riesgos', exact: true }).first().click()
  await owner.getByRole('button', { name: 'Registrar un riesgo' }).first().click()
  await owner.getByLabel('Tipo de riesgo').selectOption(kind)
  await owner.getByRole('button', { name: 'Continuar' }).click()
}

interface Described {
  rootCause: string
  times: string
  reputational: string
}

export async function describeRisk(owner: Page, { rootCause, times, reputational }: Described): Promise<void> {
  await owner.getByLabel('Proceso', { exact: true }).fill('Atención a la ciudadanía')
  await owner.getByLabel('Objetivo del proceso').fill('Caracterizar a la ciudadanía con sus datos protegidos.')
  await choose(owner, 'Cargo que responde por el riesgo', /^Jefatura OGAC/)
  await owner.getByLabel('Qué se vería afectado').selectOption({ label: 'Afectación reputacional' })
  await owner.getByLabel('Causa inmediata').fill('accesos que siguen activos después del traslado')
  await owner.getByLabel('Causa raíz').fill(rootCause)
  await owner.getByLabel('Clasificación').selectOption({ index: 1 })
  await owner.getByLabel('Factor').selectOption({ index: 1 })
  await owner.getByLabel('Consecuencias').fill('Sanción de la autoridad de datos')
  await owner.getByLabel('Veces al año que se hace la actividad').fill(times)
  await choose(owner, 'Impacto reputacional', new RegExp(`^${reputational}:`))
}

/** Read over, then registered. */
export async function registerRisk(owner: Page): Promise<void> {
  await owner.getByRole('button', { name: 'Revisar' }).click()
  await expect(owner.getByRole('heading', { level: 1, name: 'Revise el riesgo antes de registrarlo' })).toBeVisible()
  await owner.getByRole('button', { name: 'Registrar el riesgo' }).click()
  await expect(owner.getByText('El riesgo quedó registrado.')).toBeVisible()
}

/** `every`: as the list of periodicities begins. */
export async function addControl(
  owner: Page,
  { action, type, every = /^Mensual/ }: { action: string; type: RegExp; every?: RegExp },
): Promise<void> {
  await owner.getByRole('button', { name: 'Agregar un control' }).click()
  await choose(owner, 'Responsable de ejecutarlo', /^Dirección TIC/)
  await owner.getByLabel('Acción', { exact: true }).fill(action)
  await owner.getByLabel('Complemento').fill('Cada mes; las desviaciones se corrigen y queda el listado revisado.')
  await choose(owner, 'Tipo', type)
  await choose(owner, 'Implementación', /^Manual/)
  for (const label of ['Documentación', 'Frecuencia', 'Evidencia que deja', 'Ejecución'])
    await owner.getByLabel(label, { exact: true }).selectOption({ index: 1 })
  await choose(owner, 'Cada cuánto se ejecuta', every)
  await owner.getByRole('button', { name: 'Agregar el control' }).click()
  await expect(owner.getByText('El control quedó agregado y el residual se calculó de nuevo.')).toBeVisible()
}

/** The option whose words begin so. */
export async function choose(page: Page, label: string, words: RegExp): Promise<void> {
  const field = page.getByLabel(label, { exact: true })
  const option = field.locator('option', { hasText: words }).first()
  await field.selectOption((await option.getAttribute('value')) ?? '')
}
