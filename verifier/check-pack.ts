/** Whether an evidence pack is what was sealed: every file, every event, every content that was decided on. */
import { isUtf8 } from 'node:buffer'
import { createHash, hash } from 'node:crypto'
import {
  type CheckedEvent,
  checkEvent,
  checkGrowth,
  lineIn,
  NotProven,
  type OpenedCheckpoint,
  openTrusted,
  type SealedLine,
} from './check-proof.ts'
import { linesOf } from './line-pieces.ts'
import { PackFault, type PackSource } from './pack-source.ts'
import {
  CHECKPOINT,
  EVENTS,
  EXPORTED,
  GROWTH,
  MANIFEST,
  type Manifest,
  OF_CONTENT,
  parseManifest,
  parseProvenLine,
  SEAL,
} from './packs.ts'
import { type EventProof, eventProofText, ProofFault, parseProof } from './proofs.ts'

/** Of what is read whole; the rest is read piece by piece. */
export const LARGEST = 64_000_000

export interface CheckedPack {
  manifest: Manifest
  /** The event by which it was exported. */
  exported: CheckedEvent
  /** Of the events that are in it. */
  checkpoint: OpenedCheckpoint
  /** Of fewer events, and held by that one unchanged; undefined where the pack has none. Nothing here says that it was ever published. */
  earlier: OpenedCheckpoint | undefined
  /** Place in the log of the last event that decided on a content; undefined where none did. */
  lastDecision: bigint | undefined
  isKeyCertain: boolean
}

/** `certain`: as `checkProof` takes them. Throws `PackFault` for the first thing that is wrong. */
export function checkPack(source: PackSource, certain: readonly string[]): CheckedPack {
  const text = textOf(source, MANIFEST)
  const manifest = parseManifest(text)
  const seal = sealOf(source)
  const exported = checkSeal(seal, manifest, text, certain)
  requireFiles(source, manifest)
  for (const file of manifest.files) requireContent(source, file)
  requireContents(manifest)
  const checkpoint = proven(CHECKPOINT, () => openTrusted(textOf(source, CHECKPOINT), seal.keys, certain))
  if (checkpoint.origin !== exported.checkpoint.origin) throw new PackFault('other_entity', CHECKPOINT)
  // It is exported once what is in it is sealed.
  if (exported.place < checkpoint.size) throw new PackFault('seal_before')
  const earlier = earlierOf(source, seal.keys, certain)
  const lastDecision = checkEvents(source, manifest, checkpoint)
  return { manifest, exported, checkpoint, earlier, lastDecision, isKeyCertain: certain.length > 0 }
}

/** What does not hold inside a pack, with the part of it. */
export function proven<T>(part: string, check: () => T): T {
  try {
    return check()
  } catch (error) {
    if (error instanceof NotProven) throw new PackFault(error.code, part)
    if (error instanceof ProofFault) throw new PackFault('seal_malformed', part)
    throw error
  }
}

export function sealOf(source: PackSource): EventProof {
  const text = textOf(source, SEAL)
  const proof = proven(SEAL, () => parseProof(text))
  if (proof.kind !== 'event') throw new PackFault('seal_of_other_kind')
  // Read in whatever layout, it would not cover the bytes between its parts.
  if (eventProofText(proof) !== text) throw new PackFault('seal_malformed', SEAL)
  return proof
}

/** The sealed event says which manifest was exported, of which cycle. */
function checkSeal(seal: EventProof, manifest: Manifest, text: string, certain: readonly string[]): CheckedEvent {
  const checked = proven(SEAL, () => checkEvent(seal, certain))
  const { type, content_hash: sealed, object_id: cycleId, entity_id: entityId } = checked.line
  if (type !== EXPORTED) throw new PackFault('seal_of_other_kind')
  if (sealed !== hash('sha256', text, 'hex')) throw new PackFault('other_manifest')
  if (cycleId !== manifest.cycleId || entityId !== manifest.entityId) throw new PackFault('other_cycle', SEAL)
  return checked
}

