import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeSentence } from '../../app/text/variables.ts'
import type { Cell } from '../../domain/aggregates.ts'
import { crosswalkProblems, likelyPairs, objectionToDeciding, type Pair } from '../../domain/crosswalks.ts'
import { joinSeries, type SeriesPoint } from '../../domain/joined-series.ts'
import { breaksOf, comparability, earlierOf, oneOfEach, selectsTheSame } from '../../domain/series.ts'
import {
  breaksSeries,
  catalogueChange,
  changesBetween,
  optionCode,
  readOptions,
  type VariableDefinition,
  type VariableOption,
  writeOptions,
} from '../../domain/variable-definitions.ts'

const SEXO: VariableDefinition = {
  ...{ name: 'Sexo', definition: 'El que la persona informa.', unit: '', periodicity: '', category: 'DEM' },
  ...{ sensitive: false, values: options('mujer', 'hombre', 'no_informa') },
}

function options(...codes: string[]): VariableOption[] {
  return codes.map((code) => ({ code, label: code.toUpperCase() }))
}

const word = fc.stringMatching(/^[a-z]{3,12}$/)
const optionList = fc
  .uniqueArray(word, { minLength: 1, maxLength: 8 })
  .chain((codes) => fc.tuple(...codes.map((code) => fc.record({ code: fc.constant(code), label: word }))))
const definition: fc.Arbitrary<VariableDefinition> = fc.record({
  ...{ name: word, definition: fc.constantFrom('', 'Lo que se cuenta.'), unit: fc.constantFrom('', 'personas') },
  ...{ periodicity: fc.constantFrom('', 'anual'), category: fc.constantFrom('DEM', 'GEO'), sensitive: fc.boolean() },
  values: optionList,
}) as fc.Arbitrary<VariableDefinition>

describe('a series', () => {
  it('is never broken by other names, whatever the variable', () => {
    fc.assert(
      fc.property(definition, word, fc.infiniteStream(word), (before, name, labels) => {
        const values = before.values.map(({ code }) => ({ code, label: labels.next().value as string }))
        expect(breaksSeries(before, { ...before, name, values })).toBe(false)
      }),
    )
  })

  it('is always broken by an option that is split, merged, added or removed', () => {
    fc.assert(
      fc.property(definition, fc.nat(), (before, at) => {
        const split = before.values[at % before.values.length] as VariableOption
        const others = before.values.filter(({ code }) => code !== split.code)
        const parts = options(`${split.code}_a`, `${split.code}_b`)
        expect(breaksSeries(before, { ...before, values: [...others, ...parts] })).toBe(true)
        expect(breaksSeries({ ...before, values: [...others, ...parts] }, before)).toBe(true)
        expect(breaksSeries(before, { ...before, values: [...before.values, ...parts] })).toBe(true)
        if (others.length > 0) expect(breaksSeries(before, { ...before, values: others })).toBe(true)
      }),
    )
  })

  it.each<[string, Partial<VariableDefinition>, boolean, string]>([
    [
      'by another definition',
      { definition: 'El de la cédula.' },
      true,
      'Cambió la definición: antes «El que la persona informa.», ahora «El de la cédula.».',
    ],
    ['not by its spaces', { definition: '  El que  la persona informa. ' }, false, ''],
    [
      'not by a unit said for the first time',
      { unit: 'personas' },
      false,
      'Se escribió la unidad de medida: «personas».',
    ],
    [
      'not by how often it is collected',
      { periodicity: 'anual' },
      false,
      'Se escribió cada cuánto se recolecta: «Cada año».',
    ],
    ['not by being sensitive', { sensitive: true }, false, 'Ahora es un dato sensible.'],
    ['not by the order of its values', { values: [...SEXO.values].reverse() }, false, ''],
  ])('is broken %s', (_name, change, breaks, sentence) => {
    const after = { ...SEXO, ...change }
    expect(breaksSeries(SEXO, after)).toBe(breaks)
    expect(changesBetween(SEXO, after).map(changeSentence).join(' ')).toBe(sentence)
  })
})

