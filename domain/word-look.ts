/** How a report looks, from what a Word document says of itself (G1). */
import { DEFAULT_LOOK, isReadable, type ReportLook, reportLookInput, TEXT_SIZES } from './report-look.ts'

/** Property of the Word document under which its look is written: uploaded again it is read from there. */
export const LOOK_PROPERTY = 'caracteriza-plantilla'

/** What a Word document says of how it looks; null where it says nothing. */
export interface WordLook {
  /** Its own look, where it is a document of ours (`LOOK_PROPERTY`). */
  property: string | null
  /** Paragraphs of its header and of its footer. */
  header: string[]
  footer: string[]
  /** Of first headings, as `#rrggbb`. */
  colour: string | null
  font: string | null
  /** Size of its text. */
  halfPoints: number | null
  /** Twentieths of a point. */
  paper: { width: number; height: number } | null
  /** Base64 of its first picture, of the letterhead before the text; `too_big` where it is no shield. */
  picture: string | null
}

/** A look from a Word document: its own where it is one of ours, else what can be taken over, and the rest as the product has it. */
export function lookFromWord(word: WordLook): ReportLook {
  const own = reportLookInput.safeParse(parsed(word.property))
  if (own.success) return own.data
  const { colour, halfPoints } = word
  return {
    ...DEFAULT_LOOK,
    header: joined(word.header, 120),
    footer: joined(word.footer, 160),
    ...(colour !== null && isReadable(colour, DEFAULT_LOOK.tint) && { colour }),
    ...(halfPoints !== null && { textSize: nearest(halfPoints / 2) }),
    typeface: /times|cambria|garamond|georgia|serif|roman/i.test(word.font ?? '') ? 'computer_modern' : 'libertinus',
    paper: paperOf(word.paper),
  }
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}

/** On one line, cut between words. */
function joined(lines: string[], letters: number): string {
  const line = lines
    .join(' · ')
    .replaceAll(/\p{Cc}/gu, '')
    .toWellFormed()
  return line.length <= letters ? line : line.slice(0, Math.max(line.lastIndexOf(' ', letters), letters / 2)).trim()
}

function nearest(points: number): number {
  const sizes = TEXT_SIZES.map(Number)
  return sizes.reduce((best, size) => (Math.abs(size - points) < Math.abs(best - points) ? size : best), 10.5)
}

/** By its height: 279 mm are a letter's, 297 an A4's, 330 and more an oficio's. */
function paperOf(paper: WordLook['paper']): ReportLook['paper'] {
  const millimetres = paper ? (Math.max(paper.width, paper.height) / 1440) * 25.4 : 297
  return millimetres < 288 ? 'carta' : millimetres > 313 ? 'oficio' : 'a4'
}
