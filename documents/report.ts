/** The signed report as an accessible PDF (PDF/UA-1), with the blocks of document control of domain.md §5.1. */
import { reportWords, figureWords as words } from '../app/text/documents.ts'
import { formatDayOf } from '../app/text/format.ts'
import { isBlank } from '../domain/rich-text.ts'
import { spacedCode } from '../domain/verification-codes.ts'
import { wordsApart } from './chart-words.ts'
import { renderChart } from './charts.ts'
import { sourceLine, tableTwin } from './figures.ts'
import { hasLongWord } from './long-words.ts'
import { type PrintedBlock, printedBlocks } from './report-blocks.ts'
import {
  changeCells,
  factsOf,
  figuresAfter,
  type ReportData,
  type ReportFigure,
  type ReportSection,
  recommendationCells,
  signatureRow,
  unfinishedTable,
} from './report-content.ts'
import { pageOf } from './report-page.ts'
import { REPORT_TEMPLATE } from './report-template.ts'
import { sizeOf } from './svg.ts'
import { compilePdf, compileSvg, type TypstSource } from './typst.ts'

/** Without an ending, so that what it is is read from it. */
const SHIELD = 'escudo'

export function renderReport(report: ReportData): Buffer {
  return compilePdf(sourceOf(report))
}

/** The same pages as pictures, one below the other: for a page of ours to show. */
export function renderReportSvg(report: ReportData): string {
  return compileSvg(sourceOf(report))
}

function sourceOf(report: ReportData): TypstSource {
  const pictures: Record<string, string | Buffer> = report.shield ? { [SHIELD]: report.shield } : {}
  let number = 0
  const picture = (svg: string) => {
    number += 1
    const name = `figure-${number}.svg`
    pictures[name] = svg
    return { name, number }
  }
  const createdAt = report.issuedAt || DRAFT_INSTANT
  const data = printed(report, picture)
  return { template: REPORT_TEMPLATE, data: { ...data, longWords: hasLongWord(data) }, pictures, createdAt }
}

/** Keeps a drawing for the document and gives it its name there and the number of its figure. */
type Picture = (svg: string) => { name: string; number: number }

/** The same draft is the same bytes, whenever it is looked at. */
const DRAFT_INSTANT = '2000-01-01T00:00:00.000Z'

function printed(report: ReportData, picture: Picture) {
  const { entity, process, title, code, version, demoNote, look } = report
  const numberAt = (place: number) => (look.numbered ? `${place + 1}.` : null)
  const written = report.sections.map((section, i) =>
    section === 'recommendations' ? recommendationTable(report) : textSection(section, numberAt(i), picture),
  )
  const before = [...written, ...glossaryTable(report)]
  const sections = [...before, changeTable(report, numberAt(before.length))]
  return {
    words: reportWords,
    ...{ entity, process, title, code, demoNote, look, page: pageOf(look) },
    version: version === 0 ? reportWords.draft : String(version),
    date: report.issuedAt ? formatDayOf(report.issuedAt) : '',
    shield: report.shield && SHIELD,
    facts: factsOf(report),
    unfinished: report.unfinished.length === 0 ? null : unfinishedTable(report),
    sections: sections.map((section, i) => ({ ...section, number: numberAt(i) })),
    signed: { signatures: numberAt(sections.length), verification: numberAt(sections.length + 1) },
    signatures: report.signers.map(signatureRow),
    verification:
      report.verificationCode === ''
        ? null
        : {
            code: spacedCode(report.verificationCode),
            url: report.verificationUrl,
            contentHash: report.contentHash,
          },
  }
}

const NO_ROWS = { header: [], rows: null, widths: [] }

function textSection(section: ReportSection, number: string | null, picture: Picture) {
  const blocks = printedBlocks(section.doc, number).flatMap((block) => drawnBlock(block, section, picture))
  const after = figuresAfter(section).map((figure) => ({
    kind: 'figure' as const,
    figure: printedFigure(figure, picture),
  }))
  return { title: section.title, blocks: orNothing([...blocks, ...after]), ...NO_ROWS }
}

type Drawn = Exclude<PrintedBlock, { kind: 'figure' }> | { kind: 'figure'; figure: ReturnType<typeof printedFigure> }

/** A figure that step 4 no longer asks for is left out, as its number would be. */
function drawnBlock(block: PrintedBlock, { figures }: ReportSection, picture: Picture): Drawn[] {
  if (block.kind !== 'figure') return [block]
  const figure = figures.get(block.id)
  return figure ? [{ kind: 'figure', figure: printedFigure(figure, picture) }] : []
}

function orNothing(blocks: Drawn[]): Drawn[] {
  if (blocks.length > 0) return blocks
  return [{ kind: 'paragraph', runs: [{ text: reportWords.none, bold: false, italic: false, href: null }] }]
}

function printedFigure({ figure, title, kind }: ReportFigure, picture: Picture) {
  if (!figure) return { ...NOT_DRAWN, problem: reportWords.notComputed(title) }
  if (figure.rows.length === 0) return { ...NOT_DRAWN, problem: words.noData }
  const { svg: drawing, alt } = renderChart(figure, kind, 'print')
  const { svg, words: letters } = wordsApart(drawing)
  const [{ name, number }, { caption, ...twin }] = [picture(svg), tableTwin(figure)]
  const table = { ...twin, caption: numbered(reportWords.table, number, caption) }
  const source = sourceLine(figure)
  const printed = { svg: name, alt, words: letters, ...sizeOf(svg), tall: isTall(svg), table, problem: null, source }
  return { caption: numbered(reportWords.figure, number, title), ...printed }
}

const NOT_DRAWN = { caption: null, svg: null, alt: null, table: null, source: null }

/** The number stays on the line of its word. */
const numbered = (word: string, number: number, title: string) => `${word}\u00a0${number}: ${title}`

/** Higher than a page when it is as wide as one: then the height is what has to fit. */
function isTall(svg: string): boolean {
  const { width, height } = sizeOf(svg)
  return height / width > 1.2
}

function recommendationTable({ recommendations }: ReportData) {
  const rows = recommendations.map((one, i) => [String(i + 1), ...recommendationCells(one)])
  return {
    title: reportWords.recommendations,
    blocks: [],
    header: reportWords.recommendationColumns,
    rows,
    widths: [0.5, 3.2, 2, 2.1, 1.4, 1],
  }
}

function glossaryTable({ glossary }: ReportData) {
  if (glossary.length === 0) return []
  const rows = glossary.map(({ term, definition }) => [term, definition])
  return [{ title: reportWords.glossary, blocks: [], header: reportWords.glossaryColumns, rows, widths: [1.4, 4] }]
}

function changeTable({ changes, changeText }: ReportData, number: string | null) {
  return {
    title: reportWords.changes,
    blocks: isBlank(changeText) ? [] : printedBlocks(changeText, number).filter((block) => block.kind !== 'figure'),
    header: reportWords.changeColumns,
    rows: changes.length > 0 ? changes.map(changeCells) : null,
    widths: [0.7, 1.6, 4],
  }
}
