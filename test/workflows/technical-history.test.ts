import { Client, Connection } from '@temporalio/client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { requireMomentsPage } from '../../app/pages/moments.server.ts'
import { loadWorkflowHistory } from '../../app/pages/workflow-history.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { recordEvents } from '../../db/audit.ts'
import { withActor, withEntity } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { cycleWorkflowId } from '../../workflows/messages.ts'
import { elaborate, openWorld, verdict, type World } from '../support/world.ts'

let world: World
let auditor: Actor
let cycleId: string
beforeAll(async () => {
  world = await openWorld()
  auditor = await world.actor('control_interno')
  cycleId = await world.newCycle()
  await elaborate(world, cycleId, '1')
  await verdict(world, cycleId, '1', 'profesional_sig', 'reviewer')
}, 120_000)
afterAll(async () => await world.close(), 60_000)

const read = (query: string, by = auditor, context = world.context, address = `ejercicio=${cycleId}${query}`) =>
  loadWorkflowHistory(context, by, new URLSearchParams(address))

it('names what Temporal keeps of a cycle, its acts and results, and says nothing of what was in it', async () => {
  const page = await read('')
  expect(page.flows.map(({ name }) => name)).toEqual(['Ejercicio'])
  expect(page.events[0]).toMatchObject({ n: 1, code: 'WORKFLOW_EXECUTION_STARTED', outcome: null })
  const done = page.events.filter(({ code }) => code === 'WORKFLOW_EXECUTION_UPDATE_COMPLETED')
  expect(done.map(({ name, act }) => [name, act?.startsWith(`/ejercicios/${cycleId}/actos/`)])).toEqual([
    ['opened', true],
    ['decide', true],
    ['decide', true],
  ])
  const local = page.events.filter(({ code }) => code === 'MARKER_RECORDED').map(({ name }) => name)
  expect(local).toContain('recordDecision')
  expect(Object.keys(page.events[0] ?? {}).sort()).toEqual(
    ['act', 'at', 'code', 'n', 'name', 'otherRun', 'outcome', 'what'].sort(),
  )
  const later = await read('&desde=3')
  expect(later.events[0]?.n).toBe(4)
  expect(later.first).toBe(`?ejercicio=${cycleId}&flujo=1`)
})

it('says how what ended came out, and nothing of what only asks or begins', async () => {
  const stopped = await world.newCycle()
  await world.context.temporal.workflow.getHandle(cycleWorkflowId(stopped)).terminate()
  const { events } = await loadWorkflowHistory(world.context, auditor, new URLSearchParams({ ejercicio: stopped }))
  const outcomes = new Map([...events, ...(await read('')).events].map(({ code, outcome }) => [code, outcome]))
  expect(Object.fromEntries(outcomes)).toMatchObject({
    ...{ WORKFLOW_EXECUTION_TERMINATED: 'stopped', WORKFLOW_EXECUTION_STARTED: null },
    ...{ WORKFLOW_TASK_SCHEDULED: null, WORKFLOW_TASK_COMPLETED: 'fine', TIMER_STARTED: null },
    ...{ WORKFLOW_EXECUTION_UPDATE_ACCEPTED: null, WORKFLOW_EXECUTION_UPDATE_COMPLETED: 'fine' },
  })
})

it('names many workflows page by page, and stays on the page of the one it shows', async () => {
  const many = newId()
  await withEntity(world.owner, world.entityId, async (trx) => {
    const told = { type: 'step.opened', objectId: world.entityId, stepCode: '1', origin: 'workflow' } as const
    const of = { entityId: world.entityId, cycleId }
    const events = Array.from({ length: 30 }, (_, i) => ({ ...told, ...of, workflowId: `fetch:${many}-${i}` }))
    await recordEvents(trx, events)
  })
  const first = await read('')
  expect([first.flows.length, first.flows[0]?.isShown, first.flowsBefore]).toEqual([20, true, null])
  const second = await read('', auditor, world.context, first.flowsAfter ?? '')
  expect([second.flows.length, second.flows[0]?.isShown, second.flowsAfter]).toEqual([11, true, null])
  expect(second.flowsBefore).toBe(`?ejercicio=${cycleId}&flujo=1`)
  expect(new Set([...first.flows, ...second.flows].map(({ name }) => name)).size).toBe(31)
  const last = await read('', auditor, world.context, second.flows[10]?.to ?? '')
  expect(last.flows.map(({ isShown }) => isShown).lastIndexOf(true)).toBe(10)
})

it('is for whoever audits or administers, on record, and not_visible of another entity', async () => {
  const { way } = await read('', await world.actor('administracion'))
  // The way back is through the exercise: whoever administers opens nothing of the audit.
  expect(way.map(({ to }) => to)).toEqual(['/ejercicios', `/ejercicios/${cycleId}`])
  await expect(read('', await world.actor('profesional_tic'))).rejects.toMatchObject({ code: 'area_closed' })
  await expect(read('', await world.actor('control_interno', 'cali'))).rejects.toMatchObject({ code: 'not_visible' })
  const events = await withEntity(world.owner, world.entityId, (trx) =>
    trx.selectFrom('event').select('changes').where('type', '=', 'audit.workflow_read').execute(),
  )
  expect(events.length).toBeGreaterThanOrEqual(2)
  expect(events[0]?.changes).toEqual([{ field: 'subject', before: null, after: 'cycle' }])
})

it('is one sentence where Temporal keeps it no more or does not answer, and the page stands', async () => {
  expect(await read('&corrida=00000000-0000-4000-8000-000000000000')).toMatchObject({ missing: 'gone', events: [] })
  const connection = Connection.lazy({ address: '127.0.0.1:9', connectTimeout: '1s' })
  const temporal = new Client({ connection, namespace: 'default' })
  expect(await read('', auditor, { ...world.context, temporal })).toMatchObject({ missing: 'away', events: [] })
  await connection.close()
}, 30_000)

it('names beside it the version that a step had at each of two moments', async () => {
  const page = await withActor(world.context.db, auditor, (trx) =>
    requireMomentsPage(trx, cycleId, { from: null, to: null }, world.context as never),
  )
  expect(page.steps.map(({ code, before, after }) => [code, before, after.version?.n])).toEqual([['1', null, 1]])
})
