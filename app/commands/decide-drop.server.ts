import { recordDrop } from '../../db/improvement-entries.ts'
import type { ActionDropInput } from '../../domain/improvement-inputs.ts'
import type { AppContext } from '../context.server.ts'
import { type EntryFiles, writeEntry } from '../improvement-entry.server.ts'
import { dropObjection } from '../improvement-rights.server.ts'
import type { Actor } from '../session.server.ts'

/** Says whether an action is given up, as whoever answers for it asks (D12): never by whoever reported on it. */
export async function decideDrop(
  context: AppContext,
  actor: Actor,
  code: string,
  input: ActionDropInput & EntryFiles,
): Promise<void> {
  await writeEntry(context, actor, code, input, { objection: dropObjection, record: recordDrop })
}
