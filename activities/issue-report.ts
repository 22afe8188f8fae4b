import { randomBytes } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { activityInfo } from '@temporalio/activity'
import { unissuedReportMail } from '../app/text/disclosure-mail.ts'
import { type Trx, withEntity } from '../db/client.ts'
import { appToday } from '../db/clock.ts'
import { lockCycle } from '../db/cycles.ts'
import { findIssued, type IssuedDocument, insertDocument } from '../db/documents.ts'
import { withCodes } from '../db/figure-codes.ts'
import { openFile, storeFile } from '../db/files.ts'
import { newId } from '../db/ids.ts'
import { openIncident, REPORT_REFUSED, REPORT_UNPROVEN, type UnissuedKind } from '../db/incidents.ts'
import { requireProcedureVersion } from '../db/procedures.ts'
import { findFigureGrounds, protectSafely } from '../db/public-figures.ts'
import { holdIssuing, isSamePast } from '../db/published-tables.ts'
import { actOnRecommendations } from '../db/recommended-actions.ts'
import { readReportGrounds } from '../db/report-grounds.ts'
import { emitReportNumbers } from '../db/report-numbers.ts'
import { emitFollowed } from '../db/series-tables.ts'
import { composeReport, type ReportGrounds } from '../documents/compose-report.ts'
import { renderReport } from '../documents/report.ts'
import { renderReportDocx } from '../documents/report-docx.ts'
import { renderReportHtml } from '../documents/report-html.ts'
import { stepRow } from '../domain/permission-rows.ts'
import { codeFrom } from '../domain/verification-codes.ts'
import { settledCode } from './judgement.ts'
import { tellDuties } from './tell-duties.ts'
import type { Tools } from './tools.ts'

export interface IssueReport {
  entityId: string
  cycleId: string
  /** Approved version of step 6. */
  stepVersionId: string
}

/**
 * The same for the workflow. A report that would show a few people, or of which that could not be told in some tries, is not
 * issued: nothing of it is kept, whoever elaborates the step and whoever operates the system are told, the cycle's page says
 * so, and the cycle goes on, so that its people can reopen what has to change.
 */
export async function issueOrTell(
  tools: Tools,
  input: IssueReport,
  attempt = () => activityInfo().attempt,
): Promise<IssuedDocument | null> {
  try {
    return await issueReport(tools, input)
  } catch (failure) {
    const code = settledCode(failure, attempt)
    if (!code) throw failure
    await tellUnissued(tools, input, code === 'release_unsafe' ? REPORT_REFUSED : REPORT_UNPROVEN)
    return null
  }
}

async function tellUnissued(
  tools: Tools,
  { entityId, cycleId, stepVersionId: objectId }: IssueReport,
  kind: UnissuedKind,
): Promise<void> {
  await withEntity(tools.database, entityId, async (trx) => {
    await openIncident(trx, { entityId, kind, objectType: 'step_version', objectId, origin: 'workflow' })
    const { procedureVersionId } = await lockCycle(trx, cycleId)
    const { procedure } = await requireProcedureVersion(trx, procedureVersionId)
    const { authorDuties: duties } = stepRow(entityId, procedure, '6')
    const path = `/ejercicios/${cycleId}`
    const whom = { entityId, duties, day: appToday() }
    const words = unissuedReportMail()
    await tellDuties(trx, tools, { ...whom, about: [kind, objectId], words, path, isBeside: true })
  })
}

/**
 * Issues the signed report of an approved step 6 as PDF, DOCX and page, and makes improvement actions of what it recommends
 * (G4). The files are durable before their rows; a second run answers the first. Throws `Refused('release_unsafe')` where
 * its figures would show a few people, `Refused('release_unproven')` where the time did not suffice to tell.
 */
export async function issueReport(tools: Tools, input: IssueReport): Promise<IssuedDocument> {
  const { entityId, cycleId, stepVersionId } = input
  const read = await withEntity(tools.database, entityId, (trx) => grounds(trx, input))
  if (read.issued) return read.issued
  const together = await protectSafely(tools.dataDir, read.numbers, tools.judging)
  const now = await emitReportNumbers(tools.dataDir, read.numbers)
  const numbers = { ...now, figures: withCodes(now.figures) }
  const followed = await emitFollowed(tools.dataDir, read.numbers, together)
  const workflowId = `cycle:${cycleId}`
  const code = codeFrom(randomBytes(12))
  const shield = await shieldOf(tools.dataDir, read.report)
  const report = composeReport(read.report, numbers, { code, shield, publicUrl: tools.publicUrl })
  const file = await storeFile(tools.dataDir, renderReport(report))
  const editable = await storeFile(tools.dataDir, await renderReportDocx(report))
  const page = await storeFile(tools.dataDir, Buffer.from(renderReportHtml(report), 'utf8'))
  return await withEntity(tools.database, entityId, async (trx) => {
    await holdIssuing(trx, entityId)
    const meanwhile = await findIssued(trx, stepVersionId)
    if (meanwhile) return meanwhile
    // Tried again, it is judged beside that too.
    if (!(await isSamePast(trx, read.numbers))) throw new Error('something became public while the report was made')
    const issued = await insertDocument(trx, {
      ...{ entityId, cycleId, stepVersionId, id: newId(), code, ...file },
      title: report.title,
      contentHash: report.contentHash,
      signers: report.signers,
      otherForms: [
        { format: 'docx', ...editable },
        { format: 'html', ...page },
      ],
      figures: numbers.figures,
      said: [...numbers.said, ...followed],
      workflowId,
    })
    const { procedure, answers, cycle } = read.report
    const { vigencia } = cycle
    await actOnRecommendations(trx, { entityId, cycleId, stepVersionId, vigencia, procedure, answers, workflowId })
    return issued
  })
}

async function grounds(trx: Trx, { cycleId, stepVersionId }: IssueReport) {
  const issued = await findIssued(trx, stepVersionId)
  if (issued) return { issued, report: null, numbers: null }
  const report = await readReportGrounds(trx, cycleId, stepVersionId)
  if (!report.signers.some((signer) => signer.role === 'approver')) throw new Error(`${stepVersionId} is not approved`)
  return { issued: null, report, numbers: await findFigureGrounds(trx, cycleId) }
}

async function shieldOf(dataDir: string, { shieldHash }: ReportGrounds): Promise<Buffer | null> {
  const stored = shieldHash ? await openFile(dataDir, shieldHash) : undefined
  return stored ? await buffer(stored.stream()) : null
}
