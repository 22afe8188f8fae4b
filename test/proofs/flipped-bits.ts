/** G17: proofs that hold, as files, with one bit turned over anywhere: none may hold any more. */
import { checkProof } from '../../verifier/check-proof.ts'
import { ProofFault, parseProof } from '../../verifier/proofs.ts'
import { lineAt, logOf, newSigner } from '../support/proofs.ts'
import { randomOf } from '../support/random.ts'

const MOST_EVENTS = 300
/** Bits turned over in one proof before another is taken. */
const EACH = 500

/** Throws at the first that is accepted; answers how many proofs the bits were of. */
export async function proveFlippedBits(runs: number, seed: number): Promise<{ proofs: number }> {
  const random = randomOf(seed)
  const below = (limit: number) => Math.floor(random() * limit)
  let proofs = 0
  for (let run = 0; run < runs; ) {
    const size = 2 + below(MOST_EVENTS - 1)
    const log = logOf(
      Array.from({ length: size }, (_, n) => lineAt(n)),
      newSigner(),
    )
    const text = proofs % 2 === 0 ? await log.eventProof(below(size)) : await log.growthProof(1 + below(size - 1))
    if (!holds(text)) throw new Error(`a right proof of ${size} events does not hold (seed ${seed})`)
    const bytes = Buffer.from(text)
    for (let i = 0; i < EACH && run < runs; i++, run++) {
      const bit = below(bytes.length * 8)
      turnOver(bytes, bit)
      if (holds(bytes.toString())) throw new Error(`bit ${bit} of ${text} makes no difference (seed ${seed})`)
      turnOver(bytes, bit)
    }
    proofs += 1
  }
  return { proofs }
}

function turnOver(bytes: Buffer, bit: number): void {
  const at = bit >> 3
  bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit & 7))
}

function holds(text: string): boolean {
  try {
    return checkProof(parseProof(text)).kind !== 'fault'
  } catch (error) {
    if (error instanceof ProofFault) return false
    throw error
  }
}
