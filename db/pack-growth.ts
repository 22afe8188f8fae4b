/** That the log of an evidence pack only grew since a checkpoint that the public was given before. */
import { sql } from 'kysely'
import { OF_CONTENT } from '../verifier/packs.ts'
import { growthProofText } from '../verifier/proofs.ts'
import type { Trx } from './client.ts'
import { findCheckpoint, type KeptCheckpoint, listLogKeys } from './log-checkpoints.ts'
import type { Covered } from './pack-contents.ts'
import { growthOf } from './sealed-log.ts'

export interface PackGrowth {
  day: string
  earlier: KeptCheckpoint
  /** Whether the last decision of the cycle is among the events of that checkpoint; null where nothing was decided. */
  holdsDecision: boolean | null
  text: string
}

/**
 * From the published day of the last decision of the cycle, or where none has it, the newest that the pack covers; undefined where none was published
 * before the checkpoint of the pack.
 */
export async function findPackGrowth(
  trx: Trx,
  { entityId, cycleId }: Pick<Covered, 'entityId' | 'cycleId'>,
  checkpoint: KeptCheckpoint,
): Promise<PackGrowth | undefined> {
  const { size } = checkpoint
  const { rows } = await sql<{ day: string; reached: string; holdsDecision: boolean | null }>`
    with decided as (
      select max(l.n) as n from event e join log_leaf l on l.entity_id = e.entity_id and l.event_id = e.id
      where e.entity_id = ${entityId} and e.cycle_id = ${cycleId} and e.type = any(${[...OF_CONTENT]}) and l.n < ${size}::bigint)
    select d.day, d.checkpoint_size::text as reached, decided.n < d.checkpoint_size as "holdsDecision" from log_day d cross join decided
    where d.entity_id = ${entityId} and d.checkpoint_size < ${size}::bigint
    order by coalesce(d.first <= decided.n and decided.n < d.size, false) desc, d.size desc limit 1`.execute(trx)
  const [published] = rows
  const earlier = published && (await findCheckpoint(trx, entityId, BigInt(published.reached) - 1n))
  if (!published || !earlier) return undefined
  const path = await growthOf(trx, entityId, earlier.size, size)
  const keys = await listLogKeys(trx, entityId)
  const text = growthProofText({ earlier: earlier.note, later: checkpoint.note, path, keys })
  const { day, holdsDecision } = published
  return { day, earlier, holdsDecision, text }
}
