import { describe, expect, it } from 'vitest'
import { likelyContinued, nameAfter, periodAfter, seamOf } from '../../domain/continuity.ts'
import { freshnessOfSource } from '../../domain/freshness.ts'
import { mayEndOtherwise } from '../../domain/sources.ts'

const source = (name: string, ownerAgencyId: string | null = 'ogac') => ({ name, ownerAgencyId })

describe('a source that goes on with one of an earlier exercise', () => {
  const own = source('Comunicaciones radicadas en 2025')

  it.each([
    ['name_and_owner', [source('Encuesta'), source('Comunicaciones radicadas en 2024')]],
    ['name', [source('Comunicaciones Radicadas en 2024', 'otra')]],
    ['near_name_and_owner', [source('Comunicaciones radicada 2024')]],
  ])('is proposed by %s', (because, earlier) => {
    expect(likelyContinued(own, earlier)).toMatchObject({ because, source: earlier.at(-1) })
  })

  it('is proposed from the newest vigencia, and the same owner goes before the newest', () => {
    const [newest, older] = [source('Comunicaciones radicadas en 2024'), source('Comunicaciones radicadas en 2023')]
    expect(likelyContinued(own, [newest, older])?.source).toBe(newest)
    const moved = source('Comunicaciones radicadas en 2024', 'otra')
    expect(likelyContinued(own, [moved, older])?.source).toBe(older)
  })

  it('is not proposed by a name nearly the same of somebody else, nor by the owner alone', () => {
    expect(likelyContinued(own, [source('Comunicaciones radicada 2024', 'otra'), source('Encuesta')])).toBeNull()
    const ownerless = source('Comunicaciones radicada 2024', null)
    expect(likelyContinued(source('Comunicaciones radicadas', null), [ownerless])).toBeNull()
  })
})

describe('the period after another', () => {
  it.each([
    ['2024-01-01', '2024-12-31', '2025-01-01', '2025-12-31'],
    ['2024-01-01', '2024-02-29', '2024-03-01', '2024-04-30'],
    ['2024-07-01', '2024-12-31', '2025-01-01', '2025-06-30'],
    ['2024-01-15', '2024-02-14', '2024-02-15', '2024-03-14'],
    ['2024-01-01', '2024-01-10', '2024-01-11', '2024-01-20'],
  ])('of %s to %s is %s to %s', (periodFrom, periodTo, from, to) => {
    expect(periodAfter({ periodFrom, periodTo })).toEqual({ periodFrom: from, periodTo: to })
  })

  const year = { periodFrom: '2024-01-01', periodTo: '2024-12-31' }

  it('takes the name along', () => {
    const next = periodAfter(year)
    expect(nameAfter('Comunicaciones de 2024 (2023)', year, next)).toBe('Comunicaciones de 2025 (2023)')
    expect(nameAfter('Tabla 20241', year, next)).toBe('Tabla 20241')
  })

  it.each([
    ['2025-01-01', '2025-12-31', null],
    ['2025-02-01', '2025-12-31', { kind: 'gap', periodFrom: '2025-01-01', periodTo: '2025-01-31' }],
    ['2024-12-01', '2025-11-30', { kind: 'overlap', periodFrom: '2024-12-01', periodTo: '2024-12-31' }],
    ['2023-06-01', '2024-06-30', { kind: 'overlap', periodFrom: '2024-01-01', periodTo: '2024-06-30' }],
    ['2023-01-01', '2023-12-31', null],
  ])('from %s to %s meets the year before as it should', (periodFrom, periodTo, seam) => {
    expect(seamOf(year, { periodFrom, periodTo })).toEqual(seam)
  })
})

describe('freshness of a source that goes on', () => {
  const continues = { periodTo: '2024-12-31', periodicity: 'anual' as const }
  const own = { periodTo: '2026-12-31', periodicity: 'anual' as const, continues }

  it('counts from the earlier contract until a file of its own is in use', () => {
    const before = freshnessOfSource({ ...own, importId: null }, '2026-02-01')
    expect(before).toMatchObject({ state: 'overdue', expectedBy: '2026-01-30', isOfEarlier: true })
    const after = freshnessOfSource({ ...own, importId: 'uno' }, '2026-02-01')
    expect(after).toMatchObject({ state: 'fresh', nextPeriodTo: '2027-12-31', isOfEarlier: false })
    for (const other of [null, { ...continues, periodicity: null }])
      expect(freshnessOfSource({ ...own, importId: null, continues: other }, '2026-02-01')?.isOfEarlier).toBe(false)
  })
})

describe('a file whose import ended', () => {
  it.each([
    ['cancelled', true],
    ['disk_full', true],
    ['unreadable', true],
    ['not_open', true],
    ['missing_column', false],
    ['unclosed_quote', false],
    ['too_many_values', false],
  ])('read again after %s may end otherwise: %s', (code, may) => expect(mayEndOtherwise(code)).toBe(may))
})
