/** One cell of a CSV file that people will open in a spreadsheet (RFC 4180; OWASP ASVS 1.2.10). */

/** What a spreadsheet may run: a sign of a formula, its full-width twin too, even after blanks or control characters. */
const FORMULA = /^[\s\p{Cc}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/u

/** Text as it stands in a cell of any spreadsheet: an apostrophe in front of what would run. */
export function inertText(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text
}

/** Quoted where needed; text that would run as a formula gets an apostrophe in front. A number is written as it is. */
export function csvCell(value: string | number, separator: ',' | ';'): string {
  if (typeof value === 'number') return String(value)
  const safe = inertText(value)
  return safe.includes(separator) || /["\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
