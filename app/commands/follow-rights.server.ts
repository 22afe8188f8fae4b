import { recordEvent } from '../../db/audit.ts'
import { findRightsPage, listRightsSignatures } from '../../db/rights-pages.ts'
import { Refused } from '../../domain/refusals.ts'
import { isRightsOver } from '../../domain/rights.ts'
import type { AppContext } from '../context.server.ts'
import { type Followed, withFollowSecret } from '../follow-secret.server.ts'

export type Course = Awaited<ReturnType<typeof followRights>>

/** How a request goes, to whoever holds its secret, with its event: nothing of anybody, and nothing that was typed. */
export async function followRights(context: AppContext, place: Followed, secret: string) {
  return await withFollowSecret(context, place, secret, async (trx, request) => {
    const page = await findRightsPage(trx, request.entityId, request.state.id)
    if (!page) throw new Refused('not_visible')
    const { id, isExtended, isIdentified } = request.state
    const last = (await listRightsSignatures(trx, id)).at(-1)
    await recordEvent(trx, {
      ...{ entityId: request.entityId, type: 'rights.followed', objectId: id, origin: 'web' },
      ...{ requestId: context.requestId, purposeCode: 'citizen_request' },
      changes: [{ field: 'code', before: null, after: request.number }],
    })
    const { number, aim, status, filedOn, dueOn, completeBy, denial, delivery } = page
    const receipt = isRightsOver(status) ? (last?.receiptCode ?? null) : null
    return { number, aim, status, filedOn, dueOn, completeBy, denial, delivery, receipt, isExtended, isIdentified }
  })
}
