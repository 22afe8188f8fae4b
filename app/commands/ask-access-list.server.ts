import {
  claimAccessList,
  type FoundList,
  findAccessList,
  listRowRequests,
  type RowRequest,
  settleListRow,
} from '../../db/access-lists.ts'
import { recordEvent } from '../../db/audit.ts'
import { withActor } from '../../db/client.ts'
import { Refused } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals, recordRefusalOf } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { requestAccess } from './request-access.server.ts'

/**
 * Asks for every row of a list, one act each, by the command of a single request; a row that is refused harms no other, and
 * each refusal has its event. Confirmed again, it goes on with the rows nothing has become of: no row is asked for twice.
 */
export async function askAccessList(context: AppContext, actor: Actor, listId: string): Promise<void> {
  const list = await recordingRefusals(context, actor, { objectId: listId }, async (trx) => {
    const found = await findAccessList(trx, actor.personId, listId)
    if (!found) throw new Refused('not_visible')
    // It was read for the organismo it was sent for.
    if (found.agencyId !== actor.position.agencyId) throw new Refused('out_of_date')
    if (await claimAccessList(trx, listId))
      await recordEvent(trx, {
        ...{ entityId: actor.entityId, type: 'access.list_asked', objectId: listId, contentHash: found.sha256 },
        ...{ actorPerson: actor.personId, actorPosition: actor.position.id, origin: 'web' },
        requestId: context.requestId,
      })
    return found
  })
  let waits = true
  for (const row of await withActor(context.db, actor, (trx) => listRowRequests(trx, list))) {
    const { outcome, isAway } = await askForRow(context, actor, list, row, waits)
    await settle(context, actor, list, { n: row.n, outcome })
    // Stored, and nobody there to take it: the courier brings this one and the others.
    if (isAway) waits = false
  }
}

type Outcome = Parameters<typeof settleListRow>[3]

async function settle(
  context: AppContext,
  actor: Actor,
  list: FoundList,
  { n, outcome }: { n: number; outcome: Outcome },
) {
  const result = 'code' in outcome ? outcome.code : 'asked'
  await withActor(context.db, actor, async (trx) => {
    if (!(await settleListRow(trx, list.id, n, outcome))) return
    await recordEvent(trx, {
      ...{ entityId: actor.entityId, type: 'access.row_settled', objectId: list.id, origin: 'web' },
      ...{ actorPerson: actor.personId, actorPosition: actor.position.id, requestId: context.requestId },
      changes: [
        { field: 'row', before: null, after: n },
        { field: 'result', before: null, after: result },
      ],
    })
  })
}

async function askForRow(
  context: AppContext,
  actor: Actor,
  list: FoundList,
  { typed, fault }: RowRequest,
  waits: boolean,
): Promise<{ outcome: Outcome; isAway: boolean }> {
  const refused = (code: string) => ({ outcome: { code }, isAway: false })
  if (fault) {
    await recordRefusalOf(context, actor, { objectId: list.id }, new Refused(fault))
    return refused(fault)
  }
  try {
    const asked = await requestAccess(context, actor, typed, { waits })
    if (!asked.ok) return refused(asked.errors[0]?.code ?? 'access_input')
    return { outcome: { grantId: asked.grantId }, isAway: waits && !asked.settled }
  } catch (failure) {
    if (!(failure instanceof Refused)) throw failure
    return refused(failure.code)
  }
}
