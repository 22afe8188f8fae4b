import { describe, expect, it } from 'vitest'
import { completeAnswers } from '../../catalog/demo/answers.ts'
import { CORRECTED_WORDS, CorrectionInput, correctedAnswers, keptTables } from '../../domain/correction-input.ts'
import { answerText, rowsOf, textOf } from '../../domain/forms.ts'
import { readInput } from '../../domain/input-reading.ts'

const base = completeAnswers('7')
const figures = rowsOf(base, 'archivos', 'lista').map((row) => textOf(row.figura))
const typed = {
  ...Object.fromEntries(CORRECTED_WORDS.map((field) => [field, answerText(base, 'conjunto', field)])),
  ...{ reason: 'Lo advirtió un ciudadano.', note: 'El periodo decía 2023 y es 2024.' },
  ...Object.fromEntries(figures.map((figure) => [`tabla-${figure}`, 'si'])),
}
const read = (more: Record<string, string> = {}) => {
  const all = { ...typed, ...more }
  return readInput(CorrectionInput, { ...all, tables: keptTables(base, all) })
}

describe('what a correction changes', () => {
  it('is its words and which tables stay, and nothing else of what is published', () => {
    const [first = '', ...others] = figures
    const out = Object.fromEntries(others.map((figure) => [`tabla-${figure}`, '']))
    const changed = read({
      ...out,
      [`titulo-${first}`]: ' Otro título ',
      desde: '2020-01-01',
      note: '  Se corrige el inicio.\r\n',
    })
    if (!changed.ok) throw new Error(JSON.stringify(changed.errors))
    const answers = correctedAnswers(base, changed.input)
    expect(answers.conjunto).toEqual({ ...base.conjunto, desde: '2020-01-01' })
    expect(answers.cambios).toMatchObject({ nota: 'Se corrige el inicio.' })
    expect(rowsOf(answers, 'archivos', 'lista').map(({ figura, titulo }) => [figura, titulo])).toEqual([
      [first, 'Otro título'],
    ])
    const untouched = read()
    if (!untouched.ok) throw new Error(JSON.stringify(untouched.errors))
    expect(correctedAnswers(base, untouched.input).archivos).toEqual(base.archivos)
  })

  it.each([
    ['reason', 'corto', 'reason_missing'],
    ['note', '         x', 'note_missing'],
    ['descripcion', ' ', 'description_missing'],
    ['descripcion', 'x'.repeat(4001), 'too_long'],
    ['area', '\u0000', 'bad_characters'],
    ['desde', '2024-02-30', 'period_from_missing'],
    ['hasta', '1999-01-01', 'period_to_missing'],
    ['frecuencia', 'nunca', 'frequency_missing'],
    ['licencia', '', 'licence_missing'],
    ['correo', 'datos en entidad', 'contact_mail_missing'],
    ['etiquetas', '', 'keywords_missing'],
  ])('%s «%s» is %s', (field, value, code) => {
    const wrong = read({ [field]: value })
    expect(wrong.ok ? [] : wrong.errors.map(({ path, code: found }) => [path, found])).toEqual([[field, code]])
  })

  it('keeps one table at least', () => {
    const wrong = read(Object.fromEntries(figures.map((figure) => [`tabla-${figure}`, ''])))
    expect(wrong).toMatchObject({ ok: false, errors: [{ path: 'tables', code: 'tables_missing' }] })
  })
})
