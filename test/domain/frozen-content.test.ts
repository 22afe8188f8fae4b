import canonicalize from 'canonicalize'
import { describe, expect, it } from 'vitest'
import type { Answers } from '../../domain/forms.ts'
import { normalizedAnswers } from '../../domain/frozen-content.ts'

const typed = (general: string, texto = 'Medir.'): Answers => ({
  objetivos: { general, fines: ['a', 'b'], especificos: [{ id: 'o1', texto }] },
})
const signed = (answers: Answers) => canonicalize(normalizedAnswers(answers))

describe('what is hashed of an answer (model.md §2)', () => {
  const plain = signed(typed('Caracterizar a la población.\nY publicarlo.'))

  it.each([
    ['spaces and tabs around and between', '  Caracterizar \t a  la población. \nY\tpublicarlo.  '],
    ['empty lines at the end', 'Caracterizar a la población.\nY publicarlo.\n\n'],
    ['line breaks of another system', 'Caracterizar a la población.\r\nY publicarlo.'],
    ['accents written in two characters', 'Caracterizar a la población.\nY publicarlo.'.normalize('NFD')],
  ])('%s change nothing', (_name, general) => {
    expect(signed(typed(general))).toBe(plain)
  })

  it.each([
    ['a line break', 'Caracterizar a la población. Y publicarlo.'],
    ['a comma', 'Caracterizar, a la población.\nY publicarlo.'],
    ['a capital letter', 'caracterizar a la población.\nY publicarlo.'],
    ['an accent', 'Caracterizar a la poblacion.\nY publicarlo.'],
  ])('%s is another content', (_name, general) => {
    expect(signed(typed(general))).not.toBe(plain)
  })

  it('reaches into rows, and leaves what was typed as it was typed', () => {
    const answers = typed('Uno.', ' Medir.  ')
    expect(signed(answers)).toBe(signed(typed('Uno.')))
    expect(signed(typed('Uno.', 'Medir más.'))).not.toBe(signed(answers))
    expect(answers).toEqual(typed('Uno.', ' Medir.  '))
  })
})
