import { condition } from '@temporalio/workflow'
import type { RefusalCode } from '../domain/refusals.ts'
import { asRefusal, refusal } from './refusal.ts'
import type { Turns } from './turns.ts'

/** What the last record transaction left. */
interface Kept<State> {
  state: State
  /** Ids of decisions the record holds already and this workflow was not told of. */
  unheard: readonly string[]
}

export interface Protocol<State, Decision> {
  /** Null until the beginning is recorded. */
  known: () => Kept<State> | null
  apply: (state: State, decision: Decision) => State
  objections: (state: State, decision: Decision) => readonly { code: RefusalCode }[]
  /** One record transaction, and what it left taken over. */
  record: (decision: Decision) => Promise<void>
}

/** The way of every decision through a workflow (model.md §3): a door for each that was accepted and is not recorded yet. */
export class Doors<State, Decision extends { id: string }> {
  readonly #turns: Turns
  readonly #protocol: Protocol<State, Decision>
  /** In order of arrival. */
  #closed: Decision[] = []

  constructor(turns: Turns, protocol: Protocol<State, Decision>) {
    this.#turns = turns
    this.#protocol = protocol
  }

  /**
   * Validator: synchronous and pure. Judges on the state as it will be once the closed doors are recorded. A decision
   * the record already holds is let in: asking again is how its sender learns so.
   */
  admit(decision: Decision): void {
    const kept = this.#protocol.known()
    if (kept === null || kept.unheard.includes(decision.id)) return
    this.#refuseIfObjectionable(this.#closed.reduce(this.#protocol.apply, kept.state), decision)
  }

  /** Closes the door before the first await, then records in order of arrival. */
  async decide(decision: Decision): Promise<State> {
    await condition(() => this.#protocol.known() !== null)
    if (!this.#known().unheard.includes(decision.id)) this.#closed.push(decision)
    try {
      await this.#turns.take(() => this.#record(decision))
      return this.#known().state
    } catch (failure) {
      throw asRefusal(failure)
    } finally {
      this.#closed = this.#closed.filter((door) => door !== decision)
    }
  }

  async #record(decision: Decision): Promise<void> {
    const { state, unheard } = this.#known()
    if (unheard.includes(decision.id)) return
    this.#refuseIfObjectionable(state, decision)
    await this.#protocol.record(decision)
  }

  #refuseIfObjectionable(state: State, decision: Decision): void {
    const first = this.#protocol.objections(state, decision)[0]
    if (first) throw refusal(first.code)
  }

  #known(): Kept<State> {
    const kept = this.#protocol.known()
    if (kept === null) throw new Error('its beginning is not recorded yet')
    return kept
  }
}
