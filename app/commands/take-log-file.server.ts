import type { Trx } from '../../db/client.ts'
import { exportLeaves } from '../../db/leaf-files.ts'
import { findCheckpoint, listLogKeys } from '../../db/log-checkpoints.ts'
import { growthOf } from '../../db/sealed-log.ts'
import { Refused } from '../../domain/refusals.ts'
import { growthProofText } from '../../verifier/proofs.ts'
import { openCheckpoint } from '../../verifier/signed-note.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { auditing } from './consult-trail.server.ts'

/** What an auditor keeps outside. */
export type LogFile = { kind: 'leaves'; day: string } | { kind: 'growth'; size: bigint }

/** The leaves of a day, or the proof that the newest checkpoint holds all of an earlier one; that it was taken is on record. */
export async function takeLogFile(context: AppContext, actor: Actor, file: LogFile): Promise<string> {
  return await auditing(context, actor, { objectId: actor.entityId, type: 'audit.log_file_taken' }, (trx) =>
    file.kind === 'leaves' ? leavesOf(trx, actor.entityId, file.day) : growthFrom(trx, actor.entityId, file.size),
  )
}

async function leavesOf(trx: Trx, entityId: string, day: string): Promise<string> {
  const newest = await findCheckpoint(trx, entityId)
  if (!newest) throw new Refused('not_visible')
  const { origin } = openCheckpoint(newest.note, await listLogKeys(trx, entityId))
  return await exportLeaves(trx, entityId, origin, day)
}

async function growthFrom(trx: Trx, entityId: string, size: bigint): Promise<string> {
  const earlier = await findCheckpoint(trx, entityId, size - 1n)
  const later = await findCheckpoint(trx, entityId)
  if (earlier?.size !== size || !later) throw new Refused('not_visible')
  const path = await growthOf(trx, entityId, earlier.size, later.size)
  const keys = await listLogKeys(trx, entityId)
  return growthProofText({ earlier: earlier.note, later: later.note, path, keys })
}
