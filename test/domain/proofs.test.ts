import { describe, expect, it } from 'vitest'
import { signatureMethod } from '../../catalog/statements.ts'
import { proofBy } from '../../domain/directory.ts'
import { isFactorLacking, PROOFS, withCode } from '../../domain/proofs.ts'

describe('how somebody showed who they are', () => {
  it('a second factor of the directory is one it names, and nothing that only sounds like it', () => {
    const several = [
      { amr: ['pwd', 'mfa'] },
      { amr: [], acr: 'phr' },
      { amr: [], acr: 'https://refeds.org/profile/mfa' },
    ]
    const one = [{ amr: [] }, { amr: ['pwd', 'otp'] }, { amr: ['MFA'] }, { amr: [], acr: '1' }, { amr: [], acr: 'mfa' }]
    expect(several.map(proofBy)).toEqual(several.map(() => 'directory_factor'))
    expect(one.map(proofBy)).toEqual(one.map(() => 'directory'))
  })

  it('what the entity asks for is had here or in the directory', () => {
    const lacking = PROOFS.filter((proof) => isFactorLacking({ isRequired: true, hasFactor: false, proof }))
    expect(lacking).toEqual(['password', 'password_code', 'directory', 'directory_code'])
    expect(PROOFS.some((proof) => isFactorLacking({ isRequired: true, hasFactor: true, proof }))).toBe(false)
    expect(isFactorLacking({ isRequired: false, hasFactor: false, proof: 'password' })).toBe(false)
    expect(PROOFS.map(withCode)).toEqual(['password_code', 'password_code', ...Array(3).fill('directory_code')])
  })

  it('a signature says each of them apart, and what was said before in the same words', () => {
    expect(new Set([...PROOFS, null].map(signatureMethod)).size).toBe(PROOFS.length + 1)
    expect(signatureMethod('password')).toBe(
      'Firma electrónica: cuenta personal y contraseña verificada (Decreto 2364 de 2012, artículo 3)',
    )
    expect(signatureMethod(null)).toBe('Cuenta personal con sesión vigente')
  })
})
