import { describe, expect, it } from 'vitest'
import { methodologyDraftText } from '../../app/text/methodologies.ts'
import { editFaultSentence, faultPlace } from '../../app/text/methodology-faults.ts'
import { CORRUPTION } from '../../catalog/methodologies/corruption.ts'
import { GUIDE_7 } from '../../catalog/methodologies/guides.ts'
import { METHODOLOGIES } from '../../catalog/methodologies/index.ts'
import { kindsOf, methodologyFor } from '../../domain/methodology-choices.ts'
import { acceptorsFor, editMethodology, fieldsOfMethodology } from '../../domain/methodology-edits.ts'
import { type Methodology, REVIEW_MONTHS } from '../../domain/risk-methodology.ts'

/** A guide with something else typed into some of its fields. */
const typed = (change: Record<string, string>, base: Methodology = GUIDE_7) =>
  editMethodology(base, { ...fieldsOfMethodology(base), ...change }, GUIDE_7.code === base.code ? GUIDE_7 : base)

const faults = (change: Record<string, string>, base?: Methodology) => {
  const edited = typed(change, base)
  return edited.ok ? [] : edited.faults.map(({ path, code }) => `${path} ${code}`)
}

describe('a copy that is edited', () => {
  it.each(METHODOLOGIES.map((one) => [one.code, one]))('says what %s says where nothing was typed', (_, one) => {
    expect(typed({}, one)).toEqual({ ok: true, methodology: one })
  })

  it('takes a cell, a name, thresholds, weights, treatment, wording and the worth of evidence', () => {
    const edited = typed({
      ...{
        'matrix.2.1': 'A',
        'matrix.2.2': 'A',
        'matrix.3.1': 'A',
        'probability.4.name': 'Casi segura',
        'probability.2.from': '1.200',
      },
      ...{ 'probability.3.from': '2 000', 'impact.1.from': '12', 'types.0.weight': '30', 'own.seguridad.1': '10' },
      ...{ 'zones.0.acceptedBy': 'secretaria_general', 'zones.0.reviewMonths': '6', 'typologies.0.isAcceptable': 'no' },
      ...{ 'typologies.0.wording': 'Por {causa_raiz}', 'evidence.expired': '50' },
    })
    if (!edited.ok) throw new Error(JSON.stringify(edited.faults))
    const { methodology } = edited
    expect(methodology.matrix[2]).toBe('MAAAE')
    expect(methodology.probability.map(({ times }) => times)).toEqual([
      ...[
        { min: 0, max: 3 },
        { min: 3, max: 1_200 },
        { min: 1_200, max: 2_000 },
      ],
      ...[
        { min: 2_000, max: 5_001 },
        { min: 5_001, max: null },
      ],
    ])
    expect(methodology.residual).toMatchObject({
      typologies: { seguridad: { implementations: [{ weight: 25 }, { weight: 10 }] } },
    })
    expect(methodology.zones[0]).toMatchObject({ acceptedBy: 'secretaria_general' })
    expect(methodology.evidence.expired).toBe(50)
  })

  it('never makes acceptable what the guide never accepts', () => {
    const edited = typed({ 'typologies.3.isAcceptable': 'si' })
    expect(edited.ok && edited.methodology.typologies[3]?.isAcceptable).toBe(false)
  })

  it('is accepted by nobody lower than the guide names, in no zone', () => {
    expect(['B', 'M', 'A', 'E'].map((zone) => acceptorsFor(GUIDE_7, zone))).toEqual([
      ...[['jefatura_ogac', 'secretaria_general', 'alcaldia'], ['alcaldia'], ['alcaldia'], ['alcaldia']],
    ])
    for (const zone of CORRUPTION.zones) expect(acceptorsFor(CORRUPTION, zone.code)).toEqual([])
    for (const i of [1, 2, 3])
      expect(faults({ [`zones.${i}.acceptedBy`]: 'jefatura_ogac' })).toEqual([`zones.${i}.acceptedBy choice_unknown`])
    expect(faults({ 'zones.3.acceptedBy': 'alcaldia' })).toEqual([])
  })

  it('counts nothing without evidence in force for more than with it', () => {
    for (const state of ['expired', 'failed', 'never'])
      expect(faults({ [`evidence.${state}`]: '90', 'evidence.current': '80' })).toEqual([
        `evidence.${state} evidence_above_current`,
      ])
    expect(faults({ 'evidence.expired': '80', 'evidence.current': '80' })).toEqual([])
  })

  it('is reviewed after the months that the form says, and not one more', () => {
    const { least, most } = REVIEW_MONTHS
    for (const n of [least, most]) expect(faults({ 'zones.0.reviewMonths': String(n) })).toEqual([])
    for (const n of [least - 1, most + 1]) {
      const edited = typed({ 'zones.0.reviewMonths': String(n) })
      const [fault] = edited.ok ? [] : edited.faults
      expect(fault && editFaultSentence(fault)).toBe('Escriba un número entero de 1 a 24.')
    }
    expect(methodologyDraftText.reviewMonthsHelp(least, most)).toBe('De 1 a 24 meses.')
  })

  it('makes acceptable again what the entity alone had not accepted', () => {
    const strict = typed({ 'typologies.0.isAcceptable': 'no' })
    if (!strict.ok) throw new Error(JSON.stringify(strict.faults))
    expect(strict.methodology.typologies[0]?.isAcceptable).toBe(false)
    const edited = typed({ 'typologies.0.isAcceptable': 'si' }, strict.methodology)
    expect(edited.ok && edited.methodology.typologies[0]?.isAcceptable).toBe(true)
  })

  it.each([
    ['a hole in the matrix', { 'matrix.1.2': '' }, ['matrix.1.2 matrix_hole']],
    ['a zone that is not', { 'matrix.1.2': 'Z' }, ['matrix.1.2 matrix_hole']],
    ['a milder zone for more', { 'matrix.4.4': 'A' }, ['matrix.4.4 matrix_falls']],
    ['levels that overlap', { 'probability.2.from': '3' }, ['probability.2.from ranges_overlap']],
    ['levels that cross', { 'impact.3.from': '40' }, ['impact.3.from ranges_overlap']],
    ['percentages that do not rise', { 'impact.2.percent': '40' }, ['impact.2.percent not_ascending']],
    ['a weight that is none', { 'types.1.weight': 'mucho' }, ['types.1.weight percent_wrong']],
    ['a weight with a decimal', { 'types.1.weight': '2.5' }, ['types.1.weight percent_wrong']],
    ['a threshold with a decimal', { 'probability.2.from': '12,5' }, ['probability.2.from number_wrong']],
    ['thousands that are none', { 'probability.2.from': '1.20' }, ['probability.2.from number_wrong']],
    ['a weight below nothing', { 'types.1.weight': '-1' }, ['types.1.weight percent_wrong']],
    ['more than all of it', { 'types.0.weight': '80' }, ['types.0.weight weight_over']],
    ['a field that no answer fills', { 'typologies.0.wording': 'Por {culpa}' }, ['typologies.0.wording unknown_field']],
    ['a brace left open', { 'typologies.0.wording': 'Por {causa_raiz' }, ['typologies.0.wording unknown_field']],
    ['a wording without a cause', { 'typologies.0.wording': 'En {area}' }, ['typologies.0.wording no_cause']],
    [
      'the cause of another kind of risk',
      { 'typologies.2.wording': '{activo} por {causa_raiz}' },
      ['typologies.2.wording no_cause'],
    ],
    ['two levels of one name', { 'probability.3.name': 'MUY  baja' }, ['probability.3.name name_twice']],
    ['two levels that only a full stop tells apart', { 'impact.4.name': 'Leve.' }, ['impact.4.name name_twice']],
    ['two zones of one name', { 'zones.2.name': 'bajo' }, ['zones.2.name name_twice']],
    ['two typologies of one name', { 'typologies.1.name': 'Gestión' }, ['typologies.1.name name_twice']],
    ['a control that takes nothing', { 'types.1.weight': '0' }, ['types.1.weight weight_none']],
    [
      'a way to carry it out that adds nothing',
      { 'implementations.1.weight': '0' },
      ['implementations.1.weight weight_none'],
    ],
    ['a name that is missing', { name: ' ' }, ['name text_missing']],
    ['somebody who accepts nothing', { 'zones.0.acceptedBy': 'atencion' }, ['zones.0.acceptedBy choice_unknown']],
    ['a review every century', { 'zones.0.reviewMonths': '1200' }, ['zones.0.reviewMonths number_wrong']],
  ])('is not taken with %s, which is said in its field', (_, change, expected) => {
    expect(faults(change)).toEqual(expected)
  })

  it('is told everything at once, in the order of its form, each with the field it is in', () => {
    const edited = typed({
      ...{ 'evidence.expired': 'x', 'types.1.weight': '0', 'own.fiscal.1': 'x', 'typologies.1.wording': 'Por {culpa}' },
      ...{ 'zones.2.name': '', 'impact.2.percent': '40', 'probability.1.words': '', 'matrix.1.4': 'B', name: '' },
    })
    const told = edited.ok ? [] : edited.faults.map((one) => `${faultPlace(one)} ${one.code}`)
    expect(told).toEqual([
      'Nombre de la metodología text_missing',
      'Zona de probabilidad Baja con impacto Catastrófico matrix_falls',
      'Probabilidad, Nivel 2: Baja, cómo se explica text_missing',
      'Impacto, Nivel 3: Moderado, porcentaje not_ascending',
      'Zona sin nombre, nombre text_missing',
      'Tipología Fiscal, redacción unknown_field',
      'Tipología Fiscal, Peso de Manual en esta tipología (%) percent_wrong',
      'Evidencia vencida (%) percent_wrong',
    ])
  })

  it('says nothing of a rule while a number that it reads is none', () => {
    expect(faults({ 'probability.1.percent': 'x', 'probability.3.percent': '10' })).toEqual([
      'probability.1.percent percent_wrong',
    ])
    expect(faults({ 'probability.1.from': 'x', 'probability.2.from': '3' })).toEqual([
      'probability.1.from number_wrong',
    ])
    expect(faults({ 'types.0.weight': '', 'types.1.weight': '95' })).toEqual(['types.0.weight percent_wrong'])
  })

  it('is not taken with grades that do not fall', () => {
    expect(faults({ 'grades.1.from': '97' }, CORRUPTION)).toEqual(['grades.1.from grades_not_descending'])
    expect(faults({ 'grades.2.from': '5' }, CORRUPTION)).toEqual(['grades.2.from grades_not_descending'])
    expect(faults({ 'grades.1.counts': '100' }, CORRUPTION)).toEqual(['grades.1.counts grades_not_descending'])
    expect(faults({ 'grades.2.counts': '10' }, CORRUPTION)).toEqual(['grades.2.counts grades_not_descending'])
    expect(faults({ 'grades.1.levels': '3' }, CORRUPTION)).toEqual(['grades.1.levels grades_not_descending'])
  })
})

