/** The report as a Word document that can be edited: the same blocks, tables and pictures as the signed PDF. */
import {
  Document,
  Footer,
  Header,
  HeadingLevel,
  Packer,
  PageBreak,
  PageNumber,
  Paragraph,
  type Table,
  TableOfContents,
  TextRun,
} from 'docx'
import { figureWords, reportWords } from '../app/text/documents.ts'
import { lookFields } from '../domain/report-look.ts'
import { spacedCode } from '../domain/verification-codes.ts'
import { LOOK_PROPERTY } from '../domain/word-look.ts'
import { renderChart } from './charts.ts'
import { blockOf, clean, drawing, grid, numbering, picture, plain, type Setting, small, titled } from './docx-parts.ts'
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
import { pageOf } from './report-page.ts'
import { shieldType } from './shield.ts'

type Child = Paragraph | Table | TableOfContents

export async function renderReportDocx(report: ReportData): Promise<Buffer> {
  const setting: Setting = { tint: report.look.tint, instance: 0 }
  const document = new Document({
    title: clean(report.title),
    creator: clean(report.entity),
    description: clean(report.process),
    customProperties: [{ name: LOOK_PROPERTY, value: JSON.stringify(lookFields(report.look)) }],
    styles: stylesOf(report),
    numbering: numbering(),
    features: { updateFields: true },
    sections: [
      {
        properties: { page: pageIn(report) },
        headers: { default: headOf(report) },
        footers: { default: footOf(report) },
        children: [...opening(report, setting), ...partsOf(report, setting), ...closing(report, setting)],
      },
    ],
  })
  return await Packer.toBuffer(document)
}

/** Twentieths of a point, as Word counts; the text begins lower than in the PDF, whose header is taller. */
function pageIn({ look }: ReportData) {
  const { width, height, top, bottom, side } = pageOf(look)
  const margin = { top: twips(top - 8), bottom: twips(bottom - 1), left: twips(side), right: twips(side) }
  return { size: { width: twips(width), height: twips(height) }, margin }
}

const twips = (millimetres: number) => Math.round((millimetres * 1440) / 25.4)

function stylesOf({ look }: ReportData) {
  const { word: font } = pageOf(look)
  const grown = (size: number) => Math.round((size * look.textSize) / 10.5)
  const heading = (size: number, before: number) => ({
    run: { size: grown(size), bold: true, color: look.colour.slice(1), font },
    paragraph: { spacing: { before, after: 120 }, keepNext: true },
  })
  return {
    default: {
      document: {
        run: { font, size: grown(22), language: { value: 'es-CO' } },
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

function opening(report: ReportData, setting: Setting): Child[] {
  const facts = factsOf(report).map(([name, value]) => [name, value])
  return [
    ...named(report),
    ...(report.demoNote
      ? [new Paragraph({ children: [new TextRun({ text: clean(report.demoNote), bold: true })] })]
      : []),
    grid([reportWords.fact, reportWords.value], facts, setting),
    plain(''),
    ...unfinishedOf(report, setting),
    ...(report.look.contents
      ? [new TableOfContents(reportWords.contents, { hyperlink: true, headingStyleRange: '1-1' })]
      : []),
  ]
}

/** Shield, title and entity; on a page of their own where the template has a cover. */
function named({ look, shield, entity, title, process }: ReportData): Child[] {
  const side = look.cover ? 140 : 70
  const image =
    shield &&
    picture(
      {
        type: shieldType(shield) === 'image/png' ? 'png' : 'jpg',
        data: shield,
        transformation: { width: side, height: side },
      },
      entity,
    )
  const name = new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(clean(title))] })
  const words = [...(image ? [image] : []), name, plain(`${entity} · ${process}`)]
  if (!look.cover) return words
  return [new Paragraph({ spacing: { before: 3600 } }), ...words, new Paragraph({ children: [new PageBreak()] })]
}

function unfinishedOf(report: ReportData, setting: Setting): Child[] {
  if (report.unfinished.length === 0) return []
  const { title, header, rows } = unfinishedTable(report)
  return [
    new Paragraph({ children: [new TextRun({ text: title, bold: true })] }),
    grid(header, rows, setting),
    plain(''),
  ]
}

function partsOf(report: ReportData, setting: Setting): Child[] {
  const count = { figure: 0 }
  return report.sections.flatMap((section): Child[] => {
    if (section === 'recommendations') {
      const rows = report.recommendations.map((one, i) => [String(i + 1), ...recommendationCells(one)])
      return [titled(reportWords.recommendations), grid(reportWords.recommendationColumns, rows, setting)]
    }
    const within = printedBlocks(section.doc, null).flatMap((block): Child[] => {
      if (block.kind !== 'figure') return blockOf(block, setting)
      const figure = section.figures.get(block.id)
      return figure ? figureOf(figure, count, setting) : []
    })
    const after = figuresAfter(section).flatMap((figure) => figureOf(figure, count, setting))
    const children = [...within, ...after]
    return [titled(section.title), ...(children.length > 0 ? children : [plain(reportWords.none)])]
  })
}

function closing(report: ReportData, setting: Setting): Child[] {
  const { glossary, changes, signers, verificationCode, verificationUrl, contentHash } = report
  const terms = glossary.map(({ term, definition }) => [term, definition])
  const said = printedBlocks(report.changeText, null).flatMap((block) =>
    block.kind === 'figure' ? [] : blockOf(block, setting),
  )
  return [
    ...(terms.length > 0 ? [titled(reportWords.glossary), grid(reportWords.glossaryColumns, terms, setting)] : []),
    titled(reportWords.changes),
    ...said,
    ...(changes.length > 0 ? [grid(reportWords.changeColumns, changes.map(changeCells), setting)] : []),
    ...(verificationCode
      ? [
          titled(reportWords.signatures),
          plain(reportWords.signatureNote),
          grid(reportWords.signatureColumns, signers.map(signatureRow), setting),
          titled(reportWords.verification),
          plain(reportWords.copyNote),
          plain(`${reportWords.verify}: ${verificationUrl}`),
          plain(`${reportWords.verificationCode}: ${spacedCode(verificationCode)}`),
          plain(`${reportWords.contentHash}: ${contentHash}`),
        ]
      : []),
  ]
}

function figureOf({ figure, title, kind }: ReportFigure, count: { figure: number }, setting: Setting): Child[] {
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
    grid(header, rows, setting),
    ...(note ? [small(note)] : []),
    small(sourceLine(figure)),
  ]
}
