import { recordCheck } from '../../db/improvement-entries.ts'
import type { ActionCheckInput } from '../../domain/improvement-inputs.ts'
import type { AppContext } from '../context.server.ts'
import { type EntryFiles, writeEntry } from '../improvement-entry.server.ts'
import { checkObjection } from '../improvement-rights.server.ts'
import type { Actor } from '../session.server.ts'

/** Says whether a carried-out action had its effect (N15): months later, and never by whoever carried it out. */
export async function checkAction(
  context: AppContext,
  actor: Actor,
  code: string,
  input: ActionCheckInput & EntryFiles,
): Promise<void> {
  await writeEntry(context, actor, code, input, { objection: checkObjection, record: recordCheck })
}
