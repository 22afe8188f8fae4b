/** Pieces of a Word document: lines, lists, tables and pictures, with text that cannot break its XML. */
import { crc32, deflateSync } from 'node:zlib'
import {
  AlignmentType,
  BorderStyle,
  ExternalHyperlink,
  HeadingLevel,
  ImageRun,
  LevelFormat,
  Paragraph,
  type ParagraphChild,
  ShadingType,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import type { PrintedBlock, PrintedList, Run } from './report-blocks.ts'
import { sizeOf } from './svg.ts'
import { printable } from './typst.ts'

const BULLETS = 'vinetas'
const NUMBERS = 'numeros'

/** How the two kinds of list count, at each depth. */
export const numbering = () => ({ config: [levels(BULLETS, LevelFormat.BULLET), levels(NUMBERS, LevelFormat.DECIMAL)] })

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

export const small = (line: string) =>
  new Paragraph({ children: [new TextRun({ text: clean(line), size: 16, color: '4B5563' })] })
export const titled = (title: string) =>
  new Paragraph({ heading: HeadingLevel.HEADING_1, children: [new TextRun(clean(title))] })
export const plain = (line: string) => new Paragraph({ children: [new TextRun(clean(line))] })

/** How a document is set: what stands behind the heads of its tables, and how many lists there are so far. */
export interface Setting {
  /** `#rrggbb`. */
  tint: string
  /** Each list counts from 1. */
  instance: number
}

export function blockOf(block: Exclude<PrintedBlock, { kind: 'figure' }>, setting: Setting): (Paragraph | Table)[] {
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
      return [tableOf(block.header, block.rows, setting), plain('')]
    case 'list':
      setting.instance += 1
      return listOf(block.list, 0, setting.instance)
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

export function picture(image: ConstructorParameters<typeof ImageRun>[0], alt: string): Paragraph {
  const name = clean(alt).slice(0, 60)
  return new Paragraph({
    keepNext: true,
    children: [new ImageRun({ ...image, altText: { title: name, description: clean(alt), name } })],
  })
}

export function grid(header: readonly string[], rows: readonly string[][], setting: Setting): Table {
  const asRuns = (cell: string): Run[] =>
    cell
      .split('\n')
      .flatMap((line, i) => [...(i > 0 ? ['\n'] : []), line])
      .map((text) => ({ text, bold: false, italic: false, href: null }))
  return tableOf(
    header.map(asRuns),
    rows.map((row) => row.map(asRuns)),
    setting,
  )
}

const LINE = { style: BorderStyle.SINGLE, size: 4, color: 'C5CCD6' }
const BORDERS = { top: LINE, bottom: LINE, left: LINE, right: LINE, insideHorizontal: LINE, insideVertical: LINE }

function tableOf(header: Run[][], rows: Run[][][], { tint }: Setting): Table {
  const cell = (runs: Run[], isHead: boolean) =>
    new TableCell({
      children: [
        new Paragraph({
          spacing: { after: 40 },
          children: runsOf(isHead ? runs.map((run) => ({ ...run, bold: true })) : runs),
        }),
      ],
      margins: { top: 40, bottom: 40, left: 90, right: 90 },
      ...(isHead && { shading: { type: ShadingType.CLEAR, fill: tint.slice(1) } }),
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
export const clean = (text: string) => printable(text).replaceAll('\n', ' ')

/** Width of a picture between the margins, in pixels at 96 per inch. */
const WIDTH = 600

export function drawing(svg: string, alt: string): Paragraph {
  const { width, height } = sizeOf(svg)
  const transformation = { width: WIDTH, height: Math.round((WIDTH * height) / width) }
  return picture(
    { type: 'svg', data: Buffer.from(svg), transformation, fallback: { type: 'png', data: BLANK_PNG } },
    alt,
  )
}

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
