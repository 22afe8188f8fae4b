import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { leafOf } from '../../verifier/merkle.ts'
import { NoteFault, openCheckpoint, signCheckpoint, verifierKey } from '../../verifier/signed-note.ts'

const origin = 'caracteriza/entidad'
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
