import { describe, expect, it } from 'vitest'
import { answerSentence } from '../../app/text/capture.ts'
import { CAPTURE_DEFINITIONS, captureDefinition } from '../../catalog/capture/index.ts'
import { DEMO_CITIZENS } from '../../catalog/demo/citizens.ts'
import { beginningInput, mayBeAsked } from '../../domain/capture.ts'
import {
  changedFields,
  documentOf,
  faultsOfPage,
  firstIncomplete,
  keptAnswers,
  readPage,
} from '../../domain/capture-answers.ts'
import {
  type CaptureDefinition,
  type CapturePage,
  DECLINED,
  faultsOfDefinition,
  PURPOSES,
} from '../../domain/capture-forms.ts'
import { normalizedDocument } from '../../domain/citizens.ts'
import { readInput } from '../../domain/input-reading.ts'
import { naughtyStrings } from '../support/naughty.ts'

const F004 = captureDefinition('F004')
const page = (code: string, form: CaptureDefinition = F004) =>
  form.groups.find((one) => one.code === code) as CapturePage
const fields = (code: string, typed: Record<string, string | string[]>) =>
  faultsOfPage(page(code), typed).map(({ path, code: fault }) => [path, fault])

describe('the forms of the catalogue', () => {
  it('can be used: every question may be declined, and what is sensitive has a consent of its own', () => {
    expect(CAPTURE_DEFINITIONS.map((form) => [form.formatCode, faultsOfDefinition(form)])).toEqual([
      ['MAGT04.05.P001.F004', []],
      ['MAGT04.05.P001.F006', []],
    ])
    const [natural] = CAPTURE_DEFINITIONS
    const sensitive = page('sensibles').fields
    const moved = {
      ...F004,
      groups: [...F004.groups.slice(0, 5), { ...page('sensibles'), needs: 'contacto' as const }],
    }
    expect(faultsOfDefinition(moved)).toHaveLength(sensitive.length)
    expect(faultsOfDefinition({ ...F004, groups: [...F004.groups, page('contacto')] })).toContain(
      'a field is asked twice',
    )
    expect(faultsOfDefinition({ ...(natural as CaptureDefinition), formatCode: 'F004' })).not.toEqual([])
  })
})

describe('a document', () => {
  it.each([
    ['CC', ' 1.082.000.111 ', '1082000111'],
    ['CC', '12', null],
    ['CE', 'ab1234', 'AB1234'],
    ['PPT', '1234567', '1234567'],
    ['NIT', '890399011', '890399011-3'],
    ['NIT', '890.399.011-3', '890399011-3'],
    ['NIT', '8903990113', '890399011-3'],
    ['NIT', '890399011-4', null],
    ['SI', '123456', null],
    ['XX', '123456', null],
  ])('%s %s is looked up as %s', (type, number, expected) => {
    expect(normalizedDocument({ type, number })?.number ?? null).toBe(expected)
  })

  it('of no kind is taken from what no document is', () => {
    for (const text of naughtyStrings(60, 7))
      for (const type of ['CC', 'PA', 'NIT', 'SC']) {
        const known = normalizedDocument({ type, number: text })
        if (known) expect(known.number).toMatch(/^[A-Z0-9-]{3,20}$/)
      }
  })
})