describe('the catalogue', () => {
  it('takes what is new, keeps what is equal and makes a version of what changed', () => {
    expect(catalogueChange(undefined, SEXO)).toEqual({ kind: 'create', definition: SEXO })
    expect(catalogueChange(SEXO, { ...SEXO })).toEqual({ kind: 'no_change' })
    const split = { ...SEXO, values: options('mujer', 'hombre', 'intersexual', 'no_informa') }
    expect(catalogueChange(SEXO, split)).toMatchObject({ kind: 'new_version', breaks: true })
  })

  it('reads a field left empty as no change, so that the next answer is compared with the last one given', () => {
    expect(catalogueChange(SEXO, { ...SEXO, definition: '', values: [] })).toEqual({ kind: 'no_change' })
    expect(catalogueChange(SEXO, { ...SEXO, definition: '', name: 'Sexo al nacer' })).toMatchObject({
      definition: { ...SEXO, name: 'Sexo al nacer' },
      breaks: false,
    })
  })

  it('reads options back as it writes them', () => {
    fc.assert(
      fc.property(optionList, (list) => {
        expect(readOptions(writeOptions(list))).toEqual(list)
      }),
    )
    expect(readOptions('Área rural\n\n01: Física\nOtro: cuál')).toEqual([
      { code: 'area_rural', label: 'Área rural' },
      { code: '01', label: 'Física' },
      { code: 'Otro', label: 'cuál' },
    ])
  })

  it('knows a value of a source by code or by name, and leaves what it does not know', () => {
    const list = [{ code: 'rural', label: 'Área rural' }]
    expect(['rural', 'AREA RURAL', 'Área  rural', 'Sin dato'].map((value) => optionCode(value, list))).toEqual([
      'rural',
      'rural',
      'rural',
      'Sin dato',
    ])
  })
})

const after: VariableDefinition = { ...SEXO, values: options('mujer', 'hombre', 'intersexual', 'no_informa') }
const sides = { before: SEXO, after, old: SEXO.values }
const NOTE = 'Antes de 2026 no se preguntaba por intersexual.'
const PAIRS: Pair[] = [
  { from: 'mujer', to: ['mujer'] },
  { from: 'hombre', to: ['hombre'] },
  { from: 'no_informa', to: ['no_informa', 'intersexual'] },
]

describe('a table of correspondence', () => {
  it.each<[string, Pair[], string, string[]]>([
    ['answers every old value', PAIRS, NOTE, []],
    ['says which is not answered', PAIRS.slice(1), NOTE, ['old_unanswered']],
    ['says why', PAIRS, 'corta', ['note_missing']],
    ['names old values only', [...PAIRS, { from: 'otro', to: [] }], NOTE, ['old_unknown']],
    ['leads to new values only', [{ from: 'mujer', to: ['dama'] }, ...PAIRS.slice(1)], NOTE, ['new_unknown']],
    ['answers each once', [...PAIRS, PAIRS[0] as Pair], NOTE, ['old_repeated']],
  ])('%s', (_name, pairs, note, expected) => {
    expect(crosswalkProblems(sides, { pairs, note, conversion: null }).map(({ code }) => code)).toEqual(expected)
  })

  it('is asked only where the series breaks, and says how another unit is converted', () => {
    const renamed = { ...sides, after: { ...SEXO, name: 'Otro nombre' } }
    expect(crosswalkProblems(renamed, { pairs: [], note: NOTE, conversion: null })).toEqual([{ code: 'no_break' }])
    const months = { ...SEXO, values: [], unit: 'meses' }
    const years = { before: months, after: { ...months, unit: 'años' }, old: [] }
    const said = (before: string, after: string, offset = '0') =>
      crosswalkProblems(years, { pairs: [], note: NOTE, conversion: { before, after, offset } }).map(({ code }) => code)
    expect(crosswalkProblems(years, { pairs: [], note: NOTE, conversion: null })).toEqual([
      { code: 'conversion_missing' },
    ])
    expect(said('12', '1')).toEqual([])
    expect([said('', '1'), said('0', '1'), said('-12', '1'), said('1e3', '1')]).toEqual(
      Array(4).fill(['amount_invalid']),
    )
    expect(said('12', '1', 'x')).toEqual(['offset_invalid'])
    expect([said('1,50', '1.5'), said('1', '1', '0,1')]).toEqual([['conversion_idle'], []])
  })

  it('begins with what stayed', () => {
    expect(likelyPairs(sides).map(({ to }) => to)).toEqual([['mujer'], ['hombre'], ['no_informa']])
  })

  it('is decided once, and never by who proposed it', () => {
    const open = { status: 'proposed', proposedById: 'a', proposedForId: 'c', decidedBy: null, decidedAt: null }
    expect(objectionToDeciding(open, ['b'])).toBeNull()
    for (const hands of [['a'], ['b', 'a'], ['c']]) expect(objectionToDeciding(open, hands)?.code).toBe('own_work')
    const done = { ...open, status: 'approved', decidedBy: 'Jefatura', decidedAt: new Date(0) }
    expect(objectionToDeciding(done, ['b'])?.code).toBe('already_decided')
  })
})

