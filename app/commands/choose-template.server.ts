import { findCycle } from '../../db/cycles.ts'
import { findTemplateVersion } from '../../db/report-templates.ts'
import { chooseForCycle } from '../../db/template-changes.ts'
import { Refused } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { requireEditable } from '../step-rights.server.ts'

/** The version of a template that the report of a cycle is printed with, or the entity's own (`null`), by whoever elaborates it. */
export async function chooseTemplate(
  context: AppContext,
  actor: Actor,
  { cycleId, versionId }: { cycleId: string; versionId: string | null },
): Promise<void> {
  await recordingRefusals(context, actor, { objectId: cycleId, cycleId, stepCode: '6' }, async (trx, by) => {
    const cycle = await findCycle(trx, cycleId)
    if (!cycle?.stepIds['6']) throw new Refused('not_visible')
    await requireEditable(trx, actor, cycle, '6')
    const version = versionId === null ? null : await findTemplateVersion(trx, actor.entityId, versionId)
    if (version === undefined || version?.isRetired) throw new Refused('out_of_date')
    await chooseForCycle(trx, by, cycleId, version)
  })
}
