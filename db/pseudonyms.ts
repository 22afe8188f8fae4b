/** Keyed pseudonyms of direct identifiers: AES-256-CMAC (NIST SP 800-38B, RFC 4493), computed for thousands at once. */
import { createCipheriv, createHmac } from 'node:crypto'

const BLOCK = 16

/**
 * The key of the entity never meets the data: pseudonyms use one derived from it by HMAC-SHA256. The same value
 * under the same entity key has the same pseudonym in every source; without the key nobody can try values.
 */
export function pseudonymKey(secretKey: Uint8Array): Buffer {
  if (secretKey.length < 32) throw new RangeError('The entity key needs at least 32 bytes')
  return createHmac('sha256', secretKey).update('caracteriza:pseudonym:aes-256-cmac:1').digest()
}

/** Collects messages and computes all their codes with one cipher call per block position. */
export class PseudonymBatch {
  readonly #encrypt: (blocks: Uint8Array) => Buffer
  readonly #whole: Uint8Array
  readonly #padded: Uint8Array
  #blocks = Buffer.from(new ArrayBuffer(1 << 16))
  #used = 0
  #first = new Int32Array(1 << 12)
  #count = new Int32Array(1 << 12)
  #messages = 0

  constructor(key: Uint8Array) {
    // ECB only as the bare block function that CMAC is defined on; each instance is used for this alone.
    const cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false)
    this.#encrypt = (blocks) => cipher.update(blocks)
    this.#whole = doubled(this.#encrypt(new Uint8Array(BLOCK)))
    this.#padded = doubled(this.#whole)
  }

  get size(): number {
    return this.#messages
  }

  /** Forgets every message from number `size` on. */
  truncate(size: number) {
    if (size >= this.#messages) return
    this.#used = (this.#first[size] as number) * BLOCK
    this.#messages = size
  }

  /** Adds `bytes[start, end)` and returns its number in this batch. */
  add(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start
    const count = length === 0 ? 1 : (length + BLOCK - 1) >> 4
    this.#grow(count * BLOCK)
    const blocks = this.#blocks
    const at = this.#used
    const stop = at + count * BLOCK
    let to = at
    for (let from = start; from < end; from++) blocks[to++] = bytes[from] as number
    const isWhole = to === stop
    if (!isWhole) {
      blocks[to++] = 0x80
      while (to < stop) blocks[to++] = 0
    }
    const subkey = isWhole ? this.#whole : this.#padded
    for (let i = 0; i < BLOCK; i++)
      blocks[stop - BLOCK + i] = (blocks[stop - BLOCK + i] as number) ^ (subkey[i] as number)
    const number = this.#messages++
    this.#first[number] = at >> 4
    this.#count[number] = count
    this.#used = stop
    return number
  }

  #grow(bytes: number) {
    if (this.#used + bytes > this.#blocks.length) {
      const blocks = Buffer.from(new ArrayBuffer(Math.max(this.#blocks.length * 2, (this.#used + bytes + 15) & ~15)))
      this.#blocks.copy(blocks, 0, 0, this.#used)
      this.#blocks = blocks
    }
    if (this.#messages < this.#first.length) return
    this.#first = larger(this.#first)
    this.#count = larger(this.#count)
  }

  /** Codes of all messages, 16 bytes each, in the order they were added; the batch is empty afterwards. */
  finish(): Uint32Array {
    const total = this.#messages
    const states = new Uint32Array(total * 4)
    const words = new Uint32Array(this.#blocks.buffer, this.#blocks.byteOffset, this.#blocks.length >> 2)
    const [first, count] = [this.#first, this.#count]
    const active = new Int32Array(total)
    for (let i = 0; i < total; i++) active[i] = i
    const input = new Uint32Array(total * 4)
    let still = total
    for (let position = 0; still > 0; position++) {
      for (let i = 0, to = 0; i < still; i++) {
        let state = (active[i] as number) * 4
        let block = ((first[active[i] as number] as number) + position) * 4
        for (let w = 0; w < 4; w++) input[to++] = (words[block++] as number) ^ (states[state++] as number)
      }
      const out = this.#encrypt(new Uint8Array(input.buffer, 0, still * BLOCK))
      const result = asWords(out)
      let next = 0
      for (let i = 0, from = 0; i < still; i++) {
        const message = active[i] as number
        let state = message * 4
        for (let w = 0; w < 4; w++) states[state++] = result[from++] as number
        if ((count[message] as number) > position + 1) active[next++] = message
      }
      still = next
    }
    this.#messages = 0
    this.#used = 0
    return states
  }
}

/** Doubling in GF(2^128), from which CMAC takes its two subkeys. */
function doubled(block: Uint8Array): Uint8Array {
  const out = new Uint8Array(BLOCK)
  for (let i = 0; i < BLOCK; i++) out[i] = (((block[i] as number) << 1) | ((block[i + 1] ?? 0) >> 7)) & 0xff
  if ((block[0] as number) & 0x80) out[BLOCK - 1] = (out[BLOCK - 1] as number) ^ 0x87
  return out
}

function larger(values: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(values.length * 2)
  copy.set(values)
  return copy
}

/** The cipher's output as words; copied only where the runtime gave it an odd address. */
function asWords(bytes: Buffer): Uint32Array {
  const aligned =
    (bytes.byteOffset & 3) === 0
      ? bytes
      : Buffer.from(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
  return new Uint32Array(aligned.buffer, aligned.byteOffset, bytes.length >> 2)
}
