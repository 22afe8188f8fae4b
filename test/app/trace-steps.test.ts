import { expect, it } from 'vitest'
import { riskText } from '../../app/text/risks.ts'

it.each([
  [{ before: '60', weight: 40, after: '36' }, '60 % − (60 % × 40 %) = 36 %'],
  [{ before: '36', weight: 30, after: '25.2' }, '36 % − (36 % × 30 %) = 25,2 %'],
  // Two decimals, and a sign that says so: 48.75 × 0.65 = 31.6875.
  [{ before: '48.75', weight: 35, after: '31.6875' }, '48,75 % − (48,75 % × 35 %) ≈ 31,69 %'],
  [{ before: '0.005', weight: 0, after: '0.004999' }, '0,01 % − (0,01 % × 0 %) ≈ 0 %'],
])('a step of a residual reads as the guide writes it: %o', (line, sentence) => {
  expect(riskText.step(line)).toBe(sentence)
})

it('a step of a methodology that scores says what the control counts, and no subtraction', () => {
  expect(riskText.scored({ before: '60', weight: 50, after: '60' })).toBe('Cuenta 50 de 100')
  expect(riskText.scored({ before: '60', weight: 50, after: '40' })).toBe(
    'Cuenta 50 de 100; el conjunto: de 60 % a 40 %',
  )
})
