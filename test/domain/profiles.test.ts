import { expect, it } from 'vitest'
import { writtenAlike } from '../../domain/profiles.ts'

it('values that only look different are said together, in the order they came', () => {
  const values = ['PRESENCIAL', 'Telefónico', 'Presencial', 'telefonico', ' Página web', 'Página-Web', 'Otro', '+', '-']
  expect(writtenAlike(values)).toEqual([
    ['PRESENCIAL', 'Presencial'],
    ['Telefónico', 'telefonico'],
    [' Página web', 'Página-Web'],
  ])
  expect(writtenAlike(['Urbana', 'Rural', 'Rural disperso'])).toEqual([])
})
