/** What a look means on paper, in Word and on a page: millimetres and typefaces. */
import type { ReportLook } from '../domain/report-look.ts'

/** Oficio as Colombian offices buy it. */
const PAPER: Record<ReportLook['paper'], { width: number; height: number }> = {
  a4: { width: 210, height: 297 },
  carta: { width: 215.9, height: 279.4 },
  oficio: { width: 216, height: 330 },
}
const MARGIN: Record<ReportLook['margins'], { top: number; bottom: number; side: number }> = {
  normales: { top: 38, bottom: 24, side: 22 },
  anchas: { top: 42, bottom: 30, side: 30 },
  angostas: { top: 36, bottom: 22, side: 16 },
}
/** The PDF's come with the compiler; the others are asked for by name. */
const TYPEFACE: Record<ReportLook['typeface'], { typeface: string; word: string; css: string }> = {
  libertinus: {
    typeface: 'Libertinus Serif',
    word: 'Calibri',
    css: 'system-ui, "Segoe UI", Roboto, sans-serif',
  },
  computer_modern: {
    typeface: 'New Computer Modern',
    word: 'Cambria',
    css: 'Georgia, Cambria, "Times New Roman", serif',
  },
}

export function pageOf({ paper, margins, typeface }: ReportLook) {
  return { ...PAPER[paper], ...MARGIN[margins], ...TYPEFACE[typeface] }
}
