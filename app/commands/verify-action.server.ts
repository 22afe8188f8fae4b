import { recordVerification } from '../../db/improvement-entries.ts'
import type { ActionVerificationInput } from '../../domain/improvement-inputs.ts'
import type { AppContext } from '../context.server.ts'
import { type EntryFiles, writeEntry } from '../improvement-entry.server.ts'
import { verifyObjection } from '../improvement-rights.server.ts'
import type { Actor } from '../session.server.ts'

/** Says whether an action was carried out as was told (D12), and when its effect is reviewed: never by whoever carried it out. */
export async function verifyAction(
  context: AppContext,
  actor: Actor,
  code: string,
  input: ActionVerificationInput & EntryFiles,
): Promise<void> {
  await writeEntry(context, actor, code, input, { objection: verifyObjection, record: recordVerification })
}
