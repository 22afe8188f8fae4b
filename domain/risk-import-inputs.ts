/** What is said of a risk map that comes as a file, and why there may be none to read. */
import { z } from 'zod'
import type { UnreadFile } from './file-readings.ts'
import { type InputCode, STALE } from './input-reading.ts'
import type { FoundMap } from './risk-map-sheet.ts'
import { methodologyKeyOf } from './risk-methodology.ts'
import type { FileRefusal } from './sources.ts'

/** What holds where the file says nothing of it. */
export const riskImportInput = z.object({
  formKey: z.uuid(STALE),
  ownerId: z.uuid('risk_owner_missing' satisfies InputCode),
  /** Empty: what the entity rates each typology with. */
  methodology: z
    .string()
    .default('')
    .refine((text) => text === '' || methodologyKeyOf(text) !== null, STALE)
    .transform((text) => methodologyKeyOf(text)),
})

export type MapFault = UnreadFile | Extract<FoundMap, { ok: false }>['fault'] | FileRefusal
