/** Texts that the cells of a workbook share: on disk, with the pages used last in memory. */
import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { FileRefused } from '../file-refused.ts'
import { readXml } from './xml.ts'

const PAGE = 1 << 16
/** 32 MB of pages: a workbook writes its texts in the order in which it first needs them. */
const MAX_PAGES = 512
/** Texts of a cell are at most 32,767 letters; a workbook of 1,048,576 rows seldom has ten different ones in each. */
const MAX_STRINGS = 12_000_000

export class SharedStrings {
  readonly #file: number
  #offsets = new Uint32Array(1 << 12)
  #count = 0
  #written = 0
  #waiting: Buffer = Buffer.alloc(PAGE * 4)
  #used = 0
  readonly #pages = new Map<number, Buffer>()

  /** `path` is made anew and belongs to this table. */
  constructor(path: string) {
    this.#file = openSync(path, 'wx+', 0o600)
  }

  get size(): number {
    return this.#count
  }

  add(text: string) {
    if (this.#count === MAX_STRINGS) throw new FileRefused('damaged_workbook')
    const bytes = Buffer.byteLength(text)
    if (this.#used + bytes > this.#waiting.length) this.#flush()
    if (bytes > this.#waiting.length) this.#waiting = Buffer.alloc(bytes)
    this.#used += this.#waiting.write(text, this.#used)
    if (++this.#count >= this.#offsets.length) this.#grow()
    const end = this.#written + this.#used
    if (end > 0xffff_ffff) throw new FileRefused('zip_bomb')
    this.#offsets[this.#count] = end
  }

  #grow() {
    const larger = new Uint32Array(this.#offsets.length * 2)
    larger.set(this.#offsets)
    this.#offsets = larger
  }

  #flush() {
    for (let at = 0; at < this.#used; ) at += writeSync(this.#file, this.#waiting, at, this.#used - at)
    this.#written += this.#used
    this.#used = 0
  }

  /** To be called once all texts are in. */
  seal() {
    this.#flush()
  }

  /** Bytes of text `index`; undefined where there is none. */
  lengthOf(index: number): number | undefined {
    if (!Number.isInteger(index) || index < 0 || index >= this.#count) return undefined
    return (this.#offsets[index + 1] as number) - (this.#offsets[index] as number)
  }

  /** Copies text `index` into `target` at `at`, as UTF-8. */
  copy(index: number, target: Buffer, at: number) {
    let from = this.#offsets[index] as number
    const end = this.#offsets[index + 1] as number
    let to = at
    while (from < end) {
      const page = this.#page(Math.floor(from / PAGE))
      const start = from % PAGE
      const copied = page.copy(target, to, start, Math.min(PAGE, start + end - from))
      if (copied === 0) throw new Error('the table of texts was cut')
      to += copied
      from += copied
    }
  }

  #page(number: number): Buffer {
    const known = this.#pages.get(number)
    if (known) {
      // Used last is dropped last.
      if (this.#pages.size === MAX_PAGES) {
        this.#pages.delete(number)
        this.#pages.set(number, known)
      }
      return known
    }
    const oldest = this.#pages.size === MAX_PAGES ? (this.#pages.keys().next().value as number) : undefined
    const page = (oldest !== undefined && this.#pages.get(oldest)) || Buffer.alloc(PAGE)
    if (oldest !== undefined) this.#pages.delete(oldest)
    const bytes = readSync(this.#file, page, 0, PAGE, number * PAGE)
    if (bytes < PAGE) page.fill(0, bytes)
    this.#pages.set(number, page)
    return page
  }

  close() {
    closeSync(this.#file)
  }
}

export interface TextOptions {
  /** Number of the last text that will be asked for. */
  last?: number
  afterChunk?: () => Promise<void> | void
}

/** Reads `sharedStrings.xml`; hints for reading aloud (`rPh`) are left out. */
export async function readStrings(
  part: Readable,
  strings: SharedStrings,
  { last = Number.POSITIVE_INFINITY, afterChunk }: TextOptions = {},
): Promise<void> {
  let text = ''
  let isText = false
  let isHint = false
  await readXml(part, {
    open(name) {
      if (name === 'si') text = ''
      else if (name === 'rPh') isHint = true
      else if (name === 't') isText = !isHint
    },
    text(piece) {
      if (isText) text = joined(text, piece)
    },
    close(name) {
      if (name === 't') isText = false
      else if (name === 'rPh') isHint = false
      else if (name === 'si') strings.add(unescaped(text))
    },
    isDone: () => strings.size > last,
    afterChunk,
  })
  strings.seal()
}

/** A cell holds 32,767 letters; a part that says otherwise is no workbook's. */
const MAX_TEXT = 1 << 17

export function joined(text: string, piece: string): string {
  if (text.length + piece.length > MAX_TEXT) throw new FileRefused('damaged_workbook')
  return text + piece
}

/** Characters that XML cannot hold stand as `_x000D_`; a NUL is kept by no database and becomes a blank (ECMA-376 §22.9.2.19). */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code) => {
    const unit = Number.parseInt(code, 16)
    return unit === 0 || (unit >= 0xd800 && unit <= 0xdfff) ? ' ' : String.fromCharCode(unit)
  })
}
