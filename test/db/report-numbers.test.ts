import { expect, it } from 'vitest'
import { basesOf } from '../../db/report-numbers.ts'
import type { RequestedFigure } from '../../domain/figures.ts'
import type { SegmentRule } from '../../domain/rules.ts'

const RULE: SegmentRule = { all: [{ variable: 'V1', op: 'eq', values: ['Web'] }] }
const FIGURE: RequestedFigure = {
  ...{ id: 'g1', kind: 'cross', variable: 'V1', cross: 'V2', layers: null, filter: null },
  ...{ name: '', chart: null, map: null, base: null },
}
const SNAPSHOT = { hash: 'a'.repeat(64), codes: new Set(['V1', 'V2', 'V3']), types: new Map(), sourceName: 'PQRS' }
const GROUNDS = { requested: [FIGURE], segments: [], snapshots: [SNAPSHOT], threshold: 5 }

const basis = (figure: Partial<RequestedFigure>, ground: Partial<typeof GROUNDS> = {}) =>
  basesOf({ ...GROUNDS, ...ground, requested: [{ ...FIGURE, ...figure }] }).get('figura:g1')

it('whatever changes the numbers of a figure makes them stale, and how it is called or drawn does not', () => {
  const now = basis({})
  for (const moved of [
    basis({ kind: 'count', cross: null }),
    basis({ variable: 'V3' }),
    basis({ cross: 'V3' }),
    basis({ layers: 'V3' }),
    basis({ filter: RULE }),
    basis({}, { threshold: 10 }),
    basis({}, { snapshots: [{ ...SNAPSHOT, hash: 'b'.repeat(64) }] }),
  ])
    expect(moved).not.toBe(now)
  expect(basis({ name: 'Canales', chart: 'heat', base: 'rows' })).toBe(now)
})

it('a segment counted by another rule makes its numbers stale', () => {
  const of = (rule: SegmentRule) => basesOf({ ...GROUNDS, segments: [{ id: 'm1', rule } as never] }).get('segmento:m1')
  expect(of(RULE)).toBe(of(structuredClone(RULE)))
  expect(of({ all: [{ variable: 'V1', op: 'eq', values: ['Presencial'] }] })).not.toBe(of(RULE))
})
