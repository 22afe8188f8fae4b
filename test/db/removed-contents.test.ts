import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { withEntity } from '../../db/client.ts'
import { listInventory } from '../../db/disposal-inventory.ts'
import { findDisposal } from '../../db/disposals.ts'
import { listGoneFiles, removeContents } from '../../db/removed-contents.ts'
import type { ContentKind } from '../../domain/disposal.ts'
import { type Foreign, foreignRows } from './foreign-rows.ts'

let rows: Foreign
beforeAll(async () => {
  rows = await foreignRows()
}, 180_000)
afterAll(() => rows?.world.close())

const HASH = 'e'.repeat(64)

/** What is asked of each row that loses its content, and what is left of it. */
const EMPTIED: Partial<Record<ContentKind, [table: string, key: string, left: string, empty: unknown[]]>> = {
  proposal: ['section_proposal', 'id', 'jsonb_build_array(base, value, reason)', ['', '', '']],
  correction: ['correction', 'id', 'jsonb_build_array(answers)', [{}]],
  attachment: ['attachment', 'id', 'jsonb_build_array(name)', ['']],
  comment_file: ['comment_file', 'id', 'jsonb_build_array(name)', ['']],
  received: ['source_import', 'id', 'jsonb_build_array(file_name)', ['']],
  draft: ['step_draft', 'step_id', 'jsonb_build_array(answers, left_over)', [{}, []]],
}

it('an inventory has the corrections that were discarded, and no other', async () => {
  const kinds = (status: string) =>
    withEntity(rows.world.owner, rows.entityId, async (trx) => {
      await sql`update correction set status = ${status}, withdrawn_reason = null, answers = '{"cambios": {"nota": "x"}}'
        where cycle_id = ${rows.cycleId}`.execute(trx)
      return (await listInventory(trx, rows.entityId, rows.cycleId)).filter(({ kind }) => kind === 'correction').length
    })
  // The fixture has two of them.
  expect([await kinds('published'), await kinds('discarded')]).toEqual([0, 2])
})

it('the worker can empty a row of every kind that has words in it, each with its tombstone', async () => {
  const { owner, worker } = rows.world
  const { entityId, disposalId } = rows
  const seeing = await withEntity(owner, entityId, async (trx) => {
    const found: { kind: string; id: string }[] = []
    for (const [kind, [table, key]] of Object.entries(EMPTIED)) {
      const { rows: one } = await sql<{ id: string }>`select ${sql.ref(key)} as id from ${sql.table(table)}
        where entity_id = ${entityId} limit 1`.execute(trx)
      for (const { id } of one) found.push({ kind, id })
    }
    for (const [i, { kind, id }] of found.entries())
      await sql`insert into disposal_item (disposal_id, n, entity_id, kind, object_id, place, sha256, bytes, is_shared)
        values (${disposalId}, ${i + 10}, ${entityId}, ${kind}, ${id}, '', ${HASH}, 1, false)`.execute(trx)
    return found
  })
  expect(seeing.map(({ kind }) => kind)).toEqual(Object.keys(EMPTIED))
  const gone = await withEntity(worker, entityId, async (trx) => {
    const disposal = await findDisposal(trx, disposalId)
    if (!disposal) throw new Error('no disposal')
    return [await removeContents(trx, disposal, 3), await removeContents(trx, disposal, 20)]
  })
  expect(gone).toEqual([3, seeing.length - 3])
  await withEntity(owner, entityId, async (trx) => {
    for (const { kind, id } of seeing) {
      const [table, key, left, empty] = EMPTIED[kind as ContentKind] ?? ['', '', '', []]
      const { rows: now } = await sql<{ left: unknown }>`select ${sql.raw(left)} as left from ${sql.table(table)}
        where ${sql.ref(key)} = ${id}`.execute(trx)
      expect([kind, now[0]?.left]).toEqual([kind, empty])
    }
    // What was inventoried, and what the row of a received file names by now.
    const files = await listGoneFiles(trx, disposalId)
    const received = await trx
      .selectFrom('source_import')
      .select('file_sha256')
      .where('id', '=', seeing.find(({ kind }) => kind === 'received')?.id ?? '')
      .executeTakeFirstOrThrow()
    const originals = files.flatMap(({ store, sha256 }) => (store === 'originals' ? sha256 : []))
    expect(originals.sort()).toEqual([HASH, received.file_sha256].sort())
  })
})
