import canonicalize from 'canonicalize'
import { describe, expect, it } from 'vitest'
import { formDefinition } from '../../catalog/forms/index.ts'
import type { Answers } from '../../domain/forms.ts'
import { normalizedAnswers } from '../../domain/frozen-content.ts'

const typed = (general: string, texto = 'Medir.'): Answers => ({
  objetivos: { general, fines: ['a', 'b'], especificos: [{ id: 'o1', texto }] },
})
const signed = (answers: Answers) => canonicalize(normalizedAnswers(formDefinition('1'), answers))

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

it('takes rich text block by block after joining its nodes (model.md §2)', () => {
  const section = (...texts: string[]): Answers => ({
    alcance: {
      texto: JSON.stringify({
        type: 'doc',
        content: [{ type: 'paragraph', content: texts.map((text) => ({ type: 'text', text })) }],
      }),
    },
  })
  const hashed = (answers: Answers) => canonicalize(normalizedAnswers(formDefinition('6'), answers))
  expect(hashed(section(' Toda', '  la ciudad. '))).toBe(hashed(section('Toda la ciudad.')))
  expect(hashed(section('Toda la', 'ciudad.'))).not.toBe(hashed(section('Toda la ciudad.')))
})
