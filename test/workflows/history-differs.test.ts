import { Client, Connection } from '@temporalio/client'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { compareHistories } from '../../activities/compare-histories.ts'
import type { Tools } from '../../activities/tools.ts'
import { violationSentence } from '../../app/text/automatic-checks.ts'
import { type Database, openDatabase } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { roleUrl } from '../../db/roles.ts'
import { demoEntityId } from '../../db/seed.ts'
import type { Violation } from '../../domain/controls.ts'
import { stepOf } from '../../domain/cycle-state.ts'
import { cycleWorkflowId } from '../../workflows/messages.ts'
import { TEST_SECRET, testServices } from '../support/services.ts'
import { elaborate, openWorld, type World } from '../support/world.ts'

let world: World
let worker: Database
let intruder: pg.Client
let superuserUrl: string
let cycleId: string
beforeAll(async () => {
  world = await openWorld({ courier: true })
  worker = openDatabase(roleUrl(world.ownerUrl, TEST_SECRET, 'worker'), { max: 10 })
  const superuser = new URL((await testServices()).postgresUrl)
  superuser.pathname = new URL(world.ownerUrl).pathname
  superuserUrl = superuser.toString()
  intruder = new pg.Client({ connectionString: superuserUrl })
  await intruder.connect()
  await intruder.query('set session_replication_role = replica')
  cycleId = await world.newCycle()
  const status = async () => stepOf((await world.cycle(cycleId)).state, '1').status
  await vi.waitFor(async () => expect(await status()).toBe('in_progress'), { timeout: 20_000, interval: 200 })
  await elaborate(world, cycleId, '1')
  await vi.waitFor(async () => expect((await unsettled()).rowCount).toBe(0), { timeout: 20_000, interval: 200 })
}, 120_000)
afterAll(async () => {
  await intruder?.end()
  await worker?.close()
  await world?.close()
}, 60_000)

/** As if what stands now had been read, and long ago been confirmed. */
const asReadLater = () =>
  intruder.query(
    `update workflow_reading set read_at = clock_timestamp() + interval '11 minutes', before_xid = pg_snapshot_xmin(pg_current_snapshot())`,
  )
const unsettled = () => intruder.query(`select from act where status in ('stored', 'done')`)
const tools = () => ({ database: worker }) as unknown as Tools
async function compare(client = world.temporal.client, round?: Parameters<typeof compareHistories>[3]) {
  const outcome = await compareHistories(tools(), world.entityId, client, round)
  return 'examination' in outcome ? outcome.examination : outcome
}
const namesOf = async () => {
  const outcome = await compare()
  return 'violations' in outcome ? outcome.violations.map(({ kind, id, reason }) => [kind, id, reason]) : outcome
}
const act = async () => {
  const { rows } = await intruder.query(`select * from act where kind = 'submit' and cycle_id = $1`, [cycleId])
  return rows[0]
}

const insert = async (row: Record<string, unknown>) => {
  const columns = Object.keys(row)
  const places = columns.map((_, i) => `$${i + 1}`).join(', ')
  await intruder.query(`insert into act (${columns.join(', ')}) values (${places})`, Object.values(row))
}
/** A run of a control whose act is recorded, behind a workflow of this name. */
async function plantRun(workflowId: string): Promise<string> {
  const runId = newId()
  await intruder.query(
    `insert into control_run (id, entity_id, control_id, period_start, period_end, opens_on, due_on, late_until, workflow_id, status)
      values ($1, $2, $3, '2026-01-01', '2026-01-31', '2026-01-31', '2026-02-05', '2026-02-28', $4, 'open')`,
    [runId, world.entityId, newId(), workflowId],
  )
  const of = { id: newId(), cycle_id: null, run_id: runId, object_type: 'control_run', status: 'done' }
  await insert({ ...(await act()), ...of })
  return runId
}
async function takeAway(runId: string): Promise<void> {
  await intruder.query('delete from act where run_id = $1', [runId])
  await intruder.query('delete from control_run where id = $1', [runId])
}
/** Of the history as it stands: the last task that a worker finished. */
async function lastTaskOf(workflowId: string) {
  const { events } = await world.temporal.client.workflow.getHandle(workflowId).fetchHistory()
  return events?.findLast((event) => event.workflowTaskCompletedEventAttributes)?.eventId
}

