import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { sealAll } from '../../activities/seal-log.ts'
import { EXAMINATIONS } from '../../db/automatic-checks/index.ts'
import { findLastRun } from '../../db/check-pages.ts'
import { openRound, recordRun } from '../../db/check-runs.ts'
import { openDatabase, withEntity } from '../../db/client.ts'
import { storeFile } from '../../db/files.ts'
import { newId } from '../../db/ids.ts'
import { auditLog } from '../../db/log-audit.ts'
import { roleUrl } from '../../db/roles.ts'
import { CONTROL_IDS, type ControlId, type Violation } from '../../domain/controls.ts'
import { rowsOf } from '../support/database.ts'
import { type KeptRecord, keptRecord, publishedFile } from '../support/kept-record.ts'
import { smallTown, type Town } from '../support/town.ts'

/** All but the one that no row planted here breaks alone: every write past the product does (write-without-event.test.ts). */
type Examined = Exclude<keyof typeof EXAMINATIONS, 'write_without_event'>

const dataDir = mkdtempSync(join(tmpdir(), 'caracteriza-checks-'))
let town: Town
let record: KeptRecord
beforeAll(async () => {
  town = await smallTown()
  record = await keptRecord(town, dataDir)
  await sealed()
}, 60_000)
afterAll(async () => {
  await record?.close()
  await town?.close()
  rmSync(dataDir, { recursive: true, force: true })
})

/** Every event of the record has its seal: the oldest transaction of the cluster may be anybody's. */
async function sealed() {
  const { entityId, database } = town
  const sealer = openDatabase(roleUrl(database.ownerUrl, database.secret, 'sealer'), { max: 1 })
  await vi.waitFor(async () => {
    await sealAll(sealer, dataDir)
    expect((await withEntity(town.worker, entityId, (trx) => auditLog(trx, entityId))).waiting).toBe(0)
  }, 30_000)
  await sealer.close()
}

/** One violation, written straight into the database: how it comes and goes, and how the control names its row. */
interface Plant {
  breaks: (record: KeptRecord, town: Town) => Promise<void>
  mends: (record: KeptRecord, town: Town) => Promise<void>
  names: (ids: KeptRecord['ids']) => Partial<Violation>
}

const holder = (town: Town, duty: string) => town.holders[duty]?.personId ?? ''

const PLANTS: Record<Examined, Plant> = {
  access_without_delegation: {
    breaks: ({ write, ids }) =>
      write(`update access_signature set kind = 'ask' where grant_id = $1 and kind = 'grant'`, [ids.grant]),
    mends: ({ write, ids }) => write(`update access_signature set kind = 'grant' where grant_id = $1`, [ids.grant]),
    names: ({ grant }) => ({ kind: 'grant', id: grant, label: 'AD-1', reason: 'not_decided' }),
  },
  released_without_approval: {
    breaks: ({ write, ids }) => write(`update signature set verdict = 'return' where id = $1`, [ids.approval]),
    mends: ({ write, ids }) => write(`update signature set verdict = 'approve' where id = $1`, [ids.approval]),
    names: ({ release }) => ({ kind: 'release', id: release, label: 'Datos de prueba v1', reason: 'not_approved' }),
  },
  approved_own_draft: {
    breaks: ({ write, ids }, town) =>
      write(`update signature set acting_for = $2 where id = $1`, [ids.approval, holder(town, 'profesional_ogac')]),
    mends: ({ write, ids }) => write(`update signature set acting_for = null where id = $1`, [ids.approval]),
    names: ({ cycle }) => ({ kind: 'step', id: cycle, place: '1', label: 'Jefatura OGAC', reason: 'own_step' }),
  },
  approval_of_other_content: {
    breaks: ({ write, ids }) =>
      write(`update step_version set canonical = '{"schema":2}' where id = $1`, [ids.version]),
    mends: ({ write, ids }) => write(`update step_version set canonical = '{"schema":1}' where id = $1`, [ids.version]),
    names: ({ cycle }) => ({ kind: 'step', id: cycle, place: '1', label: 'v1', reason: 'content_changed' }),
  },
  decision_without_event: {
    breaks: ({ write, ids }) => write(`update event set act_id = null where act_id = $1`, [ids.approval]),
    mends: ({ write, ids }) =>
      write(`update event set act_id = $1 where type = 'step.signed' and act_id is null`, [ids.approval]),
    names: ({ approval }) => ({ kind: 'act', id: approval, reason: 'without_event' }),
  },
  reminder_untold: {
    breaks: ({ write, ids }) => write(`update notice set status = 'planned' where id = $1`, [ids.notice]),
    mends: ({ write, ids }) => write(`update notice set status = 'sent' where id = $1`, [ids.notice]),
    names: ({ cycle }) => ({ kind: 'step', id: cycle, place: '1', reason: 'not_told' }),
  },
  small_cell_published: {
    breaks: async ({ write, ids }) => {
      const { sha256, bytes } = await storeFile(dataDir, publishedFile(4))
      await write('update release_file set sha256 = $2, bytes = $3 where id = $1', [ids.file, sha256, bytes])
    },
    mends: async ({ write, ids }) => {
      const { sha256, bytes } = await storeFile(dataDir, publishedFile(12))
      await write('update release_file set sha256 = $2, bytes = $3 where id = $1', [ids.file, sha256, bytes])
    },
    names: ({ release }) => ({ kind: 'release', id: release, label: 'Datos de prueba v1', reason: 'small_cell' }),
  },
  access_unreviewed: {
    breaks: ({ write, ids }) =>
      write('update review_item set executed_at = null, after_status = null where id = $1', [ids.item]),
    mends: ({ write, ids }) =>
      write(`update review_item set executed_at = now() - interval '9 days', after_status = 'granted' where id = $1`, [
        ids.item,
      ]),
    names: ({ grant }) => ({ kind: 'grant', id: grant, label: 'AD-1' }),
  },
  ending_unproven: {
    breaks: ({ write, ids }) =>
      write(`update access_probe set outcome = 'allowed', status = 200 where grant_id = $1`, [ids.ended]),
    mends: ({ write, ids }) =>
      write(`update access_probe set outcome = 'denied', status = 403 where grant_id = $1`, [ids.ended]),
    names: ({ ended }) => ({ kind: 'grant', id: ended, label: 'AD-2', reason: 'still_opens' }),
  },
  orphaned_work: {
    breaks: ({ write }, town) =>
      write('update person set ended_on = current_date - 5 where id = $1', [holder(town, 'profesional_ogac')]),
    mends: ({ write }, town) =>
      write('update person set ended_on = null where id = $1', [holder(town, 'profesional_ogac')]),
    names: ({ cycle }) => ({ kind: 'step', id: cycle, place: '1', reason: 'task_of_nobody' }),
  },
  log_intact: {
    breaks: ({ write }) =>
      write(`update event set origin = 'x' where id = (select event_id from log_leaf where n = 5)`),
    mends: ({ write }) => write(`update event set origin = 'web' where origin = 'x'`),
    names: () => ({ kind: 'event', label: '6', reason: 'event_changed' }),
  },
}

