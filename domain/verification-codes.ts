/** Codes that stand on receipts and signed documents, and that anyone types at `/verificar` (model.md §4). */

/** 32 letters and digits, without those people take for one another: 0 and O, 1 and I. */
const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const LENGTH = 12

/** A code of 12 from as many bytes, random ones or of a hash: 60 bits, which nobody guesses. */
export function codeFrom(bytes: Uint8Array): string {
  return Array.from(bytes.subarray(0, LENGTH), (byte) => LETTERS[byte % LETTERS.length]).join('')
}

/** As people type it, with or without hyphens, in any case; null when it can be no code of ours. */
export function parseCode(typed: string): string | null {
  const code = typed.replaceAll(/[\s-]/g, '').toUpperCase()
  return code.length === LENGTH && [...code].every((letter) => LETTERS.includes(letter)) ? code : null
}

/** «ABCD-EFGH-JKLM», as people read a code aloud. */
export function spacedCode(code: string): string {
  return code.match(/.{1,4}/g)?.join('-') ?? code
}
