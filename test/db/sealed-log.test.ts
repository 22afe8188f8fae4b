import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { keptLogKeys, originOf } from '../../activities/log-keys.ts'
import { sealAll } from '../../activities/seal-log.ts'
import { recordEvents } from '../../db/audit.ts'
import { type Database, openDatabase, type Trx, withActor, withEntity } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { auditLog } from '../../db/log-audit.ts'
import { findCheckpoint, listLogKeys } from '../../db/log-checkpoints.ts'
import { LINE_COLUMNS, type LineRow, lineOf } from '../../db/log-lines.ts'
import { roleUrl } from '../../db/roles.ts'
import { findLastSealed, findSealedEvent, pathOf } from '../../db/sealed-log.ts'
import { storedRange, storedRanges } from '../../db/stored-tree.ts'
import { checkProof } from '../../verifier/check-proof.ts'
import { inclusionPath, leafOf, provesInclusion } from '../../verifier/merkle.ts'
import { eventProofText, parseProof } from '../../verifier/proofs.ts'
import { openCheckpoint } from '../../verifier/signed-note.ts'
import { proveTampering } from '../proofs/tampering.ts'
import { proveWriters } from '../proofs/writers.ts'
import { smallTown, type Town } from '../support/town.ts'

let town: Town
let sealer: Database
let auditor: Database
const dataDir = mkdtempSync(join(tmpdir(), 'caracteriza-log-'))

