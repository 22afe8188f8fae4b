/** What the signed report of step 6 is made of. */
import type { ReportGrounds } from '../documents/compose-report.ts'
import type { Signer } from '../documents/report-content.ts'
import type { Answers } from '../domain/forms.ts'
import { isUnfinished } from '../domain/improvement.ts'
import type { StepAnswers } from '../domain/references.ts'
import type { Trx } from './client.ts'
import { demoNoteOf } from './documents.ts'
import { findEarlierReports } from './earlier-reports.ts'
import { requireProcedureVersion } from './procedures.ts'
import { findDress, findFrozenDress, type ReportDress } from './report-looks.ts'
import type { StepContext } from './step-context.ts'

/** Everything the report of an approved version of step 6 prints, except its figures. */
export async function readReportGrounds(trx: Trx, cycleId: string, stepVersionId: string): Promise<ReportGrounds> {
  const row = await trx
    .selectFrom('step_version')
    .innerJoin('cycle', 'cycle.id', 'step_version.cycle_id')
    .innerJoin('entity', 'entity.id', 'cycle.entity_id')
    .select(['entity.name as entityName', 'cycle.vigencia', 'cycle.radicado', 'cycle.trd', 'step_version.look'])
    .select(['cycle.administrative_act', 'cycle.entity_id'])
    .select(['cycle.procedure_version_id', 'step_version.n', 'step_version.form_version', 'step_version.hash'])
    .select('step_version.answers')
    .where('step_version.id', '=', stepVersionId)
    .where('step_version.cycle_id', '=', cycleId)
    .where('step_version.step_code', '=', '6')
    .executeTakeFirstOrThrow()
  const answers = row.answers as unknown as Answers
  return {
    entityName: row.entityName,
    ...paperOf(await findFrozenDress(trx, row.entity_id, { cycleId, stored: row.look })),
    cycle: {
      vigencia: row.vigencia,
      radicado: row.radicado,
      trd: row.trd,
      administrativeAct: row.administrative_act,
    },
    procedure: (await requireProcedureVersion(trx, row.procedure_version_id)).procedure,
    version: { n: row.n, formVersion: row.form_version, hash: row.hash, answers },
    answers: { ...(await currentAnswers(trx, cycleId)), '6': answers },
    signers: await listSigners(trx, stepVersionId),
    unfinished: await unfinishedBefore(trx, cycleId, row.entity_id),
    earlier: await earlierReports(trx, cycleId, stepVersionId),
    agencies: await agencyNames(trx, row.entity_id),
    duties: await dutyNames(trx, row.entity_id),
    demoNote: await demoNoteOf(trx, cycleId),
  }
}

/** The same of the draft as it stands: no signatures, no hash. */
export async function draftReportGrounds(trx: Trx, step: StepContext): Promise<ReportGrounds> {
  const { cycle, definition, draft, upstream } = step
  const cycleId = cycle.state.id
  const row = await trx
    .selectFrom('cycle')
    .innerJoin('entity', 'entity.id', 'cycle.entity_id')
    .select(['entity.name as entityName', 'cycle.vigencia', 'cycle.radicado', 'cycle.trd'])
    .select('cycle.administrative_act as administrativeAct')
    .where('cycle.id', '=', cycleId)
    .executeTakeFirstOrThrow()
  const { entityName, ...facts } = row
  return {
    ...{ entityName, cycle: facts, procedure: cycle.version.procedure, signers: [] },
    ...paperOf(await findDress(trx, cycle.entityId, cycleId)),
    version: { n: 0, formVersion: definition.version, hash: '', answers: draft.answers },
    answers: { ...upstream, '6': draft.answers },
    unfinished: await unfinishedBefore(trx, cycleId, cycle.entityId),
    earlier: await earlierReports(trx, cycleId, null),
    agencies: await agencyNames(trx, cycle.entityId),
    duties: await dutyNames(trx, cycle.entityId),
    demoNote: await demoNoteOf(trx, cycleId),
  }
}

const paperOf = ({ look, shieldHash }: ReportDress) => ({ look, shieldHash })

async function currentAnswers(trx: Trx, cycleId: string): Promise<StepAnswers> {
  const rows = await trx
    .selectFrom('step')
    .innerJoin('step_version', 'step_version.id', 'step.version_id')
    .select(['step.code', 'step_version.answers'])
    .where('step.cycle_id', '=', cycleId)
    .where('step.code', '<', '6')
    .execute()
  return Object.fromEntries(rows.map((row) => [row.code, row.answers as unknown as Answers]))
}

async function listSigners(trx: Trx, stepVersionId: string): Promise<Signer[]> {
  const rows = await trx
    .selectFrom('signature')
    .leftJoin('person as grantor', 'grantor.id', 'signature.acting_for')
    .select(['role', 'person_name', 'position_name', 'tenure_kind', 'signed_at', 'receipt_code', 'statement', 'method'])
    .select('grantor.display_name as actingFor')
    .where('step_version_id', '=', stepVersionId)
    .where('verdict', 'in', ['submit', 'approve'])
    .orderBy('signed_at')
    .execute()
  return rows.map((row) => ({
    role: row.role as Signer['role'],
    name: row.person_name,
    position: row.position_name,
    tenureKind: row.tenure_kind,
    actingFor: row.actingFor,
    signedAt: row.signed_at.toISOString(),
    receiptCode: row.receipt_code,
    statement: row.statement,
    method: row.method,
  }))
}

/** What earlier reports recommended and is not finished, in the order of their codes. */
async function unfinishedBefore(trx: Trx, cycleId: string, entityId: string): Promise<ReportGrounds['unfinished']> {
  const names = await dutyNames(trx, entityId)
  const { recommendations } = await findEarlierReports(trx, cycleId, entityId)
  return recommendations.filter(isUnfinished).map(({ code, what, owner, duty, dueDate, status }) => ({
    ...{ code, what, status, due: dueDate, owner: owner ?? names.get(duty) ?? '' },
  }))
}

async function earlierReports(trx: Trx, cycleId: string, stepVersionId: string | null) {
  const rows = await trx
    .selectFrom('document')
    .innerJoin('step_version', 'step_version.id', 'document.step_version_id')
    .select(['step_version.n as version', 'document.issued_at as issuedAt', 'document.code'])
    .where('document.cycle_id', '=', cycleId)
    .$if(stepVersionId !== null, (query) => query.where('document.step_version_id', '!=', stepVersionId))
    .orderBy('document.issued_at')
    .execute()
  return rows
}

/** Name of each agency of the entity by its code in forms, ended ones too. */
async function agencyNames(trx: Trx, entityId: string): Promise<Map<string, string>> {
  const rows = await trx.selectFrom('agency').select(['id', 'code', 'name']).where('entity_id', '=', entityId).execute()
  return new Map(rows.map((row) => [row.code ?? row.id, row.name]))
}

/** Name of a position by its duty, ended ones too; the first by name where several share it. */
async function dutyNames(trx: Trx, entityId: string): Promise<Map<string, string>> {
  const rows = await trx
    .selectFrom('position')
    .select(['duty', 'name'])
    .where('entity_id', '=', entityId)
    .orderBy('name', 'desc')
    .execute()
  return new Map(rows.map((row) => [row.duty, row.name]))
}
