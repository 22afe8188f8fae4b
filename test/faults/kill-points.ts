/** Every kind of act, interrupted at every named point of its way (model.md §3); afterwards nobody but the courier acts. */
import { findCycle } from '../../db/cycles.ts'
import { FAULT_POINTS, type FaultPoint } from '../../db/fault-points.ts'
import { stepOf } from '../../domain/cycle-state.ts'
import { eventually } from '../../scripts/processes.ts'
import * as forms from '../support/act-forms.ts'
import type { Answer } from '../support/http.ts'
import { mustBe } from '../support/must-be.ts'
import type { Part } from '../support/system.ts'
import { ACCESS_ACTS, isAccessAct, prepareAccess } from './access-acts.ts'
import { type Bench, read, visitorOf } from './bench.ts'
import { faultsOfRecord, mustAgree, untilSettled } from './invariants.ts'
import type { Prepared, StoredAct } from './prepared.ts'
import type { Chance } from './random.ts'

/** Of a cycle. */
const CYCLE_ACTS = ['start', 'submit', 'approve', 'return', 'ask_reopen', 'reopen', 'withdraw', 'cancel'] as const
type CycleAct = (typeof CYCLE_ACTS)[number]
const ACTS = [...CYCLE_ACTS, ...ACCESS_ACTS] as const
export type Act = (typeof ACTS)[number]

/** `kill`: the process dies at the point. Otherwise it stands still there while others, or all, are killed with -9. */
export const WAYS = ['kill', 'temporal', 'other', 'all'] as const
export type Way = (typeof WAYS)[number]

export interface Case {
  act: Act
  point: FaultPoint
  way: Way
}

export const nameOf = ({ act, point, way }: Case) =>
  `${act}, ${point}, ${way === 'kill' ? 'killed there' : `stopped there while ${way} dies`}`

export function allCases(): Case[] {
  return ACTS.flatMap((act) => FAULT_POINTS.flatMap((point) => WAYS.map((way) => ({ act, point, way }))))
}

/** `count` cases in which every act and every point comes by as evenly as the number allows. */
export function someCases(chance: Chance, count: number): Case[] {
  const left = chance.shuffled(allCases())
  const used = new Map<string, number>()
  const weight = (one: Case) => [one.act, one.point, one.way].reduce((sum, key) => sum + (used.get(key) ?? 0), 0)
  return Array.from({ length: Math.min(count, left.length) }, () => {
    left.sort((a, b) => weight(a) - weight(b))
    const chosen = left.shift() as Case
    for (const key of [chosen.act, chosen.point, chosen.way]) used.set(key, (used.get(key) ?? 0) + 1)
    return chosen
  })
}

let count = 0

/** Brings a new cycle to where the act is possible, and throws when the invariant does not hold after the accident. */
export async function runCase(bench: Bench, one: Case): Promise<void> {
  const prepared = await (isAccessAct(one.act) ? prepareAccess(bench, one.act) : prepareCycle(bench, one.act))
  bench.arm(one.point, one.way === 'kill' ? 'kill' : 'stop')
  const answering = prepared.send().catch(() => null)
  await accident(bench, one)
  const answer = await answering
  bench.disarm()
  await untilSettled(bench)
  const acts = await prepared.acts()
  const diedUnstored = one.point === 'web:before-store' && (one.way === 'kill' || one.way === 'all')
  mustBe(acts.length === (diedUnstored ? 0 : 1), `${acts.length} acts were stored`)
  mustBe(
    acts.every((act) => act.status === 'confirmed'),
    `the act ended ${acts[0]?.status} ${acts[0]?.reason_code}`,
  )
  mustBe(!answer || prepared.isReceipt(answer), `answered ${answer?.status} without a receipt`)
  const faults = await faultsOfRecord(bench, answer ? acts.map(({ id }) => id) : [])
  mustBe(faults.length === 0, faults.join('\n'))
  await prepared.goesOn(!diedUnstored)
}

const HERE: Record<string, Part> = { web: 'web', worker: 'worker' }

async function accident(bench: Bench, { point, way }: Case): Promise<void> {
  const here = HERE[point.split(':')[0] ?? ''] as Part
  if (way === 'kill') {
    await bench.untilGone(here)
    return await bench.start([here])
  }
  await bench.untilStopped(here)
  const other: Part = here === 'web' ? 'worker' : 'web'
  const dying: Part[] = way === 'temporal' ? ['temporal'] : way === 'other' ? [other] : ['temporal', 'worker', 'web']
  for (const part of dying) await bench.system.kill(part)
  if (!dying.includes(here)) bench.goOn(here)
  await bench.start(dying)
}

/** Of the cycle, or of the one with this number: before the start there is none. */
interface CycleInHand {
  cycleId: string | null
  radicado: string
}

