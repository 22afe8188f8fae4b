import { hasGround, listOpenEndings, type OpenEnding, settleEnding } from '../db/access-endings.ts'
import { recordEvent } from '../db/audit.ts'
import { type Trx, withEntity } from '../db/client.ts'
import { appToday } from '../db/clock.ts'
import { faultPoint } from '../db/fault-points.ts'
import { grantEvent } from '../db/grant-acts.ts'
import { endGrantNotices } from '../db/grant-notices.ts'
import { holdGrant, type LoadedGrant, moveGrant } from '../db/grants.ts'
import { type GrantRecord, grantRecord } from './grant-record.ts'
import { tellOfGrant } from './tell-of-grant.ts'
import type { Tools } from './tools.ts'

export interface RecordGrantEnding {
  entityId: string
  grantId: string
  /** Workflow's clock, ISO. */
  now: string
}

/**
 * Carries out the orders to end a delegated access whose day has come (D4): status and cause, notices, event by whoever
 * recorded what ends it, mail, the orders settled. Repeating it finds nothing left to do.
 */
export async function recordGrantEnding(tools: Tools, input: RecordGrantEnding): Promise<GrantRecord> {
  faultPoint('worker:before-record')
  const record = await withEntity(tools.database, input.entityId, async (trx) => {
    const now = new Date(input.now)
    const due = (await listOpenEndings(trx, input.grantId)).filter(({ effectiveOn }) => effectiveOn <= appToday())
    for (const ending of due) await settle(trx, tools, ending, { grantId: input.grantId, now })
    const after = await grantRecord(trx, input.grantId)
    faultPoint('worker:before-commit')
    return after
  })
  faultPoint('worker:after-commit')
  return record
}

async function settle(
  trx: Trx,
  tools: Tools,
  ending: OpenEnding,
  { grantId, now }: { grantId: string; now: Date },
): Promise<void> {
  const grant = await holdGrant(trx, grantId)
  if (grant.state.status !== 'granted') return await settleEnding(trx, ending.id, 'over')
  // Whoever was named again in the organismo meanwhile keeps it.
  if (ending.origin === 'tenure' && (await hasGround(trx, grantId))) return await settleEnding(trx, ending.id, 'kept')
  await revoke(trx, tools, grant, ending, now)
  await settleEnding(trx, ending.id, 'revoked')
}

async function revoke(trx: Trx, tools: Tools, grant: LoadedGrant, ending: OpenEnding, now: Date): Promise<void> {
  const { cause, orderedBy, orderedPosition } = ending
  const after = { ...grant, state: await moveGrant(trx, grant.state, { status: 'revoked', cause, at: now }) }
  await endGrantNotices(trx, grant.state.id, now)
  const by = { actorPerson: orderedBy, actorPosition: orderedPosition, reasonCode: cause }
  await recordEvent(trx, { ...grantEvent(after, 'access.revoked'), ...by })
  await tellOfGrant(trx, tools, after, now)
}
