/** Figures somebody typed into a text instead of inserting them by reference (features G2): listed before approval. */
import { lineText, type RichDoc, textBlocks } from './rich-text.ts'

export interface TypedNumber {
  number: string
  /** The words around it, for whoever reads the list. */
  context: string
}

const MONTH = 'enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre'
const NORM =
  'ley|decreto|resoluci[oó]n|acuerdo|ordenanza|circular|directiva|sentencia|conpes|art[ií]culo|art\\.|numeral|par[aá]grafo|literal|inciso|norma|iso|ntc|acta|memorando|radicado|expediente|contrato|versi[oó]n|paso|anexo|tabla|figura|cap[ií]tulo|objetivo espec[ií]fico|variable|n\\.[ºo]'
/** «Contratos 45» counts them; «leyes 527 y 1266» names two. */
const NORMS =
  'leyes|decretos|resoluciones|acuerdos|ordenanzas|circulares|directivas|sentencias|art[ií]culos|numerales|par[aá]grafos|incisos|actas|memorandos|radicados|expedientes|contratos|anexos|tablas|figuras|cap[ií]tulos'
const ORDINAL = '(?:\\s(?:n[uú]mero|n\\.[ºo]))?\\s?[A-Z]{0,3}-?\\d[\\d.]*'

const YEAR = '\\b(?:19|20)\\d{2}\\b(?![.,]\\d|\\s?%)'
/** Words after which four digits are a year; «un total de 1984» counts. */
const BEFORE_YEAR = `(?<=(?<!\\p{L})(?:en|(?<!(?:total|cerca|más|menos|alrededor|número|cantidad|promedio)\\s)de|del|el|a[nñ]os?|vigencias?|censo|durante|desde|hasta|entre|${MONTH})\\s)`

/** Digits that name something and count nothing: dates, years, norms, radicados, codes, addresses. */
const NAMES = new RegExp(
  [
    `\\b\\d{1,2}(?:\\.?[ºo])? de (?:${MONTH})(?: del? (?:año )?\\d{4})?`,
    '\\b\\d{1,4}[/-]\\d{1,2}[/-]\\d{1,4}\\b',
    '\\b\\d{1,2}:\\d{2}(?: ?[ap]\\. ?m\\.)?',
    `(?<!\\p{L})(?:${NORM})${ORDINAL}(?: de \\d{4}\\b)?`,
    `(?<!\\p{L})(?:${NORMS})${ORDINAL}(?:(?:, ?| y | a | al | o )\\d[\\d.]*)+(?: de \\d{4}\\b)?`,
    '(?:https?://|www\\.)\\S+',
    '\\S+@\\S+',
    '\\b\\d{10,}\\b',
    // Codes such as MM-GAC-P-008, g3 or 4G; «250mil» and «45personas» count.
    '[\\p{L}_]+[-–.]?\\d[\\p{L}\\d-]*',
    '\\d+(?!(?:mil|k|km|ha|\\p{L}{4,})(?![\\p{L}\\d_-]))-?[\\p{L}_][\\p{L}\\d_-]*',
    `${YEAR}[-–](?:19|20)?\\d{2}\\b(?![.,]\\d)`,
    `${BEFORE_YEAR}${YEAR}(?:(?:, ${YEAR})* [yeoa] ${YEAR}| (?:al|hasta) ${YEAR})?`,
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
