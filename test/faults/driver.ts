/** The people of one cycle: they look where it stands, do what comes next, and look again when no answer came. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Trx } from '../../db/client.ts'
import { findCycle, type LoadedCycle } from '../../db/cycles.ts'
import { approversLeft, firstNotApproved, reviewersLeft, stepOf } from '../../domain/cycle-state.ts'
import { STEP_CODES, type StepCode, stepTemplate } from '../../domain/procedures.ts'
import * as forms from '../support/act-forms.ts'
import { type Answer, NoForm } from '../support/http.ts'
import { prepareFiles } from '../support/source-forms.ts'
import { type Bench, read, visitorOf } from './bench.ts'
import type { Chance } from './random.ts'
import { sourceReady } from './sources.ts'

type Detour = 'withdraw' | 'return' | 'reopen' | 'decline_reopen'

export interface Journey {
  radicado: string
  /** How it ends: all seven steps approved and the release published, or cancelled after the first two. */
  ends: 'published' | 'cancelled'
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

/** Steps at which the people take detours. */
const DETOURED: StepCode[] = ['1', '2']
/** Last step of a cycle that is cancelled. */
const ABANDONED_AFTER: StepCode = '2'
const PATIENCE_MS = 10 * 60_000
const LOOK_AGAIN_MS = 150

let count = 0

export function newJourney(chance: Chance, ends: Journey['ends']): Journey {
  count += 1
  const detours = () => (['withdraw', 'return', 'reopen', 'decline_reopen'] as const).filter(() => chance.happens(0.35))
  return {
    radicado: `A-${process.pid}-${count}`,
    ends,
    wishes: Object.fromEntries(DETOURED.map((code) => [code, detours()])),
    cycleId: null,
    acknowledged: new Set(),
    ...{ acts: 0, refused: 0, lost: 0, faults: [] },
  }
}

/** Until the cycle has ended as it should; one that does not get there in ten minutes is a fault. */
export async function driveCycle(bench: Bench, journey: Journey): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS
  while (performance.now() < deadline) {
    const seen = await look(bench, journey).catch(() => null)
    if (seen?.over) return
    if (!seen || seen.underWay) await sleep(LOOK_AGAIN_MS)
    else await tryNext(bench, journey, seen.cycle)
  }
  journey.faults.push(`${journey.radicado} did not end: ${JSON.stringify(await look(bench, journey).catch(String))}`)
}

interface Seen {
  /** Null: the cycle is not there yet. */
  cycle: LoadedCycle | null
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
    if (!row) return { cycle: null, over: false, underWay: false }
    journey.cycleId = row.id
    const pending = await trx
      .selectFrom('act')
      .select('id')
      .where('cycle_id', '=', row.id)
      .where('status', '=', 'stored')
      .executeTakeFirst()
    const cycle = (await findCycle(trx, row.id)) ?? null
    const underWay = pending !== undefined || row.status === 'requested' || row.status === 'closed'
    return { cycle, over: await isOver(trx, row), underWay }
  })
}

/** A closed cycle is over when what it publishes is public. */
async function isOver(trx: Trx, { id, status }: { id: string; status: string }): Promise<boolean> {
  if (status !== 'closed') return status === 'cancelled' || status === 'refused'
  const release = await trx.selectFrom('release').select('status').where('cycle_id', '=', id).executeTakeFirst()
  return release?.status === 'published' || release?.status === 'corrected'
}

async function tryNext(bench: Bench, journey: Journey, cycle: LoadedCycle | null): Promise<void> {
  try {
    const answer = await next(bench, journey, cycle)
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

/** Null: nobody can do anything at this moment, or what was done is no act. */
async function next(bench: Bench, journey: Journey, cycle: LoadedCycle | null): Promise<Answer | null> {
  const approver = visitorOf(bench.people, 'jefatura_ogac')
  if (!cycle) return await forms.startCycle(approver, journey.radicado)
  const { state } = cycle
  const asked = state.steps.find((step) => step.reopening !== null)
  if (asked) return await answerRequest(bench, journey, state.id, asked.code)
  const code = firstNotApproved(state)
  const wishful = DETOURED.find((one) => reopening(journey, one) && stepOf(state, one).status === 'approved')
  if (wishful) return await forms.askReopen(visitorOf(bench.people, 'profesional_ogac'), state.id, wishful)
  const abandoned = journey.ends === 'cancelled' && code !== null && code > ABANDONED_AFTER
  if (abandoned || !code) return await forms.cancel(approver, state.id)
  return await onStep(bench, journey, cycle, code)
}

const reopening = (journey: Journey, code: StepCode) =>
  journey.wishes[code]?.find((wish) => wish === 'reopen' || wish === 'decline_reopen')

async function answerRequest(bench: Bench, journey: Journey, cycleId: string, code: StepCode): Promise<Answer> {
  const verdict = reopening(journey, code) === 'reopen' ? 'reopen' : 'decline_reopen'
  const answer = await forms.answerReopen(visitorOf(bench.people, 'jefatura_ogac'), cycleId, code, verdict)
  return fulfilled(journey, code, verdict, answer)
}

async function onStep(bench: Bench, journey: Journey, cycle: LoadedCycle, code: StepCode): Promise<Answer | null> {
  const { state } = cycle
  const step = stepOf(state, code)
  const template = stepTemplate(cycle.version.procedure, code)
  const wishes = journey.wishes[code] ?? []
  switch (step.status) {
    case 'in_progress':
    case 'returned':
      return await elaborate(bench, journey, state.id, code)
    case 'in_review': {
      const author = visitorOf(bench.people, 'profesional_ogac')
      const reviewer = visitorOf(bench.people, reviewersLeft(step, template)[0] ?? '')
      if (wishes.includes('withdraw'))
        return fulfilled(journey, code, 'withdraw', await forms.withdraw(author, state.id, code))
      if (wishes.includes('return'))
        return fulfilled(journey, code, 'return', await forms.decide(reviewer, state.id, code, 'return'))
      return await forms.decide(reviewer, state.id, code, 'approve')
    }
    case 'in_approval': {
      const approver = visitorOf(bench.people, approversLeft(step, template)[0]?.duty ?? '')
      return await forms.decide(approver, state.id, code, 'approve')
    }
    default:
      return null
  }
}

/** Fills in the step and submits it; first whatever its answers or its release rest on. */
async function elaborate(bench: Bench, journey: Journey, cycleId: string, code: StepCode): Promise<Answer | null> {
  const author = visitorOf(bench.people, 'profesional_ogac')
  const needsSource = STEP_CODES.indexOf(code) >= STEP_CODES.indexOf('3')
  const source = needsSource ? await sourceReady(bench, cycleId) : undefined
  if (needsSource && !source) return null
  const written = { note: `Vuelta ${journey.acts}.`, references: { source } }
  const saved = await forms.saveStep(author, cycleId, code, written)
  if (saved.status !== 302) return null
  if (code === '7' && (await prepareFiles(author, cycleId)).status !== 302) return null
  return await forms.submitStep(author, cycleId, code)
}

/** Takes the wish from the list once its receipt is there. */
function fulfilled(journey: Journey, code: StepCode, wish: Detour, answer: Answer): Answer {
  if (forms.receiptOf(answer)) journey.wishes[code] = (journey.wishes[code] ?? []).filter((one) => one !== wish)
  return answer
}
