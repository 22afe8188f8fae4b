/** Numbers as Colombians write them. */

/** Reads `1.234,5`, plain decimals too; null for what is no number. */
export function numberOf(typed: string): number | null {
  const value = typed.trim()
  if (/^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(value)) return Number(value.replaceAll('.', '').replace(',', '.'))
  return /^-?\d+([.,]\d+)?$/.test(value) ? Number(value.replace(',', '.')) : null
}
