/** Archives of entities for tests: what stands in one, and one that somebody forged and sealed with a key of their own. */
import { generateKeyPairSync, hash } from 'node:crypto'
import { writePack } from '../../db/pack-file.ts'
import { ARCHIVED, type ArchiveManifest, archiveManifestText, parseArchiveManifest } from '../../verifier/archives.ts'
import { leafOf, nodeOf } from '../../verifier/merkle.ts'
import { openPack } from '../../verifier/pack-source.ts'
import { MANIFEST, SEAL } from '../../verifier/packs.ts'
import { eventProofText } from '../../verifier/proofs.ts'
import { signCheckpoint, verifierKey } from '../../verifier/signed-note.ts'

export type Parts = Map<string, Buffer>

/** Every part by its name, in order. */
export function partsOf(file: string): Parts {
  const source = openPack(file)
  try {
    return new Map(source.parts.map(({ name }) => [name, Buffer.concat([...source.read(name)])]))
  } finally {
    source.close()
  }
}

export function manifestOf(parts: Parts): ArchiveManifest {
  return parseArchiveManifest(String(parts.get(MANIFEST)))
}

export function linesIn(parts: Parts, table: string): string[] {
  return String(parts.get(`tablas/${table}.jsonl`))
    .split('\n')
    .slice(0, -1)
}

export function rowsIn(parts: Parts, table: string): Record<string, unknown>[] {
  return linesIn(parts, table).map((line) => JSON.parse(line))
}

/** A zip of these parts as they are. */
export async function writeParts(file: string, parts: Parts): Promise<void> {
  const writer = await writePack(file)
  try {
    for (const [name, content] of parts) await writer.add(name, content)
    await writer.finish()
  } finally {
    await writer.close()
  }
}

/** The same archive with something changed, whose manifest and seal follow: whoever has the product can write one. */
export async function forge(
  file: string,
  parts: Parts,
  change: (parts: Parts, manifest: ArchiveManifest) => void,
): Promise<void> {
  const [content, manifest] = [new Map(parts), manifestOf(parts)]
  content.delete(MANIFEST)
  content.delete(SEAL)
  change(content, manifest)
  const files = [...content].map(([name, bytes]) => ({
    name,
    bytes: bytes.length,
    sha256: hash('sha256', bytes, 'hex'),
  }))
  const text = archiveManifestText({ ...manifest, files })
  content.set(MANIFEST, Buffer.from(text))
  content.set(SEAL, Buffer.from(sealOf(manifest.entityId, text)))
  await writeParts(file, content)
}

function sealOf(entityId: string, manifest: string): string {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const bytes = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)
  const origin = `caracteriza/${entityId}`
  const content = hash('sha256', manifest, 'hex')
  const columns = { id: entityId, at: '2026-01-01T00:00:00.000000Z', type: ARCHIVED, entity_id: entityId }
  const line = JSON.stringify({ ...columns, content_hash: content, object_id: entityId })
  // The last leaf of a tree that is far longer than the log in the archive.
  const [leaf, rest] = [leafOf(Buffer.from(line)), Buffer.alloc(32)]
  const note = signCheckpoint({ origin, size: 2n ** 40n + 1n, root: nodeOf(rest, leaf) }, privateKey, bytes)
  return eventProofText({ line, place: 2n ** 40n, path: [rest], note, keys: [verifierKey(origin, bytes)] })
}
