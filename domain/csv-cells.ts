/** One cell of a CSV file that people will open in a spreadsheet (RFC 4180; OWASP ASVS 1.2.10). */

/** What a spreadsheet may run: a sign of a formula, its full-width twin too, even after blanks or control characters. */
const FORMULA = /^[\s\p{Cc}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/u

/** Text as it stands in a cell of any spreadsheet: an apostrophe in front of what would run. */
export function inertText(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text
}

/** What the XML of a workbook cannot hold, and what reads as its own mark for that (ECMA-376 part 1, 22.9.2.19). */
const UNWRITABLE = /[\p{Cc}\ufdd0-\ufdef\ufffd-\uffff]|_(?=x[\da-f]{4}_)/giu

/** `inertText` as a workbook writes it: a control character as `_x0001_`, which every spreadsheet reads back. */
export function workbookText(text: string): string {
  const mark = (one: string) => `_x${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`
  return inertText(text).replace(UNWRITABLE, (one) => (one === '\t' || one === '\n' ? one : mark(one)))
}

/** A whole file (RFC 4180) in UTF-8 with a byte order mark, without which spreadsheets read accents wrong. */
export function csvText(rows: readonly (readonly (string | number | null)[])[], separator: ',' | ';'): string {
  const lines = rows.map((row) => row.map((cell) => csvCell(cell ?? '', separator)).join(separator))
  return `\uFEFF${lines.join('\r\n')}\r\n`
}

/** Quoted where needed; text that would run as a formula gets an apostrophe in front. A number is written as it is. */
export function csvCell(value: string | number, separator: ',' | ';'): string {
  if (typeof value === 'number') return String(value)
  const safe = inertText(value)
  return safe.includes(separator) || /["\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
