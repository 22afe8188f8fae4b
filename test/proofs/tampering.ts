/**
 * G16: each attack of the ladder (promises §4.4), made straight in the database as its owner, at random places of a sealed log:
 * found every time, and the right event named where that is promised. Every attack is rolled back before the next.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { logKey } from '../../activities/log-keys.ts'
import { sealAll } from '../../activities/seal-log.ts'
import { type Database, openDatabase, type Trx, withEntity } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { type AuditOptions, auditLog, type LogAudit } from '../../db/log-audit.ts'
import { findCheckpoint } from '../../db/log-checkpoints.ts'
import { LINE_COLUMNS, type LineRow, lineOf } from '../../db/log-lines.ts'
import { roleUrl } from '../../db/roles.ts'
import { storedRange } from '../../db/stored-tree.ts'
import { leafOf, nodeOf } from '../../verifier/merkle.ts'
import { signCheckpoint } from '../../verifier/signed-note.ts'
import { randomOf } from '../support/random.ts'
import { smallTown } from '../support/town.ts'

export interface Tampered {
  events: number
  attacks: number
  /** Of these, how many named the very event. */
  named: number
}

interface Scene {
  owner: Database
  entityId: string
  dataDir: string
  events: number
  /** What somebody kept outside: the last checkpoint and every leaf. */
  held: { note: string; leaves: string[] }
}

/** `runs`: places attacked in each way. Throws at the first attack that is not found or not named as promised. */
export async function proveTampering(runs: number, seed: number, events: number): Promise<Tampered> {
  const scene = await openScene(events)
  try {
    const clean = await audited(scene, async () => {})
    if (clean.faults.length > 0 || clean.size !== scene.events)
      throw new Error(`a clean log of ${scene.events} raises ${JSON.stringify(clean.faults[0] ?? clean.size)}`)
    const random = randomOf(seed)
    let [attacks, named] = [0, 0]
    for (let run = 0; run < runs; run++) {
      const n = Math.floor(random() * (events - 1))
      for (const [name, attack] of Object.entries(ATTACKS)) {
        const wanted = attack.named ? n : null
        const audit = await audited(scene, (trx) => attack.make(trx, scene, n), attack.held?.(scene) ?? {})
        const [fault] = audit.faults
        if (!fault) throw new Error(`${name} at ${n} was not found (seed ${seed})`)
        if (wanted !== null && !('n' in fault && fault.n === wanted))
          throw new Error(`${name} at ${n} named ${JSON.stringify(fault)} (seed ${seed})`)
        if (!('n' in fault) && 'to' in fault && 'from' in fault && !(fault.from <= n + 1 && n < fault.to))
          throw new Error(`${name} at ${n} lies outside ${JSON.stringify(fault)} (seed ${seed})`)
        attacks += 1
        named += wanted === null ? 0 : 1
      }
    }
    return { events: scene.events, attacks, named }
  } finally {
    await scene.close()
  }
}

interface Attack {
  named?: true
  make: (trx: Trx, scene: Scene, n: number) => Promise<void>
  held?: (scene: Scene) => AuditOptions
}

const withNote = ({ held }: Scene): AuditOptions => ({ heldNotes: [held.note] })
const withLeaves = ({ held }: Scene): AuditOptions => ({ heldLeaves: [{ from: 0, leaves: held.leaves }] })

const ATTACKS: Record<string, Attack> = {
  '1 edit of a row': { named: true, make: edit },
  'deletion of a row': { named: true, make: (trx, { entityId }, n) => deleteEvents(trx, entityId, sql`n = ${n}`) },
  '2 edit with its leaf': { make: editWithLeaf },
  '2 edit with its leaf, leaves held outside': { named: true, make: editWithLeaf, held: withLeaves },
  '3 edit with the whole tree': { make: editWithTree },
  '3 edit with the whole tree, leaves held outside': { named: true, make: editWithTree, held: withLeaves },
  '4 edit signed anew with the stolen key': { make: editAndSign, held: withNote },
  '5 tail cut, checkpoints kept': {
    make: async (trx, { entityId }, n) => {
      await deleteEvents(trx, entityId, sql`n > ${n}`)
      await sql`delete from log_leaf where entity_id = ${entityId} and n > ${n}`.execute(trx)
    },
  },
  '6 an older state restored': {
    make: async (trx, { entityId }, n) => {
      await deleteEvents(trx, entityId, sql`n > ${n}`)
      await sql`delete from log_leaf where entity_id = ${entityId} and n > ${n}`.execute(trx)
      await sql`delete from log_checkpoint where entity_id = ${entityId} and size > ${n}`.execute(trx)
    },
    held: withNote,
  },
  'an event written behind what is sealed': {
    make: async (trx, { entityId }, n) => {
      await sql`
        insert into event (id, entity_id, type, at, xid, object_type, object_id, origin)
        select ${newId()}, entity_id, type, at, xid, object_type, object_id, origin from event
        where id = (select event_id from log_leaf where entity_id = ${entityId} and n = ${n})`.execute(trx)
    },
  },
}

async function edit(trx: Trx, { entityId }: Scene, n: number): Promise<void> {
  await sql`update event set reason_code = 'otra' where id =
    (select event_id from log_leaf where entity_id = ${entityId} and n = ${n})`.execute(trx)
}

async function editWithLeaf(trx: Trx, scene: Scene, n: number): Promise<void> {
  await edit(trx, scene, n)
  const { rows } = await sql<LineRow>`
    select ${LINE_COLUMNS} from event e join log_leaf l on l.event_id = e.id
    where l.entity_id = ${scene.entityId} and l.n = ${n}`.execute(trx)
  const [row] = rows
  if (!row) throw new Error(`no event at ${n}`)
  await sql`update log_leaf set leaf = ${leafOf(Buffer.from(lineOf(row)))}
    where entity_id = ${scene.entityId} and n = ${n}`.execute(trx)
}

