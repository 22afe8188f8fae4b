/** Issued documents: what a signed report is made of, its row, and what anyone may verify of it. */
import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import type { Signer } from '../documents/report.ts'
import type { Answers } from '../domain/forms.ts'
import type { StepAnswers } from '../domain/references.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { type ProcedureVersion, requireProcedureVersion } from './procedures.ts'

export interface IssuedDocument {
  id: string
  code: string
  sha256: string
}

/** 31 letters and digits nobody mistakes for another. */
const CODE_LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'

/** Random code of 12, about 59 bits: it cannot be guessed, and stands on the PDF. */
export function newDocumentCode(): string {
  return Array.from({ length: 12 }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join('')
}

/** As people type it, with or without hyphens, in any case; null when it can be no code of ours. */
export function parseDocumentCode(typed: string): string | null {
  const code = typed.replaceAll(/[\s-]/g, '').toUpperCase()
  return code.length === 12 && [...code].every((letter) => CODE_LETTERS.includes(letter)) ? code : null
}

export async function findIssued(trx: Trx, stepVersionId: string): Promise<IssuedDocument | undefined> {
  return await trx
    .selectFrom('document')
    .select(['id', 'code', 'sha256'])
    .where('step_version_id', '=', stepVersionId)
    .executeTakeFirst()
}

export interface ReportGrounds {
  entityName: string
  /** SHA-256 of the shield's PNG; null where the entity has none. */
  shieldHash: string | null
  cycle: { vigencia: number; radicado: string; trd: string; administrativeAct: string | null }
  procedure: ProcedureVersion['procedure']
  version: { n: number; formVersion: number; hash: string; answers: Answers }
  /** Approved answers of steps 1 to 6. */
  answers: StepAnswers
  signers: Signer[]
  /** Earlier reports of this cycle, oldest first. */
  earlier: { version: number; issuedAt: Date; code: string }[]
  agencies: Map<string, string>
  demoNote: string | null
}

/** Everything the report of an approved version of step 6 prints, except its figures. */
export async function readReportGrounds(trx: Trx, cycleId: string, stepVersionId: string): Promise<ReportGrounds> {
  const row = await trx
    .selectFrom('step_version')
    .innerJoin('cycle', 'cycle.id', 'step_version.cycle_id')
    .innerJoin('entity', 'entity.id', 'cycle.entity_id')
    .select([
      'entity.name as entityName',
      'entity.shield_hash as shieldHash',
      'cycle.vigencia',
      'cycle.radicado',
      'cycle.trd',
    ])
    .select('cycle.administrative_act')
    .select(['cycle.procedure_version_id', 'step_version.n', 'step_version.form_version', 'step_version.hash'])
    .select('step_version.answers')
    .where('step_version.id', '=', stepVersionId)
    .where('step_version.cycle_id', '=', cycleId)
    .where('step_version.step_code', '=', '6')
    .executeTakeFirstOrThrow()
  const answers = row.answers as unknown as Answers
  return {
    entityName: row.entityName,
    shieldHash: row.shieldHash,
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
    earlier: await earlierReports(trx, cycleId, stepVersionId),
    agencies: await agencyNames(trx),
    demoNote: await demoNoteOf(trx, cycleId),
  }
}

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
    .select(['role', 'person_name', 'position_name', 'tenure_kind', 'signed_at', 'receipt_code', 'statement'])
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
  }))
}

async function earlierReports(trx: Trx, cycleId: string, stepVersionId: string) {
  const rows = await trx
    .selectFrom('document')
    .innerJoin('step_version', 'step_version.id', 'document.step_version_id')
    .select(['step_version.n as version', 'document.issued_at as issuedAt', 'document.code'])
    .where('document.cycle_id', '=', cycleId)
    .where('document.step_version_id', '!=', stepVersionId)
    .orderBy('document.issued_at')
    .execute()
  return rows
}

/** Name of each agency of the entity by its code in forms, ended ones too. */
async function agencyNames(trx: Trx): Promise<Map<string, string>> {
  const rows = await trx.selectFrom('agency').select(['id', 'code', 'name']).execute()
  return new Map(rows.map((row) => [row.code ?? row.id, row.name]))
}

/** The sentence that must stand wherever figures of this cycle's sources stand, or null. */
export async function demoNoteOf(trx: Trx, cycleId: string): Promise<string | null> {
  const rows = await trx
    .selectFrom('source')
    .select('demo_note')
    .distinct()
    .where('cycle_id', '=', cycleId)
    .where('detached_at', 'is', null)
    .where('demo_note', 'is not', null)
    .execute()
  return rows.length > 0 ? rows.map((row) => row.demo_note).join('; ') : null
}

export interface NewDocument extends IssuedDocument {
  entityId: string
  cycleId: string
  stepVersionId: string
  title: string
  bytes: number
  contentHash: string
  signers: Signer[]
  workflowId: string
}

/** Row and event of an issued document. A version has one document: the first stands, and is what comes back. */
export async function insertDocument(trx: Trx, document: NewDocument): Promise<IssuedDocument> {
  // Two runs of the activity may have rendered at once; the cycle's row lets one of them through at a time.
  await trx.selectFrom('cycle').select('id').where('id', '=', document.cycleId).forUpdate().execute()
  const issued = await findIssued(trx, document.stepVersionId)
  if (issued) return issued
  const { id, code, sha256, entityId, cycleId, stepVersionId, title, bytes, contentHash } = document
  await trx
    .insertInto('document')
    .values({
      ...{ id, code, sha256, title, bytes, entity_id: entityId, cycle_id: cycleId, step_version_id: stepVersionId },
      content_hash: contentHash,
      signers: JSON.stringify(document.signers),
      issued_at: sql<Date>`app_now()`,
    })
    .execute()
  await recordEvent(trx, {
    ...{ entityId, cycleId, contentHash, type: 'document.issued', objectId: id, objectVersion: code, stepCode: '6' },
    changes: [{ field: 'sha256', before: null, after: sha256 }],
    origin: 'workflow',
    workflowId: document.workflowId,
  })
  return { id, code, sha256 }
}

export interface PublicDocument {
  code: string
  title: string
  entity: string
  sha256: string
  contentHash: string
  bytes: number
  issuedAt: Date
  signers: Signer[]
}

/** One document by its code; call inside `withDocumentCode`, which is what lets the public role see it. */
export async function findPublicDocument(trx: Trx, code: string): Promise<PublicDocument | undefined> {
  const row = await trx
    .selectFrom('document')
    .innerJoin('entity', 'entity.id', 'document.entity_id')
    .select(['document.code', 'document.title', 'entity.name as entity', 'document.sha256', 'document.content_hash'])
    .select(['document.bytes', 'document.issued_at', 'document.signers'])
    .where('document.code', '=', code)
    .executeTakeFirst()
  if (!row) return undefined
  const { title, entity, sha256 } = row
  return {
    ...{ code: row.code, title, entity, sha256, contentHash: row.content_hash, issuedAt: row.issued_at },
    bytes: Number(row.bytes),
    signers: row.signers as unknown as Signer[],
  }
}
