/** The events of a cycle with what leads from each to the root of one checkpoint, as an evidence pack carries them. */
import { sql } from 'kysely'
import { Refused } from '../domain/refusals.ts'
import { inclusionPath, leafOf } from '../verifier/merkle.ts'
import { provenLineText } from '../verifier/packs.ts'
import type { Trx } from './client.ts'
import { LINE_COLUMNS, type LineRow, lineOf } from './log-lines.ts'
import { storedRanges } from './stored-tree.ts'

const BATCH = 500

/**
 * Line by line in the order of the log: whatever of the cycle is sealed below `size`. Throws `Refused('seal_broken')` at an event
 * that is not what was sealed.
 */
export async function* provenEvents(
  trx: Trx,
  { entityId, cycleId, size }: { entityId: string; cycleId: string; size: bigint },
): AsyncGenerator<string> {
  const hashOf = storedRanges(trx, entityId, size)
  await sql`declare pack_events no scroll cursor for
    select l.n, l.leaf, ${LINE_COLUMNS} from event e join log_leaf l on l.entity_id = e.entity_id and l.event_id = e.id
    where e.cycle_id = ${cycleId} and e.entity_id = ${entityId} and l.n < ${size}::bigint order by l.n`.execute(trx)
  for (;;) {
    const { rows } = await sql<
      LineRow & { n: string; leaf: Buffer }
    >`fetch ${sql.raw(String(BATCH))} from pack_events`.execute(trx)
    for (const row of rows) {
      const [line, place] = [lineOf(row), BigInt(row.n)]
      if (!leafOf(Buffer.from(line)).equals(row.leaf)) throw new Refused('seal_broken')
      yield provenLineText({ line, place, path: await inclusionPath(place, size, hashOf) })
    }
    if (rows.length < BATCH) break
  }
  await sql`close pack_events`.execute(trx)
}
