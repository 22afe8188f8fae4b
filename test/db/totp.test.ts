import { describe, expect, it } from 'vitest'
import { codeAt, newKey, openSealedKey, sealKey, stepOf } from '../../db/totp.ts'
import { qrModules } from '../../domain/qr.ts'
import { base32, inGroups, keyAddress, normalizedCode, stepAt } from '../../domain/second-factor.ts'

/** RFC 6238, appendix B, for SHA-1; of its eight digits the last six. */
const VECTORS = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
] as const
const KEY = Buffer.from('12345678901234567890')
const at = (seconds: number) => new Date(seconds * 1000)

describe('a code of time', () => {
  it.each(VECTORS)('at second %i is that of RFC 6238', (seconds, code) => {
    expect(codeAt(KEY, stepAt(at(seconds)))).toBe(code)
  })

  it('is taken one step early or late and no more, and only whole', () => {
    const now = at(1_234_567_890)
    const step = stepAt(now)
    const taken = [-2, -1, 0, 1, 2].map((off) => stepOf(KEY, codeAt(KEY, step + off), now))
    expect(taken).toEqual([null, step - 1, step, step + 1, null])
    for (const typed of ['', '00592', '0059245', 'abcdef']) expect(stepOf(KEY, typed, now)).toBeNull()
  })
})

describe('the key', () => {
  it('opens for its account, with the secret it was sealed with, and unaltered', () => {
    const key = newKey()
    const sealed = sealKey('un secreto', 'cuenta', key)
    expect(openSealedKey('un secreto', 'cuenta', sealed)).toEqual(key)
    expect(() => openSealedKey('otro secreto', 'cuenta', sealed)).toThrow()
    expect(() => openSealedKey('un secreto', 'otra', sealed)).toThrow()
    sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1
    expect(() => openSealedKey('un secreto', 'cuenta', sealed)).toThrow()
  })

  it('is written as RFC 4648 says, and its address as authenticator apps read it', () => {
    const words = ['', 'f', 'fo', 'foo', 'foob', 'fooba', 'foobar']
    expect(words.map((word) => base32(Buffer.from(word)))).toEqual([
      ...['', 'MY', 'MZXQ', 'MZXW6', 'MZXW6YQ', 'MZXW6YTB', 'MZXW6YTBOI'],
    ])
    expect(inGroups('MZXW6YTBOI')).toBe('MZXW 6YTB OI')
    expect(normalizedCode(' MZXW-6YTB oi ')).toBe('mzxw6ytboi')
    expect(keyAddress({ issuer: 'Caracteriza', account: 'a b@c.co', key: 'MZXW' })).toBe(
      'otpauth://totp/Caracteriza:a%20b%40c.co?secret=MZXW&issuer=Caracteriza&algorithm=SHA1&digits=6&period=30',
    )
  })
})

describe('its QR code', () => {
  it('has three finders, timing and the size of its version, and ends where it holds no more', () => {
    const modules = qrModules('x'.repeat(160)) ?? []
    expect(modules).toHaveLength(8 * 4 + 17)
    const row = (y: number, from: number) =>
      modules[y]
        ?.slice(from, from + 7)
        .map(Number)
        .join('')
    for (const [y, x] of [
      [0, 0],
      [0, 42],
      [42, 0],
    ] as const)
      expect([0, 1, 2, 3].map((dy) => row(y + dy, x))).toEqual(['1111111', '1000001', '1011101', '1011101'])
    expect(modules[6]?.slice(8, 41).every((isDark, i) => isDark === (i % 2 === 0))).toBe(true)
    expect(qrModules('x'.repeat(230))).not.toBeNull()
    expect(qrModules('x'.repeat(231))).toBeNull()
  })

  it('is the one a reader reads: this drawing was read back', () => {
    const bits = (qrModules('https://caracteriza.example') ?? []).flat().map(Number).join('')
    expect(BigInt(`0b1${bits}`).toString(16)).toBe(DRAWN)
  })
})

const DRAWN =
  '3fd307f8262a0dd16d76e836bb74a55d8228a0ff555fc02d401b4f241454f1f131afa433c09e2cb361d057c97937d7e84005b355bf600878b7f0f546083e257547f0bab361dd29a7e0bc9effdd149'
