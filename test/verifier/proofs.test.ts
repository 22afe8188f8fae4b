import { describe, expect, it } from 'vitest'
import { checkProof } from '../../verifier/check-proof.ts'
import { leafOf, nodeOf } from '../../verifier/merkle.ts'
import { eventProofText, growthProofText, ProofFault, parseProof } from '../../verifier/proofs.ts'
import { proveFlippedBits } from '../proofs/flipped-bits.ts'
import { ENTITY, lineAt, logOf, newSigner } from '../support/proofs.ts'

const signer = newSigner()
const lines = Array.from({ length: 21 }, (_, n) => lineAt(n))
const log = logOf(lines, signer)

/** What is said of a file: what it proves, or the code of what is wrong. */
function saidOf(text: string, certain: string[] = []): string {
  try {
    const finding = checkProof(parseProof(text), certain)
    return finding.kind === 'fault' ? finding.code : finding.kind
  } catch (error) {
    if (error instanceof ProofFault) return [error.code, error.part].filter(Boolean).join(' ')
    throw error
  }
}

const changed = (text: string, change: Record<string, unknown>) => JSON.stringify({ ...JSON.parse(text), ...change })
const without = (text: string, name: string) => changed(text, { [name]: undefined })

describe('the proof of an event', () => {
  it('holds at every place, and says the event, the tree and whether its key is certain', async () => {
    for (const n of lines.keys()) {
      const text = await log.eventProof(n)
      expect(saidOf(text)).toBe('event')
      expect(checkProof(parseProof(text), [signer.key])).toMatchObject({
        line: { id: `hecho-${n}` },
        place: BigInt(n),
        checkpoint: { size: 21n },
        isKeyCertain: true,
      })
    }
  })

  it('does not hold with one bit turned over, wherever it is (short form of the proof of the same name)', async () => {
    expect(await proveFlippedBits(2_000, 7)).toEqual({ proofs: 4 })
  })

  it('is refused for what it lacks, what it has too much, and what is not written as it should be', async () => {
    const text = await log.eventProof(4)
    for (const name of ['linea', 'lugar', 'camino', 'punto_de_control', 'llaves'])
      expect(saidOf(without(text, name))).toBe(`malformed ${name}`)
    const wrong: [Record<string, unknown>, string][] = [
      [{ nota: 'x' }, 'malformed nota'],
      [{ lugar: 4 }, 'malformed lugar'],
      [{ lugar: '04' }, 'malformed lugar'],
      [{ lugar: '-4' }, 'malformed lugar'],
      [{ lugar: String(2n ** 64n) }, 'malformed lugar'],
      [{ camino: ['x'] }, 'malformed camino'],
      [{ camino: Array(129).fill(Buffer.alloc(32).toString('base64')) }, 'malformed camino'],
      [{ linea: null }, 'malformed linea'],
      [{ llaves: 'x' }, 'malformed llaves'],
      [{ llaves: ['x'] }, 'note_malformed'],
      [{ llaves: [] }, 'note_unknown_key'],
      [{ version: 2 }, 'newer_version'],
      [{ version: '1' }, 'malformed version'],
      [{ version: 0 }, 'malformed version'],
      [{ formato: 'otro' }, 'other_format'],
    ]
    for (const [change, said] of wrong) expect(saidOf(changed(text, change)), said).toBe(said)
    expect(saidOf('{}')).toBe('other_format')
    expect(saidOf('[]')).toBe('other_format')
    expect(saidOf('null')).toBe('other_format')
    expect(saidOf(' '.repeat(4_000_001))).toBe('too_large')
    for (let length = 0; length < text.trimEnd().length; length++)
      expect(saidOf(text.slice(0, length)), `${length}`).toBe('not_json')
  })

  it('is refused under another key than the one that whoever checks knows', async () => {
    expect(saidOf(await log.eventProof(4), [newSigner().key])).toBe('other_key')
    const forged = await logOf(lines, newSigner()).eventProof(4)
    expect(saidOf(forged)).toBe('event')
    expect(saidOf(forged, [signer.key])).toBe('other_key')
  })

  it('is refused where the line is of another entity, or no event', async () => {
    const strangers = [lineAt(0, { entity_id: ENTITY.replace('1', '2') }), 'x', lineAt(2)]
    const strange = logOf(strangers, signer)
    expect(await Promise.all([0, 1, 2].map(async (n) => saidOf(await strange.eventProof(n))))).toEqual([
      'other_entity',
      'line_unreadable',
      'event',
    ])
  })

  it('speaks of more than 2^53 events exactly', () => {
    // The last of 2^60 leaves: what stands to its left is known by 60 hashes alone, whatever they are of.
    const path = Array.from({ length: 60 }, (_, n) => leafOf(Buffer.from([n])))
    const root = path.reduce((right, left) => nodeOf(left, right), leafOf(Buffer.from(lineAt(0))))
    const proof = { line: lineAt(0), path, note: signer.sign(2n ** 60n, root), keys: [signer.key] }
    expect(saidOf(eventProofText({ ...proof, place: 2n ** 60n - 1n }))).toBe('event')
    expect(saidOf(eventProofText({ ...proof, place: 2n ** 60n - 2n }))).toBe('not_in_tree')
    expect(saidOf(eventProofText({ ...proof, place: 2n ** 60n }))).toBe('not_in_tree')
  })
})

describe('the proof of growth', () => {
  it('holds from every size, and not backwards, between strangers or over a change', async () => {
    for (let from = 1; from <= lines.length; from++) expect(saidOf(await log.growthProof(from))).toBe('growth')
    const text = await log.growthProof(13)
    const { antes, despues } = JSON.parse(text)
    expect(saidOf(changed(text, { antes: despues, despues: antes }))).toBe('shrunk')
    const edited = logOf([...lines.slice(0, 5), lineAt(99), ...lines.slice(6)], signer)
    expect(saidOf(changed(text, { antes: await edited.noteAt(13) }))).toBe('not_grown')
    const other = newSigner('caracteriza/otra')
    const mixed = changed(text, {
      antes: await logOf(lines.slice(0, 13), other).noteAt(13),
      llaves: [signer.key, other.key],
    })
    expect(saidOf(mixed)).toBe('other_entity')
    for (const name of ['antes', 'despues', 'camino', 'llaves'])
      expect(saidOf(without(text, name))).toBe(`malformed ${name}`)
    expect(saidOf(growthProofText({ earlier: 'x', later: 'x', path: [], keys: [] }))).toBe('note_malformed')
  })
})
