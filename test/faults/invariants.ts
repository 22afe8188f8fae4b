/** What must hold after any accident (model.md §3.7): acknowledged ⊆ signatures = events, none twice, nothing left over. */
import { isDeepStrictEqual } from 'node:util'
import { violationSentence } from '../../app/text/automatic-checks.ts'
import { writeWithoutEvent } from '../../db/automatic-checks/write-without-event.ts'
import { findCycle } from '../../db/cycles.ts'
import { newId } from '../../db/ids.ts'
import { auditLog } from '../../db/log-audit.ts'
import type { CycleState } from '../../domain/cycle-state.ts'
import { expectedTasks } from '../../domain/tasks.ts'
import { eventually } from '../../scripts/processes.ts'
import { cycleWorkflowId, opened } from '../../workflows/messages.ts'
import { mustBe } from '../support/must-be.ts'
import { type Recorded, read } from './bench.ts'

/** The one event each kind of act leaves when it is recorded. */
const EVENT_OF: Record<string, readonly string[]> = {
  start: ['cycle.started'],
  submit: ['step.submitted'],
  approve: ['step.reviewed', 'step.signed'],
  return: ['step.returned'],
  withdraw: ['step.withdrawn', 'access.withdrawn'],
  ask_reopen: ['reopening.asked'],
  reopen: ['reopening.granted'],
  decline_reopen: ['reopening.declined'],
  cancel: ['cycle.cancelled'],
  ask: ['access.asked'],
  accept: ['access.accepted'],
  grant: ['access.granted'],
  revoke: ['access.revoked'],
}
const OWN_EVENTS = Object.values(EVENT_OF).flat()
const SIGNING = ['submit', 'approve', 'return']

/** Waits until nothing is on its way any more; only the courier can bring that about. */
export async function untilSettled(bench: Recorded, seconds = 90): Promise<void> {
  await eventually(async () => {
    const left = await read(bench, (trx) =>
      trx.selectFrom('act').select(['kind', 'status']).where('status', 'in', ['stored', 'done']).execute(),
    )
    mustBe(left.length === 0, `still on their way: ${left.map((act) => `${act.kind} ${act.status}`).join(', ')}`)
  }, seconds)
}

/** Every fault of the record, as sentences; empty when all is well. `acknowledged` are acts whose receipt somebody holds. */
export async function faultsOfRecord(bench: Recorded, acknowledged: Iterable<string>): Promise<string[]> {
  const { acts, signatures, events, incidents } = await read(bench, async (trx) => ({
    acts: await trx.selectFrom('act').select(['id', 'kind', 'status', 'reason_code']).execute(),
    signatures: await trx.selectFrom('signature').select(['id', 'verdict', 'step_version_id', 'duty']).execute(),
    events: await trx.selectFrom('event').select(['type', 'act_id']).where('act_id', 'is not', null).execute(),
    incidents: await trx.selectFrom('incident').select(['kind', 'object_id']).execute(),
  }))
  const faults = incidents.map((incident) => `incident ${incident.kind} on ${incident.object_id}`)
  const signed = new Set(signatures.map((signature) => signature.id))
  const counted = (id: string, types: readonly string[]) =>
    events.filter((event) => event.act_id === id && types.includes(event.type)).length
  for (const { id, kind, status } of acts) {
    const made = status === 'confirmed'
    const name = `${kind} ${id} (${status})`
    if (!made && status !== 'refused') faults.push(`${name} has no end`)
    if (counted(id, EVENT_OF[kind] ?? []) !== (made ? 1 : 0))
      faults.push(`${name} has ${counted(id, EVENT_OF[kind] ?? [])} events`)
    if (status === 'refused' && counted(id, ['act.refused']) === 0) faults.push(`${name} has no refusal event`)
    if (signed.has(id) !== (made && SIGNING.includes(kind))) faults.push(`${name}: signature ${signed.has(id)}`)
  }
  const known = new Map(acts.map((act) => [act.id, act]))
  for (const id of signed) if (!known.has(id)) faults.push(`signature ${id} without an act`)
  for (const { act_id: id, type } of events)
    if (OWN_EVENTS.includes(type) && !known.has(id ?? '')) faults.push(`event ${type} of ${id} without an act`)
  for (const id of acknowledged) {
    if (known.get(id)?.status !== 'confirmed') faults.push(`acknowledged ${id} is ${known.get(id)?.status ?? 'lost'}`)
  }
  return [...faults, ...signedTwice(signatures), ...(await silentWrites(bench))]
}