const cell = (value: number | null): Cell => ({ value, mark: value === null ? 'small' : null }) as Cell

function point(vigencia: number, n: number, counts: Record<string, number | null>): SeriesPoint {
  const total = Object.values(counts).reduce<number>((sum, count) => sum + (count ?? 0), 0)
  return {
    ...{ vigencia, n, total: cell(total) },
    counts: Object.entries(counts).map(([code, value]) => ({ code, label: code, count: cell(value) })),
  }
}

const crosswalk = (from: number, pairs: Pair[], approvedAt: Date | null = new Date(0)) => ({
  ...{ from, to: from + 1, pairs, conversion: null, note: NOTE, approvedAt },
})
const versions = [SEXO, after].map((one, i) => ({ n: i + 1, definition: one }))
const POINTS = [
  point(2024, 1, { mujer: 60, hombre: 30, no_informa: 10 }),
  point(2025, 1, { mujer: 50, hombre: 40, no_informa: 10 }),
  point(2026, 2, { mujer: 55, hombre: 30, intersexual: 8, no_informa: 7 }),
]

describe('the guard between vigencias', () => {
  it('joins equal definitions and stops where they differ', () => {
    const runs = joinSeries({ versions, crosswalks: [] }, POINTS)
    expect(runs.map(({ points }) => points.map(({ vigencia }) => vigencia))).toEqual([[2024, 2025], [2026]])
    expect(runs[1]?.refused[0]?.changes).toEqual([{ kind: 'option_added', code: 'intersexual', label: 'INTERSEXUAL' }])
  })

  it('stays closed while the table is only proposed, and opens with its approval, values that mixed joined', () => {
    const waiting = { versions, crosswalks: [crosswalk(1, PAIRS, null)] }
    expect(joinSeries(waiting, POINTS)).toHaveLength(2)
    const [run, ...others] = joinSeries({ versions, crosswalks: [crosswalk(1, PAIRS)] }, POINTS)
    expect(others).toEqual([])
    expect(run?.bridged[0]?.crosswalk?.note).toBe(NOTE)
    expect(run?.rows.map(({ label, cells }) => [label, ...cells.map(({ count }) => count)])).toEqual([
      ['MUJER', 60, 50, 55],
      ['HOMBRE', 30, 40, 30],
      ['INTERSEXUAL + NO_INFORMA', 10, 10, 15],
    ])
  })

  it('hides a sum with a hidden part, and tells it from a value that did not exist', () => {
    const pairs = [...PAIRS.slice(0, 2), { from: 'no_informa', to: [] }]
    const hidden = [
      POINTS[0] as SeriesPoint,
      point(2026, 2, { mujer: 55, hombre: null, intersexual: 8, no_informa: 7 }),
    ]
    const [run] = joinSeries({ versions, crosswalks: [crosswalk(1, pairs)] }, hidden)
    const row = (label: string) => run?.rows.find((one) => one.label === label)?.cells
    expect(row('HOMBRE')?.[1]).toMatchObject({ count: null, share: null, isAbsent: false })
    expect(row('INTERSEXUAL')?.[0]).toMatchObject({ count: null, isAbsent: true })
  })

  it('compares the same segment only where no value of its rule moved in part', () => {
    const history = { versions, crosswalks: [crosswalk(1, PAIRS)] }
    expect(selectsTheSame(history, 1, 2, ['MUJER'])).toBe(true)
    expect(selectsTheSame(history, 1, 2, ['NO_INFORMA'])).toBe(false)
    expect(selectsTheSame(history, 2, 1, ['NO_INFORMA', 'INTERSEXUAL'])).toBe(true)
  })
})