describe('a page', () => {
  it('is answered, declined or told what is missing; a declined one holds that and nothing else', () => {
    const read = readPage(page('geograficas'), [
      ['geograficas.municipio', '47001'],
      ['geograficas.zona', DECLINED],
      ['geograficas.comuna', 'algo que ya no vale'],
      ['geograficas.comuna.no', 'si'],
      ['geograficas.barrio', '  Pescaíto '],
      ['geograficas.invento', 'x'],
    ])
    expect(read).toMatchObject({ comuna: DECLINED, barrio: 'Pescaíto' })
    expect(read).not.toHaveProperty('invento')
    expect(faultsOfPage(page('geograficas'), read)).toEqual([])
    expect(fields('geograficas', {})).toContainEqual(['geograficas.zona', 'not_answered'])
  })

  it('asks what a condition brings into play, by the codes of DANE', () => {
    const other = (code: string) => ({
      municipio: 'otro',
      municipio_otro: code,
      zona: 'rural',
      comuna: 'a',
      barrio: 'b',
    })
    expect(fields('geograficas', other('05001'))).toEqual([])
    expect(fields('geograficas', other('04001'))).toEqual([['geograficas.municipio_otro', 'divipola_wrong']])
    expect(fields('geograficas', other(''))).toEqual([['geograficas.municipio_otro', 'not_answered']])
  })

  it('takes no declined option beside others, no age of nobody and no identification that is none', () => {
    const demographic = { edad: '121', sexo: 'mujer', escolaridad: 'media', estrato: '2', ocupacion: DECLINED }
    expect(fields('demograficas', demographic)).toEqual([['demograficas.edad', 'above_max']])
    const channels = { canal: 'virtual', preferencia_canal: 'virtual', conocimiento_servicios: 'si' }
    expect(fields('intrinsecas', { ...channels, acceso_canales: ['internet', DECLINED] })).toEqual([
      ['intrinsecas.acceso_canales', 'declined_with_others'],
    ])
    expect(fields('identificacion', { tipo_documento: 'SI', nombre: DECLINED })).toEqual([])
    expect(fields('identificacion', { tipo_documento: 'CC', numero_documento: DECLINED, nombre: 'A' })).toEqual([
      ['identificacion.numero_documento', 'not_answered'],
    ])
  })

  it('asks nothing of a minor whose legal representative does not authorise it', () => {
    const minor = { tipo_documento: 'TI', numero_documento: '1082000111', nombre: DECLINED }
    expect(fields('identificacion', { ...minor, autoriza_representante: 'no' })).toEqual([
      ['identificacion.autoriza_representante', 'not_authorised'],
    ])
    expect(fields('identificacion', { ...minor, autoriza_representante: 'si' })).toEqual([])
  })

  it('survives hostile strings: kept as typed or refused with a sentence, never repaired', () => {
    for (const text of naughtyStrings(60, 11)) {
      const read = readPage(page('identificacion'), [
        ['identificacion.tipo_documento', text],
        ['identificacion.nombre', text],
      ])
      expect(read.nombre).toBe(text.replaceAll('\r\n', '\n').trim())
      for (const fault of faultsOfPage(page('identificacion'), read))
        expect(answerSentence(fault)).toMatch(/^[A-ZÁÉÍÓÚ«].+\.$/)
    }
  })
})

describe('what is kept', () => {
  it('is what was asked and authorised, and nothing a condition left out', () => {
    const answers = { ...DEMO_CITIZENS[2]?.answers, contacto: { correo: 'a@b.co' } }
    const kept = keptAnswers(F004, ['caracterizacion'], answers)
    expect(Object.keys(kept)).not.toContain('sensibles')
    expect(kept.geograficas).not.toHaveProperty('municipio_otro')
    expect(firstIncomplete(F004, ['caracterizacion'], answers)).toBeNull()
    expect(firstIncomplete(F004, [...PURPOSES], answers)?.code).toBe('contacto')
    expect(documentOf(F004, answers)).toEqual({ type: 'CC', number: '1000000102' })
    expect(changedFields(kept, { ...kept, demograficas: { ...kept.demograficas, edad: '99' } })).toEqual(['edad'])
  })
})

describe('the first page', () => {
  const typed = {
    ...{ formKey: '01900000-0000-7000-8000-000000000000', grantId: '01900000-0000-7000-8000-000000000001' },
    ...{ mode: 'online', network: 'vpn', channel: 'oral', caracterizacion: 'si', sensibles: 'no', contacto: 'no' },
  }
  const faults = (change: Record<string, string>) => {
    const read = readInput(beginningInput('2026-11-26', null), { ...typed, ...change })
    return read.ok ? [] : read.errors.map(({ path, code }) => [path, code])
  }

  it('wants an answer to each purpose, and nothing is asked of who said no to the first', () => {
    const read = readInput(beginningInput('2026-11-26', 'remi'), { ...typed, network: 'other' })
    expect(read).toMatchObject({
      ok: true,
      input: { given: ['caracterizacion'], origin: { network: 'remi', networkBasis: 'address' } },
    })
    expect(faults({ sensibles: '' })).toEqual([['sensibles', 'consent_sensitive_missing']])
    expect([mayBeAsked(['sensibles', 'contacto']), mayBeAsked(['caracterizacion'])]).toEqual([false, true])
  })

  it.each([
    [{ mode: 'paper' }, ['paper_code_missing', 'paper_version_missing', 'paper_date_missing']],
    [{ mode: 'paper', paperCode: 'X', paperVersion: '3', paperOn: '2026-11-27' }, ['paper_date_ahead']],
    [{ mode: 'paper', paperCode: 'X', paperVersion: '3', paperOn: '2025-12-31' }, ['paper_other_vigencia']],
    [{ mode: 'paper', paperCode: 'X', paperVersion: '3', paperOn: '2026-01-02' }, []],
    [{ network: '' }, ['network_missing']],
  ])('%o is told %o', (change, expected) => {
    expect(faults(change as Record<string, string>).map(([, code]) => code)).toEqual(expected)
  })
})
