import { withActor } from '../../db/client.ts'
import { findGrant } from '../../db/grants.ts'
import { findGrantInForce } from '../../db/grants-in-force.ts'
import { notFound } from '../answer.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'

/** 204 where the access lets this person in today, 403 where it does not; of others it says nothing. */
export async function answerEntry(context: AppContext, actor: Actor, grantId: string): Promise<Response> {
  const letsIn = await withActor(context.db, actor, async (trx) => {
    const grant = await findGrant(trx, grantId)
    if (grant?.state.granteeId !== actor.personId) throw notFound(context.requestId)
    return (await findGrantInForce(trx, actor.personId, grantId)) !== undefined
  })
  return new Response(null, { status: letsIn ? 204 : 403 })
}
