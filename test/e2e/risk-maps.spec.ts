/**
 * A risk map of before, as an office keeps it: two rows of headings and merged cells. What must be put right is said cell by cell;
 * the corrected workbook is accepted whole and its risks stand in the list.
 */
import type { Locator, Page } from '@playwright/test'
import { MAP_HEADINGS } from '../../catalog/risk-map-headings.ts'
import type { MapColumn } from '../../domain/risk-map-sheet.ts'
import { MAP_LINE } from '../support/risk-maps.ts'
import { type Cell, letters, workbookOf } from '../support/workbooks.ts'
import { picture } from './acts.ts'
import { expect, test } from './people.ts'

const COLUMNS = Object.keys(MAP_LINE) as MapColumn[]
const OF_CONTROL: MapColumn[] = [
  'action',
  'complement',
  'type',
  'implementation',
  'documentation',
  'frequency',
  'evidence',
]
const placeOf = (column: MapColumn) => letters(COLUMNS.indexOf(column))

/** A title, a row of groups, a row of headings, a risk with two controls whose own cells are merged, and another risk. */
function book(change: { times: Cell; type: Cell }): Buffer {
  const first = {
    ...MAP_LINE,
    code: 'RX-1',
    immediateCause: 'la pérdida de expedientes en el traslado',
    times: change.times,
  }
  const second = { ...MAP_LINE, code: 'RX-2', immediateCause: 'la respuesta sin radicar', type: change.type }
  const again = Object.fromEntries(
    COLUMNS.map((column) => [column, isOfControl(column) ? MAP_LINE[column] : null]),
  ) as typeof MAP_LINE
  const line = (cells: typeof MAP_LINE): Cell[] => COLUMNS.map((column) => cells[column] ?? null)
  const groups: Cell[] = COLUMNS.map((_, i) => (i === 0 ? 'Identificación del riesgo' : null))
  groups[COLUMNS.indexOf('action')] = 'Valoración del control'
  const rows = [
    ['Alcaldía Distrital. Mapa de riesgos de la vigencia anterior'],
    groups,
    COLUMNS.map((column) => MAP_HEADINGS[column][0]),
    line(first),
    line({ ...again, action: 'Revisa el inventario documental' }),
    line(second),
  ]
  const merges = [
    ...[`A2:${letters(COLUMNS.indexOf('action') - 1)}2`, `${placeOf('action')}2:${letters(COLUMNS.length - 1)}2`],
    ...COLUMNS.filter((column) => !isOfControl(column)).map((column) => `${placeOf(column)}4:${placeOf(column)}5`),
  ]
  return workbookOf([
    { name: 'Portada', rows: [['Alcaldía']] },
    { name: 'Mapa', rows, merges },
  ])
}

const isOfControl = (column: MapColumn) =>
  OF_CONTROL.includes(column) || column === 'execution' || column === 'periodicity'

test('a map with two rows of headings and merged cells is put right cell by cell, and accepted whole', async ({
  signInAs,
}) => {
  const keeper = await signInAs('jefatura_ogac')
  await keeper.goto('/riesgos')
  await keeper.getByRole('link', { name: 'Importar un mapa de riesgos' }).first().click()
  await send(keeper, 'mapa-con-errores.xlsx', book({ times: 'muchas', type: 'Mágico' }))
  await expect(keeper.getByText(/^2 celdas por corregir y 0 riesgos bien escritos/)).toBeVisible()
  const faults = keeper.getByRole('table', { name: 'Celdas por corregir, en el orden de la hoja' })
  await says(faults, `Mapa, ${placeOf('times')}4`, 'muchas')
  await says(faults, `Mapa, ${placeOf('type')}6`, 'Mágico')
  await expect(keeper.getByRole('button', { name: /^Registrar/ })).toHaveCount(0)
  await picture(keeper, 'mapa-por-corregir')

  await keeper.getByRole('button', { name: 'Subir el libro corregido' }).click()
  await send(keeper, 'mapa-corregido.xlsx', book({ times: 12, type: 'Detectivo' }))
  await expect(keeper.getByText(/^2 riesgos con 3 controles por registrar/)).toBeVisible()
  await keeper.getByRole('button', { name: 'Registrar los 2 riesgos' }).click()
  await expect(keeper.getByText(/^2 riesgos quedaron registrados/)).toBeVisible()
  const risks = keeper.getByRole('table', { name: 'Riesgos del mapa, en el orden de la hoja' })
  const code = (await risks.getByRole('link').first().textContent()) ?? ''

  await keeper.goto('/riesgos?texto=expedientes en el traslado')
  await keeper
    .getByRole('link', { name: new RegExp(code) })
    .first()
    .click()
  await expect(keeper.getByRole('heading', { level: 1 })).toContainText(code)
  await expect(keeper.getByText('Revisa el inventario documental')).toBeVisible()
  await expect(keeper.getByText('mapa-corregido.xlsx, fila 4')).toBeVisible()
})

async function send(keeper: Page, name: string, buffer: Buffer): Promise<void> {
  const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  await keeper.getByLabel('Mapa de riesgos (XLSX)').setInputFiles({ name, mimeType, buffer })
  await keeper.getByLabel('Cargo que responde donde el mapa no lo dice').selectOption({ index: 1 })
  await keeper.getByRole('button', { name: 'Revisar el mapa' }).click()
  await expect(keeper.getByRole('heading', { level: 1, name: `Mapa ${name}` })).toBeVisible()
}

async function says(faults: Locator, cell: string, read: string): Promise<void> {
  const row = faults.getByRole('row', { name: new RegExp(`^${cell} `) })
  await expect(row).toContainText(read)
}