const examine = (control: Examined) =>
  withEntity(town.worker, town.entityId, (trx) => EXAMINATIONS[control](trx, { entityId: town.entityId, dataDir }))

/** As the worker runs it, in a round of its own. */
async function run(control: Examined): Promise<string> {
  const key = { entityId: town.entityId, roundId: newId(), control }
  const startedAt = new Date(0)
  const examination = await examine(control)
  return await withEntity(town.worker, town.entityId, async (trx) => {
    await openRound(trx, { id: key.roundId, entityId: town.entityId, controls: [control], by: null })
    return (await recordRun(trx, key, { startedAt, examination }))?.result ?? ''
  })
}

const incidents = (control: ControlId) =>
  rowsOf<{ open: boolean }>(
    town.database.ownerUrl,
    'select closed_at is null as open from incident where control = $1 order by opened_at',
    [control],
  )

describe('each automatic control', () => {
  it('is broken here, but for those that have their own file', () => {
    const apart: ControlId[] = ['write_without_event', 'history_differs', 'backup_restorable']
    expect(Object.keys(PLANTS)).toEqual(CONTROL_IDS.filter((control) => !apart.includes(control)))
  })

  it.each(Object.keys(PLANTS) as Examined[])(
    '%s is green on a record in order, red on one planted row that it names, and green again',
    async (control) => {
      const { breaks, mends, names } = PLANTS[control]
      const before = await examine(control)
      expect(before).toMatchObject({ found: 0, violations: [] })
      expect(before.lookedAt).toBeGreaterThan(0)
      await breaks(record, town)
      expect([await run(control), await run(control)]).toEqual(['failed', 'failed'])
      expect(await incidents(control)).toEqual([{ open: true }])
      const last = await withEntity(town.worker, town.entityId, (trx) => findLastRun(trx, town.entityId, control))
      expect(last?.violations).toEqual(expect.arrayContaining([expect.objectContaining(names(record.ids))]))
      expect(last?.violations).toHaveLength(last?.found ?? 0)
      await mends(record, town)
      expect(await run(control)).toBe('passed')
      expect(await incidents(control)).toEqual([{ open: false }])
    },
  )

  it.each(Object.keys(PLANTS) as Examined[])('%s looks at nothing of another municipality', async (control) => {
    const entityId = newId()
    await PLANTS[control].breaks(record, town)
    const seen = await withEntity(town.worker, entityId, (trx) => EXAMINATIONS[control](trx, { entityId, dataDir }))
    await PLANTS[control].mends(record, town)
    expect(seen).toMatchObject({ lookedAt: 0, found: 0, violations: [] })
  })

  it('orphaned_work finds an action of nobody while somebody decides whether it is given up', async () => {
    const id = newId()
    await record.write(
      `insert into improvement_action (id, entity_id, year, n, code, origin, origin_key, what, duty, checker_duty, indicator, due_date,
          verify_by, status)
        values ($1, $2, 2026, 1, 'AM-2026-001', 'finding', 'x', 'x', 'de_nadie', 'control_interno', 'x', '2026-12-01', '2026-12-01',
          'drop_asked')`,
      [id, town.entityId],
    )
    expect(await examine('orphaned_work')).toMatchObject({
      found: 1,
      violations: [{ kind: 'action', id, label: 'AM-2026-001', reason: 'action_of_nobody' }],
    })
    await record.write('delete from improvement_action where id = $1', [id])
  })

  it('log_intact finds what waits for its seal longer than an hour, and names it', async () => {
    const id = newId()
    await record.write(
      `insert into event (id, entity_id, type, at, object_type, object_id, origin)
        values ($1, $2, 'draft.saved', now() - interval '2 hours', 'step_draft', $1, 'web')`,
      [id, town.entityId],
    )
    expect(await examine('log_intact')).toMatchObject({
      found: 1,
      violations: [{ kind: 'event', id, label: '', reason: 'seal_waiting' }],
    })
    await sealed()
    expect(await examine('log_intact')).toMatchObject({ found: 0 })
  })
})
