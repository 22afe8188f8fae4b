/** Codes met so far in a column that may not repeat: 8 bytes for each, so that ten million take little more than 100 MB. */

const SEGMENTS = 256
const WORDS = 2
const FIRST_SLOTS = 64
const FULLEST = 0.75
const GROWTH = 1.4
/** A guess beyond this is not believed before it comes true. */
const MOST_EXPECTED = 20_000_000

/**
 * Of the 128 bits of a code 64 are kept and 8 more choose the segment: among ten million codes two different ones agree
 * in all of them with a chance of 10⁻⁸. A table that begins as large as it will be needs no second one to grow into.
 */
export class SeenCodes {
  readonly #segments: Segment[]

  /** `expected` is a guess of how many codes there will be. */
  constructor(expected = 0) {
    const slots = Math.ceil((Math.min(expected, MOST_EXPECTED) / SEGMENTS / FULLEST) * 1.03)
    this.#segments = Array.from({ length: SEGMENTS }, () => new Segment(Math.max(FIRST_SLOTS, slots)))
  }

  /** False when the code of four words at `at` was there already. */
  add(words: Uint32Array, at: number): boolean {
    const segment = this.#segments[(words[at] as number) & (SEGMENTS - 1)] as Segment
    return segment.add(words[at + 1] as number, words[at + 2] as number)
  }
}

class Segment {
  #table: Uint32Array<ArrayBuffer>
  #slots: number
  #filled = 0

  constructor(slots: number) {
    this.#slots = slots
    this.#table = new Uint32Array(slots * WORDS)
  }

  add(a: number, b: number): boolean {
    if (this.#filled >= this.#slots * FULLEST) this.#grow()
    // Two zero words mark an empty slot; the one code of 2⁶⁴ that has them stands under another.
    const added = this.#place(a | b ? a : 1, b)
    if (added) this.#filled++
    return added
  }

  #place(a: number, b: number): boolean {
    const table = this.#table
    const end = this.#slots * WORDS
    // The high part of the product spreads the first word over any number of slots.
    let at = Math.floor((a / 0x1_0000_0000) * this.#slots) * WORDS
    for (;;) {
      if (table[at] === a && table[at + 1] === b) return false
      if (!table[at] && !table[at + 1]) break
      at += WORDS
      if (at === end) at = 0
    }
    table[at] = a
    table[at + 1] = b
    return true
  }

  #grow() {
    const old = this.#table
    this.#slots = Math.ceil(this.#slots * GROWTH)
    this.#table = new Uint32Array(this.#slots * WORDS)
    for (let i = 0; i < old.length; i += WORDS)
      if (old[i] || old[i + 1]) this.#place(old[i] as number, old[i + 1] as number)
    // Gives the memory back now: the collector does not see how much lies outside its heap.
    old.buffer.transfer(0)
  }
}
