import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AppContext } from '../../app/context.server.ts'
import type { FigureView } from '../../app/pages/figure-view.server.ts'
import { findStepFigures, stepFigures } from '../../app/pages/step-figures.server.ts'
import { completeAnswers } from '../../catalog/demo/answers.ts'
import { withActor } from '../../db/client.ts'
import { filePath } from '../../db/files.ts'
import { findStepContext } from '../../db/step-context.ts'
import { rowsOf } from '../../domain/forms.ts'
import type { StepCode } from '../../domain/procedures.ts'
import { citySnapshot } from '../db/city-snapshot.ts'
import { prepareFrom, publisherOf, reportOf } from '../support/open-data.ts'
import { openSignedWorld, type SignedWorld, signedCycle } from '../support/signed-cycle.ts'

let world: SignedWorld
beforeAll(async () => {
  world = await openSignedWorld()
}, 180_000)
afterAll(() => world?.close())

/** One cycle on the given snapshot, as its step's page, its report and its open data show the organismos. */
async function shownOn(snapshotHash: string) {
  const on = { ...world, snapshotHash }
  const cycle = await signedCycle(on)
  const { web, dataDir } = on
  const actor = publisherOf(on)
  const report = await reportOf(on, cycle)
  const context = { config: { DATA_DIR: dataDir } } as AppContext
  const pageOf = async (code: StepCode) => {
    const grounds = await withActor(web, actor, async (trx) => {
      const step = await findStepContext(trx, cycle.cycleId, code)
      return step ? await findStepFigures(trx, step) : null
    })
    return await stepFigures(context, grounds)
  }
  const draft = await prepareFrom(on, cycle)
  const fileOf = (kind: string) =>
    readFileSync(filePath(dataDir, draft.files.find((file) => file.kind === kind)?.sha256 ?? ''))
  const pdf = readFileSync(filePath(dataDir, report.sha256))
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true })
  return {
    ...{ pages: { '4': await pageOf('4'), '5': await pageOf('5'), '6': await pageOf('6') } },
    ...{ pdf: text.replace(/\s+/g, ' '), json: JSON.parse(fileOf('json').toString('utf8')) },
    csv: parse(fileOf('csv'), { columns: true, bom: true }) as Record<string, string>[],
  }
}

const rowOf = ({ parts }: FigureView) =>
  parts.flatMap(({ rows }) => rows).find(({ label }) => label === 'SECRETARIA DE MOVILIDAD')

describe('every figure follows the file', () => {
  test('two files with other margins change the page, the report and the open data alike', async () => {
    const second = await citySnapshot(world.dataDir, { rows: 20_000, variant: 2 })
    const shown = [await shownOn(world.snapshotHash), await shownOn(second.source.hash)]
    const movilidad = shown.map(({ pages, pdf, json, csv }, i) => {
      const hash = i === 0 ? world.snapshotHash : second.source.hash
      const line = csv.find((one) => one.fila === 'SECRETARIA DE MOVILIDAD' && one.columna === '')
      const [table] = json.tablas.filter((one: { columnas: unknown }) => one.columnas === null)
      const place = table.filas.valores.indexOf('SECRETARIA DE MOVILIDAD')
      const published = Number(line?.registros)
      expect(table.celdas[place][0].registros).toBe(published)
      expect([line?.corte_sha256, table.corte_sha256]).toEqual([hash, hash])
      const printed = published.toLocaleString('de')
      expect(pdf).toContain(`SECRETARIA DE MOVILIDAD ${printed}`)
      expect(pdf).toContain(`Corte ${hash}`)
      for (const figures of Object.values(pages)) {
        const [figure] = figures.filter((one) => rowOf(one))
        const row = figure && rowOf(figure)
        expect(row?.cells.map((cell) => cell.text)).toContain(printed)
        expect(figure?.snapshotHash).toBe(hash)
        expect(figure?.svg).toContain('<svg role="img" aria-label="')
      }
      return published
    })
    expect(movilidad[0]).not.toBe(movilidad[1])
  }, 120_000)

  test('step 5 shows each prioritized variable by objective, as histogram or circle, at the public level', async () => {
    const { pages } = await shownOn(world.snapshotHash)
    const readings = rowsOf(completeAnswers('5'), 'lecturas', 'lista')
    expect(pages['5']).toHaveLength(readings.length)
    const words = pages['5'].map(({ summary }) => summary.split('.')[0])
    expect(words).toEqual(
      readings.map(({ grafica }) => (grafica === 'circular' ? 'Gráfica circular' : 'Gráfica de barras')),
    )
    const cells = pages['5'].flatMap(({ parts }) => parts.flatMap(({ rows }) => rows.flatMap((row) => row.cells)))
    expect(cells.some((cell) => cell.text === null)).toBe(true)
    expect(cells.some((cell) => cell.isInternal)).toBe(false)
  }, 120_000)
})
