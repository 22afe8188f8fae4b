/** What people type about methodologies, besides the copy they edit. */
import { z } from 'zod'
import { type InputCode, STALE, typedText } from './input-reading.ts'
import { methodologyKeyOf } from './risk-methodology.ts'

/** `version`: how often the copy was saved when the page was opened. */
const read = z.coerce.number(STALE).int(STALE).min(1, STALE)
const reason = typedText('reason_missing', { min: 10, max: 1_000 })

export const PublicationInput = z.object({ version: read, reason })
export const DiscardInput = z.object({ version: read })

/** `typology`: empty for every one without a choice of its own. */
export const ChoiceInput = z
  .object({
    formKey: z.uuid(STALE),
    typology: z
      .string()
      .regex(/^[a-z0-9_]{0,40}$/, STALE)
      .default('')
      .transform((code) => code || null),
    methodology: z
      .string('methodology_missing' satisfies InputCode)
      .refine((text) => methodologyKeyOf(text) !== null, 'methodology_missing' satisfies InputCode),
    reason,
  })
  .transform(({ methodology, ...typed }) => ({ ...typed, key: methodologyKeyOf(methodology) ?? { code: '', n: 0 } }))
export type ChoiceInput = z.infer<typeof ChoiceInput>
