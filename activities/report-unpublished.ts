import { heldReleaseMail } from '../app/text/disclosure-mail.ts'
import { withEntity } from '../db/client.ts'
import { appToday } from '../db/clock.ts'
import { lockCycle } from '../db/cycles.ts'
import { holdRelease, isHeldReason, type Unpublished } from '../db/held-releases.ts'
import { openIncident } from '../db/incidents.ts'
import { requireProcedureVersion } from '../db/procedures.ts'
import { releaseRow } from '../domain/permission-rows.ts'
import { tellDuties } from './tell-duties.ts'
import type { Tools } from './tools.ts'

/**
 * Nothing was published although it was signed: whoever operates the system is told. Where the files themselves are the reason
 * they are held, and whoever prepares step 7 is told by mail to prepare them again.
 */
export async function reportUnpublished(
  tools: Tools,
  { reason = null, ...about }: Unpublished & { reason?: string | null },
): Promise<void> {
  const { entityId, cycleId } = about
  await withEntity(tools.database, entityId, async (trx) => {
    // The cycle first, as whoever publishes does.
    const { procedureVersionId } = await lockCycle(trx, cycleId)
    const held = isHeldReason(reason) ? await holdRelease(trx, about, reason) : undefined
    if (held) {
      const { procedure } = await requireProcedureVersion(trx, procedureVersionId)
      const { correctorDuties: duties } = releaseRow(entityId, procedure)
      const path = `/publicaciones/${held.id}`
      await tellDuties(trx, tools, {
        entityId,
        duties,
        day: appToday(),
        about: ['release-held', held.id],
        words: heldReleaseMail(),
        path,
      })
    }
    const incident = { entityId, kind: 'release_not_published', objectType: 'cycle', objectId: cycleId } as const
    await openIncident(trx, { ...incident, origin: 'workflow' })
  })
}