describe('what Temporal says and what the tables say', () => {
  it('are the same of what the product did, and a history is read again only where something moved', async () => {
    expect(await compare()).toMatchObject({ found: 0, violations: [], facts: { histories: 1 } })
    const elsewhere = await compareHistories(tools(), demoEntityId('cali'), world.temporal.client)
    expect(elsewhere).toMatchObject({ examination: { lookedAt: 0, found: 0, facts: { histories: 0 } } })
    await asReadLater()
    expect(await compare()).toMatchObject({ found: 0, facts: { histories: 0 } })
    await intruder.query(`delete from workflow_update`)
    await intruder.query(`delete from workflow_reading`)
  })

  it('are read again where a transaction that wrote long before was over only after', async () => {
    await compare()
    const slow = new pg.Client({ connectionString: superuserUrl })
    await slow.connect()
    await slow.query('begin')
    await slow.query(`update cycle set radicado = radicado || ' ' where id = $1`, [cycleId])
    await asReadLater()
    await slow.query('commit')
    await slow.end()
    expect(await compare()).toMatchObject({ found: 0, facts: { histories: 1 } })
    await asReadLater()
    expect(await compare()).toMatchObject({ found: 0, facts: { histories: 0 } })
    // Recorded before the round began, and confirmed to whoever did it while it ran: the history may not have it yet.
    await intruder.query('update workflow_reading set read_at = clock_timestamp()')
    expect(await compare()).toMatchObject({ found: 0, facts: { histories: 1 } })
  })

  it('are no green where Temporal is too slow for a round, and say what waits for the next night', async () => {
    await intruder.query('delete from workflow_update')
    await intruder.query('delete from workflow_reading')
    const slow = await compare(world.temporal.client, { histories: 2_000, patienceMs: 0 })
    expect(slow).toMatchObject({ found: 1, violations: [{ reason: 'histories_left', facts: { rows: '1' } }] })
    expect('violations' in slow && violationSentence(slow.violations[0] as Violation)).toContain(
      'una historia de esta noche quedó sin leer',
    )
    const runId = await plantRun('last of all')
    const late = await compare(world.temporal.client, { histories: 1, patienceMs: 120_000 })
    expect(late).toMatchObject({ found: 0, facts: { histories: 1, waiting: 1 } })
    await takeAway(runId)
  })

  it('differ where an act that a workflow carried out is gone', async () => {
    const gone = await act()
    await intruder.query(`update act set status = 'refused' where id = $1`, [gone.id])
    expect(await namesOf()).toEqual([['cycle', cycleId, 'update_undone']])
    await intruder.query(`update act set id = $2 where id = $1`, [gone.id, newId()])
    expect(await namesOf()).toEqual([['cycle', cycleId, 'update_without_act']])
    await intruder.query(`update act set id = $1, status = 'confirmed' where kind = 'submit' and cycle_id = $2`, [
      gone.id,
      cycleId,
    ])
    expect(await namesOf()).toEqual([])
  })

  it('differ where an act stands confirmed that Temporal never saw', async () => {
    const forged = {
      ...(await act()),
      id: newId(),
      kind: 'withdraw',
      receipt_code: 'FALS-OFAL-SO00',
      settled_at: new Date(0),
    }
    await insert(forged)
    expect(await namesOf()).toEqual([['cycle', cycleId, 'act_without_update']])
    await intruder.query('delete from act where id = $1', [forged.id])
    expect(await namesOf()).toEqual([])
  })

  it('cannot be compared while Temporal is away, and that is no green', async () => {
    const nobody = Connection.lazy({ address: '127.0.0.1:9' })
    expect(await compare(new Client({ connection: nobody }))).toEqual({ failureCode: 'temporal_away' })
    await nobody.close()
  }, 60_000)

  it('differ where a workflow ended behind something that is open', async () => {
    await world.temporal.client.workflow.getHandle(cycleWorkflowId(cycleId)).terminate('x')
    expect(await namesOf()).toEqual([['cycle', cycleId, 'ended_early']])
  })

  it('differ no longer once it runs again, though nothing moved here, nor where a history that was missing is there', async () => {
    const { workflowService, options } = world.temporal.client
    const workflowExecution = { workflowId: cycleWorkflowId(cycleId) }
    const { namespace } = options
    await workflowService.resetWorkflowExecution({
      ...{ namespace, workflowExecution, reason: 'x', requestId: newId() },
      workflowTaskFinishEventId: await lastTaskOf(cycleWorkflowId(cycleId)),
    })
    expect(await compare()).toMatchObject({ found: 0, facts: { histories: 1 } })
    await intruder.query(`update workflow_reading set status = 'MISSING'`)
    expect(await compare()).toMatchObject({ found: 0, facts: { histories: 1 } })
  })

  it('are compared though one history cannot be asked for, which is no green', async () => {
    const runId = await plantRun('')
    await intruder.query(`update act set status = 'refused' where kind = 'submit' and cycle_id = $1`, [cycleId])
    const found = await compare()
    expect('violations' in found && found.violations.map(({ reason }) => reason).toSorted()).toEqual([
      ...['history_unread', 'update_undone'],
    ])
    expect(found).not.toHaveProperty('facts.waiting')
    await intruder.query(`update act set status = 'confirmed' where kind = 'submit' and cycle_id = $1`, [cycleId])
    await takeAway(runId)
  })

  it('differ where Temporal has no history of what has acts', async () => {
    await intruder.query('delete from workflow_reading')
    await intruder.query('delete from workflow_update')
    const { workflowService, options } = world.temporal.client
    const workflowExecution = { workflowId: cycleWorkflowId(cycleId) }
    await workflowService.deleteWorkflowExecution({ namespace: options.namespace, workflowExecution })
    await expect
      .poll(
        async () => {
          await intruder.query('delete from workflow_reading')
          return await namesOf()
        },
        // Temporal deletes in the background, once what the ending left to do is done.
        { timeout: 120_000, interval: 500 },
      )
      .toEqual([['cycle', cycleId, 'history_missing']])
  }, 150_000)
})
