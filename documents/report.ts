/** The signed report as an accessible PDF (PDF/UA-1), with the blocks of document control of domain.md §5.1. */
import { reportWords, figureWords as words } from '../app/text/documents.ts'
import { formatDate, formatDayOf, formatInstant } from '../app/text/format.ts'
import { actionStateText, earlierText } from '../app/text/improvement.ts'
import type { ActionStatus } from '../domain/improvement.ts'
import { figuresIn, isBlank, type RichDoc } from '../domain/rich-text.ts'
import { spacedCode } from '../domain/verification-codes.ts'
import { renderChart } from './charts.ts'
import { type ChartKind, type Figure, sourceLine, tableTwin } from './figures.ts'
import { type PrintedBlock, printedBlocks } from './report-blocks.ts'
import { REPORT_TEMPLATE } from './report-template.ts'
import { sizeOf } from './svg.ts'
import { compilePdf } from './typst.ts'

export interface ReportFigure {
  /** Null when the approved snapshot does not offer what the figure asks for. */
  figure: Figure | null
  title: string
  kind: ChartKind
}

export interface ReportSection {
  code: string
  title: string
  doc: RichDoc
  /** Figures that stand after the text, unless it shows them itself. */
  after: string[]
  /** What text and section may show, by id. */
  figures: ReadonlyMap<string, ReportFigure>
}

/** How the entity's documents look (features G1); every part may be left to the product. */
export interface ReportLook {
  /** Line above the entity's name; empty for none. */
  header: string
  /** Line at the foot of every page; empty for none. */
  footer: string
  /** Accent as `#rrggbb`, dark enough on white. */
  colour: string
}

export const DEFAULT_LOOK: ReportLook = { header: '', footer: '', colour: '#004884' }

export interface Recommendation {
  text: string
  actionLine: string
  agency: string
  /** Position that answers for it; empty in reports of the first form version. */
  owner: string
  indicator: string
  /** Civil date. */
  due: string
  priority: string
}

/** A recommendation of an earlier report that is not carried out, or had no effect (N15). */
export interface Unfinished {
  code: string
  what: string
  /** Position or duty that answers for it. */
  owner: string
  /** Civil date. */
  due: string
  status: ActionStatus
}

export interface Signer {
  role: 'author' | 'reviewer' | 'approver' | 'consent'
  name: string
  position: string
  tenureKind: string
  actingFor: string | null
  /** ISO instant. */
  signedAt: string
  receiptCode: string
  statement: string
}

export interface ReportData {
  entity: string
  look: ReportLook
  /** PNG; null where the entity has none. */
  shield: Buffer | null
  process: string
  title: string
  /** Code of the procedure the report is a register of. */
  code: string
  version: number
  vigencia: number
  radicado: string
  trd: string
  administrativeAct: string | null
  /** On the first page; empty where nothing is left of earlier reports. */
  unfinished: Unfinished[]
  /** In printing order; recommendations stand where `recommendations` is named. */
  sections: (ReportSection | 'recommendations')[]
  recommendations: Recommendation[]
  glossary: { term: string; definition: string }[]
  /** `at`: ISO instant. */
  changes: { version: number; at: string; description: string }[]
  changeText: RichDoc
  /** None in a draft, which has no code, address and hash either. */
  signers: Signer[]
  verificationCode: string
  verificationUrl: string
  contentHash: string
  demoNote: string | null
  /** ISO instant; empty in a draft. */
  issuedAt: string
}

const SHIELD = 'escudo.png'

export function renderReport(report: ReportData): Buffer {
  const pictures: Record<string, string | Buffer> = report.shield ? { [SHIELD]: report.shield } : {}
  const picture = (svg: string) => {
    const name = `figure-${Object.keys(pictures).length + 1}.svg`
    pictures[name] = svg
    return name
  }
  const createdAt = report.issuedAt || DRAFT_INSTANT
  return compilePdf({ template: REPORT_TEMPLATE, data: printed(report, picture), pictures, createdAt })
}

/** The same draft is the same bytes, whenever it is looked at. */
const DRAFT_INSTANT = '2000-01-01T00:00:00.000Z'

