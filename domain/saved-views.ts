/** Filters of the inbox kept under a name (experience 3): one schema for the form and for the command. */
import { z } from 'zod'
import { DUTIES } from './administration.ts'
import { type InputCode, line, STALE } from './input-reading.ts'

const sharedWith = z.enum(DUTIES, 'duty_missing' satisfies InputCode).nullable()

export const SavedViewInput = z.object({
  name: line('view_name_missing', { max: 60 }),
  /** What the address carries after the question mark. */
  search: z.string(STALE).min(1, STALE).max(600, STALE),
  sharedWith,
  isDefault: z.boolean(),
})
export type SavedViewInput = z.infer<typeof SavedViewInput>

export const ViewSharingInput = z.object({ viewId: z.uuid(STALE), sharedWith })
export type ViewSharingInput = z.infer<typeof ViewSharingInput>
