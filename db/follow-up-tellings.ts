/** What the workflow of a follow-up reads to tell people of its day (features B6, D10, D12). */
import type { FollowUpKind } from '../domain/follow-ups.ts'
import type { DueNotice } from '../domain/notices.ts'
import type { Trx } from './client.ts'
import type { InCharge } from './day-addressees.ts'
import { dueNotices, nextPlanned } from './notices.ts'

export interface FollowUpInHand {
  kind: FollowUpKind
  code: string
  /** Civil date by which it has to be done. */
  day: string
  isOver: boolean
  inCharge: InCharge
}

/** The row of a follow-up, held until the transaction ends: what is told is told once. */
export async function lockFollowUp(trx: Trx, id: string): Promise<FollowUpInHand> {
  const row = await trx
    .selectFrom('follow_up')
    .leftJoin('position', 'position.id', 'follow_up.position_id')
    .select(['kind', 'code', 'due_on as day', 'status', 'follow_up.duty', 'position_id as positionId'])
    .select('position.agency_id as agencyId')
    .where('follow_up.id', '=', id)
    .forUpdate('follow_up')
    .executeTakeFirstOrThrow()
  const { duty, positionId, agencyId } = row
  const work = positionId === null ? 'decisions' : 'elaboration'
  return {
    ...{ kind: row.kind as FollowUpKind, code: row.code, day: row.day, isOver: row.status !== 'open' },
    inCharge: { duty, positionId, agencyId, barred: [], work },
  }
}

export async function lockDueFollowUpNotices(trx: Trx, id: string, now: Date): Promise<DueNotice[]> {
  const rows = await dueNotices(trx, now).where('follow_up_id', '=', id).execute()
  return rows.map((row) => ({ ...row, attemptId: id }))
}

/** Instant of the next notice still planned; null when none is. */
export async function nextFollowUpNoticeAt(trx: Trx, id: string): Promise<Date | null> {
  const row = await nextPlanned(trx).where('follow_up_id', '=', id).executeTakeFirst()
  return row?.at ?? null
}
