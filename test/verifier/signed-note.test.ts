import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { leafOf } from '../../verifier/merkle.ts'
import { NoteFault, openCheckpoint, signCheckpoint, verifierKey } from '../../verifier/signed-note.ts'

const origin = 'caracteriza/entidad'
/** What stands before the seed of a private key of Ed25519 (RFC 8410). */
const SEED = Buffer.from('302e020100300506032b657004220420', 'hex')
const checkpoint = { origin, size: 12_418n, root: leafOf(Buffer.from('raíz')) }

function newKey(name = origin) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const bytes = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)
  return { privateKey, bytes, verifier: verifierKey(name, bytes) }
}

const key = newKey()
const note = signCheckpoint(checkpoint, key.privateKey, key.bytes)

function faultOf(text: string, keys: string[]): string {
  try {
    openCheckpoint(text, keys)
    return 'opened'
  } catch (error) {
    return error instanceof NoteFault ? error.code : String(error)
  }
}

describe('a signed checkpoint', () => {
  it('has the form of C2SP notes: origin, size, root, and the signature below a blank line', () => {
    const lines = note.split('\n')
    expect(lines.slice(0, 4)).toEqual([origin, '12418', checkpoint.root.toString('base64'), ''])
    expect(lines[4]).toMatch(/^— caracteriza\/entidad [A-Za-z0-9+/=]+$/)
    expect(lines.slice(5)).toEqual([''])
  })

  it('opens with its key, also among others and under other signers', () => {
    expect(openCheckpoint(note, [newKey().verifier, key.verifier])).toMatchObject(checkpoint)
    const witness = newKey('testigo')
    const cosigned = note.replace(
      '\n— ',
      `\n${signCheckpoint({ ...checkpoint, origin: 'testigo' }, witness.privateKey, witness.bytes).split('\n')[4]}\n— `,
    )
    expect(openCheckpoint(cosigned, [key.verifier])).toMatchObject(checkpoint)
  })

  it('is refused with a line that is no signature, and with a false one of a known key, before or after a right one', () => {
    const [line = ''] = note.split('\n').slice(4)
    const false_ = line.replace(/.{6}$/, (end) => (end === 'AAAAA=' ? 'BBBBA=' : 'AAAAA='))
    for (const more of ['x', '', '— otro', '— otro ??'])
      expect(faultOf(`${note}${more}\n`, [key.verifier]), more).toBe('malformed')
    expect(faultOf(`${note}${false_}\n`, [key.verifier])).not.toBe('opened')
    expect(faultOf(note.replace(line, `${false_}\n${line}`), [key.verifier])).not.toBe('opened')
    expect(faultOf(`${note}${line}\n`, [key.verifier])).toBe('opened')
  })

  it('opens with its key where another has the same name and the same four bytes, in whatever order', () => {
    // Found by looking for two that do: the seed of a key, and bytes that stand for another.
    const seed = Buffer.alloc(32)
    seed.writeUInt32BE(2_109)
    const privateKey = createPrivateKey({ key: Buffer.concat([SEED, seed]), format: 'der', type: 'pkcs8' })
    const bytes = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).subarray(-32)
    const twin = Buffer.alloc(32)
    twin.writeUInt32BE(433_176)
    const [own, other] = [verifierKey(origin, bytes), verifierKey(origin, twin)]
    expect(other.split('+')[1]).toBe(own.split('+')[1])
    const signed = signCheckpoint(checkpoint, privateKey, bytes)
    for (const keys of [
      [own, other],
      [other, own],
    ])
      expect(openCheckpoint(signed, keys)).toMatchObject(checkpoint)
    expect(faultOf(signed, [other])).toBe('bad_signature')
  })

  it('is refused with another key, a changed letter, or cut short; never valid by default', () => {
    expect(faultOf(note, [newKey().verifier])).toBe('unknown_key')
    expect(faultOf(note, [])).toBe('unknown_key')
    expect(faultOf(note.replace('12418', '12419'), [key.verifier])).toBe('bad_signature')
    for (let length = 0; length < note.length; length++)
      expect(faultOf(note.slice(0, length), [key.verifier]), `${length}`).not.toBe('opened')
    for (const spoiled of ['', '\n\n', 'x', note.trimEnd(), note.replace('12418', '012418'), note.replace('— ', '- ')])
      expect(faultOf(spoiled, [key.verifier])).not.toBe('opened')
    expect(faultOf(note, ['llave'])).toBe('malformed')
    expect(faultOf(note, [key.verifier.replace(/\+[0-9a-f]{8}\+/, '+00000000+')])).toBe('malformed')
  })
})
