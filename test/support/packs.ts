/** A small evidence pack with a key of its own, made without a database; every part of it can be made wrong. */
import { hash } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writePack } from '../../db/pack-file.ts'
import { inclusionPath, leafOf } from '../../verifier/merkle.ts'
import {
  CHECKPOINT,
  EVENTS,
  EXPORTED,
  MANIFEST,
  type Manifest,
  manifestText,
  type ProvenLine,
  provenLineText,
  SEAL,
} from '../../verifier/packs.ts'
import { ENTITY, lineAt, logOf, rangesOf, type Signer } from './proofs.ts'

export const CYCLE = '0199a000-0000-7000-8000-000000000007'
const CONTENT = '{"answers":{"objetivo":"Conocer a quién se atiende"},"step":"3"}'
const CONTENT_HASH = hash('sha256', CONTENT, 'hex')

/** Of the log, before the one that seals the pack. */
const EVENTS_BEFORE = 21

/** What is in a pack before it is sealed. */
export interface PackParts {
  /** Name and content of each file, in order. */
  files: [string, Buffer | string][]
  manifest: Omit<Manifest, 'files'>
}

/** A decision of the cycle among events of others, its content, and a file. */
export async function packParts(
  signer: Signer,
): Promise<PackParts & { proven: ProvenLine[]; growthFrom: (size: number) => Promise<string> }> {
  const lines = Array.from({ length: EVENTS_BEFORE }, (_, n) =>
    n % 3 === 0
      ? lineAt(n, { cycle_id: CYCLE, content_hash: CONTENT_HASH, type: n === 0 ? 'step.submitted' : 'step.reviewed' })
      : lineAt(n),
  )
  const log = logOf(lines, signer)
  const hashOf = rangesOf(lines.map((line) => leafOf(Buffer.from(line))))
  const own = lines.flatMap((line, n) => (n % 3 === 0 ? [{ line, n }] : []))
  const proven = await Promise.all(
    own.map(async ({ line, n }) => ({
      ...{ line, place: BigInt(n), path: await inclusionPath(BigInt(n), BigInt(lines.length), hashOf) },
    })),
  )
  return {
    proven,
    /** From the log of its first so many events. */
    growthFrom: (size) => log.growthProof(size),
    manifest: {
      ...{ entityId: ENTITY, cycleId: CYCLE, name: 'Ejercicio 2026', madeAt: '2026-11-27T17:05:00.000Z' },
      ...{ events: own.length, contents: [{ step: '3', version: 1, hash: CONTENT_HASH, file: 'contenidos/uno.json' }] },
    },
    files: [
      ['contenidos/uno.json', CONTENT],
      ['adjuntos/001-Acta de reunión.txt', Buffer.from('Acta.\n'.repeat(40))],
      [EVENTS, proven.map(provenLineText).join('')],
      [CHECKPOINT, await log.noteAt(lines.length)],
    ],
  }
}

interface Sealing {
  /** What of the parts the manifest says otherwise. */
  manifest?: (text: string) => string
  seal?: (text: string) => string
  /** Columns of the event that seals it. */
  exported?: Record<string, unknown>
  /** Its place in the log. */
  exportedAt?: number
}

/** The zip of these parts, sealed by the event that names their manifest. */
export async function sealedPack(
  folder: string,
  signer: Signer,
  { files, manifest }: PackParts,
  wrong: Sealing = {},
): Promise<Buffer> {
  const path = join(folder, 'paquete.part')
  const pack = await writePack(path)
  try {
    for (const [name, content] of files) await pack.add(name, content)
    const written = manifestText({ ...manifest, files: [...pack.files] })
    const text = wrong.manifest?.(written) ?? written
    const more = { content_hash: hash('sha256', text, 'hex'), object_id: manifest.cycleId, type: EXPORTED }
    const exported = wrong.exportedAt ?? EVENTS_BEFORE
    const before = Array.from({ length: exported }, (_, n) => lineAt(n))
    const log = logOf([...before, lineAt(exported, { ...more, ...wrong.exported })], signer)
    const seal = await log.eventProof(exported)
    await pack.add(MANIFEST, text)
    await pack.add(SEAL, wrong.seal?.(seal) ?? seal)
    await pack.finish()
    return readFileSync(path)
  } finally {
    await pack.close()
    rmSync(path, { force: true })
  }
}
