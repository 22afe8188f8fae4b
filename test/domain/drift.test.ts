import { describe, expect, it } from 'vitest'
import { type ColumnChange, driftOf, nameDistance } from '../../domain/drift.ts'
import { type MappedColumn, Mapping } from '../../domain/sources.ts'

const column = (name: string, more: Partial<MappedColumn> = {}): MappedColumn => ({
  ...{ column: name, code: name, label: name, type: 'category', role: 'variable', sensitive: false },
  ...{ required: false, unique: false, dateFormat: 'iso', decimalMark: ',' },
  ...more,
})

const approved: Mapping = [
  column('documento', { role: 'person_key', type: 'text' }),
  column('canal', { label: 'Canal de atención' }),
  column('fecha', { type: 'date' }),
  column('edad', { type: 'integer' }),
  column('obs', { role: 'ignore', type: 'text' }),
]
const known = { canal: ['Web', 'Presencial', 'Teléfono'] }
const header = ['documento', 'canal', 'fecha', 'edad', 'obs']
const records = [
  ['1', 'Web', '2024-01-02', '30', 'x'],
  ['2', 'Presencial', '2024-02-03', '41', 'y'],
]
const named = (names: string[]) => ({ header: names, sample: records })
const changesOf = (file: { header: string[]; sample: string[][] }) => driftOf(approved, file, known)?.changes ?? []

describe('what changed in the columns of a file', () => {
  const swapped = {
    header: ['canal', 'documento', ...header.slice(2)],
    sample: records.map(([a, b, ...c]) => [b, a, ...c] as string[]),
  }
  const retyped = (at: number, values: string[]) => ({
    header,
    sample: values.map((value) => records[0]?.map((cell, i) => (i === at ? value : cell)) as string[]),
  })
  const cases: [string, { header: string[]; sample: string[][] }, ColumnChange[]][] = [
    ['the same columns', named(header), []],
    ['another order', swapped, []],
    [
      'a column less that nobody imported',
      { header: header.slice(0, 4), sample: records.map((r) => r.slice(0, 4)) },
      [],
    ],
    [
      'another case and accent',
      named(['Documento', ...header.slice(1)]),
      [{ kind: 'renamed', column: 'Documento', before: 'documento', because: 'name' }],
    ],
    [
      'a letter more',
      named(['documento', 'canal', 'fechas', 'edad', 'obs']),
      [{ kind: 'renamed', column: 'fechas', before: 'fecha', because: 'name' }],
    ],
    [
      'words beside the old name',
      named(['documento', 'canal de atención', 'fecha', 'edad', 'obs']),
      [{ kind: 'renamed', column: 'canal de atención', before: 'canal', because: 'name' }],
    ],
    [
      'another name, the same values',
      named(['documento', 'medio', 'fecha', 'edad', 'obs']),
      [{ kind: 'renamed', column: 'medio', before: 'canal', because: 'values' }],
    ],
    [
      'another name, other values',
      named(['documento', 'canal', 'fecha', 'estrato', 'obs']),
      [
        { kind: 'removed', column: 'edad' },
        { kind: 'added', column: 'estrato' },
      ],
    ],
    [
      'a column more',
      { header: [...header, 'comuna'], sample: records.map((r) => [...r, '3']) },
      [{ kind: 'added', column: 'comuna' }],
    ],
    [
      'ages that became words',
      retyped(3, ['joven', 'adulto', 'mayor']),
      [{ kind: 'retyped', column: 'edad', before: 'integer', after: 'category' }],
    ],
    [
      'ages with decimals',
      retyped(3, ['30,5', '41,2']),
      [{ kind: 'retyped', column: 'edad', before: 'integer', after: 'decimal' }],
    ],
    [
      'channels that became dates',
      retyped(1, ['2024-01-01', '2024-01-02']),
      [{ kind: 'retyped', column: 'canal', before: 'category', after: 'date' }],
    ],
    ['channels as codes', retyped(1, ['1', '2']), []],
    ['one bad date among many', retyped(2, [...Array(9).fill('2024-01-01'), 'ayer']), []],
    ['an empty column', retyped(3, ['', '']), []],
  ]
  it.each(cases)('%s', (_, file, expected) => {
    expect(changesOf(file)).toEqual(expected)
  })

  it('proposes the old code, label and role for a renamed column, and a mapping that holds', () => {
    const drift = driftOf(approved, named(['documento', 'medio', 'fecha', 'Canal', 'edad nueva']), known)
    expect(drift).not.toBeNull()
    const proposal = Mapping.parse(drift?.proposal)
    expect(proposal.map((one) => one.column)).toEqual(['documento', 'medio', 'fecha', 'Canal', 'edad nueva'])
    // The nearer name wins over the values, and no code is there twice.
    expect(proposal[3]).toMatchObject({ code: 'canal', label: 'Canal de atención' })
    expect(new Set(proposal.map((one) => one.code)).size).toBe(5)
  })

  it('proposes the new type where the values changed, without the old list', () => {
    const listed = approved.map((one) => (one.code === 'edad' ? { ...one, allowed: ['1'], label: 'Edad' } : one))
    const file = { header, sample: records.map((r) => r.map((cell, i) => (i === 3 ? '15/02/2024' : cell))) }
    const edad = driftOf(listed, file, known)?.proposal.find((one) => one.column === 'edad')
    expect(edad).toEqual(column('edad', { type: 'date', dateFormat: 'dmy', label: 'Edad' }))
  })
})

describe('names nearly equal', () => {
  it.each([
    ['Número de documento', 'numero_documento', 3],
    ['organismo', 'organizmo', 1],
    ['tipo_comunicacion', 'TIPO COMUNICACIÓN', 0],
    ['edad', 'sexo', null],
    ['edad', 'edas', null],
    ['canal', 'canal_atencion', 3],
  ] as [string, string, number | null][])('%s and %s: %s', (a, b, distance) => {
    expect(nameDistance(a, b)).toBe(distance)
  })
})
