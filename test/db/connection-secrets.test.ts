import { expect, it } from 'vitest'
import { type SecretFor, sealSecret, unsealSecret } from '../../db/connection-secrets.ts'

const place: SecretFor = {
  ...{
    entityId: 'alcaldia',
    connectionId: 'una',
    kind: 'postgresql',
    host: 'datos.gov.co',
    port: 5432,
    tls: 'verified',
    authority: null,
  },
}
const value = { password: 'Canario-Secreto-91c2' }

it('what is sealed opens for its own place alone, with the secret of its installation', () => {
  const sealed = sealSecret('secreto', place, value)
  expect(unsealSecret('secreto', place, sealed)).toEqual(value)
  expect(sealed.sealed.includes(value.password)).toBe(false)
  const elsewhere: Partial<SecretFor>[] = [
    ...[{ host: 'otro.gov.co' }, { port: 5433 }, { tls: 'none' as const }, { kind: 'mysql' as const }],
    { authority: 'otra' },
    ...[{ connectionId: 'otra' }, { entityId: 'otra' }],
  ]
  for (const change of elsewhere)
    expect(unsealSecret('secreto', { ...place, ...change }, sealed), JSON.stringify(change)).toBeUndefined()
  expect(unsealSecret('otro secreto', place, sealed)).toBeUndefined()
})

it('is sealed anew each time, and one altered byte of it is noticed', () => {
  const [one, other] = [sealSecret('secreto', place, value), sealSecret('secreto', place, value)]
  expect(one.sealed.equals(other.sealed)).toBe(false)
  expect(one.keyId).toBe(other.keyId)
  for (let at = 0; at < one.sealed.length; at++) {
    const altered = Buffer.from(one.sealed)
    altered[at] = (altered[at] ?? 0) ^ 1
    expect(unsealSecret('secreto', place, { ...one, sealed: altered })).toBeUndefined()
  }
})
