import type { Trx } from '../../db/client.ts'
import { appNow } from '../../db/clock.ts'
import { tellOfDrop } from '../../db/drop-mail.ts'
import { type HeldAction, type NewEntry, recordProgress, type Writer } from '../../db/improvement-entries.ts'
import type { ReportableStatus } from '../../domain/improvement.ts'
import type { ActionProgressInput } from '../../domain/improvement-inputs.ts'
import type { AppContext } from '../context.server.ts'
import { type EntryFiles, writeEntry } from '../improvement-entry.server.ts'
import { reportObjection } from '../improvement-rights.server.ts'
import type { Actor } from '../session.server.ts'
import { dropMail } from '../text/action-mail.ts'

/**
 * Says how an improvement action goes, why it has not begun, or why it should be given up (G4), of which whoever answers for its
 * plan is told.
 */
export async function reportAction(
  context: AppContext,
  actor: Actor,
  code: string,
  input: ActionProgressInput & EntryFiles,
): Promise<void> {
  const { PUBLIC_URL: publicUrl } = context.config
  const record = async (trx: Trx, by: Writer, action: HeldAction, entry: NewEntry & { status: ReportableStatus }) => {
    await recordProgress(trx, by, action, entry)
    const { findingId } = action
    if (entry.status !== 'drop_asked' || findingId === null) return
    const asked = { entryId: entry.id, action: action.code, findingId }
    await tellOfDrop(trx, asked, { publicUrl, now: appNow(), words: dropMail, by: by.personId })
  }
  await writeEntry(context, actor, code, input, { objection: reportObjection, record })
}
