import { standingMail } from '../app/text/control-mail.ts'
import type { Trx } from '../db/client.ts'
import { type EvidenceCause, settleEvidence } from '../db/control-standings.ts'
import type { RunControl } from '../db/run-controls.ts'
import { tellOwner } from '../db/standing-mail.ts'
import { bogotaDate } from '../domain/civil-dates.ts'
import type { Tools } from './tools.ts'

/** What changed the evidence of a control: a run of it, or the calendar. */
interface Moved {
  control: RunControl
  workflowId?: string
}

/**
 * Whatever changes what is shown of a control asks this, in its own transaction: its evidence and what is left of its risk follow,
 * and whoever answers for the risk is told the same day where it demonstrably stands elsewhere now (features D7, N4).
 */
export async function evidenceMoved(
  trx: Trx,
  tools: Tools,
  { control, workflowId }: Moved,
  now: Date,
  actId: string | null = null,
): Promise<void> {
  const cause: EvidenceCause = { origin: 'workflow', workflowId: workflowId ?? null, actId }
  const moved = await settleEvidence(trx, control, bogotaDate(now), cause)
  if (moved) await tellOwner(trx, moved, { publicUrl: tools.publicUrl, now, words: standingMail })
}
