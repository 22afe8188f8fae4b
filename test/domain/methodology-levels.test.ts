import { describe, expect, it } from 'vitest'
import { editFaultSentence } from '../../app/text/methodology-faults.ts'
import { DUB_RISK } from '../../catalog/demo/risks.ts'
import { CORRUPTION } from '../../catalog/methodologies/corruption.ts'
import { GUIDE_7 } from '../../catalog/methodologies/guides.ts'
import { editMethodology, fieldsOfMethodology } from '../../domain/methodology-edits.ts'
import { changeLevels, codesIn, levelChangeOf, levelChangeText } from '../../domain/methodology-levels.ts'
import { objectionToMove, suggestedTable } from '../../domain/methodology-moves.ts'
import type { Methodology } from '../../domain/risk-methodology.ts'
import { inherentPlace, probabilityOf } from '../../domain/risks.ts'

const COPY = '0190abcd-0000-7000-8000-000000000001'
const fields = (base: Methodology) => ({ ...fieldsOfMethodology(base), copy: COPY })
const change = (text: string, typed: Record<string, string>) => {
  const asked = levelChangeOf(text)
  if (!asked) throw new Error(text)
  return changeLevels(typed, asked)
}
const edit = (typed: Record<string, string>, base: Methodology = GUIDE_7) => editMethodology(base, typed, base)
const sentences = (typed: Record<string, string>, base?: Methodology) => {
  const edited = edit(typed, base)
  return edited.ok ? [] : edited.faults.map((fault) => `${fault.path}: ${editFaultSentence(fault)}`)
}
/** What a new level says, and its line of the matrix. */
const ALMOST: Record<string, string> = {
  ...{ 'probability.4.name': 'Casi segura', 'probability.4.percent': '90', 'probability.4.from': '3.000' },
  'probability.4.words': 'Más de 3.000 veces al año',
  ...Object.fromEntries(['A', 'A', 'A', 'A', 'E'].map((zone, j) => [`matrix.4.${j}`, zone])),
}

describe('a level that is added to a scale', () => {
  it('is blank, moves those above it with their lines of the matrix, and loses nothing that was typed', () => {
    const typed = { ...fields(GUIDE_7), 'probability.4.name': 'Lo que escribí', 'matrix.4.0': 'M', name: 'Mi guía' }
    const added = change('add.probability.4', typed)
    expect(codesIn(added, 'probability')).toEqual([
      ...['muy_baja', 'baja', 'media', 'alta', 'nivel_0190abcd_0', 'muy_alta'],
    ])
    expect(added).toMatchObject({ name: 'Mi guía', 'probability.5.name': 'Lo que escribí', 'matrix.5.0': 'M' })
    expect(added['probability.4.name']).toBe('')
    expect(added['matrix.4.0']).toBe('')
    expect(added['probability.4.from']).toBe('')
    expect(added['matrix.3.4']).toBe('E')
    // Taken away again, it is as it was typed.
    expect(change('remove.probability.4', added)).toEqual(typed)
  })

  it('holds the copy until it is whole, and each hole of the matrix is told by the names of its levels', () => {
    const added = change('add.probability.4', fields(GUIDE_7))
    const { 'matrix.4.2': _hole, ...rest } = ALMOST
    expect(sentences({ ...added, ...rest })).toEqual([
      'matrix.4.2: Falta la zona de probabilidad «Casi segura» con impacto «Moderado»: la matriz no puede quedar con huecos.',
    ])
    expect(sentences(added)).toContain(
      'matrix.4.0: Falta la zona de probabilidad del nivel 5 con impacto «Leve»: la matriz no puede quedar con huecos.',
    )
    expect(sentences({ ...added, ...ALMOST, 'probability.4.percent': '100' })).toEqual([
      expect.stringMatching(/^probability\.5\.percent: El porcentaje debe ser mayor/),
    ])
    expect(sentences({ ...added, ...ALMOST, 'probability.4.from': '6000' })).toEqual([
      expect.stringMatching(/^probability\.5\.from: Este nivel se cruza/),
    ])
  })

  it('rates the numbers from where it begins to where the next does', () => {
    const edited = edit({ ...change('add.probability.4', fields(GUIDE_7)), ...ALMOST })
    if (!edited.ok) throw new Error(JSON.stringify(edited.faults))
    const { methodology } = edited
    expect(methodology.matrix).toHaveLength(6)
    const levelAt = (timesPerYear: number) => {
      const at = probabilityOf(methodology, { ...DUB_RISK, timesPerYear })
      return at === undefined ? undefined : methodology.probability[at]?.name
    }
    expect([500, 501, 2_999, 3_000, 5_000, 5_001].map(levelAt)).toEqual([
      ...['Media', 'Alta', 'Alta', 'Casi segura', 'Casi segura', 'Muy Alta'],
    ])
    expect(inherentPlace(methodology, { ...DUB_RISK, timesPerYear: 4_000 })).toMatchObject({ probability: 4, p: '90' })
    // Saved, it is a level like the others: its code stays whatever is typed next.
    expect(fieldsOfMethodology(methodology)['probability.codes']).toContain('nivel_0190abcd_0')
    expect(edit({ ...fields(methodology), name: 'Otra' }, methodology).ok).toBe(true)
  })

  it('before the first leaves the old first one without a beginning, which is asked for', () => {
    const added = change('add.probability.0', fields(GUIDE_7))
    expect(sentences(added)).toContain('probability.1.from: Escriba un número entero de 1 a 100.000.000.')
  })

  it('of a scale by questions or by words is told apart as its neighbours are', () => {
    const impact = change('add.impact.1', fields(CORRUPTION))
    const said = { 'impact.1.name': 'Serio', 'impact.1.percent': '70', 'impact.1.from': '3', 'impact.1.words': '3 a 5' }
    const column = Object.fromEntries(
      CORRUPTION.probability.map((_, i) => [`matrix.${i}.1`, impact[`matrix.${i}.0`] ?? '']),
    )
    const edited = edit({ ...impact, ...said, ...column }, CORRUPTION)
    if (!edited.ok) throw new Error(JSON.stringify(edited.faults))
    expect(edited.methodology.impact.map(({ yes, economic }) => [yes?.min, economic])).toEqual([
      ...[
        [0, null],
        [3, null],
        [6, null],
        [12, null],
      ],
    ])
    expect(sentences(change('add.probability.5', fields(CORRUPTION)), CORRUPTION).join()).not.toContain('from')
  })
})

