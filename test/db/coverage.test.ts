/** Coverage of random rows against a plain count, and its way into the report beside a segment without base. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CoverageGrounds, emitRepresentativeness } from '../../db/coverage.ts'
import type { Segment } from '../../domain/segments.ts'
import { snapshotIn, temporaryFolder } from './city-snapshot.ts'

const POINTS = ['Centro', 'Norte', 'Sur']
const MONTHS = ['2024-01', '2024-02', '2024-03']

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let dataDir: string
let source: { dir: string; hash: string }
let rows: { punto: string; mes: string; edad: string }[]

beforeAll(async () => {
  folder = await temporaryFolder()
  const row = fc.record({
    punto: fc.constantFrom(...POINTS),
    mes: fc.constantFrom(...MONTHS),
    edad: fc.oneof({ weight: 30, arbitrary: fc.constant('Adulta') }, { weight: 1, arbitrary: fc.constant('Mayor') }),
  })
  rows = fc.sample(fc.array(row, { minLength: 600, maxLength: 600 }), { seed: 8, numRuns: 1 })[0] ?? []
  const lines = rows.map(({ punto, mes, edad }) => `${punto},${mes}-15,${edad}`)
  const made = await snapshotIn(folder.dir, `punto,fecha,edad\n${lines.join('\n')}\n`, ({ code }) => ({
    ...{ role: 'variable', type: code === 'fecha' ? 'date' : 'category' },
  }))
  dataDir = made.dataDir
  source = made.source
}, 60_000)
afterAll(() => folder.remove())

const segment = (id: string, variable: string, value: string): Segment => ({
  ...{ id, name: id, sectorId: '', needs: '', channels: [] },
  rule: { all: [{ variable, op: 'eq', values: [value] }] },
})

/** Everybody was attended three times as often at `few` as elsewhere it was captured. */
function grounds(few: string): CoverageGrounds {
  const captured = (point: string, period: string) =>
    rows.filter((row) => row.punto === point && row.mes === period).length
  const lines = POINTS.flatMap((point) =>
    MONTHS.map((period) => ({
      ...{ point, period, refused: 1 },
      attended: captured(point, period) * (point === few ? 3 : 1),
    })),
  )
  return {
    attendance: { pointVariable: 'punto', periodVariable: 'fecha', lines, snapshotHash: source.hash },
    ...{ floor: { share: 0.5, base: 30 }, snapshots: [source.hash], threshold: 5 },
    segments: [
      segment('Mayores', 'edad', 'Mayor'),
      segment('Adultas', 'edad', 'Adulta'),
      segment('Del norte', 'punto', 'Norte'),
    ],
  }
}

describe('the coverage of a snapshot', () => {
  test('adds up to the rows and to the counts of the office', async () => {
    const { coverage } = await emitRepresentativeness(dataDir, grounds('Norte'), 'exact')
    const north = rows.filter(({ punto }) => punto === 'Norte').length
    expect(coverage?.total).toEqual({ captured: rows.length, attended: rows.length + 2 * north, refused: 9 })
    expect(coverage?.points.map(({ point, captured, isUnder }) => [point, captured, isUnder])).toEqual(
      POINTS.map((point) => [point, rows.filter(({ punto }) => punto === point).length, point === 'Norte']),
    )
  })

  test('puts its caveat on the small segment and on the one of the point under the floor, and on no other', async () => {
    const old = rows.filter(({ edad }) => edad === 'Mayor').length
    expect(old).toBeGreaterThan(0)
    expect(old).toBeLessThan(30)
    const { caveats } = await emitRepresentativeness(dataDir, grounds('Norte'), null)
    expect(caveats.map(({ name, isUnderBase, isUnderCovered }) => [name, isUnderBase, isUnderCovered])).toEqual([
      ['Mayores', true, expect.any(Boolean)],
      ['Del norte', false, true],
    ])
  })

  test('cannot be said where the source no longer offers the variable', async () => {
    const gone = grounds('Norte')
    const made = await emitRepresentativeness(
      dataDir,
      { ...gone, attendance: gone.attendance && { ...gone.attendance, pointVariable: 'no_existe' } },
      'exact',
    )
    expect(made.coverage).toBeNull()
  })
})
