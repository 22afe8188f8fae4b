/**
 * Rich text as it is typed in a plain field, where there is no script: each line a block, few marks, and nothing lost on
 * the way there and back. Headings «# » and «## », lists «- » and «1. », quotations «> », tables «| a | b |», **bold**,
 * __italic__, [words](address), [[cifra:…]], [[figura:…]], [[salto]]; a backslash before a mark makes it a letter.
 */
import { storedRich } from './rich-text/canonical.ts'
import { parseRich } from './rich-text/document.ts'
import { parseNotation } from './rich-text/parse-notation.ts'
import { printNotation } from './rich-text/print-notation.ts'
import { isStorable } from './storable.ts'

export { parseNotation } from './rich-text/parse-notation.ts'
export { figureMark, numberMark, printNotation } from './rich-text/print-notation.ts'

/** What the field shows of a stored answer. What was typed and is not stored yet is shown as typed. */
export function notationOf(value: string): string {
  const doc = parseRich(value)
  return doc ? printNotation(doc) : value
}

/** What the field sends, whether stored or just typed: the same text for the same document. */
export function sentNotation(value: string): string {
  if (!isStorable(value)) return value
  return printNotation(parseRich(value) ?? parseNotation(value))
}

/** The answer in what a field sent; characters that no document keeps stay as typed, for the form to name them. */
export function storedFromNotation(typed: string): string {
  return isStorable(typed) ? storedRich(parseNotation(typed)) : typed
}