describe('a level that is taken from a scale', () => {
  it('leaves its numbers to the one below, and the first begins at 0', () => {
    const middle = edit(change('remove.probability.2', fields(GUIDE_7)))
    const first = edit(change('remove.probability.0', fields(GUIDE_7)))
    if (!middle.ok || !first.ok) throw new Error('not sound')
    expect(middle.methodology.probability.map(({ code, times }) => [code, times?.min])).toEqual([
      ...[
        ['muy_baja', 0],
        ['baja', 3],
        ['alta', 501],
        ['muy_alta', 5_001],
      ],
    ])
    expect(middle.methodology.matrix).toEqual(GUIDE_7.matrix.filter((_, i) => i !== 2))
    expect(first.methodology.probability[0]).toMatchObject({ code: 'baja', times: { min: 0, max: 25 } })
    const column = edit(change('remove.impact.1', fields(GUIDE_7)))
    expect(column.ok && column.methodology.matrix).toEqual(GUIDE_7.matrix.map((row) => row[0] + row.slice(2)))
  })
})

describe('a scale', () => {
  it('has three to seven levels, whatever is sent', () => {
    let typed: Record<string, string> = fields(GUIDE_7)
    for (let i = 0; i < 9; i += 1) typed = change('remove.impact.0', typed)
    expect(codesIn(typed, 'impact')).toEqual(['moderado', 'mayor', 'catastrofico'])
    for (let i = 0; i < 9; i += 1) typed = change('add.impact.1', typed)
    expect(codesIn(typed, 'impact')).toHaveLength(7)
    expect(new Set(codesIn(typed, 'impact')).size).toBe(7)
    for (const codes of ['leve menor', 'leve leve mayor catastrofico', 'leve menor otro', ''])
      expect(sentences({ ...fields(GUIDE_7), 'impact.codes': codes })).toContain(
        'impact.codes: Una escala tiene de 3 a 7 niveles. Vuelva a cargar la página y cámbiela otra vez.',
      )
  })

  it('is changed by what its buttons send, and by nothing else', () => {
    const sent = levelChangeText({ kind: 'remove', axis: 'impact', at: 2 })
    expect(levelChangeOf(sent)).toEqual({ kind: 'remove', axis: 'impact', at: 2 })
    for (const text of ['', 'remove.zones.1', 'remove.impact.22', 'drop.impact.1'])
      expect(levelChangeOf(text)).toBeNull()
  })
})

it('a risk moves between versions with other levels by a table, which is proposed and still whole', () => {
  const more = edit({ ...change('add.probability.4', fields(GUIDE_7)), ...ALMOST })
  const less = edit(change('remove.probability.2', fields(GUIDE_7)))
  if (!more.ok || !less.ok) throw new Error('not sound')
  expect(suggestedTable(GUIDE_7, more.methodology).probability).toEqual([0, 1, 2, 3, 5])
  expect(suggestedTable(more.methodology, less.methodology).probability).toEqual([0, 1, 2, 2, 3, 3])
  const between = { from: more.methodology, to: less.methodology }
  const table = suggestedTable(between.from, between.to)
  expect(objectionToMove(between, [], table)).toBeNull()
  const short = { ...table, probability: table.probability.slice(1) }
  expect(objectionToMove(between, [], short)).toMatchObject({ code: 'table_hole', facts: { axis: 'probability' } })
})
