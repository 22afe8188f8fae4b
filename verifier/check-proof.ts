/** Whether a proof holds: from the leaf over the path to the root, and from the root to the signature. */
import { leafOf, provesGrowth, provesInclusion } from './merkle.ts'
import type { EventProof, GrowthProof, Proof } from './proofs.ts'
import { NoteFault, openCheckpoint } from './signed-note.ts'

type Checkpoint = ReturnType<typeof openCheckpoint>

/** The columns of an event by their names, as its line says them. */
export type SealedLine = Record<string, unknown>

export type Finding =
  | { kind: 'event'; line: SealedLine; place: bigint; checkpoint: Checkpoint; isKeyCertain: boolean }
  | { kind: 'growth'; earlier: Checkpoint; later: Checkpoint; isKeyCertain: boolean }
  | { kind: 'fault'; code: ProofFailure }

export type ProofFailure =
  | `note_${NoteFault['code']}`
  | 'other_key'
  | 'not_in_tree'
  | 'line_unreadable'
  | 'other_entity'
  | 'shrunk'
  | 'not_grown'

/** `certain`: verifier keys that whoever checks knows from elsewhere; with none the keys of the proof itself are taken. */
export function checkProof(proof: Proof, certain: readonly string[] = []): Finding {
  try {
    return proof.kind === 'event' ? checkEvent(proof, certain) : checkGrowth(proof, certain)
  } catch (error) {
    if (!(error instanceof NoteFault)) throw error
    const isOther = error.code === 'unknown_key' && certain.length > 0
    return { kind: 'fault', code: isOther ? 'other_key' : `note_${error.code}` }
  }
}

function checkEvent({ line, place, path, note, keys }: EventProof, certain: readonly string[]): Finding {
  const checkpoint = open(note, keys, certain)
  const { size, root, origin } = checkpoint
  if (!provesInclusion({ place, size, leaf: leafOf(Buffer.from(line)), root }, path))
    return { kind: 'fault', code: 'not_in_tree' }
  const columns = readLine(line)
  if (!columns) return { kind: 'fault', code: 'line_unreadable' }
  // The same origin as the one the product signs under (activities/log-keys.ts).
  if (origin !== `caracteriza/${columns.entity_id}`) return { kind: 'fault', code: 'other_entity' }
  return { kind: 'event', line: columns, place, checkpoint, isKeyCertain: certain.length > 0 }
}

function checkGrowth(proof: GrowthProof, certain: readonly string[]): Finding {
  const [earlier, later] = [open(proof.earlier, proof.keys, certain), open(proof.later, proof.keys, certain)]
  if (earlier.origin !== later.origin) return { kind: 'fault', code: 'other_entity' }
  if (earlier.size > later.size) return { kind: 'fault', code: 'shrunk' }
  if (!provesGrowth(earlier, later, proof.path)) return { kind: 'fault', code: 'not_grown' }
  return { kind: 'growth', earlier, later, isKeyCertain: certain.length > 0 }
}

function open(note: string, keys: readonly string[], certain: readonly string[]): Checkpoint {
  return openCheckpoint(note, certain.length > 0 ? certain : keys)
}

function readLine(line: string): SealedLine | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as SealedLine) : undefined
  } catch {
    return undefined
  }
}
