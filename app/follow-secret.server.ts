import { type Trx, withDocumentCode, withEntity } from '../db/client.ts'
import { recordRefusal } from '../db/refusals.ts'
import { findRights, type LoadedRights, spendTry } from '../db/rights.ts'
import { findRightsByCode } from '../db/rights-pages.ts'
import { isFollowSecret } from '../db/rights-secrets.ts'
import { Refused } from '../domain/refusals.ts'
import { REST_MINUTES } from '../domain/rights.ts'
import { parseCode } from '../domain/verification-codes.ts'
import type { AppContext } from './context.server.ts'

/** Where a citizen's request stands that was found by its code. */
export interface Followed {
  id: string
  entityId: string
  code: string
}

/** The request behind a code as somebody types it; undefined where there is none. */
export async function findFollowed(context: AppContext, typed: string): Promise<Followed | undefined> {
  const code = parseCode(typed)
  const found = code && (await withDocumentCode(context.publicDb, code, (trx) => findRightsByCode(trx, code)))
  return found ? { ...found, code } : undefined
}

/**
 * Does something with a request for whoever holds its secret, in one transaction. Throws `Refused` with its event: for a wrong
 * secret, and after some in a row whatever is typed (promises §4.10), and for what the work itself refuses.
 */
export async function withFollowSecret<T>(
  context: AppContext,
  place: Followed,
  secret: string,
  work: (trx: Trx, request: LoadedRights) => Promise<T>,
): Promise<T> {
  const { id, entityId } = place
  const isRight = isFollowSecret({ secret: context.config.APP_SECRET, entityId }, id, secret)
  try {
    const done = await withEntity(context.db, entityId, async (trx) => {
      const isResting = await spendTry(trx, id, isRight)
      if (isResting || !isRight) return await refuse(trx, context, place, isResting ? 'tries_spent' : 'wrong_secret')
      const request = await findRights(trx, id)
      if (!request) throw new Refused('not_visible')
      return { result: await work(trx, request) }
    })
    if (done instanceof Refused) throw done
    return done.result
  } catch (failure) {
    if (failure instanceof Refused && failure.code === 'nothing_to_complete')
      await withEntity(context.db, entityId, (trx) => refuse(trx, context, place, 'nothing_to_complete'))
    throw failure
  }
}

/** The event stands in the transaction that counts the try. */
async function refuse(
  trx: Trx,
  { requestId }: AppContext,
  { id, entityId }: Followed,
  code: 'tries_spent' | 'wrong_secret' | 'nothing_to_complete',
): Promise<Refused> {
  const nobody = { personId: null, positionId: null }
  await recordRefusal(trx, { entityId, ...nobody, objectId: id, code, origin: 'web', requestId })
  return new Refused(code, { minutes: REST_MINUTES })
}
