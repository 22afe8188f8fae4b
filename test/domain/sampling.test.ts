import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  drawItems,
  objectionToSample,
  type PopulationItem,
  populationText,
  SAMPLE_METHODS,
} from '../../domain/sampling.ts'

const digest = (text: string) => createHash('sha256').update(text).digest('hex')

/** Sixty items of three parts, one far larger than the others. */
const SIXTY: PopulationItem[] = Array.from({ length: 60 }, (_, i) => ({
  id: `item-${String(i).padStart(3, '0')}`,
  stratum: i === 7 ? 'c' : ('abc'[(i * i) % 3] ?? ''),
  size: i === 7 ? 4_000 : (i * 37) % 101,
}))
const SEED = 'Auditoría 2026 ñ'
const drawn = (method: (typeof SAMPLE_METHODS)[number], wanted: number, items = SIXTY) =>
  drawItems(items, { method, seed: SEED, wanted }, digest).map(({ id }) => Number(id.slice(5)))

describe('the same sample in another language', () => {
  // Made by a program in Python, written from what the page of a sample says and without reading this one.
  it('is drawn by chance', () => {
    expect(drawn('simple', 6)).toEqual([24, 44, 55, 52, 8, 2])
  })
  it('is drawn in each part', () => {
    expect(drawn('stratified', 7)).toEqual([24, 42, 44, 55, 52, 8, 2])
  })
  it('is drawn by size', () => {
    expect(drawn('by_size', 8)).toEqual([7, 42, 29, 38, 59, 40, 37, 16])
  })
  it('is of the same population', () => {
    const hash = 'e0f749a0045cf5aacacfdf1e5c4214ceb621ede9d6de0cbd0cd448e53cec664e'
    expect(digest(populationText(SIXTY))).toBe(hash)
  })
})

const populations = fc
  .uniqueArray(fc.record({ n: fc.nat(9_999), part: fc.nat(4), size: fc.nat(1_000_000) }), {
    ...{ minLength: 1, maxLength: 80, selector: ({ n }) => n },
  })
  .map((all) => all.map(({ n, part, size }) => ({ id: `e-${n}`, stratum: `p${part}`, size })))
const cases = fc.record({
  ...{ items: populations, seed: fc.string({ minLength: 1 }), method: fc.constantFrom(...SAMPLE_METHODS) },
  ...{ part: fc.double({ min: 0, max: 1, noNaN: true }), turn: fc.nat() },
})

describe('any sample', () => {
  it('has as many different items as were asked for, whatever order the population came in', () => {
    fc.assert(
      fc.property(cases, ({ items, seed, method, part, turn }) => {
        const most = method === 'by_size' ? items.filter(({ size }) => size > 0).length : items.length
        const wanted = Math.min(Math.max(1, Math.ceil(part * most)), most)
        if (wanted === 0) return
        const plan = { method, seed, wanted }
        expect(objectionToSample(items, plan)).toBeNull()
        const picked = drawItems(items, plan, digest)
        expect(new Set(picked.map(({ id }) => id)).size).toBe(wanted)
        expect(picked.every((one) => items.includes(one))).toBe(true)
        const at = turn % items.length
        const turned = [...items.slice(at), ...items.slice(0, at)].reverse()
        expect(drawItems(turned, plan, digest)).toEqual(picked)
      }),
    )
  })

  it('takes of each part its share, to less than one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 }), fc.nat(), (counts, n) => {
        const items = counts.flatMap((count, part) =>
          Array.from({ length: count }, (_, i) => ({ id: `${part}-${i}`, stratum: `p${part}`, size: 1 })),
        )
        const wanted = (n % items.length) + 1
        const picked = drawItems(items, { method: 'stratified', seed: 'Plan 4', wanted }, digest)
        expect(picked).toHaveLength(wanted)
        for (const [part, count] of counts.entries()) {
          const taken = picked.filter(({ stratum }) => stratum === `p${part}`).length
          expect(Math.abs(taken - (wanted * count) / items.length)).toBeLessThan(1)
        }
      }),
    )
  })

  it('by size, takes whatever reaches the interval and nothing without size', () => {
    fc.assert(
      fc.property(populations, fc.string(), fc.nat(), (items, seed, n) => {
        const sized = items.filter(({ size }) => size > 0)
        if (sized.length === 0) return
        const wanted = (n % sized.length) + 1
        const picked = drawItems(items, { method: 'by_size', seed, wanted }, digest)
        const total = sized.reduce((sum, { size }) => sum + size, 0)
        expect(picked.every(({ size }) => size > 0)).toBe(true)
        for (const item of sized) if (item.size * wanted >= total) expect(picked).toContain(item)
      }),
    )
  })

  it('picks by size as often as the size says', () => {
    const items = [10, 20, 30, 40].map((size, i) => ({ id: `e-${i}`, stratum: '', size }))
    const times = [0, 0, 0, 0]
    for (let i = 0; i < 4_000; i++)
      for (const { id } of drawItems(items, { method: 'by_size', seed: `s${i}`, wanted: 2 }, digest))
        times[Number(id.slice(2))] = (times[Number(id.slice(2))] ?? 0) + 1
    for (const [i, { size }] of items.entries()) expect(Math.abs((times[i] ?? 0) - size * 80)).toBeLessThan(150)
  })
})

describe('a sample that cannot be', () => {
  it('is refused with how many there are', () => {
    const plan = { method: 'simple', seed: 'x', wanted: 61 } as const
    expect(objectionToSample(SIXTY, plan)).toMatchObject({ code: 'sample_beyond', facts: { population: 60 } })
    const sized = SIXTY.filter(({ size }) => size > 0).length
    expect(objectionToSample(SIXTY, { ...plan, method: 'by_size' })).toMatchObject({ facts: { population: sized } })
    expect(objectionToSample([], { ...plan, wanted: 1 })).toMatchObject({ code: 'population_empty' })
  })
})
