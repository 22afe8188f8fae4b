import { NativeConnection, Worker } from '@temporalio/worker'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundledWorkflows } from '../../activities/bundle-workflows.ts'
import type { CycleRecord } from '../../activities/cycle-record.ts'
import type { Activities } from '../../activities/index.ts'
import { PROCEDURES } from '../../catalog/index.ts'
import { newId } from '../../db/ids.ts'
import { type CycleState, stepOf } from '../../domain/cycle-state.ts'
import { apply, begin, openStep } from '../../domain/cycles.ts'
import type { Decision } from '../../domain/decisions.ts'
import type { Procedure } from '../../domain/procedures.ts'
import { cycleWorkflowId, decide, TASK_QUEUE } from '../../workflows/messages.ts'
import { type TestTemporal, testTemporal } from '../support/temporal.ts'

const procedure = PROCEDURES[0] as Procedure

let temporal: TestTemporal
let connection: NativeConnection
beforeAll(async () => {
  temporal = await testTemporal()
  connection = await NativeConnection.connect({ address: temporal.address })
}, 120_000)
afterAll(async () => {
  await connection.close()
  await temporal.close()
}, 60_000)

/** Activities of a record whose notices are told only when the test lets them; the answer is then an old one. */
function slowRecord(cycleId: string, release: Promise<void>) {
  let state: CycleState = begin(cycleId, procedure)
  const record = (nextNoticeAt: string | null): CycleRecord => ({ state, nextNoticeAt, unheard: [] })
  const told: string[] = []
  const activities = {
    recordStart: async () => ({ ...record(null), procedure }),
    recordOpening: async ({ stepCode, now }) => {
      state = openStep(state, stepCode)
      return record(now)
    },
    recordDecision: async ({ decision, now }) => {
      state = apply(state, decision, procedure)
      return record(new Date(Date.parse(now) + 1000).toISOString())
    },
    sendDueNotices: async ({ now }) => {
      told.push(now)
      if (told.length === 1) await release
      return null
    },
  } as Partial<Activities>
  return { activities, told }
}

function submission(cycleId: string): Decision {
  const person = { personId: newId(), positionId: newId(), duty: 'profesional_ogac', actingFor: null }
  const version = { id: newId(), hash: 'h', builtOn: {} }
  return {
    ...{ ...person, version, id: newId(), kind: 'submit', cycleId, stepCode: '1', objectId: version.id },
    ...{ signatureRole: 'author', contentHash: version.hash, authors: [person.personId] },
  }
}

describe('the answer of a notice', () => {
  it('that arrives after a decision was recorded does not take the place of what the decision says', async () => {
    const cycleId = newId()
    let release = () => {}
    const { activities, told } = slowRecord(cycleId, new Promise<void>((resolve) => (release = resolve)))
    const workflowBundle = await bundledWorkflows()
    const { namespace, client } = temporal
    const worker = await Worker.create({ connection, namespace, taskQueue: TASK_QUEUE, workflowBundle, activities })
    await worker.runUntil(async () => {
      const input = { entityId: newId(), cycleId, actId: newId() }
      const options = { workflowId: cycleWorkflowId(cycleId), taskQueue: TASK_QUEUE, args: [input] }
      const handle = await client.workflow.start('cycle', options)
      await expect.poll(() => told.length, { timeout: 20_000 }).toBe(1)
      const decision = submission(cycleId)
      const { state } = await handle.executeUpdate(decide, { args: [decision], updateId: decision.id })
      expect(stepOf(state, '1').status).toBe('in_review')
      release()
      // By the decision somebody is to be told in a second; by the late answer, nobody any more.
      await expect.poll(() => told.length, { timeout: 20_000 }).toBe(2)
      await handle.terminate()
    })
  }, 120_000)
})