beforeAll(async () => {
  town = await smallTown()
  const { ownerUrl, secret } = town.database
  sealer = openDatabase(roleUrl(ownerUrl, secret, 'sealer'), { max: 2 })
  auditor = openDatabase(roleUrl(ownerUrl, secret, 'auditor'), { max: 2 })
})
afterAll(async () => {
  await Promise.all([sealer.close(), auditor.close()])
  await town.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const audit = () => withEntity(auditor, town.entityId, (trx) => auditLog(trx, town.entityId))

/** Seals until nothing waits: in a cluster with other work the oldest transaction may be anybody's. */
async function sealedWhole() {
  return await vi.waitFor(async () => {
    await sealAll(sealer, dataDir)
    const found = await audit()
    expect(found.waiting).toBe(0)
    return found
  }, 30_000)
}

function write(trx: Trx, count: number): Promise<void> {
  const { entityId } = town
  const event = { entityId, type: 'draft.saved' as const, origin: 'web' as const }
  return recordEvents(
    trx,
    Array.from({ length: count }, () => ({ ...event, objectId: newId() })),
  )
}

describe('the canonical line of an event', () => {
  it('is what RFC 8785 says of its row, whatever stands in it', async () => {
    const read = (trx: Trx) => sql<LineRow>`select ${LINE_COLUMNS} from event e order by e.id limit 1`.execute(trx)
    const { rows } = await withEntity(auditor, town.entityId, read)
    const [row] = rows
    if (!row) throw new Error('no event')
    expect(lineOf(row)).toBe(canonicalize(row))
    const value = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
    )
    const change = fc.record({ field: fc.string(), before: value, after: value })
    fc.assert(
      fc.property(fc.array(change), fc.option(fc.string({ unit: 'grapheme' })), (changes, reason_code) => {
        const changed = { ...row, changes, reason_code }
        expect(lineOf(changed)).toBe(canonicalize(changed))
      }),
    )
  })
})

describe('the sealer', () => {
  it('gives 20 writers at once one tree, without gap or fork, while sealers are ended at their work', async () => {
    const { events, kills } = await proveWriters(20, 100, 7)
    expect(events).toBeGreaterThan(2_000)
    expect(kills).toBeGreaterThan(0)
  }, 60_000)

  it('waits for the oldest transaction that is under way, and takes what came after it in its order', async () => {
    const before = (await sealedWhole()).size
    const scope = { entityId: town.entityId, personId: town.admin.personId }
    await withActor(town.web, scope, async (slow) => {
      await write(slow, 1)
      await withActor(town.web, scope, (quick) => write(quick, 1))
      await sealAll(sealer, dataDir)
      expect(await audit()).toMatchObject({ size: before, waiting: 1 })
    })
    expect(await sealedWhole()).toMatchObject({ size: before + 2, faults: [] })
  })

  it('signs a checkpoint that opens with the key of the entity, also after the key was renewed', async () => {
    const { entityId } = town
    const old = await withEntity(auditor, entityId, (trx) => findCheckpoint(trx, entityId))
    expect(keptLogKeys(dataDir)).toEqual([entityId])
    execFileSync(process.execPath, ['scripts/renew-log-keys.ts'], { env: { ...process.env, DATA_DIR: dataDir } })
    expect(keptLogKeys(dataDir)).toEqual([entityId])
    await withEntity(town.web, entityId, (trx) => write(trx, 1_000))
    await sealedWhole()
    const { keys, last } = await withEntity(auditor, entityId, async (trx) => ({
      keys: await listLogKeys(trx, entityId),
      last: await findCheckpoint(trx, entityId),
    }))
    expect(keys).toHaveLength(2)
    expect(last?.keyId).not.toBe(old?.keyId)
    for (const checkpoint of [old, last])
      expect(openCheckpoint(checkpoint?.note ?? '', keys)).toMatchObject({
        origin: originOf(entityId),
        size: checkpoint?.size,
        keyId: checkpoint?.keyId,
      })
    expect((await audit()).faults).toEqual([])
  })

  it('proves one event by itself: its line, its path, the signed root', async () => {
    const { entityId } = town
    await withEntity(auditor, entityId, async (trx) => {
      const { rows } = await sql<{
        id: string
      }>`select event_id as id from log_leaf where n in (0, 255, 256, 700)`.execute(trx)
      expect(rows).toHaveLength(4)
      for (const { id } of rows) {
        const event = await findSealedEvent(trx, entityId, id)
        const checkpoint = event && (await findCheckpoint(trx, entityId, event.n))
        if (!event || !checkpoint) throw new Error('not sealed')
        const path = await pathOf(trx, entityId, event.n, checkpoint.size)
        const { size, root } = checkpoint
        expect(provesInclusion({ place: event.n, size, leaf: leafOf(Buffer.from(event.line)), root }, path)).toBe(true)
        const keys = await listLogKeys(trx, entityId)
        const handedOut = eventProofText({ line: event.line, place: event.n, path, note: checkpoint.note, keys })
        expect(checkProof(parseProof(handedOut), keys)).toMatchObject({ kind: 'event', line: { id }, place: event.n })
      }
    })
  })

  it('answers the hash of every range alike, whether one is asked for or many', async () => {
    const { entityId } = town
    await withEntity(auditor, entityId, async (trx) => {
      const whole = BigInt((await findLastSealed(trx, entityId))?.n ?? 0) + 1n
      for (const size of [whole, 700n, 512n, 3n]) {
        const [one, many] = [storedRange(trx, entityId), storedRanges(trx, entityId, size)]
        for (const place of [0n, 1n, 255n, 256n, 600n, size - 1n].filter((n) => n < size))
          expect(await inclusionPath(place, size, many)).toEqual(await inclusionPath(place, size, one))
      }
    })
  })

  it('is read over from near its end on as from its beginning', async () => {
    const { entityId } = town
    const whole = await audit()
    for (const last of [0, 1, 300, 1_000, 1e9]) {
      const end = await withEntity(auditor, entityId, (trx) => auditLog(trx, entityId, { last }))
      expect(end).toMatchObject({ size: whole.size, root: whole.root, waiting: whole.waiting, faults: [] })
      expect(end.read).toBeGreaterThanOrEqual(Math.min(last, whole.size))
      expect(end.read).toBeLessThanOrEqual(last + 255)
    }
  })

  it('may add and nothing else; everybody else may not even add', async () => {
    const attempts: [Database, string][] = [
      [sealer, `update log_leaf set leaf = leaf`],
      [sealer, `delete from log_checkpoint`],
      [sealer, `update event set reason_code = 'x'`],
      [town.worker, `insert into log_subtree (entity_id, level, n, hash) values ('${town.entityId}', 1, 99, '\\x00')`],
      [town.web, `delete from log_leaf`],
      [auditor, `update log_key set since = since`],
    ]
    for (const [database, statement] of attempts)
      await expect(
        withEntity(database, town.entityId, (trx) => sql.raw(statement).execute(trx)),
        statement,
      ).rejects.toThrow(/permission denied/)
  })
})

it('finds each attack of the ladder and names what is promised (1,500 events, 2 places each)', async () => {
  const found = await proveTampering(2, 7, 1_500)
  expect(found).toMatchObject({ attacks: 20, named: 8 })
}, 120_000)
