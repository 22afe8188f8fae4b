import { describe, expect, it } from 'vitest'
import { gapSentence } from '../../app/text/gaps.ts'
import { FORMS, formDefinition, newestForm } from '../../catalog/forms/index.ts'
import {
  type Answers,
  activeAnswers,
  answersFromEntries,
  changesBetween,
  checkShape,
  emptyAnswers,
  entriesOf,
  type FormDefinition,
  flattenForReview,
  rowsOf,
  withRowAdded,
  withRowRemoved,
} from '../../domain/forms.ts'
import { numberOf } from '../../domain/number-notation.ts'
import { STEP_CODES } from '../../domain/procedures.ts'
import { completeAnswers } from '../support/answers.ts'

const form: FormDefinition = {
  stepCode: '1',
  version: 1,
  groups: [
    {
      code: 'datos',
      title: 'Datos',
      fields: [
        { kind: 'text', code: 'nombre', label: 'Nombre', required: true, maxLength: 10 },
        { kind: 'number', code: 'peso', label: 'Peso' },
        { kind: 'integer', code: 'edad', label: 'Edad', min: 0, max: 120 },
        { kind: 'date', code: 'dia', label: 'Día' },
        { kind: 'yesno', code: 'activo', label: 'Activo' },
        {
          kind: 'checkboxes',
          code: 'canales',
          label: 'Canales',
          choices: [
            { code: 'a', label: 'Letra A' },
            { code: 'b', label: 'Letra B' },
          ],
        },
        { kind: 'longtext', code: 'motivo', label: 'Motivo', when: { field: 'activo', equals: 'no' } },
        {
          kind: 'list',
          code: 'lista',
          label: 'Lista',
          itemTitle: 'Fila',
          max: 3,
          fields: [
            { kind: 'text', code: 'texto', label: 'Texto', maxLength: 5 },
            { kind: 'reference', code: 'fuente', label: 'Fuente', source: 'sources', multiple: true },
          ],
        },
      ],
    },
  ],
}

function typed(entries: [string, string][]): Answers {
  return answersFromEntries(form, entries)
}

function problems(entries: [string, string][]): string[] {
  const result = checkShape(form, typed(entries))
  return result.ok ? [] : result.errors.map((error) => `${error.path}: ${gapSentence(error)}`)
}

describe('answers read from a form', () => {
  it('keep rows in the order of their index, with their ids', () => {
    const answers = typed([
      ['datos.lista[1].texto', 'dos'],
      ['datos.lista[0].texto', 'uno'],
      ['datos.lista[0].id', 'f7'],
      ['datos.lista[0].fuente', 'x'],
      ['datos.lista[0].fuente', 'y'],
    ])
    expect(rowsOf(answers, 'datos', 'lista')).toEqual([
      { id: 'f7', texto: 'uno', fuente: ['x', 'y'] },
      { id: 'f1', texto: 'dos', fuente: [] },
    ])
  })

  it('never give two rows one id, and never take the id of a later row', () => {
    const answers = typed([
      ['datos.lista[0].texto', 'nueva'],
      ['datos.lista[1].id', 'f1'],
      ['datos.lista[2].id', 'f1'],
    ])
    expect(rowsOf(answers, 'datos', 'lista').map((row) => row.id)).toEqual(['f2', 'f1', 'f3'])
  })

  it('leave out names the form does not know', () => {
    expect(
      typed([
        ['otro.campo', 'x'],
        ['datos.nada', 'x'],
        ['__proto__.nombre', 'x'],
        ['datos.nombre[0].texto', 'x'],
      ]),
    ).toEqual({ datos: { ...emptyAnswers(form).datos, nombre: 'x' } })
  })

  it('take back the line breaks that the wire doubled, and keep everything else as typed', () => {
    expect(typed([['datos.nombre', ' a\r\nb ']]).datos?.nombre).toBe(' a\nb ')
  })

  it.each(STEP_CODES.map((code) => [code, newestForm(code)] as const))(
    'of step %s come back the same from their entries',
    (code, definition) => {
      const answers = completeAnswers(code)
      expect(answersFromEntries(definition, entriesOf(definition, answers))).toEqual(answers)
      expect(checkShape(definition, answers)).toEqual({ ok: true, answers })
    },
  )
})

describe('a draft', () => {
  it('may be empty', () => {
    expect(checkShape(form, {})).toEqual({ ok: true, answers: emptyAnswers(form) })
  })

  it('is refused beside the field when something is malformed', () => {
    expect(
      problems([
        ['datos.nombre', 'demasiado largo'],
        ['datos.peso', 'mucho'],
        ['datos.edad', '3,5'],
        ['datos.dia', '2026-02-30'],
        ['datos.activo', 'tal vez'],
        ['datos.canales', 'c'],
        ['datos.lista[0].texto', 'larguísimo'],
      ]),
    ).toEqual([
      'datos.nombre: Escriba como máximo 10 caracteres en «Nombre»; lleva 15.',
      'datos.peso: Escriba un número en «Peso», por ejemplo 27,36.',
      'datos.edad: Escriba un número entero en «Edad», por ejemplo 4.',
      'datos.dia: Escriba una fecha válida en «Día», por ejemplo 24/11/2026.',
      'datos.activo: Conteste sí o no en «Activo».',
      'datos.canales: Elija una opción de la lista en «Canales».',
      'datos.lista[0].texto: Escriba como máximo 5 caracteres en «Texto»; lleva 10.',
    ])
    expect(problems([['datos.edad', '121']])).toEqual(['datos.edad: Escriba en «Edad» un número hasta 120.'])
  })

  it('refuses characters that no database can keep', () => {
    expect(problems([['datos.nombre', 'a\u0000']])).toHaveLength(1)
    expect(problems([['datos.motivo', 'mitad \ud83d']])).toHaveLength(1)
    expect(problems([['datos.motivo', 'ñandú 👩‍👧 ✓']])).toEqual([])
  })

  it('refuses more rows than the list allows', () => {
    const rows = [0, 1, 2, 3].map((i): [string, string] => [`datos.lista[${i}].texto`, 'x'])
    expect(problems(rows)).toEqual(['datos.lista: Deje como máximo 3 en «Lista».'])
  })

  it('refuses what is no form at all', () => {
    for (const raw of [
      null,
      'x',
      [],
      { datos: 'x' },
      { datos: { nombre: 3 } },
      { datos: { lista: [{ texto: 'sin id' }] } },
    ]) {
      const result = checkShape(form, raw)
      expect(result.ok).toBe(false)
      if (!result.ok) expect(result.errors.map(gapSentence)[0]).toMatch(/^E\p{Ll}+ .+\.$/u)
    }
  })
})