describe('which methodology a typology uses', () => {
  const own = { key: { code: 'guia_7', n: 1 }, methodology: GUIDE_7 }
  const offered = [...METHODOLOGIES.map((methodology) => ({ key: { code: methodology.code, n: 0 }, methodology })), own]
  const used = (typology: string, choices: Parameters<typeof methodologyFor>[1]) => {
    const { key } = methodologyFor(typology, choices, offered) ?? {}
    return key && `${key.code} ${key.n}`
  }

  it('is its own choice, else the entity’s where it knows it, else the first that ships and does', () => {
    const entity = { typology: null, key: { code: 'guia_6', n: 0 } }
    expect(used('gestion', [])).toBe('guia_7 0')
    expect(used('gestion', [entity])).toBe('guia_6 0')
    expect(used('gestion', [entity, { typology: 'gestion', key: own.key }])).toBe('guia_7 1')
    expect(used('integridad', [entity])).toBe('guia_7 0')
    expect(used('corrupcion', [entity])).toBe('corrupcion 0')
    expect(used('otra', [entity])).toBeUndefined()
    expect(kindsOf([entity], offered).map(({ typology }) => typology.code)).toEqual([
      ...['gestion', 'fiscal', 'seguridad', 'integridad', 'lavado', 'corrupcion'],
    ])
  })
})
