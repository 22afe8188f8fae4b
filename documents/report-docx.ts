/** The report as a Word document that can be edited: the same blocks, tables and pictures as the signed PDF. */
import { crc32, deflateSync } from 'node:zlib'
import {
  AlignmentType,
  BorderStyle,
  Document,
  ExternalHyperlink,
  Footer,
  Header,
  HeadingLevel,
  ImageRun,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  ShadingType,
  Table,
  TableCell,
  TableOfContents,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import { figureWords, reportWords } from '../app/text/documents.ts'
import { spacedCode } from '../domain/verification-codes.ts'
import { renderChart } from './charts.ts'
import { sourceLine, tableTwin } from './figures.ts'
import {
  changeCells,
  factsOf,
  figuresAfter,
  type ReportData,
  type ReportFigure,
  recommendationCells,
  signatureRow,
} from './report.ts'
import { type PrintedBlock, type PrintedList, printedBlocks, type Run } from './report-blocks.ts'
import { printable } from './typst.ts'

type Child = Paragraph | Table | TableOfContents

/** Width of a picture between the margins, in pixels at 96 per inch. */
const WIDTH = 600
const BULLETS = 'vinetas'
const NUMBERS = 'numeros'

export async function renderReportDocx(report: ReportData): Promise<Buffer> {
  const lists = { instance: 0 }
  const document = new Document({
    title: clean(report.title),
    creator: clean(report.entity),
    description: clean(report.process),
    styles: stylesOf(report),
    numbering: { config: [levels(BULLETS, LevelFormat.BULLET), levels(NUMBERS, LevelFormat.DECIMAL)] },
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

function levels(reference: string, format: (typeof LevelFormat)[keyof typeof LevelFormat]) {
  return {
    reference,
    levels: Array.from({ length: 7 }, (_, level) => ({
      level,
      format,
      text: format === LevelFormat.BULLET ? '•' : `%${level + 1}.`,
      alignment: AlignmentType.LEFT,
      style: { paragraph: { indent: { left: 500 * (level + 1), hanging: 300 } } },
    })),
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

const small = (line: string) =>
  new Paragraph({ children: [new TextRun({ text: clean(line), size: 16, color: '4B5563' })] })

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
    new TableOfContents(reportWords.contents, { hyperlink: true, headingStyleRange: '1-1' }),
  ]
}

function partsOf(report: ReportData, lists: { instance: number }): Child[] {
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

const titled = (title: string) =>
  new Paragraph({ heading: HeadingLevel.HEADING_1, children: [new TextRun(clean(title))] })
const plain = (line: string) => new Paragraph({ children: [new TextRun(clean(line))] })

function blockOf(block: Exclude<PrintedBlock, { kind: 'figure' }>, lists: { instance: number }): Child[] {
  switch (block.kind) {
    case 'paragraph':
      return [new Paragraph({ children: runsOf(block.runs) })]
    case 'heading':
      return [
        new Paragraph({
          heading: block.level === 2 ? HeadingLevel.HEADING_2 : HeadingLevel.HEADING_3,
          children: runsOf(block.runs),
        }),
      ]
    case 'quote':
      return block.paragraphs.map((runs) => new Paragraph({ indent: { left: 500 }, children: runsOf(runs) }))
    case 'table':
      return [tableOf(block.header, block.rows), plain('')]
    case 'list':
      lists.instance += 1
      return listOf(block.list, 0, lists.instance)
  }
}

/** Each list counts from 1: an instance of the numbering of its own. */
function listOf({ ordered, items }: PrintedList, level: number, instance: number): Paragraph[] {
  const numbering = { reference: ordered ? NUMBERS : BULLETS, level, instance }
  return items.flatMap(({ runs, below }) => [
    new Paragraph({ numbering, children: runsOf(runs) }),
    ...below.flatMap((list) => listOf(list, level + 1, instance)),
  ])
}

function runsOf(runs: Run[]): ParagraphChild[] {
  return runs.map(({ text, bold, italic, href }) => {
    if (text === '\n') return new TextRun({ break: 1 })
    const run = new TextRun({ text: clean(text), bold, italics: italic, ...(href && { style: 'Hyperlink' }) })
    return href ? new ExternalHyperlink({ link: href, children: [run] }) : run
  })
}

function figureOf({ figure, title, kind }: ReportFigure, count: { figure: number }): Child[] {
  if (!figure) return [plain(reportWords.notComputed(title))]
  if (figure.rows.length === 0) return [plain(figureWords.noData)]
  count.figure += 1
  const { svg, alt } = renderChart(figure, kind, 'print')
  const { header, rows, note } = tableTwin(figure)
  const [, width = '720', height = '400'] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? []
  const transformation = { width: WIDTH, height: Math.round((WIDTH * Number(height)) / Number(width)) }
  const fallback = { type: 'png' as const, data: BLANK_PNG }
  return [
    picture({ type: 'svg', data: Buffer.from(svg), transformation, fallback }, alt),
    new Paragraph({
      keepNext: true,
      children: [new TextRun({ text: clean(`${reportWords.figure} ${count.figure}. ${title}`), bold: true })],
    }),
    grid(header, rows),
    ...(note ? [small(note)] : []),
    small(sourceLine(figure)),
  ]
}

function picture(image: ConstructorParameters<typeof ImageRun>[0], alt: string): Paragraph {
  const name = clean(alt).slice(0, 60)
  return new Paragraph({
    keepNext: true,
    children: [new ImageRun({ ...image, altText: { title: name, description: clean(alt), name } })],
  })
}

function grid(header: readonly string[], rows: readonly string[][]): Table {
  const asRuns = (cell: string): Run[] =>
    cell
      .split('\n')
      .flatMap((line, i) => [...(i > 0 ? ['\n'] : []), line])
      .map((text) => ({ text, bold: false, italic: false, href: null }))
  return tableOf(
    header.map(asRuns),
    rows.map((row) => row.map(asRuns)),
  )
}

const LINE = { style: BorderStyle.SINGLE, size: 4, color: 'C5CCD6' }
const BORDERS = { top: LINE, bottom: LINE, left: LINE, right: LINE, insideHorizontal: LINE, insideVertical: LINE }

function tableOf(header: Run[][], rows: Run[][][]): Table {
  const cell = (runs: Run[], isHead: boolean) =>
    new TableCell({
      children: [
        new Paragraph({
          spacing: { after: 40 },
          children: runsOf(isHead ? runs.map((run) => ({ ...run, bold: true })) : runs),
        }),
      ],
      margins: { top: 40, bottom: 40, left: 90, right: 90 },
      ...(isHead && { shading: { type: ShadingType.CLEAR, fill: 'F2F6FD' } }),
    })
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    borders: BORDERS,
    rows: [
      new TableRow({ tableHeader: true, cantSplit: true, children: header.map((one) => cell(one, true)) }),
      ...rows.map((row) => new TableRow({ cantSplit: true, children: row.map((one) => cell(one, false)) })),
    ],
  })
}

/** XML has no place for control characters either; a line break of its own is a run. */
const clean = (text: string) => printable(text).replaceAll('\n', ' ')

/** Word of before 2016 shows this instead of a drawing; the table below says the same. */
const BLANK_PNG = blankPng()

function blankPng(): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const out = Buffer.alloc(body.length + 8)
    out.writeUInt32BE(data.length, 0)
    body.copy(out, 4)
    out.writeUInt32BE(crc32(body), body.length + 4)
    return out
  }
  const head = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.from([0, 255]))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
