/** Text as it is compared where capitals and accents do not decide. */

export function folded(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}

/** The same without the signs and spaces between words. */
export function foldedWords(text: string): string[] {
  return folded(text).match(/[\p{L}\p{N}]+/gu) ?? []
}

/** Its words alone, one space between them. */
export function plainWords(text: string): string {
  return foldedWords(text).join(' ')
}
