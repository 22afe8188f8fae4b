/** Delegated accesses for the tests: asked for, accepted and granted through the product's own acts. */
import { decideAccess } from '../../app/commands/decide-access.server.ts'
import { requestAccess } from '../../app/commands/request-access.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { withEntity } from '../../db/client.ts'
import { appNow, appToday } from '../../db/clock.ts'
import { findGrant } from '../../db/grants.ts'
import { newId } from '../../db/ids.ts'
import type { CaptureForm, GrantVerdict, RevocationCause } from '../../domain/grants.ts'

interface Hands {
  head: Actor
  grantee: Actor
  lead: Actor
}

/** An access of this vigencia to a point of the head's organismo, in force from today; answers its id. */
export async function grantedAccess(context: AppContext, hands: Hands, form: CaptureForm): Promise<string> {
  const { head, grantee, lead } = hands
  const today = appToday()
  const point = await withEntity(context.db, head.entityId, (trx) =>
    trx
      .selectFrom('service_point')
      .select('id')
      .where('agency_id', '=', head.position.agencyId)
      .orderBy('name')
      .executeTakeFirstOrThrow(),
  )
  const asked = await requestAccess(context, head, {
    ...{ formKey: newId(), granteeId: grantee.personId, pointId: point.id, form, startsOn: today },
    ...{ endsOn: `${today.slice(0, 4)}-12-31`, radicado: '202641730100000001', radicadoOn: today },
    reason: 'Atiende en la ventanilla de la secretaría.',
  })
  if (!asked.ok) throw new Error(JSON.stringify(asked.errors))
  const { grantId } = asked
  if ((await statusOf(context, head.entityId, grantId)) === 'asked') await say(context, grantee, grantId, 'accept')
  await say(context, lead, grantId, 'grant')
  return grantId
}

/** Says what the protocol of an access asks for, with the password given a moment ago. */
export async function say(
  context: AppContext,
  by: Actor,
  grantId: string,
  verdict: GrantVerdict,
  cause: RevocationCause | null = null,
): Promise<void> {
  const grant = await withEntity(context.db, by.entityId, (trx) => findGrant(trx, grantId))
  const contentHash = grant?.state.contentHash ?? ''
  const reason = cause === null ? '' : 'Por lo que dice la comunicación.'
  const input = { grantId, verdict, contentHash, cause, reason, accepted: 'si' as const }
  await decideAccess(context, { ...by, provedAt: appNow() }, input)
}

export async function statusOf(context: AppContext, entityId: string, grantId: string): Promise<string | undefined> {
  return (await withEntity(context.db, entityId, (trx) => findGrant(trx, grantId)))?.state.status
}
