/** Issued documents: their rows, and what anyone may verify of them. */
import { sql } from 'kysely'
import type { Signer } from '../documents/report-content.ts'
import { spacedCode } from '../domain/verification-codes.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { findTombstone } from './disposal-pages.ts'
import { recordFigureCodes, recordSaid } from './figure-codes.ts'
import { newId } from './ids.ts'
import type { PublicFigure } from './public-figures.ts'
import type { SaidTable } from './said-numbers.ts'
import type { FollowedTable } from './series-tables.ts'

export interface IssuedDocument {
  id: string
  code: string
  sha256: string
}

/** The document of a version; it has one at most. */
export async function findIssued(trx: Trx, stepVersionId: string): Promise<IssuedDocument | undefined> {
  return await trx
    .selectFrom('document')
    .select(['id', 'code', 'sha256'])
    .where('step_version_id', '=', stepVersionId)
    .executeTakeFirst()
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
  /** The same document in its other forms. */
  otherForms: { format: 'docx' | 'html'; sha256: string; bytes: number }[]
  workflowId: string
  /** The figures it prints, with their codes. */
  figures: readonly PublicFigure[]
  /** The tables behind the numbers in its text, and what the pages of its variables show from now on. */
  said: readonly (SaidTable | FollowedTable)[]
}

/** Row and event of an issued document. Call with `holdIssuing` held and nothing issued of its version. */
export async function insertDocument(trx: Trx, document: NewDocument): Promise<IssuedDocument> {
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
  await trx
    .insertInto('document_file')
    .values(document.otherForms.map((form) => ({ ...form, id: newId(), entity_id: entityId, document_id: id })))
    .execute()
  const printedIn = { entityId, documentId: id, releaseId: null }
  await recordFigureCodes(trx, printedIn, document.figures)
  await recordSaid(trx, printedIn, document.said)
  await recordEvent(trx, {
    ...{ entityId, cycleId, contentHash, type: 'document.issued', objectId: id, objectVersion: code, stepCode: '6' },
    changes: [{ field: 'sha256', before: null, after: sha256 }],
    origin: 'workflow',
    workflowId: document.workflowId,
  })
  return { id, code, sha256 }
}

export type ReportFormat = 'pdf' | 'docx' | 'html'

/** A document of the cycle; undefined when it is of another, or not visible. */
export async function findCycleDocument(trx: Trx, cycleId: string, documentId: string) {
  return await trx
    .selectFrom('document')
    .select('id')
    .where('id', '=', documentId)
    .where('cycle_id', '=', cycleId)
    .executeTakeFirst()
}

/** Files of a document by their form, the signed PDF first; empty when it is not visible. */
export async function listDocumentFiles(trx: Trx, documentId: string) {
  const signed = await trx.selectFrom('document').select(['sha256', 'bytes']).where('id', '=', documentId).execute()
  const others = await trx
    .selectFrom('document_file')
    .select(['format', 'sha256', 'bytes'])
    .where('document_id', '=', documentId)
    .orderBy('format')
    .execute()
  return [...signed.map((one) => ({ format: 'pdf', ...one })), ...others].map((one) => ({
    ...{ format: one.format as ReportFormat, sha256: one.sha256 },
    bytes: Number(one.bytes),
  }))
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
  /** By which minutes its file was eliminated; null while it is there. */
  eliminated: { minutes: string; on: string } | null
  /** The signature whose receipt was asked for; null when it was the document. */
  receipt: Signer | null
}

/**
 * One document by its own code or by that of a receipt printed on it; call inside `withDocumentCode`, which is what lets
 * the public role see it.
 */
export async function findPublicDocument(trx: Trx, code: string): Promise<PublicDocument | undefined> {
  const row = await trx
    .selectFrom('document')
    .innerJoin('entity', 'entity.id', 'document.entity_id')
    .select([
      'document.id',
      'document.code',
      'document.title',
      'entity.name as entity',
      'document.sha256',
      'document.content_hash',
    ])
    .select(['document.bytes', 'document.issued_at', 'document.signers'])
    .where((eb) => eb.or([eb('document.code', '=', code), carriesReceipt(code)]))
    .executeTakeFirst()
  if (!row) return undefined
  const { title, entity, sha256 } = row
  const signers = row.signers as unknown as Signer[]
  return {
    ...{ code: row.code, title, entity, sha256, contentHash: row.content_hash, issuedAt: row.issued_at },
    bytes: Number(row.bytes),
    signers,
    eliminated: await goneOf(trx, row.id),
    receipt: signers.find(({ receiptCode }) => receiptCode === spacedCode(code)) ?? null,
  }
}

async function goneOf(trx: Trx, documentId: string): Promise<{ minutes: string; on: string } | null> {
  const gone = await findTombstone(trx, documentId, ['document'])
  return gone ? { minutes: gone.minutes, on: gone.on } : null
}

function carriesReceipt(code: string) {
  return sql<boolean>`document.signers @> ${JSON.stringify([{ receiptCode: spacedCode(code) }])}::jsonb`
}
