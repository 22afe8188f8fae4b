/** What people type about methodologies, besides the copy they edit. */
import { z } from 'zod'
import { type InputCode, STALE, typedText } from './input-reading.ts'
import { kindKeyOf } from './methodology-choices.ts'
import { methodologyKeyOf } from './risk-methodology.ts'

/** Which copy the page showed, and how often that one was saved then. */
export const DraftRead = z.object({ copy: z.uuid(STALE), version: z.coerce.number(STALE).int(STALE).min(1, STALE) })
export type DraftRead = z.infer<typeof DraftRead>

const reason = typedText('reason_missing', { min: 10, max: 1_000 })
export const PublicationInput = DraftRead.extend({ reason })

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

/** `target`: the kind whose table was confirmed. `read`: hash of the assessment the page showed. */
export const MoveInput = z
  .object({
    formKey: z.uuid(STALE),
    target: z
      .string(STALE)
      .transform(kindKeyOf)
      .refine((kind) => kind !== null, STALE),
    read: z.string(STALE),
    reason,
    confirmed: z.literal('si', 'table_unconfirmed' satisfies InputCode),
  })
  .transform(({ formKey, target, read, reason: why }) => ({ formKey, read, reason: why, ...target }))

/** What the page showed of a residual: what is computed, and what stands over it. */
export const OverrideRead = z.object({ read: z.string(STALE) })
export type OverrideRead = z.infer<typeof OverrideRead>

const level = z.coerce
  .number('level_missing' satisfies InputCode)
  .int(STALE)
  .min(0, STALE)
  .max(20, STALE)

/** `probability` and `impact`: levels from the lowest, 0. */
export const OverrideInput = OverrideRead.extend({
  formKey: z.uuid(STALE),
  probability: level,
  impact: level,
  reason: typedText('reason_missing', { min: 20, max: 1_000 }),
})
export type OverrideInput = z.infer<typeof OverrideInput>
