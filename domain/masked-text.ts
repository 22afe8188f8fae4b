/** What people typed, for whoever is outside: numbers that may be of a document or a telephone, and addresses of mail, are taken out. */
const MASK = '▮▮▮'
const MAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu
/** Six to twelve digits, also in groups of three with points, commas or blanks between them, or as telephones are written. */
const NUMBER = /(?<![\p{L}\p{N}-])\+?\d(?:[.,\s-]?\d){5,11}(?![\p{L}\p{N}])/gu
/** A date is no such number. */
const DATE = /^\d{4}-\d{2}-\d{2}$/

export function maskedText(text: string): string {
  return text.replaceAll(MAIL, MASK).replaceAll(NUMBER, (found) => (DATE.test(found) ? found : MASK))
}
