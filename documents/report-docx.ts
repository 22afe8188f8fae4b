/** The report as a Word document that can be edited: the same blocks, tables and pictures as the signed PDF. */
import {
  Document,
  Footer,
  Header,
  HeadingLevel,
  Packer,
  PageNumber,
  Paragraph,
  type Table,
  TableOfContents,
  TextRun,
} from 'docx'
import { figureWords, reportWords } from '../app/text/documents.ts'
import { spacedCode } from '../domain/verification-codes.ts'
import { renderChart } from './charts.ts'
import {
  blockOf,
  clean,
  drawing,
  grid,
  type ListCount,
  numbering,
  picture,
  plain,
  small,
  titled,
} from './docx-parts.ts'
import { sourceLine, tableTwin } from './figures.ts'
import { printedBlocks } from './report-blocks.ts'
import {
  changeCells,
  factsOf,
  figuresAfter,
  type ReportData,
  type ReportFigure,
  recommendationCells,
  signatureRow,
  unfinishedTable,
} from './report-content.ts'

type Child = Paragraph | Table | TableOfContents

export async function renderReportDocx(report: ReportData): Promise<Buffer> {
  const lists: ListCount = { instance: 0 }
  const document = new Document({
    title: clean(report.title),
    creator: clean(report.entity),
    description: clean(report.process),
    styles: stylesOf(report),
    numbering: numbering(),
    features: { updateFields: true },
    sections: [
      {
        properties: { page: { margin: { top: 1700, bottom: 1300, left: 1250, right: 1250 } } },
        headers: { default: headOf(report) },
        footers: { default: footOf(report) },
        children: [...opening(report), ...partsOf(report, lists), ...closing(report)],
      },
    ],
  })
  return await Packer.toBuffer(document)
}

function stylesOf({ look }: ReportData) {
  const heading = (size: number, before: number) => ({
    run: { size, bold: true, color: look.colour.slice(1), font: 'Calibri' },
    paragraph: { spacing: { before, after: 120 }, keepNext: true },
  })
  return {
    default: {
      document: {
        run: { font: 'Calibri', size: 22, language: { value: 'es-CO' } },
        paragraph: { spacing: { after: 140, line: 276 } },
      },
      title: heading(40, 0),
      heading1: heading(28, 360),
      heading2: heading(25, 280),
      heading3: heading(23, 220),
    },
  }
}

function headOf({ look, entity, title }: ReportData): Header {
  const lines = [look.header, entity, title].filter(Boolean)
  return new Header({ children: lines.map((line) => small(line)) })
}

function footOf({ look, verificationCode, verificationUrl, demoNote }: ReportData): Footer {
  const proof = verificationCode
    ? `${reportWords.verificationCode}: ${spacedCode(verificationCode)} · ${verificationUrl}`
    : reportWords.draftNote
  const page = new Paragraph({
    children: [
      new TextRun({ size: 16, text: `${reportWords.page} ` }),
      new TextRun({ size: 16, children: [PageNumber.CURRENT, ` ${reportWords.of} `, PageNumber.TOTAL_PAGES] }),
    ],
  })
  return new Footer({ children: [...[look.footer, proof, demoNote ?? ''].filter(Boolean).map(small), page] })
}

function opening(report: ReportData): Child[] {
  const facts = factsOf(report).map(([name, value]) => [name, value])
  return [
    ...(report.shield
      ? [picture({ type: 'png', data: report.shield, transformation: { width: 70, height: 70 } }, report.entity)]
      : []),
    new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(clean(report.title))] }),
    plain(`${report.entity} · ${report.process}`),
    ...(report.demoNote
      ? [new Paragraph({ children: [new TextRun({ text: clean(report.demoNote), bold: true })] })]
      : []),
    grid([reportWords.fact, reportWords.value], facts),
    plain(''),
    ...unfinishedOf(report),
    new TableOfContents(reportWords.contents, { hyperlink: true, headingStyleRange: '1-1' }),
  ]
}

function unfinishedOf(report: ReportData): Child[] {
  if (report.unfinished.length === 0) return []
  const { title, header, rows } = unfinishedTable(report)
  return [new Paragraph({ children: [new TextRun({ text: title, bold: true })] }), grid(header, rows), plain('')]
}

function partsOf(report: ReportData, lists: ListCount): Child[] {
  const count = { figure: 0 }
  return report.sections.flatMap((section): Child[] => {
    if (section === 'recommendations') {
      const rows = report.recommendations.map((one, i) => [String(i + 1), ...recommendationCells(one)])
      return [titled(reportWords.recommendations), grid(reportWords.recommendationColumns, rows)]
    }
    const within = printedBlocks(section.doc).flatMap((block): Child[] => {
      if (block.kind !== 'figure') return blockOf(block, lists)
      const figure = section.figures.get(block.id)
      return figure ? figureOf(figure, count) : []
    })
    const after = figuresAfter(section).flatMap((figure) => figureOf(figure, count))
    const children = [...within, ...after]
    return [titled(section.title), ...(children.length > 0 ? children : [plain(reportWords.none)])]
  })
}

function closing(report: ReportData): Child[] {
  const { glossary, changes, signers, verificationCode, verificationUrl, contentHash } = report
  const terms = glossary.map(({ term, definition }) => [term, definition])
  const said = printedBlocks(report.changeText).flatMap((block) =>
    block.kind === 'figure' ? [] : blockOf(block, { instance: 0 }),
  )
  return [
    ...(terms.length > 0 ? [titled(reportWords.glossary), grid(reportWords.glossaryColumns, terms)] : []),
    titled(reportWords.changes),
    ...said,
    ...(changes.length > 0 ? [grid(reportWords.changeColumns, changes.map(changeCells))] : []),
    ...(verificationCode
      ? [
          titled(reportWords.signatures),
          plain(reportWords.signatureNote),
          grid(reportWords.signatureColumns, signers.map(signatureRow)),
          titled(reportWords.verification),
          plain(reportWords.copyNote),
          plain(`${reportWords.verify}: ${verificationUrl}`),
          plain(`${reportWords.verificationCode}: ${spacedCode(verificationCode)}`),
          plain(`${reportWords.contentHash}: ${contentHash}`),
        ]
      : []),
  ]
}

function figureOf({ figure, title, kind }: ReportFigure, count: { figure: number }): Child[] {
  if (!figure) return [plain(reportWords.notComputed(title))]
  if (figure.rows.length === 0) return [plain(figureWords.noData)]
  count.figure += 1
  const { svg, alt } = renderChart(figure, kind, 'print')
  const { header, rows, note } = tableTwin(figure)
  return [
    drawing(svg, alt),
    new Paragraph({
      keepNext: true,
      children: [new TextRun({ text: clean(`${reportWords.figure} ${count.figure}. ${title}`), bold: true })],
    }),
    grid(header, rows),
    ...(note ? [small(note)] : []),
    small(sourceLine(figure)),
  ]
}
