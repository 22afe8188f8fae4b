import { afterAll, beforeAll, expect, it } from 'vitest'
import { recordEvent } from '../../db/audit.ts'
import { type Trx, withEntity } from '../../db/client.ts'
import { runEvent } from '../../db/control-run-acts.ts'
import { holdRun, openRun } from '../../db/control-runs.ts'
import { newId } from '../../db/ids.ts'
import { moveRunTerm } from '../../db/moved-runs.ts'
import { listRanTerms } from '../../db/ran-terms.ts'
import { requireControl } from '../../db/run-controls.ts'
import { entityCalendar } from '../../db/terms.ts'
import { resultOf } from '../../domain/ran-terms.ts'
import { type Foreign, foreignRows } from './foreign-rows.ts'

let rows: Foreign
beforeAll(async () => {
  rows = await foreignRows()
}, 180_000)
afterAll(() => rows?.world.close())

/** Runs it and takes everything back. */
async function undone(work: (trx: Trx) => Promise<void>): Promise<void> {
  const rolledBack = withEntity(rows.world.owner, rows.entityId, async (trx) => {
    await work(trx)
    throw new RangeError('enough')
  })
  await expect(rolledBack).rejects.toThrow('enough')
}

/** The run of May 2026 of a control with a month for a period: it opens on Monday 4 and is due on Friday 29. */
async function openMay(trx: Trx): Promise<string> {
  const control = await requireControl(trx, rows.controlId)
  const opened = await openRun(trx, control, { day: '2026-05-04', workflowId: `control:${newId()}` })
  if (!opened) throw new Error('no run was opened')
  return opened.id
}

const termOf = async (trx: Trx, id: string) => {
  const term = (await listRanTerms(trx, { entityId: rows.entityId, kind: 'run', id })).rows[0]
  if (!term) throw new Error('the run has no term')
  const result = resultOf(term, '2026-07-01', await entityCalendar(trx, rows.entityId))
  return { ...term, result }
}

async function executedOn(trx: Trx, runId: string, day: string): Promise<void> {
  const { entityId, personId, positionId } = rows
  const at = `${day}T17:00:00Z`
  await trx
    .insertInto('act')
    .values({
      ...{
        id: newId(),
        entity_id: entityId,
        run_id: runId,
        kind: 'execute',
        object_type: 'control_run',
        stored_at: at,
      },
      ...{ object_id: runId, person_id: personId, position_id: positionId, duty: 'x', body_hash: 'x' },
      ...{ receipt_code: newId(), status: 'confirmed' },
    })
    .execute()
  await trx
    .updateTable('control_run')
    .set({ status: 'executed', executed_at: at, executed_by: personId, content_hash: 'a'.repeat(64) })
    .where('id', '=', runId)
    .execute()
}

const civicDay = (trx: Trx, day: string) =>
  trx
    .insertInto('calendar_day')
    .values({ entity_id: rows.entityId, day, kind: 'extra', name: 'Día cívico', act_reference: 'Decreto 9' })
    .execute()

it('a run that was sent back and executed again was done when it was executed for the first time', async () => {
  await undone(async (trx) => {
    const runId = await openMay(trx)
    await executedOn(trx, runId, '2026-05-11')
    await executedOn(trx, runId, '2026-06-09')
    const twice = await termOf(trx, runId)
    expect([twice.endedOn, twice.result.code]).toEqual(['2026-05-11', 'kept'])
    await trx.updateTable('control_run').set({ missed_on: '2026-05-30' }).where('id', '=', runId).execute()
    expect((await termOf(trx, runId)).result.code).toBe('late')
  })
})

it('a run stays counted as it was when it was asked for, and one from before that was kept says so', async () => {
  await undone(async (trx) => {
    const runId = await openMay(trx)
    await executedOn(trx, runId, '2026-05-11')
    const before = await termOf(trx, runId)
    expect(before).toMatchObject({ startOn: '2026-05-04', dueOn: '2026-05-29', length: 19, isRecounted: false })
    expect(before.days).toHaveLength(26)
    await civicDay(trx, '2026-05-20')
    expect(await termOf(trx, runId)).toEqual(before)
    const forget = { arithmetic: null, calendar_version: null }
    await trx.updateTable('control_run').set(forget).where('id', '=', runId).execute()
    expect(await termOf(trx, runId)).toMatchObject({ length: 18, isRecounted: true })
  })
})

it('a run that a change of the calendar moved tells its day before, with the count of the new one', async () => {
  await undone(async (trx) => {
    const runId = await openMay(trx)
    await civicDay(trx, '2026-05-29')
    const run = await holdRun(trx, runId)
    expect(await moveRunTerm(trx, run, '2026-05-05')).toBe('2026-05-28')
    const changes = [{ field: 'due_date', before: '2026-05-29', after: '2026-05-28' }]
    await recordEvent(trx, { ...runEvent(run, 'control.run_term_moved'), changes })
    expect(await termOf(trx, runId)).toMatchObject({ dueOn: '2026-05-28', movedFrom: '2026-05-29', length: 18 })
  })
})

it('a run whose day lies in a pause never ran', async () => {
  await undone(async (trx) => {
    const by = { paused_by: rows.personId, paused_position: rows.positionId, reason: 'x' }
    const pause = { id: newId(), entity_id: rows.entityId, control_id: rows.controlId }
    await trx
      .insertInto('control_pause')
      .values({ ...pause, ...by, from_on: '2026-05-01', until_on: '2026-05-31' })
      .execute()
    expect(await termOf(trx, await openMay(trx))).toMatchObject({ cause: 'paused', result: { code: 'not_run' } })
  })
})
