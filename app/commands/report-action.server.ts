import { recordProgress } from '../../db/improvement-entries.ts'
import type { ActionProgressInput } from '../../domain/improvement-inputs.ts'
import type { AppContext } from '../context.server.ts'
import { type EntryFiles, writeEntry } from '../improvement-entry.server.ts'
import { reportObjection } from '../improvement-rights.server.ts'
import type { Actor } from '../session.server.ts'

/** Says how an improvement action goes, why it has not begun, or why it should be given up (G4). */
export async function reportAction(
  context: AppContext,
  actor: Actor,
  code: string,
  input: ActionProgressInput & EntryFiles,
): Promise<void> {
  await writeEntry(context, actor, code, input, { objection: reportObjection, record: recordProgress })
}
