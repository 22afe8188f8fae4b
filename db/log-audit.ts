/** Reads the whole log of an entity over and names what does not hold (promises §4.4): the first fault first. */
import { sql } from 'kysely'
import type { HeldLeaves, LogFault } from '../domain/log-faults.ts'
import { leafOf } from '../verifier/merkle.ts'
import { NoteFault, openCheckpoint } from '../verifier/signed-note.ts'
import type { Trx } from './client.ts'
import { findImport, IMPORTED, waitsAfter } from './imported-log.ts'
import { LINE_COLUMNS, type LineRow, lineOf } from './log-lines.ts'
import { storedTree } from './stored-tree.ts'

const BATCH = 5_000
/** Whoever meets more has a broken log, not a list to read. */
const MOST_FAULTS = 1_000

export interface LogAudit {
  size: number
  /** Sealed events that were read over. */
  read: number
  /** Checkpoints that hold, and the root over all that is sealed (hex; none over nothing). */
  checkpoints: number
  root: string | null
  /** Events that wait for the sealer. */
  waiting: number
  faults: LogFault[]
}

export interface AuditOptions {
  /** Keys somebody holds outside, as `name+id+base64`; those the database knows where none are given. */
  keys?: readonly string[]
  /** What somebody kept outside the reach of those who run the server. */
  heldNotes?: readonly string[]
  heldLeaves?: readonly HeldLeaves[]
  /** Only about so many events at the end, on what the kept subtrees say of those before; all where it is left out. */
  last?: number
  onProgress?: (read: number, size: number) => void
}

/** Of an event that is gone every column is null. */
interface AuditRow extends LineRow {
  n: string
  leaf: Buffer
  eventId: string
  sealedXid: string
}

/** Reads everything at one instant where `trx` is a repeatable read. Memory: one batch of rows. */
export async function auditLog(trx: Trx, entityId: string, options: AuditOptions = {}): Promise<LogAudit> {
  const faults: LogFault[] = []
  const found = (fault: LogFault) => void (faults.length < MOST_FAULTS && faults.push(fault))
  // What names an event comes first, however the notes look.
  const ofNotes: LogFault[] = []
  const total = await leafCount(trx, entityId)
  const start = await startOf(trx, entityId, total, options.last)
  const { tree, from } = start
  const checkpoints = await checkpointsOf(trx, entityId, { ...options, from }, (fault) => ofNotes.push(fault))
  const heldLeaves = new Map(
    (options.heldLeaves ?? []).flatMap(({ from, leaves }) => leaves.map((leaf, i) => [from + i, leaf])),
  )
  let holding = 0
  // A stolen key signs anything: what was held outside is only certain up to what was held outside.
  const certain = { own: from, held: from }
  let [lastXid, lastId] = [start.xid, start.id]
  const meetCheckpoints = () => {
    for (const { root, kind } of checkpoints.get(tree.size) ?? []) {
      if (!tree.root().equals(root)) {
        found({ code: kind === 'held' ? 'held_root_differs' : 'root_differs', from: certain[kind], to: tree.size })
        continue
      }
      holding += kind === 'own' ? 1 : 0
      certain[kind] = tree.size
    }
  }
  for await (const rows of batchesFrom(trx, entityId, from)) {
    for (const row of rows) {
      const n = Number(row.n)
      if (n !== tree.size) found({ code: 'leaf_missing', n: tree.size })
      const xid = BigInt(row.sealedXid)
      if (row.type !== IMPORTED && (xid < lastXid || (xid === lastXid && row.eventId <= lastId)))
        found({ code: 'out_of_order', n, eventId: row.eventId })
      ;[lastXid, lastId] = [xid, row.eventId]
      const fault = faultOf(row)
      const held = heldLeaves.get(n)
      heldLeaves.delete(n)
      if (fault) found({ code: fault, n, eventId: row.eventId })
      else if (held && held !== row.leaf.toString('hex')) found({ code: 'held_leaf_differs', n, eventId: row.eventId })
      tree.push(row.leaf)
      meetCheckpoints()
    }
    options.onProgress?.(tree.size, total)
  }
  const beyond = [...checkpoints.keys(), ...[...heldLeaves.keys()].map((n) => n + 1)].filter((size) => size > tree.size)
  // One by one: a call takes no million arguments.
  const to = beyond.reduce((most, size) => Math.max(most, size), tree.size)
  if (to > tree.size) found({ code: 'tail_cut', from: tree.size, to })
  for (const eventId of await listBehind(trx, entityId, lastXid, lastId)) found({ code: 'event_unsealed', eventId })
  for (const fault of ofNotes) found(fault)
  const waiting = await waitingCount(
    trx,
    entityId,
    lastId === '' ? undefined : { xid: String(lastXid), eventId: lastId },
  )
  const root = tree.size > 0 ? tree.root().toString('hex') : null
  return { size: tree.size, read: tree.size - from, checkpoints: holding, root, waiting, faults }
}