it('compares one exercise of each vigencia: the one chosen, else the one of the same name, else the last approved', () => {
  const exercise = (vigencia: number, cycleName: string) => ({ vigencia, cycleName, cycleId: `${cycleName}` })
  const all = [
    ...[exercise(2025, 'Comerciantes 2025'), exercise(2025, 'Ciudadanía 2025')],
    ...[exercise(2026, 'Ciudadanía 2026'), exercise(2027, 'Ciudadanía 2027')],
  ]
  const names = (chosen: string[]) => oneOfEach(all, chosen).map(({ cycleName }) => cycleName)
  expect(names([])).toEqual(['Ciudadanía 2025', 'Ciudadanía 2026', 'Ciudadanía 2027'])
  expect(names(['Comerciantes 2025', 'nada'])).toEqual(['Comerciantes 2025', 'Ciudadanía 2026', 'Ciudadanía 2027'])
  expect(oneOfEach(all.slice(0, 1), [])).toEqual(all.slice(0, 1))
})

it('compares an exercise with the one of its name in the nearest earlier vigencia, whatever compares', () => {
  const exercise = (vigencia: number, cycleName: string) => ({ vigencia, cycleName, cycleId: cycleName })
  const all = [
    exercise(2025, 'Comerciantes 2025'),
    exercise(2025, 'Ciudadanía 2025'),
    exercise(2024, 'Ciudadanía 2024'),
  ]
  const earlier = (vigencia: number, cycleName: string) => earlierOf({ vigencia, cycleName }, all)?.cycleName
  expect(earlier(2026, 'Ciudadanía 2026')).toBe('Ciudadanía 2025')
  expect(earlier(2026, 'Pesca 2026')).toBe('Comerciantes 2025')
  expect(earlier(2025, 'Comerciantes 2025')).toBe('Ciudadanía 2024')
  expect(earlier(2024, 'Ciudadanía 2024')).toBeUndefined()
})

/** A chain of versions that shuffle a few codes, with a table across each break, and counts for each version. */
const chain = fc
  .array(fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1 }), { minLength: 2, maxLength: 5 })
  .chain((lists) =>
    fc.record({
      lists: fc.constant(lists),
      pairs: fc.tuple(
        ...lists
          .slice(1)
          .map((now, i) =>
            fc.tuple(...(lists[i] ?? []).map((from) => fc.record({ from: fc.constant(from), to: fc.subarray(now) }))),
          ),
      ),
      counts: fc.tuple(...lists.map((codes) => fc.tuple(...codes.map(() => fc.nat(99))))),
    }),
  )

it('tables one after the other join a series whole: nothing is lost, and what corresponds stands in one row', () => {
  fc.assert(
    fc.property(chain, ({ lists, pairs, counts }) => {
      const history = {
        versions: lists.map((codes, i) => ({ n: i + 1, definition: { ...SEXO, values: options(...codes) } })),
        crosswalks: pairs.map((table, i) => crosswalk(i + 1, table)),
      }
      const points = lists.map((codes, i) =>
        point(2020 + i, i + 1, Object.fromEntries(codes.map((code, c) => [code, counts[i]?.[c] ?? 0]))),
      )
      expect(comparability(history, 1, lists.length).refused).toEqual([])
      const [run, ...others] = joinSeries(history, points)
      expect(others).toEqual([])
      for (const [i, { total }] of points.entries()) {
        const sum = run?.rows.reduce((all, { cells }) => all + (cells[i]?.count ?? 0), 0)
        expect(sum).toBe(total.value)
      }
      // Read step by step, each table relates values of one row only.
      const rowOf = (n: number, code: string) => {
        const alone = joinSeries(
          history,
          points.map((one) => (one.n === n ? pointOnly(one, code) : emptied(one))),
        )
        return alone[0]?.rows.findIndex(({ cells }) => (cells[n - 1]?.count ?? 0) > 0)
      }
      for (const { from, to } of breaksOf(history))
        for (const pair of pairs[from - 1] ?? [])
          for (const value of pair.to) expect(rowOf(to, value)).toBe(rowOf(from, pair.from))
    }),
    { numRuns: 60 },
  )
})

const withCounts = (one: SeriesPoint, count: (code: string) => number): SeriesPoint => ({
  ...one,
  counts: one.counts.map((value) => ({ ...value, count: cell(count(value.code)) })),
})
const pointOnly = (one: SeriesPoint, code: string) => withCounts(one, (other) => (other === code ? 1 : 0))
const emptied = (one: SeriesPoint) => withCounts(one, () => 0)
