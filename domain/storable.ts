/** U+0000 and lone surrogates are kept by no database and no file: they are refused, never repaired (model.md §2). */
export function isStorable(text: string): boolean {
  return !text.includes('\u0000') && text.isWellFormed()
}
