/** Texts of the batch being read, one after another in one piece of memory: a cell of its own for each would be garbage. */
export class TextArena {
  bytes = Buffer.alloc(1 << 20)
  #used = 0

  /** Copies `bytes[start, end)` and says where it begins. */
  keep(bytes: Buffer, start: number, end: number): number {
    const at = this.#used
    const needed = at + end - start
    if (needed > this.bytes.length) {
      const larger = Buffer.alloc(Math.max(this.bytes.length * 2, needed))
      this.bytes.copy(larger, 0, 0, at)
      this.bytes = larger
    }
    bytes.copy(this.bytes, at, start, end)
    this.#used = needed
    return at
  }

  /** When the batch has been handed over. */
  clear() {
    this.#used = 0
  }
}
