/** What a column has held so far, compared as bytes: the values of a category and the codes of identifiers. */

/** Distinct values of a category beyond which the column is no category. */
export const MAX_CATEGORIES = 10_000

/** What the values of all categories of a file may weigh together: they stand in memory, and in the snapshot's own words. */
const MAX_WEIGHT = 32 << 20
const WEIGHT_OF_ONE = 32

/** How much more the categories of one file may hold. */
export class CategoryRoom {
  #left = MAX_WEIGHT

  /** Takes room for a value of so many bytes; false when there is none. */
  take(bytes: number): boolean {
    this.#left -= bytes + WEIGHT_OF_ONE
    return this.#left >= 0
  }
}

/** The distinct values of one column; code 1 is the first value met, 0 stands for an empty cell. */
export class Dictionary {
  #slots = new Int32Array(1 << 10)
  #starts: number[] = [0]
  #ends: number[] = [0]
  #arena = Buffer.alloc(1 << 12)
  #used = 0
  #last = 0

  get size(): number {
    return this.#starts.length - 1
  }

  /** Code of `bytes[start, end)`; 0 when it is new and may not be added. */
  code(bytes: Uint8Array, start: number, end: number, mayAdd: boolean): number {
    const length = end - start
    // Long runs of one value are common in exported files.
    const last = this.#last
    const lastStart = this.#starts[last] as number
    if (this.#ends[last] === lastStart + length && this.#equals(lastStart, bytes, start, end)) return last
    const mask = this.#slots.length - 1
    let slot = hashOf(bytes, start, end) & mask
    for (let code = this.#slots[slot] as number; code !== 0; code = this.#slots[slot] as number) {
      const from = this.#starts[code] as number
      if ((this.#ends[code] as number) - from === length && this.#equals(from, bytes, start, end)) {
        this.#last = code
        return code
      }
      slot = (slot + 1) & mask
    }
    return mayAdd ? this.#add(bytes, start, end, slot) : 0
  }

  #equals(from: number, bytes: Uint8Array, start: number, end: number): boolean {
    const arena = this.#arena
    for (let i = start; i < end; i++) if (arena[from++] !== bytes[i]) return false
    return true
  }

  #add(bytes: Uint8Array, start: number, end: number, slot: number): number {
    const length = end - start
    if (this.#used + length > this.#arena.length) {
      const larger = Buffer.alloc(Math.max(this.#arena.length * 2, this.#used + length))
      this.#arena.copy(larger, 0, 0, this.#used)
      this.#arena = larger
    }
    this.#arena.set(bytes.subarray(start, end), this.#used)
    this.#starts.push(this.#used)
    this.#ends.push(this.#used + length)
    this.#used += length
    const code = this.size
    this.#slots[slot] = code
    if (code * 2 > this.#slots.length) this.#rehash()
    return code
  }

  #rehash() {
    const codes = this.size
    this.#slots = new Int32Array(this.#slots.length * 4)
    const mask = this.#slots.length - 1
    for (let code = 1; code <= codes; code++) {
      let slot = hashOf(this.#arena, this.#starts[code] as number, this.#ends[code] as number) & mask
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask
      this.#slots[slot] = code
    }
  }

  /** All values by code, without the empty one, as text. */
  values(): string[] {
    const decoder = new TextDecoder()
    return this.#starts.slice(1).map((start, i) => decoder.decode(this.#arena.subarray(start, this.#ends[i + 1])))
  }
}

/** Four bytes per multiplication: the multiplications are what a hash costs. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5 ^ (end - start)
  let i = start
  for (; i + 3 < end; i += 4) {
    const word =
      (bytes[i] as number) |
      ((bytes[i + 1] as number) << 8) |
      ((bytes[i + 2] as number) << 16) |
      ((bytes[i + 3] as number) << 24)
    hash = Math.imul(hash ^ word, 0x01000193)
    hash ^= hash >>> 15
  }
  for (; i < end; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193)
  return hash ^ (hash >>> 15)
}
