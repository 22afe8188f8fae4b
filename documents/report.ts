/** The signed report as an accessible PDF (PDF/UA-1), with the blocks of document control of domain.md §5.1. */
import { reportWords, figureWords as words } from '../app/text/documents.ts'
import { formatDate, formatDayOf, formatInstant } from '../app/text/format.ts'
import { spacedCode } from '../domain/verification-codes.ts'
import { renderChart } from './charts.ts'
import { type ChartKind, type Figure, tableTwin } from './figures.ts'
import { REPORT_TEMPLATE } from './report-template.ts'
import { compilePdf } from './typst.ts'

export interface ReportFigure {
  /** Null when the approved snapshot does not offer what the figure asks for. */
  figure: Figure | null
  title: string
  kind: ChartKind
}

export interface ReportSection {
  title: string
  text: string
  figures: ReportFigure[]
}

export interface Recommendation {
  text: string
  actionLine: string
  agency: string
  /** Civil date. */
  due: string
  priority: string
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
  /** In printing order; recommendations stand where `recommendations` is named. */
  sections: (ReportSection | 'recommendations')[]
  recommendations: Recommendation[]
  /** `at`: ISO instant. */
  changes: { version: number; at: string; description: string }[]
  changeText: string
  signers: Signer[]
  verificationCode: string
  verificationUrl: string
  contentHash: string
  demoNote: string | null
  /** ISO instant. */
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
  return compilePdf({ template: REPORT_TEMPLATE, data: printed(report, picture), pictures, createdAt: report.issuedAt })
}

function printed(report: ReportData, picture: (svg: string) => string) {
  const { entity, process, title, code, version, demoNote } = report
  const sections = report.sections.map((section) =>
    section === 'recommendations' ? recommendationTable(report) : textSection(section, picture),
  )
  return {
    words: reportWords,
    ...{ entity, process, title, code, version: String(version), demoNote },
    ...{ date: formatDayOf(report.issuedAt), shield: report.shield && SHIELD },
    facts: factsOf(report),
    sections: [...sections, changeTable(report)],
    signatures: report.signers.map(signatureRow),
    verification: {
      code: spacedCode(report.verificationCode),
      url: report.verificationUrl,
      contentHash: report.contentHash,
    },
  }
}

function factsOf(report: ReportData): [string, string][] {
  const facts: [string, string | null][] = [
    [reportWords.vigencia, String(report.vigencia)],
    [reportWords.radicado, report.radicado],
    [reportWords.trd, report.trd],
    [reportWords.act, report.administrativeAct],
    [reportWords.approvedAt, formatInstant(report.issuedAt)],
  ]
  return facts.filter((fact): fact is [string, string] => fact[1] !== null && fact[1] !== '')
}

const NO_ROWS = { header: [], rows: null, widths: [] }

function textSection(section: ReportSection, picture: (svg: string) => string) {
  const paragraphs = paragraphsOf(section.text)
  return {
    title: section.title,
    paragraphs: paragraphs.length > 0 ? paragraphs : [reportWords.none],
    figures: section.figures.map((one) => printedFigure(one, picture)),
    ...NO_ROWS,
  }
}

function paragraphsOf(text: string): string[] {
  return text.split(/\n+/).filter((line) => line.trim() !== '')
}

function printedFigure({ figure, title, kind }: ReportFigure, picture: (svg: string) => string) {
  if (!figure)
    return { title, svg: null, alt: null, table: null, problem: reportWords.notComputed(title), source: null }
  if (figure.rows.length === 0) return { title, svg: null, alt: null, table: null, problem: words.noData, source: null }
  const { svg, alt } = renderChart(figure, kind, 'print')
  const source = [words.snapshot(figure.snapshotHash), figure.demoNote].filter(Boolean).join(' · ')
  return { title, svg: picture(svg), alt, tall: isTall(svg), table: tableTwin(figure), problem: null, source }
}

/** Higher than a page when it is as wide as one: then the height is what has to fit. */
function isTall(svg: string): boolean {
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? []
  return Number(height) / Number(width) > 1.2
}

function recommendationTable({ recommendations }: ReportData) {
  const rows = recommendations.map((one, i) => [
    String(i + 1),
    one.text,
    one.actionLine,
    one.agency,
    one.due ? formatDate(one.due) : '',
    one.priority,
  ])
  return {
    title: reportWords.recommendations,
    paragraphs: [],
    figures: [],
    header: reportWords.recommendationColumns,
    rows,
    widths: [0.5, 3.2, 2, 1.8, 1.4, 1],
  }
}

function changeTable({ changes, changeText }: ReportData) {
  const rows = changes.map((change) => [String(change.version), formatInstant(change.at), change.description])
  return {
    title: reportWords.changes,
    paragraphs: paragraphsOf(changeText),
    figures: [],
    header: reportWords.changeColumns,
    rows,
    widths: [0.7, 1.6, 4],
  }
}

function signatureRow(signer: Signer): string[] {
  const cargo = signer.tenureKind === 'encargado' ? `${signer.position} (${reportWords.encargado})` : signer.position
  const who = [signer.name, cargo, signer.actingFor && reportWords.actingFor(signer.actingFor)].filter(Boolean)
  return [reportWords.roles[signer.role] ?? '', who.join('\n'), formatInstant(signer.signedAt), signer.receiptCode]
}
