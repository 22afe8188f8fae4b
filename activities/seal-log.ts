import { type Database, type Trx, withEntity, withoutEntity } from '../db/client.ts'
import { appNow } from '../db/clock.ts'
import { listEntityIds } from '../db/entities.ts'
import { findCheckpoint, keepCheckpoint, keepLogKey } from '../db/log-checkpoints.ts'
import { hasSealed, sealEvents } from '../db/sealed-log.ts'
import { storedRange } from '../db/stored-tree.ts'
import { SIGNED_AT_ONCE } from '../domain/events.ts'
import { signCheckpoint } from '../verifier/signed-note.ts'
import { logKey } from './log-keys.ts'
import { pause } from './pause.ts'

const EVERY_MS = 1_000
const BATCH = 5_000
/** A checkpoint after so many events, or so long after the last (promises §4.4). */
const CHECKPOINT_EVENTS = 1_000n
const CHECKPOINT_MS = 15 * 60_000

/** Seals what was recorded, second by second. `database`: as the sealer's role. Several at once do no harm: one works at an entity. */
export function startSealer(
  database: Database,
  dataDir: string,
  onError: (error: unknown) => void,
): { stop(): Promise<void> } {
  const stopped = new AbortController()
  const run = (async () => {
    while (!stopped.signal.aborted) {
      await sealAll(database, dataDir).catch(onError)
      await pause(EVERY_MS, stopped.signal)
    }
  })()
  return {
    stop: async () => {
      stopped.abort()
      await run
    },
  }
}

/** One round over every entity: all that can be sealed, and the checkpoints that are due. */
export async function sealAll(database: Database, dataDir: string): Promise<void> {
  for (const entityId of await withoutEntity(database, listEntityIds)) {
    let round = await sealBatch(database, dataDir, entityId)
    while (round?.sealed === BATCH) round = await sealBatch(database, dataDir, entityId)
  }
}

/** Seals all that can be sealed of one entity and signs it at once. Answers how many events are sealed. */
export async function sealNow(database: Database, dataDir: string, entityId: string): Promise<bigint> {
  for (;;) {
    const round = await sealBatch(database, dataDir, entityId, true)
    if (round && round.sealed < BATCH) return round.size
    if (!round) await pause(EVERY_MS / 10, AbortSignal.timeout(EVERY_MS))
  }
}

/** Null where another sealer is at the entity. */
async function sealBatch(database: Database, dataDir: string, entityId: string, isAsked = false) {
  return await withEntity(database, entityId, async (trx) => {
    const round = await sealEvents(trx, entityId, BATCH)
    if (!round || round.size === 0n) return round
    const last = await findCheckpoint(trx, entityId)
    if (round.size === last?.size) return round
    if (!isAsked && !isDue(round.size, last) && !(await isAwaited(trx, entityId, last, round.size))) return round
    const { size } = round
    const root = await storedRange(trx, entityId)(0n, size)
    const key = logKey(dataDir, entityId)
    await keepLogKey(trx, entityId, key.id, key.verifierKey)
    const note = signCheckpoint({ origin: key.origin, size, root }, key.privateKey, key.publicKey)
    await keepCheckpoint(trx, entityId, { size, root, keyId: key.id, note })
    return round
  })
}

/** Whether somebody waits for the signature over what was sealed since the last. */
async function isAwaited(
  trx: Trx,
  entityId: string,
  last: { size: bigint } | undefined,
  size: bigint,
): Promise<boolean> {
  const from = last?.size ?? 0n
  return from < size && (await hasSealed(trx, entityId, { types: SIGNED_AT_ONCE, from }))
}

function isDue(size: bigint, last: { size: bigint; signedAt: Date } | undefined): boolean {
  if (!last) return true
  return size - last.size >= CHECKPOINT_EVENTS || appNow().getTime() - last.signedAt.getTime() >= CHECKPOINT_MS
}
