/** Words too long for a line, which the PDF breaks anywhere: looked for here, as a rule for them costs every text its time. */
import type { Run } from './report-blocks.ts'
import { printable, spelledOut } from './typst.ts'

/** Whether anything printed holds such a word; what the layout breaks is the same expression there. */
export function hasLongWord(printed: unknown): boolean {
  if (typeof printed === 'string') return isLong(printed)
  if (typeof printed !== 'object' || printed === null) return false
  // A word goes on from one run to the next, where part of it is bold.
  if (Array.isArray(printed) && printed.every(isRun)) return isLong(printed.map((run) => run.text).join(''))
  return Object.values(printed).some(hasLongWord)
}

const isRun = (value: unknown): value is Run => typeof value === 'object' && value !== null && 'href' in value

/** Hashes and addresses stay whole, to be copied. */
const COPIED = /^([0-9a-fA-F]+|https?:.*)$/

/** A foreign letter may yet be spelled out, which makes it many. */
function isLong(text: string): boolean {
  const words = spelledOut(printable(text)).match(/\S{40,}/gu) ?? []
  return words.some((word) => !COPIED.test(word))
}