describe('numbers', () => {
  it.each([
    ['1.234,5', 1234.5],
    ['27,36', 27.36],
    ['27.36', 27.36],
    ['338.142', 338142],
    ['-4', -4],
    ['1,2,3', null],
    ['', null],
    ['1e3', null],
  ])('%s is read as %s', (text, value) => expect(numberOf(text)).toBe(value))
})

describe('rows', () => {
  it('are added and removed without touching the others', () => {
    const one = withRowAdded(form, emptyAnswers(form), 'datos.lista', 'r1')
    const two = withRowAdded(form, one, 'datos.lista', 'r2')
    expect(rowsOf(withRowRemoved(form, two, 'datos.lista', 'r1'), 'datos', 'lista')).toEqual([
      { id: 'r2', texto: '', fuente: [] },
    ])
    expect(rowsOf(two, 'datos', 'lista')).toHaveLength(2)
  })
})

describe('what is reviewed', () => {
  const before = typed([
    ['datos.nombre', 'Ana'],
    ['datos.activo', 'si'],
    ['datos.motivo', 'queda oculto'],
    ['datos.canales', 'a'],
    ['datos.canales', 'b'],
    ['datos.lista[0].id', 'r1'],
    ['datos.lista[0].texto', 'uno'],
    ['datos.lista[0].fuente', 's1'],
  ])

  it('is shown with labels, without what conditions hide', () => {
    const lines = flattenForReview(form, before, { sources: [{ code: 's1', label: 'Radicación 2024' }] })
    expect(lines.map((line) => `${line.label}=${line.value}`)).toEqual([
      'Nombre=Ana',
      'Peso=',
      'Edad=',
      'Día=',
      'Activo=Sí',
      'Canales=Letra A; Letra B',
      'Fila 1 · Texto=uno',
      'Fila 1 · Fuente=Radicación 2024',
    ])
    expect(activeAnswers(form, before).datos).not.toHaveProperty('motivo')
  })

  it('says dates in words, and joins choices without a full stop in the middle', () => {
    const dated = typed([['datos.dia', '2026-11-24']])
    const lines = flattenForReview(form, dated)
    expect(lines.find((line) => line.label === 'Día')?.value).toBe('24 de noviembre de 2026')
    const sources = [
      { code: 's1', label: 'Portal de PQRSDF.' },
      { code: 's2', label: 'Encuestas.' },
    ]
    const both = typed([
      ['datos.lista[0].id', 'r1'],
      ['datos.lista[0].fuente', 's1'],
      ['datos.lista[0].fuente', 's2'],
    ])
    expect(flattenForReview(form, both, { sources }).at(-1)?.value).toBe('Portal de PQRSDF; Encuestas.')
  })

  it('differs only where something changed, even when rows move', () => {
    const after = typed([
      ['datos.nombre', 'Ana'],
      ['datos.activo', 'si'],
      ['datos.canales', 'a'],
      ['datos.lista[0].id', 'r2'],
      ['datos.lista[0].texto', 'dos'],
      ['datos.lista[1].id', 'r1'],
      ['datos.lista[1].texto', 'uno'],
      ['datos.lista[1].fuente', 's1'],
    ])
    expect(changesBetween(form, before, after).map(({ path, before: was, after: is }) => [path, was, is])).toEqual([
      ['datos.canales', 'Letra A; Letra B', 'Letra A'],
      ['datos.lista[0].texto', '', 'dos'],
    ])
    expect(changesBetween(form, after, before).at(-1)).toMatchObject({ before: 'dos', after: '' })
    expect(changesBetween(form, before, before)).toEqual([])
  })
})

describe('the seven forms', () => {
  it.each(FORMS.map((one) => [one.stepCode, one] as const))(
    'step %s: codes are names an input can have, and conditions name a sibling',
    (_code, definition) => {
      for (const group of definition.groups) {
        const scopes = [group.fields, ...group.fields.flatMap((field) => (field.kind === 'list' ? [field.fields] : []))]
        for (const fields of scopes) {
          const codes = fields.map((field) => field.code)
          expect(new Set(codes).size).toBe(codes.length)
          for (const field of fields) {
            expect(field.code).toMatch(/^[a-z0-9_]+$/)
            if (field.when) expect(codes).toContain(field.when.field)
          }
        }
      }
    },
  )

  it('are found by version, and no other version exists', () => {
    expect(formDefinition('3', 1).stepCode).toBe('3')
    expect(formDefinition('3')).toBe(formDefinition('3', 2))
    expect(() => formDefinition('3', 9)).toThrow('step 3 v9')
  })
})
