/** Codes met so far in a column that may not repeat: 12 bytes for each, so that ten million take about 200 MB. */

const SEGMENTS = 256
const WORDS = 3
/** Slots of a segment at first; they grow one segment at a time, so that no second table is ever held. */
const FIRST_SLOTS = 64
const FULLEST = 0.75
const GROWTH = 1.4

/**
 * Of the 128 bits of a code 96 are kept and 8 more choose the segment: among ten million codes two different ones
 * agree in all of them with a chance of 10⁻¹⁷.
 */
export class SeenCodes {
  readonly #segments: Segment[] = Array.from({ length: SEGMENTS }, () => new Segment())

  /** False when the code of four words at `at` was there already. */
  add(words: Uint32Array, at: number): boolean {
    const first = words[at] as number
    const segment = this.#segments[first & (SEGMENTS - 1)] as Segment
    return segment.add(words[at + 1] as number, words[at + 2] as number, words[at + 3] as number)
  }
}

class Segment {
  #table = new Uint32Array(FIRST_SLOTS * WORDS)
  #slots = FIRST_SLOTS
  #filled = 0

  add(a: number, b: number, c: number): boolean {
    if (this.#filled >= this.#slots * FULLEST) this.#grow()
    // Three zero words mark an empty slot; the one code of 2⁹⁶ that has them stands under another.
    const added = this.#place(a | b | c ? a : 1, b, c)
    if (added) this.#filled++
    return added
  }

  #place(a: number, b: number, c: number): boolean {
    const table = this.#table
    const end = this.#slots * WORDS
    // The high half of the product spreads the first word over any number of slots.
    let at = Math.floor((a / 0x1_0000_0000) * this.#slots) * WORDS
    for (;;) {
      if (table[at] === a && table[at + 1] === b && table[at + 2] === c) return false
      if (!table[at] && !table[at + 1] && !table[at + 2]) break
      at += WORDS
      if (at === end) at = 0
    }
    table[at] = a
    table[at + 1] = b
    table[at + 2] = c
    return true
  }

  #grow() {
    const old = this.#table
    this.#slots = Math.ceil(this.#slots * GROWTH)
    this.#table = new Uint32Array(this.#slots * WORDS)
    for (let i = 0; i < old.length; i += WORDS)
      if (old[i] || old[i + 1] || old[i + 2]) this.#place(old[i] as number, old[i + 1] as number, old[i + 2] as number)
    // Gives the memory back now: the collector does not see how much lies outside its heap.
    old.buffer.transfer(0)
  }
}
