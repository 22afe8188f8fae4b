/** Figures somebody typed into a text instead of inserting them by reference (features G2): listed before approval. */
import { lineText, type RichDoc, textBlocks } from './rich-text.ts'

export interface TypedNumber {
  number: string
  /** The words around it, for whoever reads the list. */
  context: string
}

const MONTH = 'enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre'
const NORM =
  'leyes|ley|decretos?|resoluci[oó]n(?:es)?|acuerdos?|ordenanzas?|circular(?:es)?|directivas?|sentencias?|conpes|art[ií]culos?|art\\.|numeral(?:es)?|par[aá]grafos?|literal|incisos?|norma|iso|ntc|actas?|memorandos?|radicados?|expedientes?|contratos?|versi[oó]n|paso|anexo|tabla|figura|cap[ií]tulo|objetivo espec[ií]fico|variable|n\\.[ºo]'

/** Digits that name something and count nothing: dates, years, norms, radicados, codes, addresses. */
const NAMES = new RegExp(
  [
    `\\b\\d{1,2}(?:\\.?[ºo])? de (?:${MONTH})(?: del? (?:año )?\\d{4})?`,
    `\\b(?:${MONTH})(?: del?)? \\d{4}`,
    '\\b\\d{1,4}[/-]\\d{1,2}[/-]\\d{1,4}\\b',
    '\\b\\d{1,2}:\\d{2}(?: ?[ap]\\. ?m\\.)?',
    `(?<![\\p{L}])(?:${NORM})(?: (?:n[uú]mero|n\\.[ºo]))? ?[A-Z]{0,3}-?\\d[\\d.]*(?:(?:, ?| y | a | al | o )\\d[\\d.]*)*(?: de \\d{4})?`,
    '(?:https?://|www\\.)\\S+',
    '\\S+@\\S+',
    '\\b\\d{10,}\\b',
    '[\\p{L}_]+[-–.]?\\d[\\p{L}\\d-]*|\\d+[\\p{L}_-]+[\\p{L}\\d-]*',
    '\\b(?:19|20)\\d{2}(?:[-–](?:19|20)?\\d{2})?\\b(?![.,]\\d)',
  ].join('|'),
  'giu',
)
const NUMBER = /\d+(?:[.,]\d+)*(?:\s?%)?/g
/** The number of an item of a list, typed by hand. */
const ITEM = /^\s*\d{1,2}[.)](?=\s)/

/** Every figure in digits that no reference stands for, in reading order. */
export function typedNumbers(doc: RichDoc): TypedNumber[] {
  return textBlocks(doc).flatMap((block) => typedIn(lineText(block.content, ' ')))
}

function typedIn(line: string): TypedNumber[] {
  const blanked = (match: string) => ' '.repeat(match.length)
  const rest = line.replace(ITEM, blanked).replace(NAMES, blanked)
  return [...rest.matchAll(NUMBER)].map((match) => ({ number: match[0], context: around(line, match.index) }))
}

const BEFORE = 40
const AFTER = 50

function around(line: string, at: number): string {
  const start = line.lastIndexOf(' ', Math.max(0, at - BEFORE))
  const end = line.indexOf(' ', at + AFTER)
  const from = at <= BEFORE || start < 0 ? 0 : start + 1
  const to = end < 0 ? line.length : end
  return `${from > 0 ? '… ' : ''}${line.slice(from, to).replace(/\s+/g, ' ').trim()}${to < line.length ? ' …' : ''}`
}
