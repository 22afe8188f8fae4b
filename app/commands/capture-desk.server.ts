import type { EventRecord } from '../../db/audit.ts'
import { type CaptureDraft, findCaptureDraft } from '../../db/capture-drafts.ts'
import type { KeyRing } from '../../db/citizens.ts'
import type { Trx } from '../../db/client.ts'
import { type GrantInForce, listGrantsInForce } from '../../db/grants-in-force.ts'
import { whyNot } from '../../domain/permissions.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { permitted } from './permitted.server.ts'

/** Whoever captures, in one transaction: the accesses in force are read in it, not before. */
export interface AtDesk {
  ring: KeyRing
  personId: string
  positionId: string
  grants: GrantInForce[]
  /** What every event of the desk says. */
  by: Pick<EventRecord, 'entityId' | 'actorPerson' | 'actorPosition' | 'origin' | 'requestId'>
}

/** Work at a point of attention under the accesses in force now; a refusal leaves its event (model.md §3). */
export async function atDesk<T>(
  context: AppContext,
  actor: Actor,
  objectId: string,
  work: (trx: Trx, desk: AtDesk) => Promise<T>,
): Promise<T> {
  return await recordingRefusals(
    context,
    actor,
    { objectId },
    async (trx, { entityId, personId, positionId, requestId }) =>
      work(trx, {
        ...{ ring: keyRing(context, actor), personId, positionId, grants: await listGrantsInForce(trx, personId) },
        by: { entityId, actorPerson: personId, actorPosition: positionId, origin: 'web', requestId },
      }),
  )
}

export function keyRing(context: AppContext, { entityId }: Actor): KeyRing {
  return { secret: context.config.APP_SECRET, entityId }
}

/** The access that lets this person capture. Throws `Refused` where it is none of theirs, or in force no more. */
export function requireGrant(actor: Actor, { grants }: AtDesk, grantId: string): GrantInForce {
  const grant = grants.find(({ id }) => id === grantId)
  if (!grant) throw new Refused('no_access_in_force')
  const scopes = grants.map(({ scope }) => scope)
  refuseIf(
    whyNot({ ...permitted(actor), scopes }, 'capture', 'Record', { entityId: actor.entityId, scope: grant.scope }),
  )
  return grant
}

/** One's own unfinished record, held until the transaction ends, with the access it belongs to. */
export async function requireDraft(
  trx: Trx,
  actor: Actor,
  desk: AtDesk,
  id: string,
): Promise<{ draft: CaptureDraft; grant: GrantInForce }> {
  if (desk.grants.length === 0) throw new Refused('no_access_in_force')
  const draft = await findCaptureDraft(trx, desk.ring, { id, personId: desk.personId, lock: true })
  if (!draft) throw new Refused('draft_gone')
  return { draft, grant: requireGrant(actor, desk, draft.grantId) }
}