/** What stands without its event (I3), as the automatic control says it. */
async function silentWrites(bench: Recorded): Promise<string[]> {
  const { violations } = await read(bench, (trx) => writeWithoutEvent(trx, { entityId: bench.entityId, dataDir: '' }))
  return violations.map(violationSentence)
}

/**
 * Every fault of the sealed log, once the sealer took in all that was recorded: one tree over every event, which holds what each
 * checkpoint signed, whoever died meanwhile (promises G16).
 */
export async function faultsOfLog(bench: Recorded): Promise<string[]> {
  const { faults, size } = await eventually(async () => {
    const found = await read(bench, (trx) => auditLog(trx, bench.entityId))
    mustBe(found.waiting === 0, `${found.waiting} events wait for the sealer`)
    return found
  }, 60)
  const { events } = await read(bench, (trx) =>
    trx
      .selectFrom('event')
      .select(({ fn }) => fn.countAll<string>().as('events'))
      .executeTakeFirstOrThrow(),
  )
  const said = faults.map(
    (fault) => `log: ${JSON.stringify(fault, (_, value) => (typeof value === 'bigint' ? Number(value) : value))}`,
  )
  return Number(events) < Number(size) ? [...said, `log: ${size} leaves over ${events} events`] : said
}

function signedTwice(signatures: { step_version_id: string; duty: string; verdict: string }[]): string[] {
  const marks = signatures.map(({ step_version_id, duty, verdict }) => `${step_version_id} ${duty} ${verdict}`)
  return marks.filter((mark, i) => marks.indexOf(mark) !== i).map((mark) => `signed twice: ${mark}`)
}

/** Throws unless the workflow, asked through an Update, tells of the cycle what the rows tell, tasks included. */
export async function mustAgree(bench: Recorded, cycleId: string, seconds = 60): Promise<CycleState> {
  return await eventually(async () => {
    const { state, tasks, wanted } = await rowsOf(bench, cycleId)
    mustBe(isDeepStrictEqual(tasks, wanted), `tasks of ${cycleId}: ${tasks.join('; ')}; wanted ${wanted.join('; ')}`)
    const handle = bench.client.workflow.getHandle(cycleWorkflowId(cycleId))
    const { status } = await handle.describe()
    mustBe(
      (status.name === 'RUNNING') === (state.status === 'active'),
      `workflow of ${cycleId} is ${status.name}, its rows ${state.status}`,
    )
    if (status.name !== 'RUNNING') return state
    const told = await bench.client.withDeadline(deadlineIn(10_000), () =>
      handle.executeUpdate(opened, { updateId: newId() }),
    )
    mustBe(
      isDeepStrictEqual(comparable(told.state), comparable(state)),
      `workflow and rows of ${cycleId} disagree:\n${JSON.stringify(told.state)}\n${JSON.stringify(state)}`,
    )
    return state
  }, seconds)
}

const deadlineIn = (ms: number) => performance.timeOrigin + performance.now() + ms

async function rowsOf(bench: Recorded, cycleId: string) {
  return await read(bench, async (trx) => {
    const cycle = await findCycle(trx, cycleId)
    if (!cycle) throw new Error(`cycle ${cycleId} has no row`)
    const rows = await trx
      .selectFrom('task')
      .select(['step_code', 'kind', 'duty'])
      .where('cycle_id', '=', cycleId)
      .where('status', '=', 'open')
      .execute()
    const wanted = expectedTasks(cycle.state, cycle.version.procedure)
    return {
      state: cycle.state,
      tasks: rows.map((task) => `${task.step_code} ${task.kind} ${task.duty}`).sort(),
      wanted: wanted.map((task) => `${task.stepCode} ${task.kind} ${task.duty}`).sort(),
    }
  })
}

/** Who elaborates a draft is known to the rows at once, to the workflow with the submission. */
function comparable(state: CycleState): unknown {
  return JSON.parse(JSON.stringify({ ...state, steps: state.steps.map((step) => ({ ...step, authors: [] })) }))
}
