import { allHandlersFinished, condition, setHandler } from '@temporalio/workflow'
import type { RightsRecord } from '../activities/rights-record.ts'
import { bogotaDate } from '../domain/civil-dates.ts'
import {
  applyToRights,
  isRightsSettled,
  objectionsToRights,
  type RightsDecision,
  type RightsState,
} from '../domain/rights.ts'
import { recordRightsVerdict, tendRights } from './activities.ts'
import { Doors } from './doors.ts'
import { decideRights, type RightsInput, rightsMoved } from './messages.ts'
import { Turns } from './turns.ts'

/**
 * One request of a citizen about their data, from its receipt to its answer (Ley 1581 de 2012, arts. 14 and 15): it runs
 * its term, waits for whoever answers and, where more was asked, for the citizen, reminds, escalates and gives up.
 */
export async function rightsRequest(input: RightsInput): Promise<void> {
  const run = new RightsRequest(input)
  run.listen()
  await run.tend()
  while (!run.isOver()) await run.tendWhenDue()
  await condition(allHandlersFinished)
}

/** State and waits of one request; as in delegation.ts, rows are the record and this is the procedure. */
class RightsRequest {
  readonly #input: RightsInput
  #record: RightsRecord | null = null
  readonly #turns = new Turns()
  readonly #doors = new Doors<RightsState, RightsDecision>(this.#turns, {
    known: () => this.#record,
    apply: applyToRights,
    objections: (state, verdict) => objectionsToRights(state, verdict, bogotaDate(nowIso())),
    record: (verdict) => this.#take(verdict),
  })
  /** Rows changed that have not been read yet. */
  #isMoved = false
  #revision = 0

  constructor(input: RightsInput) {
    this.#input = input
  }

  /** Handlers stand before the first await, so that no message finds nobody home. */
  listen(): void {
    setHandler(rightsMoved, () => {
      this.#isMoved = true
    })
    setHandler(decideRights, (verdict) => this.#doors.decide(verdict), {
      validator: (verdict) => this.#doors.admit(verdict),
    })
  }

  async tend(): Promise<void> {
    this.#isMoved = false
    await this.#turns.take(async () => this.#adopt(await tendRights({ ...this.#input, now: nowIso() })))
  }

  isOver(): boolean {
    return isRightsSettled(this.#known().state)
  }

  /** Waits for a verdict or the citizen, or until something is due by the calendar. */
  async tendWhenDue(): Promise<void> {
    const seen = this.#revision
    const changed = () => this.#revision !== seen || this.#isMoved
    const { nextAt } = this.#known()
    const wait = nextAt === null ? undefined : Math.max(1_000, Date.parse(nextAt) - Date.now())
    const isWoken = wait === undefined ? await condition(changed).then(() => true) : await condition(changed, wait)
    if (!isWoken || this.#isMoved) await this.tend()
  }

  async #take(verdict: RightsDecision): Promise<void> {
    this.#adopt(await recordRightsVerdict({ entityId: this.#input.entityId, verdict, now: nowIso() }))
  }

  #adopt(record: RightsRecord): void {
    this.#record = record
    this.#revision += 1
  }

  #known(): RightsRecord {
    if (this.#record === null) throw new Error('the request is not recorded yet')
    return this.#record
  }
}

function nowIso(): string {
  return new Date(Date.now()).toISOString()
}
