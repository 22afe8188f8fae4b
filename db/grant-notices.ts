/** What is told of delegated accesses: who is concerned, and the notices of their end in the ledger of all notices (C2, B6). */
import type { Calendar } from '../domain/calendar.ts'
import { planEndNotices } from '../domain/grant-days.ts'
import { type Concerned, GRANTERS, type GrantState } from '../domain/grants.ts'
import type { DueNotice } from '../domain/notices.ts'
import { headsAbove } from './agency-heads.ts'
import type { Trx } from './client.ts'
import type { LoadedGrant } from './grants.ts'
import { newId } from './ids.ts'
import { dueNotices, headsFor, holdersOf, nextPlanned } from './notices.ts'
import { substitutesOf } from './substitutes.ts'

/** Persons concerned on a civil date, resolved when they are told; whoever heads above where nobody heads the organismo. */
export async function concernedBy(trx: Trx, grant: LoadedGrant, who: Concerned, day: string): Promise<string[]> {
  const { entityId, agencyId, state } = grant
  if (who === 'grantee') return [state.granteeId]
  if (who === 'heads') {
    const heads = await headsAbove(trx, entityId, agencyId, day)
    const nearest = heads.filter(({ height }) => height === heads[0]?.height).map(({ personId }) => personId)
    return nearest.length > 0
      ? nearest
      : await holdersOf(trx, { entityId, duty: 'administracion', day, barredOn: null })
  }
  const found = await Promise.all(GRANTERS.map((duty) => granters(trx, entityId, duty, day)))
  return [...new Set(found.flat())].filter((id) => id !== state.granteeId && id !== state.askedBy)
}

async function granters(trx: Trx, entityId: string, duty: string, day: string): Promise<string[]> {
  const holders = await holdersOf(trx, { entityId, duty, day, barredOn: null })
  if (holders.length === 0) return await headsFor(trx, entityId, duty, day)
  return [...holders, ...(await substitutesOf(trx, { entityId, duty, day, work: 'decisions' }))]
}

const TOLD_OF_END: Concerned[] = ['grantee', 'heads']

/** Plans what will be told of the end of an access that was granted. */
export async function planGrantNotices(
  trx: Trx,
  { entityId, state }: { entityId: string; state: GrantState },
  calendar: Calendar,
): Promise<void> {
  const rows = planEndNotices(state, calendar).flatMap(({ code, dueOn, at }) =>
    TOLD_OF_END.map((duty) => ({
      ...{ id: newId(), entity_id: entityId, grant_id: state.id, kind: code, duty },
      ...{ planned_on: dueOn, planned_at: at },
    })),
  )
  if (rows.length > 0) await trx.insertInto('notice').values(rows).execute()
}

/** An access that is over is told of no more. */
export async function endGrantNotices(trx: Trx, grantId: string, now: Date): Promise<void> {
  await trx
    .updateTable('notice')
    .set({ status: 'superseded', settled_at: now })
    .where('grant_id', '=', grantId)
    .where('status', '=', 'planned')
    .execute()
}

export async function lockDueGrantNotices(trx: Trx, grantId: string, now: Date): Promise<DueNotice[]> {
  const rows = await dueNotices(trx, now).where('grant_id', '=', grantId).execute()
  return rows.map((row) => ({ ...row, attemptId: grantId }))
}

/** Instant of the next notice still planned; null when none is. */
export async function nextGrantNoticeAt(trx: Trx, grantId: string): Promise<Date | null> {
  const row = await nextPlanned(trx).where('grant_id', '=', grantId).executeTakeFirst()
  return row?.at ?? null
}
