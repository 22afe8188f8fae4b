/** What people type about captured records besides the forms themselves: one schema for the form and for the command. */
import { z } from 'zod'
import { DOCUMENT_TYPES } from '../catalog/document-types.ts'
import { READ_PURPOSES } from './capture.ts'
import { normalizedDocument, WITHOUT_DOCUMENT } from './citizens.ts'
import { type InputCode, STALE } from './input-reading.ts'

const SEARCHED = DOCUMENT_TYPES.map(({ code }) => code).filter((code) => code !== WITHOUT_DOCUMENT)
const MISSING: InputCode = 'document_missing'

/** By which a citizen is searched. */
export const LookUpInput = z
  .object({ type: z.enum(SEARCHED, MISSING), number: z.string(MISSING).max(60, MISSING) })
  .refine((document) => normalizedDocument(document) !== null, { path: ['number'], message: MISSING })
export type LookUpInput = z.infer<typeof LookUpInput>

/** For what the data of a citizen are opened. */
export const ReadInput = z.object({
  recordId: z.uuid(STALE),
  purpose: z.enum(READ_PURPOSES, 'read_purpose_missing' satisfies InputCode),
})

export const CorrectionInput = z.object({ recordId: z.uuid(STALE), formKey: z.uuid(STALE) })
