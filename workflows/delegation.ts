import { allHandlersFinished, condition, patched, setHandler } from '@temporalio/workflow'
import type { GrantRecord } from '../activities/grant-record.ts'
import {
  applyToGrant,
  type GrantDecision,
  type GrantState,
  type GrantStatus,
  isOver,
  objectionsToGrant,
} from '../domain/grants.ts'
import {
  probeForMinutes,
  probeInTurn,
  probeOnce,
  probeUntilAnswered,
  recordGrantEnding,
  recordGrantRequest,
  recordGrantVerdict,
  reportUnproven,
  settleReview,
  tendGrant,
} from './activities.ts'
import { Doors } from './doors.ts'
import { accessReviewed, type DelegationInput, decideAccess, endingOrdered, grantFiled } from './messages.ts'
import { refusal } from './refusal.ts'
import { Turns } from './turns.ts'

/**
 * One delegated access, from its request to its end (circular 4173.010.22.2.1020.000150; C1, C2): it waits for the person
 * and for whoever decides, begins on its day if the person can still hold it, tells of its end and expires, or ends at once
 * because of what is recorded elsewhere (D4). Whether it lets
 * anybody in is never asked of this workflow: the row says so at every request.
 */
export async function delegation(input: DelegationInput): Promise<void> {
  const run = new Delegation(input)
  run.listen()
  await run.file()
  while (!run.isOver()) await run.tendWhenDue()
  await run.proveEnd()
  await condition(allHandlersFinished)
}

/** Ends of an access that let its person in: each is proved. */
const PROVED: readonly GrantStatus[] = ['revoked', 'expired', 'retired', 'suspended']

/** State and waits of one access; as in cycle.ts, rows are the record and this is the procedure. */
class Delegation {
  readonly #input: DelegationInput
  #record: GrantRecord | null = null
  readonly #turns = new Turns()
  readonly #doors = new Doors<GrantState, GrantDecision>(this.#turns, {
    known: () => this.#record,
    apply: applyToGrant,
    objections: (state, verdict) => objectionsToGrant(state, verdict),
    record: (verdict) => this.#take(verdict),
  })
  /** Something was recorded that ends the access, and it has not been read yet. */
  #isEndingOrdered = false
  #hasProbedBeginning = false
  #isProvingForReview = false
  #revision = 0

  constructor(input: DelegationInput) {
    this.#input = input
  }

  /** Handlers stand before the first await, so that no message finds nobody home. */
  listen(): void {
    setHandler(grantFiled, async () => {
      await condition(() => this.#record !== null)
      const { state } = this.#known()
      // Refused in its record: whoever asked is told so, as of any other act.
      if (state.status === 'refused') throw refusal('tenure_ended')
      return state
    })
    setHandler(endingOrdered, () => {
      this.#isEndingOrdered = true
    })
    setHandler(decideAccess, (verdict) => this.#doors.decide(verdict), {
      validator: (verdict) => this.#doors.admit(verdict),
    })
    setHandler(accessReviewed, () => this.#settle())
  }

  async file(): Promise<void> {
    this.#adopt(await recordGrantRequest({ ...this.#input, now: nowIso() }))
  }

  isOver(): boolean {
    return isOver(this.#known().state.status)
  }

  /** Waits for a verdict, or until something is due by the calendar. */
  async tendWhenDue(): Promise<void> {
    const seen = this.#revision
    const changed = () => this.#revision !== seen || this.#isEndingOrdered
    const { nextAt } = this.#known()
    const wait = nextAt === null ? undefined : Math.max(1_000, Date.parse(nextAt) - Date.now())
    if (wait === undefined) await condition(changed)
    else if (!(await condition(changed, wait)))
      await this.#turns.take(async () => this.#adopt(await tendGrant({ ...this.#input, now: nowIso() })))
    if (this.#isEndingOrdered) await this.#turns.take(() => this.#end())
  }

  /** Carries out what was recorded elsewhere; an order that comes meanwhile is read in the next round. */
  async #end(): Promise<void> {
    this.#isEndingOrdered = false
    this.#adopt(await recordGrantEnding({ ...this.#input, now: nowIso() }))
  }

  async #take(verdict: GrantDecision): Promise<void> {
    if (verdict.kind === 'revoke') await this.#probeBefore()
    this.#adopt(await recordGrantVerdict({ entityId: this.#input.entityId, verdict, now: nowIso() }))
  }

  /** That the access ended took effect: asked until somebody answers (C10, N2). */
  async proveEnd(): Promise<void> {
    if (!PROVED.includes(this.#known().state.status) || !patched('probes')) return
    try {
      await probeForMinutes({ ...this.#case, moment: 'after' })
    } catch {
      await reportUnproven(this.#case)
      await probeUntilAnswered({ ...this.#case, moment: 'after' })
    }
  }

  /** What the access opened until now. Nothing waits for it: no answer holds a revocation back or loses it. */
  async #probeBefore(): Promise<void> {
    if (patched('probes')) await probeOnce({ ...this.#case, moment: 'before' }).catch(() => {})
  }

  /** An access that ends by itself shows what it opened when it began. */
  #probeBeginning(): void {
    this.#hasProbedBeginning = true
    if (patched('probes')) void probeForMinutes({ ...this.#case, moment: 'begun' }).catch(() => {})
  }

  get #case(): { entityId: string; grantId: string } {
    const { entityId, grantId } = this.#input
    return { entityId, grantId }
  }

  /** A review decided on it: what that comes to is read from the record, once however often it is told. */
  async #settle(): Promise<void> {
    await condition(() => this.#record !== null)
    const isApart = patched('review-probes-in-turn')
    if (isApart) {
      // Whoever waits for its proof already reads all that was decided by then.
      if (this.#isProvingForReview) return
      await this.#probeForReview()
    }
    await this.#turns.take(async () => {
      if (!isApart && this.#known().state.status === 'granted') await this.#probeBefore()
      this.#adopt(await settleReview({ ...this.#input, now: nowIso() }))
    })
  }

  /** Outside any turn: a revocation by somebody who waits goes ahead of it. */
  async #probeForReview(): Promise<void> {
    if (this.#known().state.status !== 'granted') return
    this.#isProvingForReview = true
    await probeInTurn({ ...this.#case, moment: 'before', isPatient: true }).catch(() => {})
    this.#isProvingForReview = false
  }

  #adopt(record: GrantRecord): void {
    this.#record = record
    this.#revision += 1
    if (record.hasBegun && !this.#hasProbedBeginning && !isOver(record.state.status)) this.#probeBeginning()
  }

  #known(): GrantRecord {
    if (this.#record === null) throw new Error('the request is not recorded yet')
    return this.#record
  }
}

function nowIso(): string {
  return new Date(Date.now()).toISOString()
}
