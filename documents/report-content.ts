/** What a report holds, and what its tables say: the same in PDF, DOCX and HTML. */
import { reportWords } from '../app/text/documents.ts'
import { formatDate, formatInstant } from '../app/text/format.ts'
import { actionStateText, earlierText } from '../app/text/improvement.ts'
import type { ActionStatus } from '../domain/improvement.ts'
import type { ReportLook } from '../domain/report-look.ts'
import { figuresIn, type RichDoc } from '../domain/rich-text.ts'
import type { ChartKind, Figure } from './figures.ts'

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
  /** How the signer showed who they are; reports issued before it was told have none. */
  method?: string
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

/** Figures of the section that its text does not show. */
export function figuresAfter({ doc, after, figures }: ReportSection): ReportFigure[] {
  const shown = figuresIn(doc)
  return after.flatMap((id) => (shown.includes(id) ? [] : (figures.get(id) ?? [])))
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

export function changeCells(change: ReportData['changes'][number]): string[] {
  return [String(change.version), formatInstant(change.at), change.description]
}

export function signatureRow(signer: Signer): string[] {
  const cargo = signer.tenureKind === 'encargado' ? `${signer.position} (${reportWords.encargado})` : signer.position
  const who = [signer.name, cargo, signer.actingFor && reportWords.actingFor(signer.actingFor), signer.method].filter(
    Boolean,
  )
  return [reportWords.roles[signer.role] ?? '', who.join('\n'), formatInstant(signer.signedAt), signer.receiptCode]
}