function printed(report: ReportData, picture: (svg: string) => string) {
  const { entity, process, title, code, version, demoNote, look } = report
  const sections = report.sections.map((section) =>
    section === 'recommendations' ? recommendationTable(report) : textSection(section, picture),
  )
  return {
    words: reportWords,
    ...{ entity, process, title, code, demoNote, look },
    version: version === 0 ? reportWords.draft : String(version),
    date: report.issuedAt ? formatDayOf(report.issuedAt) : '',
    shield: report.shield && SHIELD,
    facts: factsOf(report),
    unfinished: report.unfinished.length === 0 ? null : unfinishedTable(report),
    sections: [...sections, ...glossaryTable(report), changeTable(report)],
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

export function factsOf(report: ReportData): [string, string][] {
  const facts: [string, string | null][] = [
    [reportWords.vigencia, String(report.vigencia)],
    [reportWords.radicado, report.radicado],
    [reportWords.trd, report.trd],
    [reportWords.act, report.administrativeAct],
    [reportWords.approvedAt, report.issuedAt && formatInstant(report.issuedAt)],
  ]
  return facts.filter((fact): fact is [string, string] => fact[1] !== null && fact[1] !== '')
}

const NO_ROWS = { header: [], rows: null, widths: [] }

function textSection(section: ReportSection, picture: (svg: string) => string) {
  const blocks = printedBlocks(section.doc).flatMap((block) => drawnBlock(block, section, picture))
  const after = figuresAfter(section).map((figure) => ({
    kind: 'figure' as const,
    figure: printedFigure(figure, picture),
  }))
  return { title: section.title, blocks: orNothing([...blocks, ...after]), ...NO_ROWS }
}

/** Figures of the section that its text does not show. */
export function figuresAfter({ doc, after, figures }: ReportSection): ReportFigure[] {
  const shown = figuresIn(doc)
  return after.flatMap((id) => (shown.includes(id) ? [] : (figures.get(id) ?? [])))
}

type Drawn = Exclude<PrintedBlock, { kind: 'figure' }> | { kind: 'figure'; figure: ReturnType<typeof printedFigure> }

/** A figure that step 4 no longer asks for is left out, as its number would be. */
function drawnBlock(block: PrintedBlock, { figures }: ReportSection, picture: (svg: string) => string): Drawn[] {
  if (block.kind !== 'figure') return [block]
  const figure = figures.get(block.id)
  return figure ? [{ kind: 'figure', figure: printedFigure(figure, picture) }] : []
}

function orNothing(blocks: Drawn[]): Drawn[] {
  if (blocks.length > 0) return blocks
  return [{ kind: 'paragraph', runs: [{ text: reportWords.none, bold: false, italic: false, href: null }] }]
}

function printedFigure({ figure, title, kind }: ReportFigure, picture: (svg: string) => string) {
  if (!figure)
    return { title, svg: null, alt: null, table: null, problem: reportWords.notComputed(title), source: null }
  if (figure.rows.length === 0) return { title, svg: null, alt: null, table: null, problem: words.noData, source: null }
  const { svg, alt } = renderChart(figure, kind, 'print')
  const source = sourceLine(figure)
  return { title, svg: picture(svg), alt, tall: isTall(svg), table: tableTwin(figure), problem: null, source }
}

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

/** What earlier reports recommended and is not finished: opens the report, so that nobody signs past it (N15). */
export function unfinishedTable({ unfinished }: ReportData) {
  const rows = unfinished.map(({ code, what, owner, due, status }) => [
    ...[code, shortened(what), owner, formatDate(due), actionStateText[status]],
  ])
  return { title: earlierText.printedTitle, header: earlierText.printedColumns, rows }
}

const SHORT = 160

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= SHORT ? line : `${line.slice(0, line.lastIndexOf(' ', SHORT))}…`
}

/** What the table of recommendations says of one, after its number. */
export function recommendationCells(one: Recommendation): string[] {
  const text = one.indicator ? `${one.text}\n${reportWords.indicator}: ${one.indicator}` : one.text
  const who = [one.agency, one.owner].filter(Boolean).join('\n')
  return [text, one.actionLine, who, one.due ? formatDate(one.due) : '', one.priority]
}

function glossaryTable({ glossary }: ReportData) {
  if (glossary.length === 0) return []
  const rows = glossary.map(({ term, definition }) => [term, definition])
  return [{ title: reportWords.glossary, blocks: [], header: reportWords.glossaryColumns, rows, widths: [1.4, 4] }]
}

function changeTable({ changes, changeText }: ReportData) {
  return {
    title: reportWords.changes,
    blocks: isBlank(changeText) ? [] : printedBlocks(changeText).filter((block) => block.kind !== 'figure'),
    header: reportWords.changeColumns,
    rows: changes.length > 0 ? changes.map(changeCells) : null,
    widths: [0.7, 1.6, 4],
  }
}

export function changeCells(change: ReportData['changes'][number]): string[] {
  return [String(change.version), formatInstant(change.at), change.description]
}

export function signatureRow(signer: Signer): string[] {
  const cargo = signer.tenureKind === 'encargado' ? `${signer.position} (${reportWords.encargado})` : signer.position
  const who = [signer.name, cargo, signer.actingFor && reportWords.actingFor(signer.actingFor)].filter(Boolean)
  return [reportWords.roles[signer.role] ?? '', who.join('\n'), formatInstant(signer.signedAt), signer.receiptCode]
}
