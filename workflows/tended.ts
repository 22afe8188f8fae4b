import { allHandlersFinished, condition } from '@temporalio/workflow'
import { bogotaDate } from '../domain/civil-dates.ts'
import type { Objection } from '../domain/refusals.ts'
import { Doors } from './doors.ts'
import { Turns } from './turns.ts'

/** What a record transaction answers: the case as its row now tells it, and when something is due. */
export interface TendedRecord<State> {
  state: State
  /** ISO instant of the next turn of the calendar or notice; null where none comes. */
  nextAt: string | null
  /** Decisions that stand recorded while nobody has heard so (as in cycle-record.ts). */
  unheard: readonly string[]
}

export interface Tending<State, Decision, Tended extends TendedRecord<State>> {
  /** Does what the calendar asks, as often as it is called. `now`: the workflow's clock, ISO. */
  tend: (now: string) => Promise<Tended>
  record: (decision: Decision, now: string) => Promise<Tended>
  apply: (state: State, decision: Decision) => State
  /** `today`: civil date of Bogotá by the workflow's clock. */
  objections: (state: State, decision: Decision, today: string) => readonly Objection[]
  isOver: (state: State) => boolean
}

/** A case that waits for decisions and for the calendar until it is over: rows are the record, this is the procedure. */
export class TendedCase<State, Decision extends { id: string }, Tended extends TendedRecord<State>> {
  readonly #tending: Tending<State, Decision, Tended>
  readonly #turns = new Turns()
  readonly #doors: Doors<State, Decision>
  #record: Tended | null = null
  /** Rows changed that have not been read yet. */
  #isMoved = false
  #revision = 0

  constructor(tending: Tending<State, Decision, Tended>) {
    this.#tending = tending
    this.#doors = new Doors<State, Decision>(this.#turns, {
      known: () => this.#record,
      apply: tending.apply,
      objections: (state, decision) => tending.objections(state, decision, bogotaDate(nowIso())),
      record: async (decision) => this.#adopt(await tending.record(decision, nowIso())),
    })
  }

  /** Validator of the Update that brings decisions. */
  admit(decision: Decision): void {
    this.#doors.admit(decision)
  }

  async decide(decision: Decision): Promise<State> {
    return await this.#doors.decide(decision)
  }

  /** Answers the state once the beginning stands in the record. */
  async begun(): Promise<State> {
    await condition(() => this.#record !== null)
    return this.#known().state
  }

  /** From machine to machine: rows changed, read them. */
  move(): void {
    this.#isMoved = true
  }

  /** Handlers are to stand before this, so that no message finds nobody home. */
  async run(): Promise<void> {
    await this.#tend()
    while (!this.#tending.isOver(this.#known().state)) await this.#tendWhenDue()
    await condition(allHandlersFinished)
  }

  async #tend(): Promise<void> {
    this.#isMoved = false
    await this.#turns.take(async () => this.#adopt(await this.#tending.tend(nowIso())))
  }

  /** Waits for a decision or a change, or until something is due by the calendar. */
  async #tendWhenDue(): Promise<void> {
    const seen = this.#revision
    const changed = () => this.#revision !== seen || this.#isMoved
    const { nextAt } = this.#known()
    const wait = nextAt === null ? undefined : Math.max(1_000, Date.parse(nextAt) - Date.now())
    const isWoken = wait === undefined ? await condition(changed).then(() => true) : await condition(changed, wait)
    if (!isWoken || this.#isMoved) await this.#tend()
  }

  #adopt(record: Tended): void {
    this.#record = record
    this.#revision += 1
  }

  #known(): Tended {
    if (this.#record === null) throw new Error('its beginning is not recorded yet')
    return this.#record
  }
}

function nowIso(): string {
  return new Date(Date.now()).toISOString()
}