/** The log of the pack only grew since the checkpoint that its proof begins with, which is another. */
function earlierOf(source: PackSource, keys: string[], certain: readonly string[]): OpenedCheckpoint | undefined {
  if (!source.parts.some(({ name }) => name === GROWTH)) return undefined
  try {
    const proof = parseProof(textOf(source, GROWTH))
    if (proof.kind !== 'growth') throw new PackFault('growth_malformed', GROWTH)
    if (proof.later !== textOf(source, CHECKPOINT)) throw new PackFault('growth_elsewhere', GROWTH)
    const { earlier, later } = proven(GROWTH, () => checkGrowth({ ...proof, keys }, certain))
    if (earlier.size === later.size) throw new PackFault('growth_none', GROWTH)
    return earlier
  } catch (error) {
    throw error instanceof ProofFault ? new PackFault('growth_malformed', GROWTH) : error
  }
}

/** Nothing is missing, nothing was added; a zip has them in the order of the manifest. */
export function requireFiles(
  source: PackSource,
  { files }: Pick<Manifest, 'files'>,
  needed: readonly string[] = [EVENTS, CHECKPOINT],
): void {
  const wanted = [...files.map(({ name }) => name), MANIFEST, SEAL]
  const found = source.parts.map(({ name }) => name)
  const [listed, there] = [new Set(wanted), new Set(found)]
  const missing = wanted.find((name) => !there.has(name)) ?? needed.find((name) => !listed.has(name))
  if (missing !== undefined) throw new PackFault('missing_file', missing)
  const extra = found.find((name) => !listed.has(name))
  if (extra !== undefined) throw new PackFault('extra_file', extra)
  const moved = found.find((name, i) => source.isZip && name !== wanted[i])
  if (moved !== undefined) throw new PackFault('zip_changed', moved)
}

export function requireContent(source: PackSource, { name, bytes, sha256 }: Manifest['files'][number]): void {
  const found = createHash('sha256')
  let count = 0
  for (const piece of source.read(name)) {
    found.update(piece)
    count += piece.length
    if (count > bytes) break
  }
  if (count !== bytes || found.digest('hex') !== sha256) throw new PackFault('altered_file', name)
}

/** The file of a content has the hash that those who decided saw. */
function requireContents({ contents, files }: Manifest): void {
  const hashes = new Map(files.map(({ name, sha256 }) => [name, sha256]))
  for (const { hash: named, file } of contents)
    if (file !== null && hashes.get(file) !== named) throw new PackFault('content_differs', file)
}

/** Each event is the leaf its proof says, of this cycle, once; and who decided, decided on a content that is listed here. Answers who was last. */
function checkEvents(source: PackSource, manifest: Manifest, checkpoint: OpenedCheckpoint): bigint | undefined {
  const [places, undecided] = [new Set<bigint>(), new Set(manifest.contents.map((one) => one.hash))]
  const listed = new Set(undecided)
  let n = 0
  let last: bigint | undefined
  for (const text of linesOf(source.read(EVENTS), LARGEST)) {
    n += 1
    const part = String(n)
    const proof = text === undefined ? undefined : parseProvenLine(text)
    if (!proof) throw new PackFault('event_malformed', part)
    const line = proven(part, () => lineIn(checkpoint, proof))
    if (line.cycle_id !== manifest.cycleId) throw new PackFault('event_of_other_cycle', part)
    if (places.has(proof.place)) throw new PackFault('event_repeated', part)
    places.add(proof.place)
    if (namesContent(line)) {
      const named = String(line.content_hash)
      if (!listed.has(named)) throw new PackFault('content_unknown', part)
      undecided.delete(named)
      if (last === undefined || proof.place > last) last = proof.place
    }
  }
  if (n === 0) throw new PackFault('event_none')
  if (n !== manifest.events) throw new PackFault('event_missing', String(manifest.events))
  const idle = manifest.contents.find((one) => undecided.has(one.hash))
  if (idle) throw new PackFault('content_undecided', `${idle.step}, ${idle.version}`)
  return last
}

const namesContent = ({ type, content_hash: named }: SealedLine) =>
  OF_CONTENT.includes(String(type)) && typeof named === 'string'

export function textOf(source: PackSource, name: string): string {
  const pieces: Buffer[] = []
  let count = 0
  for (const piece of source.read(name)) {
    count += piece.length
    if (count > LARGEST) throw new PackFault('too_large', name)
    pieces.push(piece)
  }
  const bytes = Buffer.concat(pieces)
  // What is no text is read otherwise than it stands there.
  if (!isUtf8(bytes)) throw new PackFault('altered_file', name)
  return bytes.toString()
}
