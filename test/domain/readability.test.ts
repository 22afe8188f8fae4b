import { expect, it } from 'vitest'
import { readabilityOf, syllablesOf } from '../../domain/readability.ts'

it.each([
  ['sol', 1],
  ['ciudad', 2],
  ['caracterización', 6],
  ['aéreo', 4],
  ['país', 2],
  ['bueno', 2],
  ['guitarra', 3],
  ['quien', 1],
  ['pingüino', 3],
  ['rey', 1],
  ['prohibir', 2],
  ['2024', 1],
])('%s has %i syllables', (word, syllables) => {
  expect(syllablesOf(word)).toBe(syllables)
})

const SHORT = 'La casa es de la abuela. El perro ve la luna. Ana come pan y bebe agua. Hoy sale el sol. Voy a la mar.'
const LONG =
  'La caracterización interinstitucional de la ciudadanía constituye un procedimiento metodológico fundamental para la identificación sistemática de necesidades, expectativas y preferencias diferenciales de las poblaciones beneficiarias de la administración municipal.'

it('follows the two formulas on counted text', () => {
  // 25 words, 35 syllables, 5 sentences.
  expect(readabilityOf(SHORT)).toEqual({
    ...{ words: 25, sentences: 5, grade: 'muy_facil' },
    fernandezHuerta: Math.min(100, Math.round((206.84 - (60 * 35) / 25 - (1.02 * 25) / 5) * 10) / 10),
    inflesz: Math.min(100, Math.round((206.835 - (62.3 * 35) / 25 - 25 / 5) * 10) / 10),
  })
})

it('grades long sentences of long words as very hard, and nothing under twenty words', () => {
  expect(readabilityOf(LONG)?.grade).toBe('muy_dificil')
  expect(readabilityOf('Sin información.')).toBeNull()
})
