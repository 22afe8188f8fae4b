import { z } from 'zod'
import { STALE, typedText } from './input-reading.ts'

/** What somebody says of a difference that cannot be undone, and answers for. */
export const ExplanationInput = z.object({
  formKey: z.uuid(STALE),
  difference: z.string(STALE).min(1, STALE),
  note: typedText('explanation_missing', { min: 20, max: 2_000 }),
})
export type ExplanationInput = z.infer<typeof ExplanationInput>