async function editWithTree(trx: Trx, scene: Scene, n: number): Promise<void> {
  await editWithLeaf(trx, scene, n)
  for (const { size, root } of await rebuilt(trx, scene, n))
    await sql`update log_checkpoint set root = ${root} where entity_id = ${scene.entityId} and size = ${size}`.execute(
      trx,
    )
}

async function editAndSign(trx: Trx, scene: Scene, n: number): Promise<void> {
  await editWithLeaf(trx, scene, n)
  const key = logKey(scene.dataDir, scene.entityId)
  for (const { size, root } of await rebuilt(trx, scene, n)) {
    const note = signCheckpoint({ origin: key.origin, size: BigInt(size), root }, key.privateKey, key.publicKey)
    await sql`update log_checkpoint set root = ${root}, note = ${note}
      where entity_id = ${scene.entityId} and size = ${size}`.execute(trx)
  }
}

/** Every subtree over `n` made anew, then the root of each checkpoint that holds it. */
async function rebuilt(trx: Trx, { entityId }: Scene, n: number): Promise<{ size: string; root: Buffer }[]> {
  const { rows } = await sql<{ level: number; n: string }>`
    select level, n from log_subtree where entity_id = ${entityId} and n = ${n}::bigint >> (8 * level)
    order by level`.execute(trx)
  for (const { level, n: at } of rows) {
    const width = 1n << BigInt(8 * (level - 1))
    const [from, half] = [BigInt(at) * 256n * width, 128n * width]
    const hashOf = storedRange(trx, entityId)
    const hash = nodeOf(await hashOf(from, from + half), await hashOf(from + half, from + 2n * half))
    await sql`update log_subtree set hash = ${hash}
      where entity_id = ${entityId} and level = ${level} and n = ${at}`.execute(trx)
  }
  const checkpoints = await sql<{ size: string }>`
    select size from log_checkpoint where entity_id = ${entityId} and size > ${n} order by size`.execute(trx)
  const roots: { size: string; root: Buffer }[] = []
  for (const { size } of checkpoints.rows)
    roots.push({ size, root: await storedRange(trx, entityId)(0n, BigInt(size)) })
  return roots
}

async function deleteEvents(trx: Trx, entityId: string, which: ReturnType<typeof sql>): Promise<void> {
  await sql`delete from event where id in (select event_id from log_leaf where entity_id = ${entityId} and ${which})`.execute(
    trx,
  )
}

class RolledBack extends Error {}

async function audited(
  { owner, entityId }: Scene,
  attack: (trx: Trx) => Promise<void>,
  options: AuditOptions = {},
): Promise<LogAudit> {
  let audit: LogAudit | undefined
  await withEntity(owner, entityId, async (trx) => {
    await attack(trx)
    audit = await auditLog(trx, entityId, options)
    throw new RolledBack()
  }).catch((error) => {
    if (!(error instanceof RolledBack)) throw error
  })
  if (!audit) throw new Error('not audited')
  return audit
}

async function openScene(events: number): Promise<Scene & { close(): Promise<void> }> {
  const town = await smallTown()
  const { ownerUrl, secret } = town.database
  const owner = openDatabase(ownerUrl, { max: 1 })
  const sealer = openDatabase(roleUrl(ownerUrl, secret, 'sealer'), { max: 1 })
  const dataDir = mkdtempSync(join(tmpdir(), 'caracteriza-log-'))
  const { entityId } = town
  // In many transactions, as work goes, with a checkpoint in between.
  const already = await withEntity(owner, entityId, (trx) => countEvents(trx, entityId))
  for (let left = events - already; left > 0; left -= 1_000) {
    await withEntity(owner, entityId, (trx) => writeEvents(trx, entityId, Math.min(left, 1_000)))
    await sealAll(sealer, dataDir)
  }
  // Whatever goes on beside it in the same cluster comes to its end first.
  while ((await withEntity(owner, entityId, (trx) => auditLog(trx, entityId))).waiting > 0) {
    await sleep(200)
    await sealAll(sealer, dataDir)
  }
  const held = await withEntity(owner, entityId, async (trx) => {
    const leaves = await sql<{ leaf: string }>`
      select encode(leaf, 'hex') as leaf from log_leaf where entity_id = ${entityId} order by n`.execute(trx)
    const checkpoint = await findCheckpoint(trx, entityId)
    return { note: checkpoint?.note ?? '', leaves: leaves.rows.map(({ leaf }) => leaf) }
  })
  return {
    ...{ owner, entityId, dataDir, held, events: held.leaves.length },
    close: async () => {
      rmSync(dataDir, { recursive: true, force: true })
      await Promise.all([owner.close(), sealer.close()])
      await town.close()
    },
  }
}

async function countEvents(trx: Trx, entityId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from event where entity_id = ${entityId}`.execute(
    trx,
  )
  return rows[0]?.n ?? 0
}

async function writeEvents(trx: Trx, entityId: string, count: number): Promise<void> {
  await sql`
    insert into event (id, entity_id, type, object_type, object_id, origin, changes)
    select gen_random_uuid(), ${entityId}, 'step.approved', 'step', gen_random_uuid(), 'workflow',
      jsonb_build_array(jsonb_build_object('field', 'estado', 'before', 'en_revision', 'after', i))
    from generate_series(1, ${count}) i`.execute(trx)
}