async function actsOf(bench: Bench, { cycleId, radicado }: CycleInHand, act: CycleAct): Promise<StoredAct[]> {
  return await read(bench, (trx) =>
    trx
      .selectFrom('act')
      .innerJoin('cycle', 'cycle.id', 'act.cycle_id')
      .select(['act.id', 'act.status', 'act.reason_code'])
      .where((eb) => (cycleId ? eb('act.cycle_id', '=', cycleId) : eb('cycle.radicado', '=', radicado)))
      .where('act.kind', '=', act)
      .where((eb) => (act === 'approve' ? eb('act.signature_role', '=', 'approver') : eb.lit(true)))
      .execute(),
  )
}

async function findByRadicado(bench: Bench, radicado: string): Promise<string | null> {
  const row = await read(bench, (trx) =>
    trx.selectFrom('cycle').select('id').where('radicado', '=', radicado).executeTakeFirst(),
  )
  return row?.id ?? null
}

/** The steps before the act, each answered with its receipt. */
const BEFORE: Record<CycleAct, readonly string[]> = {
  start: [],
  submit: ['start', 'save'],
  cancel: ['start'],
  withdraw: ['start', 'save', 'submit'],
  return: ['start', 'save', 'submit'],
  approve: ['start', 'save', 'submit', 'review'],
  ask_reopen: ['start', 'save', 'submit', 'review', 'approve'],
  reopen: ['start', 'save', 'submit', 'review', 'approve', 'ask_reopen'],
}

async function prepareCycle(bench: Bench, act: CycleAct): Promise<Prepared> {
  count += 1
  const radicado = `F-${process.pid}-${count}`
  let cycleId = ''
  for (const step of BEFORE[act]) {
    const answer = await perform(bench, step, cycleId, radicado)
    if (step !== 'save') cycleId = forms.receiptOf(answer)?.cycleId ?? ''
    mustBe(answer.status === 302 && cycleId !== '', `${step} before ${act} was answered ${answer.status}`)
    if (step === 'start') await untilOpen(bench, cycleId)
  }
  await untilSettled(bench)
  const hand = { cycleId: cycleId || null, radicado }
  return {
    send: () => perform(bench, act, cycleId, radicado),
    isReceipt: (answer) => forms.receiptOf(answer) !== null,
    acts: () => actsOf(bench, hand, act),
    goesOn: async (isStored) => {
      const found = hand.cycleId ?? (await findByRadicado(bench, radicado))
      mustBe((found === null) === (!isStored && act === 'start'), `a cycle that should not be: ${found}`)
      if (found) await goesOn(bench, found)
    },
  }
}

async function perform(bench: Bench, act: string, cycleId: string, radicado: string): Promise<Answer> {
  const person = (duty: string) => visitorOf(bench.people, duty)
  const author = person('profesional_ogac')
  const approver = person('jefatura_ogac')
  const ways: Record<string, () => Promise<Answer>> = {
    start: () => forms.startCycle(approver, radicado),
    save: () => forms.saveStep(author, cycleId, '1'),
    submit: () => forms.submitStep(author, cycleId, '1'),
    review: () => forms.decide(person('profesional_sig'), cycleId, '1', 'approve'),
    return: () => forms.decide(person('profesional_sig'), cycleId, '1', 'return'),
    approve: () => forms.decide(approver, cycleId, '1', 'approve'),
    ask_reopen: () => forms.askReopen(author, cycleId, '1'),
    reopen: () => forms.answerReopen(approver, cycleId, '1', 'reopen'),
    withdraw: () => forms.withdraw(author, cycleId, '1'),
    cancel: () => forms.cancel(approver, cycleId),
  }
  const way = ways[act]
  if (!way) throw new Error(`nobody knows how to ${act}`)
  return await way()
}

/** The first step opens a moment after the start was answered. */
async function untilOpen(bench: Bench, cycleId: string): Promise<void> {
  await eventually(async () => {
    const cycle = await read(bench, (trx) => findCycle(trx, cycleId))
    mustBe(cycle?.state.steps[0]?.status === 'in_progress', `step 1 of ${cycleId} is not open`)
  }, 30)
}

/** Workflow and rows agree, and the act that comes next goes through at once. */
async function goesOn(bench: Bench, cycleId: string): Promise<void> {
  const state = await mustAgree(bench, cycleId)
  if (state.status !== 'active') return
  const { status, reopening } = stepOf(state, '1')
  const next =
    status === 'in_review'
      ? ['review']
      : status === 'in_approval'
        ? ['approve']
        : status === 'approved'
          ? [reopening ? 'reopen' : 'ask_reopen']
          : ['save', 'submit']
  for (const act of next) {
    const answer = await perform(bench, act, cycleId, '')
    mustBe(answer.status === 302, `afterwards ${act} was answered ${answer.status}`)
  }
  await mustAgree(bench, cycleId)
}
