import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { describe, expect, it } from 'vitest'
import { findMunicipality, MUNICIPALITIES } from '../../catalog/divipola.ts'
import { DOCUMENT_TYPES } from '../../catalog/document-types.ts'
import { FREQUENCIES, POLICIES_AND_SCENARIOS, TRANSPARENCY_MENU } from '../../catalog/forms/choices.ts'
import { REPORT_SECTIONS } from '../../catalog/forms/step-6.ts'
import { HOLIDAY_RULES } from '../../catalog/holidays.ts'
import { CATALOG_VARIABLES, VARIABLES_VERSION } from '../../catalog/variables.ts'
import { isCivilDate } from '../../domain/civil-dates.ts'
import { nitCheckDigit } from '../../domain/nit.ts'

it('municipalities are five-digit texts under their department', () => {
  for (const { code, departmentCode } of MUNICIPALITIES) {
    expect(code).toMatch(/^\d{5}$/)
    expect(code.startsWith(departmentCode)).toBe(true)
  }
  expect(findMunicipality('47001')?.name).toBe('Santa Marta')
  expect(findMunicipality('99999')).toBeUndefined()
})

describe('document types', () => {
  it.each([
    ['CC', '1082456789', true],
    ['CC', '12', false],
    ['TI', '1082456789', true],
    ['NIT', '891780009-4', true],
    ['NIT', '89178', false],
    ['PEP', '123456789012345', true],
  ])('%s %s is well formed: %s', (code, number, expected) => {
    const pattern = DOCUMENT_TYPES.find((type) => type.code === code)?.pattern ?? ''
    expect(new RegExp(pattern).test(number)).toBe(expected)
  })

  it('the check digit of a NIT is the published one', () => {
    // Public NITs of the two demonstration municipalities and of the DIAN.
    expect(['891780009', '890399011', '800197268'].map(nitCheckDigit)).toEqual([4, 3, 4])
  })
})

it('holiday rules are complete and each stands once', () => {
  expect(new Set(HOLIDAY_RULES.map((rule) => rule.id)).size).toBe(HOLIDAY_RULES.length)
  for (const rule of HOLIDAY_RULES) {
    if (rule.base === 'fixed') expect(isCivilDate(`2028-${rule.date}`)).toBe(true)
    else expect(Number.isInteger(rule.offset)).toBe(true)
    expect(rule.norma).toMatch(/^Ley \d+ de \d{4}/)
  }
})

it('closed lists have the sizes their norms give them', () => {
  expect(FREQUENCIES).toHaveLength(13)
  expect(TRANSPARENCY_MENU).toHaveLength(10)
  expect(POLICIES_AND_SCENARIOS).toHaveLength(9)
  expect(REPORT_SECTIONS).toHaveLength(14)
  expect(FREQUENCIES.find((one) => one.label === 'más de tres años')?.code).toBe('mas_de_tres_anos')
})

/** Content of each version of the catalogue of variables; an approval names the version, so none is ever edited. */
const VARIABLES: Record<number, string> = {
  1: '369663171b3598427858bdfee3f82e2899cda64df8903ca6435aa72b58ce1cdb',
}

it('variables changed are another version', () => {
  const content = createHash('sha256')
    .update(canonicalize(CATALOG_VARIABLES) ?? '')
    .digest('hex')
  expect(VARIABLES[VARIABLES_VERSION]).toBe(content)
})
