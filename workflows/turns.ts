import { condition } from '@temporalio/workflow'

/** One record transaction at a time, in order of arrival: an older answer can never overwrite a newer one. */
export class Turns {
  #waiting: (() => Promise<void>)[] = []

  async take(work: () => Promise<void>): Promise<void> {
    this.#waiting.push(work)
    try {
      await condition(() => this.#waiting[0] === work)
      await work()
    } finally {
      this.#waiting = this.#waiting.filter((turn) => turn !== work)
    }
  }
}