function faultOf(row: AuditRow): 'event_missing' | 'event_changed' | null {
  if (row.id === null) return 'event_missing'
  return leafOf(Buffer.from(lineOf(row))).equals(row.leaf) && row.xid === row.sealedXid ? null : 'event_changed'
}

interface Expected {
  root: Buffer
  /** Signed and kept here, or held outside by somebody. */
  kind: 'own' | 'held'
}

/** The trees that somebody signed, by their size; a note that does not open is a fault and expects nothing. */
async function checkpointsOf(
  trx: Trx,
  entityId: string,
  { keys, heldNotes = [], from }: AuditOptions & { from: number },
  found: (fault: LogFault) => void,
): Promise<Map<number, Expected[]>> {
  const kept = await trx
    .selectFrom('log_checkpoint')
    .select(['size', 'root', 'note'])
    .where('entity_id', '=', entityId)
    .where('size', '>', String(from))
    .orderBy('size')
    .execute()
  const known = keys ?? (await knownKeys(trx, entityId))
  const expected = new Map<number, Expected[]>()
  const expect = (size: number, one: Expected) => void expected.set(size, [...(expected.get(size) ?? []), one])
  for (const { size, root, note } of kept) {
    const to = Number(size)
    try {
      const opened = openCheckpoint(note, known)
      if (opened.size !== BigInt(size) || !opened.root.equals(root)) found({ code: 'note_differs', to })
      expect(Number(opened.size), { root: opened.root, kind: 'own' })
    } catch (error) {
      if (!(error instanceof NoteFault)) throw error
      found({ code: 'note_unsigned', to, reason: error.code })
    }
  }
  for (const note of heldNotes) {
    const { size, root } = openCheckpoint(note, known)
    expect(Number(size), { root, kind: 'held' })
  }
  return expected
}

async function knownKeys(trx: Trx, entityId: string): Promise<string[]> {
  const rows = await trx.selectFrom('log_key').select('verifier_key').where('entity_id', '=', entityId).execute()
  return rows.map(({ verifier_key }) => verifier_key)
}

/** Where reading begins: a whole subtree of 256 before that many of the last. */
async function startOf(trx: Trx, entityId: string, total: number, last = total) {
  const wanted = Math.max(0, total - last)
  const from = wanted - (wanted % 256)
  const tree = await storedTree(trx, entityId, from)
  const { rows } = await sql<{ xid: string; id: string }>`
    select xid::text as xid, event_id as id from log_leaf where entity_id = ${entityId} and n = ${from - 1}`.execute(
    trx,
  )
  return { from, tree, xid: BigInt(rows[0]?.xid ?? 0), id: rows[0]?.id ?? '' }
}

async function leafCount(trx: Trx, entityId: string): Promise<number> {
  const { rows } = await sql<{ size: string }>`
    select coalesce(max(n) + 1, 0) as size from log_leaf where entity_id = ${entityId}`.execute(trx)
  return Number(rows[0]?.size ?? 0)
}

/** PostgreSQL looks for the next batch while one is gone through. */
async function* batchesFrom(trx: Trx, entityId: string, from: number): AsyncGenerator<AuditRow[]> {
  for (let asked: Promise<AuditRow[]> | undefined = readRows(trx, entityId, from); asked; ) {
    const rows: AuditRow[] = await asked
    const last = rows.at(-1)
    asked = last && rows.length === BATCH ? readRows(trx, entityId, Number(last.n) + 1) : undefined
    yield rows
  }
}

/** One event looked up for each leaf: planned as a join, it would read every event for each batch. */
async function readRows(trx: Trx, entityId: string, from: number): Promise<AuditRow[]> {
  const { rows } = await sql<AuditRow>`
    select l.n, l.leaf, l.event_id as "eventId", l.xid::text as "sealedXid", ${LINE_COLUMNS}
    from (select * from log_leaf where entity_id = ${entityId} and n >= ${from} order by n limit ${BATCH}) l
      left join lateral (select * from event where id = l.event_id and entity_id = ${entityId} limit 1) e on true
    order by l.n`.execute(trx)
  return rows
}

/** Events that came in behind what is sealed: nobody writes below the oldest running transaction. */
async function listBehind(trx: Trx, entityId: string, xid: bigint, id: string): Promise<string[]> {
  const came = await findImport(trx, entityId)
  // Nothing of this cluster is sealed yet, so nothing can be behind.
  if (id === '' || came?.isSealed === false) return []
  const { rows } = await sql<{ id: string }>`
    select e.id from event e left join log_leaf l on l.event_id = e.id
    where e.entity_id = ${entityId} and l.event_id is null and (e.xid, e.id) <= (${String(xid)}::xid8, ${id}::uuid)
    order by e.xid, e.id limit ${MOST_FAULTS}`.execute(trx)
  return rows.map((row) => row.id)
}

async function waitingCount(
  trx: Trx,
  entityId: string,
  last: { xid: string; eventId: string } | undefined,
): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`
    select count(*)::int as waiting from event e
    where e.entity_id = ${entityId} ${await waitsAfter(trx, entityId, last)}`.execute(trx)
  return rows[0]?.waiting ?? 0
}
