import { standingMail } from '../app/text/control-mail.ts'
import type { Trx } from '../db/client.ts'
import { holdersOfPost } from '../db/control-notices.ts'
import type { RunControl } from '../db/control-runs.ts'
import { type EvidenceCause, type MovedRisk, settleEvidence } from '../db/control-standings.ts'
import { idOf } from '../db/ids.ts'
import { leadingTo, writeMail } from '../db/mail.ts'
import { bogotaDate } from '../domain/civil-dates.ts'
import type { Tools } from './tools.ts'

/** What changed the evidence of a control: a run of it, or the calendar. */
interface Moved {
  control: RunControl
  workflowId?: string
}

/**
 * Whatever changes what is shown of a control asks this, in its own transaction: its evidence and what is left of its risk follow,
 * and whoever answers for the risk is told the same day where its demonstrated zone is another one now (features D7, N4).
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
  if (moved) await tellOwner(trx, tools, control, moved, now)
}

async function tellOwner(
  trx: Trx,
  { publicUrl }: Tools,
  control: RunControl,
  moved: MovedRisk,
  now: Date,
): Promise<void> {
  const { riskId, riskCode, ownerPosition, before, after, zone, rises } = moved
  const { entityId } = control
  for (const { personId, told } of await holdersOfPost(trx, { entityId, positionId: ownerPosition }, now))
    await writeMail(trx, {
      ...{ id: idOf('standing', riskId, control.id, before, after, bogotaDate(now), personId) },
      ...{ entityId, noticeId: null, personId },
      ...standingMail({ risk: riskCode, control: control.code, zone, rises, told }),
      ...leadingTo(publicUrl, `/riesgos/${riskCode}`),
    })
}
