import type { Trx } from '../../db/client.ts'
import { requireProcedureVersion } from '../../db/procedures.ts'
import { moveReleaseHour } from '../../db/release-hours.ts'
import { findRelease } from '../../db/release-pages.ts'
import type { ReleaseHourInput } from '../../domain/inputs.ts'
import { releaseRow, whyNot } from '../../domain/permissions.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import { seesDrafts } from '../release-rights.server.ts'
import { type Actor, isProofRecent } from '../session.server.ts'
import { permitted } from './permitted.server.ts'

/** Says when a release becomes public, moves that hour or takes it back (features H2, H5); asks for a recent proof as publishing does. */
export async function scheduleRelease(context: AppContext, actor: Actor, input: ReleaseHourInput): Promise<void> {
  await recordingRefusals(context, actor, { objectId: input.releaseId }, async (trx, by) => {
    await requireRight(trx, actor, input.releaseId)
    if (!isProofRecent(actor)) throw new Refused('proof_expired')
    await moveReleaseHour(trx, by, input)
  })
}

async function requireRight(trx: Trx, actor: Actor, releaseId: string): Promise<void> {
  const release = await findRelease(trx, actor.entityId, releaseId)
  if (!release) throw new Refused('not_visible')
  const { procedure } = await requireProcedureVersion(trx, release.procedureVersionId)
  const isHidden = release.status === 'draft' || release.status === 'scheduled'
  if (isHidden && !seesDrafts(actor, procedure)) throw new Refused('not_visible')
  refuseIf(whyNot(permitted(actor), 'schedule', 'Release', releaseRow(actor.entityId, procedure)))
}
