import { recordResult } from '../../db/improvement-entries.ts'
import { objectionToResult } from '../../domain/improvement.ts'
import type { ActionResultInput } from '../../domain/improvement-inputs.ts'
import type { AppContext } from '../context.server.ts'
import { type EntryFiles, writeEntry } from '../improvement-entry.server.ts'
import { reportObjection } from '../improvement-rights.server.ts'
import type { Actor } from '../session.server.ts'

/** Says that an improvement action is carried out, with what its indicator says (G4); somebody else checks its effect later. */
export async function closeAction(
  context: AppContext,
  actor: Actor,
  code: string,
  input: ActionResultInput & EntryFiles,
): Promise<void> {
  await writeEntry(context, actor, code, input, {
    objection: (by, action) => reportObjection(by, action) ?? objectionToResult(input),
    record: recordResult,
  })
}
