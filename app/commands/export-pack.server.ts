import { createHash } from 'node:crypto'
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { eventBy } from '../../db/administration.ts'
import { recordEvent } from '../../db/audit.ts'
import { withActor } from '../../db/client.ts'
import { appNow } from '../../db/clock.ts'
import { findCycleHead } from '../../db/cycle-pages.ts'
import { newId } from '../../db/ids.ts'
import { findCheckpoint, type KeptCheckpoint } from '../../db/log-checkpoints.ts'
import { type PackWriter, writePack } from '../../db/pack-file.ts'
import { PARTIAL, removeStale } from '../../db/sealed-files.ts'
import { findSealedAs, provenEvent } from '../../db/sealed-log.ts'
import type { EventType } from '../../domain/events.ts'
import { Refused } from '../../domain/refusals.ts'
import { MANIFEST, type Manifest, manifestText, SEAL } from '../../verifier/packs.ts'
import type { AppContext } from '../context.server.ts'
import { fillPack } from '../pages/pack.server.ts'
import { claimantOf, leavingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { packFileNames } from '../text/packs.ts'
import { auditing } from './consult-trail.server.ts'

export interface ExportedPack {
  name: string
  bytes: number
  /** Open, and gone from its folder: whatever happens, nothing of it stays there. */
  file: FileHandle
}

/** The evidence pack of a cycle, whole and sealed (decision 0059). A refusal on the way is on record too. Throws `Refused`. */
export async function exportPack(
  context: AppContext,
  actor: Actor,
  { cycleId, signal }: { cycleId: string; signal?: AbortSignal },
): Promise<ExportedPack> {
  const head = await auditing(context, actor, { objectId: cycleId, type: 'audit.pack_asked' }, async (trx) => {
    const found = await findCycleHead(trx, cycleId)
    if (!found) throw new Refused('not_visible')
    return found
  })
  return await leavingRefusals(context, actor, { objectId: cycleId }, async () => {
    const { bytes, file } = await makePack(context, actor, { cycleId, signal })
    return { name: packFileNames.pack(head.radicado.replaceAll(/[^\p{L}\p{N}-]+/gu, '-')), bytes, file }
  })
}

/**
 * That it was asked for is sealed first, so that every event before has its proof; then what it holds is written, and the event that
 * names its manifest is sealed too.
 */
async function makePack(
  context: AppContext,
  actor: Actor,
  { cycleId, signal }: { cycleId: string; signal?: AbortSignal },
) {
  const { checkpoint } = await sealed(context, actor, { type: 'audit.pack_asked', cycleId, signal })
  const folder = join(context.config.DATA_DIR, 'packs')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await removeStale(folder)
  const path = join(folder, `${newId()}${PARTIAL}`)
  const pack = await writePack(path, signal)
  try {
    const manifest = await fillPack(pack, { context, actor, cycleId, checkpoint, madeAt: appNow() })
    await recordPack(context, actor, pack, manifest)
    const { text } = await sealed(context, actor, { type: 'audit.pack_exported', cycleId, signal })
    await pack.add(SEAL, text)
    const bytes = await pack.finish()
    return { bytes, file: await open(path) }
  } finally {
    await pack.close()
    await rm(path, { force: true })
  }
}

/** Writes down what it holds, and the event that says so. */
async function recordPack(context: AppContext, actor: Actor, pack: PackWriter, manifest: Manifest): Promise<void> {
  const text = manifestText(manifest)
  await pack.add(MANIFEST, text)
  const counts = { events: manifest.events, files: manifest.files.length }
  await withActor(context.db, actor, (trx) =>
    recordEvent(trx, {
      ...{ ...eventBy(claimantOf(context, actor)), type: 'audit.pack_exported', objectId: manifest.cycleId },
      contentHash: createHash('sha256').update(text).digest('hex'),
      changes: Object.entries(counts).map(([field, after]) => ({ field, before: null, after })),
    }),
  )
}

const WAIT_MS = 200
/** The sealer works every second; longer than this something keeps it from its work. */
const PATIENCE_MS = 30_000

/** The proof of what this request recorded, and the checkpoint it leads to, as soon as it is signed. Throws `Refused('seal_behind')`. */
async function sealed(
  context: AppContext,
  actor: Actor,
  { type, cycleId, signal }: { type: EventType; cycleId: string; signal?: AbortSignal },
): Promise<{ text: string; checkpoint: KeptCheckpoint }> {
  const { entityId } = actor
  for (const until = performance.now() + PATIENCE_MS; performance.now() < until; await sleep(WAIT_MS)) {
    signal?.throwIfAborted()
    const found = await withActor(context.db, actor, async (trx) => {
      const event = await findSealedAs(trx, entityId, { type, objectId: cycleId, requestId: context.requestId })
      const checkpoint = event && (await findCheckpoint(trx, entityId, event.n))
      return checkpoint && { checkpoint, text: (await provenEvent(trx, entityId, event.id)).text }
    })
    if (found) return found
  }
  throw new Refused('seal_behind')
}
