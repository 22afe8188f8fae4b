import { randomBytes } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { reportWords } from '../app/text/documents.ts'
import { formDefinition } from '../catalog/forms/index.ts'
import { type Trx, withEntity } from '../db/client.ts'
import { findIssued, type IssuedDocument, insertDocument } from '../db/documents.ts'
import { openFile, storeFile } from '../db/files.ts'
import { newId } from '../db/ids.ts'
import { emitPublicFigures, findFigureGrounds, type PublicFigure } from '../db/public-figures.ts'
import { type ReportGrounds, readReportGrounds } from '../db/report-grounds.ts'
import { type ReportData, type ReportFigure, type ReportSection, renderReport } from '../documents/report.ts'
import { answerList, answerText, type FormGroup, rowsOf, textOf } from '../domain/forms.ts'
import { codeFrom } from '../domain/verification-codes.ts'
import type { Tools } from './tools.ts'

export interface IssueReport {
  entityId: string
  cycleId: string
  /** Approved version of step 6. */
  stepVersionId: string
}

/** Issues the signed report of an approved step 6. The file is durable before its row; a second run answers the first. */
export async function issueReport(tools: Tools, input: IssueReport): Promise<IssuedDocument> {
  const { entityId, cycleId, stepVersionId } = input
  const read = await withEntity(tools.database, entityId, (trx) => grounds(trx, input))
  if (read.issued) return read.issued
  const figures = await emitPublicFigures(tools.dataDir, read.figures)
  const code = codeFrom(randomBytes(12))
  const shield = await shieldOf(tools.dataDir, read.report)
  const report = { ...reportData(read.report, figures, code, tools.publicUrl), shield }
  const file = await storeFile(tools.dataDir, renderReport(report))
  return await withEntity(tools.database, entityId, (trx) =>
    insertDocument(trx, {
      ...{ entityId, cycleId, stepVersionId, id: newId(), code, ...file },
      title: report.title,
      contentHash: report.contentHash,
      signers: report.signers,
      workflowId: `cycle:${cycleId}`,
    }),
  )
}

async function grounds(trx: Trx, { cycleId, stepVersionId }: IssueReport) {
  const issued = await findIssued(trx, stepVersionId)
  if (issued) return { issued, report: null, figures: null }
  const report = await readReportGrounds(trx, cycleId, stepVersionId)
  if (!report.signers.some((signer) => signer.role === 'approver')) throw new Error(`${stepVersionId} is not approved`)
  return { issued: null, report, figures: await findFigureGrounds(trx, cycleId) }
}

async function shieldOf(dataDir: string, { shieldHash }: ReportGrounds): Promise<Buffer | null> {
  const stored = shieldHash ? await openFile(dataDir, shieldHash) : undefined
  return stored ? await buffer(stored.stream()) : null
}

function reportData(
  from: ReportGrounds,
  figures: PublicFigure[],
  code: string,
  publicUrl: string,
): Omit<ReportData, 'shield'> {
  const { cycle, procedure, version, signers } = from
  return {
    ...{ entity: from.entityName, process: procedure.process, code: procedure.code, version: version.n, ...cycle },
    title: reportWords.reportTitle(cycle.vigencia),
    sections: sectionsOf(from, figures),
    recommendations: recommendationsOf(from),
    changes: changesOf(from),
    changeText: answerText(version.answers, 'cambios', 'texto'),
    signers,
    verificationCode: code,
    verificationUrl: new URL(`/verificar/${code}`, publicUrl).href,
    contentHash: version.hash,
    demoNote: from.demoNote ?? figures.find(({ figure }) => figure?.demoNote)?.figure?.demoNote ?? null,
    issuedAt: lastSigned(from),
  }
}

function lastSigned({ signers }: ReportGrounds): string {
  return signers.at(-1)?.signedAt ?? ''
}

/** The form's own groups in printing order; the control of changes closes the report as a table. */
function sectionsOf(from: ReportGrounds, figures: PublicFigure[]): ReportData['sections'] {
  const { groups } = formDefinition('6', from.version.formVersion)
  return groups
    .filter((group) => group.code !== 'cambios')
    .map((group) => (group.code === 'recomendaciones' ? 'recommendations' : sectionOf(group, from, figures)))
}

function sectionOf(group: FormGroup, from: ReportGrounds, figures: PublicFigure[]): ReportSection {
  const chosen = answerList(from.version.answers, group.code, 'figuras')
  return {
    title: group.title,
    text: answerText(from.version.answers, group.code, 'texto'),
    figures: chosen.flatMap((id) => {
      const figure = figures.find((one) => one.id === id)
      return figure ? [reportFigure(figure, from)] : []
    }),
  }
}

/** Drawn as step 5 chose for the variable: histogram or circle (MM-GAC-P-008 v2, actividad 5). */
function reportFigure({ figure, title, kind, variable }: PublicFigure, from: ReportGrounds): ReportFigure {
  const reading = rowsOf(from.answers['5'], 'lecturas', 'lista').find((row) => row.variable === variable)
  const round = textOf(reading?.grafica) === 'circular'
  return { figure, title, kind: kind === 'cross' ? 'stacked' : round ? 'pie' : 'bar' }
}

function recommendationsOf({ version, procedure, agencies }: ReportGrounds): ReportData['recommendations'] {
  const lines = new Map(procedure.actionLines.map((line) => [line.code, line.text]))
  return rowsOf(version.answers, 'recomendaciones', 'lista').map((row) => ({
    text: textOf(row.texto),
    actionLine: lines.get(textOf(row.linea)) ?? '',
    agency: agencies.get(textOf(row.dependencia)) ?? '',
    due: textOf(row.plazo),
    priority: reportWords.priorities[textOf(row.prioridad)] ?? '',
  }))
}

function changesOf(from: ReportGrounds): ReportData['changes'] {
  const earlier = from.earlier.map(({ version, issuedAt, code }) => ({
    ...{ version, at: issuedAt.toISOString() },
    description: reportWords.earlierVersion(code),
  }))
  return [...earlier, { version: from.version.n, at: lastSigned(from), description: reportWords.thisVersion }]
}
