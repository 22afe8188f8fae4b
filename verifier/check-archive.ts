/** Whether the archive of an entity is what was sealed: every file, every row of its tables, and its whole log. */
import { hash } from 'node:crypto'
import { ARCHIVED, type ArchiveManifest, parseArchiveManifest, tableFile } from './archives.ts'
import { LARGEST, proven, requireContent, requireFiles, sealOf, textOf } from './check-pack.ts'
import { type CheckedEvent, checkEvent, type OpenedCheckpoint, openTrusted } from './check-proof.ts'
import { linesOf } from './line-pieces.ts'
import { GrowingTree, leafOf } from './merkle.ts'
import { PackFault, type PackSource } from './pack-source.ts'
import { MANIFEST, objectIn, SEAL } from './packs.ts'
import type { EventProof } from './proofs.ts'

/** Without these nothing of the log can be said. */
const NEEDED = ['event', 'log_key', 'log_checkpoint'].map(tableFile)

export interface CheckedArchive {
  manifest: ArchiveManifest
  /** The event by which it was exported: it came after what is in the archive. */
  exported: CheckedEvent
  /** Over the whole log that is in it. */
  checkpoint: OpenedCheckpoint
  /** How many signed checkpoints of the log hold. */
  checkpoints: number
  isKeyCertain: boolean
}

/** `certain`: as `checkProof` takes them. Throws `PackFault` for the first thing that is wrong. */
export function checkArchive(source: PackSource, certain: readonly string[]): CheckedArchive {
  const text = textOf(source, MANIFEST)
  const manifest = parseArchiveManifest(text)
  const seal = sealOf(source)
  const exported = checkSeal(seal, manifest, text, certain)
  requireFiles(source, manifest, NEEDED)
  for (const file of manifest.files) requireContent(source, file)
  const tables = new Map<string, Row[]>()
  for (const table of manifest.tables) tables.set(table.name, rowsOf(source, manifest, table))
  const keys = (tables.get('log_key') ?? []).map((row) => String(row.verifier_key))
  const notes = (tables.get('log_checkpoint') ?? []).map((row) => String(row.note))
  const signed = checkpointsOf(notes, keys, certain)
  const checkpoint = checkLog(source, manifest, signed)
  if (checkpoint.origin !== exported.checkpoint.origin) throw new PackFault('other_entity', SEAL)
  // It is exported once what is in it is sealed.
  if (exported.place < checkpoint.size) throw new PackFault('seal_before')
  return { manifest, exported, checkpoint, checkpoints: signed.length, isKeyCertain: certain.length > 0 }
}

type Row = Record<string, unknown>

/** The sealed event says which manifest was exported, of which entity. */
function checkSeal(
  seal: EventProof,
  manifest: ArchiveManifest,
  text: string,
  certain: readonly string[],
): CheckedEvent {
  const checked = proven(SEAL, () => checkEvent(seal, certain))
  const { type, content_hash: sealed, object_id: id, entity_id: entityId } = checked.line
  if (type !== ARCHIVED) throw new PackFault('seal_of_other_kind')
  if (sealed !== hash('sha256', text, 'hex')) throw new PackFault('other_manifest')
  if (id !== manifest.entityId || entityId !== manifest.entityId) throw new PackFault('other_entity', SEAL)
  return checked
}

/** Tables of the log that are kept while reading; of the others a row is read and forgotten. */
const KEPT = ['log_key', 'log_checkpoint']

/** Every line is a row of this entity, and there are as many as the manifest says. */
function rowsOf(source: PackSource, { entityId }: ArchiveManifest, table: ArchiveManifest['tables'][number]): Row[] {
  const name = tableFile(table.name)
  const kept: Row[] = []
  let n = 0
  for (const text of linesOf(source.read(name), LARGEST)) {
    n += 1
    const row = text === undefined ? undefined : objectIn(text)
    if (!row) throw new PackFault('row_malformed', `${name}:${n}`)
    if ((table.name === 'entity' ? row.id : row.entity_id) !== entityId)
      throw new PackFault('row_of_other_entity', `${name}:${n}`)
    if (KEPT.includes(table.name)) kept.push(row)
  }
  if (n !== table.rows) throw new PackFault('row_missing', name)
  return kept
}

/** Each by a key that stands in the archive; the last also by one that is certain, where there is one: keys are renewed. */
function checkpointsOf(notes: string[], keys: string[], certain: readonly string[]): OpenedCheckpoint[] {
  const opened = notes.map((note) => ({
    note,
    ...proven(tableFile('log_checkpoint'), () => openTrusted(note, [...keys, ...certain], [])),
  }))
  opened.sort((a, b) => (a.size < b.size ? -1 : 1))
  const last = opened.at(-1)
  if (!last) throw new PackFault('log_unsigned')
  proven(tableFile('log_checkpoint'), () => openTrusted(last.note, keys, certain))
  return opened
}

/** The lines of the events are the leaves, in their order, of every tree that was signed. */
function checkLog(source: PackSource, { events }: ArchiveManifest, signed: OpenedCheckpoint[]): OpenedCheckpoint {
  const tree = new GrowingTree()
  const waiting = [...signed]
  const meet = () => {
    for (let next = waiting[0]; next && next.size <= BigInt(tree.size); next = waiting[0]) {
      if (!tree.root().equals(next.root)) throw new PackFault('log_differs', String(next.size))
      waiting.shift()
    }
  }
  for (const line of linesOf(source.read(tableFile('event')), LARGEST)) {
    tree.push(leafOf(Buffer.from(line ?? '')))
    meet()
  }
  const last = signed.at(-1)
  if (!last || waiting.length > 0 || tree.size !== events || last.size !== BigInt(events))
    throw new PackFault('log_unsigned')
  return last
}
