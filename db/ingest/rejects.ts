/** The reject file: one line per record and column that was refused, in the order of the file. */
import { createWriteStream, type WriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { MASKED_VALUE, REJECT_FILE_HEADER, REJECT_NOTICE_COLUMN, REJECT_SENTENCES } from '../../catalog/source-texts.ts'
import { csvCell } from '../../domain/csv-cells.ts'
import type { RejectReason } from '../../domain/sources.ts'
import { drained } from '../drained.ts'

export interface Reject {
  /** 1-based physical line of the source file. */
  line: number
  column: string
  value: string
  /** A direct identifier: its value is not written. */
  isMasked: boolean
  reason: RejectReason
}

const MAX_VALUE = 200

export class RejectFile {
  readonly #out: WriteStream
  readonly #finished: Promise<void>
  #waiting: Reject[] = []
  readonly #notice: string | undefined
  byReason: Partial<Record<RejectReason, number>> = {}

  /** With a notice, for example that the data are for demonstration, every line carries it. */
  constructor(path: string, notice?: string) {
    this.#notice = notice
    this.#out = createWriteStream(path, { flush: true })
    this.#finished = finished(this.#out)
    // Awaited in close(); a failure before that must not end the process.
    this.#finished.catch(() => undefined)
    this.#out.write(`\uFEFF${this.#line(REJECT_FILE_HEADER, REJECT_NOTICE_COLUMN)}`)
  }

  add(reject: Reject) {
    this.#waiting.push(reject)
    this.byReason[reject.reason] = (this.byReason[reject.reason] ?? 0) + 1
  }

  /** Writes what a batch left behind; duplicates are found last, so the lines are put in order first. */
  async flush() {
    if (this.#waiting.length === 0) return
    const lines = this.#waiting
      .sort((a, b) => a.line - b.line)
      .map((reject) => this.#line(cellsOf(reject), this.#notice))
    this.#waiting = []
    if (!this.#out.write(lines.join(''))) await drained(this.#out)
  }

  #line(cells: readonly string[], noticeCell = ''): string {
    const all = this.#notice ? [...cells, noticeCell] : cells
    return `${all.map((cell) => csvCell(cell, ';')).join(';')}\n`
  }

  async close() {
    await this.flush()
    this.#out.end()
    await this.#finished
  }

  discard() {
    this.#out.destroy()
  }
}

function cellsOf(reject: Reject): string[] {
  const value = reject.isMasked && reject.value !== '' ? MASKED_VALUE : shortened(reject.value)
  return [String(reject.line), reject.column, value, REJECT_SENTENCES[reject.reason], reject.reason]
}

const shortened = (value: string) => (value.length > MAX_VALUE ? `${value.slice(0, MAX_VALUE)}…` : value)
