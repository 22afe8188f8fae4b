import { allHandlersFinished, condition, setHandler } from '@temporalio/workflow'
import type { CycleRecord } from '../activities/cycle-record.ts'
import { type CycleState, firstNotApproved, isOpen, stepOf } from '../domain/cycle-state.ts'
import { apply } from '../domain/cycles.ts'
import { type Decision, objectionsTo } from '../domain/decisions.ts'
import { type Procedure, type StepCode, stepTemplate } from '../domain/procedures.ts'
import { issueReport, readCycle, recordDecision, recordOpening, recordStart, sendDueNotices } from './activities.ts'
import { Doors } from './doors.ts'
import { type CycleInput, decide, opened, refresh } from './messages.ts'
import { startPublication } from './publication.ts'

import { Turns } from './turns.ts'

/** One run of a procedure: the steps in order, each waiting for people (procedure MM-GAC-P-008). */
export async function cycle(input: CycleInput): Promise<void> {
  const run = new CycleRun(input)
  run.listen()
  await run.start()
  let step = run.next()
  while (step) {
    await run.open(step)
    await run.decided(step)
    await run.consequences(step)
    step = run.next()
  }
  await run.closed()
}

/** State and waits of one cycle. Plain JSON inside; rows are the record, this is the procedure. */
class CycleRun {
  readonly #input: CycleInput
  #procedure: Procedure | null = null
  #state: CycleState | null = null
  #nextNoticeAt: string | null = null
  #unheard: string[] = []
  readonly #turns = new Turns()
  readonly #doors = new Doors<CycleState, Decision>(this.#turns, {
    known: () => this.#state && { state: this.#state, unheard: this.#unheard },
    apply: (state, decision) => apply(state, decision, this.#rules()),
    objections: (state, decision) => objectionsTo(state, decision, this.#rules()),
    record: (decision) => this.#record(decision),
  })
  #revision = 0
  #refreshWanted = false

  constructor(input: CycleInput) {
    this.#input = input
  }

  /** Handlers stand before the first await, so that no message finds nobody home. */
  listen(): void {
    setHandler(opened, async () => {
      await condition(() => this.#state !== null)
      return { state: this.#known() }
    })
    setHandler(decide, async (decision) => ({ state: await this.#doors.decide(decision) }), {
      validator: (decision) => this.#doors.admit(decision),
    })
    setHandler(refresh, () => {
      this.#refreshWanted = true
    })
  }

  async start(): Promise<void> {
    const { procedure, ...record } = await recordStart({ ...this.#input, now: nowIso() })
    this.#procedure = procedure
    this.#adopt(record)
  }

  next(): StepCode | null {
    return firstNotApproved(this.#known())
  }

  /** Opens the step unless people already have it in their hands. */
  async open(code: StepCode): Promise<void> {
    if (isOpen(stepOf(this.#known(), code))) return
    await this.#turns.take(async () =>
      this.#adopt(await recordOpening({ ...this.#input, stepCode: code, now: nowIso() })),
    )
  }

  /** Waits until the step is no longer the next one to decide; reminds, escalates and takes corrections meanwhile. */
  async decided(code: StepCode): Promise<void> {
    while (this.next() === code && isOpen(stepOf(this.#known(), code))) {
      const seen = this.#revision
      const changed = () => this.#revision !== seen || this.#refreshWanted
      if (this.#nextNoticeAt === null) await condition(changed)
      else if (!(await condition(changed, Math.max(1, Date.parse(this.#nextNoticeAt) - Date.now()))))
        await this.#notify()
      if (this.#refreshWanted) await this.#turns.take(() => this.#reread())
    }
  }

  /** What the approval of a step sets off: the report is issued, the release is published. */
  async consequences(code: StepCode): Promise<void> {
    const { status, version } = stepOf(this.#known(), code)
    const { yields } = stepTemplate(this.#rules(), code)
    if (status !== 'approved' || version === null || yields === undefined) return
    const key = { entityId: this.#input.entityId, cycleId: this.#input.cycleId, stepVersionId: version.id }
    if (yields === 'report') await issueReport(key)
    else await startPublication(key)
  }

  async closed(): Promise<void> {
    await condition(allHandlersFinished)
  }

  async #notify(): Promise<void> {
    const seen = this.#revision
    const next = (await sendDueNotices({ ...this.#input, now: nowIso() })) ?? null
    // What was recorded meanwhile knows better: the answer may be of a term that no longer runs.
    if (this.#revision === seen) this.#nextNoticeAt = next
  }

  async #reread(): Promise<void> {
    this.#refreshWanted = false
    this.#adopt(await readCycle(this.#input))
  }

  async #record(decision: Decision): Promise<void> {
    try {
      this.#adopt(await recordDecision({ ...this.#input, decision, now: nowIso() }))
    } catch (failure) {
      // Refused by what only the transaction knew: the rows tell where the cycle stands.
      await this.#reread()
      throw failure
    }
  }

  /** The record is the truth: whatever it says after a transaction becomes the state, also when it was ahead of us. */
  #adopt(record: CycleRecord): void {
    this.#state = record.state
    this.#nextNoticeAt = record.nextNoticeAt
    this.#unheard = record.unheard
    this.#revision += 1
  }

  #known(): CycleState {
    if (this.#state === null) throw new Error('the cycle is not open yet')
    return this.#state
  }

  #rules(): Procedure {
    if (this.#procedure === null) throw new Error('the cycle is not open yet')
    return this.#procedure
  }
}

function nowIso(): string {
  return new Date(Date.now()).toISOString()
}
