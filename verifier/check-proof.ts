/** Whether a proof holds: from the leaf over the path to the root, and from the root to the signature. */
import { leafOf, provesGrowth, provesInclusion } from './merkle.ts'
import type { EventProof, GrowthProof, Proof } from './proofs.ts'
import { NoteFault, openCheckpoint } from './signed-note.ts'

export type OpenedCheckpoint = ReturnType<typeof openCheckpoint>

/** The columns of an event by their names, as its line says them. */
export type SealedLine = Record<string, unknown>

export interface CheckedEvent {
  kind: 'event'
  line: SealedLine
  place: bigint
  checkpoint: OpenedCheckpoint
  isKeyCertain: boolean
}

export type Finding = CheckedEvent | CheckedGrowth | { kind: 'fault'; code: ProofFailure }

export type ProofFailure =
  | `note_${NoteFault['code']}`
  | 'other_key'
  | 'not_in_tree'
  | 'line_unreadable'
  | 'other_entity'
  | 'shrunk'
  | 'not_grown'

/** Says by a code why a proof does not hold. */
export class NotProven extends Error {
  code: ProofFailure
  constructor(code: ProofFailure) {
    super(code)
    this.code = code
  }
}

/** `certain`: verifier keys that whoever checks knows from elsewhere; with none the keys of the proof itself are taken. */
export function checkProof(proof: Proof, certain: readonly string[] = []): Finding {
  try {
    return proof.kind === 'event' ? checkEvent(proof, certain) : checkGrowth(proof, certain)
  } catch (error) {
    if (!(error instanceof NotProven)) throw error
    return { kind: 'fault', code: error.code }
  }
}

/** A checkpoint by itself: whoever kept one sees by a key that is certain that it was signed, and over what. */
export function checkNote(
  note: string,
  certain: readonly string[],
): OpenedCheckpoint | { kind: 'fault'; code: ProofFailure } {
  try {
    return opening(note, certain, 'other_key')
  } catch (error) {
    if (!(error instanceof NotProven)) throw error
    return { kind: 'fault', code: error.code }
  }
}

/** Throws `NotProven`. */
export function checkEvent({ note, keys, ...proof }: EventProof, certain: readonly string[]): CheckedEvent {
  const checkpoint = openTrusted(note, keys, certain)
  const { place } = proof
  return { kind: 'event', line: lineIn(checkpoint, proof), place, checkpoint, isKeyCertain: certain.length > 0 }
}

/** The event that is the leaf at this place of the tree. Throws `NotProven` where it is not. */
export function lineIn(
  { size, root, origin }: OpenedCheckpoint,
  { line, place, path }: Pick<EventProof, 'line' | 'place' | 'path'>,
): SealedLine {
  if (!provesInclusion({ place, size, leaf: leafOf(Buffer.from(line)), root }, path)) throw new NotProven('not_in_tree')
  const columns = readLine(line)
  if (!columns) throw new NotProven('line_unreadable')
  // The same origin as the one the product signs under (activities/log-keys.ts).
  if (origin !== `caracteriza/${columns.entity_id}`) throw new NotProven('other_entity')
  return columns
}

export interface CheckedGrowth {
  kind: 'growth'
  earlier: OpenedCheckpoint
  later: OpenedCheckpoint
  isKeyCertain: boolean
}

/** Throws `NotProven`. */
export function checkGrowth(proof: GrowthProof, certain: readonly string[]): CheckedGrowth {
  const [earlier, later] = [proof.earlier, proof.later].map((note) => openTrusted(note, proof.keys, certain)) as [
    OpenedCheckpoint,
    OpenedCheckpoint,
  ]
  if (earlier.origin !== later.origin) throw new NotProven('other_entity')
  if (earlier.size > later.size) throw new NotProven('shrunk')
  if (!provesGrowth(earlier, later, proof.path)) throw new NotProven('not_grown')
  return { kind: 'growth', earlier, later, isKeyCertain: certain.length > 0 }
}

/**
 * A note signed by one of the keys handed along, and where some are certain, by one of those too: what is certain makes nothing else of
 * a file right. Throws `NotProven`.
 */
export function openTrusted(note: string, keys: readonly string[], certain: readonly string[]): OpenedCheckpoint {
  const opened = opening(note, keys, 'note_unknown_key')
  return certain.length > 0 ? opening(note, certain, 'other_key') : opened
}

function opening(note: string, keys: readonly string[], unknown: ProofFailure): OpenedCheckpoint {
  try {
    return openCheckpoint(note, keys)
  } catch (error) {
    if (!(error instanceof NoteFault)) throw error
    throw new NotProven(error.code === 'unknown_key' ? unknown : `note_${error.code}`)
  }
}

/** Columns without which a line is no event. */
const ALWAYS = ['id', 'type', 'at', 'entity_id']

/** Undefined where it is no event: whoever signs with a key of their own may have sealed anything. */
function readLine(line: string): SealedLine | undefined {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value !== 'object' || value === null) return undefined
    const columns = value as SealedLine
    const isPlain = ([name, one]: [string, unknown]) => name === 'changes' || one === null || typeof one !== 'object'
    const isEvent = Object.entries(columns).every(isPlain) && ALWAYS.every((name) => typeof columns[name] === 'string')
    // What is nested too deep to be written again cannot be shown.
    return isEvent && JSON.stringify(columns) !== '' ? columns : undefined
  } catch {
    return undefined
  }
}
