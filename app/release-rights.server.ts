import type { Trx } from '../db/client.ts'
import { listProcedures, requireProcedureVersion } from '../db/procedures.ts'
import { findRelease } from '../db/release-pages.ts'
import { releaseRow, stepRow } from '../domain/permission-rows.ts'
import type { Rows } from '../domain/permission-subjects.ts'
import { whyNot } from '../domain/permissions.ts'
import type { Procedure } from '../domain/procedures.ts'
import { Refused, refuseIf } from '../domain/refusals.ts'
import { isHidden, isWaiting } from '../domain/releases.ts'
import { permitted } from './commands/permitted.server.ts'
import type { Actor } from './session.server.ts'

/** Whoever elaborates, reviews or approves step 7: only they see what is not published yet (model.md §8). */
export function seesDrafts(actor: Actor, procedure: Procedure): boolean {
  const row = stepRow(actor.entityId, procedure, '7')
  return [...row.authorDuties, ...row.deciderDuties].includes(actor.position.duty)
}

/** The same over every procedure the entity has adopted: for lists that mix cycles. */
export async function seesSomeDrafts(trx: Trx, actor: Actor): Promise<boolean> {
  for (const { id } of await listProcedures(trx, actor.entityId)) {
    const { procedure } = await requireProcedureVersion(trx, id)
    if (seesDrafts(actor, procedure)) return true
  }
  return false
}

/** The release whose page this person opens, with the procedure it was made by; undefined where there is none. */
export async function findSeenRelease(trx: Trx, actor: Actor, id: string) {
  const release = await findRelease(trx, actor.entityId, id)
  if (!release) return undefined
  const { procedure } = await requireProcedureVersion(trx, release.procedureVersionId)
  // What is still being signed has its page with its cycle; what waits for its hour is shown to the people of the step.
  const isBeingSigned = isWaiting(release.status) && !release.approvedAt
  if (isBeingSigned || (isHidden(release.status) && !seesDrafts(actor, procedure))) return undefined
  return { release, procedure }
}

/**
 * In the transaction that acts on a release: it may be done by this person. Until it is public nothing can be done to a
 * release but move its hour, or prepare, sign and take back what takes its place where it is held, by those who see it.
 */
export async function requireReleaseRight(
  trx: Trx,
  actor: Actor,
  releaseId: string,
  action: 'withdraw' | 'schedule' | 'correct' | 'sign',
): Promise<Rows['Release']> {
  const release = await findRelease(trx, actor.entityId, releaseId)
  if (!release) throw new Refused('not_visible')
  const { procedure } = await requireProcedureVersion(trx, release.procedureVersionId)
  const isOpenTo = (action === 'schedule') !== (release.status === 'held')
  if (isHidden(release.status) && !(isOpenTo && seesDrafts(actor, procedure))) throw new Refused('not_visible')
  const row = releaseRow(actor.entityId, procedure)
  refuseIf(whyNot(permitted(actor), action, 'Release', row))
  return row
}
