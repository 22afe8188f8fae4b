/** Runs of controls by the hundred, opened and executed while parts are killed with -9: none lost, none doubled (features D5). */
import { setTimeout as sleep } from 'node:timers/promises'
import { executeRun } from '../../app/commands/decide-run.server.ts'
import { appToday } from '../../db/clock.ts'
import { storeFile } from '../../db/files.ts'
import * as acts from '../../scripts/demonstration/acts.ts'
import { eventually } from '../../scripts/processes.ts'
import { openProduct, type Product } from '../support/lived-in.ts'
import { manyControls, riskKeeper } from '../support/many-risks.ts'
import { mustBe } from '../support/must-be.ts'
import type { Part } from '../support/system.ts'
import { type Bench, read } from './bench.ts'
import { faultsOfLog, untilSettled } from './invariants.ts'
import type { Chance } from './random.ts'

/** Who dies while the runs open, and again while people execute them. */
const DYING: Part[][] = [['worker'], ['temporal'], ['postgres'], ['worker', 'temporal', 'postgres']]
const PATIENCE_S = 600
/** Runs somebody executes while parts die. */
const EXECUTED = 60
const AT_ONCE = 4
const EXECUTOR = 'direccion_tic'

export interface Survived {
  runs: number
  executed: number
  kills: number
  faults: string[]
}

export async function runControls(bench: Bench, chance: Chance, count: number): Promise<Survived> {
  const product = openProduct({ ...bench.system })
  try {
    const ids = await read(bench, async (trx) => {
      const by = await riskKeeper(trx, bench.entityId, EXECUTOR)
      const made = await manyControls(trx, by, { count, periodicity: 'anual' })
      await trx.updateTable('risk_control').set({ schedule_wanted: true }).where('id', 'in', made).execute()
      return made
    })
    let kills = 0
    for (const dying of DYING) {
      // The worker makes the Schedules, each of which opens its first run at once.
      const before = await openRuns(bench, ids)
      await eventually(async () => mustBe((await openRuns(bench, ids)) > before || before >= count, 'none opens'), 120)
      kills += await kill(bench, chance, dying)
    }
    await eventually(async () => mustBe((await openRuns(bench, ids)) >= count, 'runs are missing'), PATIENCE_S)
    const executed = await read(bench, (trx) =>
      trx.selectFrom('control_run').select('id').where('control_id', 'in', ids).orderBy('id').limit(EXECUTED).execute(),
    )
    const executing = executeAll(
      bench,
      product,
      executed.map(({ id }) => id),
    ).then(
      () => [],
      (error: Error) => [error.message],
    )
    for (const dying of DYING) kills += await kill(bench, chance, dying)
    const faults: string[] = await executing
    await untilSettled(bench, 120).catch((error: Error) => void faults.push(error.message))
    faults.push(...(await faultsOf(bench, ids)), ...(await faultsOfLog(bench)))
    return { runs: await openRuns(bench, ids), executed: executed.length, kills, faults }
  } finally {
    await product.close()
  }
}

async function kill(bench: Bench, chance: Chance, dying: readonly Part[]): Promise<number> {
  await sleep(chance.whole(2_000))
  await Promise.all(dying.map((part) => bench.system.kill(part)))
  await sleep(chance.whole(500))
  await bench.start(dying)
  return dying.length
}

async function openRuns(bench: Bench, ids: string[]): Promise<number> {
  return await read(bench, async (trx) => {
    const rows = await trx.selectFrom('control_run').select('id').where('control_id', 'in', ids).execute()
    return rows.length
  })
}

/** As the person would: again until it is executed. */
async function executeAll(bench: Bench, { context }: Product, runIds: string[]): Promise<void> {
  const waiting = [...runIds]
  const work = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      const runId = id
      await eventually(async () => await execute(bench, context, runId), 300)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}

async function execute(bench: Bench, context: Product['context'], runId: string): Promise<void> {
  const run = await read(bench, (trx) =>
    trx
      .selectFrom('control_run')
      .select(['status', 'period_start as from', 'content_hash as read'])
      .where('id', '=', runId)
      .executeTakeFirstOrThrow(),
  )
  if (run.status !== 'open') return
  const by = await acts.actorOf(context, bench.entityId, EXECUTOR)
  const words = new TextEncoder().encode(`evidencia de ${runId}`)
  const file = { ...(await storeFile(bench.system.dataDir, words)), name: 'evidencia.txt', mediaType: 'text/plain' }
  await executeRun(context, by, {
    ...{ runId, read: run.read ?? '', note: '', from: run.from, to: appToday(), validUntil: appToday() },
    shown: { file },
  })
  throw new Error('not seen executed yet')
}

/** Every control has its one run and that its one event; what was executed was executed once, by an act that has its end. */
async function faultsOf(bench: Bench, ids: string[]): Promise<string[]> {
  const { runs, events, incidents } = await read(bench, async (trx) => {
    const found = await trx
      .selectFrom('control_run')
      .select(['id', 'control_id', 'status', 'workflow_id'])
      .where('control_id', 'in', ids)
      .execute()
    return {
      runs: found,
      events: await trx
        .selectFrom('event')
        .select(['type', 'object_id'])
        .where('type', 'in', ['control.run_opened', 'control.executed'])
        .execute(),
      incidents: await trx.selectFrom('incident').select(['kind', 'object_id']).execute(),
    }
  })
  const counted = (type: string, id: string) => events.filter((one) => one.type === type && one.object_id === id).length
  const faults = incidents.map(({ kind, object_id }) => `incident ${kind} on ${object_id}`)
  for (const id of ids) {
    const own = runs.filter((run) => run.control_id === id)
    if (own.length !== 1) faults.push(`control ${id} has ${own.length} runs`)
  }
  for (const { id, status, workflow_id } of runs) {
    if (counted('control.run_opened', id) !== 1)
      faults.push(`run ${id} opened ${counted('control.run_opened', id)} times`)
    const done = counted('control.executed', id)
    if (done !== (status === 'executed' ? 1 : 0)) faults.push(`run ${id} is ${status}, executed ${done} times`)
    const { status: state } = await bench.client.workflow.getHandle(workflow_id).describe()
    if (state.name !== 'RUNNING') faults.push(`the workflow of run ${id} is ${state.name}`)
  }
  return faults
}
