/** The people of one cycle: they look where it stands, do what comes next, and look again when no answer came. */
import { setTimeout as sleep } from 'node:timers/promises'
import { findCycle } from '../../db/cycles.ts'
import { type CycleState, firstNotApproved, stepOf } from '../../domain/cycles.ts'
import type { StepCode } from '../../domain/procedures.ts'
import * as forms from '../support/act-forms.ts'
import { type Answer, NoForm } from '../support/http.ts'
import { type Bench, read, visitorOf } from './bench.ts'
import type { Chance } from './random.ts'

type Detour = 'withdraw' | 'return' | 'reopen' | 'decline_reopen'

export interface Journey {
  radicado: string
  /** Detours still to be taken at each step before it is left. */
  wishes: Record<string, Detour[]>
  cycleId: string | null
  /** Acts whose receipt somebody holds. */
  acknowledged: Set<string>
  acts: number
  refused: number
  lost: number
  faults: string[]
}

/** Steps 1 and 2 are worked on; the third needs a file, so there the cycle is cancelled. */
const WORKED: StepCode[] = ['1', '2']
const PATIENCE_MS = 10 * 60_000
const LOOK_AGAIN_MS = 150

let count = 0

export function newJourney(chance: Chance): Journey {
  count += 1
  const detours = () => (['withdraw', 'return', 'reopen', 'decline_reopen'] as const).filter(() => chance.happens(0.35))
  return {
    radicado: `A-${process.pid}-${count}`,
    wishes: Object.fromEntries(WORKED.map((code) => [code, detours()])),
    cycleId: null,
    acknowledged: new Set(),
    ...{ acts: 0, refused: 0, lost: 0, faults: [] },
  }
}

/** Until the cycle is cancelled; one that does not get there in ten minutes is a fault. */
export async function driveCycle(bench: Bench, journey: Journey): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS
  while (performance.now() < deadline) {
    const seen = await look(bench, journey).catch(() => null)
    if (seen?.over) return
    if (!seen || seen.underWay) await sleep(LOOK_AGAIN_MS)
    else await tryNext(bench, journey, seen.state)
  }
  journey.faults.push(`${journey.radicado} did not end: ${JSON.stringify(await look(bench, journey).catch(String))}`)
}

interface Seen {
  /** Null: the cycle is not there yet. */
  state: CycleState | null
  over: boolean
  underWay: boolean
}

async function look(bench: Bench, journey: Journey): Promise<Seen> {
  return await read(bench, async (trx): Promise<Seen> => {
    const row = await trx
      .selectFrom('cycle')
      .select(['id', 'status'])
      .where('radicado', '=', journey.radicado)
      .executeTakeFirst()
    if (!row) return { state: null, over: false, underWay: false }
    journey.cycleId = row.id
    const pending = await trx
      .selectFrom('act')
      .select('id')
      .where('cycle_id', '=', row.id)
      .where('status', '=', 'stored')
      .executeTakeFirst()
    const cycle = await findCycle(trx, row.id)
    const underWay = pending !== undefined || row.status === 'requested'
    return { state: cycle?.state ?? null, over: row.status === 'cancelled' || row.status === 'refused', underWay }
  })
}

async function tryNext(bench: Bench, journey: Journey, state: CycleState | null): Promise<void> {
  try {
    const answer = await next(bench, journey, state)
    if (answer) note(journey, answer)
    else await sleep(LOOK_AGAIN_MS)
  } catch (failure) {
    if (!(failure instanceof NoForm)) journey.lost += 1
    await sleep(LOOK_AGAIN_MS)
  }
}

function note(journey: Journey, answer: Answer): void {
  const receipt = forms.receiptOf(answer)
  if (receipt) {
    journey.acknowledged.add(receipt.actId)
    journey.acts += 1
  } else if (answer.status === 409) journey.refused += 1
  else if (answer.status >= 500) journey.lost += 1
  else journey.faults.push(`${journey.radicado}: answered ${answer.status} ${answer.location ?? ''}`)
}

/** Null: nobody can do anything at this moment. */
async function next(bench: Bench, journey: Journey, state: CycleState | null): Promise<Answer | null> {
  const approver = visitorOf(bench.people, 'jefatura_ogac')
  const { cycleId } = journey
  if (!state || !cycleId) return await forms.startCycle(approver, journey.radicado)
  const asked = state.steps.find((step) => step.reopening !== null)
  if (asked) return await answerRequest(bench, journey, cycleId, asked.code)
  const code = firstNotApproved(state)
  const wishful = WORKED.find((one) => reopening(journey, one) && stepOf(state, one).status === 'approved')
  if (wishful) return await forms.askReopen(visitorOf(bench.people, 'profesional_ogac'), cycleId, wishful)
  if (!code || !WORKED.includes(code)) return await forms.cancel(approver, cycleId)
  return await onStep(bench, journey, cycleId, code, state)
}

const reopening = (journey: Journey, code: StepCode) =>
  journey.wishes[code]?.find((wish) => wish === 'reopen' || wish === 'decline_reopen')

async function answerRequest(bench: Bench, journey: Journey, cycleId: string, code: StepCode): Promise<Answer> {
  const verdict = reopening(journey, code) === 'reopen' ? 'reopen' : 'decline_reopen'
  const answer = await forms.answerReopen(visitorOf(bench.people, 'jefatura_ogac'), cycleId, code, verdict)
  return fulfilled(journey, code, verdict, answer)
}

async function onStep(bench: Bench, journey: Journey, cycleId: string, code: StepCode, state: CycleState) {
  const author = visitorOf(bench.people, 'profesional_ogac')
  const reviewer = visitorOf(bench.people, 'profesional_sig')
  const wishes = journey.wishes[code] ?? []
  switch (stepOf(state, code).status) {
    case 'in_progress':
    case 'returned': {
      const saved = await forms.saveStep(author, cycleId, code, `Vuelta ${journey.acts}.`)
      return saved.status === 302 ? await forms.submitStep(author, cycleId, code) : null
    }
    case 'in_review':
      if (wishes.includes('withdraw'))
        return fulfilled(journey, code, 'withdraw', await forms.withdraw(author, cycleId, code))
      if (wishes.includes('return'))
        return fulfilled(journey, code, 'return', await forms.decide(reviewer, cycleId, code, 'return'))
      return await forms.decide(reviewer, cycleId, code, 'approve')
    case 'in_approval':
      return await forms.decide(visitorOf(bench.people, 'jefatura_ogac'), cycleId, code, 'approve')
    default:
      return null
  }
}

/** Takes the wish from the list once its receipt is there. */
function fulfilled(journey: Journey, code: StepCode, wish: Detour, answer: Answer): Answer {
  if (forms.receiptOf(answer)) journey.wishes[code] = (journey.wishes[code] ?? []).filter((one) => one !== wish)
  return answer
}
